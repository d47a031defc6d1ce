"""Weights without ranges, sums that are wrong, one group that carries the answer, who counts, and an average that hides a disagreement."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from partnership_model.analysis.appraisal import appraise
from partnership_model.analysis.mistakes.weighing import (
    adding_errors,
    averaged_conflict,
    own_leaders,
    strategic_voting,
    ways_of_counting,
    weights_after_scores,
    weights_without_ranges,
    who_counts,
)
from partnership_model.model.problem import build_problem
from tests.making import DAY, make_case, make_group, make_knowledge, make_range

if TYPE_CHECKING:
    from partnership_model.analysis.appraisal import Appraisal
    from partnership_model.knowledge.cases import Case
    from partnership_model.knowledge.weighings import GroupWeights

POINTS = {"autonomy": 60, "cost": 40}


def asked(group: GroupWeights, how: str) -> GroupWeights:
    """Give the same group's weights, asked for in other words."""
    return group.model_copy(update={"elicited": group.elicited.model_copy(update={"how": how})})


def case_of(*groups: tuple[str, tuple[float, float], int], **changes: Any) -> tuple[Case, Appraisal]:  # noqa: ANN401
    """Make a case of two options: staying has all of autonomy, the federation all of cost; so whoever weighs more decides."""
    weights = tuple(make_group(name, {"autonomy": raw[0], "cost": raw[1]}, people) for name, raw, people in groups)
    case = make_case(weights=weights, options=("stay", "federation"), **changes)
    problem = build_problem(case, make_knowledge())
    figures = {("stay", "autonomy"): 100, ("stay", "cost"): 250, ("federation", "autonomy"): 0, ("federation", "cost"): -50}
    for cell, figure in figures.items():
        problem = problem.with_judgement(replace(problem.judgements[cell], amount=make_range(figure), confirmed=True))
    return case, appraise(problem, 1)


# Ranges


@pytest.mark.parametrize(
    ("method", "how", "importance"),
    [("points", "a hundred points shared out", False), ("swing", "each rated for its importance", True)],
)
def test_weights_are_without_ranges_where_the_lifts_were_not_shown_or_importance_was_asked(method: str, how: str, importance: bool) -> None:  # noqa: FBT001
    case = make_case(weights=(asked(make_group(values=POINTS, method=method), how),))
    (one,) = weights_without_ranges(case)
    assert (one.where, one.found) == (("Governors",), {"method": method, "importance": importance})


@pytest.mark.parametrize(
    ("method", "how"),
    [("points", "a hundred points shared out over the lifts from worst to best"), ("swing", "with cards")],
)
def test_weights_have_ranges_where_the_lifts_were_shown_or_swings_were_asked(method: str, how: str) -> None:
    assert list(weights_without_ranges(make_case(weights=(asked(make_group(values=POINTS, method=method), how),)))) == []


# Sums


def test_shared_out_points_that_do_not_add_up_to_a_hundred_are_named() -> None:
    (one,) = adding_errors(make_case(weights=(make_group(values={"autonomy": 60, "cost": 37}, method="points"),)))
    assert (one.where, one.found) == (("Governors",), {"total": 97})
    right = (make_group(values=POINTS, method="points"), make_group("Staff", {"autonomy": 100, "cost": 37}))
    assert list(adding_errors(make_case(weights=right))) == []


# Scores first


def logged(*entries: tuple[str, int]) -> Case:
    """Make a case whose group weighed on 15 April 2016, with a decisions log: what happened, and how many days later."""
    decisions = tuple(
        {"on": DAY + dt.timedelta(days=days), "kind": kind, "says": "So it was.", "by": "The clerk"} for kind, days in entries
    )
    return make_case(weights=(make_group(values=POINTS),), appraisal={"decisions": decisions})


@pytest.mark.parametrize("kind", ["scores_agreed", "result_seen"])
def test_weights_that_were_taken_after_scores_were_known_are_named(kind: str) -> None:
    (one,) = weights_after_scores(logged((kind, -3), ("result_seen", 5)))
    assert (one.where, one.found) == (("Governors",), {"weighed": "2016-04-15", "known": "2016-04-12"})


