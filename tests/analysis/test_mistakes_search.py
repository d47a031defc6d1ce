"""All mistakes are looked for together: none is found in a clean case, and the examples that ship have those that they have."""

from __future__ import annotations

import datetime as dt

import pytest

from partnership_model.analysis.appraisal import appraise
from partnership_model.analysis.mistakes.found import KINDS
from partnership_model.analysis.mistakes.search import find_mistakes
from partnership_model.knowledge.cases import read_case
from partnership_model.knowledge.reading import read_knowledge
from partnership_model.knowledge.shipped import shipped
from partnership_model.model.problem import build_problem
from tests.clean_case import clean
from tests.making import DAY

BASE = read_knowledge()
SHIPPED = {
    "ember-2016": {"local_scale", "false_precision", "averaged_conflict", "dominated", "optimism", "built_to_lose"},
    "dovestone-2017": {"double_counting", "local_scale", "dominated", "built_to_lose"},
    "dovestone-2019": {"double_counting", "weights_without_ranges", "local_scale", "stale_facts"},
    "typical-2026": {"double_counting", "local_scale", "dominated", "stale_facts"},
}


def test_a_clean_case_raises_no_warning() -> None:
    case, appraisal, knowledge = clean()
    assert appraisal.ranking == (("federation",), ("stay",), ("new_mat",))
    assert find_mistakes(case, appraisal, knowledge, DAY) == ()


@pytest.mark.parametrize("name", SHIPPED)
def test_the_examples_have_the_warnings_that_were_judged_by_hand(name: str) -> None:
    """Each was read with the eyes of somebody who wants to take the report apart."""
    case = read_case(shipped("data", "cases", name), BASE)
    today = case.as_of(dt.date(2026, 11, 22))
    knowledge = BASE.on(today)
    found = find_mistakes(case, appraise(build_problem(case, knowledge)), knowledge, today)
    assert {one.kind for one in found} == SHIPPED[name]
    assert [one.kind for one in found] == sorted((one.kind for one in found), key=KINDS.index)
