"""The questions of a consultation: what a case asks, frozen, and the same again wherever they are read."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING

import pytest
from pydantic import ValidationError

from partnership_model.knowledge.cases import read_case
from partnership_model.knowledge.consultation.plan import room_for
from partnership_model.knowledge.consultation.question_set import QuestionSet, question_set, read_question_set
from tests.knowledge.three_schools import CASE
from tests.making import DAY

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from partnership_model.knowledge.base import KnowledgeBase

ASKS = """\
consultation:
  asks: What matters most to you?
  groups:
    - {group: Parents and carers, unit: households, invited: {Infant A: 190, Junior B: 260}}
    - {group: Staff, invited: 80}
    - {group: Learners, learners: true}
"""
LAST = "    elicited: {on: 2016-04-13, how: cards, people: 40}\n"


@pytest.fixture
def ask(write: Callable[..., Path], base: KnowledgeBase) -> Callable[[str], QuestionSet]:
    """Give the questions of the case of three schools, with what it asks."""

    def questions(asks: str = ASKS) -> QuestionSet:
        case = read_case(write((LAST, LAST + asks)), base)
        assert case.file.consultation is not None
        return question_set(case, case.file.consultation, base, DAY)

    return questions


def test_what_a_case_asks_is_frozen_with_the_words_of_the_day(ask: Callable[..., QuestionSet], base: KnowledgeBase) -> None:
    found = ask()
    assert (found.case, found.title, found.asks) == ("three-schools", "Three schools", "What matters most to you?")
    assert found.decides == "Each governing body decides for its own school."
    assert [one.key for one in found.criteria] == ["autonomy", "staff", "cost"]
    assert [(one.label, one.worst, one.best) for one in found.criteria] == [
        (base.criteria[name].label, base.criteria[name].worst, base.criteria[name].best) for name in ("autonomy", "staff", "cost")
    ]
    assert found.schools == ("Infant A", "Junior B", "Secondary C")
    assert [one.group for one in found.adults] == ["Parents and carers", "Staff"]
    assert [one.invited for one in found.groups] == [{"Infant A": 190, "Junior B": 260}, {"": 80}, {}]
    assert found.keep_until == DAY + dt.timedelta(days=365)
    assert (found.also, found.languages, found.once, found.option_order, found.options) == (("comment",), ("en",), "open", False, ())


def test_criteria_can_be_some_of_the_cases_in_another_order_and_options_are_asked_only_on_demand(ask: Callable[..., QuestionSet]) -> None:
    found = ask(ASKS + "  criteria: [cost, autonomy]\n  also: [support]\n")
    assert [one.key for one in found.criteria] == ["cost", "autonomy"]
    assert [(one.key, one.label) for one in found.options][-1] == ("new_mat", "A trust of our own")
    assert len(found.options) == 3
    assert found.options[0].plain == "Each school keeps its own present structure."


def test_a_question_set_of_before_options_were_explained_reads_with_the_same_hash(ask: Callable[..., QuestionSet]) -> None:
    found = ask(ASKS + "  also: [support]\n")
    before = found.text.replace(f', "plain": {json.dumps(found.options[0].plain)}', "")
    assert before != found.text
    again = read_question_set(before)
    assert (again.options[0].plain, again.text) == (None, before)


def test_how_many_answers_a_form_takes_is_no_question_and_more_than_any_hall_where_nothing_is_said(ask: Callable[..., QuestionSet]) -> None:
    assert ask(ASKS + "  most_answers: 200\n").digest == ask().digest
    assert room_for(ask().groups) == 5 * (190 + 260 + 80)
    assert room_for(ask(ASKS.replace("190", "19").replace("260", "26")).groups) == 1000
    learners = ASKS.replace("learners: true}", "learners: true, invited: 9999}")
    assert room_for(ask(learners).groups) == room_for(ask().groups)


def test_it_reads_back_the_same_with_the_same_hash(ask: Callable[..., QuestionSet]) -> None:
    found = ask()
    again = read_question_set(found.text)
    assert again == found
    assert (again.text, again.digest) == (found.text, found.digest)
    assert len(found.digest) == 64


@pytest.mark.parametrize("change", ["  about: Nothing is chosen.\n", "  also: []\n", "  keep_days: 30\n", "  once: voucher\n"])
def test_any_other_question_has_another_hash(ask: Callable[..., QuestionSet], change: str) -> None:
    assert ask(ASKS + change).digest != ask().digest


def test_what_is_for_governors_only_is_not_in_it(write: Callable[..., Path], base: KnowledgeBase, ask: Callable[..., QuestionSet]) -> None:
    own = "why:\n  - {says: A secret of the governors.}\nrecommendation: {says: A secret of the governors.}\n"
    assert "secret of the governors" not in ask(ASKS + own).text
    case = read_case(write((LAST, LAST + ASKS + own)), base)
    assert case.file.why[0].says == "A secret of the governors."


def test_what_is_stored_and_was_spoilt_is_refused(ask: Callable[..., QuestionSet]) -> None:
    held = json.loads(ask().text)
    for spoilt in ({**held, "criteria": "all"}, {**held, "unknown": 1}, {**held, "version": 2}, []):
        with pytest.raises(ValidationError, match="validation error"):
            read_question_set(json.dumps(spoilt))
    assert "consultation" not in CASE
