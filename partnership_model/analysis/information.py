"""What knowing more could be worth: by how many points of overall value the choice could improve.

The value of information: Raiffa and Schlaifer, Applied Statistical Decision Theory, 1961. For single inputs of an
analysis: Felli and Hazen, Sensitivity analysis and the expected value of perfect information, Medical Decision Making
18 (1998), pages 95 to 109.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from partnership_model.analysis.judgement_draws import spreads
from partnership_model.analysis.sampling import BLOCK, on_grid
from partnership_model.analysis.weight_draws import draw_weights
from partnership_model.errors import PartnershipError
from partnership_model.model.expectation import mean_value, mean_value_above, mean_value_below

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from partnership_model.model.plausible_weights import PlausibleWeights
    from partnership_model.model.problem import DecisionProblem


@dataclass(frozen=True)
class Estimate:
    """Points of overall value, and the standard error of the sampling; nought where nothing was sampled."""

    points: float
    error: float


@dataclass(frozen=True)
class Information:
    """By how much knowing something for certain could improve the choice, on average, in points of overall value.

    Every figure is that of perfect knowledge, so that a bound for what any finding out could be worth; judgements are
    taken as independent of one another.

    Attributes:
        options, criteria: what `single` is about.
        mean: each option's mean overall value at the weights in use.
        leader: the option with the highest of them, which is chosen as long as nothing more is known.
        leader_over_weights: the option that is best on average over all plausible weights.
        single: options x criteria; each judgement known alone, at the weights in use. A closed form, without sampling.
        judgements: all judgements known together, at the weights in use.
        weights: the weights known, with every judgement at its mean; drawn from the plausible set.
        everything: weights and judgements known.
        samples: how many were drawn.
    """

    options: tuple[str, ...]
    criteria: tuple[str, ...]
    mean: dict[str, float]
    leader: str
    leader_over_weights: str
    single: NDArray[np.float64]
    judgements: Estimate
    weights: Estimate
    everything: Estimate
    samples: int

    @property
    def ordered(self) -> list[tuple[str, str, float]]:
        """Give option, criterion and points of every judgement that is worth anything, most first.

        Those that differ by rounding alone stay in the order of options and criteria.
        """
        found = [
            (option, name, float(self.single[row, column]))
            for row, option in enumerate(self.options)
            for column, name in enumerate(self.criteria)
            if self.single[row, column] > 0
        ]
        return sorted(found, key=lambda one: -round(one[2], 9))


def information(problem: DecisionProblem, plausible: PlausibleWeights, samples: int, seed: int) -> Information:
    """Say what it would be worth to know each judgement, all of them, the weights, and everything.

    The option with the highest mean is chosen, before and after. What is found out is worth the mean of what the best
    option is then ahead of the one that would have been chosen anyway: never negative, and nought where nothing that
    could be found out changes the choice.

    Args:
        problem: its ranked options, judgements and weights in use.
        plausible: what the weights are drawn from where they are not taken as known.
        samples: at least this many; whole blocks of 16,384 are drawn, those of `robustness`.
        seed: the same seed gives the same result on every machine.

    Raises:
        PartnershipError: nobody has weighed, no option is left, or a number of samples that is not positive.
    """
    options = tuple(option.key for option in problem.ranked_options)
    if problem.weights is None or not options or samples < 1:
        message = "Weights, an open option and at least one sample are needed to say what knowing more is worth."
        raise PartnershipError(message)
    criteria = tuple(problem.criteria)
    weights = problem.weights.array(criteria)
    means = mean_values(problem)
    overall = means @ weights
    fixed, varied, every = (_Regrets(len(options)) for _ in range(3))
    judged = spreads(problem, options)
    in_use = on_grid(weights.astype(np.float32))[:, None]
    for block in range(-(-samples // BLOCK)):
        drawn, values = draw_weights(plausible, criteria, seed, block), judged.block(seed, block)
        fixed.add(values.exact_totals(np.broadcast_to(in_use, drawn.shape)))
        varied.add(means @ drawn.astype(np.float64))
        every.add(values.exact_totals(drawn))
    leader, over_weights = int(np.argmax(overall)), varied.least
    return Information(
        options=options,
        criteria=criteria,
        mean=dict(zip(options, map(float, overall), strict=True)),
        leader=options[leader],
        leader_over_weights=options[over_weights],
        single=single_judgements(problem, means),
        judgements=fixed.of(leader) if judged.drawn else Estimate(0.0, 0.0),
        weights=varied.of(over_weights),
        everything=every.of(over_weights) if judged.drawn else varied.of(over_weights),
        samples=every.samples,
    )


def mean_values(problem: DecisionProblem) -> NDArray[np.float64]:
    """Give the mean value of every judgement of the ranked options, 0 to 100: options x criteria."""
    return np.array(
        [
            [mean_value(criterion, problem.judgements[option.key, name]) for name, criterion in problem.criteria.items()]
            for option in problem.ranked_options
        ]
    )


def single_judgements(problem: DecisionProblem, means: NDArray[np.float64]) -> NDArray[np.float64]:
    """Say what it is worth to know each judgement alone, at the weights in use, in closed form.

    One judgement moves one option's overall value on a straight line, and the best of the others stays where it is. So
    the choice changes where the judgement's value passes one threshold, and knowing it is worth its weight times the
    mean of what the value lies beyond that: above it for an option that would not be chosen, below it for the one that
    would.

    Args:
        problem: with weights.
        means: the mean value of every judgement, options x criteria.

    Returns:
        Options x criteria, in points of overall value: nought for a judgement that is certain or has no weight.
    """
    found = np.zeros_like(means)
    if problem.weights is None or len(means) < 2:  # noqa: PLR2004 - with one option there is nothing to choose
        return found
    weights = problem.weights.array(tuple(problem.criteria))
    overall = means @ weights
    for row, option in enumerate(problem.ranked_options):
        others = float(np.delete(overall, row).max())
        beyond = mean_value_above if overall[row] <= others else mean_value_below
        for column, (name, criterion) in enumerate(problem.criteria.items()):
            if weights[column] > 0:
                threshold = means[row, column] + (others - overall[row]) / weights[column]
                found[row, column] = weights[column] * beyond(criterion, problem.judgements[option.key, name], float(threshold))
    return found


class _Regrets:
    """Adds up, for each option, what the best option of a sample is ahead of it."""

    def __init__(self, options: int) -> None:
        self.samples = 0
        self._sums = np.zeros(options)
        self._squares = np.zeros(options)

    def add(self, totals: NDArray[np.float64]) -> None:
        """Add samples: options x samples."""
        behind = totals.max(axis=0) - totals
        self.samples += behind.shape[1]
        self._sums += behind.sum(axis=1)
        self._squares += np.einsum("os,os->o", behind, behind)

    @property
    def least(self) -> int:
        """Give the row that is least behind on average, which has the highest mean."""
        return int(np.argmin(self._sums))

    def of(self, row: int) -> Estimate:
        """Give what is lost on average by choosing one option in every sample."""
        mean = self._sums[row] / self.samples
        variance = max(self._squares[row] / self.samples - mean**2, 0.0)
        return Estimate(float(mean), float(np.sqrt(variance / self.samples)))
