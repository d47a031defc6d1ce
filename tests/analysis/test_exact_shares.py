"""Shares of all weights in closed form: by hand, in fractions by another formula, against draws, and at every edge."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from partnership_model.analysis.exact_shares import LEVELS, ValueSpread, pairwise_shares, share_at_most, value_spreads
from partnership_model.analysis.weight_simplices import at_corners, simplices_of
from partnership_model.model.plausible_weights import OrderedWeights
from tests.analysis.test_robustness import ahead_exactly
from tests.making import pure

ROWS = st.integers(1, 6).flatmap(lambda count: st.lists(st.integers(-9, 9), min_size=count, max_size=count))


def at_most(row: list[float], figure: float) -> float:
    """Give the share for one row."""
    return float(share_at_most(np.array([row], dtype=float), figure)[0])


def test_a_length_by_hand() -> None:
    """30 times w2 is at most 10 up to w2 = 1/3."""
    assert at_most([0, 30], 10) == pytest.approx(1 / 3)


def test_an_area_by_hand() -> None:
    """w1 <= 1/3: what is left out is a like triangle of 2/3 the side, so 1 - 4/9."""
    assert at_most([3, 0, 0], 1) == pytest.approx(5 / 9)


def test_a_cut_through_the_middle_of_a_tetrahedron_by_hand() -> None:
    """Two corners a side, all as far away: half. Of (2, 1, -1, -1) at 0 the first corner's side is worked out in fractions."""
    assert at_most([1, 1, -1, -1], 0) == pytest.approx(1 / 2)
    # the cuts lie at 1/3 of both edges from the last two corners to the first and at 1/2 of those to the second
    assert at_most([2, 1, -1, -1], 0) == pytest.approx(float(exactly([2, 1, -1, -1])))


def exactly(row: list[int]) -> Fraction:
    """Cut edges in fractions, one after the other: an edge that crosses nought cuts the simplex into two of its parts."""
    high, low = max(row), min(row)
    if high <= 0 or low >= 0:
        return Fraction(int(high <= 0))
    along = Fraction(high, high - low)
    without_low, without_high = list(row), list(row)
    without_low[row.index(low)] = without_high[row.index(high)] = 0
    return along * exactly(without_low) + (1 - along) * exactly(without_high)


@pure(200)
@given(ROWS)
def test_shares_agree_with_edges_cut_in_fractions_whatever_is_level_or_nought(row: list[int]) -> None:
    assert at_most([float(one) for one in row], 0) == pytest.approx(float(exactly(row)), abs=1e-12)


@pure(100)
@given(st.lists(st.integers(-50, 50), min_size=2, max_size=8, unique=True))
def test_shares_agree_with_another_formula_where_no_two_numbers_are_the_same(row: list[int]) -> None:
    """Dempster and Kleyle 1968, in fractions: its terms have both signs, and it needs distinct numbers."""
    assert 1 - at_most([float(one) for one in row], 0) == pytest.approx(ahead_exactly(row, [0] * len(row)), abs=1e-9)


@pytest.mark.parametrize(
    ("row", "figure", "share"),
    [([0, 0, 0], 0, 1), ([5], 5, 1), ([5], 4, 0), ([1, 2], 0, 0), ([-1, 0], 0, 1), ([0, 1], 0, 0), ([0, 0, 1], 0, 0), ([3, 3], 3, 1)],
)
def test_what_holds_of_all_weights_or_of_none_is_one_or_nought_to_the_digit(row: list[float], figure: float, share: float) -> None:
    assert at_most(row, figure) == share


def test_forty_criteria_are_no_trouble() -> None:
    row = [float(place % 7) - 3 for place in range(40)]
    drawn = (np.random.default_rng(3).dirichlet(np.ones(40), 100_000) @ row <= 0.1).mean()
    assert at_most(row, 0.1) == pytest.approx(drawn, abs=4 * math.sqrt(0.25 / 100_000))


# Pairs


