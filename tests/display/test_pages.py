"""The pages of the dashboard: nothing in order too early, closed options visible, messages beside fields, and all of it escaped."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache, partial
from typing import TYPE_CHECKING, Any

import altair as alt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnership_model.analysis.appraisal import Appraisal, appraise
from partnership_model.analysis.overall import whole
from partnership_model.display import charts, fact_words, pages, words
from partnership_model.display.exploration import Exploration, after, begin
from partnership_model.display.moves import STEPS
from partnership_model.display.pages import Page, page_of
from partnership_model.knowledge.cases import Recommendation
from tests.display.test_blocks import HOSTILE, Reader, harmless, squeezed
from tests.display.test_exploration import GOOD, JUDGE, START, moved, opened, swing, unchanged
from tests.display.test_notebook import ASKS, BASE, CLOSES_ALL, EMBER, GATES
from tests.display.test_sections import CLAIMS, FIRSTS, hostile, own_words
from tests.making import pure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from partnership_model.display.notebook import AppraisalRun

ELEMENTS = {
    *("a", "button", "caption", "dd", "details", "div", "dl", "dt", "em", "fieldset", "figure", "h1", "h2", "h3", "header", "input"),
    *("label", "legend", "li", "nav", "ol", "option", "p", "section", "select", "span", "strong", "summary", "table", "tbody", "td"),
    *("th", "thead", "tr", "ul"),
}
EACH = pytest.mark.parametrize("step", STEPS)
STATES: dict[str, Exploration] = {
    "ranked": moved({"do": "weights", "of": "case"}),
    "withheld": moved({"do": "weights", "of": "case"}, state=opened(judgements=())),
    "unweighed": START,
    "partly weighed": moved(swing("40")),
    "closed": moved({"do": "weights", "of": "case"}, state=opened(non_negotiables=CLOSES_ALL)),
    "some closed": moved({"do": "weights", "of": "case"}, state=opened(non_negotiables=(GATES["way_out"],))),
    "one left": moved({"do": "weights", "of": "case"}, state=opened(options=EMBER.options[:1])),
}
NOT_RANKED = ("withheld", "unweighed", "partly weighed", "closed")
EVERY = pytest.mark.parametrize("state", STATES)


@pytest.fixture(autouse=True)
def _one_block(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw one block of samples for a page, which is enough for all but the last digits."""
    monkeypatch.setattr(pages, "appraise", partial(appraise, samples=1))


def page(state: Exploration, step: str) -> Page:
    """Open a step."""
    return page_of(moved({"do": "go", "step": step}, state=replace(state, problems={})))


def read(state: Exploration, step: str) -> Reader:
    """Open a step and read its page."""
    return harmless(page(state, step).html, ELEMENTS)


@cache
def shown(state: str, step: str) -> Reader:
    """Open a step of one of the states above and read its page, once for all tests that only look at it."""
    return read(STATES[state], step)


def text_of(state: Exploration, step: str) -> str:
    """Read a page as text, the names of the steps and its heading included."""
    return read(state, step).text


def found_in(state: Exploration) -> Appraisal:
    """Appraise a state as its pages do."""
    return appraise(state.problem, 1)


def moves_of(reader: Reader) -> Iterator[dict[str, Any]]:
    """Send what the script of the page would send for each thing that can be clicked, chosen or typed into."""
    for tag, about in reader.elements:
        kinds = {kind for name, kind in about.items() if name.startswith("data-on-")}
        for kind in kinds:
            on = "checked" not in about
            yield {
                "go": {"do": "go", "step": about.get("data-step")},
                "school": {"do": "school", "value": "Primary E"},
                "compare": {"do": "compare", "option": about.get("data-option"), "on": on},
                "show": {"do": "show", "what": about.get("data-what"), "on": about.get("data-on") == "true"},
                "gate": {"do": "gate", "gate": about.get("data-gate"), "on": on},
                "swing": {"do": "swing", "criterion": about.get("data-criterion"), "value": about.get("value") if tag == "input" else None},
                "weights": {"do": "weights", "of": about.get("data-of")},
                "look": {"do": "look", "option": about.get("data-option"), "criterion": about.get("data-criterion")},
                "judge": JUDGE
                | {"option": about.get("data-option"), "criterion": about.get("data-criterion"), "low": "0", "likely": "0", "high": "0"},
            }[kind]


