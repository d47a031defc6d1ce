"""Robustness (SMAA): how often each option takes each place over plausible weights and judgements.

Lahdelma and Salminen, SMAA-2: stochastic multicriteria acceptability analysis for group decision making,
Operations Research 49 (2001), pages 444 to 454.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from partnership_model.analysis.sampling import BLOCK, BlockSource, triangular
from partnership_model.analysis.weight_draws import draw_weights
from partnership_model.errors import PartnershipError
from partnership_model.model.value_functions import turning_points

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from partnership_model.model.plausible_weights import PlausibleWeights
    from partnership_model.model.problem import DecisionProblem


Cell = tuple[float, float, float, tuple[tuple[float, float], ...]]
LARGEST_SEED = 2**63 - 1
JUDGEMENTS = 1  # the stream of a block that judgements are drawn from


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
    counts = _Counts(len(options), len(problem.criteria))
    cells = _cells(problem, options)
    for block in range(-(-samples // BLOCK)):
        drawn = draw_weights(plausible, tuple(problem.criteria), seed, block)
        counts.add(drawn, _values(seed, block, cells))
    return counts.result(options, tuple(problem.criteria), seed)


def _cells(problem: DecisionProblem, options: tuple[str, ...]) -> tuple[tuple[Cell, ...], ...]:
    """Give what the values of each criterion and option depend on, so that they need not be drawn again."""
    found = []
    for name, criterion in problem.criteria.items():
        raw, values = turning_points(criterion)
        points = tuple(zip(raw.tolist(), values.tolist(), strict=True))
        amounts = (problem.judgements[option, name].amount for option in options)
        found.append(tuple((one.low, one.likely, one.high, points) for one in amounts))
    return tuple(found)


@lru_cache(maxsize=8)
def _values(seed: int, block: int, cells: tuple[tuple[Cell, ...], ...]) -> NDArray[np.float32]:
    """Draw one block of judgements and turn them into values: criteria x options x samples.

    They do not depend on the weights, and a governor who moves a weight moves it many times.
    """
    source = BlockSource(seed, block, JUDGEMENTS)
    values = np.empty((len(cells), len(cells[0]), BLOCK), dtype=np.float32)
    for column, options in enumerate(cells):
        for row, (low, likely, high, points) in enumerate(options):
            raw, value = np.array(points).T
            values[column, row] = np.interp(triangular(source, low, likely, high), raw, value)
    values.flags.writeable = False
    return values


def _part(above: NDArray[np.bool_], level: NDArray[np.bool_], drawn: NDArray[np.float32], ahead: NDArray[np.float32]) -> None:
    """Part those that only seem level: what is better by one point on the least weight must never tie."""
    at = np.flatnonzero(level)
    exactly = (drawn[:, at].astype(np.float64) * ahead[:, at].astype(np.float64)).sum(axis=0)
    above[at] = exactly > 0
    level[at] = exactly == 0


class _Counts:
    """Adds up blocks in a fixed order; counts are whole numbers or shares of ties, sums are kept in float64."""

    def __init__(self, options: int, criteria: int) -> None:
        self.places = np.zeros((options, options))
        self.ahead = np.zeros((options, options))
        self.first_weights = np.zeros((options, criteria))
        self.first_squares = np.zeros((options, criteria))
        self.samples = 0

    def add(self, drawn: NDArray[np.float32], values: NDArray[np.float32]) -> None:
        totals = np.zeros(values.shape[1:], dtype=np.float32)
        for column, weight in enumerate(drawn):  # one after the other, so that every machine adds in the same order
            totals += weight * values[column]
        count = len(totals)
        better = np.zeros((count, BLOCK), dtype=np.int16)
        equal = np.zeros((count, BLOCK), dtype=np.int16)
        for row in range(count):
            for other in range(row):
                above, level = totals[other] > totals[row], totals[other] == totals[row]
                if level.any():
                    _part(above, level, drawn, values[:, other] - values[:, row])
                ties = np.count_nonzero(level)
                wins = np.count_nonzero(above)
                better[row] += above
                better[other] += ~(above | level) if ties else ~above
                if ties:
                    equal[row] += level
                    equal[other] += level
                self.ahead[other, row] += wins + ties / 2
                self.ahead[row, other] += BLOCK - wins - ties / 2
        for row in range(count):
            self._place(row, better[row], equal[row], drawn)
        self.samples += BLOCK

    def _place(self, row: int, better: NDArray[np.int16], equal: NDArray[np.int16], drawn: NDArray[np.float32]) -> None:
        """Count one option's places; options that tie share the places that they take together."""
        most = int(equal.max())
        if most == 0:
            self.places[row] += np.bincount(better, minlength=len(self.places))
            first = (better == 0).astype(np.float32)
        else:
            shared = 1.0 / (equal + 1)
            for extra in range(most + 1):
                reaches = equal >= extra
                self.places[row] += np.bincount(better[reaches] + extra, weights=shared[reaches], minlength=len(self.places))
            first = np.where(better == 0, shared, 0.0).astype(np.float32)
        counted = drawn * first
        self.first_weights[row] += counted.sum(axis=1, dtype=np.float64)
        self.first_squares[row] += (counted * drawn).sum(axis=1, dtype=np.float64)

    def result(self, options: tuple[str, ...], criteria: tuple[str, ...], seed: int) -> Robustness:
        share = self.places / self.samples
        error = np.sqrt(share * (1 - share) / self.samples)
        np.fill_diagonal(self.ahead, self.samples / 2)
        central: dict[str, dict[str, float] | None] = {}
        spread: dict[str, dict[str, float] | None] = {}
        for row, option in enumerate(options):
            wins = self.places[row, 0]
            if wins == 0:
                central[option] = spread[option] = None
                continue
            mean = self.first_weights[row] / wins
            variance = np.maximum(self.first_squares[row] / wins - mean**2, 0.0)
            central[option] = dict(zip(criteria, map(float, mean), strict=True))
            spread[option] = dict(zip(criteria, map(float, np.sqrt(variance / wins)), strict=True))
        return Robustness(options, criteria, share, error, self.ahead / self.samples, central, spread, self.samples, seed)
