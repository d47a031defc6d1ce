"""Confidence factors: with its own central weights, how often an option comes first over the judgements."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnership_model.analysis.appraisal import appraise
from partnership_model.analysis.confidence import confidence_factors
from partnership_model.analysis.sampling import BLOCK
from tests.analysis.drawing import drawn, near, problems
from tests.making import make_problem, pure

if TYPE_CHECKING:
    from partnership_model.model.problem import DecisionProblem


def factors(problem: DecisionProblem, samples: int = 4 * BLOCK) -> dict[str, float | None]:
    found = confidence_factors(problem, drawn(problem, samples))
    return {option: one.share if one else None for option, one in found.items()}


def test_on_one_criterion_it_is_the_share_of_first_places_by_hand() -> None:
    """From (0, 0, 100) a judgement is above 50 with chance 1/4; the one weight is always one."""
    problem = make_problem({"o1": [(0, 0, 100)], "o2": [50]})
    found = factors(problem)
    assert found["o1"] == drawn(problem, 4 * BLOCK).first_place_share("o1")
    assert near(found["o1"] or 0, 1 / 4, 4 * BLOCK)
    assert (found["o1"] or 0) + (found["o2"] or 0) == 1


def test_with_two_criteria_by_hand() -> None:
    """o1 is 100 on c1 and 0 on c2, o2 the other way round, but one of its judgements is anything from 0 to 100.

    Where o1's central weights are w and 1 - w, it is first where 100 w > x (1 - w): with x drawn evenly up to 100 and
    w above a half that is always so. For o2 its weights v on c2 put it first where x v > 100 (1 - v), so where
    x > 100 (1 - v) / v; from a triangle (0, 0, 100) that is ((2 v - 1) / v) ** 2 of the draws.
    """
    problem = make_problem({"o1": [100, 0], "o2": [0, (0, 0, 100)]})
    found = drawn(problem, 6 * BLOCK)
    central = found.central_weights["o2"]
    assert central is not None
    both = confidence_factors(problem, found)
    second = central["c2"]
    one, other = both["o1"], both["o2"]
    assert one is not None
    assert other is not None
    assert (one.share, one.error) == (1, 0)
    exact = ((2 * second - 1) / second) ** 2
    assert near(other.share, exact, found.samples)
    assert other.error == pytest.approx(math.sqrt(exact * (1 - exact) / found.samples), rel=0.05)


@pure(40)
@given(problems(certain=True))
def test_where_all_is_certain_an_option_is_first_with_its_own_central_weights(problem: DecisionProblem) -> None:
    """The weights that put it first are a convex set, and their mean lies in it; it shares only with those it always shares with."""
    found = drawn(problem)
    for option, one in confidence_factors(problem, found).items():
        assert (one is None) == (found.first_place_share(option) == 0)
        if one is not None:
            row = found.options.index(option)
            level = 1 + sum(
                found.pairwise[row, other] == found.pairwise[other, row] == 0.5 for other in range(len(found.options)) if other != row
            )
            assert one.share == 1 or one.share >= 1 / level - 1e-12
            assert one.error == pytest.approx(0, abs=1e-9)


def test_an_option_that_is_never_first_has_none() -> None:
    assert factors(make_problem({"o1": [90, 10], "o2": [10, 90], "o3": [20, 20]}))["o3"] is None


def test_identical_options_share() -> None:
    assert (
        factors(make_problem({"o1": [(0, 50, 100), 20], "o2": [50, 50], "o3": [50, 50]}))["o2"]
        == factors(make_problem({"o1": [(0, 50, 100), 20], "o3": [50, 50], "o2": [50, 50]}))["o3"]
    )
    assert factors(make_problem({"o1": [70, 20], "o2": [70, 20]})) == {"o1": 0.5, "o2": 0.5}


def test_agrees_with_a_textbook_sampler() -> None:
    table = {"o1": [(40, 60, 90), 30, 20], "o2": [50, (20, 40, 60), 30], "o3": [(0, 70, 80), 20, (10, 50, 60)]}
    problem = make_problem(table)
    found = drawn(problem, 6 * BLOCK)
    rng, count = np.random.default_rng(5), 200_000
    raw = [[rng.triangular(*cell, count) if isinstance(cell, tuple) else np.full(count, cell) for cell in row] for row in table.values()]
    for row, (option, one) in enumerate(confidence_factors(problem, found).items()):
        central = found.central_weights[option]
        assert central is not None
        assert one is not None
        totals = np.array([sum(weight * cell for weight, cell in zip(central.values(), cells, strict=True)) for cells in raw])
        share = (totals.argmax(axis=0) == row).mean()
        assert abs(one.share - share) <= 4 * math.sqrt(share * (1 - share) * (1 / count + 1 / found.samples))


@pure(20)
@given(problems(), st.randoms(use_true_random=False))
def test_shares_lie_between_nought_and_one_and_the_appraisal_has_them(problem: DecisionProblem, chance) -> None:  # noqa: ANN001, ARG001
    found = appraise(problem, 1)
    assert set(found.confidence) == set(found.robustness.options if found.robustness else ())
    for one in found.confidence.values():
        if one:
            assert 0 <= one.share <= 1


def test_nothing_is_worked_out_while_the_order_is_withheld() -> None:
    withheld = appraise(make_problem({"o1": [(0, 50, 100)], "o2": [50]}, unconfirmed=[("o1", "c1")]), 1)
    assert withheld.withheld == "unconfirmed"
    assert withheld.confidence == {}
    assert withheld.spread == {}
