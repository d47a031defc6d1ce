"""Guesses the mapping of a form from its headings and from what stands below them; whoever knows the form looks at it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from partnership_model.errors import FaultsError, printable
from partnership_model.knowledge.consultation.ballots import SUPPORTS
from partnership_model.knowledge.surveys.cell_answers import NOTHING, is_nothing, pieces, place_in, points_in, quoted
from partnership_model.knowledge.surveys.guess_who import MOST_READ, MOST_VALUES, find_who
from partnership_model.knowledge.surveys.headings import alike
from partnership_model.knowledge.surveys.likeness import MOSTLY, NEAR, nearness, share
from partnership_model.knowledge.surveys.mapping import VERSION, Mapping, Order, SupportColumns, Who
from partnership_model.knowledge.surveys.personal import is_personal
from partnership_model.knowledge.surveys.row_reading import SUPPORT_WORDS
from partnership_model.knowledge.surveys.tools import TOOLS, bare

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from collections.abc import Mapping as Keyed

    from partnership_model.knowledge.consultation.question_set import QuestionSet
    from partnership_model.knowledge.surveys.headings import Heading
    from partnership_model.knowledge.surveys.survey_table import SurveyTable

_POINTS = re.compile(r"\b(points?|100)\b")
_RANK = re.compile(r"(?:rank(?:ing)?|place|position|choice)?\s*([1-9])", re.IGNORECASE)
_COMMENT = re.compile(r"\b(comments?|anything|else|tell us|say|why|explain|suggestions?|views?|thoughts?)\b")
_AFTER = re.compile(r"^(points|place|rank|order)\s*:\s*", re.IGNORECASE)
_LONG = 40  # letters, on average, of a text that is no choice


@dataclass(frozen=True)
class Guess:
    """A mapping, and what somebody has to look at before it is used."""

    mapping: Mapping
    unsure: tuple[str, ...]


def guess(table: SurveyTable, questions: QuestionSet) -> Guess:
    """Guess what each column answers.

    Raises:
        FaultsError: no column was found that answers anything.
    """
    return _Guessing(table, questions).guess()


@dataclass
class _Guessing:
    """Takes the columns of a table one kind after the other."""

    table: SurveyTable
    questions: QuestionSet
    left: dict[str, Heading] = field(default_factory=dict)
    unsure: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Begin with every column, and with names that can be compared."""
        self.left = {one.name: one for one in self.table.headings}
        self.criteria = {alike(text): one.key for one in self.questions.criteria for text in (one.key, one.label)}
        self.options = {alike(text): one.key for one in self.questions.options for text in (one.key, one.label, one.in_a_sentence)}

    def guess(self) -> Guess:
        tool = TOOLS[self.table.tool]
        date = next((name for name in self.left if bare(name) in tool.date), None)
        respondent = tuple(name for name in self.left if bare(name) in tool.respondents)
        drop = [name for name in self.left if tool.drops(name)]
        self._take(*filter(None, (date,)), *respondent, *drop)
        support, points, order = self._support(), self._points(), self._order()
        group = self._who("group", [one.group for one in self.questions.adults])
        school = self._who("school", list(self.questions.schools))
        comment = self._comments()
        drop += self.left
        if not (order or points or support or comment):
            says = (
                "no column was found that puts the criteria in order, shares out points, or says anything about the options. "
                f"The criteria are {', '.join(one.label for one in self.questions.criteria)}. "
                "Write the mapping by hand (docs/surveys.md shows one), or export with the answers' full text"
            )
            raise FaultsError([self.table.fault(self.table.heading_row, "", says)])
        mapping = Mapping(
            version=VERSION,
            tool=self.table.tool,
            sheet=self.table.sheet or None,
            group=group,
            school=school,
            order=order,
            points=points,
            support=support,
            comment=comment,
            date=date,
            respondent=respondent,
            drop=tuple(dict.fromkeys(drop)),
        )
        return Guess(mapping, tuple(self._unsure_of(mapping)))

    def _unsure_of(self, mapping: Mapping) -> Iterator[str]:
        yield from self.unsure
        for name in self.left:
            if not is_personal(name, self._values(name)):
                yield f'"{printable(name)}" was not recognised, and is under drop'
        if not mapping.order:
            yield "no column was found that puts the criteria in order"
        for what, who, column in (("group", mapping.group, "groups"), ("school", mapping.school, "schools")):
            if who is None and (what == "group" or self.questions.schools):
                yield f"no column of {column} was found; if everybody is of one {what}, write `{what}: {{everyone: NAME}}`"

    def _take(self, *names: str) -> None:
        for name in names:
            self.left.pop(name, None)

    def _values(self, name: str) -> Sequence[str]:
        return self.table.values(name)[:MOST_READ]

    def _grids(self) -> Iterator[dict[str, Heading]]:
        """Give the columns that are left and belong to one question, question by question."""
        by_question: dict[str, dict[str, Heading]] = {}
        for name, heading in self.left.items():
            if heading.item:
                by_question.setdefault(heading.question, {})[name] = heading
        yield from by_question.values()

    def _matched(self, columns: Keyed[str, Heading], known: Keyed[str, str]) -> dict[str, str]:
        """Find the column of each criterion or option by its item, or else by its whole heading."""
        items = {name: heading.item or _AFTER.sub("", heading.question) for name, heading in columns.items()}
        found = {key: name for name, key in self._means(items, known).items()}
        return {key: found[key] for key in dict.fromkeys(known.values()) if key in found}

    def _means(self, texts: Keyed[str, str], known: Keyed[str, str], *, say: bool = True) -> dict[str, str]:
        """Say for each text what it means: the nearest first, and nothing twice; what is not alike is looked at by somebody."""
        close = sorted(
            ((nearness(alike(text), other), name, key) for name, text in texts.items() for other, key in known.items()), reverse=True
        )
        found: dict[str, str] = {}
        for near, name, key in close:
            if near >= NEAR and name not in found and key not in found.values():
                found[name] = key
                if near < 1 and say:
                    self.unsure.append(f"{quoted(texts[name])} was taken for {key}")
        return found

    def _points(self) -> dict[str, str]:
        columns = {name: one for name, one in self.left.items() if self._is_about_points(one)}
        found = self._matched(columns, self.criteria) if "points" in self.questions.also and self._mostly(columns, points_in) else {}
        self._take(*found.values())
        return found

    def _is_about_points(self, heading: Heading) -> bool:
        return _POINTS.search(alike(heading.question)) is not None

    def _support(self) -> SupportColumns | None:
        if "support" not in self.questions.also:
            return None
        columns = {
            name: one
            for name, one in self.left.items()
            if (values := self._values(name)) and share(values, lambda text: alike(text) in SUPPORT_WORDS) >= MOSTLY
        }
        found = self._matched(columns, self.options)
        if not found:
            return None
        self._take(*found.values())
        said = sorted({text for name in found.values() for text in self._values(name)})
        strange = [text for text in said if alike(text) not in SUPPORT_WORDS]
        if strange:
            levels = ", ".join(SUPPORTS)
            self.unsure.append(f"say under `support`, `values` what these mean ({levels}): {', '.join(map(quoted, strange[:10]))}")
        return SupportColumns(
            columns=found, values={text: SUPPORT_WORDS[alike(text)] or None for text in said if alike(text) in SUPPORT_WORDS}
        )

    def _order(self) -> Order | None:
        return self._items() or self._positions() or self._list()

    def _items(self) -> Order | None:
        for columns in [*self._grids(), self.left]:
            places = {name: one for name, one in columns.items() if not self._is_about_points(one) and self._mostly({name: one}, place_in)}
            found = self._matched(places, self.criteria) if places else {}
            if len(found) > 1:
                self._take(*found.values())
                self._missing(found)
                return Order(item_columns=found)
        return None

    def _positions(self) -> Order | None:
        for columns in self._grids():
            places = {int(match[1]): name for name, one in columns.items() if (match := _RANK.fullmatch(one.item))}
            if len(places) > 1 and sorted(places) == list(range(1, len(places) + 1)):
                names = [places[at] for at in sorted(places)]
                if self._mostly({name: columns[name] for name in names}, place_in):
                    continue  # they hold numbers, so the items are what is numbered
                self._take(*names)
                criteria = self._items_of({text for name in names for text in self._values(name) if not is_nothing(text)})
                return Order(position_columns=tuple(names), criteria=criteria)
        return None

    def _list(self) -> Order | None:
        for name in self.left:
            values = self._values(name)
            texts = {one for text in values for one in pieces(text, ";", self.criteria)}
            if not texts or len(texts) > MOST_VALUES or not any(";" in text.rstrip("; ") for text in values):
                continue
            if len(self._means({text: text for text in texts}, self.criteria, say=False)) > 1:
                self._take(name)
                return Order(one_cell=name, separator=";", criteria=self._items_of(texts))
        return None

    def _items_of(self, texts: Iterable[str]) -> dict[str, str]:
        """Say what items in cells mean; those that are the criteria's own names need no saying."""
        found = self._means({text: text for text in sorted(texts)}, self.criteria)
        strange = sorted(set(texts) - set(found))
        if strange:
            says = ", ".join(map(quoted, strange[:12]))
            self.unsure.append(f"say under `order`, `criteria` which criterion each of these is: {says}")
        self._missing(found.values())
        return {text: name for text, name in found.items() if alike(text) not in self.criteria}

    def _missing(self, found: Iterable[str]) -> None:
        missing = [one.label for one in self.questions.criteria if one.key not in set(found)]
        if missing:
            self.unsure.append(f"not found among what was put in order: {', '.join(missing)}")

    def _who(self, key: Literal["group", "school"], names: Sequence[str]) -> Who | None:
        found, unsure = find_who(self.table, list(self.left), key, names)
        if found and found.column is not None:
            self._take(found.column)
        self.unsure += unsure
        return found

    def _comments(self) -> tuple[str, ...]:
        if "comment" not in self.questions.also:
            return ()
        found = []
        for name, heading in self.left.items():
            values = self._values(name)
            if is_personal(name, values):
                continue
            long = values and sum(map(len, values)) / len(values) > _LONG
            if long or _COMMENT.search(alike(heading.name)):
                found.append(name)
        self._take(*found)
        return tuple(found)

    def _mostly(self, columns: Keyed[str, Heading], read: Callable[[str], object]) -> bool:
        values = [text for name in columns for text in self._values(name) if alike(text) not in NOTHING]
        return bool(values) and share(values, lambda text: read(text) is not None) >= MOSTLY
