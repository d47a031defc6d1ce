"""Overall values of drawn weights and judgements are exact: rational arithmetic gives the same, whatever the order of the sum."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from partnership_model.analysis.judgement_draws import spreads
from partnership_model.analysis.sampling import GRID
from partnership_model.analysis.weight_draws import draw_weights
from partnership_model.model.plausible_weights import AnyWeights, keeping_order, near, of_groups
from tests.analysis.drawing import SEED, problems
from tests.making import pure

if TYPE_CHECKING:
    from partnership_model.model.plausible_weights import PlausibleWeights
    from partnership_model.model.problem import DecisionProblem

KINDS = ("any", "order", "near", "groups", "spread")


def plausible_of(problem: DecisionProblem, kind: str) -> PlausibleWeights:
    """Give one of the kinds of sets for a problem."""
    assert problem.weights is not None
    found = {
        "any": AnyWeights(tuple(problem.criteria)),
        "order": keeping_order(problem.weights),
        "near": near(problem.weights, 7),
        "groups": of_groups(problem.group_weights, {}),
        "spread": of_groups(problem.group_weights, {}, 10),
    }
    return found[kind]


@pure(30)
@given(problems(), st.sampled_from(KINDS))
def test_weights_of_one_block_and_values_of_another_add_up_exactly(problem: DecisionProblem, kind: str) -> None:
    options, criteria = tuple(option.key for option in problem.options), tuple(problem.criteria)
    weights = draw_weights(plausible_of(problem, kind), criteria, SEED, 0)
    assert np.array_equal(np.rint(weights / GRID), weights / GRID)
    values = spreads(problem, options).block(SEED, 1)
    found = values.exact_totals(weights)
    assert found.dtype == np.float64
    for row in range(len(options)):
        for sample in (0, 1, 9_999, -1):
            cells = [
                values.drawn[row, column][sample] if (row, column) in values.drawn else values.certain[row, column]
                for column in range(len(criteria))
            ]
            exact = sum(Fraction(float(weight)) * Fraction(float(value)) for weight, value in zip(weights[:, sample], cells, strict=True))
            assert Fraction(float(found[row, sample])) == exact
