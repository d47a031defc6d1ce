"""Where a criterion stands in people's orders: mean and median rank, first places, and how far opinions lie apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from partnership_model.analysis.consultation.ballot_orders import order_of, places_of, rank_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from partnership_model.knowledge.consultation.ballots import Ballot


@dataclass(frozen=True)
class Standing:
    """Where one criterion stands in the orders of a group.

    Attributes:
        ranked: how many of those who put anything in order gave this one a place; for the others it stands last.
        of: how many put anything in order.
        mean, median: of the ranks, 1 for what matters most; ties take the middle of their ranks.
        first: the share of first places: a ballot with several in its first place gives each an equal part of one.
        named_first: how many ballots have it in their first place, alone or level.
        polarisation: 0 where all give it the same rank, 1 where one half puts it first and the other last.
    """

    criterion: str
    ranked: int
    of: int
    mean: float
    median: float
    first: float
    named_first: int
    polarisation: float


def standings(ballots: Sequence[Ballot], criteria: Sequence[str]) -> tuple[Standing, ...]:
    """Give each criterion's standing, in the order of the criteria; nothing where no ballot puts anything in order."""
    ranks = rank_table(ballots, criteria)
    if not len(ranks):
        return ()
    orders = [order for ballot in ballots if (order := order_of(ballot, criteria))]
    first = np.array([[(name in order[0]) / len(order[0]) for name in criteria] for order in orders])
    named = [sum(name in places_of(ballot, criteria) for ballot in ballots) for name in criteria]
    return tuple(
        Standing(
            criterion=name,
            ranked=named[at],
            of=len(ranks),
            mean=float(ranks[:, at].mean()),
            median=float(np.median(ranks[:, at])),
            first=float(first[:, at].mean()),
            named_first=int((first[:, at] > 0).sum()),
            polarisation=_apart(ranks[:, at], len(criteria)),
        )
        for at, name in enumerate(criteria)
    )


def _apart(ranks: np.ndarray, things: int) -> float:
    """Give the variance of ranks over the largest that it can be: one half of the ranks at each end.

    A bounded variable has no larger variance than that (Popoviciu's inequality, 1935).
    """
    widest = ((things - 1) / 2) ** 2
    return float(ranks.var() / widest) if widest else 0.0
