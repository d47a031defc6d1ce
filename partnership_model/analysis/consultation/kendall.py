"""Ranks with ties, and Kendall's W.

scipy has both (`rankdata`, `friedmanchisquare`), and tests hold these against it. But the server that shows live pictures to a hall
would wait most of a second for it, and grow by 60 MiB.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

FEWEST = 2  # orders, and things put in order, between which there is agreement to speak of


def mid_ranks(places: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give the rank of each column in its row, 1 for the smallest; equal ones share the mean of their ranks.

    >>> mid_ranks(np.array([[1.0, 2.0, 2.0, 9.0]])).tolist()
    [[1.0, 2.5, 2.5, 4.0]]
    """
    smaller = (places[:, np.newaxis, :] < places[:, :, np.newaxis]).sum(axis=2)
    equal = (places[:, np.newaxis, :] == places[:, :, np.newaxis]).sum(axis=2)
    found: NDArray[np.float64] = smaller + (equal + 1) / 2
    return found


def kendalls_w(ranks: NDArray[np.float64]) -> float | None:
    """Give Kendall's coefficient of concordance, corrected for ties: 1 where all orders are the same, 0 where they cancel out.

    The variance of the sums of ranks over the largest that it can be with these ties (Kendall and Babington Smith, The problem
    of m rankings, Annals of Mathematical Statistics 10 (1939), pages 275 to 287; with ties, Kendall, Rank Correlation Methods,
    1948, chapter 6). Friedman's statistic is m(n - 1) times as much, for m orders of n things.

    Args:
        ranks: orders x things, ties at the middle of their ranks.

    Returns:
        None where there is nothing to agree on: a single order, a single thing, or nobody who put anything before anything.
    """
    orders, things = ranks.shape
    if orders < FEWEST or things < FEWEST:
        return None
    middle = (things + 1) / 2
    # In one order squares of ranks lie this far from the middle; ties take from it what Kendall's correction takes.
    each = ((ranks - middle) ** 2).sum(axis=1)
    return float(((ranks.sum(axis=0) - orders * middle) ** 2).sum() / (orders * each.sum())) if each.any() else None
