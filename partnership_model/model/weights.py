"""Weights: what stakeholder groups said matters, as shares that sum to one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import numpy as np

from partnership_model.errors import PartnershipError
from partnership_model.model.pairwise import priorities
from partnership_model.model.trade_offs import centre

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from partnership_model.knowledge.weighings import Comparison, GroupWeights, RankRule, Weighing


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


def from_ranking(steps: Sequence[str | Sequence[str]], said: str, by: RankRule = "centroid") -> Weights:
    """Make weights from an order, the most important first, ties in an inner list.

    By the rank order centroid, the middle of all weights that keep the order (Barron and Barrett, Decision quality
    using ranked attribute weights, Management Science 42 (1996), page 1515), or by the rank sum, which falls in equal
    steps: 2(n + 1 - k) / (n(n + 1)) for the k-th of n (Stillwell, Seaver and Edwards, A comparison of weight
    approximation techniques in multiattribute utility decision making, Organizational Behavior and Human Performance 28
    (1981), pages 62 to 77). Those that tie share what their places are worth.

    >>> {name: round(share, 4) for name, share in from_ranking(["a", "b", "c"], "governors").shares.items()}
    {'a': 0.6111, 'b': 0.2778, 'c': 0.1111}
    >>> {name: round(share, 4) for name, share in from_ranking(["a", "b", "c"], "governors", "rank_sum").shares.items()}
    {'a': 0.5, 'b': 0.3333, 'c': 0.1667}
    """
    levels = [[step] if isinstance(step, str) else list(step) for step in steps if step]
    count = sum(map(len, levels))
    if by == "rank_sum":
        worth = [2 * (count + 1 - rank) / (count * (count + 1)) for rank in range(1, count + 1)]
    else:
        worth = [sum(1 / place for place in range(rank, count + 1)) / count for rank in range(1, count + 1)]
    shares: dict[str, float] = {}
    for level in levels:
        taken = worth[len(shares) : len(shares) + len(level)]
        shares |= dict.fromkeys(level, sum(taken) / len(level))
    return Weights(shares, said, 1.0)


def weights_of(group: GroupWeights, criteria: Sequence[str]) -> Weights:
    """Turn what one stakeholder group said into weights, in the order of the criteria.

    Where it weighed twice, the mean of the two is used unless it says which one.
    """
    each = [weighed(one, group.group, criteria) for one in group.weighings]
    if len(each) == 1 or group.use == "first":
        return each[0]
    return each[1] if group.use == "second" else mean_of(each[0], each[1])


def weighed(weighing: Weighing, said: str, criteria: Sequence[str]) -> Weights:
    """Turn what was said on one occasion into weights, in the order of the criteria."""
    values = weighing.values
    if isinstance(values, dict):
        found = from_points(values, said)
    elif weighing.method == "ranking":
        found = from_ranking(cast("tuple[tuple[str, ...], ...]", values), said, weighing.by or "centroid")
    else:
        answers = cast("tuple[Comparison, ...]", values)
        named = tuple(dict.fromkeys((*criteria, *(name for one in answers for name in (one.more, one.than)))))
        shares = priorities(named, answers).shares if weighing.method == "pairs" else centre(named, answers)
        found = Weights(shares, said, 1.0)
    return Weights({name: found.shares[name] for name in criteria}, found.said, found.total)


def mean_of(first: Weights, second: Weights) -> Weights:
    """Give the mean of two weighings of the same criteria, each scaled to one; of one, where the other has nothing to give."""
    each = [one for one in (_scaled(first), _scaled(second)) if one]
    return Weights(blend(each, [1] * len(each)), first.said, 1.0) if each else first


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
