"""What has been chosen so far: each move does what it says, and a wrong one leaves everything as it was and says so."""

from __future__ import annotations

import datetime as dt
from dataclasses import fields, replace
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnership_model.analysis.appraisal import appraise
from partnership_model.display.exploration import MOST_COMPARED, after
from partnership_model.display.moves import STEPS
from partnership_model.knowledge.cases import Money
from partnership_model.knowledge.facts import Role
from partnership_model.knowledge.schema import Range
from partnership_model.model.weights import weights_of
from tests.display.exploring import GOOD, JUDGE, LEAST, MOST, NOT_ON_THE_LIST, START, messages, moved, opened, swing, unchanged
from tests.display.test_blocks import HOSTILE
from tests.display.test_notebook import DAY, EMBER, GATES, ember
from tests.making import make_group, pure

# The beginning


def test_it_begins_with_why_before_anybody_in_the_room_has_weighed() -> None:
    assert (START.step, START.school, START.visited) == ("why", "Infant A", frozenset({"why"}))
    assert (START.swings, START.judgements, START.gates, START.problems) == ({}, {}, (), {})
    assert START.compared == ("co_operative_trust", "established_mat")
    assert START.problem.weights is None
    assert appraise(START.problem, 1).withheld == "nobody_weighed"


def test_the_must_haves_of_the_case_are_on_from_the_beginning() -> None:
    state = opened(non_negotiables=(GATES["way_out"],))
    assert state.gates == ("way_out",)
    assert [gate.id for gate in state.offered_gates].count("way_out") == 1
    assert {option.key for option in state.problem.ranked_options} == {"stay", "collaboration", "co_operative_trust"}


def test_a_must_have_of_the_case_goes_before_one_of_the_same_name() -> None:
    own = GATES["way_out"].model_copy(update={"says": "We can leave."})
    state = opened(non_negotiables=(own,))
    assert [gate.says for gate in state.offered_gates if gate.id == "way_out"] == ["We can leave."]


def test_a_case_without_the_usual_options_begins_with_its_own_first_two() -> None:
    options = tuple(one for one in EMBER.options if one.option in ("stay", "federation", "new_mat", "umbrella_trust"))
    assert opened(options=options).compared == ("federation", "umbrella_trust")
    assert opened(options=options[:1]).compared == ()


# Moves


@pytest.mark.parametrize("step", STEPS)
def test_a_step_can_be_opened_and_is_remembered(step: str) -> None:
    state = moved({"do": "go", "step": step})
    assert state.step == step
    assert state.visited == {"why", step}
    assert unchanged(START, replace(state, step="why", visited=START.visited))


def test_the_facts_can_be_looked_at_as_any_school_of_the_case_invited_ones_too() -> None:
    assert [moved({"do": "school", "value": school.name}).school for school in EMBER.file.schools] == [
        school.name for school in EMBER.file.schools
    ]


def test_options_are_compared_in_the_order_of_the_case() -> None:
    state = moved({"do": "compare", "option": "collaboration", "on": True})
    assert state.compared == ("collaboration", "co_operative_trust", "established_mat")
    state = moved({"do": "compare", "option": "co_operative_trust", "on": False}, state=state)
    assert state.compared == ("collaboration", "established_mat")
    again = {"do": "compare", "option": "collaboration", "on": True}
    assert moved(again, again, state=state).compared == state.compared


def test_at_most_three_options_stand_beside_staying() -> None:
    full = moved({"do": "compare", "option": "federation", "on": True})
    assert len(full.compared) == MOST_COMPARED == 3
    state = after(full, {"do": "compare", "option": "new_mat", "on": True})
    assert state.problems == {"compare": "3 options at a time can stand beside staying. Take one away first."}
    assert unchanged(full, state)
    assert moved({"do": "compare", "option": "federation", "on": True}, state=full).compared == full.compared
    assert moved({"do": "compare", "option": "federation", "on": False}, state=state).problems == {}


def test_staying_is_always_compared_and_is_no_choice() -> None:
    state = after(START, {"do": "compare", "option": "stay", "on": True})
    assert state.problems == {"compare": NOT_ON_THE_LIST}
    assert unchanged(START, state)


