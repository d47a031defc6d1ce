"""The step that closes a consultation: what it says is kept, and in the same step all that led from there to a person is cut."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select, update

from partnership_model.delivery.consultation.acts import note, refuse_closed
from partnership_model.delivery.consultation.erasing import to_be_erased
from partnership_model.delivery.consultation.kept_rows import Frozen, consultation_of
from partnership_model.delivery.consultation.schema import ballots, comments, consultations, frozen, sessions, sittings, vouchers
from partnership_model.errors import PartnershipError

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from partnership_model.delivery.consultation.kept_rows import Consultation
    from partnership_model.delivery.consultation.store import Store


def close_consultation(store: Store, consultation: str, today: dt.date, make: Callable[[Consultation], Frozen]) -> None:
    """Close every session and freeze what the consultation says: both, or neither.

    Raises:
        ClosedError: it was closed before.
    """
    with store.transaction() as connection:
        refuse_closed(connection, consultation)
        mine = sessions.c.consultation == consultation
        connection.execute(update(sessions).where(mine, sessions.c.closed.is_(None)).values(closed=today))
        connection.execute(update(consultations).where(consultations.c.id == consultation).values(closed=today))
        note(connection, consultation, "consultation closed", "")
        freeze(store, consultation, make)


def freeze(store: Store, consultation: str, make: Callable[[Consultation], Frozen]) -> Frozen:
    """Give what a closed consultation says; the first time make it, and cut all that led to somebody.

    That is: from a receipt to a ballot, from a ballot to its comment, and from the pictures to who was in which and said what before.
    """
    with store.transaction() as connection:
        wanted = select(consultations).where(consultations.c.id == consultation).with_for_update(key_share=True)
        about = consultation_of(connection.execute(wanted).one())
        row = connection.execute(select(frozen).where(frozen.c.consultation == consultation)).first()
        if row is not None:
            return Frozen(row.record, row.rows)
        if about.closed is None:
            message = "This consultation is still open, and says nothing yet."
            raise PartnershipError(message)
        made = make(about)
        connection.execute(insert(frozen).values(consultation=consultation, **vars(made)))
        connection.execute(update(ballots).where(ballots.c.consultation == consultation).values(participant=None))
        connection.execute(update(comments).where(comments.c.consultation == consultation).values(ballot=None))
        for table in (vouchers, sittings):
            connection.execute(delete(table).where(table.c.consultation == consultation))
        connection.execute(update(consultations).where(consultations.c.id == consultation).values(secret=None, live="{}"))
        to_be_erased(connection)
        return made


def unfrozen(store: Store) -> tuple[str, ...]:
    """Give the ids of consultations that an older version of this program closed."""
    closed = select(consultations.c.id).where(consultations.c.closed.is_not(None))
    with store.transaction() as connection:
        return tuple(connection.execute(closed.where(consultations.c.id.not_in(select(frozen.c.consultation)))).scalars())
