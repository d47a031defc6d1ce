"""How little the weights would have to change for an option to come first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from partnership_model.analysis.linear_programme import least_cost
from partnership_model.analysis.switching import TOLERANCE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from partnership_model.analysis.overall import Values

LEAST_LEAD = 1e-9  # of the widest lead over a rival on one criterion: what leads by less only draws level


@dataclass(frozen=True)
class SmallestChange:
    """The smallest change of the weights after which an option is behind no other.

    Attributes:
        weights: the weights after the change, which sum to one.
        moves: by criterion, in points of 100, how far its weight moves, upwards or downwards; only those that move.
    """

    option: str
    weights: dict[str, float]
    moves: dict[str, float]

    @property
    def total(self) -> float:
        """Give the sum of all moves, in points of 100, each counted where it leaves and where it arrives."""
        return sum(map(abs, self.moves.values()))

    @property
    def moved(self) -> float:
        """Give how many points of 100 leave one criterion for another: half the total."""
        return self.total / 2

    @property
    def taken(self) -> dict[str, float]:
        """Give the points that each criterion loses, the most first."""
        return {name: -move for name, move in sorted(self.moves.items(), key=lambda pair: pair[1]) if move < 0}

    @property
    def given(self) -> dict[str, float]:
        """Give the points that each criterion gains, the most first."""
        return {name: move for name, move in sorted(self.moves.items(), key=lambda pair: -pair[1]) if move > 0}


def smallest_change(values: Values, weights: NDArray[np.float64], option: str) -> SmallestChange | None:
    """Find the smallest total change of the weights after which an option's likely overall value is behind no other.

    The weights stay at or above zero and keep their sum; a weight of zero may rise. The question, and its linear
    programme: Wolters and Mareschal, Novel types of sensitivity analysis for additive MCDM methods, European Journal
    of Operational Research 81 (1995), pages 281 to 290. Against one rival the answer is closed: weight goes to the
    criterion on which the option does best beside it, from those on which it does worst. The rival that asks for most
    gives a bound; where what it asks for beats all others too, nothing smaller can. Else the programme is solved.

    Args:
        values: the likely ones are used.
        weights: any that are not negative and not all zero; their proportions count.
        option: which is to come first.

    Returns:
        One smallest change where there are several; None where no weights put the option ahead of all that differ
        from it, such as a dominated one.
    """
    now = weights / weights.sum()
    ahead = _ahead_by(values, option)
    if not len(ahead) or (ahead @ now).min() >= -TOLERANCE:
        return _change(values.criteria, option, now, now)
    if not _somewhere_ahead(ahead):
        return None
    most = _past_the_hardest(ahead, now)
    after = most if (ahead @ most).min() >= -TOLERANCE else _past_all(ahead, now)
    return _change(values.criteria, option, now, after)


def _ahead_by(values: Values, option: str) -> NDArray[np.float64]:
    """Give by how much the option is ahead of each rival on each criterion.

    Rivals whose values are its own can never be ahead of it and are left out. The rest are sorted, so that the order
    of the options plays no part.
    """
    ahead = values.likely[values.row(option)] - values.likely
    ahead = ahead[np.abs(ahead).max(axis=1) > TOLERANCE]
    in_order: NDArray[np.float64] = ahead[np.lexsort(ahead.T)]
    return in_order


def _somewhere_ahead(ahead: NDArray[np.float64]) -> bool:
    """Say whether any weights make every lead positive: the widest smallest lead is found by a linear programme."""
    leads = _scaled(ahead)
    if (leads > LEAST_LEAD).all(axis=0).any():  # on one criterion it is best of all
        return True
    rivals, criteria = leads.shape
    table = np.ones((rivals + 2, criteria + 1))  # weights, and by how much the smallest lead misses one
    table[:rivals, :criteria] = leads
    table[rivals:, criteria] = 0
    table[rivals + 1] *= -1
    needed = np.append(np.ones(rivals + 1), -1.0)
    found = least_cost(np.append(np.zeros(criteria), 1.0), table, needed)
    return found is not None and float(1 - found[criteria]) > LEAST_LEAD


def _scaled(ahead: NDArray[np.float64]) -> NDArray[np.float64]:
    """Scale the leads over each rival so that the widest is one; their signs stay."""
    widest: NDArray[np.float64] = np.abs(ahead).max(axis=1, keepdims=True)
    return ahead / widest


def _past_the_hardest(ahead: NDArray[np.float64], now: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give the smallest change that draws level with the one rival for whom it is largest.

    Criteria give in turn, the worst first, each as much as is still missing or all that it has.
    """
    order = np.argsort(ahead, axis=1, kind="stable")
    given = now[order]
    leads = ahead[np.arange(len(ahead))[:, None], order]
    gains = leads[:, -1:] - leads
    lifts = given * gains
    missing = lifts - lifts.cumsum(axis=1) - (ahead @ now)[:, None]
    taken = np.minimum(np.maximum(missing / np.maximum(gains, TOLERANCE), 0.0), given)
    taken[gains <= 0] = 0.0
    hardest = int(taken.sum(axis=1).argmax())
    after = now.copy()
    after[order[hardest]] -= taken[hardest]
    after[order[hardest, -1]] += taken[hardest].sum()
    return after


def _past_all(ahead: NDArray[np.float64], now: NDArray[np.float64]) -> NDArray[np.float64]:
    """Solve the linear programme: the least sum of rises and falls after which no lead is negative."""
    criteria = len(now)
    leads = _scaled(ahead)
    one = np.ones((1, criteria))
    rows = [
        np.hstack([leads, -leads]),
        np.hstack([np.zeros((criteria, criteria)), -np.eye(criteria)]),  # no weight falls below zero
        np.hstack([one, -one]),
        np.hstack([-one, one]),
    ]
    needed = np.concatenate([-(leads @ now), -now, [0.0, 0.0]])
    found = least_cost(np.ones(2 * criteria), np.vstack(rows), needed)
    if found is None:  # not where some weights put it ahead of all
        message = "No weights were found, although there are some."
        raise ArithmeticError(message)
    after: NDArray[np.float64] = np.maximum(now + found[:criteria] - found[criteria:], 0.0)
    return after / float(after.sum())


def _change(criteria: Sequence[str], option: str, now: NDArray[np.float64], after: NDArray[np.float64]) -> SmallestChange:
    moves = (100 * (after - now)).tolist()
    return SmallestChange(
        option,
        dict(zip(criteria, after.tolist(), strict=True)),
        {name: move for name, move in zip(criteria, moves, strict=True) if abs(move) > TOLERANCE},
    )
