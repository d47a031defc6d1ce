"""Weights of one ballot and of a group, with intervals."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnership_model.analysis.consultation.ballot_weights import ballot_shares, group_mean
from tests.consultation_making import ABC, CRITERIA, ballots, order, points
from tests.making import pure

if TYPE_CHECKING:
    import random

    from partnership_model.knowledge.consultation.ballots import Ballot


def test_an_order_of_three_has_the_published_rank_order_centroid() -> None:
    """Barron and Barrett (1996), page 1515: 11/18, 5/18 and 2/18."""
    assert ballot_shares(order("b", "c", "a"), ABC) == pytest.approx({"a": 2 / 18, "b": 11 / 18, "c": 5 / 18})


def test_criteria_that_tie_or_were_left_out_share_what_is_left() -> None:
    """Of three, the second and third are worth 5/18 and 2/18 together."""
    left_out = ballot_shares(order("b"), ABC)
    assert left_out == pytest.approx({"a": 3.5 / 18, "b": 11 / 18, "c": 3.5 / 18})
    assert left_out == ballot_shares(order("b", "ac"), ABC)
    assert ballot_shares(order("abc"), ABC) == pytest.approx(dict.fromkeys(ABC, 1 / 3))


def test_points_are_weights_as_they_are_and_stand_before_an_order() -> None:
    assert ballot_shares(points(a=50, b=30, c=20), ABC) == {"a": 0.5, "b": 0.3, "c": 0.2}
    assert ballot_shares(points(a=100), ABC) == {"a": 1, "b": 0, "c": 0}
    assert ballot_shares(order("a", "b", "c", points={"c": 100}), ABC) == {"a": 0, "b": 0, "c": 1}


def test_a_ballot_without_order_and_points_has_no_weights() -> None:
    assert ballot_shares(order(comment="No."), ABC) is None
    assert group_mean([order(), order("x")], ABC) is None


def test_a_group_has_the_mean_of_its_ballots_and_says_what_it_rests_on() -> None:
    found = group_mean([order("a", "b", "c"), order("c", "b"), points(a=100), order()], ABC)
    assert found is not None
    assert found.shares == pytest.approx({"a": (11 / 18 + 2 / 18 + 1) / 3, "b": (5 / 18 + 5 / 18) / 3, "c": (2 / 18 + 11 / 18) / 3})
    assert (found.counted, found.by_points, found.partial) == (3, 1, 1)


def test_an_interval_lies_around_its_mean_and_many_who_say_the_same_narrow_it() -> None:
    few = group_mean([order("a", "b", "c"), order("b", "a", "c"), order("c", "b", "a")] * 3, ABC)
    many = group_mean([order("a", "b", "c"), order("b", "a", "c"), order("c", "b", "a")] * 60, ABC)
    assert few is not None
    assert many is not None
    for name in ABC:
        assert few.intervals[name].low < few.shares[name] < few.intervals[name].high
        wide, narrow = (one.intervals[name].high - one.intervals[name].low for one in (few, many))
        assert narrow < wide / 3


def test_the_interval_of_a_mean_of_many_is_that_of_its_standard_error() -> None:
    """Of 200 who give everything to a, or nothing, half each: 0.5, and 1.96 times 0.5 over the root of 200 on both sides."""
    found = group_mean([points(a=100), points(b=100)] * 100, ABC)
    assert found is not None
    assert found.intervals["a"].low == pytest.approx(0.5 - 1.96 * 0.5 / 200**0.5, abs=0.01)
    assert found.intervals["a"].high == pytest.approx(0.5 + 1.96 * 0.5 / 200**0.5, abs=0.01)
    assert (found.intervals["c"].low, found.intervals["c"].high) == (0, 0)


def test_another_seed_draws_others_and_the_same_seed_the_same() -> None:
    said = [points(a=one, b=100 - one) for one in (3, 14, 15, 92, 65, 35, 89, 79, 32, 38)]
    one, again, other = group_mean(said, ABC), group_mean(said, ABC), group_mean(said, ABC, seed=1)
    assert one == again
    assert one is not None
    assert other is not None
    assert one.intervals != other.intervals


@pure(60)
@given(st.lists(ballots(), min_size=1, max_size=8), st.randoms(use_true_random=False))
def test_weights_sum_to_one_lie_within_their_intervals_and_do_not_depend_on_who_came_first(
    said: list[Ballot], mixed: random.Random
) -> None:
    found = group_mean(said, CRITERIA, resamples=50)
    if found is None:
        assert all(ballot_shares(one, CRITERIA) is None for one in said)
        return
    assert sum(found.shares.values()) == pytest.approx(1)
    assert all(share >= 0 for share in found.shares.values())
    assert all(one.low <= one.high for one in found.intervals.values())
    shuffled = list(said)
    mixed.shuffle(shuffled)
    again = group_mean(shuffled, CRITERIA, resamples=50)
    assert again == found


@pure(60)
@given(ballots(), st.permutations(CRITERIA))
def test_calling_the_criteria_otherwise_gives_the_same_weights_under_the_other_names(ballot: Ballot, names: list[str]) -> None:
    shares, renamed = ballot_shares(ballot, CRITERIA), ballot_shares(ballot, names)
    assert (shares is None) == (renamed is None)
    assert shares is None or renamed == pytest.approx(shares)
