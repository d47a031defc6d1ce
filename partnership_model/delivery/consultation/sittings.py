"""One person's time at a device: once the next person begins, nothing that the browser sends again shows what was before."""

from __future__ import annotations

import collections

from partnership_model.delivery.consultation.codes import RECEIPT, receipt_code

MOST = 20_000  # that are over and remembered; the oldest is forgotten first


class Sittings:
    """The sittings that are over, kept in memory alone: they say nothing of who sat there."""

    def __init__(self) -> None:
        """Begin with none."""
        self._over: collections.OrderedDict[str, None] = collections.OrderedDict()

    @staticmethod
    def named(typed: str) -> str:
        """Give the sitting that a form names, or begin one."""
        return typed if RECEIPT.fullmatch(typed) else receipt_code()

    def leave(self, sitting: str) -> None:
        """Remember that the next person is at the device."""
        if RECEIPT.fullmatch(sitting):
            self._over[sitting] = None
            self._over.move_to_end(sitting)
            if len(self._over) > MOST:
                self._over.popitem(last=False)

    def over(self, sitting: str) -> bool:
        """Say whether the next person is there already."""
        return sitting in self._over
