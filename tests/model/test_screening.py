"""Screening: who may take part in what, and whether that leaves the option open to the group."""

from __future__ import annotations

import pytest

from partnership_model.model.screening import screen
from tests.making import make_knowledge, make_school, make_screening

COMMUNITY = (make_school("Infant A"), make_school("Junior B"))
ACADEMY = make_school("Secondary F", "academy")
FOUNDATION = make_school("Primary D", "foundation")


def federation(code: str | None, category: str = "academy") -> dict[tuple[str, str, str], str | None]:
    """Say what one category of school may be in a federation."""
    return {("eligibility", "federation", category): code}


def test_an_option_in_which_every_school_may_be_a_full_member_is_open() -> None:
    found = screen("federation", COMMUNITY, make_knowledge())
    assert found.status == "open"
    assert [one.membership for one in found.schools] == ["full", "full"]
    assert found.possible_full_members == 2


def test_each_school_carries_the_fact_that_says_how_it_may_take_part() -> None:
    found = screen("federation", (COMMUNITY[0], ACADEMY), make_knowledge(federation("not_open")))
    assert [one.fact.key for one in found.schools] == [
        "eligibility/federation/community",
        "eligibility/federation/academy",
    ]
    assert [one.fact.code for one in found.schools] == ["full", "not_open"]
    assert [one.school for one in found.schools] == ["Infant A", "Secondary F"]


def test_a_school_without_a_lawful_place_makes_the_option_conditional_not_closed() -> None:
    found = screen("federation", (*COMMUNITY, ACADEMY), make_knowledge(federation("not_open")))
    assert found.status == "conditional"
    assert [one.membership for one in found.schools] == ["full", "full", "none"]
    assert found.possible_full_members == 2


def test_too_few_full_members_close_the_option() -> None:
    found = screen("federation", (COMMUNITY[0], ACADEMY), make_knowledge(federation("not_open")))
    assert found.status == "closed"


@pytest.mark.parametrize(("least", "status"), [(1, "open"), (2, "open"), (3, "closed")])
def test_the_option_says_how_many_full_members_it_needs(least: int, status: str) -> None:
    found = screen("federation", COMMUNITY, make_knowledge(), least)
    assert (found.status, found.least) == (status, least)


def test_a_consent_from_outside_makes_the_option_conditional_and_still_counts_as_full() -> None:
    found = screen("federation", (COMMUNITY[0], FOUNDATION), make_knowledge(federation("conditional", "foundation")))
    assert found.status == "conditional"
    assert found.possible_full_members == 2


def test_an_associate_takes_part_but_does_not_count_as_a_full_member() -> None:
    knowledge = make_knowledge(federation("associate"))
    assert screen("federation", (COMMUNITY[0], ACADEMY), knowledge).status == "closed"
    found = screen("federation", (*COMMUNITY, ACADEMY), knowledge)
    assert found.status == "open"
    assert found.possible_full_members == 2
    assert [one.school for one in found.with_membership("associate")] == ["Secondary F"]
    assert found.schools[2].takes_part


def test_a_school_whose_place_is_unknown_could_make_up_the_number_so_the_option_is_unknown_not_closed() -> None:
    found = screen("federation", (COMMUNITY[0], ACADEMY), make_knowledge(federation("unknown")))
    assert found.status == "unknown"
    assert found.schools[1].membership == "unknown"
    assert found.schools[1].fact.ask == "the diocese"


def test_an_unknown_that_could_not_make_up_the_number_leaves_the_option_closed() -> None:
    found = screen("federation", (COMMUNITY[0], ACADEMY), make_knowledge(federation("unknown")), least=3)
    assert found.status == "closed"


def test_an_unknown_beside_enough_full_members_makes_the_option_conditional() -> None:
    found = screen("federation", (*COMMUNITY, ACADEMY), make_knowledge(federation("unknown")))
    assert found.status == "conditional"


def test_what_is_not_recorded_for_the_day_is_unknown_and_never_closed() -> None:
    found = screen("federation", COMMUNITY, make_knowledge({("eligibility", "federation"): None}))
    assert found.status == "unknown"
    assert [one.membership for one in found.schools] == ["unknown", "unknown"]
    assert "Nothing is recorded here for 15 April 2016" in found.schools[0].fact.says


@pytest.mark.parametrize("code", ["full", "not_open", "unknown", None])
def test_staying_is_always_open(code: str | None) -> None:
    found = screen("stay", COMMUNITY[:1], make_knowledge({("eligibility", "stay"): code}))
    assert found.status == "open"


def test_a_school_that_has_no_place_yet_but_joins_later_does_not_make_the_option_conditional() -> None:
    later = make_school("Secondary F", "academy", joins_later="2018-09-01")
    found = screen("federation", (*COMMUNITY, later), make_knowledge(federation("not_open")))
    assert found.schools[2].membership == "later"
    assert not found.schools[2].takes_part
    assert found.status == "open"


def test_a_school_that_joins_later_does_not_make_up_the_number() -> None:
    later = make_school("Secondary F", "academy", joins_later="2018-09-01")
    assert screen("federation", (COMMUNITY[0], later), make_knowledge(federation("not_open"))).status == "closed"


def test_schools_are_screened_in_their_own_order_whatever_it_is() -> None:
    knowledge = make_knowledge(federation("not_open"))
    one_way = screen("federation", (*COMMUNITY, ACADEMY), knowledge)
    other_way = screen("federation", (ACADEMY, *reversed(COMMUNITY)), knowledge)
    assert one_way.status == other_way.status
    assert one_way.schools == tuple(reversed(other_way.schools))


@pytest.mark.parametrize(
    ("membership", "inside"),
    [("full", True), ("conditional", True), ("associate", True), ("unknown", True), ("later", False), ("none", False)],
)
def test_only_schools_that_would_be_inside_from_the_first_day_take_part(membership: str, inside: bool) -> None:  # noqa: FBT001
    assert make_screening("federation", membership).schools[0].takes_part is inside  # type: ignore[arg-type]


def test_a_category_that_does_not_exist_is_an_error_and_not_an_unknown() -> None:
    with pytest.raises(KeyError, match="studio_school"):
        screen("federation", (make_school(category="studio_school"),), make_knowledge())
