"""Sets of weights by their corners: by hand, inside what they stand for, and as evenly spread as the weights that are drawn."""

from __future__ import annotations

from itertools import pairwise
from math import factorial

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnership_model.analysis.sampling import BLOCK
from partnership_model.analysis.weight_draws import draw_weights
from partnership_model.analysis.weight_simplices import MOST_ORDERS, at_corners, simplices_of
from partnership_model.errors import PartnershipError
from partnership_model.model.plausible_weights import AnyWeights, ConditionedWeights, OrderedWeights
from partnership_model.model.weights import from_ranking
from tests.making import pure

THIRD = 1 / 3


def of(*args: object, **changes: object) -> list[list[list[float]]]:
    """Give the simplices as lists."""
    found = simplices_of(*args, **changes)  # type: ignore[arg-type]
    assert found is not None
    return [one.tolist() for one in found]


def test_all_weights_have_a_corner_for_each_criterion() -> None:
    assert of(AnyWeights(("a", "b")), ("a", "b")) == [[[1, 0], [0, 1]]]


def test_the_corners_of_an_order_are_the_best_alone_the_best_two_alike_and_so_on_by_hand() -> None:
    assert of(OrderedWeights((("b",), ("a",), ("c",))), ("a", "b", "c")) == [[[0, 1, 0], [0.5, 0.5, 0], [THIRD, THIRD, THIRD]]]


def test_criteria_that_share_a_step_give_a_simplex_for_each_order_of_them() -> None:
    found = of(OrderedWeights((("a",), ("b", "c"))), ("a", "b", "c"))
    assert found == [[[1, 0, 0], [0.5, 0.5, 0], [THIRD] * 3], [[1, 0, 0], [0.5, 0, 0.5], [THIRD] * 3]]


def test_a_criterion_without_weight_is_left_out() -> None:
    for corners in simplices_of(OrderedWeights((("c",), ("a",))), ("a", "b", "c")) or ():
        assert corners.shape == (2, 3)
        assert not corners[:, 1].any()


def test_least_weights_are_a_smaller_simplex_by_hand() -> None:
    """With a at least 0.5 and b at least 0.1, 0.4 is left to give away."""
    found = of(AnyWeights(("a", "b", "c")), ("a", "b", "c"), lowest={"a": 0.5, "b": 0.1})
    assert found == [pytest.approx(np.array([[0.9, 0.1, 0], [0.5, 0.5, 0], [0.5, 0.1, 0.4]]))]
    (one,) = of(OrderedWeights((("b",), ("a",))), ("a", "b"), lowest={"a": 0.2, "b": 0.2})
    assert one == pytest.approx(np.array([[0.2, 0.8], [0.5, 0.5]]))


def test_an_order_with_least_weights_that_differ_is_another_shape() -> None:
    assert simplices_of(OrderedWeights((("a",), ("b",))), ("a", "b"), {"b": 0.1}) is None


@pytest.mark.parametrize("lowest", [{"a": -0.1}, {"a": 0.7, "b": 0.4}])
def test_least_weights_that_nothing_meets_are_refused(lowest: dict[str, float]) -> None:
    with pytest.raises(PartnershipError, match=r"^Least weights are shares from 0 upwards that come to at most 1\.$"):
        simplices_of(AnyWeights(("a", "b")), ("a", "b"), lowest)


def test_least_weights_that_come_to_a_hundred_points_are_one_point_although_their_shares_round_to_more_than_one() -> None:
    names, least = ("a", "b", "c"), tuple(points / 100 for points in (4.5, 84.2, 11.3))
    assert sum(least) > 1
    (only,) = simplices_of(ConditionedWeights(names, least, (1.0, 1.0, 1.0)), names) or ()
    assert only == pytest.approx(np.array([least] * 3))


def test_more_orders_than_can_be_averaged_are_not_given() -> None:
    names = tuple("abcdef")
    assert len(simplices_of(OrderedWeights((names[:5],)), names) or ()) == factorial(5) == MOST_ORDERS
    assert simplices_of(OrderedWeights((names,)), names) is None


STEPS = st.lists(st.integers(1, 3), min_size=1, max_size=3).map(
    lambda sizes: tuple(tuple(f"c{step}{place}" for place in range(size)) for step, size in enumerate(sizes))
)


@pure(40)
@given(STEPS)
def test_every_corner_is_a_weighting_that_keeps_the_order(steps: tuple[tuple[str, ...], ...]) -> None:
    names = [name for step in steps for name in step]
    for corners in simplices_of(OrderedWeights(steps), names) or ():
        assert corners.sum(axis=1) == pytest.approx(1)
        for better, worse in pairwise(steps):
            least = corners[:, [names.index(name) for name in better]].min(axis=1)
            most = corners[:, [names.index(name) for name in worse]].max(axis=1)
            assert (least >= most - 1e-12).all()


def test_the_middle_of_an_order_is_the_rank_order_centroid() -> None:
    """Barron and Barrett 1996: the weights that `from_ranking` gives are the mean of all that keep the order."""
    names = ["a", "b", "c", "d"]
    (corners,) = simplices_of(OrderedWeights(tuple((name,) for name in names)), names) or ()
    assert corners.mean(axis=0) == pytest.approx(list(from_ranking(names, "us").shares.values()))
    tied = OrderedWeights((("a", "b"), ("c", "d")))
    found = np.mean([one.mean(axis=0) for one in simplices_of(tied, names) or ()], axis=0)
    assert found == pytest.approx(list(from_ranking([["a", "b"], ["c", "d"]], "us").shares.values()))


def test_weights_from_the_corners_are_spread_as_the_weights_that_are_drawn() -> None:
    names = ("a", "b", "c", "d")
    plausible = OrderedWeights((("b",), ("a", "d"), ("c",)))
    chosen = np.random.default_rng(1)
    simplices = simplices_of(plausible, names) or ()
    made = np.vstack([chosen.dirichlet(np.ones(4), 50_000) @ corners for corners in simplices])
    drawn = np.hstack([draw_weights(plausible, names, 2016, block) for block in range(6)]).astype(float)
    for column in range(4):
        for level in (0.1, 0.5, 0.9):
            at = np.quantile(made[:, column], level)
            assert (drawn[column] <= at).mean() == pytest.approx(level, abs=4 * np.sqrt(0.25 / (6 * BLOCK) + 0.25 / len(made)))


def test_values_at_the_corners_by_hand_and_equal_options_stay_equal() -> None:
    (corners,) = simplices_of(OrderedWeights((("a",), ("b",), ("c",))), ("a", "b", "c")) or ()
    values = np.array([[90.0, 30.0, 0.1], [90.0, 30.0, 0.1], [20.0, 70.0, 0.3]])
    found = at_corners(values, corners)
    assert found[0] == pytest.approx([90, 60, 40.033333333])
    assert np.array_equal(found[0], found[1])
