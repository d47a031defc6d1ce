"""Who leads when a criterion, an option or a stakeholder group is left out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnership_model.analysis.appraisal import appraise
from partnership_model.analysis.leave_out import LeftOut, leave_out
from partnership_model.analysis.overall import overall_values, ranking, values_of
from partnership_model.analysis.switching import switching_values
from partnership_model.model.problem import build_problem
from partnership_model.model.weights import from_points
from tests.analysis.drawing import problems
from tests.making import make_case, make_group, make_knowledge, make_problem, pure

if TYPE_CHECKING:
    from partnership_model.model.problem import DecisionProblem

TABLE = {"stay": [90, 20, 40], "federation": [60, 60, 50], "new_mat": [10, 90, 60]}


def left_out(problem: DecisionProblem, what: str) -> dict[str, LeftOut]:
    """Leave out everything of one kind."""
    return {one.name: one for one in leave_out(problem, values_of(problem)) if one.what == what}


def order_of(problem: DecisionProblem) -> tuple[tuple[str, ...], ...]:
    """Rank the options."""
    values = values_of(problem)
    assert problem.weights is not None
    return ranking(overall_values(values, problem.weights.array(values.criteria)))


def voting(who_counts: str = "group", *groups: tuple[str, tuple[float, float], int]) -> DecisionProblem:
    """Build a problem of two criteria, best staying on the one and the federation on the other, weighed by groups."""
    weights = tuple(make_group(name, {"autonomy": raw[0], "cost": raw[1]}, people) for name, raw, people in groups)
    case = make_case(weights=weights, who_counts=who_counts, options=("stay", "federation"))
    problem = build_problem(case, make_knowledge())
    figures = {("stay", "autonomy"): 100.0, ("stay", "cost"): 250.0, ("federation", "autonomy"): 0.0, ("federation", "cost"): -50.0}
    for cell, figure in figures.items():
        amount = type(problem.judgements[cell].amount)(low=figure, likely=figure, high=figure)
        problem = problem.with_judgement(replace(problem.judgements[cell], amount=amount, confirmed=True))
    return problem


# Criteria


def test_three_criteria_left_out_by_hand() -> None:
    """Weights 0.5, 0.3, 0.2: stay 59, federation 58, new MAT 44.

    Without c1 (0.6, 0.4): stay 28, federation 56, new MAT 78. Without c2 (5/7, 2/7): stay 75.7, federation 57.1.
    Without c3 (0.625, 0.375): stay 63.75, federation 60.
    """
    found = left_out(make_problem(TABLE, (50, 30, 20)), "criterion")
    assert list(found.values()) == [
        LeftOut("criterion", "c1", ("new_mat",), changed=True),
        LeftOut("criterion", "c2", ("stay",), changed=False),
        LeftOut("criterion", "c3", ("stay",), changed=False),
    ]


def test_what_leads_by_less_than_a_whole_number_ties_as_in_the_ranking() -> None:
    """Without c2 the two have 60.4 and 59.6, both shown as 60."""
    found = left_out(make_problem({"stay": [60.4, 90], "federation": [59.6, 0]}), "criterion")
    assert found["c2"] == LeftOut("criterion", "c2", ("stay", "federation"), changed=True)
    assert found["c1"] == LeftOut("criterion", "c1", ("stay",), changed=False)


def test_a_criterion_without_weight_is_not_missed() -> None:
    assert not left_out(make_problem(TABLE, (50, 0, 50)), "criterion")["c2"].changed


def test_without_the_criterion_that_carries_all_the_weight_nothing_is_weighed() -> None:
    found = left_out(make_problem(TABLE, (1, 0, 0)), "criterion")
    assert found["c1"] == LeftOut("criterion", "c1", (), changed=False)


@pure(100)
@given(problems())
def test_leaving_out_a_criterion_is_the_problem_without_it(problem: DecisionProblem) -> None:
    for name, one in left_out(problem, "criterion").items():
        less = problem.without_criterion(name)
        assert one.leaders == (order_of(less)[0] if less.criteria and less.weights else ())


@pure(60)
@given(problems(certain=True))
def test_where_the_interval_of_a_weight_reaches_nought_its_leaders_are_still_among_the_first(problem: DecisionProblem) -> None:
    """The two notions agree: leaving out is where the weight is nought; ties in whole numbers may add options."""
    values = values_of(problem)
    assert problem.weights is not None
    weights = problem.weights.array(values.criteria)
    without = left_out(problem, "criterion")
    totals = values.likely @ weights
    front = {option for option, total in zip(values.options, totals, strict=True) if total >= totals.max() - 1e-9}
    for one in switching_values(values, weights):
        if one.lowest == 0 and without[one.criterion].leaders:
            assert front <= set(without[one.criterion].leaders)


# Options


def test_without_the_leader_the_next_leads_and_without_another_nothing_changes() -> None:
    found = left_out(make_problem(TABLE, (50, 30, 20)), "option")
    assert found["stay"] == LeftOut("option", "stay", ("federation",), changed=True)
    assert found["federation"] == LeftOut("option", "federation", ("stay",), changed=False)


def test_without_one_of_two_that_tie_the_other_leads_alone() -> None:
    found = left_out(make_problem({"stay": [60.4], "federation": [59.6], "new_mat": [10]}), "option")
    assert found["stay"] == LeftOut("option", "stay", ("federation",), changed=True)
    assert found["new_mat"] == LeftOut("option", "new_mat", ("stay", "federation"), changed=False)


@pure(100)
@given(problems())
def test_leaving_out_an_option_never_changes_the_order_of_the_others(problem: DecisionProblem) -> None:
    """The anchors are fixed: the ranking of the rest is the ranking of all with the one struck out."""
    for name, one in left_out(problem, "option").items():
        rest = replace(problem, options=tuple(option for option in problem.options if option.key != name))
        struck = [tuple(key for key in place if key != name) for place in order_of(problem)]
        expected = tuple(place for place in struck if place)
        if rest.options:
            assert order_of(rest) == expected
        assert one.leaders == (expected[0] if expected else ())


# Stakeholder groups


def test_two_groups_left_out_by_hand() -> None:
    """Governors 0.8 for autonomy, staff 0.3: 0.55 together, so staying; without the governors the federation leads."""
    found = left_out(voting("group", ("Governors", (80, 20), 10), ("Staff", (30, 70), 90)), "group")
    assert list(found.values()) == [
        LeftOut("group", "Governors", ("federation",), changed=True),
        LeftOut("group", "Staff", ("stay",), changed=False),
    ]


def test_the_others_are_put_together_as_the_case_counts_them() -> None:
    """Without governors: staff 0.2 and parents 0.9 for autonomy are 0.55 by group, and 0.27 by person (90 and 10)."""
    groups = ("Governors", (50, 50), 10), ("Staff", (20, 80), 90), ("Parents", (90, 10), 10)
    assert left_out(voting("group", *groups), "group")["Governors"].leaders == ("stay",)
    assert left_out(voting("person", *groups), "group")["Governors"].leaders == ("federation",)


@pytest.mark.parametrize("who_counts", ["group", "person"])
def test_leaving_out_a_group_is_the_case_without_it(who_counts: str) -> None:
    groups = [("Governors", (55, 45), 12), ("Staff", (20, 80), 60), ("Parents", (70, 30), 33)]
    found = left_out(voting(who_counts, *groups), "group")
    assert list(found) == [name for name, _, _ in groups]
    for place, (name, _, _) in enumerate(groups):
        rest = voting(who_counts, *groups[:place], *groups[place + 1 :])
        assert found[name].leaders == order_of(rest)[0]


def test_a_single_group_is_not_left_out() -> None:
    assert left_out(voting("group", ("Governors", (80, 20), 10)), "group") == {}


def test_groups_are_not_left_out_of_weights_that_are_not_theirs() -> None:
    problem = voting("group", ("Governors", (80, 20), 10), ("Staff", (30, 70), 90))
    assert left_out(problem.with_weights(from_points({"autonomy": 50, "cost": 50}, "what was said here")), "group") == {}
    same = from_points({"autonomy": 55, "cost": 45}, "what was said here")
    assert len(left_out(problem.with_weights(same), "group")) == 2


# All of them


def test_where_nobody_has_weighed_or_no_option_is_left_nothing_is_left_out() -> None:
    unweighed = make_problem(TABLE, None)
    assert leave_out(unweighed, values_of(unweighed)) == ()
    closed = make_problem(TABLE, status=dict.fromkeys(TABLE, "closed"))
    assert leave_out(closed, values_of(closed)) == ()


@pure(60)
@given(problems(), st.sampled_from([2.0, 100.0, 0.25]))
def test_weights_on_another_scale_change_nothing(problem: DecisionProblem, scale: float) -> None:
    assert problem.weights is not None
    scaled = from_points({name: scale * share for name, share in problem.weights.shares.items()}, "governors")
    assert leave_out(problem.with_weights(scaled), values_of(problem)) == leave_out(problem, values_of(problem))


@pure(60)
@given(problems(), st.randoms(use_true_random=False))
def test_options_in_another_order_have_the_same_leaders(problem: DecisionProblem, random: object) -> None:
    options = list(problem.options)
    random.shuffle(options)  # type: ignore[attr-defined]
    mixed = replace(problem, options=tuple(options))
    here, there = (leave_out(one, values_of(one)) for one in (problem, mixed))
    assert {(one.what, one.name, frozenset(one.leaders), one.changed) for one in here} == {
        (one.what, one.name, frozenset(one.leaders), one.changed) for one in there
    }


def test_an_appraisal_says_neither_while_the_order_is_withheld() -> None:
    table = {"stay": [(0, 70, 100), 40], "federation": [50, 50]}
    found = appraise(make_problem(table, unconfirmed=[("stay", "c1")]), 1)
    assert found.withheld == "unconfirmed"
    assert (found.left_out, found.smallest_changes) == ((), {})
    ready = appraise(make_problem(table), 1)
    assert ready.withheld is None
    assert ready.left_out
    assert ready.smallest_changes


def test_an_appraisal_asks_for_the_smallest_change_only_of_what_does_not_come_first() -> None:
    found = appraise(make_problem({"stay": [60.4, 60], "federation": [59.6, 60], "new_mat": [10, 70]}), 1)
    assert found.leaders == ("stay", "federation")
    assert list(found.smallest_changes) == ["new_mat"]
