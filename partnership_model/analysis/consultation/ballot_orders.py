"""The order in which one ballot puts the criteria: its ties, what it left out, and the ranks that follow."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from partnership_model.analysis.consultation.kendall import mid_ranks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from partnership_model.knowledge.consultation.ballots import Ballot

Steps = tuple[tuple[str, ...], ...]


def places_of(ballot: Ballot, criteria: Sequence[str]) -> dict[str, float]:
    """Give the place of each criterion that a ballot put in order, or else shared points out to: the smaller, the more it matters."""
    placed = {name: float(ballot.places[name]) for name in criteria if name in ballot.places}
    if placed or not any(ballot.points.get(name) for name in criteria):
        return placed
    return {name: -float(ballot.points.get(name, 0)) for name in criteria}


def order_of(ballot: Ballot, criteria: Sequence[str]) -> Steps:
    """Give the criteria from what matters most on a ballot; ties share a step, and what was left out stands last, level.

    That is how ballots that stop early are read where a voter may leave out what comes last (Schulze, A new monotonic,
    clone-independent, reversal symmetric, and Condorcet-consistent single-winner election method, Social Choice and
    Welfare 36 (2011), section 2): it is an assumption, so whoever shows a figure says how many left something out.

    Returns:
        Nothing where the ballot says nothing of these criteria.
    """
    places = places_of(ballot, criteria)
    named = tuple(tuple(name for name in criteria if places.get(name) == place) for place in sorted(set(places.values())))
    left_out = tuple(name for name in criteria if name not in places)
    return (*named, left_out) if named and left_out else named


def rank_table(ballots: Sequence[Ballot], criteria: Sequence[str]) -> NDArray[np.float64]:
    """Give the ranks of every ballot that puts something in order: ballots x criteria, 1 for what matters most, ties in the middle."""
    orders = [order for ballot in ballots if (order := order_of(ballot, criteria))]
    if not orders:
        return np.empty((0, len(criteria)))
    steps = [{name: float(place) for place, step in enumerate(order) for name in step} for order in orders]
    return mid_ranks(np.array([[one[name] for name in criteria] for one in steps]))
