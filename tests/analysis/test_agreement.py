"""Agreement: how far groups lie apart on each criterion."""

from __future__ import annotations

from dataclasses import replace

from partnership_model.analysis.agreement import Apart, apart
from partnership_model.model.weights import from_points
from tests.making import make_criterion, make_problem

TABLE = {"stay": (80, 20), "federation": (20, 80)}
CRITERIA = {"a": make_criterion(), "b": make_criterion()}


def test_the_criterion_on_which_groups_lie_furthest_apart_stands_before_the_others() -> None:
    groups = {"Staff": from_points({"a": 90, "b": 10}, "Staff"), "Parents": from_points({"a": 30, "b": 70}, "Parents")}
    problem = replace(make_problem(TABLE, (50, 50), CRITERIA), group_weights=groups)
    assert apart(problem) == (Apart("a", 0.3, 0.9, "Parents", "Staff"), Apart("b", 0.1, 0.7, "Staff", "Parents"))


def test_one_group_alone_agrees_with_nobody() -> None:
    problem = replace(make_problem(TABLE, (50, 50), CRITERIA), group_weights={"Staff": from_points({"a": 1, "b": 1}, "Staff")})
    assert apart(problem) == ()
