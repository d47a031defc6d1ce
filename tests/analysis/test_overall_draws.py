"""Overall values of drawn weights and judgements are exact: rational arithmetic gives the same, whatever the order of the sum."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np
from hypothesis import given

from partnership_model.analysis.judgement_draws import spreads
from partnership_model.analysis.overall_draws import draw_overall
from partnership_model.analysis.weight_draws import draw_weights
from partnership_model.model.plausible_weights import keeping_order
from tests.analysis.drawing import SEED, problems
from tests.making import pure

if TYPE_CHECKING:
    from partnership_model.model.problem import DecisionProblem


@pure(15)
@given(problems())
def test_weights_of_one_block_and_values_of_another_add_up_exactly(problem: DecisionProblem) -> None:
    assert problem.weights is not None
    options, criteria = tuple(option.key for option in problem.options), tuple(problem.criteria)
    weights = draw_weights(keeping_order(problem.weights), criteria, SEED, 0)
    values = spreads(problem, options).block(SEED, 1)
    found = draw_overall(values, weights)
    assert found.dtype == np.float64
    for row in range(len(options)):
        for sample in (0, 1, 9_999, -1):
            cells = [
                values.drawn[row, column][sample] if (row, column) in values.drawn else values.certain[row, column]
                for column in range(len(criteria))
            ]
            exact = sum(Fraction(float(weight)) * Fraction(float(value)) for weight, value in zip(weights[:, sample], cells, strict=True))
            assert Fraction(float(found[row, sample])) == exact
