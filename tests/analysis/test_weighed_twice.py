"""Two weighings side by side: how far each weight moved, what changed places, and who comes first."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnership_model.analysis.overall import Values
from partnership_model.analysis.weighed_twice import weighed_twice
from tests.making import pure

TABLE = np.array([[100.0, 0, 50], [0, 100, 50]])
VALUES = Values(("o0", "o1"), ("a", "b", "c"), TABLE, TABLE, TABLE)
FIGURES = st.lists(st.integers(0, 100), min_size=3, max_size=3).filter(any).map(lambda figures: dict(zip("abc", figures, strict=True)))


def test_points_order_and_leader_of_a_worked_example() -> None:
    """Shares 50, 30, 20 and then 25, 50, 25: a loses most, and a and b alone change places; a and c draw level."""
    found = weighed_twice(VALUES, {"a": 100, "b": 60, "c": 40}, {"a": 50, "b": 100, "c": 50})
    assert found.first == pytest.approx({"a": 0.5, "b": 0.3, "c": 0.2})
    assert found.moved == pytest.approx({"a": -25, "b": 20, "c": 5})
    assert found.largest == ("a", pytest.approx(-25))
    assert found.swapped == (("a", "b"),)
    assert (found.leaders_first, found.leaders_second, found.same_leader) == (("o0",), ("o1",), False)
    assert not found.same_points


def test_a_tie_that_is_broken_is_no_swap() -> None:
    found = weighed_twice(VALUES, {"a": 50, "b": 50, "c": 0}, {"a": 60, "b": 40, "c": 0})
    assert found.swapped == ()
    assert (found.leaders_first, found.same_leader) == (("o0", "o1"), False)


@pure(100)
@given(FIGURES, FIGURES, st.sampled_from([0.5, 7, 1000]))
def test_moves_sum_to_nought_and_neither_scale_nor_the_way_round_changes_what_swapped(
    first: dict[str, int], second: dict[str, int], factor: float
) -> None:
    found = weighed_twice(VALUES, first, second)
    assert sum(found.moved.values()) == pytest.approx(0, abs=1e-9)
    grown = weighed_twice(VALUES, {name: value * factor for name, value in first.items()}, second)
    assert grown.moved == pytest.approx(found.moved, abs=1e-9)
    back = weighed_twice(VALUES, second, first)
    assert {frozenset(pair) for pair in back.swapped} == {frozenset(pair) for pair in found.swapped}
    expected = {
        frozenset(pair) for pair in combinations("abc", 2) if (first[pair[0]] - first[pair[1]]) * (second[pair[0]] - second[pair[1]]) < 0
    }
    assert {frozenset(pair) for pair in found.swapped} == expected


@pure(50)
@given(FIGURES)
def test_weighing_the_same_twice_changes_nothing(figures: dict[str, int]) -> None:
    found = weighed_twice(VALUES, figures, figures)
    assert found.same_points
    assert found.same_leader
    assert found.swapped == ()


def test_where_no_option_is_open_nobody_leads() -> None:
    empty = Values((), ("a",), *[np.zeros((0, 1))] * 3)
    found = weighed_twice(empty, {"a": 1}, {"a": 2})
    assert found.leaders_first == found.leaders_second == ()
