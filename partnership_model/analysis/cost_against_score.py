"""Cost beside score: what each option is worth without its cost, so that cost is not counted on both sides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partnership_model.analysis.overall import overall_values, values_of, whole
from partnership_model.model.problem import COST

if TYPE_CHECKING:
    from collections.abc import Mapping

    from partnership_model.knowledge.schema import Range
    from partnership_model.model.problem import DecisionProblem


def worth_without_cost(problem: DecisionProblem) -> dict[str, Range] | None:
    """Give the overall value of each ranked option without the criterion of cost; None while nobody has weighed anything else."""
    rest = problem.without_criterion(COST) if COST in problem.criteria else problem
    if not rest.criteria or rest.weights is None or not rest.ranked_options:
        return None
    values = values_of(rest)
    return overall_values(values, rest.weights.array(values.criteria))


def dearer_and_worth_less(costs: Mapping[str, float], worths: Mapping[str, float]) -> dict[str, tuple[str, ...]]:
    """Name for each option those that cost no more and are worth no less, in whole numbers, and are better in one of the two."""
    found: dict[str, tuple[str, ...]] = {}
    for one in costs:
        better = tuple(
            other
            for other in costs
            if whole(costs[other]) <= whole(costs[one])
            and whole(worths[other]) >= whole(worths[one])
            and (whole(costs[other]), -whole(worths[other])) != (whole(costs[one]), -whole(worths[one]))
        )
        if better:
            found[one] = better
    return found
