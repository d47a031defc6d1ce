"""Which connection makes room where too many are open: one of whoever holds the most, and one that nobody uses before one that sends."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from partnership_model.delivery.consultation.network_address import household

if TYPE_CHECKING:
    from tornado.iostream import IOStream


@dataclass
class _Held:
    """What one household has open, those first that have been so for the longest.

    Attributes:
        idle: on which nothing was asked yet, or everything is answered.
        busy: on which a form is asked for or sent.
    """

    idle: dict[IOStream, None] = field(default_factory=dict)
    busy: dict[IOStream, None] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.idle) + len(self.busy)


class Connections:
    """The connections that are open at this moment, by where they come from."""

    def __init__(self) -> None:
        """Begin with none."""
        self._held: dict[str, _Held] = {}
        self._whose: dict[IOStream, str] = {}

    def __len__(self) -> int:
        """Count them."""
        return len(self._whose)

    def add(self, stream: IOStream, address: str) -> None:
        """Take a new one, on which nothing was asked yet."""
        self._whose[stream] = household(address)
        self._held.setdefault(self._whose[stream], _Held()).idle[stream] = None

    def use(self, stream: IOStream) -> None:
        """Note that somebody asks for something on it."""
        if stream in self._whose:
            held = self._held[self._whose[stream]]
            held.idle.pop(stream, None)
            held.busy[stream] = None

    def rest(self, stream: IOStream) -> None:
        """Note that everything that was asked on it is answered."""
        if stream in self._whose:
            held = self._held[self._whose[stream]]
            if held.busy.pop(stream, stream) is None:
                held.idle[stream] = None

    def drop(self, stream: IOStream) -> None:
        """Forget one that is closed, and where it came from if it was the last from there."""
        whose = self._whose.pop(stream, None)
        if whose is None:
            return
        held = self._held[whose]
        held.idle.pop(stream, None)
        held.busy.pop(stream, None)
        if not held:
            del self._held[whose]

    def to_go(self) -> IOStream:
        """Choose the one that makes room.

        Whoever opens the most has to share among themselves, so that no other address notices. Behind an address that a whole
        hall shares it is the one that was idle longest; one on which a ballot comes only where all of them are such.
        """
        most = max(self._held.values(), key=len)
        return next(iter(most.idle or most.busy))
