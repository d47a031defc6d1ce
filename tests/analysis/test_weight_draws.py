"""Drawing weights: every set in the way that suits it, evenly, block by block."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnership_model.analysis.sampling import BLOCK
from partnership_model.analysis.weight_draws import draw_weights, way_of_drawing
from partnership_model.errors import PartnershipError
from partnership_model.model.plausible_weights import AnyWeights, ConditionedWeights, GroupMixture, OrderedWeights, near
from partnership_model.model.weights import from_points, from_ranking
from tests.analysis.weight_making import agree, chain, chain_corners, meeting, moments_of_simplex, names_of, rejected
from tests.making import pure

if TYPE_CHECKING:
    from partnership_model.model.plausible_weights import PlausibleWeights

ABC = ("a", "b", "c")
SETS: tuple[PlausibleWeights, ...] = (
    AnyWeights(ABC),
    OrderedWeights((("b",), ("a", "c"))),
    ConditionedWeights(ABC, (0.1, 0.0, 0.0), (0.5, 1.0, 1.0)),
    GroupMixture(ABC, ((0.5, 0.5, 0.0), (0.1, 0.2, 0.7)), (1, 2)),
    GroupMixture(ABC, ((0.5, 0.5, 0.0), (0.1, 0.2, 0.7)), (1, 2), 0.1),
)
EACH = pytest.mark.parametrize("plausible", SETS, ids=lambda one: type(one).__name__)


def blocks(plausible: PlausibleWeights, criteria: tuple[str, ...], count: int = 2, seed: int = 2016) -> np.ndarray:
    """Draw some blocks."""
    return np.concatenate([draw_weights(plausible, criteria, seed, block) for block in range(count)], axis=1)


@EACH
def test_each_criterion_stands_in_its_row_and_one_that_the_set_does_not_name_stays_at_nought(plausible: PlausibleWeights) -> None:
    drawn = draw_weights(plausible, ABC, 1, 0)
    assert (drawn.shape, drawn.dtype) == ((3, BLOCK), np.float32)
    assert np.allclose(drawn.sum(axis=0), 1, atol=1e-6)
    assert (drawn >= 0).all()
    turned = draw_weights(plausible, ("c", "d", "a", "b"), 1, 0)
    assert np.array_equal(turned[[2, 3, 0]], drawn)
    assert not turned[1].any()


@EACH
def test_the_same_seed_and_block_give_the_same_weights_and_others_give_others(plausible: PlausibleWeights) -> None:
    first = draw_weights(plausible, ABC, 1, 0).copy()
    assert not np.array_equal(draw_weights(plausible, ABC, 1, 1), first)
    assert not np.array_equal(draw_weights(plausible, ABC, 2, 0), first)
    assert np.array_equal(draw_weights(plausible, ABC, 1, 0), first)


def test_lowest_weights_leave_a_smaller_simplex_whose_moments_are_exact() -> None:
    """Corners: the lowest weights, and all that is left on one criterion."""
    lowest = (0.1, 0.2, 0.0, 0.05, 0.0, 0.1, 0.0, 0.15)
    plausible = ConditionedWeights(names_of(8), lowest, (1.0,) * 8)
    assert way_of_drawing(plausible) == "simplex"
    corners = np.array(lowest) + (1 - sum(lowest)) * np.eye(8)
    agree(blocks(plausible, names_of(8)), *moments_of_simplex(corners), most=5)


@pytest.mark.parametrize(
    ("plausible", "way"),
    [
        (near(from_points(dict(zip(names_of(5), (30, 25, 20, 15, 10), strict=True)), "us"), 5), "box"),
        (near(from_points(dict.fromkeys(names_of(8), 1.0), "us"), 10), "box"),
        (meeting(4, ends={0: (0.1, 0.3), 1: (0.2, 1.0)}), "simplex"),
        (meeting(4, [{0: 1, 1: -2}]), "simplex"),
        (meeting(6, [{place: 1, place + 1: -1} for place in range(4)]), "walk"),
    ],
)
def test_each_way_of_drawing_has_the_moments_of_weights_that_were_thrown_away_where_they_do_not_fit(
    plausible: ConditionedWeights, way: str
) -> None:
    assert way_of_drawing(plausible) == way
    plain = rejected(plausible, 60_000)
    agree(blocks(plausible, plausible.criteria), plain.mean(axis=1), np.cov(plain), plain.shape[1], most=5)


def test_an_order_by_conditions_and_the_same_order_as_steps_are_drawn_alike() -> None:
    names = names_of(6)
    for plausible in (chain(6), OrderedWeights(tuple((name,) for name in names))):
        agree(blocks(plausible, names), *moments_of_simplex(chain_corners(6)), most=5)
    assert chain_corners(6).mean(axis=0) == pytest.approx(list(from_ranking(names, "us").shares.values()))


@pytest.mark.parametrize("points", [0.001, 1, 50, 100])
def test_near_weights_lie_near_and_sum_to_one_however_near_that_is(points: float) -> None:
    weights = from_points({"a": 0, "b": 10, "c": 90}, "us")
    drawn = draw_weights(near(weights, points), ABC, 1, 0).astype(np.float64)
    apart = np.abs(drawn - weights.array(ABC)[:, None])
    assert apart.max() <= points / 100 + 1e-6
    assert apart.max() >= 0.8 * min(points, 90) / 100


@pytest.mark.parametrize(
    ("plausible", "only"),
    [
        (meeting(3, ends={0: (0.2, 0.2), 1: (0.3, 0.3)}), [0.2, 0.3, 0.5]),
        (meeting(3, ends={0: (0.2, 1.0), 1: (0.3, 1.0), 2: (0.5, 1.0)}), [0.2, 0.3, 0.5]),
        (meeting(1), [1.0]),
    ],
)
def test_a_set_of_one_point_gives_that_point(plausible: ConditionedWeights, only: list[float]) -> None:
    drawn = draw_weights(plausible, plausible.criteria, 1, 0)
    assert np.allclose(drawn, np.array(only)[:, None], atol=1e-6)


def test_an_empty_set_is_refused_and_not_looked_for_without_end() -> None:
    for plausible in (meeting(3, ends=dict.fromkeys(range(3), (0.0, 0.3))), meeting(2, ends={0: (0.6, 1.0), 1: (0.5, 1.0)})):
        with pytest.raises(PartnershipError, match="contradict each other"):
            draw_weights(plausible, plausible.criteria, 1, 0)


@pure(20)
@given(st.lists(st.integers(0, 9), min_size=2, max_size=7).filter(any), st.sampled_from([1, 5, 10, 30]))
def test_every_draw_near_some_weights_is_near(points: list[int], within: int) -> None:
    weights = from_points({f"c{place}": float(point) for place, point in enumerate(points)}, "us")
    plausible = near(weights, within)
    drawn = draw_weights(plausible, plausible.criteria, 3, 0)
    assert (np.abs(drawn - weights.array(plausible.criteria)[:, None]) <= within / 100 + 1e-6).all()
    assert np.allclose(drawn.sum(axis=0), 1, atol=1e-5)
    assert (drawn >= 0).all()
