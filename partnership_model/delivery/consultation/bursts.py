"""How many answers came within the last minute: of sessions and never of people, and nothing of it is written anywhere."""

from __future__ import annotations

import collections
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

WITHIN = 60.0  # seconds


class Bursts:
    """The numbers that a page was told lately."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Take a clock that never goes back."""
        self._clock = clock
        self._told: collections.deque[tuple[float, dict[str, int]]] = collections.deque()

    def came(self, by_session: Mapping[str, int]) -> dict[str, int]:
        """Note the numbers as they are, and give how many more there are than a minute ago, or than when somebody first looked."""
        now = self._clock()
        if not self._told or self._told[-1][1] != by_session:
            self._told.append((now, dict(by_session)))
        while len(self._told) > 1 and self._told[1][0] <= now - WITHIN:
            self._told.popleft()
        before = self._told[0][1]
        return {session: number - before.get(session, 0) for session, number in by_session.items()}
