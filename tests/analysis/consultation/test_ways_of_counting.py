"""One voice for each person, group or school, worked out by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnership_model.analysis.consultation.ways_of_counting import changes_the_answer, scoring_of, ways_of_counting
from tests.consultation_making import CRITERIA, ballots, points
from tests.making import make_criterion, make_problem, pure

if TYPE_CHECKING:
    from collections.abc import Mapping

    from partnership_model.knowledge.consultation.ballots import Ballot

# Six staff want a alone, two parents b alone.
STAFF, PARENTS = (points(a=100),) * 6, (points("Parents", b=100),) * 2
AB = ("a", "b")
TABLE = {"stay": (80, 30), "federation": (30, 80)}


def test_many_staff_outweigh_few_parents_by_person_and_not_by_group_and_that_changes_the_answer() -> None:
    """By person a has 6 of 8: stay 67.5, federation 42.5. By group a half: both 55. By school a third of 6 and the rest: see below."""
    problem = make_problem(TABLE, (50, 50), {"a": make_criterion(), "b": make_criterion()})
    schools = {"Infant A": (*STAFF[:1], *PARENTS), "Junior B": STAFF[1:]}
    found = ways_of_counting({"Staff": STAFF, "Parents": PARENTS}, schools, STAFF + PARENTS, AB, scoring_of(problem, AB))
    assert [(one.by, one.voices) for one in found] == [("person", 8), ("group", 2), ("school", 2)]
    assert [one.shares["a"] for one in found] == pytest.approx([6 / 8, 1 / 2, (1 / 3 + 1) / 2])
    assert [one.overall for one in found] == [
        {"stay": 68, "federation": 43},
        {"stay": 55, "federation": 55},
        {"stay": 63, "federation": 47},
    ]
    assert [one.leaders for one in found] == [("stay",), ("stay", "federation"), ("stay",)]
    assert changes_the_answer(found)


def test_where_the_same_leads_however_it_is_counted_nothing_changes() -> None:
    found = ways_of_counting({"Staff": STAFF, "Parents": PARENTS}, {}, STAFF + PARENTS, AB, lambda _: {"stay": 60, "federation": 40})
    assert not changes_the_answer(found)
    assert [one.by for one in found] == ["person", "group"]


def test_one_group_alone_is_no_other_way_of_counting_and_those_who_say_nothing_have_no_voice() -> None:
    found = ways_of_counting({"Staff": STAFF, "Governors": (points("Governors"),) * 5}, {"Infant A": STAFF}, STAFF, AB)
    assert [(one.by, one.voices, one.overall, one.leaders) for one in found] == [("person", 6, {}, ())]
    assert ways_of_counting({"Staff": STAFF, "Parents": PARENTS}, {}, None, AB)[0].by == "group"


def test_a_case_that_no_longer_has_what_was_asked_is_not_scored() -> None:
    problem = make_problem(TABLE, (50, 50), {"a": make_criterion(), "b": make_criterion()})
    assert scoring_of(problem, ("a", "z")) is None
    scoring = scoring_of(problem, ("a",))
    assert scoring is not None
    assert scoring({"a": 1.0}) == {"stay": 80, "federation": 30}


@pure(60)
@given(st.dictionaries(st.sampled_from(["Staff", "Parents", "Governors"]), st.lists(ballots(), max_size=5).map(tuple)))
def test_weights_sum_to_one_by_each_way_and_groups_of_equal_size_count_as_their_people(
    groups: Mapping[str, tuple[Ballot, ...]],
) -> None:
    together = tuple(ballot for said in groups.values() for ballot in said)
    found = {one.by: one for one in ways_of_counting(groups, {}, together, CRITERIA)}
    for one in found.values():
        assert sum(one.shares.values()) == pytest.approx(1)
    doubled = {one.by: one for one in ways_of_counting({name: said * 2 for name, said in groups.items()}, {}, together * 2, CRITERIA)}
    assert set(doubled) == set(found)
    for by, one in found.items():
        assert doubled[by].shares == pytest.approx(one.shares)
