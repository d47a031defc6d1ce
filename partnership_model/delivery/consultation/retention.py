"""The day until which ballots are kept is kept to: what is overdue is deleted when the program starts, or when somebody asks for it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, select

from partnership_model.delivery.consultation.erasing import erase, to_be_erased
from partnership_model.delivery.consultation.schema import audit, ballots, comments, consultations
from partnership_model.errors import printable
from partnership_model.knowledge.schema import plain_day

if TYPE_CHECKING:
    from partnership_model.delivery.consultation.store import Store

BELIEVED = dt.timedelta(days=366)  # a clock that is further ahead than this may be wrong, and what is deleted never comes back


@dataclass(frozen=True)
class Kept:
    """What is kept of one consultation.

    Attributes:
        place: the case's folder.
        last: the day on which the facilitator did something last.
    """

    id: str
    place: str
    opened: dt.date
    keep_until: dt.date
    last: dt.date
    ballots: int
    comments: int

    @property
    def name(self) -> str:
        """Give the name of the case."""
        return printable(Path(self.place).name or self.place)


def kept(store: Store, place: str = "") -> tuple[Kept, ...]:
    """List what is kept, of one case or of all."""
    acts = select(func.max(audit.c.at)).where(audit.c.consultation == consultations.c.id).scalar_subquery()
    said = select(func.count()).where(ballots.c.consultation == consultations.c.id).scalar_subquery()
    written = select(func.count()).where(comments.c.consultation == consultations.c.id).scalar_subquery()
    one = consultations.c
    wanted = select(one.id, one.place, one.opened, one.keep_until, acts, said, written).order_by(one.keep_until, one.id)
    with store.transaction() as connection:
        found = connection.execute(wanted.where(one.place == place) if place else wanted).all()
    return tuple(Kept(*row[:4], row[4].date() if row[4] else row[2], *row[5:]) for row in found)


def delete_consultation(store: Store, consultation: str) -> bool:
    """Delete a consultation with all that hangs on it; say whether nothing of it stands in the store's files any more.

    Raises:
        StoreDownError: nothing is deleted.
    """
    with store.transaction() as connection:
        connection.execute(delete(consultations).where(consultations.c.id == consultation))
        to_be_erased(connection)
    return erase(store)


def delete_overdue(store: Store, today: dt.date) -> tuple[str, ...]:
    """Delete whatever was to be kept until before today; give what is to be said of it.

    Raises:
        StoreDownError: the database does not answer.
    """
    says = []
    for one in kept(store):
        if one.keep_until >= today:
            continue
        day = plain_day(one.keep_until)
        if today > max(one.keep_until, one.last) + BELIEVED:
            says.append(
                f"The ballots of {one.name} were to be kept until {day}, and by this computer's clock that is more than a year ago. "
                f"They are still there, in case the clock is wrong. If it is right, delete them: partnership consult --delete {one.place}"
            )
            continue
        delete_consultation(store, one.id)
        says.append(f"Deleted: the ballots of {one.name}, {one.ballots} in all with {one.comments} comments, which were kept until {day}.")
    return tuple(says)
