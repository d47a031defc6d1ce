"""Moves: those of the page are taken, and whatever else arrives is refused, changes nothing and is answered."""

from __future__ import annotations

import re
from importlib import resources
from typing import Any, get_args

import pytest
from hypothesis import example, given

from partnership_model.display.exploration import MOST_COMPARED, Exploration, after
from partnership_model.display.history_moves import HistoryMove
from partnership_model.display.keeping import KeepingMove
from partnership_model.display.moves import STEPS, Move, Step
from tests.display.exploring import DID_NOT_WORK, GOOD, JUDGE, START, WEIGHED, WRONG_MESSAGES, messages, nested, unchanged
from tests.display.test_notebook import EMBER
from tests.making import pure


@pytest.mark.parametrize("message", [*GOOD, *({"do": "go", "step": step} for step in STEPS)])
def test_every_move_of_the_page_works(message: dict[str, Any]) -> None:
    """The tests below change these; if none of them worked, nothing would be shown by that."""
    assert after(START, message).problems == {}


@pytest.mark.parametrize("message", WRONG_MESSAGES, ids=lambda message: repr(message)[:60])
def test_a_message_that_no_page_sends_changes_nothing_and_is_answered(message: object) -> None:
    state = after(START, message)
    assert state.problems == DID_NOT_WORK
    assert unchanged(START, state)


@pytest.mark.parametrize("huge", ["x" * 2_000_000, nested(500), list(range(100_000)), {str(number): number for number in range(100_000)}])
@pytest.mark.parametrize("key", ["do", "step", "extra"])
def test_a_huge_message_changes_nothing_and_is_answered(key: str, huge: object) -> None:
    state = after(START, {"do": "go", "step": "facts", key: huge})
    assert state.problems == DID_NOT_WORK
    assert unchanged(START, state)


@pure(400)
@given(messages)
@example({"do": "swing", "criterion": "cost", "value": "nan"})
@example({"do": "judge"})
def test_no_message_raises_and_one_that_is_refused_leaves_everything_as_it_was(message: object) -> None:
    state = after(WEIGHED, message)
    assert isinstance(state, Exploration)
    if state.problems:
        assert unchanged(WEIGHED, state)
        assert all(isinstance(text, str) and text.endswith(".") for text in state.problems.values())
    else:
        assert state.step in STEPS
        assert all(0 <= value <= 100 for value in state.swings.values())
        assert len(state.compared) <= MOST_COMPARED
        assert set(state.gates) <= {gate.id for gate in state.offered_gates}
        assert state.school in [school.name for school in EMBER.file.schools]


# How much may be typed


@pytest.mark.parametrize(
    ("message", "field"),
    [
        ({"do": "swing", "criterion": "cost"}, "value"),
        (JUDGE, "low"),
        (JUDGE, "likely"),
        (JUDGE, "high"),
    ],
)
def test_a_figure_may_have_forty_signs_and_not_one_more(message: dict[str, Any], field: str) -> None:
    """At forty it is still read, and refused beside its field; beyond that no page has sent it."""
    assert "page" not in after(START, message | {field: "x" * 40}).problems
    assert after(START, message | {field: "x" * 41}).problems == DID_NOT_WORK


@pytest.mark.parametrize(("message", "field", "most"), [({"do": "ask"}, "text", 200), (JUDGE, "note", 500)])
def test_a_text_may_be_as_long_as_its_field_and_not_one_sign_longer(message: dict[str, Any], field: str, most: int) -> None:
    assert after(START, message | {field: "x" * most}).problems == {}
    assert after(START, message | {field: "x" * (most + 1)}).problems == DID_NOT_WORK


# The page and its script


def test_the_script_of_the_page_sends_the_moves_that_there_are_and_no_others() -> None:
    script = resources.files("partnership_model").joinpath("display", "static", "dashboard.js").read_text(encoding="utf-8")
    table = script[script.index("const moves = {") : script.index("\n};", script.index("const moves = {"))]
    sent = {"width", *re.findall(r"^  (\w+): \((?:node)?\)", table, re.MULTILINE)}
    models = (*get_args(get_args(Move)[0]), *get_args(get_args(HistoryMove)[0]), *get_args(get_args(KeepingMove)[0]))
    assert sent | {"open_file"} == {name for model in models for name in get_args(model.model_fields["do"].annotation)}


def test_research_comes_after_the_must_haves_and_before_anybody_weighs() -> None:
    assert list(STEPS) == ["why", "facts", "must_haves", "research", "what_matters", "what_follows", "how_sure", "doors", "next"]
    assert set(STEPS) == set(get_args(Step))