# Every page


@EVERY
@EACH
def test_every_page_is_closed_properly_and_has_one_heading(state: str, step: str) -> None:
    reader = shown(state, step)
    assert len(reader.of("h1")) == 1
    assert reader.texts("h1")[0]
    assert reader.of("h1")[0]["tabindex"] == "-1"
    assert reader.of("div")[0]["data-step"] == step


@EVERY
@EACH
def test_every_page_offers_every_step_and_says_which_is_open(state: str, step: str) -> None:
    reader = shown(state, step)
    steps = [one for one in reader.of("button") if one.get("data-on-click") == "go" and "class" not in one]
    assert [one["data-step"] for one in steps] == list(STEPS)
    assert [one["data-step"] for one in steps if one.get("aria-current") == "step"] == [step]


@EVERY
@EACH
def test_every_page_names_the_case_its_state_its_day_and_that_it_is_illustrative(state: str, step: str) -> None:
    said = shown(state, step).text
    assert "The Ember schools, spring 2016" in said
    assert "Consulting: nothing is decided. Facts as of 15 April 2016. illustrative" in said
    assert words.NOT_LEGAL_ADVICE in said


@EACH
def test_every_page_says_how_many_judgements_nobody_has_looked_at(step: str) -> None:
    """The issue asks for it on every screen: a table of costs or of doors rests on them too."""
    for state, exploration in STATES.items():
        assert words.unconfirmed(exploration.problem) in shown(state, step).text, state


@EVERY
@EACH
def test_labels_messages_and_names_on_a_page_lead_where_they_say(state: str, step: str) -> None:
    reader = shown(state, step)
    ids = [about["id"] for _, about in reader.elements if "id" in about]
    assert len(set(ids)) == len(ids)
    for _, about in reader.elements:
        for name in ("for", "aria-describedby", "aria-labelledby"):
            assert name not in about or set(about[name].split()) <= set(ids)
    keys = [about["data-key"] for _, about in reader.elements if "data-key" in about]
    assert len(set(keys)) == len(keys)


@EVERY
@EACH
def test_every_field_has_a_name_that_is_read_out(state: str, step: str) -> None:
    reader = shown(state, step)
    labelled = {about["for"] for about in reader.of("label") if "for" in about}
    inside = sum("for" not in about for about in reader.of("label"))
    fields = reader.of("input", "select")
    by_themselves = [one for one in fields if not (one.get("aria-label") or one.get("id") in labelled)]
    assert len(by_themselves) <= inside


@EVERY
@EACH
def test_every_table_on_a_page_has_a_caption_and_scoped_headings(state: str, step: str) -> None:
    reader = shown(state, step)
    captions = reader.texts("caption")
    assert len(captions) == len(reader.of("table"))
    assert all(captions)
    assert all(about["scope"] in ("col", "row") for about in reader.of("th"))
    assert all(about.get("data-label") for about in reader.of("td"))


@EVERY
@EACH
def test_every_button_and_field_sends_a_move_that_works(state: str, step: str) -> None:
    """What the page sends is made up here as its script makes it; a name that the kernel does not know would be refused."""
    before = moved({"do": "go", "step": step}, state=STATES[state])
    tried: dict[str, int] = {}
    for move in moves_of(shown(state, step)):
        tried[move["do"]] = tried.get(move["do"], 0) + 1
        if tried[move["do"]] > 9:  # of the many judgements a few will do
            continue
        problems = after(before, move).problems
        assert "page" not in problems, move
        assert not any("not on the list" in said or "no such" in said for said in problems.values()), move


