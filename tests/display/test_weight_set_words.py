"""The sets of weights in words: each says what it is, in plain English."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from partnership_model.display import weight_set_words, words
from partnership_model.knowledge.weight_sets import WeightSet
from tests.display.section_reading import text_of
from tests.display.test_notebook import blocks_of, ember
from tests.making import make_criterion, make_problem


def problem(**keys: Any) -> Any:  # noqa: ANN401 - as in a case
    """Make a problem with what a case says of plausible weights."""
    criteria = {name: make_criterion(label=name.capitalize()) for name in ("autonomy", "staff", "cost")}
    table = {"stay": [1, 2, 3], "federation": [3, 2, 1]}
    asked = WeightSet.model_validate(keys, by_alias=True, by_name=False)
    return replace(make_problem(table, criteria=criteria), weight_set=asked)


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ({"ranges": {"autonomy": [10, 30]}}, "Autonomy carries 10 to 30 of 100."),
        ({"ranges": {"autonomy": [20, 20]}}, "Autonomy carries exactly 20 of 100."),
        ({"ranges": {"cost": [0, 12.5]}}, "Cost carries at most 12.5 of 100."),
        ({"at_least": [{"criterion": "staff", "than": "cost"}]}, "Staff matters at least as much as cost."),
        ({"at_least": [{"criterion": "staff", "times": 2, "than": "cost"}]}, "Staff matters at least twice as much as cost."),
        ({"at_least": [{"criterion": "staff", "times": 1.5, "than": "cost"}]}, "Staff matters at least 1.5 times as much as cost."),
        ({"conditions": [{"sum": {"autonomy": 1, "staff": 1}, "at_least": 40}]}, "Autonomy and staff together carry at least 40 of 100."),
        ({"conditions": [{"sum": {"autonomy": 1}, "at_most": 40}]}, "Autonomy carries at most 40 of 100."),
        (
            {"conditions": [{"sum": {"autonomy": 1, "staff": 1, "cost": -1}, "at_least": 0}]},
            "Autonomy and staff together carry at least as much as cost.",
        ),
        (
            {"conditions": [{"sum": {"autonomy": 1, "cost": -1}, "at_least": 5, "at_most": 20}]},
            "What autonomy carries, less cost, is 5 to 20 of 100.",
        ),
        ({"conditions": [{"sum": {"autonomy": 2, "cost": -1}, "at_least": 5}]}, "2 x autonomy - cost is at least 5 of 100."),
        ({"conditions": [{"sum": {"cost": -1}, "at_least": -30}]}, "- cost is at least -30 of 100."),
    ],
)
def test_each_condition_is_a_sentence(keys: dict[str, Any], said: str) -> None:
    assert weight_set_words.conditions(problem(**keys)) == [said]


def test_every_set_is_named_in_every_way_and_no_two_alike() -> None:
    kinds = ("order", "near", "any", "groups", "conditions")
    found = problem(within=1, spread=5, ranges={"cost": [1, 5]})
    for say in (weight_set_words.head, weight_set_words.choice, weight_set_words.weights):
        assert len({say(found, kind) for kind in kinds}) == 5
    assert weight_set_words.head(found, "near") == "Within 1 point"
    assert "or some near them" in weight_set_words.weights(found, "groups")
    assert "near" not in weight_set_words.weights(problem(), "groups")


@pytest.mark.parametrize(
    ("keys", "weights"),
    [
        ({}, "weights that keep the order of importance"),
        ({"set": "any"}, "any weights at all"),
        ({"set": "near", "within": 5}, "weights within 5 points of ours"),
        ({"set": "groups"}, "the stakeholder groups' own weights"),
        ({"ranges": {"cost": [5, 60]}}, "weights that meet the case's conditions"),
    ],
)
def test_the_report_names_the_set_in_use_wherever_it_counts_ways_of_weighing(keys: dict[str, Any], weights: str) -> None:
    run = ember(plausible_weights=WeightSet.model_validate(keys, by_alias=True, by_name=False))
    for section in ("summary", "how_sure"):
        assert f"{words.NOT_A_CHANCE} They assume {weights}, and judgements anywhere" in text_of(blocks_of(run, section))
    assert f"counts places over {weights} and judgements" in text_of(blocks_of(run, "annex"))
