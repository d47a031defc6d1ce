"""The doors that lead on from an option differ from school to school; what is expected here is written from the law."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from partnership_model.knowledge.cases import Case, School, read_case
from partnership_model.knowledge.reading import read_knowledge
from partnership_model.knowledge.shipped import find_case
from partnership_model.model.doors import Door, Doors, doors_from
from partnership_model.model.way_out import doors_after

BASE = read_knowledge()
TODAY = BASE.on(dt.date(2026, 11, 20))
MIXED = read_case(find_case("typical-2026"), BASE)
MATS = ("new_mat", "established_mat", "umbrella_trust", "la_trust")
MAINTAINED_ONLY = ("federation", "co_operative_trust")


def school(category: str, form: str = "alone") -> School:
    fields = {"name": "Our school", "category": category, "form": form, "phase": "primary", "pupils": 200, "budget": 900_000}
    return School.model_validate(fields)


def found(start: str, category: str, form: str = "alone", case: Case = MIXED) -> Doors:
    return doors_from(start, school(category, form), case, TODAY)


def door(start: str, to: str, category: str, form: str = "alone") -> Door:
    return next(one for one in found(start, category, form).doors if one.option == to)


def test_a_community_school_leaves_a_co_operative_trust_as_another_kind_of_school() -> None:
    out = door("co_operative_trust", "stay", "community")
    assert (out.opening, out.back) == ("open", "other")
    assert "cannot become a community school again" in out.says
    assert door("stay", "co_operative_trust", "community").back == "other"


def test_a_foundation_school_leaves_a_co_operative_trust_as_what_it_was() -> None:
    assert door("co_operative_trust", "stay", "foundation").back == "same"
    assert door("stay", "co_operative_trust", "foundation").back == "same"


@pytest.mark.parametrize("start", MATS)
@pytest.mark.parametrize("category", ["community", "voluntary_aided", "community_special"])
def test_a_maintained_school_that_became_an_academy_never_comes_back(start: str, category: str) -> None:
    for to in ("stay", *MAINTAINED_ONLY):
        closed = door(start, to, category)
        assert closed.opening == "closed"
        assert closed.says
    assert door("stay", start, category).back == "none"
    assert door(start, "collaboration", category).leads_on


@pytest.mark.parametrize("start", ["stay", "collaboration", "federation"])
def test_a_nursery_school_goes_into_no_academy_trust(start: str) -> None:
    assert {door(start, to, "maintained_nursery").opening for to in MATS} == {"closed"}
    assert found(MATS[0], "maintained_nursery").doors == ()


def test_a_voluntary_aided_school_goes_into_a_co_operative_trust_as_an_associate_wherever_it_stands() -> None:
    for start in ("stay", "collaboration", "federation"):
        assert door(start, "co_operative_trust", "voluntary_aided").opening == "associate"
    assert door("co_operative_trust", "stay", "voluntary_aided").back == "same"
    # An associate has no trust to remove, so the months of a removal are not its months.
    assert door("co_operative_trust", "stay", "voluntary_aided").months is None


@pytest.mark.parametrize("start", ["stay", "collaboration"])
def test_an_academy_cannot_federate_and_needs_the_minister_and_its_trusts_board_to_move(start: str) -> None:
    assert door(start, "federation", "academy").opening == "closed"
    into = door(start, "established_mat", "academy")
    assert (into.opening, into.back) == ("open", "none")
    assert "Secretary of State" in into.consents
    assert "academy trust's board" in door(start, "established_mat", "academy", "in_mat").consents
    assert found("federation", "academy").doors == ()


def test_an_academy_with_a_trust_of_its_own_comes_out_of_an_umbrella_trust_as_it_was() -> None:
    assert door("umbrella_trust", "stay", "academy").back == "same"
    assert door("umbrella_trust", "stay", "community").opening == "closed"


def test_the_months_and_consents_of_a_first_step_are_those_of_the_schools_own_category() -> None:
    aided, community = door("stay", "new_mat", "voluntary_aided"), door("stay", "new_mat", "community")
    assert "trustees, diocese" in aided.consents
    assert "diocese" not in community.consents
    assert (
        door("stay", "co_operative_trust", "voluntary_aided").months.likely < door("stay", "co_operative_trust", "community").months.likely
    )


def test_a_member_of_today_and_one_that_joins_later_are_no_newcomers() -> None:
    case = read_case(find_case("dovestone-2019"), BASE)
    knowledge = BASE.on(dt.date(2019, 2, 15))
    schools = {one.name: one for one in case.file.schools}
    openings = {
        name: next(one for one in doors_from("stay", schools[name], case, knowledge).doors if one.option == "co_operative_trust")
        for name in ("Primary A", "Secondary D")
    }
    assert openings["Primary A"].opening == "member"
    assert openings["Primary A"].months is None
    assert openings["Secondary D"].opening == "later"
    assert not openings["Secondary D"].leads_on


def test_an_option_that_did_not_exist_on_the_day_has_no_doors_and_none_leads_to_it() -> None:
    early = replace(MIXED, file=MIXED.file.model_copy(update={"options": MIXED.file.options[:4]}))
    knowledge = BASE.on(dt.date(2002, 1, 1))  # before the first federations and trusts
    assert doors_from("federation", school("community"), early, knowledge).doors == ()
    from_staying = {one.option: one for one in doors_from("stay", school("community"), early, knowledge).doors}
    assert not from_staying["federation"].leads_on
    assert "2003" in from_staying["federation"].says


@pytest.mark.parametrize("start", [one.option for one in MIXED.options])
def test_for_a_foundation_school_the_map_opens_the_doors_that_the_recorded_moves_open(start: str) -> None:
    options = [one.option for one in MIXED.options]
    assert {one.option for one in found(start, "foundation").open} == set(doors_after(start, options, TODAY))
