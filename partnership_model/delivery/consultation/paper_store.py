"""Ballots on paper as they are entered one by one: each number once, the last taken back where it was mistyped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from partnership_model.delivery.consultation.acts import note
from partnership_model.delivery.consultation.kept_rows import ClosedError
from partnership_model.delivery.consultation.schema import ballots, comments, sessions
from partnership_model.knowledge.consultation.ballots import Ballot, ballot_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from partnership_model.delivery.consultation.store import Store

HIGHEST_NUMBER = 2000


def numbers_entered(store: Store, session: str, mark: Callable[[int], str]) -> tuple[int, ...]:
    """Give the numbers of the ballots on paper that are in, in their order.

    Args:
        store: where they are.
        session: its id.
        mark: makes the mark under which a number is kept; the numbers themselves are not.
    """
    wanted = select(ballots.c.participant).where(ballots.c.session == session, ballots.c.channel == "paper")
    with store.transaction() as connection:
        marks = {row[0] for row in connection.execute(wanted)}
    return tuple(number for number in range(1, HIGHEST_NUMBER + 1) if mark(number) in marks) if marks else ()


def take_back(store: Store, session: str, mark: str) -> Ballot | None:
    """Take a ballot on paper out again and give what it said; nothing where there is none.

    Raises:
        ClosedError: the session was closed.
    """
    mine = (ballots.c.session == session) & (ballots.c.participant == mark) & (ballots.c.channel == "paper")
    wanted = select(ballots, comments.c.written).join(comments, comments.c.ballot == ballots.c.id, isouter=True).where(mine)
    with store.transaction() as connection:
        about = connection.execute(select(sessions).where(sessions.c.id == session).with_for_update()).one()
        if about.closed is not None:
            message = "This session is closed."
            raise ClosedError(message)
        row = connection.execute(wanted).first()
        if row is None:
            return None
        connection.execute(delete(ballots).where(ballots.c.id == row.id))
        note(connection, about.consultation, "paper ballot taken back", about.title)
    return ballot_of(row.answers, row.stakeholders, row.school, row.channel, row.written or "")
