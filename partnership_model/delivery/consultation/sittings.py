"""One person's time at a device: once the next person begins, nothing that the browser sends again shows what was before."""

from __future__ import annotations

import collections
from typing import TYPE_CHECKING

from sqlalchemy import func, insert, select

from partnership_model.delivery.consultation.acts import refuse_closed
from partnership_model.delivery.consultation.codes import RECEIPT, receipt_code
from partnership_model.delivery.consultation.schema import sittings

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from partnership_model.delivery.consultation.store import Store

EACH = 50  # that one ballot can end: whoever sends theirs again and again pushes nobody else's out
MOST = 20_000  # that are over and remembered; in memory the oldest is forgotten first, and the store takes no more


class Sittings:
    """The sittings that are over, by marks that say nothing of who sat there; those that the store does not have yet are known."""

    def __init__(self, mark: Callable[[str], str], over: Iterable[str] = ()) -> None:
        """Take how a mark is made, and the marks of those that were over before the server started."""
        self._mark = mark
        self._over = collections.OrderedDict.fromkeys(over)
        self._unkept: set[str] = set()
        self._sent: collections.Counter[str] = collections.Counter()

    @staticmethod
    def named(typed: str) -> str:
        """Give the sitting that a form names, or begin one."""
        return typed if RECEIPT.fullmatch(typed) else receipt_code()

    def leave(self, sitting: str, sent: str) -> None:
        """Remember that the next person is at the device.

        Args:
            sitting: one of ours.
            sent: the mark of what was sent in it.
        """
        mark = self._mark(sitting)
        if mark not in self._over:
            if self._sent[sent] >= EACH:
                return
            self._sent[sent] += 1
            self._unkept.add(mark)
        self._over[mark] = None
        self._over.move_to_end(mark)
        if len(self._over) > MOST:
            self._unkept.discard(self._over.popitem(last=False)[0])

    def over(self, sitting: str) -> bool:
        """Say whether the next person is there already."""
        return self._mark(sitting) in self._over

    def unkept(self) -> frozenset[str]:
        """Give the marks that are to be kept in the store."""
        return frozenset(self._unkept)

    def are_kept(self, marks: Collection[str]) -> None:
        """Take note that the store has them."""
        self._unkept.difference_update(marks)


def keep_over(store: Store, consultation: str, marks: Collection[str]) -> None:
    """Keep the marks of sittings that are over until the closing, so that they stay over when the server starts again.

    Raises:
        ClosedError: the consultation is closed, and every form with it.
        StoreDownError: it does not answer, and none is kept.
    """
    mine = select(sittings.c.mark).where(sittings.c.consultation == consultation)
    with store.transaction() as connection:
        refuse_closed(connection, consultation)
        room = MOST - connection.execute(select(func.count()).select_from(mine.subquery())).scalar_one()
        old = set(connection.execute(mine.where(sittings.c.mark.in_(marks))).scalars())
        rows = [{"mark": mark, "consultation": consultation} for mark in sorted(set(marks) - old)[: max(room, 0)]]
        if rows:
            connection.execute(insert(sittings), rows)


def sittings_over(store: Store, consultation: str) -> tuple[str, ...]:
    """Give the marks of the sittings that are over."""
    with store.transaction() as connection:
        return tuple(connection.execute(select(sittings.c.mark).where(sittings.c.consultation == consultation)).scalars())
