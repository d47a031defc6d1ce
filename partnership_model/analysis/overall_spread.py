"""How each option's overall value spreads over all plausible weights and judgements."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from partnership_model.analysis.judgement_draws import spreads
from partnership_model.analysis.sampling import BLOCK
from partnership_model.analysis.weight_draws import draw_weights

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from partnership_model.analysis.robustness import Robustness
    from partnership_model.model.problem import DecisionProblem

SHARES = (0.05, 0.25, 0.5, 0.75, 0.95)
MEANS, SQUARES = 2.0**22, 2.0**28  # lifted by these, values and their squares keep so few bits that sums of a block are exact


@dataclass(frozen=True)
class Quantile:
    """The value that an option's overall value stays at or below in a share of the samples, with its standard error."""

    share: float
    value: float
    error: float


@dataclass(frozen=True)
class OverallSpread:
    """One option's overall value over all samples.

    Attributes:
        mean: of all samples, 0 to 100.
        error: its standard error.
        deviation: the standard deviation of one sample.
        quantiles: at the shares 0.05, 0.25, 0.5, 0.75 and 0.95.
    """

    mean: float
    error: float
    deviation: float
    quantiles: tuple[Quantile, ...]

    def at(self, share: float) -> Quantile:
        """Give one of the quantiles."""
        return next(one for one in self.quantiles if one.share == share)


def overall_spreads(problem: DecisionProblem, drawn: Robustness) -> dict[str, OverallSpread]:
    """Draw the samples of robustness again, and say how each option's overall value spreads.

    The standard error of a quantile is half the distance between the two that lie one standard error of the share below
    and above it, so that no density has to be guessed.

    Args:
        problem: the one whose robustness was drawn.
        drawn: its weights, samples and seed are used.
    """
    values = spreads(problem, drawn.options)
    count = len(drawn.options)
    totals = np.empty((count, drawn.samples), dtype=np.float32)
    sums = np.zeros((2, count))
    for block in range(drawn.samples // BLOCK):
        weights = draw_weights(drawn.plausible, drawn.criteria, drawn.seed, block)
        exact = values.block(drawn.seed, block).exact_totals(weights)
        totals[:, block * BLOCK : (block + 1) * BLOCK] = exact
        sums[0] += ((exact + MEANS) - MEANS).sum(axis=1)
        sums[1] += ((exact**2 + SQUARES) - SQUARES).sum(axis=1)
    mean, square = sums / drawn.samples
    deviation = np.sqrt(np.maximum(square - mean**2, 0.0))
    totals.sort(axis=1)
    return {
        option: OverallSpread(
            float(mean[row]),
            float(deviation[row]) / math.sqrt(drawn.samples),
            float(deviation[row]),
            tuple(_quantile(totals[row], share) for share in SHARES),
        )
        for row, option in enumerate(drawn.options)
    }


def _quantile(in_order: NDArray[np.float32], share: float) -> Quantile:
    """Give the least value at or below which so many of the samples lie."""
    count = len(in_order)
    near = math.sqrt(share * (1 - share) / count)
    low, at, high = (in_order[min(max(math.ceil(count * one) - 1, 0), count - 1)] for one in (share - near, share, share + near))
    return Quantile(share, float(at), float(high - low) / 2)
