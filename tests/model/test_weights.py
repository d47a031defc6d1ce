"""Weights: swings, points and rankings become shares that sum to one."""

from __future__ import annotations

import itertools
import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnership_model.errors import PartnershipError
from partnership_model.model.weights import Weights, combine, from_points, from_ranking, mean_of, weights_of, without
from tests.making import make_group, pure

POINTS = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 100), min_size=1).filter(
    lambda points: any(points.values()),
)
# Barron and Barrett, Decision quality using ranked attribute weights, Management Science 42 (1996), 1515: rank order
# centroid weights; the figures for 5 criteria are (1/5)(1 + 1/2 + 1/3 + 1/4 + 1/5) and so on.
PUBLISHED = {
    2: [0.75, 0.25],
    3: [0.6111, 0.2778, 0.1111],
    4: [0.5208, 0.2708, 0.1458, 0.0625],
    5: [0.4567, 0.2567, 0.1567, 0.0900, 0.0400],
}


def test_swings_are_divided_by_their_sum() -> None:
    found = from_points({"autonomy": 100, "cost": 60, "staff": 40}, "governors")
    assert found.shares == {"autonomy": 0.5, "cost": 0.3, "staff": 0.2}
    assert (found.said, found.total) == ("governors", 200)


@pure(200)
@given(POINTS, st.sampled_from([1e-6, 0.1, 3, 7.3, 1e9]))
def test_weights_scaled_by_a_constant_change_nothing(points: dict[str, int], factor: float) -> None:
    plain = from_points(points, "governors")
    grown = from_points({name: value * factor for name, value in points.items()}, "governors")
    assert grown.shares == pytest.approx(plain.shares, rel=1e-12)
    assert grown.order == plain.order


@pure(200)
@given(POINTS)
def test_weights_sum_to_one_and_keep_their_order_and_names(points: dict[str, int]) -> None:
    found = from_points(points, "governors")
    assert math.fsum(found.shares.values()) == pytest.approx(1, abs=1e-12)
    assert list(found.shares) == list(points)
    for one, other in itertools.permutations(points, 2):
        assert (found.shares[one] > found.shares[other]) == (points[one] > points[other])


@pytest.mark.parametrize("wrong", [-1, -0.0001, math.nan, math.inf, -math.inf])
def test_a_weight_that_is_negative_or_not_a_number_is_refused_by_name(wrong: float) -> None:
    with pytest.raises(PartnershipError, match=r"number from 0 upwards; cost is not"):
        from_points({"autonomy": 100, "cost": wrong}, "governors")


def test_every_wrong_weight_is_named_at_once() -> None:
    with pytest.raises(PartnershipError, match=r"; autonomy, cost is not"):
        from_points({"autonomy": -1, "cost": math.nan, "staff": 10}, "governors")


@pytest.mark.parametrize("points", [{"autonomy": 0, "cost": 0}, {"autonomy": 0}, {}])
def test_all_weights_zero_are_refused(points: dict[str, float]) -> None:
    with pytest.raises(PartnershipError, match="All weights are zero"):
        from_points(points, "governors")


def test_weights_too_large_to_add_up_are_refused() -> None:
    with pytest.raises(PartnershipError, match="too large"):
        from_points({"autonomy": 1e308, "cost": 1e308}, "governors")


def test_a_zero_weight_stays_zero_and_has_no_step_in_the_order() -> None:
    found = from_points({"autonomy": 50, "cost": 0, "staff": 50}, "governors")
    assert found.shares["cost"] == 0
    assert found.order == (("autonomy", "staff"),)


def test_the_order_runs_from_the_most_to_the_least_important_and_ties_share_a_step() -> None:
    found = from_points({"a": 10, "b": 30, "c": 10, "d": 20, "e": 0}, "governors")
    assert found.order == (("b",), ("d",), ("a", "c"))


def test_one_criterion_has_the_whole_weight() -> None:
    assert from_points({"cost": 7}, "governors").shares == {"cost": 1}
    assert from_ranking(["cost"], "governors").shares == {"cost": 1}


@pytest.mark.parametrize("count", PUBLISHED)
def test_a_ranking_gives_the_published_rank_order_centroid_weights(count: int) -> None:
    found = from_ranking(list("abcde"[:count]), "governors")
    assert [round(share, 4) for share in found.shares.values()] == PUBLISHED[count]


