"""The order of one ballot: ties, gaps and what was left out."""

from __future__ import annotations

from hypothesis import given

from partnership_model.analysis.consultation.ballot_orders import order_of, places_of, rank_table
from tests.consultation_making import ABC, CRITERIA, ballots, order, points
from tests.making import pure


def test_ties_share_a_step_and_what_was_left_out_stands_last_and_level() -> None:
    assert order_of(order("c", "", "ab"), CRITERIA) == (("c",), ("a", "b"), ("d",))
    assert order_of(order("b"), CRITERIA) == (("b",), ("a", "c", "d"))


def test_points_alone_make_an_order_and_an_order_beside_points_stands_as_it_was_given() -> None:
    assert order_of(points(a=10, b=60, c=30), ABC) == (("b",), ("c",), ("a",))
    assert order_of(points(b=100), ABC) == (("b",), ("a", "c"))
    both = order("a", "b", "c", points={"a": 10, "b": 80, "c": 10})
    assert order_of(both, ABC) == (("a",), ("b",), ("c",))


def test_a_ballot_that_says_nothing_of_what_was_asked_has_no_order() -> None:
    assert order_of(order(), ABC) == ()
    assert order_of(order("x"), ABC) == ()
    assert order_of(points(a=0, b=0), ABC) == ()
    assert rank_table([order(), order("x")], ABC).shape == (0, 3)


def test_tied_ranks_are_the_middle_of_the_places_they_take() -> None:
    ranks = rank_table([order("a", "bc"), order("d"), order("abcd")], CRITERIA)
    assert ranks.tolist() == [[1, 2.5, 2.5, 4], [3, 3, 3, 1], [2.5, 2.5, 2.5, 2.5]]


@pure(200)
@given(ballots())
def test_every_criterion_stands_once_in_an_order_and_ranks_add_up(ballot: object) -> None:
    steps = order_of(ballot, CRITERIA)  # type: ignore[arg-type]
    flat = [name for step in steps for name in step]
    assert sorted(flat) == (sorted(CRITERIA) if places_of(ballot, CRITERIA) else [])  # type: ignore[arg-type]
    for row in rank_table([ballot], CRITERIA):  # type: ignore[list-item]
        assert row.sum() == 10
