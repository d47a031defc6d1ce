"""What was told apart from ballots: meetings, letters, and the sheets of classes and school councils."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, select

from partnership_model.delivery.consultation.acts import note, refuse_closed, refuse_more
from partnership_model.delivery.consultation.marks import new_id
from partnership_model.delivery.consultation.schema import meetings, sheets
from partnership_model.knowledge.consultation.class_sheets import ClassSheet, sheet_of
from partnership_model.knowledge.consultation.meetings import Meeting, themes_of

if TYPE_CHECKING:
    from sqlalchemy import Row

    from partnership_model.delivery.consultation.store import Store


@dataclass(frozen=True)
class KeptMeeting:
    """A meeting, or letters, with the id by which it is taken out again."""

    id: str
    meeting: Meeting


@dataclass(frozen=True)
class KeptSheet:
    """A sheet, with the id by which it is taken out again."""

    id: str
    sheet: ClassSheet


def keep_meeting(store: Store, consultation: str, meeting: Meeting) -> None:
    """Write down what was said.

    Raises:
        ClosedError: the consultation is closed.
        PartnershipError: there are as many as a record holds.
    """
    values = {
        "kind": meeting.kind,
        "title": meeting.title,
        "stakeholders": meeting.group,
        "school": meeting.school,
        "held": meeting.held,
        "unit": meeting.unit,
        "number": meeting.number,
        "themes": meeting.themes_text,
    }
    with store.transaction() as connection:
        refuse_closed(connection, consultation)
        refuse_more(connection, consultation, meetings)
        connection.execute(insert(meetings).values(id=new_id(), consultation=consultation, **values))
        note(connection, consultation, "meeting entered", meeting.title)


def meetings_of(store: Store, consultation: str) -> tuple[KeptMeeting, ...]:
    """Give all meetings and letters, the earliest first."""
    wanted = select(meetings).where(meetings.c.consultation == consultation).order_by(meetings.c.held, meetings.c.title, meetings.c.id)
    with store.transaction() as connection:
        return tuple(KeptMeeting(row.id, _meeting(row)) for row in connection.execute(wanted))


def remove_meeting(store: Store, consultation: str, wanted: str) -> Meeting | None:
    """Take a meeting out again and give it; nothing where there is none.

    Raises:
        ClosedError: the consultation is closed.
    """
    with store.transaction() as connection:
        refuse_closed(connection, consultation)
        mine = (meetings.c.consultation == consultation) & (meetings.c.id == wanted)
        row = connection.execute(select(meetings).where(mine)).first()
        if row is None:
            return None
        connection.execute(delete(meetings).where(mine))
        note(connection, consultation, "meeting taken out", row.title)
    return _meeting(row)


def _meeting(row: Row[Any]) -> Meeting:
    return Meeting(row.kind, row.title, row.stakeholders, row.school, row.held, row.unit, row.number, themes_of(row.themes))


def keep_sheet(store: Store, consultation: str, sheet: ClassSheet) -> str:
    """Write down what a class said, and give the id of its sheet.

    Raises:
        ClosedError: the consultation is closed.
    """
    values = {"stakeholders": sheet.group, "school": sheet.school, "learners": sheet.learners, "answers": sheet.text}
    kept = new_id()
    with store.transaction() as connection:
        refuse_closed(connection, consultation)
        connection.execute(insert(sheets).values(id=kept, consultation=consultation, **values))
        note(connection, consultation, "class sheet entered", sheet.school)
    return kept


def sheets_of(store: Store, consultation: str) -> tuple[KeptSheet, ...]:
    """Give all sheets, those of a school together."""
    wanted = select(sheets).where(sheets.c.consultation == consultation).order_by(sheets.c.school, sheets.c.id)
    with store.transaction() as connection:
        return tuple(KeptSheet(row.id, _sheet(row)) for row in connection.execute(wanted))


def remove_sheet(store: Store, consultation: str, wanted: str) -> ClassSheet | None:
    """Take a sheet out again and give it; nothing where there is none.

    Raises:
        ClosedError: the consultation is closed.
    """
    with store.transaction() as connection:
        refuse_closed(connection, consultation)
        mine = (sheets.c.consultation == consultation) & (sheets.c.id == wanted)
        row = connection.execute(select(sheets).where(mine)).first()
        if row is None:
            return None
        connection.execute(delete(sheets).where(mine))
        note(connection, consultation, "class sheet taken out", row.school)
    return _sheet(row)


def _sheet(row: Row[Any]) -> ClassSheet:
    return sheet_of(row.stakeholders, row.school, row.learners, row.answers)
