"""Places over all weights without sampling: published figures, pieces and areas by hand, fractions, draws, properties and refusals.

Published: the chance that an election has a Condorcet winner where every profile of preferences is as likely. With three
candidates it is 15/16 (Gehrlein and Fishburn, Condorcet's paradox and anonymous preference profiles, Public Choice 26,
1976, in the limit of many voters), with four 1717/2048 (Gehrlein, Condorcet winners on four candidates with anonymous
voters, Economics Letters 71, 2001). The shares of the voters with each order of the candidates are the weights. Both are
given as the literature on voting quotes them: the two papers were not at hand. The first is also cut in fractions.
"""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnership_model.analysis import exact_places
from partnership_model.analysis.exact_places import MOST_POINTS, ExactPlaces, mean_places, rank_acceptability
from partnership_model.analysis.exact_shares import pairwise_shares
from partnership_model.analysis.level_points import CoincidenceError, level_points
from partnership_model.errors import PartnershipError
from tests.analysis.cutting import places_by_cutting
from tests.making import pure

LEVELS = st.integers(0, 4).map(lambda figure: 25 * figure)


def tables(most: int = 4, columns: int = 4) -> st.SearchStrategy[list[list[int]]]:
    """Draw tables of a few options on a few criteria, five levels each, so that much coincides."""
    return st.integers(1, columns).flatmap(
        lambda width: st.lists(st.lists(LEVELS, min_size=width, max_size=width), min_size=1, max_size=most)
    )


def shares_of(table: object) -> np.ndarray:
    """Work out the shares, which must not be refused."""
    found = rank_acceptability(np.array(table, dtype=float))
    assert found.acceptability is not None, found.refused
    return found.acceptability


# Published


@pytest.mark.parametrize(("candidates", "winner"), [(3, Fraction(15, 16)), (4, Fraction(1717, 2048))])
def test_the_chance_of_a_condorcet_winner_is_the_published_one(candidates: int, winner: Fraction) -> None:
    found = rank_acceptability(np.array(candidate_and_rivals(candidates), dtype=float))
    assert found.acceptability is not None
    assert found.error < 1e-6
    assert found.acceptability[0, 0] * candidates == pytest.approx(float(winner), abs=found.error * candidates)


def candidate_and_rivals(candidates: int) -> list[list[int]]:
    """Give one candidate noughts, and each rival the votes of the orders that have it before that candidate, less the others.

    The candidate beats a rival who comes to less than nought.
    """
    orders = list(permutations(range(candidates)))
    rivals = [[1 if order.index(rival) < order.index(0) else -1 for order in orders] for rival in range(1, candidates)]
    return [[0] * len(orders), *rivals]


def test_fractions_give_the_published_chance_of_three_candidates_to_the_digit() -> None:
    assert places_by_cutting(candidate_and_rivals(3))[0][0] * 3 == Fraction(15, 16)


# By hand


def test_two_criteria_are_pieces_of_a_line_by_hand() -> None:
    """With w the weight of c1: 100w, 100 - 100w and 60. The first leads above 0.6, the second below 0.4, the third between.

    The first two are level at 0.5. Last is the second above 0.5, else the first, and the third never; so it is second
    wherever it is not first, which is 0.8.
    """
    assert shares_of([[100, 0], [0, 100], [60, 60]]) == pytest.approx(np.array([[0.4, 0.1, 0.5], [0.4, 0.1, 0.5], [0.2, 0.8, 0]]))


def test_three_criteria_are_areas_of_a_triangle_by_hand() -> None:
    """Three options that are each best on one criterion and nothing on the others take each place in a third of the weights."""
    assert shares_of(np.eye(3)) == pytest.approx(np.full((3, 3), 1 / 3))
    # against 0.5 for certain: w1 > 1/2 is a triangle of half the side, a quarter, and so for each; in the last quarter 0.5 leads
    found = shares_of([*np.eye(3).tolist(), [0.5] * 3])
    assert found[:, 0] == pytest.approx([1 / 4] * 4)
    assert found[3] == pytest.approx([1 / 4, 3 / 4, 0, 0], abs=1e-8)


def test_one_option_one_criterion_and_no_option() -> None:
    assert shares_of([[10, 90, 40]]).tolist() == [[1]]
    assert shares_of([[20], [60], [40]]).tolist() == [[0, 0, 1], [1, 0, 0], [0, 1, 0]]
    assert shares_of([[20], [60], [20]]).tolist() == [[0, 0.5, 0.5], [1, 0, 0], [0, 0.5, 0.5]]
    assert rank_acceptability(np.zeros((0, 3))).acceptability.shape == (0, 0)  # type: ignore[union-attr]


@pytest.mark.parametrize("level", [0.0, 50.0])
def test_options_that_are_all_the_same_share_every_place(level: float) -> None:
    assert shares_of(np.full((3, 4), level)) == pytest.approx(np.full((3, 3), 1 / 3))


# Independent ways


