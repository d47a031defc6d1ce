"""The forty questions and what answers each; fact sheets of routes that are no options of their own."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, get_args

import pytest
from pydantic import ValidationError

from partnership_model.knowledge.questions import Calculation, FactSheet, Question
from partnership_model.knowledge.reading import read_knowledge
from tests.knowledge.small import ASKED, SHEETS, Row, faults, named, one_fault

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LAST = '{number: 40, asks: "What of 40?", topic: people, attributes: [employer]}'
QUESTION = '{number: 7, asks: "What of 7?", topic: people, attributes: [employer]}'


def question(**changes: Any) -> Question:  # noqa: ANN401
    """One of the forty questions."""
    return Question.model_validate({"number": 1, "asks": "Can we leave?", "topic": "exit", "attributes": ["leave_decider"]} | changes)


def answer(day: str, says: str | None, asked: str = "Is it lawful?") -> dict[str, Any]:
    """A question of a fact sheet with its answer from one day on; None where it ended."""
    said = {"value": None} if says is None else {"says": says, "mark": "memory", "ask": "the council"}
    return {"question": asked, "from": day} | said


def sheet(*facts: dict[str, Any], **changes: Any) -> FactSheet:  # noqa: ANN401
    """A fact sheet with these answers."""
    return FactSheet.model_validate({"label": "A route", "plain": "A route.", "kind": "route", "facts": list(facts)} | changes)


@pytest.mark.parametrize("changes", [{}, {"attributes": [], "calculations": ["doors"]}, {"also": ["Can we get out?"]}])
def test_a_question_is_answered_by_facts_or_by_a_sum(changes: dict[str, Any]) -> None:
    assert question(**changes).number == 1


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"attributes": []}, "name the attributes or calculations that answer it"),
        ({"calculations": ["door"]}, "doors"),
        ({"number": 0}, "greater than or equal to 1"),
        ({"number": 41}, "less than or equal to 40"),
        ({"topic": "weather"}, "control"),
        ({"facts": []}, "[Ee]xtra"),
    ],
)
def test_a_question_that_nothing_answers_is_refused(changes: dict[str, Any], complaint: str) -> None:
    with pytest.raises(ValidationError, match=complaint):
        question(**changes)


def test_every_calculation_answers_a_question_of_the_knowledge_base() -> None:
    asked = {name for one in read_knowledge().questions for name in one.calculations}
    assert asked == set(get_args(Calculation))


# file, old words, new words, line, words of the message
ONE_FAULT: list[Row] = [
    (ASKED, QUESTION, QUESTION.replace("employer", "employr"), 8, '"employr" is not an attribute. Did you mean "employer"?'),
    (ASKED, QUESTION, QUESTION.replace("7,", "8,"), 1, "expected the numbers 1 to 40, each once"),
    (ASKED, f"  - {QUESTION}\n", "", 1, "expected the numbers 1 to 40, each once"),
    (ASKED, QUESTION, QUESTION.replace("[employer]", "[]"), 8, "name the attributes or calculations"),
    (ASKED, QUESTION, QUESTION.replace("7?", "7?").replace("topic", "topik: x, topic"), 8, 'Did you mean "topic"?'),
    (ASKED, LAST, f"{LAST}\nfact_sheet: [employer, grnt]", 42, '"grnt" is not an attribute. Did you mean "grant"?'),
    (SHEETS, "options: [stay]", "options: [stay, sty]", 6, '"sty" is not an option. Did you mean "stay"?'),
    (SHEETS, "source: act", "source: acct", 12, 'the source "acct" is not known. Did you mean "act"?'),
    (SHEETS, "        mark: named\n        references: [{source: act}]\n",
     "        mark: sourced\n        references: [{source: paper, at: page 1, read: 2026-11-21}]\n", 12,
     "a sourced fact needs a reference with a pinpoint, the day it was read, and an address"),
    (SHEETS, "    facts:\n", "    facts:\n      - {question: Is it lawful?, from: 2003-09-01, says: No., mark: memory, ask: us}\n", 9,
     '"Is it lawful?" has two answers from 2003-09-01; keep one'),
    (SHEETS, "kind: route", "kind: root", 5, "route"),
    (SHEETS, "        ask: the council\n", "", 8, "whom to `ask`"),
    (SHEETS, "      - question: Is it lawful?\n        from", "      - from", 8, "this key is missing"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("file", "old", "new", "line", "words"), ONE_FAULT, ids=[f"{place} {one}" for place, one in enumerate(named(ONE_FAULT))]
)
def test_a_fault_of_a_question_or_a_sheet_is_found_with_its_line(  # noqa: PLR0913, PLR0917 - a row of a table
    file: str, old: str, new: str, line: int, words: str, data: Callable[..., Path]
) -> None:
    one_fault(data((file, old, new)), file, line, words)


def test_the_faults_of_two_questions_come_at_once(data: Callable[..., Path]) -> None:
    other = QUESTION.replace("7", "30")
    changes = [(ASKED, one, one.replace("[employer]", "[grant, emploer]")) for one in (QUESTION, other)]
    assert [one.split(": ")[:2] for one in faults(data(*changes))] == [
        [f"{ASKED}:{line}", f"questions.{line - 2}.attributes.1"] for line in (8, 31)
    ]


# Fact sheets


def test_the_sheet_of_every_option_names_its_questions_in_order(data: Callable[..., Path]) -> None:
    assert read_knowledge(data((ASKED, LAST, f"{LAST}\nfact_sheet: [grant, employer]"))).fact_sheet == ("grant", "employer")


def test_a_sheet_says_the_latest_answer_to_each_question_by_a_day() -> None:
    found = sheet(answer("2003-09-01", "Yes."), answer("2010-09-01", "How much.", "What does it cost?"), answer("2016-04-01", "No."))
    said = [[one.says for one in found.on(dt.date(year, 12, 1))] for year in (2002, 2003, 2010, 2016)]
    assert said == [[], ["Yes."], ["Yes.", "How much."], ["No.", "How much."]]


def test_answers_may_stand_in_any_order_of_time() -> None:
    found = sheet(answer("2016-04-01", "No."), answer("2003-09-01", "Yes."))
    assert [one.says for one in found.on(dt.date(2016, 3, 31))] == ["Yes."]
    assert [one.says for one in found.on(dt.date(2016, 4, 1))] == ["No."]


def test_an_answer_that_ended_is_left_out() -> None:
    found = sheet(answer("2003-09-01", "Yes."), answer("2016-04-01", None))
    assert found.on(dt.date(2016, 4, 1)) == ()


def test_a_sheet_without_an_answer_is_refused() -> None:
    with pytest.raises(ValidationError, match="at least 1"):
        sheet()


def test_an_answer_of_a_sheet_keeps_the_rules_of_its_mark() -> None:
    with pytest.raises(ValidationError, match="a sourced fact needs a reference"):
        sheet(answer("2003-09-01", "Yes.") | {"mark": "sourced"})
