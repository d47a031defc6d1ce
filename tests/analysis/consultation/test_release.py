"""What is released is a sum of cells of five or more, and what is withheld is named without its size."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from partnership_model.analysis.consultation.coarsening import Protection
from partnership_model.analysis.consultation.release import Release, Withheld, release
from partnership_model.knowledge.consultation.plan import ConsultedGroup
from tests import consultation_making as making
from tests.analysis.consultation import attacks
from tests.analysis.consultation.showing import said_what_matters, tables

if TYPE_CHECKING:
    from partnership_model.knowledge.consultation.ballots import Ballot

GROUPS = ("Staff", "Parents", "Governors")
SCHOOLS = ("Ash", "Elm")
QUESTIONS = making.questions(("a", "b", "c"), ("stay",), [ConsultedGroup(group=name, invited=40) for name in GROUPS], SCHOOLS)
ONLY_SMALL_HIDDEN = Protection(secondary=False)
ORDERS = st.permutations(["a", "b", "c"])
BALLOTS = st.lists(
    st.builds(
        lambda steps, group, school: making.order(*steps, group=group, school=school),
        ORDERS,
        st.sampled_from([*GROUPS, ""]),
        st.sampled_from([*SCHOOLS, ""]),
    ),
    max_size=40,
)


def people(group: str, school: str, count: int, *steps: str) -> list[Ballot]:
    """Make ballots that say the same."""
    return [making.order(*(steps or ("a", "b", "c")), group=group, school=school) for _ in range(count)]


def register(ballots: list[Ballot]) -> dict[tuple[str, str], int]:
    """Count who came, as somebody at the door could."""
    found: dict[tuple[str, str], int] = {}
    for ballot in ballots:
        found[ballot.group, ballot.school] = found.get((ballot.group, ballot.school), 0) + 1
    return found


HALL = [
    *people("Staff", "Ash", 8),
    *people("Parents", "Ash", 7),
    *people("Parents", "Elm", 5, "c", "b", "a"),
    *people("Governors", "Elm", 3, "b", "c", "a"),
]


def test_a_group_of_three_counts_in_the_whole_and_has_no_picture() -> None:
    found = release(HALL, QUESTIONS)
    assert {name: len(own) for name, own in found.groups.items()} == {"Staff": 8, "Parents": 15}
    assert found.takes_in == "Parents"
    assert found.together is not None
    assert len(found.together) == len(HALL)
    assert found.withheld_groups == (Withheld("Governors", "few"),)


def test_a_school_counts_the_groups_alone_of_which_five_answered_there() -> None:
    found = release(HALL, QUESTIONS)
    # Three governors count with the parents, as those of no school; parents at Elm keep them company.
    assert {name: len(own) for name, own in found.schools.items()} == {"Ash": 15}
    assert found.counted_at == {"Ash": ("Staff", "Parents")}
    assert found.withheld_schools == (Withheld("Elm", "others"),)


def test_nothing_is_released_of_four_people() -> None:
    found = release(people("Staff", "Ash", 4), QUESTIONS)
    assert found.together is None
    assert not found.groups
    assert not found.schools
    assert [one.why for one in (*found.withheld_groups, *found.withheld_schools)] == ["few"] * 5


def test_a_group_in_which_nobody_answered_looks_like_one_of_four() -> None:
    nobody = release(people("Staff", "Ash", 9), QUESTIONS)
    assert nobody.withheld_groups == release([*people("Staff", "Ash", 9), *people("Parents", "Ash", 4)], QUESTIONS).withheld_groups


def test_a_group_that_was_not_asked_counts_as_not_said() -> None:
    found = release([*people("Staff", "Ash", 9), *people("Pupils", "Ash", 6)], QUESTIONS)
    assert set(found.groups) == {"Staff"}
    assert len(found.others) == 6


def test_a_comment_of_a_small_group_stands_under_the_group_that_takes_it_in() -> None:
    found = release(HALL, QUESTIONS)
    assert [found.label(name) for name in ("Staff", "Governors", "")] == ["Staff", "Parents", "Parents"]


def test_a_question_that_four_of_a_group_answered_is_not_shown_of_it() -> None:
    ballots = [*people("Staff", "Ash", 8), *(making.supports({"stay": "for"}, "Parents") for _ in range(9)), *people("Parents", "Ash", 4)]
    found = release(ballots, QUESTIONS)
    assert {name: len(own) for name, own in found.groups.items()} == {"Parents": 13, "Staff": 8}
    order = said_what_matters(found, QUESTIONS)
    assert {name: len(own) for name, own in order.groups.items()} == {"Staff": 12}
    assert order.takes_in == "Staff"
    assert order.withheld_groups[0] == Withheld("Parents", "few")


def attacked(ballots: list[Ballot], protection: Protection) -> list[attacks.Found]:
    """Run every attack on tables that there is."""
    found = said_what_matters(release(ballots, QUESTIONS, protection=protection), QUESTIONS)
    published = tables(found, QUESTIONS)
    return [*attacks.small_tables(published), *attacks.totals_minus_parts(published), *attacks.margins(published, register(ballots))]


def test_three_governors_are_found_from_the_total_when_only_their_own_picture_is_hidden() -> None:
    (found,) = attacks.totals_minus_parts(tables(release(HALL, QUESTIONS, protection=ONLY_SMALL_HIDDEN), QUESTIONS)[:3])
    assert found.size == 3
    assert all(low <= 3 * rank <= high for (low, high), rank in zip(found.sums.values(), (3, 1, 2), strict=True))
    assert not attacked(HALL, Protection())


def test_one_ballot_is_read_exactly_from_rounded_means_of_ten() -> None:
    ballots = [*people("Staff", "Ash", 5), *people("Parents", "Ash", 4, "c", "a", "b")[:1]]
    (found,) = attacks.totals_minus_parts(
        tables(release(ballots, QUESTIONS, protection=ONLY_SMALL_HIDDEN), QUESTIONS, with_cells=False)[:2]
    )
    assert found.exact
    assert found.sums == {"a": (2, 2), "b": (3, 3), "c": (1, 1)}
    assert not attacked(ballots, Protection())


def test_two_parents_are_found_where_the_staff_are_nearly_a_school() -> None:
    """No group and no school is small; the margins alone give two people of one group at one school away."""
    ballots = [
        *people("Staff", "Ash", 7),
        *people("Parents", "Ash", 2, "c", "b", "a"),
        *people("Parents", "Elm", 9),
        *people("Governors", "Elm", 6),
    ]
    margins = tables(release(ballots, QUESTIONS, protection=ONLY_SMALL_HIDDEN), QUESTIONS, with_cells=False)
    assert not attacks.small_tables(margins)
    assert not attacks.totals_minus_parts(margins)
    found = attacks.margins(margins, register(ballots))
    assert [one.size for one in found] == [2]
    assert "('Parents', 'Ash')" in found[0].how
    assert not attacked(ballots, Protection())


def test_the_size_of_the_one_hidden_group_is_the_total_less_the_others_when_only_it_is_hidden() -> None:
    naive = tables(release(HALL, QUESTIONS, protection=ONLY_SMALL_HIDDEN), QUESTIONS)
    assert attacks.hidden_sizes(naive, GROUPS, len(HALL)) == {"Governors": 3}
    # What is left of the total is nobody, however many governors answered.
    ours = tables(release(HALL, QUESTIONS), QUESTIONS)
    assert attacks.hidden_sizes(ours, GROUPS, len(HALL)) == {}
    assert sum(table["n"] for table in ours if "groups" in table and "schools" not in table) == len(HALL)


@settings(deadline=None)
@given(BALLOTS)
def test_no_attack_finds_fewer_than_five_people(ballots: list[Ballot]) -> None:
    assert not attacked(ballots, Protection())


@settings(deadline=None)
@given(st.lists(making.ballots(("a", "b", "c"), ("stay",)), max_size=40))
def test_no_attack_finds_fewer_than_five_who_answered_where_many_left_the_question_out(ballots: list[Ballot]) -> None:
    questions = making.questions(("a", "b", "c"), ("stay",))
    found = said_what_matters(release(ballots, questions), questions)
    published = tables(found, questions)
    said = [ballot for ballot in ballots if ballot.places or any(ballot.points.values())]
    assert not [*attacks.small_tables(published), *attacks.totals_minus_parts(published), *attacks.margins(published, register(said))]


@given(BALLOTS)
def test_groups_schools_and_the_whole_are_sums_of_cells(ballots: list[Ballot]) -> None:
    found: Release = release(ballots, QUESTIONS)
    assert sum(map(len, found.cells.values())) == (len(ballots) if len(ballots) >= 5 else 0)
    assert sum(map(len, found.groups.values())) + len(found.others) == len(found.together or ())
    for school, own in found.schools.items():
        assert len(own) == sum(len(found.cells[group, school]) for group in found.counted_at[school])