@EVERY
@EACH
def test_no_page_shows_minus_nought_or_something_that_is_no_number(state: str, step: str) -> None:
    reader = shown(state, step)
    assert "-0" not in [about.get("value") for about in reader.of("input")]
    assert (
        re.search(r"\bnan\b|\binf\b|\bNone\b|(?<![\w-])-0(?![\d.])", reader.text.replace("None yet", "").replace("None required", ""))
        is None
    )


# What is withheld


@pytest.mark.parametrize("state", NOT_RANKED)
@EACH
def test_the_words_first_and_ranking_are_withheld_on_every_page(state: str, step: str) -> None:
    for more in ({}, {"show_all": True, "show_same": True}):
        exploration = replace(STATES[state], **more)
        text = own_words(text_of(exploration, step), _run(exploration))
        assert FIRSTS.findall(text) == []
        assert CLAIMS.findall(text) == []


def _run(state: Exploration) -> Any:  # noqa: ANN401 - what `own_words` needs of a run
    return type("Run", (), {"knowledge": state.knowledge, "case": state.case})


def test_both_are_said_once_the_group_has_looked() -> None:
    """The test above can fail."""
    state = STATES["ranked"]
    said = {step: own_words(text_of(state, step), _run(state)) for step in STEPS}
    assert {step for step, text in said.items() if CLAIMS.search(text)} == {"what_follows", "how_sure"}
    assert {step for step, text in said.items() if FIRSTS.search(text)} == {"what_follows", "how_sure"}


@EACH
@pytest.mark.parametrize("state", ["unweighed", "partly weighed"])
def test_before_anybody_has_weighed_no_page_has_a_chart_or_an_overall_value(state: str, step: str) -> None:
    found = page(STATES[state], step)
    assert found.charts == {}
    assert "data-chart" not in found.html
    assert not any(caption.startswith(("Overall", "Points", "How often")) for caption in Reader(found.html).texts("caption"))
    assert found.headline == "Nobody has weighed yet, so nothing is put in order"


def test_while_a_decisive_cell_is_unconfirmed_only_ranges_are_drawn_in_the_order_of_the_case() -> None:
    state = STATES["withheld"]
    reader = read(state, "what_follows")
    assert [about["data-chart"] for about in reader.of("div") if "data-chart" in about] == ["ranges"]
    assert page(state, "how_sure").charts == {}
    rows = reader.rows("Overall values")
    assert [row[0] for row in rows[1:]] == [option.label for option in state.problem.options]
    assert rows[0] == ["Option", "Overall value, 0 to 100"]
    assert all(re.fullmatch(r"\d+ to \d+", row[1]) for row in rows[1:])
    assert {row["at"] for row in _values(page(state, "what_follows").charts["ranges"])} == {None}
    assert not any(caption.startswith("Points") for caption in reader.texts("caption"))


def test_while_a_decisive_cell_is_unconfirmed_no_points_are_sent_to_the_browser() -> None:
    """The totals of a chart without a place on the page would still be there to read, and an order with them."""
    assert set(page(STATES["withheld"], "what_follows").charts) == {"ranges"}


def test_the_cells_to_look_at_come_before_the_others_and_go_one_by_one_as_they_are_confirmed() -> None:
    state = STATES["withheld"]
    for _ in range(60):
        waiting = found_in(state).to_confirm
        headline = page(state, "how_sure").headline
        if not waiting:
            break
        assert headline.startswith(f"{len(waiting)} starting assumption")
        forms = [about["data-key"] for about in read(state, "how_sure").of("div") if "data-form" in about]
        assert {f"cell-{one.option}-{one.criterion}" for one in waiting} == set(forms[: len(waiting)])
        state = moved({"do": "look", "option": waiting[0].option, "criterion": waiting[0].criterion}, state=state)
    assert found_in(state).withheld is None
    assert set(page(state, "how_sure").charts) == {"shares", "switching"}
    assert "cannot be separated" in headline or "comes first" in headline


@EVERY
@EACH
def test_a_share_of_ways_of_weighing_never_stands_on_a_page_without_what_it_is_not(state: str, step: str) -> None:
    said = shown(state, step).text
    assert words.NOT_A_CHANCE in said or re.search(r"of 100? ways of weighing|in which it comes first", said) is None