@pytest.mark.parametrize(("options", "criteria"), [(3, 3), (4, 4), (5, 4), (3, 6)])
@pytest.mark.parametrize("step", [1, 25])
def test_places_agree_with_simplices_cut_in_fractions(options: int, criteria: int, step: int) -> None:
    table = step * np.random.default_rng([options, criteria, step]).integers(0, 100 // step + 1, (options, criteria))
    found = rank_acceptability(table.astype(float))
    assert found.acceptability is not None
    exact = np.array(places_by_cutting(table.tolist()), dtype=float)
    assert np.abs(found.acceptability - exact).max() <= found.error + 1e-15


@pure(60)
@given(tables())
def test_no_share_is_further_from_the_fraction_than_the_error_says(table: list[list[int]]) -> None:
    found = rank_acceptability(np.array(table, dtype=float))
    assert found.acceptability is not None
    assert np.abs(found.acceptability - np.array(places_by_cutting(table), dtype=float)).max() <= found.error + 1e-15


@pytest.mark.parametrize("seed", range(3))
def test_seven_options_on_ten_criteria_agree_with_draws(seed: int) -> None:
    table = np.random.default_rng(seed).random((7, 10))
    found = rank_acceptability(table)
    assert found.acceptability is not None
    count = 200_000
    totals = np.random.default_rng(seed + 10).dirichlet(np.ones(10), count) @ table.T
    places = (-totals).argsort(axis=1).argsort(axis=1)
    for option, row in enumerate(found.acceptability):
        drawn = np.bincount(places[:, option], minlength=7) / count
        assert (abs(drawn - row) <= 4 * np.sqrt(row * (1 - row) / count) + 1e-6).all()
    assert found.error < 1e-6


@pure(60)
@given(tables())
def test_the_mean_place_agrees_with_the_pairs(table: list[list[int]]) -> None:
    """An option's mean place is one more than how many others are ahead of it on average: by Varsi's recursion."""
    rows = np.array(table, dtype=float)
    found = shares_of(rows) @ np.arange(1, len(rows) + 1)
    assert found == pytest.approx(pairwise_shares([rows]).sum(axis=0) + 0.5, abs=1e-5)


# Properties


@pure(60)
@given(tables())
def test_rows_and_columns_sum_to_one_and_no_share_is_below_nought(table: list[list[int]]) -> None:
    found = shares_of(table)
    assert found.sum(axis=0) == pytest.approx(1, abs=1e-12)
    assert found.sum(axis=1) == pytest.approx(1, abs=1e-12)
    assert found.min() >= 0


@pure(60)
@given(tables(), st.randoms(use_true_random=False))
def test_permuting_options_permutes_the_shares_to_the_digit(table: list[list[int]], chance) -> None:  # noqa: ANN001
    order = list(range(len(table)))
    chance.shuffle(order)
    assert np.array_equal(shares_of([table[row] for row in order]), shares_of(table)[order])


@pure(60)
@given(tables(most=3, columns=6), st.data())
def test_a_dominated_option_is_never_first_to_the_digit(table: list[list[int]], data: st.DataObject) -> None:
    better = data.draw(st.sampled_from(table))
    worse = [data.draw(st.integers(0, value)) for value in better]
    found = shares_of([*table, worse])
    alike = [row for row, other in enumerate([*table, worse]) if other == worse]
    if len(alike) == 1:
        assert found[-1, 0] == 0


@pure(60)
@given(tables(most=3), st.data())
def test_a_copy_of_an_option_changes_no_order_among_the_others(table: list[list[int]], data: st.DataObject) -> None:
    """The share of weights under which one is ahead of another cannot change, and with it what each place is on average.

    The copy and its original share what the original had: together they take its first places.
    """
    copied = data.draw(st.integers(0, len(table) - 1))
    before, after = shares_of(table), shares_of([*table, table[copied]])
    assert np.array_equal(after[copied], after[-1])
    for row in range(len(table)):
        if table[row] == table[copied]:
            continue
        if table.count(table[copied]) == 1:
            assert after[row, 0] == pytest.approx(before[row, 0], abs=1e-6)
        ahead = pairwise_shares([np.array([table[copied], table[row]], dtype=float)])[0, 1]
        mean_before, mean_after = (one[row] @ np.arange(one.shape[1]) for one in (before, after))
        assert mean_after - mean_before == pytest.approx(ahead, abs=1e-5)


@pure(30)
@given(tables(), st.sampled_from([0.01, 7.3, 1e6]), st.sampled_from([-50.0, 0.0, 3.0]))
def test_another_unit_of_value_changes_nothing(table: list[list[int]], factor: float, shift: float) -> None:
    rows = np.array(table, dtype=float)
    assert shares_of(rows * factor + shift) == pytest.approx(shares_of(rows), abs=1e-6)


def test_the_same_table_gives_the_same_shares_to_the_digit_when_nothing_is_remembered() -> None:
    table = np.random.default_rng(5).random((5, 6))
    first = shares_of(table)
    exact_places._of_bytes.cache_clear()  # noqa: SLF001 - what is remembered is not what is compared
    assert np.array_equal(shares_of(table), first)


def test_what_is_remembered_cannot_be_changed() -> None:
    found = shares_of([[1, 2], [2, 1]])
    with pytest.raises(ValueError, match="read-only"):
        found[0, 0] = 5


# Several simplices


def test_shares_over_several_simplices_are_their_mean() -> None:
    one, other = np.array([[1.0, 0], [0, 1]]), np.array([[1.0, 0.5], [0, 0.6]])
    found = mean_places([one, other])
    assert found.acceptability == pytest.approx((shares_of(one) + shares_of(other)) / 2)
    assert found.error == pytest.approx((rank_acceptability(one).error + rank_acceptability(other).error) / 2)


# Refused


@pytest.mark.parametrize(
    "table", [np.zeros(3), np.zeros((2, 0)), np.array([[1, float("nan")]]), np.array([[1, float("inf")]]), np.zeros((2, 2, 2))]
)
def test_what_is_no_table_of_numbers_is_refused(table: np.ndarray) -> None:
    with pytest.raises(PartnershipError, match="none missing"):
        rank_acceptability(table)


def test_a_table_that_would_take_too_long_is_left_to_sampling() -> None:
    assert math.comb(7 + 10, 7) - 1 < MOST_POINTS
    large = np.random.default_rng(1).random((9, 12))
    assert rank_acceptability(large) == ExactPlaces(None, 1.0, "too large")
    assert mean_places([large]).refused == "too large"
    for shape in ((2, 200), (200, 2), (3, 50)):  # few points, but very many edges between them
        assert rank_acceptability(np.random.default_rng(1).random(shape)).refused == "too large"
    assert rank_acceptability(np.random.default_rng(1).random((3, 40))).refused == ""
    assert mean_places([np.random.default_rng(seed).random((7, 8)) for seed in range(16)]).refused == "too large"


def test_many_options_alike_are_few_distinct_ones_and_no_large_table() -> None:
    rows = np.random.default_rng(1).random((3, 12))
    found = shares_of(np.repeat(rows, 5, axis=0))
    assert found.shape == (15, 15)
    assert found[:5, :5].sum() == pytest.approx(5 * shares_of(rows)[0, 0])


def test_values_that_differ_by_next_to_nothing_are_refused_because_the_error_would_be_too_large() -> None:
    found = rank_acceptability(np.array([[0.0, 1e-8, 0.0], [1e-8, 0.0, 0.0], [0.0, 0.0, 1.0]]))
    assert found.acceptability is None
    assert found.refused == "not accurate enough"
    assert found.error > 1e-4


def test_options_that_differ_by_less_than_a_step_are_not_taken_as_the_same() -> None:
    """One that is nowhere behind another is ahead of it, however little; where neither is, nothing can be said of which is ahead."""
    wide = 1e12
    assert shares_of([[wide, 0], [0, 1], [0, 2]]) == pytest.approx(np.array([[1, 0, 0], [0, 0, 1], [0, 1, 0]]), abs=1e-8)
    assert rank_acceptability(np.array([[wide, 0, 0], [0, 1, 2], [0, 2, 1]])).refused == "not accurate enough"


def test_what_misses_a_sum_of_one_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exact_places, "_added_up", lambda _levels, alike: np.full((len(alike), len(alike)), 0.5000006))
    found = rank_acceptability(np.array([[0.0, 1.5], [1.0, 0.25]]))
    assert (found.acceptability, found.refused) == (None, "not accurate enough")


