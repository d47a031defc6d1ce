"""How far a mean hangs on the people who happened to answer: bootstrap intervals, by scipy.

It is loaded here alone, inside the function and when somebody asks: no page of a dashboard and no picture in a hall waits for it.
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
FEWEST = 2  # people among whom one can draw


@dataclass(frozen=True)
class Interval:
    """Where a mean would lie if the same people were drawn again and again.

    Attributes:
        low, high: the ends; equal to the mean where all said the same.
    """

    low: float
    high: float


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
