"""An export of rows has nobody in a cell of fewer than five, and says no more with the tables than without them."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnership_model.analysis.consultation.coarsening import Protection
from partnership_model.analysis.consultation.release import release
from partnership_model.analysis.consultation.rows import Row, rows_of
from partnership_model.knowledge.cases import read_case
from partnership_model.knowledge.consultation.ballots import Ballot
from partnership_model.knowledge.consultation.plan import ConsultedGroup
from partnership_model.knowledge.consultation.question_set import QuestionSet, question_set
from partnership_model.knowledge.reading import read_knowledge
from partnership_model.knowledge.shipped import find_case
from tests import consultation_making as making
from tests.analysis.consultation import attacks
from tests.analysis.consultation.showing import printed, said_what_matters, tables

GROUPS = ("Staff", "Parents", "Governors")
SCHOOLS = ("Ash", "Elm", "Oak")
QUESTIONS = making.questions(("a", "b", "c"), ("stay",), [ConsultedGroup(group=name) for name in GROUPS], SCHOOLS)
ONLY_SMALL_HIDDEN = Protection(secondary=False)
HALL = [
    *(making.order("a", "b", "c", group="Staff", school="Ash") for _ in range(8)),
    *(making.order("b", "a", "c", group="Staff", school="Elm") for _ in range(6)),
    *(making.order("c", "b", "a", group="Staff", school="Oak") for _ in range(2)),
    *(making.order("c", "a", "b", group="Parents", school="Oak") for _ in range(9)),
    making.order("b", "c", "a", group="Governors", school="Elm"),
]
BALLOTS = st.lists(
    st.builds(
        lambda steps, group, school: making.order(*steps, group=group, school=school),
        st.permutations(["a", "b", "c"]),
        st.sampled_from([*GROUPS, ""]),
        st.sampled_from([*SCHOOLS, ""]),
    ),
    max_size=40,
)


def cells(rows: tuple[Row, ...]) -> Counter[tuple[str, str]]:
    return Counter((row.group, row.school) for row in rows)


def test_schools_are_put_together_until_five_of_a_group_stand_in_each() -> None:
    rows = rows_of(release(HALL, QUESTIONS), QUESTIONS, seed=7)
    # Two staff at Oak and a governor are too few: the governor counts with the staff, and Elm keeps them company.
    assert cells(rows) == {("Staff", "Ash"): 8, ("Staff", ""): 9, ("Parents", "Oak"): 9}
    assert {row.with_others for row in rows if row.school == ""} == {True}
    assert {row.with_others for row in rows if row.school} == {False}


def test_two_staff_of_a_small_school_are_found_by_taking_rows_from_tables_when_only_small_cells_are_left_out() -> None:
    naive = release(HALL, QUESTIONS, protection=ONLY_SMALL_HIDDEN)
    found = attacks.rows_against_tables(printed(rows_of(naive, QUESTIONS, seed=7)), tables(naive, QUESTIONS))
    assert 2 in {one.size for one in found}
    (staff,) = [one for one in found if one.size == 2 and "all schools" in one.how]
    assert all(low <= 2 * rank <= high for (low, high), rank in zip(staff.sums.values(), (3, 2, 1), strict=True))
    ours = release(HALL, QUESTIONS)
    assert not attacks.rows_against_tables(printed(rows_of(ours, QUESTIONS, seed=7)), tables(ours, QUESTIONS))


@settings(deadline=None)
@given(BALLOTS)
def test_no_row_stands_in_a_cell_of_four_and_no_table_less_its_rows_leaves_four(ballots: list[Ballot]) -> None:
    found = release(ballots, QUESTIONS)
    rows = rows_of(found, QUESTIONS, seed=1)
    assert len(rows) == (len(ballots) if len(ballots) >= 5 else 0)
    assert not rows or min(cells(rows).values()) >= 5
    assert not attacks.rows_against_tables(printed(rows), tables(found, QUESTIONS))


@settings(deadline=None)
@given(st.lists(making.ballots(("a", "b", "c"), ("stay",)), max_size=40))
def test_rows_are_no_finer_than_the_tables_of_what_matters(ballots: list[Ballot]) -> None:
    questions = making.questions(("a", "b", "c"), ("stay",))
    found = release(ballots, questions)
    said = said_what_matters(found, questions)
    rows = cells(tuple(row for row in rows_of(found, questions, seed=1) if row.places or any(row.points.values())))
    assert all(size >= 5 for size in rows.values()) or said.together is None
    if said.together:
        assert rows == {cell: len(own) for cell, own in said.cells.items()}


@given(BALLOTS, st.randoms(use_true_random=False))
def test_the_order_of_rows_says_nothing_of_the_order_in_which_ballots_came(ballots: list[Ballot], shuffler: object) -> None:
    again = list(ballots)
    shuffler.shuffle(again)  # type: ignore[attr-defined]
    assert rows_of(release(ballots, QUESTIONS), QUESTIONS, seed=3) == rows_of(release(again, QUESTIONS), QUESTIONS, seed=3)


def test_rows_are_shuffled() -> None:
    rows = rows_of(release(HALL, QUESTIONS), QUESTIONS, seed=3)
    assert list(rows) != sorted(rows, key=lambda row: (row.group, row.school, sorted(row.places.items())))
    assert rows != rows_of(release(HALL, QUESTIONS), QUESTIONS, seed=4)


def test_a_row_has_points_in_tens_and_no_comment_and_no_channel() -> None:
    ballots = [making.points("Staff", a=37, b=63) for _ in range(5)]
    row = rows_of(release(ballots, QUESTIONS), QUESTIONS, seed=1)[0]
    assert row.points == {"a": 40, "b": 60}
    assert set(vars(row)) == {"group", "school", "with_others", "places", "points", "support"}


@pytest.mark.parametrize("count", [0, 4])
def test_nobody_is_in_a_row_where_fewer_than_five_answered(count: int) -> None:
    assert rows_of(release(HALL[:count], QUESTIONS), QUESTIONS, seed=1) == ()


def test_what_fewer_than_five_of_a_cell_think_of_an_option_is_in_no_row() -> None:
    """One governor of five answers: with the rows of staff and the table of all, the one would be found."""
    staff = [Ballot("Staff", "", "session", {"cost": 1}, support={"stay": "for", "federation": "for"}) for _ in range(17)]
    governors = [Ballot("Governors", "", "session", {"cost": 1}, support={"stay": "against"} if at == 0 else {}) for at in range(5)]
    questions = question_set_of_example()
    rows = rows_of(release([*staff, *governors], questions), questions, 1)
    assert {row.group for row in rows} == {"Staff", "Governors"}
    assert not any("stay" in row.support for row in rows)
    assert sum("federation" in row.support for row in rows) == 17  # none of the governors, so nobody is alone
    open_ = Protection(secondary=False)
    assert any("stay" in row.support for row in rows_of(release([*staff, *governors], questions, protection=open_), questions, 1))


def question_set_of_example() -> QuestionSet:
    base = read_knowledge()
    case = read_case(find_case("ember-2016"), base)
    return question_set(case, case.file.consultation, base, dt.date(2026, 11, 22))
