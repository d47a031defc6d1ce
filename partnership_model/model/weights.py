"""Weights: what stakeholder groups said matters, as shares that sum to one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from partnership_model.errors import PartnershipError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from partnership_model.knowledge.cases import GroupWeights


@dataclass(frozen=True)
class Weights:
    """Weights of criteria that sum to one.

    Attributes:
        shares: the weight of each criterion, in the case's order.
        said: where they come from, in words, such as "governors" or "governors and staff, one voice for each group".
        total: what the raw figures summed to before they were scaled to one.
    """

    shares: dict[str, float]
    said: str
    total: float

    def array(self, criteria: Sequence[str]) -> np.ndarray:
        """Give the weights in the order of these criteria."""
        return np.array([self.shares[name] for name in criteria])

    @property
    def order(self) -> tuple[tuple[str, ...], ...]:
        """Give the criteria from the most to the least important; ties share a step, zero weights are left out."""
        steps: dict[float, list[str]] = {}
        for name, share in self.shares.items():
            if share > 0:
                steps.setdefault(round(share, 9), []).append(name)
        return tuple(tuple(steps[share]) for share in sorted(steps, reverse=True))


def from_points(values: Mapping[str, float], said: str) -> Weights:
    """Make weights from swings (the greatest lift is worth 100) or from shared-out points: each over their sum.

    Swing weighting: von Winterfeldt and Edwards, Decision Analysis and Behavioral Research, 1986, chapter 8.

    Raises:
        PartnershipError: a figure that is negative or not finite, or all of them zero.

    >>> from_points({"autonomy": 100, "cost": 60, "staff": 40}, "governors").shares
    {'autonomy': 0.5, 'cost': 0.3, 'staff': 0.2}
    """
    wrong = [name for name, value in values.items() if not 0 <= value < float("inf")]
    if wrong:
        message = f"A weight is a number from 0 upwards; {', '.join(wrong)} is not."
        raise PartnershipError(message)
    total = float(sum(values.values()))
    if total == float("inf"):
        message = "The weights are too large to be added up. Use smaller numbers in the same proportions."
        raise PartnershipError(message)
    if total <= 0:
        message = "All weights are zero. Give at least one criterion a weight above zero."
        raise PartnershipError(message)
    return Weights({name: value / total for name, value in values.items()}, said, total)


def from_ranking(steps: Sequence[str | Sequence[str]], said: str) -> Weights:
    """Make weights from an order, the most important first, ties in an inner list: the rank order centroid.

    Barron and Barrett, Decision quality using ranked attribute weights, Management Science 42 (1996), page 1515.

    >>> {name: round(share, 4) for name, share in from_ranking(["a", "b", "c"], "governors").shares.items()}
    {'a': 0.6111, 'b': 0.2778, 'c': 0.1111}
    """
    levels = [[step] if isinstance(step, str) else list(step) for step in steps if step]
    count = sum(map(len, levels))
    centroid = [sum(1 / place for place in range(rank, count + 1)) / count for rank in range(1, count + 1)]
    shares: dict[str, float] = {}
    for level in levels:
        taken = centroid[len(shares) : len(shares) + len(level)]
        shares |= dict.fromkeys(level, sum(taken) / len(level))
    return Weights(shares, said, 1.0)


def weights_of(group: GroupWeights, criteria: Sequence[str]) -> Weights:
    """Turn what one stakeholder group said into weights, in the order of the criteria."""
    found = from_points(group.values, group.group) if isinstance(group.values, dict) else from_ranking(group.values, group.group)
    return Weights({name: found.shares[name] for name in criteria}, found.said, found.total)


def combine(groups: Sequence[GroupWeights], criteria: Sequence[str], who_counts: str) -> Weights | None:
    """Combine the groups' weights: one voice for each group, or one for each person; None where nobody has weighed.

    Where some criteria are left out, each group's weights are scaled to one first, so that none loses its voice; a group
    that gave all its weight to what is left out has none to give.
    """
    found = [(group, scaled) for group in groups if (scaled := _scaled(weights_of(group, criteria)))]
    if not found:
        return None
    groups, each = [group for group, _ in found], [scaled for _, scaled in found]
    mean = blend(each, [voices_of(group, who_counts) for group in groups])
    said = " and ".join(group.group for group in groups)
    if len(groups) > 1:
        said += f", one voice for each {who_counts}"
    return Weights({name: mean[name] for name in criteria}, said, each[0].total if len(each) == 1 else 1.0)


def voices_of(group: GroupWeights, who_counts: str) -> int:
    """Give how many voices a group has: its people where each person counts, else one."""
    return group.elicited.people if who_counts == "person" else 1


def blend(each: Sequence[Weights], voices: Sequence[int]) -> dict[str, float]:
    """Give the mean of several weights of the same criteria, each counted by its voices.

    >>> blend([Weights({"a": 1.0, "b": 0.0}, "x", 1), Weights({"a": 0.0, "b": 1.0}, "y", 1)], [3, 1])
    {'a': 0.75, 'b': 0.25}
    """
    criteria = tuple(each[0].shares)
    mean = np.average([one.array(criteria) for one in each], axis=0, weights=np.array(voices, dtype=np.float64))
    return dict(zip(criteria, map(float, mean), strict=True))


def _scaled(weights: Weights) -> Weights | None:
    total = sum(weights.shares.values())
    return Weights({name: share / total for name, share in weights.shares.items()}, weights.said, weights.total) if total > 0 else None


def without(weights: Weights, criterion: str) -> Weights | None:
    """Leave one criterion out and scale the rest to one; None where nothing would be left."""
    return _scaled(
        Weights({name: 0.0 if name == criterion else share for name, share in weights.shares.items()}, weights.said, weights.total)
    )
