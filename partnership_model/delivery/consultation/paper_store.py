"""Ballots on paper: which numbers were printed, and each entered once; the last is taken back where it was mistyped.

Paper is entered after an evening: so it is taken until the consultation is closed, whether its session still is open or not.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, insert, select

from partnership_model.delivery.consultation.acts import note, refuse_closed
from partnership_model.delivery.consultation.ballot_writing import write_ballot
from partnership_model.delivery.consultation.kept_rows import EnteredError
from partnership_model.delivery.consultation.marks import new_id
from partnership_model.delivery.consultation.schema import ballots, comments, paper_runs, sessions
from partnership_model.knowledge.consultation.ballots import Ballot, ballot_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from partnership_model.delivery.consultation.kept_rows import Session
    from partnership_model.delivery.consultation.store import Store

HIGHEST_NUMBER = 2000


@dataclass(frozen=True)
class PaperRun:
    """Ballots that were printed at a time.

    Attributes:
        session: its id; the code on the ballots is that session's.
        first, last: the numbers on them.
        address: of the form, as it stands on them.
    """

    session: str
    first: int
    last: int
    address: str

    @property
    def numbers(self) -> range:
        """Give the numbers."""
        return range(self.first, self.last + 1)


def keep_paper_run(store: Store, consultation: str, run: PaperRun) -> None:
    """Remember what was printed.

    Raises:
        ClosedError: the consultation is closed.
    """
    with store.transaction() as connection:
        refuse_closed(connection, consultation)
        connection.execute(insert(paper_runs).values(id=new_id(), consultation=consultation, **vars(run)))
        note(connection, consultation, "ballots printed", f"{run.first} to {run.last}")


def paper_runs_of(store: Store, consultation: str) -> tuple[PaperRun, ...]:
    """Give what was printed, by its numbers."""
    wanted = select(paper_runs).where(paper_runs.c.consultation == consultation).order_by(paper_runs.c.first, paper_runs.c.id)
    with store.transaction() as connection:
        return tuple(PaperRun(row.session, row.first, row.last, row.address) for row in connection.execute(wanted))


def paper_counts_of(store: Store, consultation: str) -> Mapping[str, tuple[int, int]]:
    """Count the ballots on paper of each session that has any: those that were printed, and those that are in."""
    printed: dict[str, set[int]] = {}
    for run in paper_runs_of(store, consultation):
        printed.setdefault(run.session, set()).update(run.numbers)
    mine = (ballots.c.consultation == consultation) & (ballots.c.channel == "paper")
    wanted = select(ballots.c.session, func.count()).where(mine).group_by(ballots.c.session)
    with store.transaction() as connection:
        entered: dict[str, int] = {row[0]: row[1] for row in connection.execute(wanted)}
    return {session: (len(printed.get(session, ())), entered.get(session, 0)) for session in (*printed, *entered)}


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


def enter(store: Store, session: Session, mark: str, ballot: Ballot) -> None:
    """Write a ballot on paper, once.

    Raises:
        ClosedError: the consultation is closed.
        EnteredError: its number was entered already.
    """
    mine = (ballots.c.consultation == session.consultation) & (ballots.c.participant == mark)
    with store.transaction() as connection:
        refuse_closed(connection, session.consultation)  # and lock it, so that two who type the same number come one after the other
        if connection.execute(select(ballots.c.id).where(mine)).first() is not None:
            message = "This ballot was entered already."
            raise EnteredError(message)
        write_ballot(connection, session.consultation, session.id, mark, ballot)


def take_back(store: Store, session: str, mark: str) -> Ballot | None:
    """Take a ballot on paper out again and give what it said; nothing where there is none.

    Raises:
        ClosedError: the consultation is closed.
    """
    mine = (ballots.c.session == session) & (ballots.c.participant == mark) & (ballots.c.channel == "paper")
    wanted = select(ballots, comments.c.written).join(comments, comments.c.ballot == ballots.c.id, isouter=True).where(mine)
    with store.transaction() as connection:
        about = connection.execute(select(sessions).where(sessions.c.id == session)).one()
        refuse_closed(connection, about.consultation)
        row = connection.execute(wanted).first()
        if row is None:
            return None
        connection.execute(delete(ballots).where(ballots.c.id == row.id))
        note(connection, about.consultation, "paper ballot taken back", about.title)
    return ballot_of(row.answers, row.stakeholders, row.school, row.channel, row.written or "")