def test_questions_with_the_same_answer_and_all_questions_can_be_shown() -> None:
    state = moved({"do": "show", "what": "same", "on": True}, {"do": "show", "what": "all", "on": True})
    assert (state.show_same, state.show_all) == (True, True)
    state = moved({"do": "show", "what": "same", "on": False}, state=state)
    assert (state.show_same, state.show_all) == (False, True)


def test_a_question_is_kept_as_it_was_typed_until_another_one_is_asked_and_an_empty_one_takes_it_away() -> None:
    asked = moved({"do": "ask", "text": "  Who employs <us>? "})
    assert asked.asked == "Who employs <us>?"
    assert unchanged(START, replace(asked, asked=""))
    assert moved({"do": "go", "step": "why"}, {"do": "role", "value": "head"}, state=asked).asked == "Who employs <us>?"
    assert moved({"do": "ask", "text": "And then?"}, state=asked).asked == "And then?"
    assert moved({"do": "ask", "text": " \t "}, state=asked).asked == ""


def test_what_changes_is_looked_at_as_a_governor_until_somebody_says_who_they_are() -> None:
    assert START.role == "governor"
    for role in get_args(Role):
        state = moved({"do": "role", "value": role})
        assert state.role == role
        assert unchanged(START, replace(state, role="governor"))


def test_a_must_have_can_be_named_and_given_up() -> None:
    gate = {"do": "gate", "gate": "statutory_pay", "on": True}
    state = moved(gate, gate)
    assert state.gates == ("statutory_pay",)
    assert {option.key for option in state.problem.options if option.status == "closed"} == {
        "umbrella_trust",
        "new_mat",
        "established_mat",
    }
    assert moved(gate | {"on": False}, state=state).gates == ()


def test_a_must_have_of_the_case_can_be_given_up_too() -> None:
    state = opened(non_negotiables=(GATES["way_out"],))
    state = moved({"do": "gate", "gate": "way_out", "on": False}, state=state)
    assert len(state.problem.ranked_options) == 7
    assert "way_out" in [gate.id for gate in state.offered_gates]


def test_a_look_confirms_a_judgement_and_changes_no_figure() -> None:
    before = START.problem.judgements["new_mat", "cost"]
    state = moved({"do": "look", "option": "new_mat", "criterion": "cost"})
    now = state.problem.judgements["new_mat", "cost"]
    assert (before.confirmed, now.confirmed) == (False, True)
    assert replace(now, confirmed=False) == before
    assert len(state.problem.unconfirmed) == len(START.problem.unconfirmed) - 1


def test_own_figures_replace_a_judgement_with_their_reason() -> None:
    now = moved(JUDGE | {"note": "  We counted. "}).problem.judgements["stay", "staff"]
    assert now.amount == Range(low=10, likely=20, high=30)
    assert (now.origin, now.confirmed, now.grade, now.evidence, now.reasoning) == ("group", True, "D", (), "We counted.")


def test_typed_figures_are_a_triangle_whatever_spread_they_replace() -> None:
    before = START.problem.judgements["stay", "staff"]
    spread = replace(before, shape="outcomes", outcomes=((10.0, 0.5), (30.0, 0.5)))
    now = moved(JUDGE, state=replace(START, judgements={("stay", "staff"): spread})).problem.judgements["stay", "staff"]
    assert (now.shape, now.outcomes) == ("triangle", ())


def test_figures_of_money_are_typed_in_pounds_and_may_be_savings() -> None:
    money = {**JUDGE, "criterion": "cost", "low": "£-50", "likely": "0", "high": "£10"}
    assert moved(money).problem.judgements["stay", "cost"].amount == Range(low=-50, likely=0, high=10)


def test_a_judgement_may_be_changed_again_and_the_last_one_counts() -> None:
    state = moved(JUDGE, {**JUDGE, "likely": "25"}, {"do": "look", "option": "stay", "criterion": "staff"})
    assert state.problem.judgements["stay", "staff"].amount.likely == 25
    assert len(state.judgements) == 1


def test_what_was_judged_stays_when_must_haves_and_weights_change() -> None:
    state = moved(JUDGE, {"do": "gate", "gate": "way_out", "on": True}, {"do": "weights", "of": "case"}, {"do": "weights", "of": "nobody"})
    assert state.problem.judgements["stay", "staff"].reasoning == "We counted."
    assert state.problem.weights is None


# What was typed


