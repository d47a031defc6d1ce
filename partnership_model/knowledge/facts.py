"""Dated facts: the shape of one file of `data/facts/`, and the fact that holds on a day."""

from __future__ import annotations

import datetime as dt  # noqa: TC003 - pydantic reads it
import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal, TypeVar

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from partnership_model.knowledge.resolutions import Body
from partnership_model.knowledge.schema import Day, Flag, Href, Key, Range, Strict, Text, Whole, levels

if TYPE_CHECKING:
    from collections.abc import Iterable

Form = Literal["alone", "federated", "with_trust", "in_mat"]
Role = Literal["parent", "pupil", "teacher", "support_staff", "head", "governor"]
Order = Annotated[tuple[tuple[Key, ...], ...], BeforeValidator(levels)]
Mark = Literal["sourced", "named", "memory", "estimate"]
Status = Literal["in_force", "announced", "proposed", "enacted", "withdrawn"]
Topic = Literal["control", "people", "children", "money", "exit", "process", "policy"]
Unit = Literal["GBP_per_school", "GBP_per_pupil_per_year", "percent_of_budget", "percent_of_top_slice", "months", "GBP", "percent"]
ALWAYS_ALLOWED = {"unknown": "Not known", "not_open": "Not open to this school"}


class Source(Strict):
    """Something that was read or named."""

    title: Text
    publisher: Text
    href: Href | None = None
    date: Day | None = None
    kind: Literal["statute", "instrument", "guidance", "parliament", "council", "diocese", "law_firm", "press", "research", "school_paper"]
    withdrawn: Day | None = None


class Reference(Strict):
    """Where in a source a fact stands, and when that was read."""

    source: Key
    at: Text | None = None
    text_of: Day | None = None
    read: Day | None = None
    from_copy: Flag = Field(default=False, alias="copy")
    href: Href | None = None


class Step(Strict):
    """One step on the way into an option."""

    do: Text
    who: Text
    months: Range


class DatedValue(Strict):
    """What a cell says from one day on; `ended` values say that the rule stopped."""

    since: Day = Field(alias="from")
    code: Key | None = None
    says: Text | None = None
    amount: Range | None = None
    price_year: Whole | None = Field(default=None, ge=2000, le=2040)
    steps: tuple[Step, ...] | None = None
    mark: Mark | None = None
    status: Status = "in_force"
    references: tuple[Reference, ...] = ()
    ask: Text | None = None
    value: None = None

    @property
    def ended(self) -> bool:
        """Whether the rule ended on this day."""
        return self.says is None

    @model_validator(mode="after")
    def _marked(self) -> DatedValue:
        faults = list(_mark_faults(self))
        if faults:
            raise ValueError("; ".join(faults))
        return self


def _mark_faults(value: DatedValue) -> list[str]:
    if "value" in value.model_fields_set:
        left = sorted(value.model_fields_set - {"since", "value", "status", "references", "open", "question"})
        return (
            [f"`value: null` says that the rule ended; leave out {', '.join(f'`{name}`' for name in left)}, such as `says`"] if left else []
        )
    if value.ended:
        return ["expected `says`, or `value: null` where the rule ended"]
    if value.mark is None:
        return ["`mark` is missing: sourced, named, memory or estimate"]
    faults = []
    if value.mark == "sourced" and not any(one.at and one.read for one in value.references):
        faults.append("a sourced fact needs a reference with `source`, `at` and `read`")
    if value.mark == "named" and not value.references:
        faults.append("a named fact needs a reference with `source`")
    if value.mark == "estimate" and value.amount is None and not value.steps:
        faults.append("an estimate needs `amount: {low: , likely: , high: }`")
    if (value.mark != "sourced" or value.code == "unknown") and not value.ask:
        faults.append("what is not sourced, or not known, says whom to `ask`")
    return faults


ValueT = TypeVar("ValueT", bound=DatedValue)


def in_force(values: Iterable[ValueT], day: dt.date) -> ValueT | None:
    """Give the value in force on a day: the last that began; None before the first and after the end."""
    held = max((value for value in values if value.since <= day), key=lambda value: value.since, default=None)
    return None if held is None or held.ended else held


def _in_order(values: tuple[ValueT, ...]) -> tuple[ValueT, ...]:
    for above, below in itertools.pairwise(values):
        if below.since <= above.since:
            message = f"expected each dated value later than the one above it; {below.since} stands below {above.since}"
            raise ValueError(message)
    return values


Dated = Annotated[tuple[ValueT, ...], Field(min_length=1), AfterValidator(_in_order)]  # values in the order of their days


class Cell(Strict):
    """What holds for some options, categories of school and present forms, over time.

    Attributes:
        categories: categories, or groups of categories.
        forms: present forms for which it holds; every form that the categories can have, where nothing is said.
    """

    options: Literal["any"] | tuple[Key, ...]
    categories: Literal["any"] | tuple[Key, ...]
    forms: Literal["any"] | tuple[Form, ...] = "any"
    values: Dated[DatedValue]

    def on(self, day: dt.date) -> DatedValue | None:
        """Give the value in force on a day, or None before the first and after the end."""
        return in_force(self.values, day)


class Checked(Strict):
    """When somebody last held a file against its sources."""

    date: Day
    against: Text


class Attribute(Strict):
    """One question that a governor asks, with its cells: one file of `data/facts/`.

    Attributes:
        roles: whom the question concerns; for each role the codes from least to most, where a change is a gain or a
            loss to them (those of one inner list stand level), or no codes where it is only a change.
        bodies: codes that name a body of which there is more than one, such as an academy trust: where staff move to
            another employer, the same code is another body.
        resolved_by: of the question whose consent is needed, for each code the bodies that have to resolve.
    """

    attribute: Key
    question: Text
    description: Text
    topic: Topic
    kind: Literal["rule", "amount", "duration", "steps"]
    unit: Unit | None = None
    nation: Literal["england"]
    first_question: Flag = False
    codes: dict[Key, Text] = Field(default_factory=dict)
    roles: dict[Role, Order] = Field(default_factory=dict)
    bodies: tuple[Key, ...] = ()
    resolved_by: dict[Key, tuple[Body, ...]] = Field(default_factory=dict)
    cells: tuple[Cell, ...]
    checked: Checked
    stale_after: Day
    note: Text | None = None

    def answer(self, code: str) -> str:
        """Give the short answer of a code in words."""
        return self.codes.get(code) or ALWAYS_ALLOWED[code]


@dataclass(frozen=True)
class Fact:
    """What is known on one day in one cell: attribute x option x category of school (x its present form).

    Attributes:
        code: the short answer's code; "unknown" where nothing is recorded for that day; None for amounts and steps.
        answer: the short answer in words, such as "Our own governing body".
        shared: whether several cells share this value.
        later_text: whether every text that was read is later than the day asked about.
    """

    attribute: str
    option: str
    category: str
    code: str | None
    answer: str
    says: str
    mark: Mark
    status: Status = "in_force"
    amount: Range | None = None
    price_year: int | None = None
    steps: tuple[Step, ...] = ()
    references: tuple[Reference, ...] = ()
    ask: str | None = None
    since: dt.date | None = None
    shared: bool = False
    later_text: bool = False
    form: Form = "alone"
    unit: Unit | None = None

    @property
    def known(self) -> bool:
        """Whether the workbook has an answer."""
        return self.code != "unknown"

    @property
    def key(self) -> str:
        """Name the cell: `attribute/option/category`, and the present form where it is not `alone`."""
        return f"{self.attribute}/{self.option}/{self.category}" + ("" if self.form == "alone" else f"/{self.form}")
