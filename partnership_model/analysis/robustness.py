"""Robustness (SMAA): how often each option takes each place over plausible weights and judgements.

Lahdelma and Salminen, SMAA-2: stochastic multicriteria acceptability analysis for group decision making,
Operations Research 49 (2001), pages 444 to 454.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from partnership_model.analysis.judgement_draws import spreads
from partnership_model.analysis.place_counts import PlaceCounts
from partnership_model.analysis.sampling import BLOCK
from partnership_model.analysis.weight_draws import draw_weights
from partnership_model.errors import PartnershipError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from partnership_model.model.plausible_weights import PlausibleWeights
    from partnership_model.model.problem import DecisionProblem


LARGEST_SEED = 2**63 - 1


@dataclass(frozen=True)
class Robustness:
    """What the sampled ways of weighing and judging say.

    Attributes:
        acceptability: options x places; the share of samples in which an option takes a place, ties shared.
        acceptability_error: the standard error of each share.
        pairwise: options x options; how often the row is ahead of the column, a tie counting half.
        central_weights: for each option the mean of the weights that put it first; None where none does.
        central_weights_error: the standard error of each of those means.
        samples: how many were drawn.
    """

    options: tuple[str, ...]
    criteria: tuple[str, ...]
    acceptability: NDArray[np.float64]
    acceptability_error: NDArray[np.float64]
    pairwise: NDArray[np.float64]
    central_weights: dict[str, dict[str, float] | None]
    central_weights_error: dict[str, dict[str, float] | None]
    samples: int
    seed: int

    def first_place_share(self, option: str) -> float:
        """Give the share of samples in which an option comes first."""
        return float(self.acceptability[self.options.index(option), 0])

    def first_place_error(self, option: str) -> float:
        """Give the standard error of that share."""
        return float(self.acceptability_error[self.options.index(option), 0])


def robustness(problem: DecisionProblem, plausible: PlausibleWeights, samples: int, seed: int) -> Robustness:
    """Draw plausible weights and judgements inside their ranges, and count places.

    Args:
        problem: its ranked options and judgements are used.
        plausible: the weights that are drawn, evenly.
        samples: at least this many; whole blocks of 16,384 are drawn, so that a longer run extends a shorter one.
        seed: the same seed gives the same result on every machine.

    Raises:
        PartnershipError: nothing to compare, or a number of samples that is not positive.
    """
    options = tuple(option.key for option in problem.ranked_options)
    if samples < 1 or not options:
        message = "There is nothing to draw: give at least one sample and one open option."
        raise PartnershipError(message)
    if not 0 <= seed <= LARGEST_SEED:
        message = f"The seed is a whole number from 0 to {LARGEST_SEED:,}."
        raise PartnershipError(message)
    criteria = tuple(problem.criteria)
    values = spreads(problem, options)
    counts = PlaceCounts(len(options), len(criteria))
    for block in range(-(-samples // BLOCK)):
        counts.add(draw_weights(plausible, criteria, seed, block), values.block(seed, block))
    return _result(counts, options, criteria, seed)


def _result(counts: PlaceCounts, options: tuple[str, ...], criteria: tuple[str, ...], seed: int) -> Robustness:
    places, samples = counts.places, counts.samples
    share = places / samples
    error = np.sqrt(share * (1 - share) / samples)
    ahead = (counts.wins + counts.level / 2) / samples
    np.fill_diagonal(ahead, 0.5)
    sums, variances = counts.first_weights, counts.first_variances
    central: dict[str, dict[str, float] | None] = {}
    spread: dict[str, dict[str, float] | None] = {}
    for row, option in enumerate(options):
        wins = places[row, 0]
        if wins == 0:
            central[option] = spread[option] = None
            continue
        mean = sums[row] / wins
        central[option] = dict(zip(criteria, map(float, mean), strict=True))
        spread[option] = dict(zip(criteria, map(float, np.sqrt(variances[row] / wins)), strict=True))
    return Robustness(options, criteria, share, error, ahead, central, spread, samples, seed)
