"""What matters to those who answered, as weights: of one ballot, and of a group with how far they would move by chance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from partnership_model.analysis.consultation.ballot_orders import order_of, places_of
from partnership_model.analysis.consultation.intervals import RESAMPLES, SEED, Interval, mean_intervals
from partnership_model.model.weights import from_points, from_ranking

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from partnership_model.knowledge.consultation.ballots import Ballot


@dataclass(frozen=True)
class GroupMean:
    """The mean weights of the ballots of one group, each ballot with one voice.

    Attributes:
        shares: the weight of each criterion; they sum to one.
        intervals: the bootstrap interval of each.
        counted: how many ballots say what matters; the others of the group left that out.
        by_points: how many of them shared out points; the rest put the criteria in order.
        partial: how many left a criterion out.
    """

    shares: dict[str, float]
    intervals: dict[str, Interval]
    counted: int
    by_points: int
    partial: int


def ballot_shares(ballot: Ballot, criteria: Sequence[str]) -> dict[str, float] | None:
    """Turn what one ballot says into weights that sum to one.

    Points that were shared out are the weights, since they say how much; an order becomes weights by the rank order centroid
    (see `model/weights.py`), in which ties, and those that were left out after what was named, share what is left.

    Returns:
        None where the ballot says nothing of these criteria.
    """
    points = {name: float(ballot.points.get(name, 0)) for name in criteria}
    if any(points.values()):
        return from_points(points, ballot.group).shares
    order = order_of(ballot, criteria)
    if not order:
        return None
    shares = from_ranking(order, ballot.group).shares
    return {name: shares[name] for name in criteria}


def share_table(ballots: Sequence[Ballot], criteria: Sequence[str]) -> NDArray[np.float64]:
    """Give the weights of every ballot that has some: ballots x criteria."""
    found = [shares for ballot in ballots if (shares := ballot_shares(ballot, criteria))]
    return np.array([[shares[name] for name in criteria] for shares in found]).reshape(len(found), len(criteria))


def group_mean(
    ballots: Sequence[Ballot],
    criteria: Sequence[str],
    resamples: int = RESAMPLES,
    seed: int = SEED,
) -> GroupMean | None:
    """Give the mean weights of some ballots with their intervals; None where none of them says what matters."""
    table = share_table(ballots, criteria)
    if not len(table):
        return None
    # In one order whoever answered first, so that the same ballots give the same interval.
    table = table[np.lexsort(table.T)]
    by_points = sum(any(ballot.points.get(name) for name in criteria) for ballot in ballots)
    partial = sum(0 < len(places_of(ballot, criteria)) < len(criteria) for ballot in ballots)
    shares = dict(zip(criteria, map(float, table.mean(axis=0)), strict=True))
    intervals = dict(zip(criteria, mean_intervals(table, resamples, seed), strict=True))
    return GroupMean(shares, intervals, len(table), by_points, partial)
