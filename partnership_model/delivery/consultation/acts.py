"""What the facilitator does: written down as it is done, and nothing of it once the consultation is closed."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from sqlalchemy import func, insert, select

from partnership_model.delivery.consultation.kept_rows import ClosedError
from partnership_model.delivery.consultation.schema import audit, consultations
from partnership_model.errors import PartnershipError
from partnership_model.knowledge.consultation.record import MOST

if TYPE_CHECKING:
    from sqlalchemy import Connection, Table

OPENED = "consultation opened"


def refuse_closed(connection: Connection, consultation: str) -> None:
    """Make sure that a consultation is open, and stays so until this is done.

    The lock leaves room for those who only hang something on the consultation: a ballot that is being written and a closing would
    otherwise each wait for the other.
    """
    mine = select(consultations.c.closed).where(consultations.c.id == consultation)
    row = connection.execute(mine.with_for_update(key_share=True)).one()
    if row.closed is not None:
        message = "This consultation is closed."
        raise ClosedError(message)


def refuse_more(connection: Connection, consultation: str, table: Table) -> None:
    """Make sure that the record has room for one more of what a table holds.

    Raises:
        PartnershipError: it has not.
    """
    held = connection.execute(select(func.count()).select_from(table).where(table.c.consultation == consultation)).scalar_one()
    if held >= MOST:
        message = f"A consultation has at most {MOST} {table.name}s, as many as its record holds."
        raise PartnershipError(message)


def note(connection: Connection, consultation: str, act: str, about: str) -> None:
    """Write down what the facilitator did, to the minute; nothing is written of participants."""
    at = dt.datetime.now(dt.UTC).replace(tzinfo=None, second=0, microsecond=0)
    connection.execute(insert(audit).values(consultation=consultation, at=at, act=act, about=about))
