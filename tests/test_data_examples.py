"""Lints the example cases that ship: without a fault, and stamped wherever we supply what nobody said."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

import pytest

from partnership_model.knowledge.cases import read_case
from partnership_model.knowledge.shipped import shipped

if TYPE_CHECKING:
    from partnership_model.knowledge.base import KnowledgeBase

DATA = shipped("data")
TODAY = dt.date(2026, 11, 21)
CASES = ("ember-2016", "dovestone-2017", "dovestone-2019", "typical-2026")
SEVEN = {"stay", "collaboration", "federation", "co_operative_trust", "umbrella_trust", "new_mat", "established_mat"}


def test_every_example_is_a_case_without_a_fault(base: KnowledgeBase) -> None:
    assert sorted(path.name for path in (DATA / "cases").iterdir()) == sorted(CASES)
    assert all(read_case(DATA / "cases" / name, base).name == name for name in CASES)


@pytest.mark.parametrize("name", CASES)
def test_a_judgement_a_weight_or_a_sum_that_we_supply_is_stamped_illustrative(name: str, base: KnowledgeBase) -> None:
    case = read_case(DATA / "cases" / name, base)
    assert case.file.illustrative or not (case.judgements or case.file.weights)
    assert bool(case.file.illustrative_note) is case.file.illustrative


def test_ember_has_exactly_its_six_options_and_staying(base: KnowledgeBase) -> None:
    case = read_case(DATA / "cases" / "ember-2016", base)
    assert case.options[0].option == "stay"
    assert {one.option for one in case.options} == SEVEN
    assert len(case.options) == 7
    assert set(base.on(case.as_of(TODAY)).options) == SEVEN


def test_what_ember_says_of_its_own_names_its_source(base: KnowledgeBase) -> None:
    file = read_case(DATA / "cases" / "ember-2016", base).file
    said = [one for key in ("why", "aims", "claims", "next_steps") for one in getattr(file, key)]
    assert len(said) > 10
    assert {one.source for one in said} == {"source_001"}
    assert "source_001" in base.sources


def test_what_ember_does_not_say_is_stamped_illustrative(base: KnowledgeBase) -> None:
    file = read_case(DATA / "cases" / "ember-2016", base).file
    assert file.illustrative
    assert file.illustrative_note
    assert all(re.fullmatch(r"(Infant|Junior|Primary|Secondary) [A-Z]", school.name) for school in file.schools)


def test_ember_is_asked_about_the_day_before_the_plan_changed(base: KnowledgeBase) -> None:
    assert read_case(DATA / "cases" / "ember-2016", base).as_of(TODAY) == dt.date(2016, 4, 15)
