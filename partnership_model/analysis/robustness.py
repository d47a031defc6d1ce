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
        pairwise_error: the standard error of each of these.
        central_weights: for each option the mean of the weights that put it first; None where none does.
        central_weights_error: the standard error of each of those means.
        plausible: the weights that were drawn.
        samples: how many were drawn.
    """

    options: tuple[str, ...]
    criteria: tuple[str, ...]
    acceptability: NDArray[np.float64]
    acceptability_error: NDArray[np.float64]
    pairwise: NDArray[np.float64]
    pairwise_error: NDArray[np.float64]
    central_weights: dict[str, dict[str, float] | None]
    central_weights_error: dict[str, dict[str, float] | None]
    plausible: PlausibleWeights
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
        PartnershipError: nothing to compare, a number of samples that is not positive, or a judgement that is no number.
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
    places, drawn = counts.places, counts.samples
    share = places / drawn
    ahead = (counts.wins + counts.level / 2) / drawn
    squares = (counts.wins + counts.level / 4) / drawn
    np.fill_diagonal(ahead, 0.5)
    np.fill_diagonal(squares, 0.25)
    mean, error = counts.central_weights
    return Robustness(
        options=options,
        criteria=criteria,
        acceptability=share,
        acceptability_error=np.sqrt(share * (1 - share) / drawn),
        pairwise=ahead,
        pairwise_error=np.sqrt(np.maximum(squares - ahead**2, 0.0) / drawn),
        central_weights=_named(options, criteria, mean, places),
        central_weights_error=_named(options, criteria, error, places),
        plausible=plausible,
        samples=drawn,
        seed=seed,
    )


def _named(
    options: tuple[str, ...], criteria: tuple[str, ...], table: NDArray[np.float64], places: NDArray[np.float64]
) -> dict[str, dict[str, float] | None]:
    """Name a table's rows and columns; None for an option that is never first."""
    return {
        option: dict(zip(criteria, row.tolist(), strict=True)) if first else None
        for option, row, first in zip(options, table, places[:, 0], strict=True)
    }
