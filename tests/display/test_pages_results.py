"""The pages on which a group reads what follows, how sure that is, which doors stay open and what comes next."""

from __future__ import annotations

import altair as alt
import pytest

from partnership_model.display import phrases, words
from partnership_model.display.exploration import after
from partnership_model.display.pages import page_of
from partnership_model.knowledge.cases import Recommendation
from tests.display.exploring import JUDGE, START, moved, opened, swing, unchanged
from tests.display.page_reading import EACH, ELEMENTS, STATES, found_in, page, read, rows_behind, text_of
from tests.display.test_blocks import Reader, harmless
from tests.display.test_notebook import EMBER

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
    good = moved({"do": "go", "step": "how_sure"}, state=STATES["withheld"])
    one = found_in(good).to_confirm[0]
    wrong = JUDGE | {"option": one.option, "criterion": one.criterion, "low": "abc"}
    reader = harmless(page_of(after(good, wrong)).html, ELEMENTS)
    invalid = [about for about in reader.of("input") if about.get("aria-invalid") == "true"]
    assert [about["name"] for about in invalid] == ["low", "likely", "high"]
    place = f"problem-cell-{one.option}-{one.criterion}"
    assert {about["aria-describedby"] for about in invalid} == {place}
    assert [about for about in reader.of("p") if about.get("id") == place] == [{"class": "problem", "role": "alert", "id": place}]
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
    ranges = {row["name"]: row["said"] for row in rows_behind(found.charts["ranges"])}
    assert {row[0]: row[1] for row in reader.rows("Overall values")[1:]} == ranges
    heads, *rows = reader.rows("Points from each criterion")
    shown = {(row[0], head): cell for row in rows for head, cell in zip(heads[1:], row[1:], strict=True)}
    assert shown == {(row["name"], row["criterion"]): row["said"] for row in rows_behind(found.charts["points"])}
    sure = page(state, "how_sure")
    rows = Reader(sure.html).rows("The weight of one criterion at a time")[1:]
    assert {row[0]: f"now {row[1]}, stays from {row[2]} to {row[3]}" for row in rows} == {
        row["name"]: row["said"] for row in rows_behind(sure.charts["switching"])
    }
    assert {row[0] for row in Reader(sure.html).rows("How often each option")[1:]} == {
        row["name"] for row in rows_behind(sure.charts["shares"])
    }


IN_PARTS = ["under_each_set-1", "uncertainty-1", "robustness-1", "without_chance-1"]


@pytest.mark.parametrize("narrow", [False, True], ids=["wide", "narrow"])
@pytest.mark.parametrize(
    ("step", "names"),
    [("what_follows", ["ranges", "points"]), ("how_sure", ["shares", "ranges", "switching", "one-way", "two-way", *IN_PARTS])],
)
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


def test_doors_that_close_for_good_are_the_heading() -> None:
    closing = [option.in_a_sentence for option in START.problem.options if option.way_out.closed_doors]
    assert read(START, "doors").texts("h1") == [f"From {phrases.listed(closing)} no way back to a council-maintained school was found"]
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
