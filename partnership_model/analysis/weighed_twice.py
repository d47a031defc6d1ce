"""What changes between two weighings: points, order, and whether the same option comes first."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from partnership_model.analysis.overall import whole
from partnership_model.analysis.switching import shown_leaders

if TYPE_CHECKING:
    from collections.abc import Mapping

    from partnership_model.analysis.overall import Values

EDGE = 1e-9


@dataclass(frozen=True)
class WeighedTwice:
    """Two weighings of the same criteria side by side.

    Attributes:
        first, second: the weights of each occasion, which sum to one.
        moved: by criterion, how many points of 100 its weight moved from the first to the second.
        swapped: pairs of criteria of which the one that came first carried more on the first occasion and less on the
            second; a tie that was broken, or made, is no swap.
        leaders_first, leaders_second: the options that come first under each, ties in whole numbers together.
    """

    first: dict[str, float]
    second: dict[str, float]
    moved: dict[str, float]
    swapped: tuple[tuple[str, str], ...]
    leaders_first: tuple[str, ...]
    leaders_second: tuple[str, ...]

    @property
    def largest(self) -> tuple[str, float]:
        """Give the criterion whose weight moved most, and by how many points, upwards or downwards."""
        return max(self.moved.items(), key=lambda pair: abs(pair[1]))

    @property
    def same_leader(self) -> bool:
        """Whether the same option comes first under both."""
        return self.leaders_first == self.leaders_second

    @property
    def same_points(self) -> bool:
        """Whether no weight moved by as much as a point, as points are shown."""
        return all(whole(100 * self.first[name]) == whole(100 * self.second[name]) for name in self.first)


def weighed_twice(values: Values, first: Mapping[str, float], second: Mapping[str, float]) -> WeighedTwice:
    """Put two weighings side by side.

    Args:
        values: the likely ones say who comes first; none where no option is open.
        first: by criterion, in any proportion; scaled to one.
        second: the same criteria.
    """
    one, other = (_scaled(values, weights) for weights in (first, second))
    swapped = []
    for pair in combinations(values.criteria, 2):
        more, less = sorted(pair, key=lambda name: -one[name])
        if one[more] - one[less] > EDGE and other[less] - other[more] > EDGE:
            swapped.append((more, less))
    return WeighedTwice(
        one,
        other,
        {name: 100 * (other[name] - one[name]) for name in values.criteria},
        tuple(swapped),
        _leaders(values, one),
        _leaders(values, other),
    )


def _scaled(values: Values, weights: Mapping[str, float]) -> dict[str, float]:
    total = sum(weights[name] for name in values.criteria)
    return {name: weights[name] / total for name in values.criteria}


def _leaders(values: Values, weights: Mapping[str, float]) -> tuple[str, ...]:
    totals = values.likely @ [weights[name] for name in values.criteria]
    return tuple(values.options[row] for row in shown_leaders(totals)) if len(values.options) else ()
