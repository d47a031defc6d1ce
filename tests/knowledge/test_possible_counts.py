"""Percentages that no count can give, against every count tried one by one."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnership_model.knowledge.possible_counts import possible_counts
from tests.making import pure


def printed(count: int, of: int, decimals: int) -> set[Decimal]:
    """Print a percentage in both usual ways of rounding a half."""
    exact = Decimal(100 * count) / Decimal(of)
    return {exact.quantize(Decimal(1).scaleb(-decimals), way) for way in (ROUND_HALF_UP, ROUND_HALF_EVEN)}


def test_of_the_lincolnshire_survey_one_percentage_fits_the_partnerships_that_answered_and_one_does_not() -> None:
    """Source 004: 62% of 32 partnerships answered a survey in which 96% said that it had made a difference."""
    assert list(possible_counts(62, 0, 32)) == [20]
    assert not possible_counts(96, 0, 20)
    assert [of for of in range(1, 33) if possible_counts(96, 0, of)] == [23, 24, 25, 26, 27, 28]


@pytest.mark.parametrize(
    ("percent", "decimals", "of", "counts"),
    [
        ("0", 0, 300, (0, 1)),
        ("0.5", 0, 100, (0, 1)),  # printed with fewer decimals than given: both neighbours
        ("100", 0, 3, (3,)),
        ("33.3", 1, 3, (1,)),
        ("33.30", 2, 3, ()),
        (Fraction(125, 10), 1, 8, (1,)),
        ("60", -1, 8, (5,)),
        ("105", 0, 10, ()),
        ("-3", 0, 10, ()),
        ("50", 0, 0, ()),
    ],
)
def test_ends_halves_and_more_than_everybody(percent: str | Fraction, decimals: int, of: int, counts: tuple[int, ...]) -> None:
    assert tuple(possible_counts(percent, decimals, of)) == counts


@pure(200)
@given(st.integers(1, 120), st.integers(0, 2), st.data())
def test_it_gives_exactly_the_counts_that_print_as_the_percentage(of: int, decimals: int, data: st.DataObject) -> None:
    percent = Decimal(data.draw(st.integers(0, 100 * 10**decimals))).scaleb(-decimals)
    expected = tuple(count for count in range(of + 1) if percent in printed(count, of, decimals))
    found = possible_counts(str(percent), decimals, of)
    assert set(expected) <= set(found)
    assert all(abs(Decimal(100 * count) / of - percent) <= Decimal("0.5").scaleb(-decimals) for count in found)
    assert set(found) == set(expected) | {
        count for count in found if abs(Fraction(100 * count, of) - Fraction(percent)) == Fraction(1, 2) / 10**decimals
    }
