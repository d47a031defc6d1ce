"""Sets of weights that are simplices, or a few equal ones side by side, by their corners: over these nothing need be sampled.

Weights drawn evenly from a simplex with corners V are V w, with w drawn evenly from all weights. So whatever is known
of all weights is known of these: an option's values at the corners take the place of its values on the criteria.
"""

from __future__ import annotations

from itertools import chain, permutations, product
from math import factorial, prod
from typing import TYPE_CHECKING

import numpy as np

from partnership_model.errors import PartnershipError
from partnership_model.model.plausible_weights import AnyWeights, ConditionedWeights, OrderedWeights

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from partnership_model.model.plausible_weights import PlausibleWeights

MOST_ORDERS = 120
DECIMALS = 9  # of values from 0 to 100: what differs by less differs by rounding
ROUNDING = 1e-9  # of a sum of shares: least weights that come to 100 points may come to a little more than one


def simplices_of(
    plausible: PlausibleWeights, criteria: Sequence[str], lowest: Mapping[str, float] | None = None
) -> tuple[NDArray[np.float64], ...] | None:
    """Give the simplices, all of one size, that a set of weights consists of.

    All weights have a corner for each criterion, at which it has all the weight. Weights that keep an order have the
    corners (1, 0, 0, ...), (1/2, 1/2, 0, ...), (1/3, 1/3, 1/3, 0, ...); where criteria share a step, each order within
    the steps is a simplex. Weights of at least l are l + (1 - sum of l) times weights of at least nought.

    Args:
        plausible: the set.
        criteria: the columns of each matrix, in this order; those that the set does not name stay at nought.
        lowest: the least weight of a criterion that the set names, as a share; nought where nothing is said.

    Returns:
        Matrices, corners x criteria, each row a weighting. None where there would be more than 120, and where the set has
        another shape, such as an order with least weights that differ.

    Raises:
        PartnershipError: least weights that are negative, or come to more than one.

    >>> simplices_of(OrderedWeights((("a",), ("b",))), ("b", "a"))[0].tolist()
    [[0.0, 1.0], [0.5, 0.5]]
    """
    match plausible:
        case AnyWeights(names):
            orders, corners = [names], np.eye(len(names))
        case ConditionedWeights(names, least, most, ()) if _only_least(least, most):
            return simplices_of(AnyWeights(names), criteria, dict(zip(names, least, strict=True)))
        case OrderedWeights(steps) if prod(factorial(len(step)) for step in steps) <= MOST_ORDERS:
            orders = [tuple(chain.from_iterable(parts)) for parts in product(*map(permutations, steps))]
            corners = np.tril(np.ones((len(orders[0]), len(orders[0])))) / np.arange(1, len(orders[0]) + 1)[:, None]
        case _:
            return None
    floor = np.array([(lowest or {}).get(name, 0.0) for name in orders[0]])
    free = 1 - float(floor.sum())
    if (floor < 0).any() or free < -ROUNDING:
        message = "Least weights are shares from 0 upwards that come to at most 1."
        raise PartnershipError(message)
    if isinstance(plausible, OrderedWeights) and len(set(floor.tolist())) > 1:
        return None
    found = []
    for order in orders:
        matrix = np.zeros((len(order), len(criteria)))
        matrix[:, [criteria.index(name) for name in order]] = floor + max(free, 0.0) * corners
        found.append(matrix)
    return tuple(found)


def _only_least(least: Sequence[float], most: Sequence[float]) -> bool:
    """Say whether no greatest weight can be reached, since the least weights of the others are kept."""
    return all(high - low >= 1 - sum(least) for low, high in zip(least, most, strict=True))


def at_corners(values: NDArray[np.float64], corners: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give the options' overall values at the corners: options x corners.

    They are added up in the same order for every option, so that equal options stay equal, and rounding is taken off.
    """
    found = np.zeros((len(values), len(corners)))
    for column, weights in enumerate(corners.T):
        found += values[:, [column]] * weights
    return np.round(found, DECIMALS)