# Facts


def test_only_what_differs_is_shown_until_somebody_asks_for_more() -> None:
    state = replace(START, compared=("collaboration",))
    few, same, everything = (
        read(replace(state, **more), "facts") for more in ({}, {"show_same": True}, {"show_same": True, "show_all": True})
    )
    counts = [len(reader.rows("Questions and answers")) - 1 for reader in (few, same, everything)]
    assert counts[0] < counts[1] < counts[2]
    assert few.texts("h1") == [f"Of {counts[1]} key answers, {counts[0]} would change with a collaborative partnership"]
    assert everything.texts("h1")[0].startswith(f"Of {counts[2]} answers, ")
    policy = {one.question for one in BASE.attributes.values() if one.topic == "policy"}
    assert policy
    assert policy <= {row[0] for row in everything.rows("Questions and answers")}


def test_the_heading_of_the_facts_counts_the_answers_that_change_for_each_option() -> None:
    reader = read(replace(START, show_same=True), "facts")
    rows = reader.rows("Questions and answers")[1:]
    trust, mat = (sum(" changes In words" in row[column] for row in rows) for column in (2, 3))
    assert trust != mat
    with_each = f"{trust} would change with a co-operative trust and {mat} with joining an established multi-academy trust"
    assert reader.texts("h1") == [f"Of {len(rows)} key answers, {with_each}"]


def test_staying_stands_beside_the_options_that_were_chosen() -> None:
    reader = read(START, "facts")
    assert reader.rows("Questions and answers")[0] == [
        "Question",
        "Stay as we are",
        "Co-operative trust",
        "Join an established multi-academy trust",
    ]
    checked = [about["data-option"] for about in reader.of("input") if "checked" in about]
    assert checked == ["co_operative_trust", "established_mat"]
    assert len([about for about in reader.of("input") if about.get("data-on-change") == "compare"]) == 6


def test_every_answer_carries_its_mark_as_a_word_and_says_whom_to_ask_where_it_is_not_sourced() -> None:
    reader = read(replace(START, show_same=True, show_all=True), "facts")
    cells = [row[1:] for row in reader.rows("Questions and answers")[1:]]
    for cell in (cell for row in cells for cell in row):
        mark = next(word for word in cell.split() if word in words.MARK)
        assert mark == "sourced" or f"{mark} ask " in cell, cell


def test_what_changes_against_staying_is_a_word() -> None:
    rows = read(START, "facts").rows("Questions and answers")[1:]
    assert all("changes" in " ".join(row[2:]) for row in rows)
    assert not any(" changes In words" in row[1] for row in rows)


def test_the_same_short_answer_in_other_words_says_so() -> None:
    state = replace(START, show_same=True, show_all=True)
    attributes = {one.question: name for name, one in BASE.attributes.items()}
    seen = set()
    for row in read(state, "facts").rows("Questions and answers")[1:]:
        stay, *others = (state.knowledge.fact(attributes[row[0]], key, "community") for key in ("stay", *state.compared))
        assert "see the words" not in row[1]
        for cell, fact in zip(row[2:], others, strict=True):
            same, differs = fact_words.told(fact) == fact_words.told(stay), fact.says != stay.says
            assert (" see the words In words" in cell) == (same and differs), cell
            seen.add((same, differs))
    assert {(True, True), (True, False)} <= seen


def test_the_facts_are_those_of_the_school_that_looks() -> None:
    community, aided = (text_of(moved({"do": "school", "value": name}), "facts") for name in ("Infant A", "Primary E"))
    assert f"For Infant A, a {BASE.categories['community'].label}." in community
    assert f"For Primary E, a {BASE.categories['voluntary_aided'].label}." in aided
    assert community != aided


def test_without_an_option_to_compare_the_page_asks_for_one() -> None:
    assert text_of(replace(START, compared=()), "facts").count("Choose an option to put beside staying as you are") == 1
    assert "No answer differs between the options chosen." in text_of(replace(START, compared=()), "facts")


