"""More weighing or more evidence: how much of the doubt about who comes first comes from weights, judgements, and both.

The doubt is the share of pairs of ways of weighing and judging that put different options first; where some tie for the
first place each counts in part. It is the sum of the variances of "this option comes first" over the options, and is split
as the variance of one figure is by Sobol (Global sensitivity indices for nonlinear mathematical models and their Monte Carlo
estimates, Mathematics and Computers in Simulation 55, 2001, pages 271 to 280); for several figures together: Gamboa, Janon,
Klein and Lagnoux, Sensitivity analysis for multidimensional and functional outputs, Electronic Journal of Statistics 8 (2014).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from partnership_model.analysis.judgement_draws import spreads
from partnership_model.analysis.sampling import BLOCK
from partnership_model.analysis.weight_draws import draw_weights
from partnership_model.errors import PartnershipError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from partnership_model.model.plausible_weights import PlausibleWeights
    from partnership_model.model.problem import DecisionProblem

ROUNDING = 1e-9  # a single pair of a million that differs is more
# What is added up of a sample: how far a way agrees with itself (less than one where places are shared), with one of the
# same weights, with one of the same judgements, and with one of neither.
ITSELF, SAME_WEIGHTS, SAME_JUDGEMENTS, NEITHER = np.eye(4)
DOUBT = ITSELF - NEITHER
PARTS = np.array([SAME_WEIGHTS - NEITHER, SAME_JUDGEMENTS - NEITHER, ITSELF - SAME_WEIGHTS - SAME_JUDGEMENTS + NEITHER])


@dataclass(frozen=True)
class Share:
    """A share from 0 to 1, with the standard error of the sampling."""

    share: float
    error: float


@dataclass(frozen=True)
class UncertaintySplit:
    """Where the doubt about who comes first comes from.

    Attributes:
        doubt: of pairs of ways of weighing and judging, the share that put different options first.
        same_weights: the same, where the two ways share their weights: the doubt that settled weights would leave.
        same_judgements: the same, where they share their judgements: the doubt that settled judgements would leave.
        weights, judgements: the shares of the doubt that go when only these are settled.
        both: the rest, which goes only when both are; the three shares add up to one.
        samples: how many pairs were drawn.
    """

    doubt: Share
    same_weights: Share
    same_judgements: Share
    weights: Share
    judgements: Share
    both: Share
    samples: int


def uncertainty_split(problem: DecisionProblem, plausible: PlausibleWeights, samples: int, seed: int) -> UncertaintySplit | None:
    """Split the doubt about who comes first; None where the same options come first in every sample.

    Two blocks of weights and two of judgements are put together in all four ways (pick and freeze). The blocks are those
    of `robustness`, in pairs.

    Args:
        problem: its ranked options and judgements.
        plausible: the weights that are drawn, evenly.
        samples: at least this many ways; whole pairs of blocks of 16,384 are drawn.
        seed: the same seed gives the same result on every machine.

    Raises:
        PartnershipError: no option is left, or a number of samples that is not positive.
    """
    options = tuple(option.key for option in problem.ranked_options)
    if samples < 1 or not options:
        message = "There is nothing to draw: give at least one sample and one open option."
        raise PartnershipError(message)
    criteria = tuple(problem.criteria)
    judged = spreads(problem, options)
    agreements = []
    for pair in range(-(-samples // (2 * BLOCK))):
        blocks = (2 * pair, 2 * pair + 1)
        weights = [draw_weights(plausible, criteria, seed, block) for block in blocks]
        values = [judged.block(seed, block) for block in blocks]
        firsts = [[_first(values[j].exact_totals(weights[w])) for j in (0, 1)] for w in (0, 1)]
        agreements.append(agreement(firsts[0][0], firsts[1][1], firsts[0][1], firsts[1][0]))
    return split(np.concatenate(agreements, axis=1))


def _first(totals: NDArray[np.float64]) -> NDArray[np.float32]:
    """Give each option's part of the first place in each sample, ties shared."""
    level = (totals == totals.max(axis=0)).astype(np.float32)
    return np.asarray(level / level.sum(axis=0), dtype=np.float32)


def agreement(
    one: NDArray[np.float32], other: NDArray[np.float32], one_weights: NDArray[np.float32], other_weights: NDArray[np.float32]
) -> NDArray[np.float64]:
    """Say how far four ways agree with themselves and with one another, in each sample.

    Args:
        one: any figures x samples, from one draw of weights and one of judgements.
        other: from another draw of both.
        one_weights: from the weights of one and the judgements of the other.
        other_weights: from the weights of the other and the judgements of one.

    Returns:
        Itself, same weights, same judgements, neither x samples.
    """

    def product(a: NDArray[np.float32], b: NDArray[np.float32]) -> NDArray[np.float64]:
        return np.asarray(np.einsum("os,os->s", a, b, dtype=np.float64))

    return np.array(
        [
            sum(product(way, way) for way in (one, other, one_weights, other_weights)) / 4,
            (product(one, one_weights) + product(other, other_weights)) / 2,
            (product(one, other_weights) + product(other, one_weights)) / 2,
            (product(one, other) + product(one_weights, other_weights)) / 2,
        ]
    )


def split(agreements: NDArray[np.float64]) -> UncertaintySplit | None:
    """Turn agreements (see `agreement`) into shares; None where nothing varies.

    What sampling puts below nought is taken as nought, and the shares still add up to one. The standard error of a
    ratio is that of its straight-line approximation (the delta method).
    """
    count = agreements.shape[1]
    mean = agreements.mean(axis=1)
    spread = np.atleast_2d(np.cov(agreements, bias=True)) / count
    doubt = float(DOUBT @ mean)
    if doubt <= ROUNDING:
        return None

    def plain(of: NDArray[np.float64]) -> Share:
        return Share(float(max(of @ mean, 0.0)), float(np.sqrt(max(of @ spread @ of, 0.0))))

    raw = PARTS @ mean / doubt
    slopes = (PARTS - raw[:, None] * DOUBT) / doubt
    errors = np.sqrt(np.maximum(np.einsum("pi,ij,pj->p", slopes, spread, slopes), 0.0))
    kept = np.maximum(raw, 0.0)
    kept /= kept.sum()
    weights, judgements, both = (Share(float(share), float(error)) for share, error in zip(kept, errors, strict=True))
    return UncertaintySplit(plain(DOUBT), plain(ITSELF - SAME_WEIGHTS), plain(ITSELF - SAME_JUDGEMENTS), weights, judgements, both, count)
