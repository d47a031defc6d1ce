"""Comparisons pair by pair: weights are the eigenvector of their matrix, and how well they agree is measured."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnership_model.errors import PartnershipError
from partnership_model.knowledge.weighings import Comparison
from partnership_model.model.pairwise import RANDOM_INDEX, priorities
from tests.making import pure

if TYPE_CHECKING:
    from numpy.typing import NDArray

NAMES = "abcdefghijklmno"
# Saaty, A scaling method for priorities in hierarchical structures, Journal of Mathematical Psychology 15 (1977), the
# wealth of seven nations: the comparisons, their eigenvector and their greatest eigenvalue as he prints them.
NATIONS = ("US", "USSR", "China", "France", "UK", "Japan", "West Germany")
WEALTH = [
    [1, 4, 9, 6, 6, 5, 5],
    [1 / 4, 1, 7, 5, 5, 3, 4],
    [1 / 9, 1 / 7, 1, 1 / 5, 1 / 5, 1 / 7, 1 / 5],
    [1 / 6, 1 / 5, 5, 1, 1, 1 / 3, 1 / 3],
    [1 / 6, 1 / 5, 5, 1, 1, 1 / 3, 1 / 3],
    [1 / 5, 1 / 3, 7, 3, 3, 1, 2],
    [1 / 5, 1 / 4, 5, 3, 3, 1 / 2, 1],
]
PRINTED = [0.427, 0.230, 0.021, 0.052, 0.052, 0.123, 0.094]
PRINTED_EIGENVALUE = 7.61


def said(matrix: list[list[float]] | NDArray[np.float64], names: tuple[str, ...]) -> list[Comparison]:
    """Read the comparisons off a reciprocal matrix."""
    found = []
    for (row, one), (column, other) in combinations(enumerate(names), 2):
        times, inverse = float(matrix[row][column]), float(matrix[column][row])
        more, than = (one, other) if times >= 1 else (other, one)
        found.append(Comparison(more=more, than=than, times=max(times, inverse)))
    return found


@st.composite
def matrices(draw: st.DrawFn) -> NDArray[np.float64]:
    """Draw a reciprocal matrix of figures on Saaty's scale."""
    count = draw(st.integers(2, 7))
    matrix = np.ones((count, count))
    for row, column in combinations(range(count), 2):
        times = draw(st.integers(1, 9))
        matrix[row, column] = times if draw(st.booleans()) else 1 / times
        matrix[column, row] = 1 / matrix[row, column]
    return matrix


def test_the_wealth_of_nations_as_saaty_printed_it() -> None:
    found = priorities(NATIONS, said(WEALTH, NATIONS))
    assert [round(share, 3) for share in found.shares.values()] == PRINTED
    assert round(found.greatest, 2) == PRINTED_EIGENVALUE
    assert found.index == pytest.approx((found.greatest - 7) / 6)
    assert (found.random_index, found.ratio) == (1.32, pytest.approx(found.index / 1.32))
    assert not found.inconsistent


@pure(100)
@given(matrices())
def test_weights_eigenvalue_and_ratio_are_those_of_another_solver(matrix: NDArray[np.float64]) -> None:
    names = tuple(NAMES[: len(matrix)])
    found = priorities(names, said(matrix, names))
    values, vectors = np.linalg.eig(matrix)
    at = values.real.argmax()
    vector = vectors[:, at].real / vectors[:, at].real.sum()
    assert list(found.shares.values()) == pytest.approx(vector.tolist(), abs=1e-9)
    assert found.greatest == pytest.approx(values[at].real, abs=1e-8)
    index = (values[at].real - len(names)) / (len(names) - 1)
    expected = index / RANDOM_INDEX[len(names) - 1] if len(names) > 2 else 0
    assert found.ratio == pytest.approx(expected, abs=1e-8)


@pure(100)
@given(st.lists(st.floats(0.05, 1), min_size=1, max_size=8))
def test_comparisons_that_agree_give_the_weights_back_and_the_ratio_nought(weights: list[float]) -> None:
    names = tuple(NAMES[: len(weights)])
    true = np.array(weights) / sum(weights)
    found = priorities(names, said(np.divide.outer(true, true), names))
    assert list(found.shares.values()) == pytest.approx(true.tolist(), abs=1e-9)
    assert found.ratio == pytest.approx(0, abs=1e-8)
    assert found.doubtful is None
    assert not found.inconsistent


@pure(60)
@given(matrices(), st.randoms(use_true_random=False))
def test_the_order_of_criteria_and_of_comparisons_plays_no_part(matrix: NDArray[np.float64], random: object) -> None:
    names = tuple(NAMES[: len(matrix)])
    comparisons = said(matrix, names)
    shuffled, other = list(comparisons), list(names)
    random.shuffle(shuffled)
    random.shuffle(other)
    found, again = priorities(names, comparisons), priorities(other, shuffled)
    assert again.shares == pytest.approx(found.shares, abs=1e-9)
    assert again.ratio == pytest.approx(found.ratio, abs=1e-8)


def test_a_ratio_above_a_tenth_is_inconsistent_and_the_comparison_that_fits_least_is_named() -> None:
    comparisons = [
        Comparison(more="a", than="b", times=3),
        Comparison(more="b", than="c", times=3),
        Comparison(more="c", than="a", times=2),
    ]
    found = priorities("abc", comparisons)
    assert found.inconsistent
    assert found.doubtful is not None
    worst = max(abs(np.log(one.times * found.shares[one.than] / found.shares[one.more])) for one in comparisons)
    off = abs(np.log(found.doubtful.times / found.doubtful.fits))
    assert off == pytest.approx(worst)
    assert found.doubtful.fits == pytest.approx(found.shares[found.doubtful.more] / found.shares[found.doubtful.than])


def test_pairs_that_are_missing_are_filled_in_by_those_that_are_there_and_no_ratio_is_given() -> None:
    """A : b = 2 and b : c = 3 leave one way to weigh: 6 : 3 : 1 (Harker 1987: the missing pair agrees with the rest)."""
    found = priorities("abc", [Comparison(more="a", than="b", times=2), Comparison(more="b", than="c", times=3)])
    assert list(found.shares.values()) == pytest.approx([0.6, 0.3, 0.1])
    assert (found.compared, found.pairs, found.ratio) == (2, 3, None)
    assert found.greatest == pytest.approx(3)


def test_criteria_that_no_comparison_joins_are_named() -> None:
    with pytest.raises(PartnershipError, match=r"No comparison joins c, d to a\. Compare each"):
        priorities("abcd", [Comparison(more="a", than="b"), Comparison(more="c", than="d")])


def test_one_criterion_and_two_are_always_consistent() -> None:
    one = priorities("a", [])
    assert (one.shares, one.ratio, one.index) == ({"a": 1.0}, 0.0, 0.0)
    two = priorities("ab", [Comparison(more="b", than="a", times=4)])
    assert (two.ratio, two.index) == (0.0, pytest.approx(0, abs=1e-12))
    assert two.shares == pytest.approx({"a": 0.2, "b": 0.8})


def test_beyond_the_sizes_for_which_saaty_gives_a_random_index_there_is_no_ratio() -> None:
    names = tuple(f"c{place}" for place in range(16))
    found = priorities(names, said(np.ones((16, 16)), names))
    assert (found.random_index, found.ratio) == (None, None)
    assert not found.inconsistent