def test_the_share_of_one_option_ahead_of_another_by_hand() -> None:
    """As for the sampled shares: o1 (100, 0, 0) is ahead of o2 (0, 50, 50) where w1 > 1/3, which is 4/9."""
    found = pairwise_shares([np.array([[100.0, 0, 0], [0, 50, 50]])])
    assert found == pytest.approx(np.array([[1 / 2, 4 / 9], [5 / 9, 1 / 2]]))


def test_pairs_under_an_order_of_importance_by_hand() -> None:
    """o1 (0, 100, 100) is ahead of o2 (100, 0, 0) where w1 < 1/2: a quarter of the weights with c1 first in importance."""
    (corners,) = simplices_of(OrderedWeights((("a",), ("b",), ("c",))), ("a", "b", "c")) or ()
    found = pairwise_shares([at_corners(np.array([[0.0, 100, 100], [100, 0, 0]]), corners)])
    assert found[0, 1] == pytest.approx(1 / 4)


def test_identical_options_are_level_and_dominated_ones_never_ahead() -> None:
    found = pairwise_shares([np.array([[50.0, 60], [50, 60], [50, 61]])])
    assert found.tolist() == [[0.5, 0.5, 0], [0.5, 0.5, 0], [1, 1, 0.5]]


@pure(60)
@given(st.lists(st.lists(st.integers(0, 4), min_size=3, max_size=3), min_size=2, max_size=4))
def test_either_of_two_is_ahead_or_they_are_level(rows: list[list[int]]) -> None:
    found = pairwise_shares([np.array(rows, dtype=float)])
    assert found + found.T == pytest.approx(1)
    assert found.min() >= 0


# Spreads


def test_the_spread_of_one_option_on_two_criteria_is_even_by_hand() -> None:
    """20 w1 + 60 w2 is spread evenly from 20 to 60."""
    (found,) = value_spreads([np.array([[20.0, 60.0]])])
    assert (found.least, found.most, found.mean) == (20, 60, 40)
    assert found.levels == pytest.approx([20 + 40 * level for level in LEVELS])


def test_the_spread_on_three_criteria_by_hand() -> None:
    """Of (0, 0, 90) a share 1 - (1 - x/90)^2 of the weights gives at most x; the mean is 30."""
    (found,) = value_spreads([np.array([[0.0, 0, 90]])])
    assert found.mean == 30
    assert found.levels == pytest.approx([90 * (1 - math.sqrt(1 - level)) for level in LEVELS])


def test_an_option_that_is_worth_the_same_on_all_criteria_is_worth_that_whatever_the_weights() -> None:
    assert value_spreads([np.full((1, 3), 40.0)]) == (ValueSpread(40, 40, 40, (40,) * 5),)


def test_a_union_of_simplices_is_as_spread_as_draws_from_it() -> None:
    values = np.random.default_rng(6).integers(0, 101, (3, 5)).astype(float)
    names = tuple("abcde")
    simplices = simplices_of(OrderedWeights((("c",), ("a", "e"), ("b", "d"))), names) or ()
    assert len(simplices) == 4
    drawn = np.vstack([np.random.default_rng(seed).dirichlet(np.ones(5), 50_000) @ one for seed, one in enumerate(simplices)]) @ values.T
    for option, found in enumerate(value_spreads([at_corners(values, one) for one in simplices])):
        assert found.mean == pytest.approx(drawn[:, option].mean(), abs=4 * drawn[:, option].std() / math.sqrt(len(drawn)))
        assert found.least <= drawn[:, option].min()
        assert found.most >= drawn[:, option].max()
        for level, at in zip(LEVELS, found.levels, strict=True):
            assert (drawn[:, option] <= at).mean() == pytest.approx(level, abs=4 * math.sqrt(level * (1 - level) / len(drawn)))


@pure(60)
@given(ROWS, st.integers(-9, 9), st.integers(-9, 9))
def test_more_weights_stay_below_a_higher_figure(row: list[int], one: int, other: int) -> None:
    assume(one < other)
    sums = [float(value) for value in row]
    assert at_most(sums, one) <= at_most(sums, other) + 1e-15
