"""Screening: who may take part in what, and whether that leaves the option open to the group."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from partnership_model.knowledge.cases import ChosenOption
from partnership_model.model.screening import screen
from tests.making import make_knowledge, make_school, make_screening

if TYPE_CHECKING:
    from partnership_model.knowledge.cases import School

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


# What the case itself says


def chosen(option: str = "federation", **changes: object) -> ChosenOption:
    """Give what a case says of an option."""
    return ChosenOption.model_validate({"option": option} | changes)


@pytest.mark.parametrize("code", ["not_open", "unknown", "conditional", "associate", None])
def test_a_school_that_is_a_member_today_is_a_full_member_whatever_the_law_says_of_coming_in(code: str | None) -> None:
    found = screen("federation", (COMMUNITY[0], ACADEMY), make_knowledge(federation(code)), chosen=chosen(members_today=("Secondary F",)))
    assert [one.membership for one in found.schools] == ["full", "full"]
    assert found.status == "open"


def test_that_a_school_is_a_member_today_rests_on_the_case_and_says_so() -> None:
    found = screen("federation", COMMUNITY, make_knowledge(), chosen=chosen(members_today=("Junior B",)))
    infant, junior = (one.fact for one in found.schools)
    assert infant.says == "So it is."
    assert (junior.says, junior.mark, junior.references, junior.ask) == ("It is a member today, the case says.", "named", (), "the group")


@pytest.mark.parametrize("code", ["not_open", "unknown", "conditional", None])
def test_the_answer_of_a_member_of_today_does_not_speak_against_it(code: str | None) -> None:
    about = chosen(members_today=("Secondary F",))
    fact = screen("federation", (COMMUNITY[0], ACADEMY), make_knowledge(federation(code)), chosen=about).schools[1].fact
    assert (fact.code, fact.answer, fact.known) == ("full", "A full member today", True)
    assert (fact.status, fact.since, fact.shared, fact.later_text) == ("in_force", None, False, False)


def test_members_of_one_option_are_not_members_of_another() -> None:
    knowledge = make_knowledge({("eligibility", "new_mat"): "not_open", ("eligibility", "federation"): "not_open"})
    found = screen("new_mat", COMMUNITY, knowledge, chosen=chosen("new_mat"))
    assert [one.membership for one in found.schools] == ["none", "none"]


LATER = {"federation": "2018-09-01"}


@pytest.mark.parametrize("code", ["full", "conditional", "associate", "unknown", "not_open"])
def test_a_school_joins_the_options_that_the_case_names_later_whatever_is_open_today(code: str) -> None:
    later = make_school("Secondary F", "academy", joins_later=LATER)
    found = screen("federation", (*COMMUNITY, later), make_knowledge(federation(code)))
    assert found.schools[2].membership == "later"
    assert found.status == "open"


def test_an_option_that_the_case_does_not_name_is_joined_at_once_or_never() -> None:
    later = make_school("Secondary F", "academy", joins_later=LATER)
    knowledge = make_knowledge({("eligibility", "stay", "academy"): "not_open"})
    assert screen("new_mat", (*COMMUNITY, later), knowledge).schools[2].membership == "full"
    assert screen("stay", (*COMMUNITY, later), knowledge).schools[2].membership == "none"


@pytest.mark.parametrize(("day", "membership"), [("2016-04-14", "none"), ("2016-04-15", "none"), ("2016-04-16", "later")])
def test_one_day_for_all_options_means_later_only_until_it_has_come(day: str, membership: str) -> None:
    later = make_school("Secondary F", "academy", joins_later=day)
    found = screen("federation", (*COMMUNITY, later), make_knowledge(federation("not_open")))
    assert found.schools[2].membership == membership
    assert found.status == ("open" if membership == "later" else "conditional")


@pytest.mark.parametrize(("day", "membership"), [("2016-04-14", "full"), ("2016-04-15", "full"), ("2016-04-16", "later")])
def test_from_its_day_on_a_school_is_in(day: str, membership: str) -> None:
    later = make_school("Secondary F", "academy", joins_later={"federation": day})
    assert screen("federation", (*COMMUNITY, later), make_knowledge()).schools[2].membership == membership


def test_one_day_for_all_options_counts_only_where_there_is_no_place_today() -> None:
    later = make_school("Secondary F", "academy", joins_later="2018-09-01")
    assert screen("federation", (*COMMUNITY, later), make_knowledge()).schools[2].membership == "full"


def test_a_member_of_today_does_not_join_later() -> None:
    later = make_school("Secondary F", "academy", joins_later=LATER)
    found = screen("federation", (*COMMUNITY, later), make_knowledge(), chosen=chosen(members_today=("Secondary F",)))
    assert found.schools[2].membership == "full"


# What a diocese agrees to


def of_a_church(policy: str | None) -> tuple[School, ...]:
    """Give two community schools and one whose diocese has a policy."""
    return (*COMMUNITY, make_school("Church C", "foundation", diocese_policy=policy))


@pytest.mark.parametrize(
    ("policy", "articles", "refused"),
    [
        ("majority_only", "church_majority", False),
        ("majority_only", "church_minority", True),
        ("majority_only", "no_church", True),
        ("majority_or_minority", "church_majority", False),
        ("majority_or_minority", "church_minority", False),
        ("majority_or_minority", "no_church", True),
        ("any", "church_minority", False),
        ("any", "no_church", False),
        (None, "no_church", False),
        ("majority_only", None, False),
    ],
)
def test_a_diocese_refuses_the_academy_trusts_that_its_policy_does_not_name(policy: str, articles: str, refused: bool) -> None:  # noqa: FBT001
    """Nothing is refused while nobody has asked the diocese, or the trust is not known."""
    found = screen("new_mat", of_a_church(policy), make_knowledge(), chosen=chosen("new_mat", articles=articles))
    assert found.schools[2].membership == ("none" if refused else "full")
    assert found.status == ("conditional" if refused else "open")


def test_a_refusal_says_what_the_diocese_agrees_to_and_what_this_trust_has() -> None:
    found = screen("new_mat", of_a_church("majority_only"), make_knowledge(), chosen=chosen("new_mat", articles="no_church"))
    fact = found.schools[2].fact
    assert fact.says == (
        "The school's diocese agrees only to an academy trust with a church majority, and this one has no church school in it."
    )
    assert (fact.mark, fact.references, fact.ask) == ("named", (), "the diocese")
    assert (fact.code, fact.answer) == ("not_open", "Not open to this school")


@pytest.mark.parametrize("option", ["stay", "federation"])
def test_a_policy_on_academy_trusts_touches_no_other_option(option: str) -> None:
    found = screen(option, of_a_church("majority_only"), make_knowledge(), chosen=chosen(option, articles="no_church"))
    assert found.schools[2].membership == "full"


@pytest.mark.parametrize(
    ("code", "membership"), [("conditional", "none"), ("associate", "associate"), ("unknown", "unknown"), ("not_open", "none")]
)
def test_a_refusal_takes_away_full_membership_and_nothing_else(code: str, membership: str) -> None:
    knowledge = make_knowledge({("eligibility", "new_mat", "foundation"): code})
    found = screen("new_mat", of_a_church("majority_only"), knowledge, chosen=chosen("new_mat", articles="no_church"))
    assert found.schools[2].membership == membership


def test_a_refusal_of_too_many_closes_the_option() -> None:
    schools = (COMMUNITY[0], make_school("Church C", "foundation", diocese_policy="majority_or_minority"))
    found = screen("new_mat", schools, make_knowledge(), chosen=chosen("new_mat", articles="no_church"))
    assert found.status == "closed"


def test_a_member_of_today_is_not_refused() -> None:
    about = chosen("new_mat", articles="no_church", members_today=("Church C",))
    assert screen("new_mat", of_a_church("majority_only"), make_knowledge(), chosen=about).schools[2].membership == "full"


# How a school stands today


def test_a_school_is_screened_as_what_it_is_today() -> None:
    facts = {("eligibility", "federation", "foundation", "with_trust"): "conditional", ("eligibility", "federation"): "full"}
    knowledge = make_knowledge(facts, forms={"foundation": ("alone", "with_trust")})
    schools = (*COMMUNITY, FOUNDATION, make_school("Primary E", "foundation", form="with_trust"))
    found = screen("federation", schools, knowledge)
    assert [one.membership for one in found.schools] == ["full", "full", "full", "conditional"]
    assert [one.form for one in found.schools] == ["alone", "alone", "alone", "with_trust"]
    assert found.schools[3].fact.key == "eligibility/federation/foundation/with_trust"


def test_a_present_form_that_a_category_cannot_have_is_an_error_and_not_an_unknown() -> None:
    with pytest.raises(KeyError, match="in_mat"):
        screen("federation", (make_school(form="in_mat"),), make_knowledge())
