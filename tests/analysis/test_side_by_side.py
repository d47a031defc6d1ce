"""Two states of one case side by side, worked out by hand: who comes first with whose weights and whose judgements, and why."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnership_model.analysis.appraisal import appraise
from partnership_model.analysis.sampling import BLOCK
from partnership_model.analysis.side_by_side import Outcome, side_by_side
from partnership_model.model.weights import from_points
from tests.making import make_judgement, make_problem, pure

if TYPE_CHECKING:
    from partnership_model.analysis.side_by_side import SideBySide
    from partnership_model.model.problem import DecisionProblem

TABLE = {"stay": (80, 20), "federation": (20, 80), "new_mat": (10, 10)}
OURS = make_problem(TABLE, (3, 1))  # stay 65, federation 35
THEIRS = OURS.with_weights(from_points({"c1": 1, "c2": 3}, ""))  # stay 35, federation 65
LIFTED = make_judgement("new_mat", "c1", 100)  # with ours: new_mat 77.5


def beside(one: DecisionProblem, other: DecisionProblem) -> SideBySide:
    return side_by_side(appraise(one, BLOCK), appraise(other, BLOCK))


def test_what_comes_first_is_said_for_whose_judgements_and_whose_weights() -> None:
    found = beside(OURS, THEIRS.with_judgement(LIFTED))
    assert {cell: outcome.leaders for cell, outcome in found.crossed.items()} == {
        ("one", "one"): ("stay",),
        ("one", "other"): ("federation",),
        ("other", "one"): ("new_mat",),
        ("other", "other"): ("federation",),
    }
    assert {what: outcome.leaders for what, outcome in found.swapped.items()} == {
        "weights": ("federation",),
        "judgements": ("new_mat",),
        "must_haves": ("stay",),
    }
    assert (found.different, found.matters) == (("weights", "judgements"), ("weights", "judgements"))
    assert not found.same_leader


def test_weights_stand_in_points_of_a_hundred_and_the_widest_gap_is_named() -> None:
    found = beside(OURS, THEIRS)
    assert found.weights == {"c1": (75.0, 25.0), "c2": (25.0, 75.0)}
    assert found.largest in (("c1", -50.0), ("c2", 50.0))


def test_a_judgement_that_differs_says_what_it_would_bring_and_whether_it_turns_the_order() -> None:
    other = OURS.with_judgement(LIFTED).with_judgement(make_judgement("federation", "c2", 90))
    first, second = beside(OURS, other).judgements
    assert (first.option, first.criterion, first.turns) == ("new_mat", "c1", True)
    assert first.points == pytest.approx(67.5)
    assert (second.option, second.criterion, second.turns) == ("federation", "c2", False)
    assert second.points == pytest.approx(2.5)
    assert (second.one.likely, second.other.likely) == (80, 90)


def test_the_same_state_beside_itself_differs_in_nothing() -> None:
    found = beside(OURS, OURS)
    assert (found.different, found.matters, found.judgements, found.same_leader) == ((), (), (), True)
    assert set(found.crossed.values()) == set(found.swapped.values()) == {Outcome(("stay",))}


def test_where_nobody_has_weighed_nothing_comes_first_and_no_points_are_said() -> None:
    found = beside(OURS.with_weights(None), THEIRS.with_judgement(LIFTED))
    assert found.one == Outcome((), "nobody_weighed")
    assert found.other.leaders == ("federation",)
    assert (found.largest, found.matters, found.same_leader) == (None, (), False)
    assert found.weights["c1"] == (None, 25.0)
    assert [one.points for one in found.judgements] == [None]


def test_what_nobody_looked_at_and_what_would_change_the_answer_keeps_it_back() -> None:
    unseen = replace(make_judgement("new_mat", "c1", (0, 10, 100)), confirmed=False)
    found = beside(OURS, OURS.with_judgement(unseen))
    assert found.crossed["other", "one"] == Outcome((), "unconfirmed")
    assert found.seen == {"one": 1, "other": 0}
    assert not found.matters


@pure(30)
@given(st.lists(st.integers(0, 100), min_size=12, max_size=12), st.tuples(*[st.integers(1, 9)] * 4))
def test_each_state_alone_says_what_its_own_appraisal_says(figures: list[int], weights: tuple[int, ...]) -> None:
    tables = [{name: (part[row], part[row + 3]) for row, name in enumerate(TABLE)} for part in (figures[:6], figures[6:])]
    problems = [make_problem(table, (weights[at], weights[at + 2])) for at, table in enumerate(tables)]
    one, other = (appraise(problem, BLOCK) for problem in problems)
    found, back = side_by_side(one, other), side_by_side(other, one)
    assert (found.one.leaders, found.other.leaders) == (one.leaders, other.leaders)
    assert found.crossed["one", "other"] == back.crossed["other", "one"]
    assert len(found.judgements) == len(back.judgements) == sum(figures[at] != figures[at + 6] for at in range(6))


def test_a_must_have_that_only_one_names_and_what_it_closes_are_named() -> None:
    gates = {"stay": {"way_out": "fails"}, "federation": {"way_out": "holds"}, "new_mat": {"way_out": "holds"}}
    other = make_problem(TABLE, (3, 1), gates=gates)
    found = beside(OURS, other)
    assert [gate.id for gate in found.only["other"]] == ["way_out"]
    assert (found.only["one"], found.closed) == ((), {"one": (), "other": ("stay",)})
    assert found.swapped["must_haves"].leaders == ("federation",)
    assert (found.different, found.matters) == (("must_haves",), ("must_haves",))
