"""One answer of a survey on its way to a ballot: every cell that a mapping names, and all that is wrong with it at once."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from partnership_model.knowledge.consultation.ballots import (
    LONGEST_COMMENT,
    PLACE,
    POINTS,
    SHARE,
    SUPPORT,
    SUPPORTS,
    UNSAID,
    read_ballot,
)
from partnership_model.knowledge.consultation.typed_text import LONGEST
from partnership_model.knowledge.surveys.cell_answers import RATHER_NOT, is_nothing, meaning, pieces, place_in, points_in, quoted
from partnership_model.knowledge.surveys.headings import alike, plain
from partnership_model.knowledge.surveys.imported import Rejection
from partnership_model.knowledge.surveys.personal import without_addresses

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping as Keyed

    from partnership_model.knowledge.consultation.ballots import Ballot, Channel
    from partnership_model.knowledge.consultation.question_set import QuestionSet
    from partnership_model.knowledge.surveys.mapping import Mapping, Order, Who
    from partnership_model.knowledge.surveys.survey_table import SurveyRow, SurveyTable

_LINE_END = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
CUT = " [... cut here]"
SUPPORT_WORDS = {alike(text): level for level in SUPPORTS for text in (level, level.replace("_", " "))} | {
    "support": "for",
    "strongly support": "strongly_for",
    "agree": "for",
    "strongly agree": "strongly_for",
    "in favour": "for",
    "strongly in favour": "strongly_for",
    "neutral": "neither",
    "neither agree nor disagree": "neither",
    "neither for nor against": "neither",
    "neither support nor oppose": "neither",
    "disagree": "against",
    "strongly disagree": "strongly_against",
    "oppose": "against",
    "strongly oppose": "strongly_against",
    **dict.fromkeys(("don t know", "not sure", "no opinion", *RATHER_NOT), ""),
}


@dataclass
class Counted:
    """What happened in several rows, to be said once."""

    level: int = 0
    addresses: int = 0


@dataclass(frozen=True)
class Meanings:
    """What texts mean, by how they are compared; nothing means that it was not said."""

    groups: Keyed[str, str]
    schools: Keyed[str, str]
    criteria: Keyed[str, str]
    supports: Keyed[str, str]


def meanings(mapping: Mapping, questions: QuestionSet) -> Meanings:
    """Put what a mapping says on top of the names that need no saying."""
    said = {alike(text): name for text, name in (mapping.order.criteria if mapping.order else {}).items()}
    criteria = {alike(text): one.key for one in questions.criteria for text in (one.key, one.label)}
    levels = {alike(text): level or "" for text, level in (mapping.support.values if mapping.support else {}).items()}
    return Meanings(
        _who(mapping.group, [one.group for one in questions.adults]),
        _who(mapping.school, questions.schools),
        criteria | said,
        SUPPORT_WORDS | levels,
    )


def _who(who: Who | None, names: list[str] | tuple[str, ...]) -> dict[str, str]:
    said = {alike(text): name or UNSAID for text, name in (who.values if who else {}).items()}
    return dict.fromkeys(RATHER_NOT, UNSAID) | {alike(name): name for name in names} | said


@dataclass
class RowReader:
    """Reads rows of one table by one mapping."""

    table: SurveyTable
    mapping: Mapping
    questions: QuestionSet
    channel: Channel
    counted: Counted = field(default_factory=Counted)

    def __post_init__(self) -> None:
        """Look up once what every row needs."""
        self.known = meanings(self.mapping, self.questions)
        self.at = {name: place for place, name in enumerate(self.table.names)}
        self.labels = {one.key: one.label for one in self.questions.criteria}

    def read(self, row: SurveyRow) -> tuple[Ballot | None, tuple[Rejection, ...]]:
        """Give the ballot of a row, and what of it was not taken over."""
        self.row = row
        self.typed: dict[str, str] = {"level": "yes"}
        self.wrong: list[Rejection] = []
        if row.short is not None:
            self._refuse("", f"the row has {row.short} cells and the headings have {len(self.table.names)}; was a part of it lost?")
            return None, tuple(self.wrong)
        self._who("group", self.mapping.group, self.known.groups, "a group that is asked")
        self._who("school", self.mapping.school, self.known.schools, "a school of the case")
        if self.mapping.order:
            self._order(self.mapping.order)
        self._points()
        self._support()
        self._comment()
        return self._ballot()

    def _ballot(self) -> tuple[Ballot | None, tuple[Rejection, ...]]:
        if any(one.whole for one in self.wrong):
            return None, tuple(self.wrong)
        ballot, faults = read_ballot(self.typed, self.questions, self.channel)
        for one in faults:
            self._refuse("", "nothing was answered" if one.key == "empty" else f"{one.at} cannot be read ({one.key})")
        if ballot and not faults:
            self.counted.level += len(set(ballot.places.values())) < len(ballot.places)
        return ballot, tuple(self.wrong)

    def _refuse(self, column: str, says: str, *, whole: bool = True) -> None:
        self.wrong.append(Rejection(self.row.number, column, says, whole))

    def _cell(self, column: str) -> str:
        """Give what stands in a column; what cannot be read is refused."""
        at = self.at[plain(column)]
        if at in self.row.trouble:
            self._refuse(column, self.row.trouble[at])
            return ""
        return self.row.cells[at]

    def _who(self, key: str, who: Who | None, known: Keyed[str, str], what: str) -> None:
        if who is None:
            return
        text = who.everyone if who.column is None else self._cell(who.column)
        found, says = meaning((text or "").rstrip("; "), known, what)
        if found is None:
            self._refuse(who.column or "", f"{says} Or say what it means under `{key}`, `values` in the mapping")
        self.typed[key] = found or UNSAID

    def _order(self, order: Order) -> None:
        for place, (column, text, name) in self._places(order):
            if name is None:
                found, says = meaning(text, self.known.criteria, "a criterion")
                if found is None:
                    self._refuse(column, f"{says} Or say which it means under `order`, `criteria` in the mapping")
                    continue
                name = found  # noqa: PLW2901 - what the text means
            if f"{PLACE}{name}" in self.typed:
                self._refuse(column, f'"{self.labels[name]}" stands in two places; each criterion has one')
            elif not 1 <= place <= len(self.labels):
                self._refuse(column, f"found {quoted(text)}; a place from 1 to {len(self.labels)} was expected, or nothing")
            else:
                self.typed[f"{PLACE}{name}"] = str(place)

    def _places(self, order: Order) -> Iterator[tuple[int, tuple[str, str, str | None]]]:
        """Give each place with its column, what stands there, and its criterion where the column says it."""
        if order.one_cell is not None:
            text = self._cell(order.one_cell)
            listed = [] if is_nothing(text) else pieces(text, order.separator, self.known.criteria)
            yield from ((place, (order.one_cell, one, None)) for place, one in enumerate(listed, 1))
        for place, column in enumerate(order.position_columns, 1):
            text = self._cell(column)
            if not is_nothing(text):
                yield place, (column, text, None)
        for name, column in order.item_columns.items():
            text = self._cell(column)
            if not is_nothing(text):
                found = place_in(text)
                yield (-1 if found is None else found), (column, text, name)

    def _points(self) -> None:
        found: dict[str, int] = {}
        for name, column in self.mapping.points.items():
            text = self._cell(column)
            number = 0 if is_nothing(text) else points_in(text)
            if number is None:
                self._refuse(column, f"found {quoted(text)}; a whole number of points was expected, or nothing")
            elif number:
                found[name] = number
        total = sum(found.values())
        if total and total != POINTS:
            says = f"the points add up to {total}, and {POINTS} was asked for; the answer is kept without its points"
            self._refuse(next(iter(self.mapping.points.values())), says, whole=False)
        else:
            self.typed |= {f"{SHARE}{name}": str(number) for name, number in found.items()}

    def _support(self) -> None:
        for name, column in (self.mapping.support.columns if self.mapping.support else {}).items():
            text = self._cell(column)
            found, says = meaning(text, self.known.supports, "how far somebody is for or against")
            if found is None:
                self._refuse(column, f"{says} Or say which it means under `support`, `values` in the mapping")
            self.typed[f"{SUPPORT}{name}"] = found or ""

    def _comment(self) -> None:
        said = [text for column in self.mapping.comment if not is_nothing(text := self._cell(column))]
        whole = _LINE_END.sub("\n", "\n".join(said)).replace("\t", " ")
        text, taken = without_addresses(whole[:LONGEST])
        self.counted.addresses += taken
        if len(text) > LONGEST_COMMENT:
            says = f"the comment has {len(whole):,} letters, and {LONGEST_COMMENT:,} are kept; the rest is cut off, and the comment says so"
            self._refuse(self.mapping.comment[0], says, whole=False)
            text = text[: LONGEST_COMMENT - len(CUT)] + CUT
        self.typed["comment"] = text
