"""What the catalogue files of `data/` hold: options, categories, criteria, glossary, moves and starting assumptions."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from partnership_model.knowledge.facts import DatedValue
from partnership_model.knowledge.schema import Day, Flag, Key, Number, Range, Strict, Text, Whole


class Option(Strict):
    """A way of working together that may be chosen."""

    label: Text
    in_a_sentence: Text
    plain: Text
    first_day: Day
    last_day: Day | None = None
    family: Literal["present", "maintained", "academy"]


class Category(Strict):
    """A category of school."""

    label: Text
    sector: Literal["maintained", "academy"]
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
    """Whether the move is open from one day on."""

    open: Flag


class Move(Strict):
    """Whether one may lawfully go on from one option to another, over time."""

    from_options: tuple[Key, ...] = Field(alias="from")
    to_options: tuple[Key, ...] = Field(alias="to")
    values: tuple[MoveValue, ...] = Field(min_length=1)

    @model_validator(mode="before")
    @classmethod
    def _one_or_many(cls, data: object) -> object:
        if isinstance(data, dict):
            data = {key: [item] if key in ("from", "to") and isinstance(item, str) else item for key, item in data.items()}
        return data


class NonNegotiable(Strict):
    """A gate: a fact whose answer must be one of those accepted, or the option is out."""

    id: Key
    says: Text
    attribute: Text
    accept: tuple[Text, ...] = Field(min_length=1)
