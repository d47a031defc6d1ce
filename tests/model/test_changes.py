"""What changes for whom: a gain or a loss only where the knowledge base orders the answers for that role."""

from __future__ import annotations

import pytest

from partnership_model.model.changes import ORDER, Change, changes
from tests.making import make_knowledge

LEAST_TO_MOST = ("trust", "council", "ourselves")
LEVEL = ("trust", ("council", "diocese"), "ourselves")


def kind(today: object, then: object, order: tuple[object, ...] = LEAST_TO_MOST, role: str = "teacher") -> str:
    """What a teacher is told of one question, from an answer today to another under a federation."""
    facts = {("employer", "stay"): today, ("employer", "federation"): then, ("employer", "new_mat"): "trust"}
    knowledge = make_knowledge(facts, roles={"employer": {role: order}})  # type: ignore[dict-item]
    (found,) = changes("teacher", "federation", "community", "alone", knowledge)
    assert (found.attribute, found.role, found.today.option, found.then.option) == ("employer", "teacher", "stay", "federation")
    return found.kind


@pytest.mark.parametrize(
    ("today", "then", "expected"),
    [
        ("trust", "council", "gained"),
        ("trust", "ourselves", "gained"),
        ("council", "ourselves", "gained"),
        ("council", "trust", "lost"),
        ("ourselves", "council", "lost"),
        ("council", "council", "kept"),
    ],
)
def test_a_gain_or_a_loss_follows_the_order_of_the_answers(today: str, then: str, expected: str) -> None:
    assert kind(today, then) == expected


@pytest.mark.parametrize(("today", "then"), [("trust", "council"), ("council", "trust"), ("ourselves", "trust")])
def test_without_an_order_any_difference_is_a_change_and_nobodys_judgement_is_taken_away(today: str, then: str) -> None:
    assert kind(today, then, ()) == "changed"


@pytest.mark.parametrize(("today", "then"), [("council", "nobody"), ("nobody", "ourselves"), ("nobody", "everybody")])
def test_an_answer_that_stands_outside_the_order_is_a_change(today: str, then: str) -> None:
    assert kind(today, then) == "changed"


@pytest.mark.parametrize(
    ("today", "then", "expected"),
    [
        ("council", "diocese", "changed"),
        ("diocese", "council", "changed"),
        ("diocese", "ourselves", "gained"),
        ("diocese", "trust", "lost"),
    ],
)
def test_answers_that_stand_level_are_a_change_and_still_above_and_below_the_others(today: str, then: str, expected: str) -> None:
    assert kind(today, then, LEVEL) == expected


@pytest.mark.parametrize(
    ("today", "then"),
    [("unknown", "council"), ("council", "unknown"), ("unknown", "unknown"), ("council", None), (None, "council"), (None, None)],
)
def test_what_is_not_known_today_or_then_is_never_called_kept_gained_or_lost(today: str | None, then: str | None) -> None:
    assert kind(today, then) == "unknown"


@pytest.mark.parametrize("today", ["council", "unknown", None, "not_open"])
def test_what_is_not_open_to_the_school_is_said_before_anything_else(today: str | None) -> None:
    assert kind(today, "not_open") == "not_open"


def test_what_is_not_open_counts_as_no_step_of_an_order() -> None:
    assert kind("not_open", "council") == "changed"


@pytest.mark.parametrize(("today", "then", "expected"), [(10, 10, "kept"), (10, 20, "changed"), ((1, 2, 3), (1, 2, 4), "changed")])
def test_figures_are_kept_or_changed(today: object, then: object, expected: str) -> None:
    assert kind(today, then, ()) == expected


def test_only_the_questions_that_concern_the_role_are_compared() -> None:
    knowledge = make_knowledge(
        {"employer": "council", "budget": "ours", "land": "ours"}, roles={"employer": {"teacher": ()}, "land": {"teacher": (), "head": ()}}
    )
    assert [one.attribute for one in changes("teacher", "federation", "community", "alone", knowledge)] == ["employer", "land"]
    assert [one.attribute for one in changes("head", "federation", "community", "alone", knowledge)] == ["land"]
    assert changes("parent", "federation", "community", "alone", knowledge) == ()


def test_losses_and_gains_come_first_and_what_is_not_open_last() -> None:
    order = ("little", "much")
    answers = {"kept": ("much", "much"), "not_open": ("much", "not_open"), "unknown": ("much", "unknown"), "changed": ("much", "other"),
               "gained": ("little", "much"), "lost": ("much", "little")}  # fmt: skip
    facts = {
        ("q_" + name, option): code for name, pair in answers.items() for option, code in zip(("stay", "federation"), pair, strict=True)
    }
    knowledge = make_knowledge(facts, options=("stay", "federation"), roles={"q_" + name: {"pupil": order} for name in answers})
    found = changes("pupil", "federation", "community", "alone", knowledge)
    assert [one.kind for one in found] == ["lost", "gained", "changed", "unknown", "kept", "not_open"] == list(ORDER)
    assert [one.attribute for one in found] == ["q_" + one.kind for one in found]


def test_what_changes_runs_from_the_schools_own_present_form() -> None:
    facts = {("employer", "stay"): "council", ("employer", "stay", "community", "federated"): "ourselves", "employer": "council"}
    knowledge = make_knowledge(facts, forms={"community": ("alone", "federated")}, roles={"employer": {"teacher": LEAST_TO_MOST}})
    kinds = {form: [one.kind for one in changes("teacher", "federation", "community", form, knowledge)] for form in ("alone", "federated")}
    assert kinds == {"alone": ["kept"], "federated": ["lost"]}


def test_staying_keeps_everything_that_is_known() -> None:
    knowledge = make_knowledge({"employer": "council"}, roles={"employer": {"governor": LEAST_TO_MOST}})
    found = changes("governor", "stay", "community", "alone", knowledge)
    assert [(type(one), one.kind) for one in found] == [(Change, "kept")]
