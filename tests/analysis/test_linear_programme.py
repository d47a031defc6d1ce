"""A small linear programme: by hand, at the corners by brute force, and where none or everything is enough."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog

from partnership_model.analysis import linear_programme
from partnership_model.analysis.linear_programme import cheapest, least_cost
from tests.making import pure


def cheapest_corner(cost: np.ndarray, table: np.ndarray, needed: np.ndarray) -> float | None:
    """Try every point at which as many bounds hold exactly as there are amounts; a least cost lies at one of them."""
    rows = np.vstack([table, np.eye(len(cost))])
    ends = np.append(needed, np.zeros(len(cost)))
    best = None
    for chosen in itertools.combinations(range(len(rows)), len(cost)):
        square = rows[list(chosen)]
        if abs(np.linalg.det(square)) > 1e-9:
            corner = np.linalg.solve(square, ends[list(chosen)])
            if (rows @ corner >= ends - 1e-9).all():
                best = min(float(cost @ corner), np.inf if best is None else best)
    return best


def test_a_diet_of_two_foods_by_hand() -> None:
    """2 of x and y together, and half of y at least: x costs 1 and y 3, so 1.5 of x and 0.5 of y, for 3."""
    found = least_cost(np.array([1.0, 3.0]), np.array([[1.0, 1.0], [0.0, 1.0]]), np.array([2.0, 0.5]))
    assert found == pytest.approx([1.5, 0.5])


def test_nothing_is_bought_where_nothing_is_needed() -> None:
    assert least_cost(np.ones(2), np.eye(2), np.array([-1.0, 0.0])) == pytest.approx([0, 0])


def test_where_no_amounts_are_enough_there_are_none() -> None:
    assert least_cost(np.ones(1), np.array([[1.0], [-1.0]]), np.array([2.0, -1.0])) is None
    assert least_cost(np.ones(1), np.array([[0.0]]), np.array([1.0])) is None


PROGRAMMES = st.tuples(st.integers(1, 3), st.integers(1, 4)).flatmap(
    lambda shape: st.tuples(
        st.lists(st.integers(0, 3), min_size=shape[0], max_size=shape[0]),
        st.lists(st.lists(st.integers(-2, 2), min_size=shape[0], max_size=shape[0]), min_size=shape[1], max_size=shape[1]),
        st.lists(st.integers(-2, 2), min_size=shape[1], max_size=shape[1]),
    )
)


@pytest.mark.parametrize("steepest_first", [60, 0], ids=["by the largest miss", "by number"])
def test_no_corner_is_cheaper_ties_and_zeros_among_them(monkeypatch: pytest.MonkeyPatch, steepest_first: int) -> None:
    monkeypatch.setattr(linear_programme, "STEEPEST_FIRST", steepest_first)

    @pure(200)
    @given(PROGRAMMES)
    def holds(programme: tuple[list[int], list[list[int]], list[int]]) -> None:
        cost, table, needed = (np.array(part, dtype=float) for part in programme)
        found, best = least_cost(cost, table, needed), cheapest_corner(cost, table, needed)
        assert (found is None) == (best is None)
        if found is not None:
            assert (found >= 0).all()
            assert (table @ found >= needed - 1e-9).all()
            assert float(cost @ found) == pytest.approx(best, abs=1e-9)

    holds()


def test_a_programme_that_goes_round_without_a_rule_comes_to_an_end() -> None:
    """The dual of Beale's example of 1955, on which the simplex method can go round in a circle; its value is 1/20."""
    table = np.array([[0.25, 0.5, 0], [-60, -90, 0], [-0.04, -0.02, 1], [9, 3, 0]])
    found = least_cost(np.array([0.0, 0.0, 1.0]), table, np.array([0.75, -150, 0.02, -6]))
    assert found is not None
    assert found[2] == pytest.approx(0.05)


# Prices


def test_the_prices_of_a_diet_by_hand() -> None:
    """One more of both together is bought as x, for 1; half of y more takes as much x away: 3 - 1 for each y."""
    found = cheapest(np.array([1.0, 3.0]), np.array([[1.0, 1.0], [0.0, 1.0]]), np.array([2.0, 0.5]))
    assert found is not None
    assert found.prices == pytest.approx([1, 2])


@pure(200)
@given(PROGRAMMES)
def test_prices_prove_that_nothing_is_cheaper(programme: tuple[list[int], list[list[int]], list[int]]) -> None:
    cost, table, needed = (np.array(part, dtype=float) for part in programme)
    found = cheapest(cost, table, needed)
    theirs = linprog(cost, A_ub=-table, b_ub=-needed, method="highs")
    assert (found is None) == (theirs.status == 2)
    if found is not None:
        assert found.prices.min() >= 0
        assert (found.prices @ table <= cost + 1e-9).all()
        assert found.prices @ needed == pytest.approx(cost @ found.amounts, abs=1e-9)
        assert cost @ found.amounts == pytest.approx(theirs.fun, abs=1e-9)
