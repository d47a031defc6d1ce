"""Blanks, orders and ties that are not there, staying that is not compared, dominated options, deal-breakers, rank reversal."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given

from partnership_model.analysis.appraisal import appraise
from partnership_model.analysis.leave_out import LeftOut
from partnership_model.analysis.mistakes.scores import (
    blanks,
    deal_breaker,
    dominated,
    false_precision,
    no_do_nothing,
    rank_reversal,
)
from tests.analysis.drawing import problems
from tests.making import make_problem, make_screening, pure

if TYPE_CHECKING:
    from partnership_model.model.problem import DecisionProblem


def test_a_blank_is_named_with_the_range_that_it_leaves() -> None:
    """By hand, equal weights: the blank runs from 0 to 100, so 60 and it together run from 30 to 80."""
    (one,) = blanks(appraise(make_problem({"stay": [60, None], "new_mat": [10, 20]}), 1))
    assert (one.where, one.found) == (("stay",), {"criteria": ["c2"], "overall": [30, 80]})


def test_a_blank_is_never_counted_as_nought() -> None:
    found = appraise(make_problem({"stay": [60, None], "new_mat": [10, 20]}), 1)
    assert found.overall is not None
    assert found.overall["stay"].likely == 55  # with a nought it would be 30
    assert list(blanks(appraise(make_problem({"stay": [60, 0], "new_mat": [10, 20]}), 1))) == []


WIDE = {"stay": [(0, 52, 100), (0, 52, 100)], "federation": [(0, 48, 100), (0, 48, 100)], "new_mat": [5, 5]}


def test_an_order_between_options_that_cannot_be_separated_is_no_order() -> None:
    (one,) = false_precision(appraise(make_problem(WIDE), 1))
    assert one.where == ("stay", "federation")
    assert one.found == {"kind": "order", "totals": {"stay": 52, "federation": 48}}


def test_options_that_are_far_apart_are_separated() -> None:
    assert list(false_precision(appraise(make_problem({"stay": [80, 80], "new_mat": [20, 20]}), 1))) == []


def test_a_tie_in_whole_numbers_of_options_of_which_one_is_nearly_always_ahead_is_named() -> None:
    (one,) = false_precision(appraise(make_problem({"stay": [60.4, 60.4], "new_mat": [59.6, 59.6]}), 1))
    assert one.where == ("stay", "new_mat")
    assert one.found == {"kind": "tie", "ahead": 1.0}


def test_hidden_decimals_make_no_order() -> None:
    found = appraise(make_problem({"stay": [60.4, 60.4], "new_mat": [59.6, 59.6]}), 1)
    assert found.ranking == (("stay", "new_mat"),)


def test_staying_that_a_must_have_closes_is_not_compared() -> None:
    closed = appraise(make_problem({"stay": [60, 40], "new_mat": [10, 20]}, gates={"stay": {"change": "fails"}}), 1)
    (one,) = no_do_nothing(closed)
    assert one.found == {"must_haves": ["We insist on change."], "shown_only": False}
    assert list(no_do_nothing(appraise(make_problem({"stay": [60, 40], "new_mat": [10, 20]}), 1))) == []


def test_where_no_option_is_left_nothing_is_missing_from_the_comparison() -> None:
    gates = {key: {"change": "fails"} for key in ("stay", "new_mat")}
    assert list(no_do_nothing(appraise(make_problem({"stay": [60, 40], "new_mat": [10, 20]}, gates=gates), 1))) == []


def test_staying_that_is_shown_and_not_ranked_is_not_compared() -> None:
    problem = make_problem({"stay": [60, 40], "new_mat": [10, 20]})
    options = tuple(replace(one, shown_only=one.key == "stay") for one in problem.options)
    (one,) = no_do_nothing(appraise(replace(problem, options=options), 1))
    assert one.found["shown_only"] is True


def test_a_dominated_option_is_named_once_with_all_that_are_better() -> None:
    table = {"stay": [60, 60], "federation": [70, 70], "new_mat": [(10, 20, 65), (10, 20, 65)]}
    found = {one.where: one.found for one in dominated(appraise(make_problem(table), 1))}
    assert found == {
        ("stay",): {"by": ["federation"], "certain": True},
        ("new_mat",): {"by": ["federation"], "certain": True},
    }


def test_an_option_that_is_dominated_on_the_likely_figures_alone_is_not_certain() -> None:
    table = {"stay": [60, 60], "new_mat": [(10, 20, 65), (10, 20, 65)]}
    (one,) = dominated(appraise(make_problem(table), 1))
    assert one.found == {"by": ["stay"], "certain": False}


# What breaks a deal


def test_the_worst_on_a_heavy_criterion_is_made_up_for_by_points_elsewhere() -> None:
    found = appraise(make_problem({"stay": [9, 100], "new_mat": [50, 20]}, (40, 60)), 1)
    (one,) = deal_breaker(found)
    assert (one.where, one.found) == (("stay", "c1"), {"kind": "worst", "value": 9, "weight": 0.4})


@pytest.mark.parametrize(("value", "weights"), [(10, (40, 60)), (9, (9, 91))])
def test_ten_points_and_a_light_criterion_break_no_deal(value: int, weights: tuple[int, int]) -> None:
    assert list(deal_breaker(appraise(make_problem({"stay": [value, 100], "new_mat": [50, 20]}, weights), 1))) == []


def test_an_option_in_front_with_no_place_for_a_school_or_an_open_must_have_is_named() -> None:
    problem = make_problem({"stay": [10, 20], "new_mat": [90, 80]}, gates={"new_mat": {"way_out": "undecided"}})
    options = tuple(
        replace(one, screening=make_screening("new_mat", "full", "full", "none")) if one.key == "new_mat" else one
        for one in problem.options
    )
    found = [(one.where, one.found) for one in deal_breaker(appraise(replace(problem, options=options), 1))]
    assert found == [
        (("new_mat",), {"kind": "no_place", "schools": ["School 3"]}),
        (("new_mat",), {"kind": "must_have", "must_haves": ["We insist on way_out."]}),
    ]


# Rank reversal


@pure(30)
@given(problems())
def test_with_fixed_anchors_leaving_out_an_option_behind_never_turns_the_order(problem: DecisionProblem) -> None:
    found = appraise(problem, 1)
    assert list(rank_reversal(found.leaders, found.left_out)) == []


def test_a_reversal_would_be_named() -> None:
    left = (LeftOut("option", "new_mat", ("federation",), changed=True), LeftOut("option", "stay", ("federation",), changed=True))
    (one,) = rank_reversal(("stay",), left)
    assert (one.where, one.found) == (("new_mat",), {"leaders_without": ["federation"]})


# Sums of our own


@pure(30)
@given(problems())
def test_points_add_up_to_the_total_and_weights_to_one(problem: DecisionProblem) -> None:
    found = appraise(problem, 1)
    assert found.contributions is not None
    assert found.overall is not None
    assert problem.weights is not None
    assert sum(problem.weights.shares.values()) == pytest.approx(1)
    for key, points in found.contributions.items():
        assert sum(points.values()) == pytest.approx(found.overall[key].likely)
