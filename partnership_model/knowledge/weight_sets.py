"""Which ways of weighing a case counts as plausible: a set of weights, and conditions on them in points of 100."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from partnership_model.knowledge.schema import Number, ShortText, Strict

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from partnership_model.errors import Fault
    from partnership_model.knowledge.case_names import Hints
    from partnership_model.knowledge.files import Document, Place

SetName = Literal["order", "any", "near", "groups", "conditions"]
MOST_CONDITIONS = 50
KEY = "plausible_weights"


@dataclass(frozen=True)
class Limit:
    """One condition that weights have to meet: their sum, each times its factor, is at least so many points of 100.

    Attributes:
        says: the condition in the case's own keys.
        place: the keys under `plausible_weights` at which it stands.
    """

    factors: tuple[tuple[str, float], ...]
    least: float
    says: str
    place: Place


def _two_figures(value: object) -> object:
    figures = value if isinstance(value, list | tuple) else ()
    if len(figures) != 2 or any(isinstance(one, bool) or not isinstance(one, int | float) for one in figures):  # noqa: PLR2004 - two ends
        message = "expected two figures of 100, the lowest and the highest weight, such as [10, 30]"
        raise ValueError(message)
    low, high = figures
    if not 0 <= low <= high <= 100:  # noqa: PLR2004 - points of 100
        message = f"expected 0 <= lowest <= highest <= 100, found {low:g}, {high:g}"
        raise ValueError(message)
    return float(low), float(high)


Ends = Annotated[tuple[float, float], BeforeValidator(_two_figures)]


class AtLeast(Strict):
    """One criterion matters at least so many times as much as another; once is at least as much."""

    criterion: ShortText
    times: Number = Field(default=1.0, gt=0, le=100)
    than: ShortText

    @model_validator(mode="after")
    def _of_two(self) -> AtLeast:
        if self.criterion == self.than:
            message = f'"{self.than}" is compared with itself; name two criteria'
            raise ValueError(message)
        return self


class SumOfWeights(Strict):
    """A sum of weights, each times its factor, lies at or above one figure, at or below another, or both."""

    factors: dict[ShortText, Annotated[Number, Field(ge=-100, le=100)]] = Field(alias="sum", min_length=1)
    at_least: Number | None = None
    at_most: Number | None = None

    @model_validator(mode="after")
    def _bounded(self) -> SumOfWeights:
        if not any(self.factors.values()):
            message = "expected a factor other than 0 for at least one criterion, such as {autonomy: 1, cost: -1}"
            raise ValueError(message)
        if self.at_least is None and self.at_most is None:
            message = "expected `at_least`, `at_most` or both, in points of 100"
            raise ValueError(message)
        if self.at_least is not None and self.at_most is not None and self.at_least > self.at_most:
            message = f"expected at_least <= at_most, found {self.at_least:g}, {self.at_most:g}"
            raise ValueError(message)
        return self


class WeightSet(Strict):
    """What a case says of the weights that count as plausible.

    Attributes:
        named: the set in use: all weights that keep the order of importance, any at all, those near the weights in
            use, the stakeholder groups' own, or those that meet the conditions given here. See `in_use`.
        within: how near is near, in points of 100 for each criterion.
        spread: how far people of one group lie apart: the standard deviation, in points, of a weight of 50 of 100;
            None takes each group at exactly its weights.
        ranges: the lowest and the highest weight of a criterion, in points of 100.
    """

    named: SetName | None = Field(default=None, alias="set")
    within: Number = Field(default=10.0, gt=0, le=100)
    spread: Annotated[Number, Field(ge=1, le=25)] | None = None
    ranges: dict[ShortText, Ends] = Field(default_factory=dict, max_length=100)
    at_least: tuple[AtLeast, ...] = Field(default=(), max_length=MOST_CONDITIONS)
    conditions: tuple[SumOfWeights, ...] = Field(default=(), max_length=MOST_CONDITIONS)

    @model_validator(mode="after")
    def _has_conditions(self) -> WeightSet:
        if self.named == "conditions" and not self.limits:
            message = "`set: conditions` needs `ranges`, `at_least` or `conditions`"
            raise ValueError(message)
        return self

    @property
    def in_use(self) -> SetName:
        """Give the set in use: the one named, else the conditions where there are any, else the order of importance."""
        return self.named or ("conditions" if self.limits else "order")

    @property
    def limits(self) -> tuple[Limit, ...]:
        """Give every condition as a sum that is at least a figure."""
        return (*self._of_ranges(), *self._of_ratios(), *self._of_sums())

    def _of_ranges(self) -> Iterator[Limit]:
        for name, (low, high) in self.ranges.items():
            if low > 0:
                yield Limit(((name, 1.0),), low, f"{name} at least {low:g}", ("ranges", name))
            if high < 100:  # noqa: PLR2004 - points of 100
                yield Limit(((name, -1.0),), -high, f"{name} at most {high:g}", ("ranges", name))

    def _of_ratios(self) -> Iterator[Limit]:
        for index, one in enumerate(self.at_least):
            times = "" if one.times == 1 else f"{one.times:g} times "
            yield Limit(
                ((one.criterion, 1.0), (one.than, -one.times)), 0.0, f"{one.criterion} at least {times}{one.than}", ("at_least", index)
            )

    def _of_sums(self) -> Iterator[Limit]:
        for index, one in enumerate(self.conditions):
            factors = tuple((name, factor) for name, factor in one.factors.items() if factor)
            said = added(factors)
            if one.at_least is not None:
                yield Limit(factors, one.at_least, f"{said} at least {one.at_least:g}", ("conditions", index))
            if one.at_most is not None:
                negative = tuple((name, -factor) for name, factor in factors)
                yield Limit(negative, -one.at_most, f"{said} at most {one.at_most:g}", ("conditions", index))

    def without(self, criterion: str) -> WeightSet:
        """Leave out the conditions that name a criterion, and ranges, which were meant for all criteria together."""
        ratios = tuple(one for one in self.at_least if criterion not in (one.criterion, one.than))
        sums = tuple(one for one in self.conditions if criterion not in one.factors and not one.at_least and not one.at_most)
        named = None if self.named == "conditions" and not (ratios or sums) else self.named
        return self.model_copy(update={"ranges": {}, "at_least": ratios, "conditions": sums, "named": named})


def added(terms: Iterable[tuple[str, float]]) -> str:
    """Write a sum of names, each times its factor.

    >>> added([("autonomy", 1), ("staff", 2), ("cost", -1.5)])
    'autonomy + 2 x staff - 1.5 x cost'
    """
    said = " ".join(f"{'-' if factor < 0 else '+'} {'' if abs(factor) == 1 else f'{abs(factor):g} x '}{name}" for name, factor in terms)
    return said.removeprefix("+ ")


def name_faults(document: Document, criteria: Collection[str], hints: Hints) -> Iterator[Fault]:
    """Find every name under `plausible_weights` that is not a criterion of the case, also where other parts are wrong."""
    content = document.value.get(KEY) if isinstance(document.value, dict) else None
    for name, place in _named(content if isinstance(content, dict) else {}):
        if name not in criteria:
            yield document.fault((KEY, *place), f'"{name}" is not a criterion of this case. {hints.near(name, criteria)}')


def _named(content: dict[Any, Any]) -> Iterator[tuple[str, Place]]:
    for name in _dict(content.get("ranges")):
        yield name, ("ranges", name)
    for index, one in enumerate(_list(content.get("at_least"))):
        yield from ((one[key], ("at_least", index, key)) for key in ("criterion", "than") if isinstance(one.get(key), str))
    for index, one in enumerate(_list(content.get("conditions"))):
        yield from ((name, ("conditions", index, "sum", name)) for name in _dict(one.get("sum")))


def _dict(value: object) -> list[str]:
    return [name for name in value if isinstance(name, str)] if isinstance(value, dict) else []


def _list(value: object) -> list[dict[Any, Any]]:
    return [one if isinstance(one, dict) else {} for one in value[: 2 * MOST_CONDITIONS]] if isinstance(value, list) else []
