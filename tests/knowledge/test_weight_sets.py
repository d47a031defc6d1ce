"""Plausible weights as a case writes them: which set is in use, and every condition as a sum that is at least a figure."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import ValidationError

from partnership_model.knowledge.contradictions import contradiction
from partnership_model.knowledge.weight_sets import MOST_CONDITIONS, WeightSet
from tests.knowledge.test_contradictions import asked


@pytest.mark.parametrize(
    ("keys", "in_use"),
    [
        ({}, "order"),
        ({"set": "any"}, "any"),
        ({"set": "near", "within": 5}, "near"),
        ({"ranges": {"a": [10, 30]}}, "conditions"),
        ({"ranges": {"a": [0, 100]}}, "order"),
        ({"set": "order", "ranges": {"a": [10, 30]}}, "order"),
    ],
)
def test_the_set_in_use_is_the_one_named_else_the_conditions_else_the_order(keys: dict[str, Any], in_use: str) -> None:
    assert asked(**keys).in_use == in_use


def test_every_condition_is_a_sum_that_is_at_least_a_figure() -> None:
    found = asked(
        ranges={"a": [10, 30], "b": [0, 40], "c": [5, 100]},
        at_least=[{"criterion": "a", "than": "b"}, {"criterion": "a", "times": 2.5, "than": "c"}],
        conditions=[{"sum": {"a": 1, "b": -2, "c": 0}, "at_least": -10, "at_most": 20}],
    ).limits
    assert [(dict(one.factors), one.least, one.says, one.place) for one in found] == [
        ({"a": 1}, 10, "a at least 10", ("ranges", "a")),
        ({"a": -1}, -30, "a at most 30", ("ranges", "a")),
        ({"b": -1}, -40, "b at most 40", ("ranges", "b")),
        ({"c": 1}, 5, "c at least 5", ("ranges", "c")),
        ({"a": 1, "b": -1}, 0, "a at least b", ("at_least", 0)),
        ({"a": 1, "c": -2.5}, 0, "a at least 2.5 times c", ("at_least", 1)),
        ({"a": 1, "b": -2}, -10, "a - 2 x b at least -10", ("conditions", 0)),
        ({"a": -1, "b": 2}, -20, "a - 2 x b at most 20", ("conditions", 0)),
    ]


def test_without_a_criterion_the_conditions_that_compare_others_stay() -> None:
    found = asked(
        set="conditions",
        ranges={"a": [10, 30]},
        at_least=[{"criterion": "a", "than": "b"}, {"criterion": "a", "than": "c"}],
        conditions=[{"sum": {"a": 1, "b": 1}, "at_least": 20}, {"sum": {"a": 1, "b": -3}, "at_least": 0}],
    )
    assert [one.says for one in found.without("c").limits] == ["a at least b", "a - 3 x b at least 0"]
    assert found.without("c").in_use == "conditions"
    assert found.without("a") == WeightSet()


@pytest.mark.parametrize("low", [True, "10", None, float("nan"), -1, 101])
def test_the_end_of_a_range_is_a_number_of_points(low: Any) -> None:  # noqa: ANN401 - anything
    with pytest.raises(ValidationError, match=r"expected two figures of 100|expected 0 <= lowest <= highest <= 100"):
        asked(ranges={"a": [low, 50]})


def test_there_may_be_fifty_conditions_and_not_one_more() -> None:
    one = {"criterion": "a", "than": "b"}
    assert len(asked(at_least=[one] * MOST_CONDITIONS).limits) == MOST_CONDITIONS
    with pytest.raises(ValidationError, match="at most 50"):
        asked(at_least=[one] * (MOST_CONDITIONS + 1))


def test_the_example_of_the_documents_is_accepted_whole_and_holds_together() -> None:
    text = (Path(__file__).resolve().parents[2] / "docs" / "cases.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```yaml\nplausible_weights:\n(.*?)```", text, re.DOTALL)
    found = WeightSet.model_validate(yaml.safe_load(example), by_alias=True, by_name=False)
    assert found.model_fields_set == set(WeightSet.model_fields)
    assert contradiction(found.limits, ("autonomy", "cost", "staff", "effort_of_change")) == ()