@pytest.mark.parametrize(
    ("typed", "number"), [(" 55 ", 55), ("£20", 20), ("£ 20", 20), ("0", 0), ("100", 100), ("0.4", 0.4), ("-0", 0), ("7.0", 7)]
)
def test_a_figure_is_taken_as_people_type_it(typed: str, number: float) -> None:
    assert moved(swing(typed)).swings == {"cost": number}


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("abc", "“abc” is not a number. "),
        ("", "“nothing” is not a number. "),
        ("   ", "“nothing” is not a number. "),
        ("-1", "-1 is outside the scale. "),
        ("101", "101 is outside the scale. "),
        ("100.001", "100.001 is outside the scale. "),
        ("1e999", ""),
        ("-inf", ""),
        ("nan", ""),
        ("20%", "“20%” is not a number. "),
        ("£", "“£” is not a number. "),
        ("1 2", "“1 2” is not a number. "),
        ("0x10", "“0x10” is not a number. "),
        ("<b>5</b>", "“<b>5</b>” is not a number. "),
    ],
)
def test_a_wrong_figure_is_refused_beside_its_field_and_the_last_good_one_is_kept(typed: str, says: str) -> None:
    good = moved({"do": "weights", "of": "case"}, swing("55"))
    state = after(good, swing(typed))
    assert set(state.problems) == {"swing-cost"}
    assert state.problems["swing-cost"].startswith(says)
    assert state.problems["swing-cost"].endswith(" from 0 to 100.")
    assert unchanged(good, state)
    assert state.problem == good.problem
    assert after(state, swing("60")).problems == {}


@pytest.mark.parametrize("typed", ["1_0", "1,5"])
def test_a_figure_that_people_read_otherwise_is_not_taken(typed: str) -> None:
    """Python reads ten and fifteen; a reader sees one and a half, or nothing that makes sense."""
    state = after(START, swing(typed))
    assert state.swings in ({}, {"cost": 1.5})
    assert state.swings or state.problems


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"low": "40"}, "Put the lowest figure first, then the likely one, then the highest: found 40, 20, 30."),
        ({"high": "19.5"}, "Put the lowest figure first, then the likely one, then the highest: found 10, 20, 19.5."),
        ({"note": ""}, "Say why in a few words: every change has a reason."),
        ({"note": " \t\n"}, "Say why in a few words: every change has a reason."),
        ({"high": "101"}, "101 is outside the scale. Give a number from 0 to 100."),
        ({"low": ""}, "“nothing” is not a number. Give one from 0 to 100."),
        ({"criterion": "cost", "low": f"{LEAST - 1:g}"}, f"{LEAST - 1:g} is outside the scale. Give a number from {LEAST:g} to {MOST:g}."),
        ({"criterion": "cost", "high": f"{MOST + 1:g}"}, f"{MOST + 1:g} is outside the scale. Give a number from {LEAST:g} to {MOST:g}."),
    ],
)
def test_wrong_figures_of_a_judgement_are_refused_beside_it(changes: dict[str, str], says: str) -> None:
    before = moved({"do": "look", "option": "stay", "criterion": "cost"})
    state = after(before, JUDGE | changes)
    assert state.problems == {f"judge-stay-{changes.get('criterion', 'staff')}": says}
    assert unchanged(before, state)


@pytest.mark.parametrize(
    ("move", "field"),
    [
        ({"do": "school", "value": "Infant Z"}, "school"),
        ({"do": "compare", "option": "no_such_option", "on": False}, "compare"),
        ({"do": "gate", "gate": "no_such_gate", "on": True}, "gate"),
        (swing("5", "no_such_criterion"), "swing-no_such_criterion"),
    ],
)
def test_a_choice_that_is_not_on_the_list_changes_nothing(move: dict[str, Any], field: str) -> None:
    state = after(START, move)
    assert state.problems == {field: NOT_ON_THE_LIST}
    assert unchanged(START, state)


@pytest.mark.parametrize("move", [{"do": "look", "option": "stay", "criterion": "no_such"}, JUDGE | {"option": "no_such"}])
def test_a_judgement_that_there_is_not_cannot_be_changed(move: dict[str, Any]) -> None:
    state = after(START, move)
    assert list(state.problems.values()) == ["There is no such judgement."]
    assert unchanged(START, state)


