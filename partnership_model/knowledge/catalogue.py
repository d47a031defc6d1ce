"""What the catalogue files of `data/` hold: options, categories, criteria, glossary, moves and starting assumptions."""

from __future__ import annotations

import datetime as dt  # noqa: TC003 - pydantic reads it
from typing import Literal

from pydantic import Field, model_validator

from partnership_model.knowledge.facts import Dated, DatedValue, Form, in_force
from partnership_model.knowledge.schema import Day, Flag, Key, Number, Range, Strict, Text, Whole


class Option(Strict):
    """A way of working together that may be chosen.

    Attributes:
        joining: how a school comes into one that exists already, where that is another way than forming one.
        variants: other shapes of the same option, by name.
        combines_with: options that the same schools may hold at the same time.
        outsiders: whether schools outside the group are in it already.
        ranked: whether it is ranked unless a case says otherwise; what has no rules yet is shown and not ranked.
    """

    label: Text
    in_a_sentence: Text
    plain: Text
    first_day: Day
    last_day: Day | None = None
    family: Literal["present", "maintained", "academy"]
    joining: Text | None = None
    variants: dict[Key, Text] = Field(default_factory=dict)
    combines_with: tuple[Key, ...] = ()
    outsiders: Flag = False
    ranked: Flag = True

    @model_validator(mode="after")
    def _ends_after_it_began(self) -> Option:
        if self.last_day is not None and self.last_day < self.first_day:
            message = f"expected `last_day` not before `first_day`, found {self.last_day} before {self.first_day}"
            raise ValueError(message)
        return self


class Category(Strict):
    """A category of school.

    Attributes:
        forms: the present forms that a school of this category may have.
        diocese: whether a school of this category may have a church or a foundation behind it, whose diocese has a policy.
        gias: the type codes of the register Get Information about Schools that belong here.
    """

    label: Text
    sector: Literal["maintained", "academy", "other"]
    plain: Text
    forms: tuple[Form, ...] = ("alone",)
    diocese: Flag = True
    gias: tuple[Text, ...] = ()


class PresentForm(Strict):
    """How a school stands today: alone, or already inside something."""

    label: Text
    plain: Text


class Scale(Strict):
    """The raw scale of a criterion: what its worst (0) and best (100) measure."""

    unit: Literal["points", "GBP_per_pupil_per_year"]
    worst: Number
    best: Number


class ValueShape(Strict):
    """How a raw measure becomes a value from 0 to 100."""

    shape: Literal["linear", "piecewise"]
    points: tuple[tuple[Number, Number], ...] = ()
    why: Text | None = None


class Criterion(Strict):
    """Something that may matter, with what 0 and 100 mean."""

    label: Text
    question: Text
    worst: Text
    best: Text
    scale: Scale
    value: ValueShape
    derived: Literal["money", "exit"] | None = None
    default: Flag = False
    source: tuple[Key, ...]
    overlaps: tuple[Key, ...]

    @model_validator(mode="after")
    def _runs_from_worst_to_best(self) -> Criterion:
        if self.scale.worst == self.scale.best:
            message = "expected `worst` and `best` of the scale to differ"
            raise ValueError(message)
        if self.value.shape == "piecewise":
            _check_points(self)
        return self


def _check_points(criterion: Criterion) -> None:
    raw = [point[0] for point in criterion.value.points]
    values = [point[1] for point in criterion.value.points]
    one_way = raw in (sorted(set(raw)), sorted(set(raw), reverse=True))
    ends = raw[:1] == [criterion.scale.worst] and raw[-1:] == [criterion.scale.best]
    if not (one_way and ends and values == sorted(values) and values[:1] == [0] and values[-1:] == [100]):
        message = "expected points that run from [worst, 0] to [best, 100] without turning back"
        raise ValueError(message)


class Term(Strict):
    """A term of the field in one plain sentence."""

    term: Text
    plain: Text

    @property
    def names(self) -> tuple[str, ...]:
        """Give the term, and the short form in capitals that stands in brackets behind it.

        >>> Term(term="general annual grant (GAG)", plain="Money.").names
        ('general annual grant', 'GAG')
        """
        long, bracket, short = self.term.partition(" (")
        return (long, short.rstrip(")")) if bracket and short.isupper() else (self.term,)


class MoneyRule(Strict):
    """How the money facts become the cost judgement."""

    years: Whole = Field(ge=1, le=30)
    says: Text


class ExitRule(Strict):
    """How the exit facts become the judgement on getting out again."""

    decider: dict[Key, Range]
    landing: dict[Key, Range]
    shares: dict[Literal["decider", "landing", "doors"], Number]
    says: Text


class DeriveRules(Strict):
    """The rules of the two derived criteria."""

    money: MoneyRule
    exit: ExitRule


class Assumption(Strict):
    """A starting assumption: one option on one criterion, before anybody in the group has looked at it."""

    option: Key
    criterion: Key
    amount: Range
    grade: Literal["A", "B", "C", "D"]
    evidence: tuple[Text, ...]
    reasoning: Text


class MoveValue(DatedValue):
    """Whether the move is open from one day on, and what it takes.

    Attributes:
        months: how long it takes.
        amount: what it costs once, in pounds a school.
        applies, consents: who sets it going, and whose consent it needs beside that.
        back: how hard the way back is; `none` where none was found.
        lands: where a school is afterwards.
    """

    open: Flag
    months: Range | None = None
    applies: Text | None = None
    consents: Text | None = None
    back: Literal["easy", "medium", "hard", "none"] | None = None
    lands: Text | None = None


class Move(Strict):
    """Whether one may lawfully go on from one option to another, over time."""

    from_options: tuple[Key, ...] = Field(alias="from")
    to_options: tuple[Key, ...] = Field(alias="to")
    values: Dated[MoveValue]

    @model_validator(mode="before")
    @classmethod
    def _one_or_many(cls, data: object) -> object:
        if isinstance(data, dict):
            data = {key: [item] if key in ("from", "to") and isinstance(item, str) else item for key, item in data.items()}
        return data

    def on(self, day: dt.date) -> MoveValue | None:
        """Give the value in force on a day, or None before the first and after the end."""
        return in_force(self.values, day)


class Forbidden(Strict):
    """What a rule forbids: moves from a family of options to others, or categories of school (or groups of them) in options."""

    from_family: Literal["maintained", "academy"] | None = None
    categories: tuple[Key, ...] = ()
    options: tuple[Key, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _forbids_something(self) -> Forbidden:
        if self.from_family is None and not self.categories:
            message = "name a `from_family` or `categories`; without them nothing is forbidden"
            raise ValueError(message)
        return self


class Bar(Strict):
    """A rule in force that the rest of the knowledge base must not contradict on any day on which it holds.

    Attributes:
        parameter, code: the parameter that states the rule, and its answer while the rule holds.
    """

    says: Text
    parameter: Key
    code: Key
    forbids: Forbidden


class NonNegotiable(Strict):
    """A gate: a fact whose answer must be one of those accepted, or the option is out."""

    id: Key
    says: Text
    attribute: Text
    accept: tuple[Text, ...] = Field(min_length=1)
