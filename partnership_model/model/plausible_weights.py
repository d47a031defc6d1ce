"""Which weights count as plausible: the sets of weights over which robustness is measured."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from partnership_model.knowledge.weight_sets import SetName, WeightSet
    from partnership_model.model.weights import Weights

POINTS = 100.0
ROUNDING = 1e-9
DECIMALS = 9


@dataclass(frozen=True)
class AnyWeights:
    """Every weighting of these criteria: no weight is negative, and together they are one."""

    criteria: tuple[str, ...]


@dataclass(frozen=True)
class OrderedWeights:
    """Every weighting that keeps an order of importance.

    Attributes:
        steps: the most important first; criteria that share a step are free among themselves. A criterion in no step
            has no weight.
    """

    steps: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Condition:
    """The sum of weights, each times its factor, is at least a figure; weights are shares that sum to one."""

    factors: tuple[tuple[str, float], ...]
    least: float

    def holds(self, shares: Mapping[str, float]) -> bool:
        """Whether weights meet the condition, but for rounding."""
        return sum(factor * shares[name] for name, factor in self.factors) >= self.least - ROUNDING


@dataclass(frozen=True)
class ConditionedWeights:
    """Every weighting inside intervals that meets conditions as well.

    An interval is a pair of ends, a ratio or a partial order is a condition each: "a at least twice as much as b" is
    `Condition((("a", 1.0), ("b", -2.0)), 0.0)`.

    Attributes:
        lowest, highest: of each criterion in turn, as shares; equal where the weight is fixed.
    """

    criteria: tuple[str, ...]
    lowest: tuple[float, ...]
    highest: tuple[float, ...]
    conditions: tuple[Condition, ...] = ()

    def contains(self, shares: Mapping[str, float]) -> bool:
        """Whether weights that sum to one lie in the set, but for rounding."""
        ends = zip(self.criteria, self.lowest, self.highest, strict=True)
        inside = all(low - ROUNDING <= shares[name] <= high + ROUNDING for name, low, high in ends)
        return inside and all(one.holds(shares) for one in self.conditions)


@dataclass(frozen=True)
class GroupMixture:
    """The weights of the stakeholder groups: a group is drawn by its voices, then its weights or some near them.

    Attributes:
        weights: groups x criteria, as shares.
        voices: how many voices each group has.
        spread: how far people of a group lie apart: the standard deviation of a weight of one half, as a share; None
            takes each group at exactly its weights.
    """

    criteria: tuple[str, ...]
    weights: tuple[tuple[float, ...], ...]
    voices: tuple[int, ...]
    spread: float | None = None

    @property
    def concentration(self) -> float | None:
        """Give the sum of the parameters of each group's Dirichlet distribution, whose mean is the group's weights.

        The variance of a weight w is w (1 - w) / (concentration + 1).
        """
        return None if self.spread is None else 0.25 / self.spread**2 - 1.0


PlausibleWeights = AnyWeights | OrderedWeights | ConditionedWeights | GroupMixture


def keeping_order(weights: Weights) -> OrderedWeights:
    """Give all weights that keep the order of importance of these; a zero weight stays zero."""
    return OrderedWeights(weights.order)


def near(weights: Weights, points: float) -> ConditionedWeights:
    """Give all weights of which none lies further from these than so many points of 100; a zero weight may rise.

    Ends keep nine decimals, so that weights that differ by rounding alone have the same set and the same draws.
    """
    reach = points / POINTS
    criteria = tuple(weights.shares)
    lowest = tuple(round(max(share - reach, 0.0), DECIMALS) for share in weights.shares.values())
    highest = tuple(round(min(share + reach, 1.0), DECIMALS) for share in weights.shares.values())
    return ConditionedWeights(criteria, lowest, highest)


def of_groups(groups: Mapping[str, Weights], voices: Mapping[str, int], spread: float | None = None) -> GroupMixture:
    """Mix the weights of stakeholder groups, each by its voices.

    Args:
        groups: the weights of at least one group, all of the same criteria.
        voices: of each group by its name; one where nothing is said.
        spread: see `WeightSet`, in points of 100.
    """
    criteria = tuple(next(iter(groups.values())).shares)
    weights = tuple(tuple(one.shares[name] for name in criteria) for one in groups.values())
    counts = tuple(voices.get(name, 1) for name in groups)
    return GroupMixture(criteria, weights, counts, None if spread is None else spread / POINTS)


def meeting(asked: WeightSet, criteria: Sequence[str]) -> ConditionedWeights:
    """Give all weights of these criteria that meet the conditions that a case gives, in points of 100."""
    ends = {name: asked.ranges.get(name, (0.0, POINTS)) for name in criteria}
    other = (one for one in asked.limits if one.place[0] != "ranges")
    conditions = tuple(Condition(one.factors, one.least / POINTS) for one in other)
    lowest, highest = (tuple(end[side] / POINTS for end in ends.values()) for side in (0, 1))
    return ConditionedWeights(tuple(criteria), lowest, highest, conditions)


def plausible_weights(
    kind: SetName, asked: WeightSet, weights: Weights | None, criteria: Sequence[str], groups: GroupMixture | None
) -> PlausibleWeights | None:
    """Give one of the sets by its name.

    Args:
        kind: which.
        asked: what the case says of the sets.
        weights: those in use, for the sets that hang on them.
        criteria: of the problem.
        groups: what the stakeholder groups said, if any did.

    Returns:
        None where what the set hangs on is not there.
    """
    match kind:
        case "order":
            return keeping_order(weights) if weights else None
        case "near":
            return near(weights, asked.within) if weights else None
        case "any":
            return AnyWeights(tuple(criteria))
        case "groups":
            return groups
        case "conditions":
            return meeting(asked, criteria) if asked.limits else None