@pytest.mark.parametrize("count", [1, 2, 7, 12, 40])
def test_a_ranking_gives_the_centroid_to_the_last_digit(count: int) -> None:
    found = from_ranking([f"c{place}" for place in range(1, count + 1)], "governors")
    exact = [float(sum((Fraction(1, place) for place in range(rank, count + 1)), Fraction()) / count) for rank in range(1, count + 1)]
    assert list(found.shares.values()) == pytest.approx(exact, rel=1e-13)
    assert math.fsum(found.shares.values()) == pytest.approx(1, abs=1e-12)


def test_criteria_that_tie_in_a_ranking_share_the_mean_of_their_places() -> None:
    """Of three criteria with the last two tied: 11/18, and (5/18 + 2/18) / 2 = 7/36 each."""
    found = from_ranking(["a", ["b", "c"]], "governors").shares
    assert found == pytest.approx({"a": 11 / 18, "b": 7 / 36, "c": 7 / 36}, rel=1e-13)


def test_a_ranking_in_which_everything_ties_weighs_everything_equally() -> None:
    found = from_ranking([["a", "b", "c", "d"]], "governors").shares
    assert found == pytest.approx(dict.fromkeys("abcd", 0.25), rel=1e-13)


def test_a_ranking_keeps_its_order_and_its_ties() -> None:
    assert from_ranking(["a", ["b", "c"], "d"], "governors").order == (("a",), ("b", "c"), ("d",))


def test_an_empty_step_in_a_ranking_is_no_step() -> None:
    assert from_ranking(["a", [], "b"], "governors").shares == {"a": 0.75, "b": 0.25}


def test_what_a_group_said_comes_in_the_order_of_the_criteria() -> None:
    swings = weights_of(make_group(values={"cost": 25, "autonomy": 75}), ["autonomy", "cost"])
    ranked = weights_of(make_group(values=("cost", "autonomy"), method="ranking"), ["autonomy", "cost"])
    assert list(swings.shares.items()) == [("autonomy", 0.75), ("cost", 0.25)]
    assert list(ranked.shares.items()) == [("autonomy", 0.25), ("cost", 0.75)]
    assert swings.array(["cost", "autonomy"]).tolist() == [0.25, 0.75]


GOVERNORS = make_group("Governors", {"autonomy": 60, "cost": 40}, people=10)
STAFF = make_group("Staff", {"autonomy": 1, "cost": 9}, people=40)


def test_one_voice_for_each_group_is_the_plain_mean() -> None:
    """(0.6 + 0.1) / 2 = 0.35 and (0.4 + 0.9) / 2 = 0.65."""
    found = combine([GOVERNORS, STAFF], ["autonomy", "cost"], "group")
    assert found is not None
    assert found.shares == pytest.approx({"autonomy": 0.35, "cost": 0.65}, rel=1e-13)
    assert found.said == "Governors and Staff, one voice for each group"


def test_one_voice_for_each_person_counts_heads() -> None:
    """(10 x 0.6 + 40 x 0.1) / 50 = 0.2 and (10 x 0.4 + 40 x 0.9) / 50 = 0.8."""
    found = combine([GOVERNORS, STAFF], ["autonomy", "cost"], "person")
    assert found is not None
    assert found.shares == pytest.approx({"autonomy": 0.2, "cost": 0.8}, rel=1e-13)
    assert found.said == "Governors and Staff, one voice for each person"


def test_one_group_alone_is_combined_to_what_it_said() -> None:
    found = combine([GOVERNORS], ["autonomy", "cost"], "person")
    assert found == weights_of(GOVERNORS, ["autonomy", "cost"])


def test_while_nobody_has_weighed_there_are_no_weights() -> None:
    assert combine([], ["autonomy", "cost"], "group") is None


def test_the_order_of_the_groups_makes_no_difference_to_the_shares() -> None:
    one_way = combine([GOVERNORS, STAFF], ["autonomy", "cost"], "person")
    other_way = combine([STAFF, GOVERNORS], ["autonomy", "cost"], "person")
    assert one_way is not None
    assert other_way is not None
    assert one_way.shares == pytest.approx(other_way.shares, rel=1e-13)


