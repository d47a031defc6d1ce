"""The mapping of a form: which column answers what, kept in a file that is read strictly and may be changed by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from partnership_model.errors import FaultsError, nearest
from partnership_model.knowledge.consultation.ballots import Support
from partnership_model.knowledge.schema import ShortText, Strict, Text, parse
from partnership_model.knowledge.surveys.tools import ToolName
from partnership_model.knowledge.yaml_file import read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from partnership_model.errors import Fault
    from partnership_model.knowledge.consultation.question_set import QuestionSet
    from partnership_model.knowledge.files import Document, Place

VERSION: Literal[1] = 1
Dates = Literal["day-first", "month-first"]
Column = Text


def _one_or_several(value: object) -> object:
    return [value] if isinstance(value, str) else value


Columns = Annotated[tuple[Column, ...], BeforeValidator(_one_or_several)]


class Who(Strict):
    """Where a group or a school stands.

    Attributes:
        column: the column; its cells hold names of the case, or `values`.
        values: what a cell means; nothing, where it means that somebody would rather not say.
        everyone: of everybody who answered, where the form did not ask.
    """

    column: Column | None = None
    values: dict[str, ShortText | None] = Field(default_factory=dict)
    everyone: ShortText | None = None

    @model_validator(mode="after")
    def _one(self) -> Who:
        if (self.column is None) == (self.everyone is None):
            message = "expected either `column`, where the form asked, or `everyone`, where all who answered are the same"
            raise ValueError(message)
        return self


class Order(Strict):
    """Where the order of the criteria stands, in one of three shapes.

    Attributes:
        one_cell: a column whose cells list the items, what matters most first.
        separator: what stands between them.
        item_columns: for each criterion the column that holds its place, 1 for what matters most.
        position_columns: the columns of the first place, the second and so on, whose cells hold an item.
        criteria: which criterion an item means, where items stand in cells.
    """

    one_cell: Column | None = None
    separator: ShortText = ";"
    item_columns: dict[str, Column] = Field(default_factory=dict)
    position_columns: tuple[Column, ...] = ()
    criteria: dict[str, ShortText] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _one_shape(self) -> Order:
        if sum(map(bool, (self.one_cell, self.item_columns, self.position_columns))) != 1:
            message = "expected exactly one of `one_cell`, `item_columns` and `position_columns`"
            raise ValueError(message)
        return self


class SupportColumns(Strict):
    """Where it stands what people think of the options.

    Attributes:
        columns: the column of each option.
        values: which of the five answers a cell means.
    """

    columns: dict[str, Column] = Field(min_length=1)
    values: dict[str, Support | None] = Field(default_factory=dict)


class Mapping(Strict):
    """How the export of one form is read; every column of the file stands in it once.

    Attributes:
        date: the column with the day of the answer, which is only compared with the days of the consultation.
        respondent: columns by which the same person is known again; they are compared, and dropped.
        drop: columns that are not read, and of which nothing is kept.
    """

    version: Literal[1]
    tool: ToolName
    sheet: ShortText | None = None
    group: Who | None = None
    school: Who | None = None
    order: Order | None = None
    points: dict[str, Column] = Field(default_factory=dict)
    support: SupportColumns | None = None
    comment: Columns = ()
    date: Column | None = None
    dates: Dates | None = None
    respondent: Columns = ()
    drop: tuple[Column, ...] = ()

    @model_validator(mode="after")
    def _something_is_asked(self) -> Mapping:
        if not (self.order or self.points or self.support or self.comment):
            message = "nothing that was answered is read: expected `order`, `points`, `support` or `comment`"
            raise ValueError(message)
        return self

    def columns(self) -> Iterator[tuple[Place, str]]:
        """Give every column that is named, and where."""
        for key, who in (("group", self.group), ("school", self.school)):
            if who and who.column is not None:
                yield (key, "column"), who.column
        if self.order:
            if self.order.one_cell is not None:
                yield ("order", "one_cell"), self.order.one_cell
            yield from ((("order", "item_columns", name), one) for name, one in self.order.item_columns.items())
            yield from ((("order", "position_columns", at), one) for at, one in enumerate(self.order.position_columns))
        yield from ((("points", name), one) for name, one in self.points.items())
        yield from ((("support", "columns", name), one) for name, one in (self.support.columns if self.support else {}).items())
        yield from ((("comment", at), one) for at, one in enumerate(self.comment))
        if self.date is not None:
            yield ("date",), self.date
        yield from ((("respondent", at), one) for at, one in enumerate(self.respondent))
        yield from ((("drop", at), one) for at, one in enumerate(self.drop))

    @property
    def dropped(self) -> tuple[str, ...]:
        """Give the columns of which nothing is kept."""
        return (*filter(None, (self.date,)), *self.respondent, *self.drop)


def read_mapping(path: Path, questions: QuestionSet) -> tuple[Mapping, Document]:
    """Read a mapping file.

    Raises:
        FaultsError: everything that is wrong with it, with its line.
    """
    document = read_yaml(path)
    mapping = parse(Mapping, document)
    faults = [*_unknown_names(mapping, document, questions), *_twice(mapping, document)]
    if faults:
        raise FaultsError(faults)
    return mapping, document


def _unknown_names(mapping: Mapping, document: Document, questions: QuestionSet) -> Iterator[Fault]:
    criteria, options = [one.key for one in questions.criteria], [one.key for one in questions.options]
    groups = [one.group for one in questions.adults]
    named: list[tuple[Place, str, list[str], str]] = []
    for key, who, known in (("group", mapping.group, groups), ("school", mapping.school, list(questions.schools))):
        if who:
            what = f"{key} that is asked"
            named += [((key, "values", cell), name, known, what) for cell, name in who.values.items() if name is not None]
            named += [((key, "everyone"), who.everyone, known, what)] if who.everyone is not None else []
    if mapping.order:
        asked = "criterion that is put in order"
        named += [(("order", "criteria", cell), name, criteria, asked) for cell, name in mapping.order.criteria.items()]
        named += [(("order", "item_columns", name), name, criteria, asked) for name in mapping.order.item_columns]
    named += [(("points", name), name, criteria, "criterion that gets points") for name in mapping.points]
    if mapping.support:
        named += [(("support", "columns", name), name, options, "option that is asked about") for name in mapping.support.columns]
    for place, name, known, what in named:
        if name not in known:
            yield document.fault(place, f'"{name}" is no {what}. {nearest(name, known)}')
    for key, given in (("points", mapping.points), ("support", mapping.support), ("comment", mapping.comment)):
        if given and key not in questions.also:
            asked = ", ".join(questions.also) or "nothing"
            says = f"the consultation does not ask for this; `also` in its case names what it asks beside the order: {asked}"
            yield document.fault((key,), says)


def _twice(mapping: Mapping, document: Document) -> Iterator[Fault]:
    seen: dict[str, Place] = {}
    for place, name in mapping.columns():
        if name in seen:
            first = ".".join(map(str, seen[name]))
            yield document.fault(place, f'the column "{name}" stands under {first} already; a column answers one thing')
        seen.setdefault(name, place)
