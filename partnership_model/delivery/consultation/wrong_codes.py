"""Counts codes that were wrong, so that nobody tries them all; a right code is never counted, nor a hall behind one address."""

from __future__ import annotations

import collections
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

MOST = 20
WITHIN = 60.0  # seconds
MOST_ADDRESSES = 10_000  # remembered at a time; the oldest is forgotten first


class WrongCodes:
    """Wrong codes of the last minute, by the address that they came from; kept in memory alone."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Take a clock that never goes back."""
        self._clock = clock
        self._tried: collections.OrderedDict[str, collections.deque[float]] = collections.OrderedDict()

    def too_many(self, address: str) -> bool:
        """Say whether an address has to wait before a wrong code of its own is answered again."""
        tried = self._tried.get(address)
        if tried is None:
            return False
        while tried and tried[0] <= self._clock() - WITHIN:
            tried.popleft()
        return len(tried) >= MOST

    def count(self, address: str) -> None:
        """Count a wrong code."""
        tried = self._tried.setdefault(address, collections.deque(maxlen=MOST))
        tried.append(self._clock())
        self._tried.move_to_end(address)
        while len(self._tried) > MOST_ADDRESSES:
            self._tried.popitem(last=False)
