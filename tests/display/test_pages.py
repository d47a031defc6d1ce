"""The pages of the dashboard: nothing in order too early, closed options visible, messages beside fields, and all of it escaped."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnership_model.analysis.appraisal import appraise
from partnership_model.display import charts, pages, screening_words, words
from partnership_model.display.exploration import Exploration, after, begin
from partnership_model.display.moves import STEPS
from partnership_model.display.pages import page_of
from tests.display.exploring import GOOD, JUDGE, START, moved, swing
from tests.display.page_reading import (
    EACH,
    ELEMENTS,
    EVERY,
    NOT_RANKED,
    STATES,
    found_in,
    moves_of,
    page,
    part,
    read,
    rows_behind,
    shown,
    text_of,
)
from tests.display.section_reading import CLAIMS, FIRSTS, hostile, own_words
from tests.display.test_blocks import HOSTILE, Reader, harmless, squeezed
from tests.display.test_notebook import BASE
from tests.making import pure

if TYPE_CHECKING:
    from partnership_model.display.notebook import AppraisalRun


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
    said = re.sub(r"None (yet|required|was found|of this)\b", "", reader.text)
    assert re.search(r"\bnan\b|\binf\b|\bNone\b|(?<![\w-])-0(?![\d.])", said) is None


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
    assert set(found.charts) <= {"doors"}  # a map of the law, which nobody's weights move
    assert found.html.count("data-chart") == len(found.charts)
    assert not any(caption.startswith(("Overall", "Points", "How often")) for caption in Reader(found.html).texts("caption"))
    said = "All 7 options are left. Left: " if step == "must_haves" else "Nobody has weighed yet, so nothing is put in order"
    assert found.headline.startswith(said)


def test_while_a_decisive_cell_is_unconfirmed_only_ranges_are_drawn_in_the_order_of_the_case() -> None:
    state = STATES["withheld"]
    reader = read(state, "what_follows")
    assert [about["data-chart"] for about in reader.of("div") if "data-chart" in about] == ["ranges"]
    assert page(state, "how_sure").charts == {}
    rows = reader.rows("Overall values")
    assert [row[0] for row in rows[1:]] == [option.label for option in state.problem.options]
    assert rows[0] == ["Option", "Overall value, 0 to 100"]
    assert all(re.fullmatch(r"\d+ to \d+", row[1]) for row in rows[1:])
    assert {row["at"] for row in rows_behind(page(state, "what_follows").charts["ranges"])} == {None}
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
    assert set(page(state, "how_sure").charts) >= {"shares", "switching", "one-way", "two-way"}
    assert "cannot be separated" in headline or "comes first" in headline


@EVERY
@EACH
def test_a_share_of_ways_of_weighing_never_stands_on_a_page_without_what_it_is_not(state: str, step: str) -> None:
    said = shown(state, step).text
    assert words.NOT_A_CHANCE in said or re.search(r"of 100? ways of weighing|in which it comes first", said) is None


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
    reader = part(page(START, "facts").html, "terms")
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
    assert [screening_words.because(one) for one in state.problem.options] == [
        screening_words.because(one) for one in run.appraisal.problem.options
    ]