def test_a_criterion_that_the_case_left_out_of_the_score_cannot_be_weighed() -> None:
    state = opened(money=Money(cost_in_score=False))
    assert after(state, swing("5")).problems == {"swing-cost": NOT_ON_THE_LIST}


# Weights of the case


@pytest.mark.parametrize(("who", "voices"), [("group", (1, 1)), ("person", (14, 46))])
def test_the_cases_own_weights_are_the_combined_ones_of_all_its_groups(who: str, voices: tuple[int, int]) -> None:
    """Those of the report: the mean of what the groups said, the most important lift at a hundred."""
    groups = [weights_of(group, EMBER.file.criteria).shares for group in EMBER.file.weights]
    shares = {name: sum(voice * one[name] for voice, one in zip(voices, groups, strict=True)) / sum(voices) for name in EMBER.file.criteria}
    state = moved({"do": "weights", "of": "case"}, state=opened(who_counts=who))
    assert state.swings == pytest.approx({name: 100 * share / max(shares.values()) for name, share in shares.items()}, abs=1e-9)
    assert state.problem.weights is not None
    assert state.problem.weights.shares == pytest.approx(shares, abs=1e-12)
    report = ember(who_counts=who).appraisal.problem.weights
    assert report is not None
    assert state.problem.weights.shares == pytest.approx(report.shares, abs=1e-12)


def test_the_weights_of_a_case_with_one_group_are_the_swings_that_it_gave() -> None:
    state = moved({"do": "weights", "of": "case"}, state=opened(weights=EMBER.file.weights[:1]))
    assert state.swings == pytest.approx(EMBER.file.weights[0].values, abs=1e-9)
    assert state.problem.weights is not None
    assert state.problem.weights.shares == pytest.approx(weights_of(EMBER.file.weights[0], EMBER.file.criteria).shares, abs=1e-15)


def test_starting_again_takes_every_weight_away() -> None:
    state = moved({"do": "weights", "of": "case"}, {"do": "weights", "of": "nobody"})
    assert state.swings == {}
    assert state.problem.weights is None


def test_a_case_without_weights_says_so_and_keeps_what_was_weighed() -> None:
    before = moved(swing("40"), state=opened(weights=()))
    state = after(before, {"do": "weights", "of": "case"})
    assert state.problems == {"weights": "The case holds no weights."}
    assert unchanged(before, state)


def test_the_weights_of_a_group_that_ranked_are_the_same_as_in_the_report() -> None:
    """Rounded for the sliders, they would give other numbers than the report of the same case."""
    group = EMBER.file.weights[1]
    assert group.method == "ranking"
    state = moved({"do": "weights", "of": "case"}, state=opened(weights=(group,)))
    assert state.problem.weights is not None
    assert state.problem.weights.shares == pytest.approx(weights_of(group, EMBER.file.criteria).shares, abs=1e-12)


@pytest.mark.parametrize("group", [EMBER.file.weights[0], EMBER.file.weights[1]], ids=["swing", "ranking"])
def test_the_most_important_lift_stands_at_a_hundred_and_no_swing_lies_outside(group: Any) -> None:  # noqa: ANN401 - a group
    state = moved({"do": "weights", "of": "case"}, state=opened(weights=(group,)))
    assert max(state.swings.values()) == 100
    assert all(0 <= value <= 100 for value in state.swings.values())


@pytest.mark.parametrize("times", [7.0, 0.004])
def test_points_that_were_shared_out_are_brought_onto_the_scale_of_the_sliders(times: float) -> None:
    """Points may add up to anything; a slider ends at a hundred, and a swing of 0.36 would be shown as nought."""
    values = {name: value * times for name, value in EMBER.file.weights[0].values.items()}
    group = make_group("Governors", values, method="points")
    state = moved({"do": "weights", "of": "case"}, state=opened(weights=(group,)))
    assert max(state.swings.values()) == pytest.approx(100)
    assert state.problem.weights is not None
    assert state.problem.weights.shares == pytest.approx(weights_of(group, EMBER.file.criteria).shares, abs=1e-12)


def test_weights_of_a_case_with_cost_outside_the_score_leave_cost_out() -> None:
    state = moved({"do": "weights", "of": "case"}, state=opened(money=Money(cost_in_score=False)))
    assert "cost" not in state.swings
    assert state.problem.weights is not None
    assert sum(state.problem.weights.shares.values()) == pytest.approx(1)


