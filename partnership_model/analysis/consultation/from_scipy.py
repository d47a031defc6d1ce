"""What scipy works out here: ranks of ties, Kendall's W through Friedman's test, and bootstrap intervals.

It is loaded here alone, inside the functions and when somebody asks: no page of a dashboard waits for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

RESAMPLES = 2000
SEED = 2026
CONFIDENCE = 0.95
FEWEST = 2  # voices, and things put in order, between which there is agreement to speak of
BESIDE = 3  # as many as Friedman's test asks for


@dataclass(frozen=True)
class Interval:
    """Where a mean would lie if the same people were drawn again and again.

    Attributes:
        low, high: the ends; equal to the mean where all said the same.
    """

    low: float
    high: float


def mid_ranks(places: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give the rank of each column in its row, 1 for the smallest; equal ones share the mean of their ranks.

    >>> mid_ranks(np.array([[1.0, 2.0, 2.0, 9.0]])).tolist()
    [[1.0, 2.5, 2.5, 4.0]]
    """
    from scipy.stats import rankdata  # noqa: PLC0415 - loaded when asked for

    found: NDArray[np.float64] = rankdata(places, axis=1)
    return found


def kendalls_w(ranks: NDArray[np.float64]) -> float | None:
    """Give Kendall's coefficient of concordance, corrected for ties: 1 where all orders are the same, 0 where they cancel out.

    W is Friedman's statistic over the largest that it can be, m(n - 1) for m orders of n things (Kendall and Babington
    Smith, The problem of m rankings, Annals of Mathematical Statistics 10 (1939), pages 275 to 287; with ties, Kendall, Rank
    Correlation Methods, 1948, chapter 6).

    Args:
        ranks: orders x things.

    Returns:
        None where there is nothing to agree on: a single order, a single thing, or nobody who put anything before anything.
    """
    orders, things = ranks.shape
    if orders < FEWEST or things < FEWEST or not np.ptp(ranks, axis=1).any():
        return None
    if things < BESIDE:
        first = np.sign(ranks[:, 1] - ranks[:, 0])  # of two things: half the square of how far they lead one another
        return float(first.sum() ** 2 / (orders * np.abs(first).sum()))
    from scipy.stats import friedmanchisquare  # noqa: PLC0415 - loaded when asked for

    statistic = friedmanchisquare(*ranks.T).statistic
    return float(min(max(statistic / (orders * (things - 1)), 0.0), 1.0))


def mean_intervals(
    shares: NDArray[np.float64],
    resamples: int = RESAMPLES,
    seed: int = SEED,
) -> tuple[Interval, ...]:
    """Give the bootstrap interval of the mean of each column: rows are people, drawn with replacement as they are.

    Percentile intervals (Efron and Tibshirani, An Introduction to the Bootstrap, 1993, chapter 13): they stay between the
    smallest and the largest share, and a mean over few people has a wide one.
    """
    if len(shares) < FEWEST:
        return tuple(Interval(float(one), float(one)) for row in shares for one in row)
    from scipy.stats import bootstrap  # noqa: PLC0415 - loaded when asked for

    drawn = bootstrap(
        (shares,),
        np.mean,
        axis=0,
        n_resamples=resamples,
        confidence_level=CONFIDENCE,
        method="percentile",
        vectorized=True,
        batch=200,
        rng=np.random.default_rng(seed),
    ).confidence_interval
    return tuple(Interval(float(low), float(high)) for low, high in zip(drawn.low, drawn.high, strict=True))