def test_a_criterion_left_out_gives_its_weight_to_the_others_in_proportion() -> None:
    weights = from_points({"autonomy": 100, "cost": 60, "staff": 40}, "governors")
    found = without(weights, "cost")
    assert found is not None
    assert found.shares == pytest.approx({"autonomy": 5 / 7, "cost": 0, "staff": 2 / 7}, rel=1e-13)
    assert found.said == "governors"


def test_nothing_is_left_where_the_one_criterion_that_counts_is_left_out() -> None:
    assert without(from_points({"autonomy": 0, "cost": 60}, "governors"), "cost") is None


def test_the_array_takes_the_order_that_it_is_asked_for() -> None:
    weights = Weights({"a": 0.1, "b": 0.2, "c": 0.7}, "governors", 1.0)
    assert np.array_equal(weights.array(["c", "a"]), [0.7, 0.1])


# Rank sum, pairs, trade-offs, and a group that weighs twice


@pytest.mark.parametrize("count", range(1, 13))
def test_rank_sum_weights_are_those_of_the_formula(count: int) -> None:
    """Stillwell, Seaver and Edwards (1981): 2(n + 1 - k) / (n(n + 1)) for the k-th of n."""
    found = from_ranking([f"c{place}" for place in range(1, count + 1)], "governors", "rank_sum").shares
    exact = [Fraction(2 * (count + 1 - place), count * (count + 1)) for place in range(1, count + 1)]
    assert sum(exact) == 1
    assert list(found.values()) == pytest.approx([float(share) for share in exact], abs=1e-15)


def test_those_that_tie_share_what_their_places_are_worth_by_either_rule() -> None:
    assert from_ranking(["a", ["b", "c"], "d"], "governors", "rank_sum").shares == pytest.approx({"a": 0.4, "b": 0.25, "c": 0.25, "d": 0.1})


ELICITED = {"on": "2016-05-01", "how": "with cards", "people": 3}


def test_pairs_and_trade_offs_become_weights_of_the_criteria_in_use() -> None:
    pairs = make_group(values=[{"more": "a", "than": "b", "times": 2}, {"more": "b", "than": "c", "times": 3}], method="pairs")
    assert weights_of(pairs, ["c", "b", "a"]).shares == pytest.approx({"c": 0.1, "b": 0.3, "a": 0.6})
    assert weights_of(pairs, ["a", "b"]).shares == pytest.approx({"a": 0.6, "b": 0.3})
    traded = make_group(values=[{"more": "a", "than": "b", "times": 3}], method="trade_offs")
    assert weights_of(traded, ["a", "b"]).shares == pytest.approx({"a": 0.875, "b": 0.125})


@pytest.mark.parametrize(("use", "expected"), [(None, [0.65, 0.35]), ("mean", [0.65, 0.35]), ("first", [0.8, 0.2]), ("second", [0.5, 0.5])])
def test_of_two_weighings_the_mean_is_used_unless_the_group_chooses_one(use: str | None, expected: list[float]) -> None:
    once = make_group(values={"a": 80, "b": 20})
    again = {"method": "points", "values": {"a": 50, "b": 50}, "elicited": ELICITED}
    twice = type(once).model_validate(once.model_dump(exclude_none=True) | {"again": again} | ({"use": use} if use else {}))
    assert list(weights_of(twice, ["a", "b"]).shares.values()) == pytest.approx(expected)


def test_the_mean_of_two_weighings_gives_each_the_same_say_whatever_its_figures_sum_to() -> None:
    first, second = Weights({"a": 0.1, "b": 0.1}, "x", 1), Weights({"a": 0.2, "b": 0.6}, "x", 1)
    assert mean_of(first, second).shares == pytest.approx({"a": 0.375, "b": 0.625})
    assert mean_of(Weights({"a": 0.0}, "x", 1), Weights({"a": 0.5}, "x", 1)).shares == {"a": 1.0}


def test_which_rule_turns_an_order_into_weights_is_the_groups_choice() -> None:
    ranked = make_group(values=("a", "b", "c"), method="ranking")
    assert weights_of(ranked, "abc").shares == from_ranking("abc", "Governors").shares
    assert weights_of(ranked.model_copy(update={"by": "rank_sum"}), "abc").shares == from_ranking("abc", "Governors", "rank_sum").shares
