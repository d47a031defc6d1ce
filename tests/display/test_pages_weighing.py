"""The pages on which a group says what it will not give up and what matters to it."""

from __future__ import annotations

from typing import Any

import pytest

from partnership_model.analysis.overall import whole
from partnership_model.display import screening_words, words
from tests.display.exploring import START, moved, opened, swing
from tests.display.page_reading import STATES, found_in, page, read, shown, text_of
from tests.display.test_blocks import squeezed
from tests.display.test_notebook import ASKS, EMBER, GATES

# Must-haves


def test_closed_options_stay_visible_with_their_reason() -> None:
    state = STATES["some closed"]
    reader = read(state, "must_haves")
    rows = {row[0]: row[1:] for row in reader.rows("What the law and your must-haves leave open")[1:]}
    assert len(rows) == 7
    for option in state.problem.options:
        assert rows[option.label] == [screening_words.STATUS[option.status], squeezed(screening_words.because(option))]
    assert reader.texts("h1") == ["3 of 7 options are left"]
    follows = text_of(state, "what_follows")
    for option in state.problem.options:
        if option.status == "closed":
            assert f"{option.label} {squeezed(screening_words.because(option))}" in follows


@pytest.mark.parametrize("step", ["must_haves", "what_follows", "how_sure"])
def test_where_no_option_is_left_the_sets_and_what_relaxing_each_reopens_are_said(step: str) -> None:
    state = STATES["closed"]
    said = text_of(state, step)
    assert "No option is left" in said
    assert squeezed(words.explanation(found_in(state))) in said
    assert page(state, step).headline == "No option is left"
    assert page(state, step).charts == {}


def test_a_must_have_on_an_unknown_fact_neither_passes_nor_fails_and_says_whom_to_ask() -> None:
    state = moved({"do": "gate", "gate": "equal_partners", "on": True})
    rows = read(state, "must_haves").rows("What the law and your must-haves leave open")
    asked = [row for row in rows if row[1] == "Not decided: ask"]
    assert [row[0] for row in asked] == ["Co-operative trust", "Umbrella trust"]
    assert all(ASKS.match(row[2]) and row[2].startswith("“Every school has an equal voice.” ") for row in asked)


def test_what_a_must_have_leaves_is_said_by_name_beside_it_and_to_those_who_hear_the_page() -> None:
    state = moved({"do": "gate", "gate": "way_out", "on": True}, state=STATES["unweighed"])
    left = "Left: Stay as we are, Collaborative partnership and Co-operative trust."
    found = page(state, "must_haves")
    assert f'<p class="finding" data-key="left">{left}</p>' in found.html
    assert found.headline == f"3 of 7 options are left. {left}"


def test_the_must_haves_of_the_case_and_the_usual_ones_are_offered_and_those_chosen_are_ticked() -> None:
    reader = read(STATES["some closed"], "must_haves")
    gates = [about for about in reader.of("input") if about.get("data-on-change") == "gate"]
    assert {about["data-gate"] for about in gates} == set(GATES)
    assert [about["data-gate"] for about in gates if "checked" in about] == ["way_out"]


# Weights


def test_every_lift_has_a_slider_a_field_and_its_two_ends_in_words() -> None:
    reader = read(STATES["ranked"], "what_matters")
    for name, criterion in STATES["ranked"].problem.criteria.items():
        typed, slid = sorted(
            (about for about in reader.of("input") if about.get("data-criterion") == name), key=lambda about: about["type"], reverse=True
        )
        assert (slid["type"], typed["type"]) == ("range", "text")
        assert slid["value"] == typed["value"] == str(whole(STATES["ranked"].swings[name]))
        assert (slid["min"], slid["max"]) == ("0", "100")
        ends = f"from {criterion.worst} to {criterion.best}"
        assert squeezed(f"{criterion.label} {criterion.question} {ends}") in reader.text
        assert squeezed(f"{criterion.label} {ends}") in shown("ranked", "what_follows").text


def test_the_field_of_a_lift_without_a_figure_is_empty_and_that_of_one_at_nought_is_not() -> None:
    reader = read(moved(swing("40"), swing("0", "staff")), "what_matters")
    typed, slid = (
        {about["data-criterion"]: about["value"] for about in reader.of("input") if about["type"] == kind and "data-criterion" in about}
        for kind in ("text", "range")
    )
    assert typed == dict.fromkeys(START.problem.criteria, "") | {"cost": "40", "staff": "0"}
    assert slid == dict.fromkeys(START.problem.criteria, "0") | {"cost": "40"}


@pytest.mark.parametrize(
    ("moves", "says"),
    [
        ((), "Nobody has weighed yet."),
        ((swing("40"),), "7 of 8 lifts have no weight yet. Give each one; 0 if it is worth nothing to you."),
        (({"do": "weights", "of": "case"},), "Every lift has a weight."),
    ],
)
def test_how_many_lifts_carry_no_weight_is_said(moves: tuple[dict[str, Any], ...], says: str) -> None:
    assert says in text_of(moved(*moves), "what_matters")


def test_a_weight_that_is_shown_as_nought_is_not_taken_for_none() -> None:
    """Somebody has weighed, if lightly: the page must not say otherwise while the next one shows overall values."""
    state = moved(swing("0.4"))
    assert "7 of 8 lifts have no weight yet." in text_of(state, "what_matters")
    assert "Nobody has weighed yet." not in text_of(state, "what_matters")
    state = moved({"do": "weights", "of": "rest"}, state=state)
    assert found_in(state).overall is not None
    assert "Every lift has a weight." in text_of(state, "what_matters")
    assert "Nobody has weighed yet." not in text_of(state, "what_matters")


def test_while_some_lifts_have_no_weight_what_is_missing_is_said_and_the_rest_can_be_left_out() -> None:
    state = STATES["partly weighed"]
    for step in ("what_follows", "how_sure"):
        assert "7 of 8 lifts have no weight yet. Give each one; 0 if it is worth nothing to you." in text_of(state, step)
    offered = {
        name: [about["data-of"] for about in shown(name, "what_matters").of("button") if about.get("data-on-click") == "weights"]
        for name in ("unweighed", "partly weighed", "ranked")
    }
    assert offered == {"unweighed": ["case", "nobody"], "partly weighed": ["case", "rest", "nobody"], "ranked": ["case", "nobody"]}


def test_the_weights_of_the_case_are_offered_by_the_groups_name_and_only_where_there_are_some() -> None:
    said = text_of(START, "what_matters")
    assert "Start from " in said
    assert "Start from the governors' and staff's weights, one voice for each group (illustrative)" in said
    assert "Start from " not in text_of(opened(weights=()), "what_matters")
    assert "(illustrative)" not in text_of(opened(illustrative=False), "what_matters")


@pytest.mark.parametrize(
    ("group", "said"), [("Governors", "the governors' weights"), ("Staff", "the staff's weights"), ("PTA", "the PTA's weights")]
)
def test_whose_weights_they_are_is_said_in_english(group: str, said: str) -> None:
    weights = (EMBER.file.weights[0].model_copy(update={"group": group}),)
    assert f"Start from {said} (illustrative)" in text_of(opened(weights=weights), "what_matters")