def test_weights_of_a_case_that_lie_on_the_cost_alone_are_none_where_cost_is_left_out() -> None:
    """Nothing is left to be scaled to a hundred; that is no error, and the report says that nobody has weighed."""
    group = make_group("Governors", {name: 100.0 * (name == "cost") for name in EMBER.file.criteria})
    changes = {"money": Money(cost_in_score=False), "weights": (group,)}
    state = after(opened(**changes), {"do": "weights", "of": "case"})
    assert not any(state.swings.values())
    assert state.problem.weights is None
    assert ember(**changes).appraisal.withheld == "nobody_weighed"


def test_a_weighing_counts_once_every_lift_has_a_figure_and_all_noughts_are_none() -> None:
    names = tuple(START.problem.criteria)
    state = START
    for place, name in enumerate(names):
        assert state.unweighed == names[place:]
        assert state.problem.weights is None
        state = moved(swing("0.001" if name == "cost" else "0", name), state=state)
    assert state.unweighed == ()
    assert state.problem.weights is not None
    assert state.problem.weights.shares["cost"] == 1
    assert moved(swing("0"), state=state).problem.weights is None


def test_the_rest_can_be_said_to_be_worth_nothing_and_what_was_given_stays() -> None:
    state = moved(swing("40"), swing("20", "staff"), {"do": "weights", "of": "rest"})
    assert state.swings == dict.fromkeys(START.problem.criteria, 0.0) | {"cost": 40, "staff": 20}
    assert state.problem.weights is not None
    assert state.problem.weights.shares["cost"] == pytest.approx(2 / 3)


def test_a_criterion_that_the_case_left_out_of_the_score_needs_no_figure() -> None:
    state = opened(money=Money(cost_in_score=False))
    assert "cost" not in state.unweighed
    state = moved(swing("40", "staff"), {"do": "weights", "of": "rest"}, state=state)
    assert "cost" not in state.swings
    assert state.problem.weights is not None


# Anything that a page may send


@pure(40)
@given(st.lists(st.one_of(st.sampled_from(GOOD), messages), max_size=8))
def test_after_any_moves_there_is_a_problem_that_can_be_appraised(moves: list[object]) -> None:
    state = START
    for move in moves:
        state = after(state, move)
    found = appraise(state.problem, 1)
    assert (found.ranking is None) == (found.withheld is not None)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_reason_is_kept_as_it_was_written(text: str) -> None:
    state = moved(JUDGE | {"note": text})
    assert state.judgements["stay", "staff"].reasoning == text.strip()


def test_a_move_that_works_takes_the_message_away() -> None:
    wrong = after(START, swing("abc"))
    assert wrong.problems
    assert after(wrong, {"do": "go", "step": "facts"}).problems == {}


def test_no_move_changes_the_state_that_it_started_from() -> None:
    kept = {field.name: getattr(START, field.name) for field in fields(START)}
    copies = {name: value.copy() if isinstance(value, dict) else value for name, value in kept.items()}
    for move in GOOD:
        after(START, move)
    assert {field.name: getattr(START, field.name) for field in fields(START)} == copies


def test_another_day_brings_other_options_and_facts() -> None:
    """The state keeps the knowledge of its day; nothing of it comes from the clock."""
    assert START.knowledge.day == DAY
    assert replace(START, knowledge=START.knowledge.base.on(dt.date(2016, 6, 1))).problem.day == dt.date(2016, 6, 1)


# Which ways of weighing count


def test_the_set_of_the_case_counts_until_somebody_chooses_another() -> None:
    assert START.ways is None
    assert START.problem.set_in_use == "order"
    for kind in ("order", "near", "any", "groups"):
        state = moved({"do": "ways", "value": kind})
        assert state.problem.weight_set.in_use == kind
        assert unchanged(START, replace(state, ways=None))


def test_conditions_that_the_case_does_not_set_cannot_be_chosen_nor_groups_where_one_weighed() -> None:
    assert after(START, {"do": "ways", "value": "conditions"}).problems == {"ways": NOT_ON_THE_LIST}
    alone = opened(weights=EMBER.file.weights[:1])
    assert after(alone, {"do": "ways", "value": "groups"}).problems == {"ways": NOT_ON_THE_LIST}
    assert after(alone, {"do": "ways", "value": "groups"}).ways is None
