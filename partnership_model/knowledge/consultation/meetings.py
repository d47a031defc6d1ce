"""Meetings and letters: how many were there or wrote, and what was said; they are counted beside the ballots and never with them."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

from partnership_model.knowledge.consultation.told_lines import CONFIRMED, UNCONFIRMED, line_faults, unconfirmed
from partnership_model.knowledge.consultation.typed_text import clean_text, lines_of, whole_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from partnership_model.knowledge.consultation.question_set import QuestionSet

MeetingKind = Literal["meeting", "staff_meeting", "union", "letters", "other"]
MEETING_KINDS: tuple[MeetingKind, ...] = get_args(MeetingKind)
MeetingUnit = Literal["people", "letters", "organisations"]
MEETING_UNITS: tuple[MeetingUnit, ...] = get_args(MeetingUnit)
MOST = 10_000
MOST_THEMES, LONGEST_THEME, LONGEST_TITLE = 20, 300, 120
EARLIEST = dt.date(2000, 1, 1)


@dataclass(frozen=True)
class Meeting:
    """One meeting, or the letters of one kind.

    Attributes:
        group: whom it was with, as the question set names them; "" for several.
        school: of one school, or "" for all.
        held: the day, or the day by which letters were counted.
        unit, number: what is counted, and how many.
        themes: what was said, in the words of whoever entered it; nobody is named.
    """

    kind: MeetingKind
    title: str
    group: str
    school: str
    held: dt.date
    unit: MeetingUnit
    number: int
    themes: tuple[str, ...]

    @property
    def themes_text(self) -> str:
        """Give the themes as text."""
        return json.dumps(self.themes, ensure_ascii=False)


def themes_of(text: str) -> tuple[str, ...]:
    """Read what `themes_text` wrote."""
    return tuple(json.loads(text))


def typed_of_meeting(meeting: Meeting) -> dict[str, str]:
    """Give the fields in which a meeting is typed, as they were; that nobody can be recognised has to be said again."""
    said = {"kind": meeting.kind, "title": meeting.title, "group": meeting.group, "school": meeting.school, "unit": meeting.unit}
    return {**said, "held": meeting.held.isoformat(), "number": str(meeting.number), "themes": "\n".join(meeting.themes)}


def read_meeting(typed: Mapping[str, str], questions: QuestionSet, today: dt.date) -> tuple[Meeting | None, dict[str, str]]:
    """Hold what was typed against what may be said: the meeting, or what is wrong by field."""
    cells = {name: clean_text(value) for name, value in typed.items()}
    kind = next((one for one in MEETING_KINDS if one == cells.get("kind")), None)
    unit = next((one for one in MEETING_UNITS if one == cells.get("unit")), None)
    held, themes = _day(cells.get("held", "")), lines_of(cells.get("themes", ""))
    faults = dict(_faults(cells, questions, held, today, themes))
    if kind is None:
        faults = {"kind": "Choose what it was.", **faults}
    if unit is None:
        faults["unit"] = "Choose what is counted."
    if faults or kind is None or unit is None or held is None:
        return None, faults
    number = whole_number(cells["number"])
    return Meeting(kind, cells["title"], cells.get("group", ""), cells.get("school", ""), held, unit, number, themes), {}


def _faults(
    cells: Mapping[str, str], questions: QuestionSet, held: dt.date | None, today: dt.date, themes: tuple[str, ...]
) -> Iterator[tuple[str, str]]:
    if not 0 < len(cells.get("title", "")) <= LONGEST_TITLE:
        yield "title", f"Say what it is called, in at most {LONGEST_TITLE} letters."
    if cells.get("group", "") not in ("", *(one.group for one in questions.groups)):
        yield "group", "Choose one of the groups, or several."
    if cells.get("school", "") not in ("", *questions.schools):
        yield "school", "Choose one of the schools, or all of them."
    if held is None or not EARLIEST <= held <= today:
        yield "held", "Give the day on which it was, as 2026-11-22; it is not after today."
    if not 1 <= whole_number(cells.get("number", "")) <= MOST:
        yield "number", f"Give how many there were, from 1 to {MOST}."
    if not 1 <= len(themes) <= MOST_THEMES or any(len(one) > LONGEST_THEME for one in themes):
        yield "themes", f"Write what was said: 1 to {MOST_THEMES} lines, each of at most {LONGEST_THEME} letters."
    yield from line_faults("title", (cells.get("title", ""),))
    yield from line_faults("themes", themes)
    if unconfirmed(cells):
        yield CONFIRMED, UNCONFIRMED


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if len(text) == len("2026-11-22") else None
    except ValueError:
        return None
