"""What a stakeholder group said matters: how it was asked and what it answered, before that becomes weights."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import BeforeValidator, Discriminator, Field, Tag, model_validator

from partnership_model.knowledge.editions import Edition
from partnership_model.knowledge.schema import Day, Number, ShortText, Strict, Text, Whole, as_number, levels

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_COMPARISONS = 500  # of one weighing: every pair of 32 criteria
LARGEST_TIMES = 100.0
SAATY = (1.0, 9.0)  # how many times as much one lift may be worth as another, where every pair is compared

Method = Literal["swing", "points", "ranking", "pairs", "trade_offs"]
RankRule = Literal["centroid", "rank_sum"]
Use = Literal["first", "second", "mean"]
Name = ShortText  # of a criterion, which is looked up elsewhere with the nearest known name


class Elicited(Strict):
    """How and when a stakeholder group's weights were taken."""

    on: Day
    how: Text
    people: Whole = Field(ge=1)


class Comparison(Strict):
    """The lift of one criterion is worth more than that of another.

    Attributes:
        times: how many times as much; in a trade-off at least how many times.
    """

    more: Name
    than: Name
    times: Number = Field(default=1.0, gt=0, le=LARGEST_TIMES)


def _weighed(value: object) -> object:
    number = as_number(value)
    if isinstance(number, float) and number < 0:
        message = "a weight cannot be negative"
        raise ValueError(message)
    return number


def _shape(value: object) -> str:
    if not isinstance(value, list | tuple):
        return "figures"
    return "comparisons" if any(isinstance(one, dict | Comparison) for one in value) else "order"


Weight = Annotated[float, BeforeValidator(_weighed)]
Figures = dict[Name, Weight]
Order = Annotated[tuple[tuple[Name, ...], ...], BeforeValidator(levels)]
Comparisons = Annotated[tuple[Comparison, ...], Field(max_length=MOST_COMPARISONS)]
_SHAPES: dict[Method, str] = {
    "swing": "figures",
    "points": "figures",
    "ranking": "order",
    "pairs": "comparisons",
    "trade_offs": "comparisons",
}
_EXPECTED = {
    "figures": "{} needs a number for each criterion, such as `autonomy: 100`",
    "order": "a {} is a list of criteria, the most important first; put those that tie in one inner list",
    "comparisons": "{} needs a list of comparisons, such as `{{more: autonomy, than: cost, times: 3}}`",
}


class Weighing(Strict):
    """One occasion on which somebody weighed.

    Attributes:
        by: how an order becomes weights; the rank order centroid where nothing is said.
    """

    method: Method
    by: RankRule | None = None
    values: Annotated[
        Annotated[Figures, Tag("figures")] | Annotated[Order, Tag("order")] | Annotated[Comparisons, Tag("comparisons")],
        Discriminator(_shape),
    ]
    elicited: Elicited

    @model_validator(mode="after")
    def _usable(self) -> Weighing:
        shape = _SHAPES[self.method]
        if _shape(self.values) != shape:
            raise ValueError(_EXPECTED[shape].format(self.method))
        if isinstance(self.values, dict) and not any(self.values.values()):
            message = "all weights are zero; give at least one criterion a weight above zero"
            raise ValueError(message)
        if self.by and self.method != "ranking":
            message = f"`by` says how an order becomes weights; {self.method} is no order, so leave it out"
            raise ValueError(message)
        return self


class GroupWeights(Weighing):
    """What one stakeholder group said matters, on one occasion or on two.

    Attributes:
        again: the same group's second weighing, on another day or by another method.
        use: which of the two is used; their mean where nothing is said.
        audience: for whom these weights are (see `knowledge/editions.py`).
    """

    group: ShortText
    again: Weighing | None = None
    use: Use | None = None
    audience: Edition | None = Field(default=None, alias="for")

    @model_validator(mode="after")
    def _of_two(self) -> GroupWeights:
        if self.use and self.again is None:
            message = "`use` chooses between two weighings; add `again`, or leave it out"
            raise ValueError(message)
        return self

    @property
    def weighings(self) -> tuple[Weighing, ...]:
        """Give the first weighing, and the second where there is one."""
        return (self, self.again) if self.again else (self,)


class Implied:
    """What answers such as "at least twice as much" say together of every pair.

    Of three answers two can imply the third: at least twice as much as what is worth at least three times as much is
    worth at least six times as much.
    """

    def __init__(self, answers: Iterable[Comparison] = ()) -> None:
        """Take the answers in turn."""
        self._times: dict[tuple[str, str], float] = {}
        self._names: dict[str, None] = {}
        for one in answers:
            self.add(one)

    def at_least(self, more: str, than: str) -> float:
        """Say at least how many times as much the one is worth as the other; 0 where nothing follows."""
        return 1.0 if more == than else self._times.get((more, than), 0.0)

    def refutes(self, answer: Comparison) -> bool:
        """Say whether an answer cannot hold beside those before it, or would leave the two exactly level."""
        return self.at_least(answer.than, answer.more) * answer.times >= 1 - 1e-9

    def add(self, answer: Comparison) -> None:
        """Take one more answer, which is not refuted, and all that follows from it."""
        self._names |= {answer.more: None, answer.than: None}
        above = {name: times for name in self._names if (times := self.at_least(name, answer.more))}
        below = {name: times for name in self._names if (times := self.at_least(answer.than, name))}
        for more, upper in above.items():
            for than, lower in below.items():
                if more != than:
                    self._times[more, than] = max(self._times.get((more, than), 0.0), upper * answer.times * lower)
