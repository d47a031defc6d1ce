"""Value functions: raw judgements become values from 0 (the criterion's worst) to 100 (its best)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnership_model.model.value_functions import figures_of, turning_points, value_of
from tests.making import ANCHORED, make_cost, make_criterion, pure

if TYPE_CHECKING:
    from partnership_model.knowledge.catalogue import Criterion

UP = make_criterion(10, 50)
DOWN = make_criterion(24, 0)  # months: the sooner the better
BENT_UP = make_criterion(0, 100, ((0, 0), (20, 60), (100, 100)))
COST = make_cost()
EVERY = {"up": UP, "down": DOWN, "bent up": BENT_UP, "cost": COST}


@pytest.mark.parametrize(("raw", "value"), [(10, 0), (20, 25), (30, 50), (50, 100)])
def test_a_linear_rise_is_worth_the_share_of_the_way_from_worst_to_best(raw: float, value: float) -> None:
    assert value_of(UP, raw) == value


@pytest.mark.parametrize(("raw", "value"), [(24, 0), (18, 25), (6, 75), (0, 100)])
def test_where_less_is_better_the_lowest_figure_is_worth_most(raw: float, value: float) -> None:
    assert value_of(DOWN, raw) == value


@pytest.mark.parametrize(("raw", "value"), [*ANCHORED, (175, 20), (50, 62.5), (-25, 92.5), (20, 76)])
def test_a_decreasing_piecewise_function_by_hand(raw: float, value: float) -> None:
    """Worked by hand.

    175 is halfway from 250 (0) to 100 (40): 20. 50 is halfway from 100 (40) to 0 (85): 62.5.
    -25 is halfway from 0 (85) to -50 (100): 92.5. 20 is one fifth of the way from 0 (85) to 100 (40): 85 - 9 = 76.
    """
    assert float(value_of(COST, raw)) == pytest.approx(value, abs=1e-12)


@pytest.mark.parametrize(("raw", "value"), [(0, 0), (10, 30), (20, 60), (60, 80), (100, 100)])
def test_an_increasing_piecewise_function_by_hand(raw: float, value: float) -> None:
    assert float(value_of(BENT_UP, raw)) == pytest.approx(value, abs=1e-12)


@pytest.mark.parametrize("name", EVERY)
def test_worst_is_worth_nought_and_best_a_hundred(name: str) -> None:
    criterion = EVERY[name]
    assert value_of(criterion, criterion.scale.worst) == 0
    assert value_of(criterion, criterion.scale.best) == 100


@pytest.mark.parametrize("name", EVERY)
def test_what_lies_beyond_an_anchor_is_worth_what_the_anchor_is(name: str) -> None:
    criterion = EVERY[name]
    way = 1 if criterion.scale.best > criterion.scale.worst else -1
    assert value_of(criterion, criterion.scale.best + way * 1000) == 100
    assert value_of(criterion, criterion.scale.worst - way * 1000) == 0


@pytest.mark.parametrize("name", EVERY)
def test_turning_points_run_in_rising_order_of_the_raw_measure(name: str) -> None:
    raw, values = turning_points(EVERY[name])
    assert (np.diff(raw) > 0).all()
    assert {values[0], values[-1]} == {0, 100}


@pytest.mark.parametrize("name", EVERY)
@pure(100)
@given(one=st.floats(-400, 400), other=st.floats(-400, 400))
def test_a_value_never_leaves_nought_to_a_hundred_and_nearer_to_best_is_never_worth_less(
    name: str, one: float, other: float,
) -> None:  # fmt: skip
    criterion = EVERY[name]
    way = 1 if criterion.scale.best > criterion.scale.worst else -1
    worse, better = value_of(criterion, sorted([one, other], key=lambda raw: raw * way))
    assert 0 <= worse <= better + 1e-12 <= 100 + 1e-12


def test_a_value_function_takes_any_shape_and_gives_it_back() -> None:
    raw = np.array([[250, 100, 0], [-50, 50, 175]])
    found = value_of(COST, raw)
    assert found.shape == (2, 3)
    assert found.dtype == np.float64
    assert found.tolist() == [[0, 40, 85], [100, 62.5, 20]]


def test_the_order_in_which_the_points_are_written_makes_no_difference() -> None:
    straight = make_criterion(0, 100, ((0, 0), (20, 60), (100, 100)))
    turned = straight.model_copy(
        update={"value": straight.value.model_copy(update={"points": tuple(reversed(straight.value.points))})},
    )
    raw = np.linspace(-10, 110, 50)
    assert value_of(straight, raw).tolist() == value_of(turned, raw).tolist()


# And back


FLAT = make_criterion(0, 100, ((0, 0), (20, 50), (60, 50), (100, 100)))
FLAT_DOWN = make_criterion(250, -50, ((250, 0), (100, 40), (0, 40), (-50, 100)))
FLAT_ENDS = make_criterion(0, 100, ((0, 0), (10, 0), (90, 100), (100, 100)))


@pytest.mark.parametrize(
    ("criterion", "value", "figures"),
    [
        (UP, 25, (20, 20)),
        (DOWN, 75, (6, 6)),
        (BENT_UP, 30, (10, 10)),
        (COST, 62.5, (50, 50)),
        (FLAT, 50, (20, 60)),
        (FLAT, 25, (10, 10)),
        (FLAT, 75, (80, 80)),
        (FLAT_DOWN, 40, (0, 100)),
        (FLAT_DOWN, 70, (-25, -25)),
        (FLAT_DOWN, 20, (175, 175)),
        (FLAT_ENDS, 0, (0, 10)),
        (FLAT_ENDS, 100, (90, 100)),
        (UP, 0, (10, 10)),
        (DOWN, 100, (0, 0)),
        (UP, 120, (50, 50)),
        (DOWN, -3, (24, 24)),
    ],
)
def test_a_value_is_turned_back_into_its_figures_an_interval_where_the_function_is_flat(
    criterion: Criterion, value: float, figures: tuple[float, float]
) -> None:
    assert figures_of(criterion, value) == pytest.approx(figures, abs=1e-12)


def test_a_value_that_misses_a_flat_stretch_by_rounding_alone_has_all_of_it() -> None:
    assert figures_of(FLAT, 50 + 1e-12) == figures_of(FLAT, 50 - 1e-12) == (20, 60)


@pure(150)
@given(st.sampled_from([*EVERY.values(), FLAT, FLAT_DOWN, FLAT_ENDS]), st.floats(0, 100))
def test_there_and_back_again_gives_the_same(criterion: Criterion, value: float) -> None:
    low, high = figures_of(criterion, value)
    assert low <= high
    assert value_of(criterion, [low, high]) == pytest.approx([value, value], abs=1e-9)


@pure(100)
@given(st.sampled_from([*EVERY.values(), FLAT, FLAT_DOWN]), st.floats(0, 1))
def test_a_figure_lies_among_those_of_its_value(criterion: Criterion, part: float) -> None:
    raw = criterion.scale.worst + part * (criterion.scale.best - criterion.scale.worst)
    low, high = figures_of(criterion, float(value_of(criterion, raw)))
    assert low - 1e-6 <= raw <= high + 1e-6
