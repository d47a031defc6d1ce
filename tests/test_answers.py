"""Answers written by hand from the law, and not from the data: what the knowledge base must say.

Where one of these fails, the law decides which of the two is wrong; neither is to be bent to the other.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from partnership_model.knowledge.cases import School, read_case
from partnership_model.knowledge.schema import parse_day
from partnership_model.knowledge.shipped import shipped
from partnership_model.knowledge.yaml_file import read_yaml
from partnership_model.model.screening import screen

if TYPE_CHECKING:
    from partnership_model.knowledge.base import KnowledgeBase

CASES = Path(__file__).parent / "cases"
ANSWERS: list[dict[str, Any]] = read_yaml(CASES / "answers.yaml").value["answers"]
REPLAYS: list[dict[str, Any]] = read_yaml(CASES / "replays.yaml").value["replays"]
SCREENING: list[dict[str, Any]] = read_yaml(CASES / "screening.yaml").value["screening"]


def readable(one: dict[str, Any]) -> str:
    """Name an answer by its cell and its day."""
    return " ".join(str(one[key]) for key in ("attribute", "option", "category", "form", "day") if key in one)


def school(place: int, category: str) -> School:
    """A school of a category; nothing else about it matters to the law."""
    fields = {"name": f"School {place}", "category": category, "phase": "primary", "pupils": 200, "budget": 900_000}
    return School.model_validate(fields)


@pytest.mark.parametrize("answer", ANSWERS, ids=readable)
def test_the_knowledge_base_answers_as_the_law_does(answer: dict[str, Any], base: KnowledgeBase) -> None:
    day = parse_day(answer["day"], "day")
    fact = base.on(day).fact(answer["attribute"], answer["option"], answer["category"], answer.get("form", "alone"))
    difference = f"{answer['question']}\nlaw: {answer['law']}\ndata ({fact.mark}, from {fact.since}): {fact.says}"
    if "likely" in answer:
        assert fact.amount is not None, difference
        assert fact.amount.likely == answer["likely"], difference
    else:
        assert fact.code == answer["answer"], difference


@pytest.mark.parametrize("replay", REPLAYS, ids=readable)
def test_the_day_of_the_case_is_replayed_for_every_option_and_school(replay: dict[str, Any], base: KnowledgeBase) -> None:
    """An academy needs no order to become one, so of that question it may be out of scope."""
    knowledge = base.on(parse_day(replay["day"], "day"))
    case = read_case(shipped("data", "cases", "ember-2016"), base)
    assert len(case.options) == 7
    for option in case.options:
        for one in case.file.schools:
            fact = knowledge.fact(replay["attribute"], option.option, one.category)
            outside = one.category == "academy" and fact.code == "not_open"
            assert outside or fact.code == replay["answer"], f"{option.option}, {one.name}: {fact.says}\n{replay['law']}"


@pytest.mark.parametrize("worked", SCREENING, ids=[one["name"] for one in SCREENING])
def test_a_group_is_screened_as_the_law_says(worked: dict[str, Any], base: KnowledgeBase) -> None:
    schools = [school(place, one["category"]) for place, one in enumerate(worked["schools"])]
    found = screen(worked["option"], schools, base.on(parse_day(worked["day"], "day")))
    memberships = {str(place): one.membership for place, one in enumerate(found.schools)}
    because = "\n".join(f"{one.school} ({one.category}): {one.fact.says}" for one in found.schools)
    assert memberships == worked["members"], f"{worked['law']}\n{because}"
    assert found.status == worked["status"], f"{worked['law']}\n{because}"


@pytest.mark.parametrize("worked", SCREENING, ids=[one["name"] for one in SCREENING])
def test_a_group_may_always_stay_as_it_is(worked: dict[str, Any], base: KnowledgeBase) -> None:
    schools = [school(place, one["category"]) for place, one in enumerate(worked["schools"])]
    assert screen("stay", schools, base.on(parse_day(worked["day"], "day"))).status == "open"


def test_every_answer_asks_something_else_and_names_its_law() -> None:
    cells = Counter(readable(one) for one in ANSWERS)
    assert [cell for cell, count in cells.items() if count > 1] == []
    assert [one["question"] for one in [*ANSWERS, *REPLAYS, *SCREENING] if not one.get("law")] == []
    assert [one["question"] for one in ANSWERS if ("answer" in one) == ("likely" in one)] == []


def test_the_answers_cover_every_option_category_and_day_of_the_case(base: KnowledgeBase) -> None:
    assert len(ANSWERS) >= 360
    assert {one["option"] for one in ANSWERS} == set(base.options)
    assert {one["category"] for one in ANSWERS} == set(base.categories)
    assert {one.get("form", "alone") for one in ANSWERS} == set(base.forms)
    assert {one["day"] for one in ANSWERS} >= {"2016-04-15", "2016-06-01", "2026-11-21"}
    assert {one["day"][:4] for one in ANSWERS} >= {"2011", "2012", "2013", "2014", "2016", "2019", "2022", "2024", "2026"}


def test_the_answers_cover_every_first_question_that_the_law_settles(base: KnowledgeBase) -> None:
    """What it costs to set up is an estimate; no law has it."""
    first = {name for name, attribute in base.attributes.items() if attribute.first_question}
    assert first - {one["attribute"] for one in ANSWERS} <= {"set_up_cost"}


def test_the_answers_reach_the_questions_on_which_the_law_turns(base: KnowledgeBase) -> None:
    asked = {one["attribute"] for one in ANSWERS}
    assert asked <= set(base.attributes)
    assert asked >= {"admissions_authority", "apprenticeship_levy", "capital_route", "closure_power", "diocese_role", "dismissal_costs"}
    assert asked >= {"foundation_majority", "governor_liability", "inspection_unit", "one_school_says_no", "pooling", "religious_character"}
    assert asked >= {"de_delegation", "intervention_meaning", "parent_voice", "teacher_pay", "term_dates"}
