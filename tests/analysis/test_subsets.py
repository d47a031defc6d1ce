"""Numbered subsets: taking away and putting in lead to the subsets that they name."""

from __future__ import annotations

from itertools import combinations
from math import comb

import pytest

from partnership_model.analysis.subsets import subsets, with_each, without_each

SIZES = pytest.mark.parametrize(("size", "count"), [(1, 1), (4, 1), (5, 3), (6, 6), (7, 4)])


@SIZES
def test_every_subset_has_a_number_in_the_order_of_the_standard_library(size: int, count: int) -> None:
    assert [tuple(one) for one in subsets(size, count).tolist()] == list(combinations(range(size), count))


@SIZES
def test_without_one_element_the_others_are_left(size: int, count: int) -> None:
    smaller = subsets(size, count - 1).tolist()
    for one, numbers in zip(subsets(size, count).tolist(), without_each(size, count).tolist(), strict=True):
        assert [smaller[number] for number in numbers] == [[kept for kept in one if kept != gone] for gone in one]


@SIZES
def test_with_one_more_element_the_larger_subset_has_it_at_its_place(size: int, count: int) -> None:
    larger = subsets(size, count + 1).tolist()
    lacking, numbers, places = with_each(size, count)
    assert lacking.shape == numbers.shape == places.shape == (comb(size, count), size - count)
    for row, one in enumerate(subsets(size, count).tolist()):
        assert set(lacking[row].tolist()) | set(one) == set(range(size))
        for column, element in enumerate(lacking[row].tolist()):
            grown = larger[numbers[row, column]]
            assert grown == sorted([*one, element])
            assert grown[places[row, column]] == element


def test_a_subset_of_more_elements_than_there_are_does_not_exist() -> None:
    assert subsets(3, 4).shape == (0, 4)
    assert without_each(3, 4).shape == (0, 4)
