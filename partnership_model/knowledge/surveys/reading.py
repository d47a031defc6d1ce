"""Reads the table of a survey by its mapping: ballots, rejected rows, what looks like one person twice, and what was dropped."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from partnership_model.errors import FaultsError
from partnership_model.knowledge.schema import plain_day
from partnership_model.knowledge.surveys.answer_days import UNDATED, day_of, order_of
from partnership_model.knowledge.surveys.cell_answers import quoted
from partnership_model.knowledge.surveys.fitting import refuse_misfit
from partnership_model.knowledge.surveys.headings import alike, plain
from partnership_model.knowledge.surveys.imported import Dropped, Duplicate, ImportedBallots, Rejection
from partnership_model.knowledge.surveys.personal import is_personal
from partnership_model.knowledge.surveys.row_reading import RowReader
from partnership_model.knowledge.surveys.tools import TOOLS

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from partnership_model.knowledge.consultation.ballots import Ballot
    from partnership_model.knowledge.consultation.question_set import QuestionSet
    from partnership_model.knowledge.files import Document
    from partnership_model.knowledge.surveys.imported import SameBy
    from partnership_model.knowledge.surveys.mapping import Dates, Mapping
    from partnership_model.knowledge.surveys.survey_table import SurveyRow, SurveyTable

NOBODY = ("", "anonymous", "n a")
Days = tuple["dt.date | None", "dt.date | None"]


@dataclass(frozen=True)
class Asked:
    """What is said beside the mapping.

    Attributes:
        dates: the order of day and month, where the file does not show it; goes before the mapping's.
        days: the first and the last day of the consultation, as far as they are known; both belong to it.
        drop_duplicates: of which kind of duplicates all but one are left out.
    """

    dates: Dates | None = None
    days: Days = (None, None)
    drop_duplicates: frozenset[SameBy] = frozenset()


def read_ballots(
    table: SurveyTable, mapping: Mapping, questions: QuestionSet, asked: Asked | None = None, document: Document | None = None
) -> ImportedBallots:
    """Read every answer.

    Args:
        document: the mapping's file, which its faults name.

    Raises:
        FaultsError: the mapping does not fit the table, or its dates can be read in two ways.
    """
    asked = asked or Asked()
    refuse_misfit(mapping, document, table)
    days = _Days(table, mapping, asked)
    reader = RowReader(table, mapping, questions, "paper" if table.tool == "paper" else "survey")
    ballots: dict[int, Ballot] = {}
    rejected: list[Rejection] = []
    kept: dict[int, SurveyRow] = {}
    for row in table.rows:
        says = days.refuses(row)
        ballot, wrong = (None, (Rejection(row.number, mapping.date or "", says),)) if says else reader.read(row)
        rejected += wrong
        if ballot:
            ballots[row.number], kept[row.number] = ballot, row
    duplicates = tuple(_duplicates(table, mapping, kept, ballots, asked.drop_duplicates))
    for number in {row for one in duplicates for row in one.dropped}:
        del ballots[number]
    return ImportedBallots(
        tuple(ballots.values()),
        tuple(ballots),
        reader.channel,
        table.source,
        table.digest,
        len(table.rows),
        tuple(rejected),
        duplicates,
        tuple(_dropped(table, mapping)),
        (*table.notes, *days.notes, *_notes(reader)),
    )


class _Days:
    """Tells whether an answer lies within the days of the consultation; the day itself is not kept."""

    def __init__(self, table: SurveyTable, mapping: Mapping, asked: Asked) -> None:
        self.at = None if mapping.date is None else table.column(plain(mapping.date))
        self.first, self.last = asked.days
        self.unfinished = TOOLS[table.tool].empty_date_is_unfinished
        self.notes: list[str] = []
        stated = asked.dates or mapping.dates
        if self.at is None:
            self.order: Dates = "day-first"
            return
        texts = [row.cells[self.at] for row in table.rows]
        found = order_of(texts, stated)
        if found not in ("day-first", "month-first"):
            raise FaultsError([table.fault(None, mapping.date or "", found)])
        self.order = "day-first" if found == "day-first" else "month-first"
        if stated is None and any(day_of(text, "day-first") != day_of(text, "month-first") for text in texts):
            self.notes.append(f"Dates were read {self.order.replace('-', ' ')}: at least one of them can be read in no other way.")

    def refuses(self, row: SurveyRow) -> str:
        """Say why the day of an answer keeps it out; "" where it does not."""
        if self.at is None or row.short is not None:
            return ""
        text = row.cells[self.at]
        if not text:
            return "the form was never sent: it has no date" if self.unfinished else ""
        day = day_of(text, self.order)
        if day is None:
            return f"found {quoted(text)}; a date was expected, such as 2026-10-24"
        return "" if day.year == UNDATED and self.unfinished else self._outside(day)

    def _outside(self, day: dt.date) -> str:
        if self.first and day < self.first:
            return f"it was answered before {plain_day(self.first)}, the first day that counts"
        if self.last and day > self.last:
            return f"it was answered after {plain_day(self.last)}, the last day that counts; are day and month in the right order?"
        return ""


def _duplicates(
    table: SurveyTable,
    mapping: Mapping,
    rows: dict[int, SurveyRow],
    ballots: dict[int, Ballot],
    drop: frozenset[SameBy],
) -> Iterable[Duplicate]:
    """Find the rows that may come from one person: of the same respondent the last counts, of identical answers the first."""
    left = set(rows)
    for name in mapping.respondent:
        at = table.column(plain(name))
        same = _alike((number, row.cells[at].casefold()) for number, row in rows.items() if alike(row.cells[at]) not in NOBODY)
        for numbers in same:
            gone = tuple(number for number in numbers[:-1] if number in left) if "respondent" in drop else ()
            left -= set(gone)
            yield Duplicate(numbers, "respondent", gone)
    words = (
        (number, f"{one.group}\n{one.school}\n{one.answers}\n{alike(one.comment)}") for number, one in ballots.items() if number in left
    )
    for numbers in _alike(words):
        yield Duplicate(numbers, "identical", numbers[1:] if "identical" in drop else ())


def _alike(texts: Iterable[tuple[int, str]]) -> list[tuple[int, ...]]:
    found: dict[str, list[int]] = {}
    for number, text in texts:
        found.setdefault(text, []).append(number)
    return [tuple(numbers) for numbers in found.values() if len(numbers) > 1]


def _dropped(table: SurveyTable, mapping: Mapping) -> Iterable[Dropped]:
    compared = {plain(name) for name in mapping.respondent}
    for name in map(plain, mapping.dropped):
        if name == plain(mapping.date or ""):
            yield Dropped(name, "only compared with the days of the consultation")
        elif name in compared:
            yield Dropped(name, "only compared, to find the same person twice")
        else:
            tool = TOOLS[table.tool]
            personal = is_personal(name, table.values(name))
            own = "the tool's own column" if tool.drops(name) else "no question of the consultation"
            yield Dropped(name, f"may say who somebody is ({personal})" if personal else own)


def _notes(reader: RowReader) -> Sequence[str]:
    level, addresses = reader.counted.level, reader.counted.addresses
    notes = []
    if level:
        notes.append(f"{level} answer{'s put' if level > 1 else ' puts'} two or more criteria in the same place; that was read as a tie.")
    if addresses:
        many = f"{addresses} addresses and numbers were" if addresses > 1 else "1 address or number was"
        notes.append(f"{many} taken out of comments: e-mail, internet, telephone, postcode.")
    return notes
