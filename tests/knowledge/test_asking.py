"""What a governor types finds what answers it: whole questions, words alone, words mistyped, and nothing at all."""

from __future__ import annotations

import time

import pytest

from partnership_model.knowledge.asking import FOUND_AT_MOST, find
from partnership_model.knowledge.base import KnowledgeBase
from partnership_model.knowledge.facts import Attribute
from partnership_model.knowledge.parts import QuestionFile
from partnership_model.knowledge.reading import read_knowledge
from tests.making import make_parts

BASE = read_knowledge()
NUMBERS = [one.number for one in BASE.questions]


def numbers(text: str, base: KnowledgeBase = BASE) -> list[int | None]:
    """The questions that are found, the best first."""
    return [one.number for one in find(base, text)]


def question(number: int) -> str:
    """One of the forty questions, as it stands."""
    return next(one.asks for one in BASE.questions if one.number == number)


@pytest.mark.parametrize("number", NUMBERS)
def test_each_of_the_forty_questions_typed_as_it_stands_finds_itself_first(number: int) -> None:
    assert numbers(question(number))[0] == number


@pytest.mark.parametrize("number", NUMBERS)
def test_a_question_is_found_in_capitals_without_its_marks_and_in_any_order_of_words(number: int) -> None:
    asks = question(number)
    shouted = asks.upper().replace("?", "!!").replace(",", " ")
    assert numbers(shouted)[0] == number
    assert numbers(" ".join(reversed(asks.replace("?", "").replace(",", "").split())))[0] == number


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("Who employs our head?", 9),
        ("pensions", 13),
        ("will my teachers' pension change", 13),
        ("TUPE", 12),
        ("who owns our land?", 22),
        ("uniform", 28),
        ("term dates", 30),
        ("admissions", 29),
        ("unions", 15),
        ("VAT", 26),
        ("religious character", 34),
        ("the diocese", 35),
        ("Ofsted", 38),
        ("how long does it take", 39),
        ("leave again", 1),
    ],
)
def test_a_governors_own_words_find_the_question_first(typed: str, number: int) -> None:
    assert numbers(typed)[0] == number


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("pensoins", 13),
        ("who emploies our haed", 9),
        ("uniforme", 28),
        ("admisions", 29),
        ("relijous caracter", 34),
        ("insurence", 26),
        ("goverment makes us join a trsut", 37),
        ("inspecton", 38),
        ("redundency", 9),
    ],
)
def test_a_word_or_two_mistyped_finds_it_all_the_same(typed: str, number: int) -> None:
    assert number in numbers(typed)


@pytest.mark.parametrize(
    "typed",
    ["", "   ", "?", "the of and to", "our school", "qwertz", "zzz qqq", "weather tomorrow in Paris", "42", "a b c", "éàü", "学校"],
)
def test_words_that_mean_nothing_here_find_nothing(typed: str) -> None:
    assert find(BASE, typed) == ()


@pytest.mark.parametrize(
    "typed",
    [
        "<script>alert(1)</script>",
        "'; DROP TABLE facts; --",
        "{{ 7 * 7 }}",
        "%s%n%x",
        "\x00\x1b[31m",
        "\u202e\u200b\ud800",
        "(((((((((((a+)+)+)+)+)+)+)+)+)+)+)+$",
        "[" * 50_000,
        "a" * 100_000,
        "ab " * 50_000,
        "'s" * 50_000,
        "ing" * 50_000,
        "pension " * 50_000,
    ],
    ids=lambda text: repr(text[:20]),
)
def test_hostile_text_is_only_text_and_is_answered_at_once(typed: str) -> None:
    start = time.process_time()
    found = find(BASE, typed)
    assert time.process_time() - start < 2
    assert len(found) <= FOUND_AT_MOST
    assert {one.number for one in found} <= {*NUMBERS, None}


def test_many_different_words_are_answered_at_once() -> None:
    start = time.process_time()
    find(BASE, " ".join(f"{first}{second}ension" for first in "abcdefghij" for second in "abcdefghij"))
    assert time.process_time() - start < 2


def test_what_is_found_says_what_answers_it() -> None:
    (first, *_) = find(BASE, question(1))
    about = BASE.questions[NUMBERS.index(1)]
    assert (first.asks, first.attributes, first.calculations) == (about.asks, about.attributes, about.calculations)


def test_no_more_is_found_than_a_reader_can_look_at() -> None:
    assert FOUND_AT_MOST == 3
    assert max(len(find(BASE, f"{question(number)} {question(41 - number)}")) for number in NUMBERS) == FOUND_AT_MOST


# A small base, where each step can be seen


def small(*questions: dict[str, object], attributes: tuple[str, ...] = ("employer",)) -> KnowledgeBase:
    """A knowledge base of a few questions."""
    found = {
        name: Attribute.model_validate(
            {
                "attribute": name, "question": f"What of the {name}?", "description": f"All about an {name}.", "topic": "people",
                "kind": "rule", "nation": "england", "cells": [], "checked": {"date": "2026-11-21", "against": "x"},
                "stale_after": "2027-11-21",
            }
        )
        for name in attributes
    }  # fmt: skip
    asked = [{"topic": "people", "attributes": ["employer"], "number": place} | one for place, one in enumerate(questions, 1)]
    return KnowledgeBase.of(make_parts(attributes=found, questions=QuestionFile.model_validate({"questions": asked})))


def test_a_fact_that_none_of_the_questions_needs_is_found_by_its_own_question() -> None:
    base = small({"asks": "Who pays the staff?"}, attributes=("employer", "swimming_pool"))
    (found,) = find(base, "swimming")
    assert (found.asks, found.attributes, found.number) == ("What of the swimming_pool?", ("swimming_pool",), None)


def test_words_of_the_question_count_more_than_words_of_its_facts() -> None:
    base = small({"asks": "Who pays?", "attributes": ["employer"]}, {"asks": "Is the employer told?", "attributes": ["wages"]},
                 attributes=("employer", "wages"))  # fmt: skip
    assert numbers("employer", base) == [2, 1]


def test_the_other_words_of_a_question_count_as_its_own() -> None:
    base = small({"asks": "Could we leave?", "also": ["exit, walk away"]}, {"asks": "Who pays?"})
    assert numbers("walk away", base) == [1]


def test_one_rare_word_counts_more_than_two_that_stand_everywhere() -> None:
    halls = ({"asks": f"Who pays the staff of hall {letter * 4}?"} for letter in "bcdfghjk")
    base = small(*halls, {"asks": "Who waters the orchids?"})
    assert numbers("pays staff orchids", base)[0] == 9


def test_of_two_questions_that_fit_alike_the_shorter_comes_first() -> None:
    base = small({"asks": "Who pays for the roof and windows and doors?"}, {"asks": "Who pays for the roof?"})
    assert numbers("roof", base) == [2, 1]


@pytest.mark.parametrize("typed", ["pension", "Pensions", "pensions'", "pension's", "pension’s"])
def test_endings_of_words_do_not_matter(typed: str) -> None:
    assert numbers(typed, small({"asks": "What of our pensions?"}, {"asks": "Who pays?"})) == [1]


def test_where_there_is_nothing_to_find_nothing_is_found() -> None:
    assert find(KnowledgeBase.of(make_parts()), "pensions") == ()
