"""What every possible weighting says at the likely figures, without sampling wherever that can be done."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

import numpy as np

from partnership_model.analysis.exact_places import mean_places
from partnership_model.analysis.exact_shares import pairwise_shares, value_spreads
from partnership_model.analysis.robustness import robustness
from partnership_model.analysis.weight_simplices import at_corners, simplices_of
from partnership_model.knowledge.schema import Range
from partnership_model.model.plausible_weights import AnyWeights, OrderedWeights

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from partnership_model.analysis.exact_shares import ValueSpread
    from partnership_model.analysis.overall import Values
    from partnership_model.model.plausible_weights import PlausibleWeights
    from partnership_model.model.problem import DecisionProblem

How = Literal["exact", "computed", "sampled"]


@dataclass(frozen=True)
class Shares:
    """Shares of weightings, and how they were found.

    Attributes:
        table: options x places, or options x options (how often the row is ahead of the column, a tie counting half).
        how: `exact` but for the last digits of a computer's numbers; `computed`, no further from the truth than the error;
            `sampled`, the error being the largest standard error.
        error: nought where they are exact.
    """

    table: NDArray[np.float64]
    how: How
    error: float


@dataclass(frozen=True)
class CountedWeightings:
    """What a set of weights, all counted, says of certain judgements.

    Attributes:
        spreads: of each option's overall value, exact; None where the set is no union of a few simplices.
    """

    options: tuple[str, ...]
    places: Shares
    ahead: Shares
    spreads: tuple[ValueSpread, ...] | None

    def first_place_share(self, option: str) -> float:
        """Give the share of weightings under which an option comes first."""
        return float(self.places.table[self.options.index(option), 0])


@dataclass(frozen=True)
class WithoutChance:
    """What the likely figures say over every weighting, and over those that count as plausible.

    Attributes:
        in_use: None where all weightings do: that set is chosen, or every criterion matters alike.
    """

    every: CountedWeightings
    in_use: CountedWeightings | None


def without_chance(problem: DecisionProblem, values: Values, samples: int, seed: int) -> WithoutChance:
    """Count weightings at the likely figures; what cannot be counted is sampled, and says so.

    Args:
        problem: with weights.
        values: of the problem.
        samples, seed: for what has to be sampled.
    """
    every = AnyWeights(tuple(problem.criteria))
    in_use = problem.plausible
    if in_use in (None, every, OrderedWeights((every.criteria,))):
        in_use = None
    return WithoutChance(
        _counted(problem, values, every, samples, seed),
        None if in_use is None else _counted(problem, values, in_use, samples, seed),
    )


def _counted(problem: DecisionProblem, values: Values, plausible: PlausibleWeights, samples: int, seed: int) -> CountedWeightings:
    content = np.ascontiguousarray(values.likely)
    places, ahead, spreads = _exactly(content.tobytes(), content.shape, values.criteria, plausible)
    if places is None or ahead is None:
        drawn = robustness(_certain(problem), plausible, samples, seed)
        places = places or Shares(drawn.acceptability, "sampled", float(drawn.acceptability_error.max()))
        ahead = ahead or Shares(drawn.pairwise, "sampled", float(np.sqrt(drawn.pairwise * (1 - drawn.pairwise) / drawn.samples).max()))
    return CountedWeightings(values.options, places, ahead, spreads)


@lru_cache(maxsize=64)
def _exactly(
    content: bytes, shape: tuple[int, int], criteria: tuple[str, ...], plausible: PlausibleWeights
) -> tuple[Shares | None, Shares | None, tuple[ValueSpread, ...] | None]:
    """Work out what can be worked out, once for each table and set of weights: pages are drawn again with every move."""
    simplices = simplices_of(plausible, criteria)
    if simplices is None:
        return None, None, None
    tables = [at_corners(np.frombuffer(content).reshape(shape), corners) for corners in simplices]
    places = mean_places(tables)
    shares = None if places.acceptability is None else Shares(places.acceptability, "computed", places.error)
    return shares, Shares(pairwise_shares(tables), "exact", 0.0), value_spreads(tables)


def _certain(problem: DecisionProblem) -> DecisionProblem:
    """Take every judgement at its likely figure."""
    judgements = {
        cell: replace(one, amount=Range(low=one.amount.likely, likely=one.amount.likely, high=one.amount.likely))
        for cell, one in problem.judgements.items()
    }
    return replace(problem, judgements=judgements)
