"""The day by which ballots are to be gone is kept to: while a server runs, whenever one starts, and when somebody asks for it."""

from __future__ import annotations

import contextlib
import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, insert, select
from sqlalchemy.exc import IntegrityError

from partnership_model.delivery.consultation.erasing import erase, to_be_erased
from partnership_model.delivery.consultation.schema import audit, ballots, comments, consultations, due
from partnership_model.display import phrases
from partnership_model.errors import PartnershipError, printable
from partnership_model.knowledge.schema import plain_day

if TYPE_CHECKING:
    from partnership_model.delivery.consultation.kept_rows import Consultation
    from partnership_model.delivery.consultation.store import Store

A_DAY = dt.timedelta(days=1)
READINGS_APART = dt.timedelta(hours=12)  # a clock that was wrong is set right by then, and a look each day is still in time
BELIEVED = dt.timedelta(days=366)  # a clock that is further ahead than this may be wrong, and what is deleted never comes back


@dataclass(frozen=True)
class Kept:
    """What is kept of one consultation.

    Attributes:
        place: the case's folder.
        last: the day on which the facilitator did something last.
        seen: when the clock said first that it is time to delete it; None where it has not.
    """

    id: str
    place: str
    opened: dt.date
    keep_until: dt.date
    last: dt.date
    ballots: int
    comments: int
    seen: dt.datetime | None

    @property
    def name(self) -> str:
        """Give the name of the case."""
        return printable(Path(self.place).name or self.place)

    @property
    def said(self) -> str:
        """Say how much it is."""
        return f"{phrases.counted(self.ballots, 'ballot')} and {phrases.counted(self.comments, 'comment')}"


def kept(store: Store, place: str = "") -> tuple[Kept, ...]:
    """List what is kept, of one case or of all."""
    acts = select(func.max(audit.c.at)).where(audit.c.consultation == consultations.c.id).scalar_subquery()
    said = select(func.count()).where(ballots.c.consultation == consultations.c.id).scalar_subquery()
    written = select(func.count()).where(comments.c.consultation == consultations.c.id).scalar_subquery()
    one = consultations.c
    wanted = (
        select(one.id, one.place, one.opened, one.keep_until, acts, said, written, due.c.seen)
        .outerjoin(due, due.c.consultation == one.id)
        .order_by(one.keep_until, one.id)
    )
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


def delete_if_overdue(store: Store, one: Kept, now: dt.datetime) -> str:
    """Delete a consultation that is to be gone by today, if the clock said so once before; give what is to be said of it, if anything.

    What is deleted never comes back, and one reading of a clock can be wrong. So the first reading, from the day before on, is written
    down and said; one that follows half a day later or more deletes. Who looks every day is in time, and who was wrong has half a day.

    Args:
        store: where it is.
        one: what is kept of it.
        now: what the clock says, by UTC.

    Raises:
        StoreDownError: the database does not answer.
    """
    now = now.replace(tzinfo=None)
    day, today = plain_day(one.keep_until), now.date()
    if today < one.keep_until - A_DAY:
        if one.seen:  # the clock was ahead then
            _write_down(store, one, None)
        return ""
    if today > max(one.keep_until, one.last) + BELIEVED:
        return (
            f"The ballots of {one.name} were to be deleted by {day}, and by this computer's clock that is more than a year ago. "
            f"They are still there, in case the clock is wrong. If it is right, delete them: partnership consult --delete {one.place}"
        )
    if one.seen is None or now < one.seen:
        _write_down(store, one, now)
    elif today >= one.keep_until and now >= one.seen + READINGS_APART:
        delete_consultation(store, one.id)
        return f"Deleted: {one.said} of {one.name}, which were to be gone by {day}."
    return (
        f"The ballots of {one.name} are to be gone by {day}. They are deleted the next time this is looked at from {_from(one, now)} on: "
        "a server that runs looks every minute, and partnership consult --delete-overdue does. If this computer's clock is wrong, set it "
        "right before."
    )


def refuse_overdue(consultation: Consultation | None, today: dt.date) -> None:
    """Make sure that nobody answers what is about to be deleted.

    Raises:
        PartnershipError: the ballots of a consultation are to be gone by today.
    """
    if consultation is not None and consultation.keep_until <= today:
        message = (
            f"The ballots of the consultation on {printable(consultation.place)} are to be gone by {plain_day(consultation.keep_until)}, "
            "and that day has come by this computer's clock. If the clock is right, delete them: partnership consult CASE --delete. Then "
            "another consultation can be opened. If it is wrong, set it right."
        )
        raise PartnershipError(message)


def _from(one: Kept, now: dt.datetime) -> str:
    """Say from when on the next reading deletes."""
    first = now if one.seen is None or now < one.seen else one.seen
    time = max(first + READINGS_APART, dt.datetime.combine(one.keep_until, dt.time()))
    return f"{plain_day(time.date())}, {time:%H:%M} UTC"


def _write_down(store: Store, one: Kept, seen: dt.datetime | None) -> None:
    # Another program may do the same at this moment, or delete the consultation.
    with contextlib.suppress(IntegrityError), store.transaction() as connection:
        connection.execute(delete(due).where(due.c.consultation == one.id))
        if seen:
            connection.execute(insert(due).values(consultation=one.id, seen=seen))
