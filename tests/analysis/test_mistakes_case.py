"""Hopes, minds made up, money by the point, old facts, and options that were never given a fair look."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from partnership_model.analysis.appraisal import Appraisal, appraise
from partnership_model.analysis.mistakes.case import built_to_lose, cost_per_point, optimism, predetermination, stale_facts
from partnership_model.model.problem import build_problem
from tests.making import DAY, NOT_YET, make_case, make_group, make_knowledge, make_problem, make_range

if TYPE_CHECKING:
    from partnership_model.knowledge.cases import Case

POINTS = {"autonomy": 50, "cost": 50}


def judged(low: float, likely: float, grade: str, savings: float = 0) -> tuple[Case, Appraisal]:
    """Make a case of two options: staying has 60 of autonomy for certain, the federation what is given; all costs are computed."""
    case = make_case(weights=(make_group(values=POINTS),), options=("stay", "federation"), who_counts="group")
    facts = {("savings", "federation"): (savings, savings, savings)}
    problem = build_problem(case, make_knowledge(facts))
    cells = {("stay", "autonomy"): ((60, 60, 60), "B"), ("federation", "autonomy"): ((low, likely, likely), grade)}
    for cell, (figures, evidence) in cells.items():
        changed = replace(problem.judgements[cell], amount=make_range(figures), confirmed=True, grade=evidence, origin="group")
        problem = problem.with_judgement(changed)
    for key in ("stay", "federation"):
        problem = problem.with_judgement(replace(problem.judgements[key, "cost"], confirmed=True))
    return case, appraise(problem, 1)


def test_a_first_place_that_hangs_on_opinion_only_is_hopeful() -> None:
    """By hand: at 70 the federation is ahead of 60; at its low 40 it is not, and costs are the same."""
    (one,) = optimism(*judged(40, 70, "D"))
    assert one.where == ("federation",)
    assert one.found == {"kind": "opinion", "criteria": ["autonomy"], "leaders": ["stay"]}


@pytest.mark.parametrize(("low", "grade"), [(65, "D"), (40, "C")])
def test_opinion_that_stays_ahead_at_its_low_figure_and_what_has_evidence_is_not(low: float, grade: str) -> None:
    assert list(optimism(*judged(low, 70, grade))) == []


def test_a_first_place_that_hangs_on_savings_is_hopeful() -> None:
    """By hand: £50 a pupil saved is worth 100 on cost, nothing saved 85; so 50 + 100 beats 60 + 85, and 50 + 85 does not."""
    (one,) = optimism(*judged(50, 50, "B", savings=50))
    assert one.found == {"kind": "savings", "criteria": ["cost"], "leaders": ["stay"]}
    assert list(optimism(*judged(50, 70, "B", savings=50))) == []


# Minds made up


def test_words_of_a_decision_in_a_case_that_is_not_decided_are_named_with_their_place() -> None:
    said = {"next_steps": ({"says": "Ask the diocese."}, {"says": "The schools will become academies in May."})}
    (one,) = predetermination(make_case(status="consulting", **said))
    assert one.where == ("next_steps 2",)
    assert one.found == {"status": "consulting", "sentence": "The schools will become academies in May."}
    assert list(predetermination(make_case(status="decided", **said))) == []


@pytest.mark.parametrize(("status", "count"), [("exploring", 1), ("consulting", 1), ("emerging", 0), ("decided", 0)])
def test_a_preferred_option_may_be_named_only_once_one_emerges(status: str, count: int) -> None:
    case = make_case(status=status, why=({"says": "The trust is our preferred option."},))
    assert len(list(predetermination(case))) == count


def test_a_recommendation_before_anybody_was_asked_comes_too_early() -> None:
    (one,) = predetermination(make_case(status="exploring", recommendation={"says": "We would go on with the federation."}))
    assert (one.where, one.found["sentence"]) == (("recommendation",), "")
    assert list(predetermination(make_case(status="consulting", recommendation={"says": "We would go on with it."}))) == []
    asked = {"consultation": ({"asked": "What do you think?", "of": "Parents"},)}
    assert list(predetermination(make_case(recommendation={"says": "We would go on with it."}, appraisal=asked))) == []


@pytest.mark.parametrize(("days", "count"), [(-1, 1), (0, 0), (3, 0)])
def test_a_resolution_that_was_passed_while_others_were_still_asked_came_too_early(days: int, count: int) -> None:
    asked = {"consultation": ({"asked": "What do you think?", "of": "Parents", "closed": DAY},)}
    passed = ({"body": "governing_body", "state": "passed", "on": DAY + dt.timedelta(days=days)},)
    found = list(predetermination(make_case(status="consulting", appraisal=asked, resolutions=passed)))
    assert [one.where for one in found] == [("governing_body",)] * count


@pytest.mark.parametrize("key", ["conditions", "dissent"])
def test_money_by_the_point_in_the_groups_own_words_is_named(key: str) -> None:
    case = make_case(recommendation={"says": "Go on.", key: ("It is best at £40 per point.",)})
    (one,) = cost_per_point(case)
    assert (one.where, one.found) == (("recommendation",), {"sentence": "It is best at £40 per point."})
    assert list(cost_per_point(make_case(why=({"says": "It costs £40 a pupil."},)))) == []


# Old facts


def appraised(**facts: Any) -> tuple[Appraisal, Any]:  # noqa: ANN401 - facts by name
    """Appraise a case on a small knowledge base."""
    knowledge = make_knowledge(facts)
    return appraise(build_problem(make_case(), knowledge), 1), knowledge


def test_facts_that_nobody_checked_in_time_are_named_and_fresh_ones_are_not() -> None:
    appraisal, knowledge = appraised()
    (one,) = stale_facts(make_case(), appraisal, knowledge, NOT_YET + dt.timedelta(days=1))
    assert one.found == {"kind": "stale"}
    assert "eligibility" in one.where
    assert list(stale_facts(make_case(), appraisal, knowledge, NOT_YET)) == []


@pytest.mark.parametrize(("year", "count"), [(2018, 0), (2019, 1)])
def test_prices_of_three_years_ago_are_old(year: int, count: int) -> None:
    """The facts of the small knowledge base are in prices of 2016."""
    appraisal, knowledge = appraised(savings=(1, 2, 3))
    later = replace(knowledge, day=dt.date(year, 4, 15))
    found = list(stale_facts(make_case(), appraisal, later, dt.date(2019, 4, 15)))
    assert [one.found for one in found] == [{"kind": "prices", "price_year": 2016, "day": f"{year}-04-15"}] * count


def test_an_appraisal_that_has_expired_by_its_own_words_is_old() -> None:
    appraisal, knowledge = appraised()
    case = make_case(appraisal={"expires": DAY})
    assert [one.found for one in stale_facts(case, appraisal, knowledge, DAY)] == [{"kind": "expired", "day": "2016-04-15"}]
    assert list(stale_facts(case, appraisal, knowledge, DAY - dt.timedelta(days=1))) == []


def test_the_question_of_a_consultation_is_read_too() -> None:
    asked = {"consultation": ({"asked": "What do you think of our decision to join the trust?", "of": "Parents"},)}
    (one,) = predetermination(make_case(appraisal=asked))
    assert one.where == ("consultation 1",)


# A fair look


def looked_at(**counts: int) -> Appraisal:
    """Appraise four criteria of which so many were looked at for each option."""
    table = {key: [20 * place] * 4 for place, key in enumerate(counts, 1)}
    unseen = [(key, f"c{place}") for key, count in counts.items() for place in range(count + 1, 5)]
    return appraise(make_problem(table, unconfirmed=unseen), 1)


def test_an_option_that_was_looked_at_far_less_is_named() -> None:
    (one,) = built_to_lose(looked_at(stay=1, federation=2, new_mat=4))
    assert one.where == ("stay",)
    assert one.found == {"looked_at": {"stay": 1}, "most": 4, "of": 4}


def test_options_that_were_all_looked_at_or_not_at_all_had_the_same_look() -> None:
    assert list(built_to_lose(looked_at(stay=4, federation=4))) == list(built_to_lose(looked_at(stay=0, federation=0))) == []
