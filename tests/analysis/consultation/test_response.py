"""Response rates with their units, and what cannot be."""

from __future__ import annotations

from partnership_model.analysis.consultation.response import by_group, by_school, of_all
from partnership_model.knowledge.consultation.plan import ConsultedGroup
from tests.consultation_making import order

SCHOOLS = ("Infant A", "Junior B")
PARENTS = ConsultedGroup.model_validate({"group": "Parents", "invited": {"Infant A": 40, "Junior B": 60}})
STAFF = ConsultedGroup.model_validate({"group": "Staff", "invited": {"Infant A": 10, "Junior B": 15}})
NEIGHBOURS = ConsultedGroup(group="Neighbours")
LEARNERS = ConsultedGroup.model_validate({"group": "Pupils", "invited": 8, "unit": "classes", "learners": True})


def shown(*names: str, count: int = 20) -> dict[str, tuple[object, ...]]:
    """Give so many ballots to each."""
    return {name: (order("a"),) * count for name in names}


def test_every_group_of_adults_stands_with_how_many_were_asked_and_the_hidden_ones_too() -> None:
    found = by_group([PARENTS, STAFF, NEIGHBOURS, LEARNERS], shown("Parents", "Neighbours"))  # type: ignore[arg-type]
    assert [(one.name, one.answered, one.invited, one.percent) for one in found] == [
        ("Parents", 20, 100, 20),
        ("Staff", None, 25, None),
        ("Neighbours", 20, None, None),
    ]


def test_a_school_adds_up_the_groups_that_were_counted_there() -> None:
    found = by_school([PARENTS, STAFF, LEARNERS], SCHOOLS, shown("Infant A"))  # type: ignore[arg-type]
    assert [(one.name, one.answered, one.invited, one.percent) for one in found] == [("Infant A", 20, 50, 40), ("Junior B", None, 75, None)]
    in_all = ConsultedGroup.model_validate({"group": "Governors", "invited": 12})
    assert [one.invited for one in by_school([PARENTS, in_all], SCHOOLS, {})] == [None, None]


def test_more_answers_than_were_invited_are_flagged_and_exactly_as_many_are_not() -> None:
    few = ConsultedGroup.model_validate({"group": "Governors", "invited": 19})
    over = by_group([few], shown("Governors"))[0]  # type: ignore[arg-type]
    assert (over.too_many, over.percent) == (True, 105)
    assert not by_group([few], shown("Governors", count=19))[0].too_many  # type: ignore[arg-type]


def test_nobody_invited_has_no_rate_and_one_answer_is_then_too_many() -> None:
    found = by_group([ConsultedGroup.model_validate({"group": "Governors", "invited": 0})], shown("Governors"))[0]  # type: ignore[arg-type]
    assert (found.percent, found.too_many) == (None, True)


def test_households_and_people_are_not_added_up() -> None:
    households = ConsultedGroup.model_validate({"group": "Parents", "invited": 30, "unit": "households"})
    found = of_all([households, STAFF], (order("a"),) * 9)
    assert (found.answered, found.invited, found.unit, found.percent) == (9, None, None, None)
    assert by_school([households, STAFF], SCHOOLS, {})[0].unit is None
    assert of_all([PARENTS, STAFF], (order("a"),) * 25).percent == 20
    assert of_all([PARENTS], None).answered is None
