"""Cost beside score: cost is counted on one side only, and what costs no less and is worth no more is named."""

from __future__ import annotations

from partnership_model.analysis.cost_against_score import dearer_and_worth_less, worth_without_cost
from tests.making import make_criterion, make_problem

TABLE = {"stay": (40, 0), "federation": (70, 100)}
CRITERIA = {"a": make_criterion(), "cost": make_criterion(100, 0)}


def test_the_worth_of_an_option_leaves_its_cost_out_and_shares_its_weight_out_over_the_rest() -> None:
    problem = make_problem(TABLE, {"a": 20, "cost": 80}, CRITERIA)
    found = worth_without_cost(problem)
    assert found is not None
    assert {key: amount.likely for key, amount in found.items()} == {"stay": 40, "federation": 70}


def test_there_is_none_while_nobody_has_weighed_anything_but_cost() -> None:
    assert worth_without_cost(make_problem(TABLE, None, CRITERIA)) is None
    assert worth_without_cost(make_problem(TABLE, {"a": 0, "cost": 100}, CRITERIA)) is None
    assert worth_without_cost(make_problem({"stay": (0,)}, {"cost": 100}, {"cost": make_criterion(100, 0)})) is None


def test_what_costs_no_less_and_is_worth_no_more_is_named_by_hand() -> None:
    costs = {"a": 100.0, "b": 50.0, "c": 50.0, "d": 20.0}
    worths = {"a": 60.0, "b": 60.0, "c": 40.0, "d": 50.0}
    assert dearer_and_worth_less(costs, worths) == {"a": ("b",), "c": ("b", "d")}


def test_what_is_level_in_whole_numbers_beats_nothing() -> None:
    assert dearer_and_worth_less({"a": 100.2, "b": 99.9}, {"a": 60.3, "b": 60.4}) == {}