def test_a_fourth_option_is_refused_beside_the_choice() -> None:
    full = moved({"do": "compare", "option": "federation", "on": True}, {"do": "go", "step": "facts"})
    refused = after(full, {"do": "compare", "option": "new_mat", "on": True})
    reader = harmless(page_of(refused).html, ELEMENTS)
    assert "3 options at a time can stand beside staying. Take one away first." in reader.text
    assert len(reader.rows("Questions and answers")[0]) == 5


# Must-haves


def test_closed_options_stay_visible_with_their_reason() -> None:
    state = STATES["some closed"]
    reader = read(state, "must_haves")
    rows = {row[0]: row[1:] for row in reader.rows("What the law and your must-haves leave open")[1:]}
    assert len(rows) == 7
    for option in state.problem.options:
        assert rows[option.label] == [words.STATUS[option.status], squeezed(words.because(option))]
    assert reader.texts("h1") == ["3 of 7 options are left"]
    follows = text_of(state, "what_follows")
    for option in state.problem.options:
        if option.status == "closed":
            assert f"{option.label} {squeezed(words.because(option))}" in follows


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
        {about["data-criterion"]: about["value"] for about in reader.of("input") if about["type"] == kind} for kind in ("text", "range")
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


# What follows


def test_a_wrong_figure_is_shown_beside_its_field_and_the_last_good_result_is_kept() -> None:
    for step in ("what_matters", "what_follows"):
        good = moved({"do": "go", "step": step}, state=STATES["ranked"])
        wrong = after(good, swing("abc"))
        assert unchanged(good, wrong)
        before, now = page_of(good), page_of(wrong)
        assert now.charts == before.charts
        assert now.headline == before.headline
        reader = harmless(now.html, ELEMENTS)
        (field,) = [about for about in reader.of("input") if about.get("aria-invalid") == "true"]
        (message,) = [about for about in reader.of("p") if about.get("id") == field["aria-describedby"]]
        assert (field["data-criterion"], message["role"]) == ("cost", "alert")
        assert "“abc” is not a number. Give one from 0 to 100." in reader.text
        if step == "what_follows":
            for caption in ("Overall values", "Points from each criterion"):
                assert reader.rows(caption) == Reader(before.html).rows(caption)


def test_wrong_figures_of_a_judgement_are_shown_beside_them_and_the_form_stays_open() -> None:
    good = moved({"do": "go", "step": "how_sure"}, state=STATES["ranked"])
    reader = harmless(page_of(after(good, JUDGE | {"low": "abc"})).html, ELEMENTS)
    invalid = [about for about in reader.of("input") if about.get("aria-invalid") == "true"]
    assert [about["name"] for about in invalid] == ["low", "likely", "high"]
    assert {about["aria-describedby"] for about in invalid} == {"problem-stay-staff"}
    assert [about for about in reader.of("p") if about.get("id") == "problem-stay-staff"] == [
        {"class": "problem", "role": "alert", "id": "problem-stay-staff"}
    ]
    assert sum("open" in about for about in reader.of("details")) == 1


@EACH
def test_a_message_that_did_not_work_is_said_on_every_page(step: str) -> None:
    state = moved({"do": "go", "step": step})
    said = harmless(page_of(after(state, {"do": "nothing"})).html, ELEMENTS).text
    assert "That did not work. Nothing was changed." in said


def test_the_tables_of_a_page_have_the_numbers_of_its_charts() -> None:
    state = STATES["ranked"]
    found = page(state, "what_follows")
    reader = Reader(found.html)
    ranges = {row["name"]: row["said"] for row in _values(found.charts["ranges"])}
    assert {row[0]: row[1] for row in reader.rows("Overall values")[1:]} == ranges
    heads, *rows = reader.rows("Points from each criterion")
    shown = {(row[0], head): cell for row in rows for head, cell in zip(heads[1:], row[1:], strict=True)}
    assert shown == {(row["name"], row["criterion"]): row["said"] for row in _values(found.charts["points"])}
    sure = page(state, "how_sure")
    rows = Reader(sure.html).rows("The weight of one criterion at a time")[1:]
    assert {row[0]: f"now {row[1]}, stays from {row[2]} to {row[3]}" for row in rows} == {
        row["name"]: row["said"] for row in _values(sure.charts["switching"])
    }
    assert {row[0] for row in Reader(sure.html).rows("How often each option")[1:]} == {
        row["name"] for row in _values(sure.charts["shares"])
    }


