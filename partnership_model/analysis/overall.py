"""Overall values, contributions, ranking and dominance: the additive model."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from partnership_model.knowledge.schema import Range
from partnership_model.model.value_functions import value_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from partnership_model.model.problem import DecisionProblem


@dataclass(frozen=True)
class Values:
    """Values from 0 to 100 of every ranked option on every criterion.

    Attributes:
        low, likely, high: arrays, options x criteria; low <= likely <= high in every cell.
    """

    options: tuple[str, ...]
    criteria: tuple[str, ...]
    low: NDArray[np.float64]
    likely: NDArray[np.float64]
    high: NDArray[np.float64]

    def row(self, option: str) -> int:
        """Give the row of an option."""
        return self.options.index(option)


def values_of(problem: DecisionProblem) -> Values:
    """Turn the judgements of every option that is not closed into values."""
    options = tuple(option.key for option in problem.ranked_options)
    criteria = tuple(problem.criteria)
    shape = (len(options), len(criteria))
    ends = {name: np.zeros(shape) for name in ("low", "likely", "high")}
    for column, (name, criterion) in enumerate(problem.criteria.items()):
        for row, option in enumerate(options):
            amount = problem.judgements[option, name].amount
            values = value_of(criterion, [amount.low, amount.likely, amount.high])
            ends["low"][row, column], ends["high"][row, column] = values.min(), values.max()
            ends["likely"][row, column] = values[1]
    return Values(options, criteria, ends["low"], ends["likely"], ends["high"])


def overall_values(values: Values, weights: NDArray[np.float64]) -> dict[str, Range]:
    """Add up weight times value: Keeney and Raiffa, Decisions with Multiple Objectives, 1976, chapter 3.

    The low figure takes every judgement at its lowest value at once, the high one at its highest.
    """
    low, likely, high = values.low @ weights, values.likely @ weights, values.high @ weights
    return {
        option: Range(low=float(low[row]), likely=float(min(max(likely[row], low[row]), high[row])), high=float(max(high[row], low[row])))
        for row, option in enumerate(values.options)
    }


def contributions(values: Values, weights: NDArray[np.float64]) -> dict[str, dict[str, float]]:
    """Give the points that each criterion brings to each option's likely overall value."""
    points = values.likely * weights
    return {option: dict(zip(values.criteria, map(float, points[row]), strict=True)) for row, option in enumerate(values.options)}


def ranking(overall: dict[str, Range]) -> tuple[tuple[str, ...], ...]:
    """Order options by their likely overall value in whole numbers; the same whole number shares a place.

    >>> ranking({"a": Range(low=0, likely=60.4, high=99), "b": Range(low=0, likely=59.6, high=99)})
    (('a', 'b'),)
    """
    places: dict[int, list[str]] = {}
    for option, amount in overall.items():
        places.setdefault(whole(amount.likely), []).append(option)
    return tuple(tuple(places[value]) for value in sorted(places, reverse=True))


def whole(value: float) -> int:
    """Round as people do: a half goes up.

    >>> whole(62.5), whole(61.49)
    (63, 61)
    """
    return int(np.floor(value + 0.5 + 1e-9))


def whole_parts(parts: Mapping[str, float]) -> dict[str, int]:
    """Round parts so that they add up to their rounded sum: what was cut off most is rounded up first.

    >>> whole_parts({"autonomy": 3.4, "cost": 2.4, "staff": 1.2})
    {'autonomy': 4, 'cost': 2, 'staff': 1}
    """
    cut = {name: int(np.floor(part + 1e-9)) for name, part in parts.items()}
    short = whole(sum(parts.values())) - sum(cut.values())
    first = sorted(parts, key=lambda name: cut[name] - parts[name])[:short]
    return {name: amount + (name in first) for name, amount in cut.items()}


@dataclass(frozen=True)
class Dominance:
    """One option is at least as good as another on every criterion, and better on one.

    Attributes:
        certain: whether that holds wherever in their ranges the judgements lie; else on the likely figures.
    """

    option: str
    by: str
    certain: bool


def dominated(values: Values) -> tuple[Dominance, ...]:
    """Find the options that no weights can bring to the front."""
    found: list[Dominance] = []
    for row, option in enumerate(values.options):
        for other_row, other in enumerate(values.options):
            if row == other_row:
                continue
            certain = _beats(values.low[other_row], values.high[row])
            if certain or _beats(values.likely[other_row], values.likely[row]):
                found.append(Dominance(option, other, certain))
    return tuple(found)


def _beats(better: NDArray[np.float64], worse: NDArray[np.float64]) -> bool:
    return bool(np.all(better >= worse) and np.any(better > worse))
