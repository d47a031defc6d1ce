"""Counts codes that were wrong; a right code is never counted, nor a hall behind one address.

The count slows nobody down who has the right code, and so it cannot stop a guesser either: codes are long enough for that
(docs/consultation-server.md). It tells somebody who mistypes again and again, or the script of somebody, to wait.
"""

from __future__ import annotations

import collections
import time
from typing import TYPE_CHECKING

from partnership_model.delivery.consultation.network_address import household

if TYPE_CHECKING:
    from collections.abc import Callable

MOST = 20
FORGOTTEN_EVERY = 1.0  # seconds
WITHIN = 60.0 - FORGOTTEN_EVERY  # seconds; so no address is known for longer than a minute
MOST_ADDRESSES = 10_000  # remembered at a time; the oldest is forgotten first


class WrongCodes:
    """Wrong codes of the last minute, by the address that they came from; kept in memory alone."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Take a clock that never goes back."""
        self._clock = clock
        self._tried: collections.OrderedDict[str, collections.deque[float]] = collections.OrderedDict()  # the latest last

    def __len__(self) -> int:
        """Say of how many addresses something is known."""
        return len(self._tried)

    def too_many(self, address: str) -> bool:
        """Say whether an address has to wait before a wrong code of its own is answered again."""
        now = self._clock()
        self._forget(now)
        tried = self._tried.get(household(address))
        if tried is None:
            return False
        while tried[0] <= now - WITHIN:
            tried.popleft()
        return len(tried) >= MOST

    def count(self, address: str) -> None:
        """Count a wrong code."""
        now = self._clock()
        self._forget(now)
        whose = household(address)
        tried = self._tried.setdefault(whose, collections.deque(maxlen=MOST))
        tried.append(now)
        self._tried.move_to_end(whose)
        if len(self._tried) > MOST_ADDRESSES:
            self._tried.popitem(last=False)

    def forget(self) -> None:
        """Forget every address from which nothing wrong came lately."""
        self._forget(self._clock())

    def _forget(self, now: float) -> None:
        while self._tried and next(iter(self._tried.values()))[-1] <= now - WITHIN:
            self._tried.popitem(last=False)