def _values(spec: dict[str, Any]) -> list[dict[str, Any]]:
    return spec["data"]["values"]


@pytest.mark.parametrize("narrow", [False, True], ids=["wide", "narrow"])
@pytest.mark.parametrize(("step", "names"), [("what_follows", ["ranges", "points"]), ("how_sure", ["shares", "switching"])])
def test_every_chart_of_a_page_is_valid_has_a_place_and_says_in_words_what_it_shows(step: str, names: list[str], *, narrow: bool) -> None:
    state = moved({"do": "width", "narrow": narrow}, state=STATES["ranked"])
    found = page(state, step)
    assert list(found.charts) == names
    places = [about for about in Reader(found.html).of("div") if "data-chart" in about]
    assert [about["data-chart"] for about in places] == names
    for about in places:
        spec = found.charts[about["data-chart"]]
        alt.Chart.from_dict(spec)  # Altair holds it against the schema of Vega-Lite
        assert about["role"] == "img"
        assert about["aria-label"] == spec["description"]
    labels = {option.label for option in state.problem.ranked_options}
    assert all(label in places[0]["aria-label"] for label in labels)


def test_on_a_narrow_screen_charts_are_drawn_for_it() -> None:
    narrow = page(moved({"do": "width", "narrow": True}, state=STATES["ranked"]), "what_follows").charts["ranges"]
    assert narrow["width"] <= 320 < page(STATES["ranked"], "what_follows").charts["ranges"]["width"]


def test_moving_a_weight_changes_chart_table_and_sentence() -> None:
    before = page(STATES["ranked"], "what_follows")
    now = page(moved(swing("100", "community_voice"), state=STATES["ranked"]), "what_follows")
    assert now.charts["ranges"] != before.charts["ranges"]
    assert now.charts["points"] != before.charts["points"]
    assert Reader(now.html).rows("Overall values") != Reader(before.html).rows("Overall values")
    assert Reader(now.html).texts("h1") != Reader(before.html).texts("h1")
    assert now.headline == Reader(now.html).texts("h1")[0]


def test_dominated_options_and_what_would_change_it_are_said() -> None:
    state = STATES["ranked"]
    found = found_in(state)
    said = text_of(state, "what_follows")
    assert all(sentence in said for sentence in words.dominated(found))
    assert any(sentence in said for sentence in words.switching(found))


# How sure, doors and next


def test_every_judgement_in_use_can_be_looked_at_and_changed_and_none_of_a_closed_option() -> None:
    state = STATES["some closed"]
    reader = read(state, "how_sure")
    forms = [about["data-key"] for about in reader.of("div") if "data-form" in about]
    used = [option.key for option in state.problem.ranked_options]
    assert sorted(forms) == sorted(f"cell-{option}-{name}" for option in used for name in state.problem.criteria)
    assert len([about for about in reader.of("button") if about.get("data-on-click") == "look"]) == len(state.problem.unconfirmed)


def test_a_judgement_says_whose_it_is_its_evidence_and_its_reason() -> None:
    said = text_of(moved(JUDGE, state=STATES["ranked"]), "how_sure")
    assert "our group's own; evidence: opinion only. We counted. Looked at by the group." in said


def test_the_figures_of_a_judgement_that_are_offered_for_change_are_those_in_use() -> None:
    reader = read(moved(JUDGE, state=STATES["ranked"]), "how_sure")
    fields = reader.of("input")
    offered = [(about["name"], about["value"]) for about in fields if about.get("name") in ("low", "likely", "high")]
    cells = [about["data-key"] for about in reader.of("div") if "data-form" in about]
    place = 3 * cells.index("cell-stay-staff")
    assert offered[place : place + 3] == [("low", "10"), ("likely", "20"), ("high", "30")]