def test_values_that_were_not_moved_would_coincide_and_are_moved_again(monkeypatch: pytest.MonkeyPatch) -> None:
    table = 25 * np.random.default_rng(4).integers(0, 5, (4, 5)).astype(float)
    expected = shares_of(table)
    real, asked = np.random.Philox, []

    class Unmoved:
        """Moves nothing at first."""

        def __init__(self, key: int) -> None:
            asked.append(key)
            self.bits = real(key=key)

        def random_raw(self, count: int) -> np.ndarray:
            found = np.asarray(self.bits.random_raw(count))
            return found * 0 if len(asked) == 1 else found

    monkeypatch.setattr(exact_places.np.random, "Philox", Unmoved)
    exact_places._of_bytes.cache_clear()  # noqa: SLF001 - see above
    assert shares_of(table) == pytest.approx(expected, abs=1e-6)
    assert asked == [0, 1]
    monkeypatch.setattr(Unmoved, "random_raw", lambda self, count: np.asarray(self.bits.random_raw(count)) * 0)
    exact_places._of_bytes.cache_clear()  # noqa: SLF001 - see above
    assert rank_acceptability(table) == ExactPlaces(None, 1.0, "coinciding")
    exact_places._of_bytes.cache_clear()  # noqa: SLF001 - nothing of this is left behind


def test_three_options_level_in_one_point_of_two_criteria_coincide() -> None:
    table = np.array([[0, 2], [2, 0], [1, 1]], dtype=object)
    with pytest.raises(CoincidenceError):
        list(level_points(table, np.array([3, 7], dtype=object)))
