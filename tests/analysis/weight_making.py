"""What tests of drawn weights share: sets with conditions, and when drawn moments are near enough to the true ones."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from partnership_model.model.plausible_weights import Condition, ConditionedWeights

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray


def names_of(count: int) -> tuple[str, ...]:
    """Name some criteria."""
    return tuple(f"c{place}" for place in range(1, count + 1))


def meeting(
    count: int, conditions: Sequence[Mapping[int, float]] = (), ends: Mapping[int, tuple[float, float]] | None = None
) -> ConditionedWeights:
    """Make a set of weights: each condition gives factors by the criterion's number, and their sum is not negative.

    Args:
        count: of criteria, numbered from nought.
        conditions: by number, the factors.
        ends: by number, the lowest and the highest weight.
    """
    names = names_of(count)
    both = [(ends or {}).get(place, (0.0, 1.0)) for place in range(count)]
    rows = tuple(Condition(tuple((names[place], float(factor)) for place, factor in one.items()), 0.0) for one in conditions)
    return ConditionedWeights(names, tuple(low for low, _ in both), tuple(high for _, high in both), rows)


def chain(count: int, times: float = 1.0) -> ConditionedWeights:
    """Make a full ranking by conditions alone: each weight at least so many times the next."""
    return meeting(count, [{place: 1, place + 1: -times} for place in range(count - 1)])


def chain_corners(count: int, times: float = 1.0) -> NDArray[np.float64]:
    """Give the corners of such a ranking: the first k weights each `times` the next, the others nought."""
    corners = np.array([[times**-place if place < most else 0.0 for place in range(count)] for most in range(1, count + 1)])
    found: NDArray[np.float64] = corners / corners.sum(axis=1, keepdims=True)
    return found


def moments_of_simplex(corners: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Give mean and covariance of even draws from a simplex: the mean of its corners v, and the sum of (v - mean)(v - mean)' / n(n + 1)."""
    count, mean = len(corners), corners.mean(axis=0)
    apart = corners - mean
    return mean, apart.T @ apart / (count * (count + 1))


def agree(
    drawn: NDArray[np.floating], mean: NDArray[np.float64], covariance: NDArray[np.float64], others: float = math.inf, most: float = 4
) -> None:
    """Assert that drawn weights have a mean and a covariance, within some standard errors.

    Args:
        drawn: criteria x draws.
        mean, covariance: the true ones, or those of an independent sample.
        others: how many draws that sample has.
        most: standard errors.
    """
    drawn = np.asarray(drawn, dtype=np.float64)
    part = 1 / drawn.shape[1] + 1 / others
    variance = np.diag(covariance)
    assert (np.abs(drawn.mean(axis=1) - mean) <= most * np.sqrt(variance * part) + 1e-7).all()
    # The variance of a product of deviations is at most the root of both fourth moments, here taken from the draws.
    apart = drawn - mean[:, None]
    for row in range(len(mean)):
        product = apart[row] * apart
        spread = np.sqrt(product.var(axis=1) * part)
        assert (np.abs(product.mean(axis=1) - covariance[row]) <= most * spread + 1e-9).all()


def rejected(plausible: ConditionedWeights, count: int, seed: int = 7) -> NDArray[np.float64]:
    """Draw from a set the plain way: Dirichlet weights of numpy's own, those that do not fit thrown away."""
    rng = np.random.default_rng(seed)
    found = []
    left = count
    while left > 0:
        drawn = rng.dirichlet(np.ones(len(plausible.criteria)), 200_000).T
        low, high = np.array(plausible.lowest)[:, None], np.array(plausible.highest)[:, None]
        fits = ((drawn >= low) & (drawn <= high)).all(axis=0)
        for one in plausible.conditions:
            fits &= sum(factor * drawn[plausible.criteria.index(name)] for name, factor in one.factors) >= one.least
        found.append(drawn[:, fits])
        left -= int(fits.sum())
    return np.concatenate(found, axis=1)[:, :count]