def test_doors_that_close_for_good_are_the_heading() -> None:
    closing = [option.in_a_sentence for option in START.problem.options if option.way_out.closed_doors]
    assert read(START, "doors").texts("h1") == [f"From {words.listed(closing)} no way back to a council-maintained school was found"]
    assert len(read(START, "doors").rows("The way out of each option")) == 8
    stay = opened(options=EMBER.options[:1])
    assert read(stay, "doors").texts("h1") == ["No option closes a door, as far as the facts go"]


def test_where_the_case_gives_no_recommendation_the_workbook_writes_none() -> None:
    assert "the workbook never writes one" in text_of(START, "next")


def test_a_recommendation_is_shown_with_its_conditions_and_its_dissent() -> None:
    """A recommendation without the conditions and the dissent that go with it is another recommendation."""
    own = Recommendation(says="We suggest to wait.", conditions=("If the diocese agrees.",), dissent=("One school would rather join.",))
    said = text_of(opened(recommendation=own), "next")
    assert "We suggest to wait." in said
    assert "If the diocese agrees." in said
    assert "One school would rather join." in said


def test_what_the_case_does_not_say_is_named_as_missing() -> None:
    state = opened(why=(), aims=(), next_steps=())
    assert text_of(state, "why").count("The case does not say.") == 2
    assert "The case names no next steps." in text_of(state, "next")


# Whatever the words are


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_of_a_case_or_of_the_knowledge_base_breaks_out_of_a_page(text: str) -> None:
    run = hostile(text)
    state = moved({"do": "weights", "of": "case"}, state=replace(begin(run.case, run.knowledge), show_all=True, show_same=True))
    state = moved(JUDGE | {"note": text}, {"do": "gate", "gate": "way_out", "on": False}, state=state)
    gated = moved({"do": "gate", "gate": "way_out", "on": True}, state=state)
    for exploration, step in [*((state, step) for step in STEPS), (gated, "must_haves"), (gated, "what_follows")]:
        reader = harmless(page(exploration, step).html, ELEMENTS)
        assert squeezed(text) in reader.text, step
        assert all(link["href"].startswith(("http://", "https://")) for link in reader.of("a"))
    wrong = after(moved({"do": "go", "step": "what_matters"}, state=state), swing(text[:40]))
    assert squeezed(text[:40]) in squeezed(harmless(page_of(wrong).html, ELEMENTS).text) or "page" in wrong.problems


def test_the_step_that_is_open_is_the_only_page_that_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that failed would take the others down, were they written too."""
    monkeypatch.setattr(charts, "chart_ranges", None)
    for step in STEPS:
        if step != "what_follows":
            assert page(STATES["ranked"], step).html


def test_the_words_that_a_page_uses_are_explained_at_its_end() -> None:
    reader = read(START, "facts")
    terms = reader.texts("dt")
    assert terms == sorted(terms, key=str.lower)
    known = {one.term: squeezed(one.plain) for one in BASE.glossary.values()}
    assert dict(zip(terms, reader.texts("dd"), strict=True)) == {term: known[term] for term in terms}
    assert terms


@pure(12)
@given(
    st.lists(st.one_of(st.sampled_from(GOOD), st.sampled_from([swing("0.001"), swing("100", "staff")])), max_size=8),
    st.sampled_from(list(STEPS)),
)
def test_after_any_moves_every_page_can_be_written(moves: list[dict[str, Any]], step: str) -> None:
    state = START
    for move in moves:
        state = after(state, move)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pages, "appraise", partial(appraise, samples=1))
        read(state, step)


def test_a_run_and_a_page_say_the_same_of_the_same_case() -> None:
    """The notebook's sections and the dashboard's pages are made from the same sentences."""
    run: AppraisalRun = hostile("so said")
    state = begin(run.case, run.knowledge)
    assert words.unconfirmed(state.problem) == words.unconfirmed(run.appraisal.problem)
    assert [words.because(one) for one in state.problem.options] == [words.because(one) for one in run.appraisal.problem.options]
