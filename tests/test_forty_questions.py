"""The forty questions that governors ask: each finds an answer, with its mark, its source or whom to ask, and its sums."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import TYPE_CHECKING

import pytest

from partnership_model.analysis.appraisal import appraise
from partnership_model.display.words import headline
from partnership_model.knowledge.asking import find
from partnership_model.knowledge.cases import Case, School, read_case
from partnership_model.knowledge.reading import read_knowledge
from partnership_model.knowledge.shipped import find_case
from partnership_model.model.calculations import Asked, calculate
from partnership_model.model.problem import build_problem
from partnership_model.model.screening import screen

if TYPE_CHECKING:
    from partnership_model.analysis.appraisal import Appraisal
    from partnership_model.knowledge.base import KnowledgeBase, KnowledgeOfDay
    from partnership_model.knowledge.facts import Fact
    from partnership_model.knowledge.questions import Calculation, Question

TODAY = dt.date(2026, 11, 21)
BASE = read_knowledge()
CATEGORIES = ("community", "voluntary_aided", "academy", "community_special")
MARKS = {"sourced", "named", "memory", "estimate"}
SUMS = ("top_slice_in_pounds", "bought_in_today", "set_up_less_grant", "break_even", "rolls_fall", "partner_deficit", "without_one_school")
ELSEWHERE = ("doors", "policy_scenario", "robustness")
SEED, SAMPLES = 1, 2_000


@pytest.fixture(scope="module")
def today(base: KnowledgeBase) -> KnowledgeOfDay:
    """Give the knowledge base of 21 November 2026."""
    return base.on(TODAY)


@pytest.fixture(scope="module", params=["ember-2016", "typical-2026"])
def case(request: pytest.FixtureRequest, base: KnowledgeBase) -> Case:
    """Read an example case."""
    return read_case(find_case(request.param), base)


@pytest.fixture(scope="module")
def appraisal(case: Case, base: KnowledgeBase) -> Appraisal:
    """Appraise the example case with few draws."""
    return appraise(build_problem(case, base.on(case.as_of(TODAY))), SAMPLES, SEED)


def reckoned(name: Calculation, option: str, school: School, case: Case, base: KnowledgeBase) -> str:
    """Give what a sum says for one school: its figure, its words, or what is missing; "" for nothing at all."""
    years = case.file.money.years or base.derive.money.years
    found = calculate(name, Asked(option, school, case.members, base.on(case.as_of(TODAY)), years))
    if found is None:
        return ""
    return f"{found.amount.low} to {found.amount.high}" if found.amount else found.says or found.missing


def kept_promises(fact: Fact, base: KnowledgeBase) -> list[str]:
    """Name what a reader would miss under an answer."""
    missing = [] if fact.mark in MARKS else ["mark"]
    missing += [] if fact.says else ["words"]
    missing += [] if fact.code or fact.amount or fact.steps else ["answer"]
    references = [one for one in fact.references if one.source in base.sources]
    if fact.mark == "sourced":
        read = [one for one in references if one.at and one.read and (one.href or base.sources[one.source].href)]
        missing += [] if read else ["passage with its place, its day and its address"]
    elif fact.mark == "named":
        missing += [] if references else ["source"]
    if fact.mark != "sourced" or not fact.known:
        missing += [] if fact.ask else ["whom to ask"]
    return missing


@pytest.mark.parametrize("question", BASE.questions, ids=lambda one: f"question {one.number}")
def test_every_question_finds_its_answers_for_every_option(question: Question, base: KnowledgeBase, today: KnowledgeOfDay) -> None:
    assert len(today.options) == 8
    assert question.attributes or question.calculations
    facts = [today.fact(name, option, category) for name in question.attributes for option in today.options for category in CATEGORIES]
    assert len(facts) == len(question.attributes) * len(today.options) * len(CATEGORIES)
    assert {fact.key: lacks for fact in facts if (lacks := kept_promises(fact, base))} == {}


def test_a_promise_that_is_not_kept_is_named(base: KnowledgeBase, today: KnowledgeOfDay) -> None:
    fact = today.fact("employer", "stay", "community")
    assert kept_promises(fact, base) == []
    assert kept_promises(dataclasses.replace(fact, references=()), base) == ["passage with its place, its day and its address"]
    assert kept_promises(dataclasses.replace(fact, mark="named", references=(), ask=None), base) == ["source", "whom to ask"]
    assert kept_promises(dataclasses.replace(fact, mark="estimate", code=None, ask=None), base) == ["answer", "whom to ask"]


def test_there_are_forty_questions_and_each_of_the_first_ten_facts_answers_one(base: KnowledgeBase) -> None:
    assert [one.number for one in base.questions] == list(range(1, 41))
    asked = {name for one in base.questions for name in one.attributes}
    assert {name for name, one in base.attributes.items() if one.first_question} <= asked


@pytest.mark.parametrize("question", BASE.questions, ids=lambda one: f"question {one.number}")
def test_a_question_typed_in_its_own_words_is_found_first(question: Question, base: KnowledgeBase) -> None:
    assert find(base, question.asks)[0].number == question.number


@pytest.mark.parametrize("name", SUMS)
def test_a_sum_gives_a_figure_or_says_what_is_missing(name: Calculation, case: Case, base: KnowledgeBase) -> None:
    said = {
        f"{option.option}, {school.name}": reckoned(name, option.option, school, case, base)
        for option in case.options
        for school in case.members
    }
    assert [where for where, words in said.items() if not words] == []


def test_every_sum_that_a_question_names_is_one_of_ours(base: KnowledgeBase) -> None:
    assert {name for one in base.questions for name in one.calculations} == {*SUMS, *ELSEWHERE}


@pytest.mark.parametrize("name", SUMS)
def test_a_closed_option_is_said_to_be_closed_and_not_reckoned(name: Calculation, base: KnowledgeBase) -> None:
    typical = read_case(find_case("typical-2026"), base)
    schools = {school.category: school for school in typical.members}
    for option, category in (("federation", "academy"), ("new_mat", "maintained_nursery"), ("la_trust", "maintained_nursery")):
        assert reckoned(name, option, schools[category], typical, base) == "Not open to this school."


def test_the_top_slice_is_a_share_of_the_schools_own_budget(base: KnowledgeBase) -> None:
    ember = read_case(find_case("ember-2016"), base)
    school = ember.members[0]
    knowledge = base.on(ember.as_of(TODAY))
    rate = knowledge.fact("top_slice", "established_mat", school.category).amount
    found = calculate("top_slice_in_pounds", Asked("established_mat", school, ember.members, knowledge, 5))
    assert rate is not None
    assert found is not None
    assert found.amount is not None
    assert found.unit == "GBP_a_year"
    assert found.amount.likely == pytest.approx(1_180_000 * rate.likely / 100)
    assert reckoned("top_slice_in_pounds", "federation", school, ember, base) == "0.0 to 0.0"


@pytest.mark.parametrize(
    ("category", "form", "words"),
    [("community", "alone", "it stays out"), ("community", "federated", "its own head"), ("academy", "in_mat", "trust's board decides")],
)
def test_a_no_is_told_as_the_law_takes_it(category: str, form: str, words: str, base: KnowledgeBase) -> None:
    """A governing body of its own binds nobody and is bound by nobody; a school in a trust or a federation is not so free."""
    fields = {"category": category, "form": form, "phase": "primary", "pupils": 200, "budget": 900_000}
    schools = [School.model_validate({"name": f"Primary {letter}", **fields}) for letter in "ABC"]
    option = "federation" if form == "alone" else "established_mat"
    found = calculate("without_one_school", Asked(option, schools[0], schools, base.on(TODAY), 5))
    assert found is not None
    assert "Primary A says no" in found.says
    assert words in found.says
    assert [fact.attribute for fact in found.facts] == ["eligibility", "one_school_says_no"]


def test_a_partners_deficit_is_reckoned_once_the_case_gives_every_balance(base: KnowledgeBase) -> None:
    typical = read_case(find_case("typical-2026"), base)
    assert "no balance" in reckoned("partner_deficit", "federation", typical.members[0], typical, base)
    schools = [one.model_copy(update={"balance": -40_000.0 if place == 1 else 10_000.0}) for place, one in enumerate(typical.members)]
    found = calculate("partner_deficit", Asked("federation", schools[0], schools, base.on(TODAY), 5))
    assert found is not None
    assert found.amount is not None
    assert found.amount.high == 40_000
    inside = [one.pupils for one in schools if one.category != "academy"]
    assert found.amount.likely == pytest.approx(40_000 * 205 / sum(inside))


@pytest.mark.parametrize("name", ELSEWHERE)
def test_what_the_way_out_or_the_draws_answer_is_no_sum(name: Calculation, case: Case, base: KnowledgeBase) -> None:
    assert reckoned(name, "stay", case.members[0], case, base) == ""


def test_the_doors_of_every_option_are_counted(appraisal: Appraisal, case: Case) -> None:
    keys = [option.option for option in case.options]
    for key in keys:
        way_out = appraisal.problem.option(key).way_out
        assert sorted((*way_out.doors, *way_out.closed_doors)) == sorted(one for one in keys if one != key)


def test_a_trust_school_can_still_go_on_to_an_academy_trust_and_an_academy_cannot_come_back(appraisal: Appraisal) -> None:
    problem = appraisal.problem
    assert {"new_mat", "established_mat", "federation"} <= set(problem.option("co_operative_trust").way_out.doors)
    assert {"federation", "co_operative_trust"} <= set(problem.option("established_mat").way_out.closed_doors)


def test_a_later_duty_to_be_in_a_trust_is_answered_for_every_option(case: Case, base: KnowledgeBase) -> None:
    knowledge = base.on(case.as_of(TODAY))
    facts = [knowledge.fact("future_trust", one.option, school.category, school.form) for one in case.options for school in case.members]
    assert {fact.key: lacks for fact in facts if (lacks := kept_promises(fact, base))} == {}


def test_how_sure_we_can_be_is_said_in_words(appraisal: Appraisal) -> None:
    """Where nobody has weighed there is no leader to be sure of; where somebody has, draws stand behind the words."""
    assert headline(appraisal)
    assert (appraisal.robustness is None) == (appraisal.problem.weights is None)


@pytest.mark.parametrize(("name", "associates"), [("dovestone-2017", 4), ("dovestone-2019", 2)])
def test_dovestone_is_open_with_full_and_associate_members(name: str, associates: int, base: KnowledgeBase) -> None:
    """Three schools changed category, church schools came in beside them, and one cannot change category yet."""
    case = read_case(find_case(name), base)
    chosen = next(one for one in case.options if one.option == "co_operative_trust")
    knowledge = base.on(case.as_of(TODAY))
    found = screen("co_operative_trust", case.members, knowledge, case.file.least_full_members, chosen)
    memberships = {one.school: one.membership for one in found.schools}
    waiting = memberships.pop(next(one.name for one in case.members if one.phase == "secondary"))
    assert found.status == "open"
    assert found.possible_full_members == 3
    assert list(memberships.values()) == ["full"] * 3 + ["associate"] * associates
    assert waiting in ("associate", "later")
    assert build_problem(case, knowledge).option("co_operative_trust").screening == found
