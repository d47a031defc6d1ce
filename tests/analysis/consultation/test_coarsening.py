"""Ballots are put into cells of five or more, and what was together stays together."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from partnership_model.analysis.consultation.coarsening import Cell, coarsen

GROUPS = ("Staff", "Parents", "Governors", "Neighbours", "")
SCHOOLS = ("Ash", "Elm", "Oak", "")
CELLS = st.lists(st.tuples(st.sampled_from(GROUPS), st.sampled_from(SCHOOLS)), max_size=60)


def of(**sizes: int) -> list[Cell]:
    """Make cells from `Staff_Ash=6`; `no_` and `_no` say nothing."""
    pairs = [(*name.split("_"), size) for name, size in sizes.items()]
    return [("" if group == "no" else group, "" if school == "no" else school) for group, school, size in pairs for _ in range(size)]


def test_groups_that_are_too_small_are_put_together_when_they_are_five() -> None:
    found = coarsen(of(Staff_Ash=9, Governors_Ash=3, Neighbours_Ash=1, no_Ash=1))
    assert found is not None
    assert found.sizes == {("Staff", "Ash"): 9, ("", ""): 5}
    assert found.takes_in == ""


def test_fewer_than_five_others_count_with_the_largest_group_and_cost_no_group_its_picture() -> None:
    found = coarsen(of(Staff_Ash=9, Governors_Ash=6, Neighbours_Ash=3, no_Elm=1))
    assert found is not None
    assert found.takes_in == "Staff"
    assert found.sizes == {("Staff", ""): 13, ("Governors", "Ash"): 6}


def test_the_school_that_stands_alone_in_what_is_left_of_a_group_takes_another_with_it() -> None:
    found = coarsen(of(Staff_Ash=9, Staff_Elm=6, Staff_Oak=2))
    assert found is not None
    assert found.sizes == {("Staff", "Ash"): 9, ("Staff", ""): 8}


def test_two_small_schools_that_are_five_together_cost_no_other_school_its_picture() -> None:
    found = coarsen(of(Staff_Ash=9, Staff_Elm=3, Staff_Oak=2))
    assert found is not None
    assert found.sizes == {("Staff", "Ash"): 9, ("Staff", ""): 5}


def test_four_ballots_are_in_no_cell() -> None:
    assert coarsen(of(Staff_Ash=4)) is None


def test_one_cell_is_left_when_every_group_is_too_small() -> None:
    found = coarsen(of(Staff_Ash=3, Parents_Ash=3))
    assert found is not None
    assert found.sizes == {("", ""): 6}


@given(CELLS)
def test_every_cell_has_five_or_more_and_every_ballot_is_in_one(cells: list[Cell]) -> None:
    found = coarsen(cells)
    assert (found is None) == (len(cells) < 5)
    if found:
        assert len(found.cells) == len(cells)
        assert min(found.sizes.values()) >= 5


@given(CELLS)
def test_a_group_or_a_school_in_a_group_is_given_up_whole(cells: list[Cell]) -> None:
    found = coarsen(cells)
    if found:
        assert all(len({new for old, new in zip(cells, found.cells, strict=True) if old == cell}) == 1 for cell in set(cells))
        assert all(new[0] in (old[0], "", found.takes_in) and new[1] in (old[1], "") for old, new in zip(cells, found.cells, strict=True))


@given(CELLS)
def test_no_group_of_five_is_ever_hidden(cells: list[Cell]) -> None:
    found = coarsen(cells)
    large = {group for group, size in Counter(group for group, _ in cells).items() if group and size >= 5}
    assert large == ({group for group, _ in found.cells if group} if found else set())


@given(CELLS)
def test_cells_of_five_stay_as_they_are(cells: list[Cell]) -> None:
    found = coarsen(cells)
    if found:
        again = coarsen(found.cells, found.takes_in)
        assert again == found
