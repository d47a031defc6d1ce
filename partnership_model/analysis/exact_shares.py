"""Shares of all weights in closed form: of those that put one option ahead of another, and how an overall value is spread.

Both are the share under which a weighted sum stays below a figure. Nothing is sampled.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)
HALVINGS = 40  # a range of 100 points is then known to 1e-10


def share_at_most(sums: NDArray[np.float64], figure: NDArray[np.float64] | float) -> NDArray[np.float64]:
    """Give the share of all weights w, none negative and together one, with a . w <= figure, for each row a.

    Varsi, The multidimensional content of the frustum of the simplex, Pacific Journal of Mathematics 46 (1973), pages
    303 to 314; used in the same way by Cales, Chalkis, Emiris and Fisikopoulos, Practical volume computation of
    structured convex bodies, Symposium on Computational Geometry, 2018.

    An edge of the simplex from a corner above the figure, by u, to one below, by v, is cut at the figure; that cuts the
    simplex into two, of v and u parts of u + v, each with the cut in place of one corner. A corner at the figure itself
    makes no difference and is left out, so that the share with h corners above and k below is

        share(h, k) = (v share(h - 1, k) + u share(h, k - 1)) / (u + v).

    No term is negative: nothing cancels, and ties and noughts need no care.

    Args:
        sums: the value of the sum where one weight is one: rows x weights, or with further axes before.
        figure: for each row, or for all.

    >>> share_at_most(np.array([[0.0, 30.0]]), 10.0).tolist()
    [0.3333333333333333]
    """
    rows, level = np.asarray(sums, dtype=np.float64), np.asarray(figure, dtype=np.float64)
    above = np.maximum(rows - level[..., None], 0.0)
    below = np.maximum(level[..., None] - rows, 0.0)
    count = rows.shape[-1]
    shares = [np.ones(above.shape[:-1]) for _ in range(count + 1)]  # of the corners above so far and the first k below
    for high in range(count):
        over = above[..., high]
        shares[0] = np.where(over > 0, 0.0, shares[0])
        for place in range(count):
            under = below[..., place]
            total = np.where(over > 0, over + under, 1.0)
            shares[place + 1] = np.where(over > 0, (under * shares[place + 1] + over * shares[place]) / total, shares[place + 1])
    return shares[count]


def pairwise_shares(tables: Sequence[NDArray[np.float64]]) -> NDArray[np.float64]:
    """Give the share of weights under which the row's option is ahead of the column's: options x options.

    Identical rows are level under all weights, which counts half; elsewhere ties have no extent.

    Args:
        tables: values of the options at the corners of each simplex of weights, options x corners; equal in size.
    """
    count = len(tables[0])
    found = np.full((count, count), 0.5)
    rows, others = np.tril_indices(count, -1)
    gaps = np.stack([table[rows] - table[others] for table in tables], axis=1)  # pairs x simplices x corners
    behind = np.where(~gaps.any(axis=2), 0.5, share_at_most(gaps, 0.0)).mean(axis=1)
    found[others, rows], found[rows, others] = behind, 1.0 - behind
    found.flags.writeable = False
    return found


@dataclass(frozen=True)
class ValueSpread:
    """How one option's overall value is spread over weights drawn evenly.

    Attributes:
        least, most: the ends, each reached by a single weighting.
        mean: the mean.
        levels: the values that 5, 25, 50, 75 and 95 of 100 weightings do not exceed.
    """

    least: float
    most: float
    mean: float
    levels: tuple[float, ...]


def value_spreads(tables: Sequence[NDArray[np.float64]]) -> tuple[ValueSpread, ...]:
    """Give the spread of each option's overall value.

    Args:
        tables: values of the options at the corners of each simplex of weights, options x corners; equal in size.
    """
    corners = np.stack(tables, axis=1)  # options x simplices x corners
    least, most, mean = corners.min(axis=(1, 2)), corners.max(axis=(1, 2)), corners.mean(axis=(1, 2))
    levels = _levels(corners, least, most)
    return tuple(
        ValueSpread(float(low), float(high), float(middle), tuple(map(float, at)))
        for low, high, middle, at in zip(least, most, mean, levels, strict=True)
    )


def _levels(corners: NDArray[np.float64], least: NDArray[np.float64], most: NDArray[np.float64]) -> NDArray[np.float64]:
    """Halve the range, all options and levels at once, until the value at each level is known: options x levels."""
    asked = np.array(LEVELS)
    low, high = np.repeat(least[:, None], len(asked), axis=1), np.repeat(most[:, None], len(asked), axis=1)
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        enough = share_at_most(corners[:, None], middle[:, :, None]).mean(axis=2) >= asked
        low, high = np.where(enough, low, middle), np.where(enough, middle, high)
    return high
