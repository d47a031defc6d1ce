"""Plausible weights: the sets that a case names, built from what it says and from the weights in use."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from partnership_model.knowledge.weight_sets import WeightSet
from partnership_model.model.plausible_weights import (
    AnyWeights,
    Condition,
    ConditionedWeights,
    GroupMixture,
    OrderedWeights,
    meeting,
    near,
    of_groups,
)
from partnership_model.model.problem import DecisionProblem, build_problem
from partnership_model.model.weights import from_points
from tests.making import make_case, make_group, make_knowledge, make_problem

NAMES = ("c1", "c2", "c3")
TABLE = {"stay": [1, 2, 3], "federation": [3, 2, 1]}
GROUPS = {"governors": from_points({"c1": 5, "c2": 3, "c3": 2}, "g"), "staff": from_points({"c1": 0, "c2": 1, "c3": 1}, "s")}


def asked(**keys: Any) -> WeightSet:  # noqa: ANN401 - as in a case
    """Write what a case says."""
    return WeightSet.model_validate(keys, by_alias=True, by_name=False)


def problem(weights: tuple[float, ...] | None = (5, 3, 2), **keys: Any) -> DecisionProblem:  # noqa: ANN401 - as in a case
    """Make a problem with what a case says of plausible weights."""
    return replace(make_problem(TABLE, weights), weight_set=asked(**keys), group_weights=GROUPS, voices={"staff": 4})


def test_each_set_is_built_from_what_it_hangs_on() -> None:
    every = problem(within=25, spread=10, ranges={"c1": [10, 30]}, at_least=[{"criterion": "c2", "times": 2, "than": "c3"}])
    assert every.plausible_under("order") == OrderedWeights((("c1",), ("c2",), ("c3",)))
    assert every.plausible_under("any") == AnyWeights(NAMES)
    assert every.plausible_under("near") == ConditionedWeights(NAMES, (0.25, pytest.approx(0.05), 0.0), (0.75, 0.55, 0.45))
    assert every.plausible_under("groups") == GroupMixture(NAMES, ((0.5, 0.3, 0.2), (0.0, 0.5, 0.5)), (1, 4), 0.1)
    assert every.plausible_under("conditions") == ConditionedWeights(
        NAMES, (0.1, 0.0, 0.0), (0.3, 1.0, 1.0), (Condition((("c2", 1.0), ("c3", -2.0)), 0.0),)
    )
    assert every.plausible == every.plausible_under("conditions")


def test_points_of_100_become_shares() -> None:
    found = meeting(asked(conditions=[{"sum": {"c1": 1, "c2": 1}, "at_least": 40, "at_most": 70}]), NAMES)
    assert found.conditions == (
        Condition((("c1", 1.0), ("c2", 1.0)), 0.4),
        Condition((("c1", -1.0), ("c2", -1.0)), -0.7),
    )
    assert found.contains({"c1": 0.2, "c2": 0.2, "c3": 0.6})
    assert not found.contains({"c1": 0.2, "c2": 0.1, "c3": 0.7})
    assert not found.contains({"c1": 0.5, "c2": 0.3, "c3": 0.2})


def test_near_weights_never_fall_below_nought_or_rise_above_one() -> None:
    assert near(from_points({"a": 0, "b": 1}, "us"), 10) == ConditionedWeights(("a", "b"), (0.0, 0.9), (0.1, 1.0))


def test_the_concentration_of_a_spread_gives_a_weight_of_one_half_that_standard_deviation() -> None:
    """Dirichlet: variance w (1 - w) / (c + 1)."""
    assert of_groups(GROUPS, {}).concentration is None
    assert of_groups(GROUPS, {}).voices == (1, 1)
    concentration = of_groups(GROUPS, {}, 7).concentration
    assert concentration is not None
    assert (0.25 / (concentration + 1)) ** 0.5 == pytest.approx(0.07)


# In a problem


def test_sets_that_hang_on_the_weights_in_use_follow_them_and_others_stay() -> None:
    turned = from_points({"c1": 2, "c2": 3, "c3": 5}, "us")
    for kind, stays in (("order", False), ("near", False), ("any", True), ("groups", True), ("conditions", True)):
        now = problem(set=kind, ranges={"c1": [10, 30]})
        assert (now.plausible == now.with_weights(turned).plausible) == stays, kind
    assert problem().with_weights(turned).plausible == OrderedWeights((("c3",), ("c2",), ("c1",)))


def test_another_set_may_be_put_to_use_and_the_first_problem_stays_as_it_was() -> None:
    first = problem(within=5)
    assert first.with_weight_set("near").plausible == near(first.weights, 5) if first.weights else None
    assert first.with_weight_set("near").set_in_use == "near"
    assert first.set_in_use == "order"


def test_before_anybody_has_weighed_no_order_counts_and_nothing_is_near() -> None:
    nobody = problem(None)
    assert nobody.plausible is None
    assert nobody.plausible_under("near") is None
    assert nobody.plausible_under("any") == AnyWeights(NAMES)


def test_the_groups_are_asked_for_and_none_weighed_so_the_order_counts() -> None:
    alone = replace(problem(set="groups"), group_weights={})
    assert alone.set_in_use == "order"
    assert alone.plausible == alone.plausible_under("order")
    assert "groups" not in alone.weight_sets


def test_the_sets_side_by_side_are_those_that_make_sense() -> None:
    assert problem().weight_sets == ("order", "near", "any", "groups")
    assert problem(ranges={"c1": [10, 30]}).weight_sets == ("order", "near", "any", "groups", "conditions")
    assert problem((1, 1, 1)).weight_sets == ("order", "near", "groups")
    assert make_problem({"stay": [1]}).weight_sets == ("order",)


def test_without_a_criterion_the_conditions_on_it_go_and_those_that_then_contradict_each_other_go_too() -> None:
    ratio = {"criterion": "c1", "times": 2, "than": "c2"}
    kept = problem(at_least=[ratio], within=7).without_criterion("c3")
    assert kept.plausible == ConditionedWeights(("c1", "c2"), (0.0, 0.0), (1.0, 1.0), (Condition((("c1", 1.0), ("c2", -2.0)), 0.0),))
    gone = problem(at_least=[ratio, {"criterion": "c2", "times": 2, "than": "c1"}], within=7).without_criterion("c3")
    assert (gone.set_in_use, gone.weight_set.within) == ("order", 7)


def test_a_case_says_which_ways_of_weighing_count() -> None:
    groups = (make_group("Governors", {"autonomy": 6, "cost": 4}), make_group("Staff", {"autonomy": 1, "cost": 3}, people=30))
    case = make_case(weights=groups, who_counts="person", plausible_weights=asked(set="groups", spread=5))
    found = build_problem(case, make_knowledge()).plausible
    assert found == GroupMixture(("autonomy", "cost"), ((0.6, 0.4), (0.25, 0.75)), (10, 30), 0.05)
