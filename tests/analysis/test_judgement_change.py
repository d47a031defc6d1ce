"""What would need to be true for an option to come first: by hand, against a solver, and just enough and no more."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog

from partnership_model.analysis.appraisal import appraise
from partnership_model.analysis.judgement_change import JudgementChange, MovedFigure, judgement_change
from partnership_model.analysis.overall import values_of
from partnership_model.knowledge.schema import Range
from partnership_model.model.value_functions import value_of
from tests.analysis.drawing import problems
from tests.making import make_cost, make_criterion, make_problem, pure

if TYPE_CHECKING:
    from collections.abc import Iterable

    from partnership_model.model.problem import DecisionProblem

TABLE = {"stay": [(60, 80, 90), (20, 30, 40)], "federation": [(40, 50, 60), (30, 40, 60)], "new_mat": [(0, 10, 20), (0, 10, 20)]}


def found_for(problem: DecisionProblem, option: str) -> JudgementChange:
    """Find what would put an option first."""
    values = values_of(problem)
    assert problem.weights is not None
    return judgement_change(problem, values, problem.weights.array(values.criteria), option)


def totals(problem: DecisionProblem) -> dict[str, float]:
    """Give likely overall values."""
    values = values_of(problem)
    assert problem.weights is not None
    return dict(zip(values.options, (values.likely @ problem.weights.array(values.criteria)).tolist(), strict=True))


def changed(problem: DecisionProblem, figures: Iterable[MovedFigure], part: float = 1.0) -> DecisionProblem:
    """Put other likely figures in place, or such as are only a part of the way there."""
    for one in figures:
        before = problem.judgements[one.option, one.criterion]
        at = one.now + part * (one.needed - one.now)
        amount = Range(low=min(before.amount.low, at), likely=at, high=max(before.amount.high, at))
        problem = replace(problem, judgements={**problem.judgements, (one.option, one.criterion): replace(before, amount=amount)})
    return problem


def behind(problem: DecisionProblem, option: str) -> float:
    """Say by how much an option is behind the best."""
    every = totals(problem)
    return max(every.values()) - every[option]


def named(figures: Iterable[MovedFigure] | None) -> dict[tuple[str, str], float]:
    """Give the figures that are needed by option and criterion."""
    assert figures is not None
    return {(one.option, one.criterion): one.needed for one in figures}


# By hand


def test_the_figure_that_does_it_alone_by_hand() -> None:
    """At 0.6 and 0.4 stay has 60, federation 46: 14 behind, so c1 50 + 14 / 0.6 = 73.3 or c2 40 + 14 / 0.4 = 75.

    Staying is alone ahead of federation, so its c1 at 80 - 23.3 = 56.7 would be enough too; c2 has only 30 to lose of 35.
    """
    found = found_for(make_problem(TABLE, (60, 40)), "federation")
    assert found.behind == pytest.approx(14)
    assert named(found.alone) == pytest.approx({("federation", "c1"): 220 / 3, ("federation", "c2"): 75, ("stay", "c1"): 170 / 3})
    assert [one.in_range for one in found.alone] == [False, False, False]
    assert [round(one.points, 2) for one in found.alone] == [23.33, -23.33, 35]
    assert found.alone[0].level == pytest.approx((220 / 3, 220 / 3))


def test_what_lies_inside_a_range_stands_first_however_far_it_is() -> None:
    table = {"stay": [60, 60], "federation": [(40, 50, 60), (40, 50, 90)]}
    found = found_for(make_problem(table, (60, 40)), "federation")
    assert [(one.criterion, one.in_range) for one in found.alone if one.option == "federation"] == [("c2", True), ("c1", False)]
    assert found.alone[0].needed == pytest.approx(75)


def test_its_own_figures_together_inside_their_ranges_and_on_the_whole_scale_by_hand() -> None:
    """14 are missing. Inside the ranges c1 brings 6 and c2 8: both ends are just enough. Anywhere c1 alone is."""
    found = found_for(make_problem(TABLE, (60, 40)), "federation")
    assert named(found.own_in_range) == pytest.approx({("federation", "c1"): 60, ("federation", "c2"): 60})
    assert named(found.own) == pytest.approx({("federation", "c1"): 220 / 3})
    assert found.short == 0
    far = found_for(make_problem(TABLE, (60, 40)), "new_mat")
    assert far.own_in_range is None
    assert far.short == pytest.approx(60 - 20)
    assert named(far.own) == pytest.approx({("new_mat", "c1"): 10 + 50 / 0.6})


def test_the_heaviest_criterion_is_filled_before_the_next() -> None:
    found = found_for(make_problem({"stay": [100, 100], "federation": [80, 10]}, (60, 40)), "federation")
    assert named(found.own) == pytest.approx({("federation", "c1"): 100, ("federation", "c2"): 100})
    assert named(found.alone) == pytest.approx({("stay", "c1"): 20})


def test_a_rivals_fall_is_taken_where_that_moves_less_by_hand() -> None:
    """36 + 12 = 48 points behind: c1 of the option has 20 to rise (12 points), and the rest costs least on the rival's c1.

    36 points at 0.6 are 60 of its 100: 80 in all, where the option alone would need 20 + 90 = 110.
    """
    found = found_for(make_problem({"stay": [100, 100], "federation": [80, 10]}, (60, 40)), "federation")
    assert found.behind == pytest.approx(48)
    assert named(found.together) == pytest.approx({("federation", "c1"): 100, ("stay", "c1"): 40})
    assert sum(abs(one.points) for one in found.together) == pytest.approx(80)
    assert sum(abs(one.points) for one in found.own) == pytest.approx(110)


def test_with_two_rivals_ahead_neither_of_their_figures_does_it_alone() -> None:
    found = found_for(make_problem({"stay": [90, 50], "federation": [80, 50], "new_mat": [50, 50]}), "new_mat")
    assert {one.option for one in found.alone} == {"new_mat"}


def test_a_criterion_without_weight_moves_nothing() -> None:
    found = found_for(make_problem({"stay": [90, 0], "federation": [50, 0]}, (1, 0)), "federation")
    assert named(found.alone) == pytest.approx({("federation", "c1"): 90, ("stay", "c1"): 50})
    assert named(found.own) == pytest.approx({("federation", "c1"): 90})


def test_what_is_first_alone_or_level_needs_no_change() -> None:
    for table in ({"stay": [60, 50], "federation": [50, 40]}, {"stay": [60, 40], "federation": [40, 60]}, {"stay": [1, 2]}):
        found = found_for(make_problem(table), "stay")
        assert (found.behind, found.short, found.alone, found.own_in_range, found.own, found.together) == (0, 0, (), (), (), ())


def test_pounds_are_given_in_pounds_where_less_is_better() -> None:
    """Cost 100 is worth 40, and 40 / 0.5 are missing: a value of 85 is a cost of nothing, 62.5 one of £50."""
    criteria = {"cost": make_cost(), "staff": make_criterion()}
    table = {"stay": [100, (50, 60, 70)], "federation": [(20, 100, 130), (20, 37.5, 50)]}
    found = found_for(make_problem(table, (50, 50), criteria), "federation")
    first = next(one for one in found.alone if (one.option, one.criterion) == ("federation", "cost"))
    assert (first.now, first.needed, first.in_range) == (100, pytest.approx(50), True)
    assert first.points == pytest.approx(22.5)


def test_where_a_value_function_is_flat_the_whole_interval_is_given_and_its_nearest_end_is_needed() -> None:
    """From 20 to 60 everything is worth 50. Federation at 10 (25) has to reach 50: 20 is enough, and up to 60 nothing changes."""
    flat = make_criterion(0, 100, ((0, 0), (20, 50), (60, 50), (100, 100)))
    found = found_for(make_problem({"stay": [40], "federation": [10]}, (1,), {"c1": flat}), "federation")
    own = next(one for one in found.alone if one.option == "federation")
    assert (own.now, own.needed, own.level) == (10, pytest.approx(20), pytest.approx((20, 60)))
    other = next(one for one in found.alone if one.option == "stay")
    assert (other.now, other.needed) == (40, pytest.approx(10))


# Against a solver


def by_solver(problem: DecisionProblem, option: str, *, rivals: bool, in_range: bool = False) -> float | None:
    """Give the least sum of moves: rises of the option's own values, and falls of its rivals', each at or above nought."""
    values = values_of(problem)
    assert problem.weights is not None
    weights, row = problem.weights.array(values.criteria), values.row(option)
    count, columns = values.likely.shape
    top = values.high[row] if in_range else np.full(columns, 100.0)
    bounds = [(0, end - now) for end, now in zip(top, values.likely[row], strict=True)]
    bounds += [(0, now if rivals else 0) for now in values.likely.ravel()]
    table, needed = [], []
    for other in range(count):
        falls = np.zeros((count, columns))
        falls[other] = weights
        table.append(-np.append(weights, falls.ravel() if other != row else 0 * falls.ravel()))
        needed.append(-float((values.likely[other] - values.likely[row]) @ weights))
    found = linprog(np.ones(len(bounds)), A_ub=np.array(table), b_ub=np.array(needed), bounds=bounds, method="highs")
    return float(found.fun) if found.status == 0 else None


@pure(60)
@given(problems(most=4))
def test_no_smaller_change_is_found_by_a_solver(problem: DecisionProblem) -> None:
    for option in totals(problem):
        found = found_for(problem, option)
        for figures, settings in (
            (found.own, {"rivals": False}),
            (found.own_in_range, {"rivals": False, "in_range": True}),
            (found.together, {"rivals": True}),
        ):
            least = by_solver(problem, option, **settings)
            assert (figures is None) == (least is None)
            if figures is not None and least is not None:
                assert sum(abs(one.points) for one in figures) == pytest.approx(least, abs=1e-6)


# What always holds


@pure(60)
@given(problems(most=4))
def test_after_each_change_the_option_is_behind_no_other_and_a_little_less_does_not_do(problem: DecisionProblem) -> None:
    for option in totals(problem):
        found = found_for(problem, option)
        assert found.behind == pytest.approx(behind(problem, option), abs=1e-9)
        for figures in (*((one,) for one in found.alone), found.own_in_range, found.own, found.together):
            if figures:
                assert behind(changed(problem, figures), option) <= 1e-7
                assert behind(changed(problem, figures, 0.99), option) > 1e-4 * found.behind


@pure(60)
@given(problems(most=4))
def test_a_figure_that_does_it_alone_is_missing_only_where_its_whole_scale_is_not_enough(problem: DecisionProblem) -> None:
    for option in totals(problem):
        found = found_for(problem, option)
        ways = {(one.option, one.criterion) for one in found.alone}
        for cell, before in problem.judgements.items():
            end = 100.0 if cell[0] == option else 0.0
            at_end = changed(problem, [MovedFigure(*cell, before.amount.likely, end, (end, end), 0, in_range=False)])
            enough = found.behind > 0 and behind(at_end, option) <= 1e-9
            assert (cell in ways) == enough


@pure(60)
@given(problems(most=4))
def test_a_figure_is_inside_its_range_where_its_low_and_high_say_so(problem: DecisionProblem) -> None:
    for option in totals(problem):
        for one in found_for(problem, option).alone:
            given = problem.judgements[one.option, one.criterion].amount
            assert one.in_range == (given.low - 1e-9 <= one.needed <= given.high + 1e-9)
            assert value_of(problem.criteria[one.criterion], one.level) == pytest.approx(
                [float(value_of(problem.criteria[one.criterion], one.now)) + one.points] * 2, abs=1e-9
            )


@pure(40)
@given(problems(most=4), st.randoms(use_true_random=False))
def test_options_in_another_order_have_the_same_changes(problem: DecisionProblem, random: st.DataObject) -> None:
    order = list(problem.options)
    random.shuffle(order)  # type: ignore[attr-defined]
    mixed = replace(problem, options=tuple(order))
    for option in totals(problem):
        one, other = found_for(problem, option), found_for(mixed, option)
        assert (other.behind, other.short) == pytest.approx((one.behind, one.short), abs=1e-9)
        assert named(other.own) == pytest.approx(named(one.own), abs=1e-6)
        assert named(other.alone) == pytest.approx(named(one.alone), abs=1e-6)
        assert named(other.together) == pytest.approx(named(one.together), abs=1e-6)


# In the appraisal


def test_an_appraisal_says_it_of_each_option_that_does_not_come_first() -> None:
    found = appraise(make_problem(TABLE, (60, 40)), 1)
    assert set(found.judgement_changes) == {"federation", "new_mat"}
    assert found.judgement_changes["federation"] == found_for(found.problem, "federation")


def test_nothing_is_said_before_anybody_has_weighed_or_while_the_order_is_withheld() -> None:
    assert appraise(make_problem(TABLE, None), 1).judgement_changes == {}
    unlooked = make_problem({"stay": [(0, 50, 100)], "federation": [60]}, unconfirmed=[("stay", "c1")])
    assert appraise(unlooked, 1).judgement_changes == {}
