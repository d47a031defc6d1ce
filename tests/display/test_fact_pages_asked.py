"""One question asked: what answers it, or that nothing does; sums worked out; whatever is typed is shown as text."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from partnership_model.display import fact_pages, fact_words, words
from tests.display.exploring import START, moved
from tests.display.facts_made import unknown
from tests.display.page_reading import STATES, answers_to, asked, compared, found_in, page, part, read
from tests.display.section_reading import CLAIMS, FIRSTS, own_words
from tests.display.test_blocks import HOSTILE, squeezed
from tests.display.test_notebook import BASE, DAY

if TYPE_CHECKING:
    from partnership_model.display.exploration import Exploration
    from partnership_model.knowledge.questions import Question


# One question


def test_before_a_question_is_asked_nothing_is_answered_and_the_usual_ones_are_offered() -> None:
    assert answers_to(START).text == ""
    offered = part(page(START, "facts").html, "often")
    assert offered.texts("summary") == ["The 40 questions that governors often ask"]
    assert offered.texts("button") == [about["data-text"] for about in offered.of("button")] == [one.asks for one in BASE.questions]
    assert {about["data-on-click"] for about in offered.of("button")} == {"ask"}


def test_a_question_is_answered_for_the_options_that_stand_side_by_side_with_marks_and_sources() -> None:
    reader = answers_to(asked("Who chooses our next head?"))
    assert reader.texts("h3") == ["Who would choose our next head?"]
    heads, *rows = reader.rows("Answers to: Who would choose our next head?")
    assert heads == ["Fact", "Stay as we are", "Co-operative trust", "Join an established multi-academy trust"]
    assert [row[0] for row in rows] == [BASE.attributes["head_appointment"].question]
    for cell, option in zip(rows[0][1:], ("stay", "co_operative_trust", "established_mat"), strict=True):
        fact = START.knowledge.fact("head_appointment", option, "community")
        assert cell.startswith(f"{fact_words.told(fact)} {fact.mark}")
        assert squeezed(fact.says) in cell


@pytest.mark.parametrize("question", BASE.questions, ids=lambda one: str(one.number))
def test_each_of_the_forty_questions_comes_up_when_it_is_asked_in_its_own_words(question: Question) -> None:
    reader = answers_to(asked(question.asks))
    assert reader.texts("h3") == [squeezed(question.asks)]
    rows = {row[0].removesuffix(" worked out") for row in reader.rows(f"Answers to: {squeezed(question.asks)}")[1:]}
    assert {squeezed(BASE.attributes[name].question) for name in question.attributes} <= rows
    assert {fact_pages.SUMS[name] for name in question.calculations} <= rows


def test_the_best_answer_is_open_and_up_to_two_others_are_folded_away() -> None:
    reader = answers_to(asked("Who would employ our head?"))
    assert len(reader.texts("h3")) == 1
    others = [text for text in reader.texts("summary") if text != "In words"]
    assert len(others) == 2
    assert len(reader.of("table")) == 3
    keys = [about["data-key"] for _, about in reader.elements if "data-key" in about]
    assert len(set(keys)) == len(keys)


def test_a_question_that_nothing_answers_says_so_and_is_repeated_and_the_facts_stay() -> None:
    state = asked("xyzzy?")
    reader = answers_to(state)
    assert reader.text.startswith("Nothing here answers “xyzzy?”.")
    assert reader.of("table") == []
    assert compared(read(state, "facts")) == compared(read(START, "facts"))
    (field,) = [about for about in read(state, "facts").of("input") if about.get("id") == "ask"]
    assert field["value"] == "xyzzy?"


def test_a_question_is_answered_for_the_school_that_looks() -> None:
    community, aided = (
        answers_to(asked("Who employs our staff?", moved({"do": "school", "value": name}))).texts("td")[0]
        for name in ("Infant A", "Primary E")
    )
    assert community.startswith("The council ")
    assert aided.startswith("Our own governing body ")


@pytest.mark.parametrize("text", HOSTILE)
def test_whatever_is_typed_as_a_question_is_shown_as_text(text: str) -> None:
    state = asked(text[:200])
    reader = read(state, "facts")
    (field,) = [about for about in reader.of("input") if about.get("id") == "ask"]
    assert squeezed(field["value"]) == squeezed(text[:200])
    answers = answers_to(state)
    assert answers.text.startswith(f"Nothing here answers “{squeezed(text[:200])}”.") or answers.of("table", "dt")


def test_the_hostile_texts_are_not_taken_for_questions() -> None:
    """If each of them were answered, the test above would show nothing."""
    assert sum(answers_to(asked(text[:200])).text.startswith("Nothing here answers") for text in HOSTILE) > 5


# Sums


def sums(state: Exploration, name: str) -> list[str]:
    """Give what a sum says of each option that is compared."""
    (row,) = [row for caption in answers_to(state).texts("caption") for row in answers_to(state).rows(caption) if row[0].startswith(name)]
    assert row[0] == f"{name} worked out"
    return row[1:]


def test_the_top_slice_is_worked_out_in_pounds_of_the_schools_own_budget() -> None:
    fact = START.knowledge.fact("top_slice", "established_mat", "community")
    assert fact.amount
    low, likely, high = (f"£{1_180_000 * share / 100:,.0f}" for share in (fact.amount.low, fact.amount.likely, fact.amount.high))
    stay, trust, mat = sums(asked("How many pounds a year would be kept back from our budget?"), "The top-slice in pounds")
    assert stay == trust == "£0 a year from facts marked estimate"
    assert mat == f"{low} to {high}, likely {likely} a year from facts marked estimate"


def test_a_sum_on_a_fact_that_nobody_knows_says_whom_to_ask_and_gives_no_figure() -> None:
    state = replace(asked("How many pounds a year would be kept back from our budget?"), knowledge=unknown("top_slice").on(DAY))
    for cell in sums(state, "The top-slice in pounds"):
        assert cell.startswith("Cannot be worked out: ask the council.")


def test_the_doors_that_stay_open_are_counted_as_on_their_own_page() -> None:
    state = asked("Could we get out again?")
    ways_out = {row[0]: row[3] for row in read(START, "doors").rows("The way out of each option")[1:]}
    keys = ("stay", *START.compared)
    for cell, key in zip(sums(state, "Doors that stay open"), keys, strict=True):
        option = START.problem.option(key)
        assert cell == f"{len(option.way_out.doors)} of 6: {ways_out[option.label]}"


@pytest.mark.parametrize("state", ["ranked", "unweighed", "withheld"])
def test_how_sure_this_is_is_the_headline_and_says_that_it_is_no_chance(state: str) -> None:
    stay, *others = sums(asked("How sure can we be?", STATES[state]), "How sure this is")
    found = found_in(STATES[state])
    assert stay.startswith(f"{words.headline(found)}.")
    assert (words.NOT_A_CHANCE in stay) == (state == "ranked")
    assert others == ["", ""]


def test_what_is_asked_puts_nothing_in_order_while_order_is_withheld() -> None:
    for question in BASE.questions:
        text = own_words(answers_to(asked(question.asks, STATES["withheld"])).text, STATES["withheld"])
        assert FIRSTS.findall(text) == [], question.asks
        assert CLAIMS.findall(text) == [], question.asks


# Words


def test_a_question_about_a_word_of_the_field_is_answered_with_what_it_means() -> None:
    answers = answers_to(asked("What is a multi-academy trust?"))
    (term,) = [one for one in BASE.glossary.values() if one.term.startswith("multi-academy trust")]
    assert answers.texts("dt")[0].lower() == term.term.lower()
    assert squeezed(term.plain) in answers.texts("dd")
    assert answers_to(asked("xyzzy?")).of("dt") == []