@pytest.mark.parametrize("entries", [(("scores_agreed", 0),), (("result_seen", 1),), (("criteria_agreed", -9),)])
def test_weights_that_came_before_and_a_log_that_does_not_say_are_not(entries: tuple[tuple[str, int], ...]) -> None:
    assert list(weights_after_scores(logged(*entries))) == []


# One group


def test_a_group_without_which_another_option_comes_first_is_named_with_what_sets_it_apart() -> None:
    """By hand: the mean weight of autonomy is (95 + 45 + 40) / 3 = 60, so staying leads; without Parents 42.5, so it does not."""
    _, appraisal = case_of(("Parents", (95, 5), 10), ("Staff", (45, 55), 10), ("Governors", (40, 60), 10))
    (one,) = strategic_voting(appraisal)
    assert one.where == ("Parents",)
    assert one.found["leaders_without"] == ["federation"]
    assert one.found["own"] == pytest.approx(0.95)
    assert one.found["median"] == pytest.approx(0.425)


def test_of_two_groups_neither_stands_apart_and_of_three_that_agree_none_does() -> None:
    assert list(strategic_voting(case_of(("Parents", (95, 5), 10), ("Staff", (45, 55), 10))[1])) == []
    assert list(strategic_voting(case_of(("A", (70, 30), 10), ("B", (60, 40), 10), ("C", (65, 35), 10))[1])) == []


# Who counts


def test_one_voice_for_each_group_each_person_and_each_school_are_all_worked_out() -> None:
    """By hand, autonomy: groups (90 + 30 + 35) / 3 = 52; people (90 + 30 x 20 + 35 x 20) / 41 = 34; schools (60 + 35) / 2 = 47.5."""
    groups = (("Infant A, governors", (90, 10), 1), ("Infant A, staff", (30, 70), 20), ("Junior B, staff", (35, 65), 20))
    case, appraisal = case_of(*groups, who_counts="group")
    assert {one.counted: one.leaders for one in ways_of_counting(case, appraisal)} == {
        "group": ("stay",),
        "person": ("federation",),
        "school": ("federation",),
    }
    (one,) = who_counts(case, appraisal)
    assert one.found["said"] is True
    assert one.found["leaders"]["person"] == ["federation"]


def test_groups_that_are_of_no_single_school_give_no_voice_to_schools() -> None:
    case, appraisal = case_of(("Parents", (90, 10), 10), ("Infant A, staff", (80, 20), 10), who_counts="group")
    assert [one.leaders for one in ways_of_counting(case, appraisal)] == [("stay",), ("stay",), None]
    assert list(who_counts(case, appraisal)) == []


def test_a_case_of_several_groups_that_does_not_say_who_counts_is_told_so() -> None:
    case, appraisal = case_of(("Parents", (90, 10), 10), ("Staff", (80, 20), 10))
    (one,) = who_counts(case, appraisal)
    assert (one.found["used"], one.found["said"]) == ("group", False)


def test_a_single_group_leaves_nothing_to_count() -> None:
    case, appraisal = case_of(("Parents", (90, 10), 10))
    assert ways_of_counting(case, appraisal) == ()
    assert list(who_counts(case, appraisal)) == list(averaged_conflict(case, appraisal)) == []


# A disagreement


def test_groups_that_put_different_options_first_are_a_conflict_that_the_average_hides() -> None:
    case, appraisal = case_of(("Parents", (90, 10), 10), ("Staff", (20, 80), 10), who_counts="group")
    assert own_leaders(appraisal) == {"Parents": ("stay",), "Staff": ("federation",)}
    (one,) = averaged_conflict(case, appraisal)
    assert one.found == {"first": {"Parents": ["stay"], "Staff": ["federation"]}, "together": ["stay"], "nobodys": []}


def test_groups_that_agree_are_no_conflict_and_other_weights_in_use_are_not_theirs() -> None:
    case, appraisal = case_of(("Parents", (90, 10), 10), ("Staff", (80, 20), 10))
    assert list(averaged_conflict(case, appraisal)) == []
    case, appraisal = case_of(("Parents", (90, 10), 10), ("Staff", (20, 80), 10), weights_in_use=make_group("The meeting", POINTS))
    assert list(averaged_conflict(case, appraisal)) == list(who_counts(case, appraisal)) == []
