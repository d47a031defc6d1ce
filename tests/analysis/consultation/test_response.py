"""Response rates with their units, and what cannot be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partnership_model.analysis.consultation.release import Release, release
from partnership_model.analysis.consultation.response import by_group, by_school, of_all
from partnership_model.knowledge.consultation.plan import ConsultedGroup
from tests.consultation_making import order, questions

if TYPE_CHECKING:
    from collections.abc import Sequence

SCHOOLS = ("Infant A", "Junior B")
PARENTS = ConsultedGroup.model_validate({"group": "Parents", "invited": {"Infant A": 40, "Junior B": 60}})
STAFF = ConsultedGroup.model_validate({"group": "Staff", "invited": {"Infant A": 10, "Junior B": 15}})
NEIGHBOURS = ConsultedGroup(group="Neighbours")
LEARNERS = ConsultedGroup.model_validate({"group": "Pupils", "invited": 8, "unit": "classes", "learners": True})


def of(groups: Sequence[ConsultedGroup], **counts: int) -> Release:
    """Let out so many ballots of each group, all at the same school."""
    ballots = [order("a", group=name) for name, count in counts.items() for _ in range(count)]
    return release(ballots, questions(groups=groups))


def test_every_group_of_adults_stands_with_how_many_were_asked_and_the_hidden_ones_too() -> None:
    groups = [PARENTS, STAFF, NEIGHBOURS, LEARNERS]
    found = by_group(groups, of(groups, Parents=20, Neighbours=20))
    assert [(one.name, one.answered, one.invited, one.percent, one.why) for one in found] == [
        ("Parents", 20, 100, 20, None),
        ("Staff", None, 25, None, "few"),
        ("Neighbours", 20, None, None, None),
    ]


def test_a_group_that_takes_in_the_few_of_others_has_no_rate() -> None:
    found = by_group([PARENTS, STAFF], of([PARENTS, STAFF], Parents=20, Staff=3))[0]
    assert (found.answered, found.percent, found.with_others, found.too_many) == (23, None, True, False)
    few = ConsultedGroup.model_validate({"group": "Parents", "invited": 20})
    assert not by_group([few, STAFF], of([few, STAFF], Parents=20, Staff=3))[0].too_many


def test_a_school_adds_up_the_groups_that_were_counted_there() -> None:
    groups = [PARENTS, STAFF, LEARNERS]
    infant, junior = by_school(groups, SCHOOLS, of(groups, Parents=20, Staff=8))
    assert (infant.answered, infant.invited, infant.percent, infant.counted) == (28, 50, 56, ("Parents", "Staff"))
    assert (junior.answered, junior.invited, junior.percent, junior.why) == (None, 75, None, "few")
    parents_alone = by_school(groups, SCHOOLS, of(groups, Parents=20))[0]
    assert (parents_alone.answered, parents_alone.invited, parents_alone.counted) == (20, 40, ("Parents",))
    in_all = ConsultedGroup.model_validate({"group": "Governors", "invited": 12})
    assert [one.invited for one in by_school([PARENTS, in_all], SCHOOLS, of([PARENTS, in_all]))] == [None, None]


def test_more_answers_than_were_invited_are_flagged_and_exactly_as_many_are_not() -> None:
    few = ConsultedGroup.model_validate({"group": "Governors", "invited": 19})
    over = by_group([few], of([few], Governors=20))[0]
    assert (over.too_many, over.percent) == (True, 105)
    assert not by_group([few], of([few], Governors=19))[0].too_many
    assert of_all([few], of([few], Governors=20)).too_many


def test_nobody_invited_has_no_rate_and_any_answer_is_then_too_many() -> None:
    none = ConsultedGroup.model_validate({"group": "Governors", "invited": 0})
    found = by_group([none], of([none], Governors=5))[0]
    assert (found.percent, found.too_many) == (None, True)


def test_households_and_people_are_not_added_up() -> None:
    households = ConsultedGroup.model_validate({"group": "Parents", "invited": 30, "unit": "households"})
    found = of_all([households, STAFF], of([households, STAFF], Parents=9))
    assert (found.answered, found.invited, found.unit, found.percent) == (9, None, None, None)
    assert by_school([households, STAFF], SCHOOLS, of([households, STAFF]))[0].unit is None
    assert of_all([PARENTS, STAFF], of([PARENTS, STAFF], Parents=25)).percent == 20
    assert of_all([PARENTS], of([PARENTS], Parents=4)).answered is None
