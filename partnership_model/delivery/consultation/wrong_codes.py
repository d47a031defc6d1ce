"""Counts codes that were wrong, so that nobody tries them all; a right code is never counted, nor a hall behind one address."""

from __future__ import annotations

import collections
import ipaddress
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

MOST = 20
WITHIN = 60.0  # seconds
IPV4 = 4
HOUSEHOLD = 64  # bits of an address of IPv6 that name the household
MOST_ADDRESSES = 10_000  # remembered at a time; the oldest is forgotten first


class WrongCodes:
    """Wrong codes of the last minute, by the address that they came from; kept in memory alone."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Take a clock that never goes back."""
        self._clock = clock
        self._tried: collections.OrderedDict[str, collections.deque[float]] = collections.OrderedDict()

    def too_many(self, address: str) -> bool:
        """Say whether an address has to wait before a wrong code of its own is answered again."""
        tried = self._tried.get(_household(address))
        if tried is None:
            return False
        while tried and tried[0] <= self._clock() - WITHIN:
            tried.popleft()
        return len(tried) >= MOST

    def count(self, address: str) -> None:
        """Count a wrong code."""
        household = _household(address)
        tried = self._tried.setdefault(household, collections.deque(maxlen=MOST))
        tried.append(self._clock())
        self._tried.move_to_end(household)
        while len(self._tried) > MOST_ADDRESSES:
            self._tried.popitem(last=False)


def _household(address: str) -> str:
    """Take all that one connection can call itself for one: in IPv6 that is a network of its own.

    >>> _household("192.168.1.20"), _household("2001:db8::1"), _household("?")
    ('192.168.1.20', '2001:db8::/64', '?')
    """
    try:
        found = ipaddress.ip_address(address)
    except ValueError:  # a socket of the system's own
        return address
    return str(found) if found.version == IPV4 else str(ipaddress.ip_network((int(found), HOUSEHOLD), strict=False))
