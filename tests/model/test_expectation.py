"""The exact mean of a judgement's value, for each shape, against hand-worked figures and integration piece by piece."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnership_model.model.expectation import mean_above, mean_value, mean_value_above, mean_value_below
from partnership_model.model.value_functions import turning_points, value_of
from tests.making import make_cost, make_criterion, make_judgement, make_range, pure

if TYPE_CHECKING:
    from collections.abc import Callable

    from partnership_model.knowledge.catalogue import Criterion
    from partnership_model.knowledge.spreads import Shape
    from partnership_model.model.problem import Judgement

LINEAR = make_criterion()
FALLING = make_criterion(100, 0)
BENT = make_criterion(0, 100, ((0, 0), (20, 60), (50, 60), (100, 100)))  # level from 20 to 50
COST = make_cost()
EVERY = {"linear": LINEAR, "falling": FALLING, "bent": BENT, "cost": COST}
SIXTEEN = np.polynomial.legendre.leggauss(16)


def triangle(low: float, likely: float, high: float) -> Judgement:
    """Make a judgement that lies most often near its likely figure."""
    return make_judgement("o", "c", (low, likely, high))


def even(low: float, high: float) -> Judgement:
    """Make a judgement that lies anywhere between its ends alike."""
    return replace(triangle(low, (low + high) / 2, high), shape="even")


def outcomes(*pairs: tuple[float, float]) -> Judgement:
    """Make a judgement of a few outcomes, each with its share."""
    figures = sorted(pairs)
    mean = sum(figure * share for figure, share in figures)
    return replace(triangle(figures[0][0], mean, figures[-1][0]), shape="outcomes", outcomes=tuple(figures))


def integral(one: Judgement, criterion: Criterion, of: Callable[[float], float]) -> float:
    """Integrate a function of the value over the judgement's density, exact for polynomials on each of 400 pieces and between turns."""
    low, likely, high = one.amount.low, one.amount.likely, one.amount.high
    if one.shape == "outcomes":
        return sum(share * of(float(value_of(criterion, figure))) for figure, share in one.outcomes)
    if low == high:
        return of(float(value_of(criterion, low)))
    cuts = sorted({low, likely, high, *np.linspace(low, high, 401), *(turn for turn in turning_points(criterion)[0] if low < turn < high)})
    total = 0.0
    for start, end in pairwise(cuts):
        x = (start + end) / 2 + (end - start) / 2 * SIXTEEN[0]
        if one.shape == "even":
            density = np.full_like(x, 1 / (high - low))
        else:
            rises = (x - low) / (likely - low) if likely > low else np.zeros_like(x)
            falls = (high - x) / (high - likely) if high > likely else np.zeros_like(x)
            density = 2 / (high - low) * np.where(x < likely, rises, falls)
        total += float(sum(SIXTEEN[1] * density * [of(float(value)) for value in value_of(criterion, x)])) * (end - start) / 2
    return total


@st.composite
def judgements(draw: st.DrawFn) -> tuple[Criterion, Judgement]:
    """Draw a criterion and a judgement of any shape on its scale, certain ones among them."""
    criterion = EVERY[draw(st.sampled_from(sorted(EVERY)))]
    least, most = sorted((criterion.scale.worst, criterion.scale.best))
    figure = st.integers(int(least), int(most)).map(float)
    shape: Shape = draw(st.sampled_from(["triangle", "even", "outcomes"]))
    if shape == "outcomes":
        figures = draw(st.lists(figure, min_size=2, max_size=4, unique=True))
        chances = draw(st.lists(st.integers(1, 9), min_size=len(figures), max_size=len(figures)))
        return criterion, outcomes(*((one, chance / sum(chances)) for one, chance in zip(figures, chances, strict=True)))
    low, likely, high = sorted(draw(st.tuples(figure, figure, figure)))
    return criterion, even(low, high) if shape == "even" else triangle(low, likely, high)


@pytest.mark.parametrize(
    ("one", "at", "above"),
    [
        (triangle(0, 50, 100), 50, 25 / 3),  # (100 - 50)^3 / (3 x 100 x 50)
        (triangle(0, 50, 100), 0, 50),
        (triangle(0, 50, 100), -10, 60),
        (triangle(0, 50, 100), 25, 25 + 25 / 24),  # mean 50 less 25, and 25^3 / (3 x 100 x 50) that falls short
        (triangle(0, 0, 30), 0, 10),
        (triangle(0, 0, 30), 15, 1.25),  # 15^3 / (3 x 30 x 30)
        (triangle(0, 30, 30), 15, 5 + 1.25),
        (triangle(40, 40, 40), 30, 10),
        (triangle(40, 40, 40), 50, 0),
        (even(0, 100), 50, 12.5),
        (even(20, 60), 0, 40),
        (even(20, 60), 60, 0),
        (outcomes((20, 0.3), (80, 0.7)), 50, 21),
        (outcomes((20, 0.3), (80, 0.7)), 0, 62),
    ],
)
def test_what_a_judgement_exceeds_a_figure_by_on_average_by_hand(one: Judgement, at: float, above: float) -> None:
    assert mean_above(one, np.array([at]))[0] == pytest.approx(above, abs=1e-12)


@pytest.mark.parametrize(
    ("one", "mean"),
    [
        (even(-50, 100), (92.5 + 2 * 62.5) / 3),  # a third from -50 to 0, worth 100 to 85; two thirds worth 85 to 40
        (outcomes((-50, 0.5), (250, 0.5)), 50),
        (triangle(100, 100, 250), 80 / 3),  # from 40 down to 0 in a straight line; the mean of the triangle is 150
        (triangle(20, 20, 20), 76),
    ],
)
def test_the_mean_value_of_a_cost_by_hand(one: Judgement, mean: float) -> None:
    assert mean_value(COST, one) == pytest.approx(mean, abs=1e-12)


def test_where_a_value_function_bends_the_mean_value_is_not_the_value_of_the_mean() -> None:
    one = even(-50, 100)
    assert float(value_of(COST, one.amount.likely)) - mean_value(COST, one) == pytest.approx(73.75 - 72.5, abs=1e-12)


def test_on_a_straight_scale_the_mean_of_a_triangle_is_the_mean_of_its_three_figures() -> None:
    assert mean_value(LINEAR, triangle(10, 20, 90)) == pytest.approx(40, abs=1e-12)
    assert mean_value(FALLING, triangle(10, 20, 90)) == pytest.approx(60, abs=1e-12)


@pure(60)
@given(judgements(), st.integers(-20, 120))
def test_every_mean_is_the_integral_over_the_density(drawn: tuple[Criterion, Judgement], value: int) -> None:
    criterion, one = drawn
    assert mean_value(criterion, one) == pytest.approx(integral(one, criterion, lambda found: found), abs=1e-9)
    above, below = mean_value_above(criterion, one, value), mean_value_below(criterion, one, value)
    assert above == pytest.approx(integral(one, criterion, lambda found: max(found - value, 0)), abs=2e-3)  # the kink lies inside a piece
    assert below == pytest.approx(integral(one, criterion, lambda found: max(value - found, 0)), abs=2e-3)
    assert above - below == pytest.approx(mean_value(criterion, one) - value, abs=1e-9)


@pure(60)
@given(judgements())
def test_nothing_lies_beyond_the_ends_and_that_is_nought_to_the_last_digit(drawn: tuple[Criterion, Judgement]) -> None:
    criterion, one = drawn
    ends = value_of(criterion, [one.amount.low, one.amount.high])
    assert mean_value_above(criterion, one, ends.max()) == 0
    assert mean_value_below(criterion, one, ends.min()) == 0
    assert ends.min() - 1e-9 <= mean_value(criterion, one) <= ends.max() + 1e-9


@pytest.mark.parametrize("criterion", EVERY.values(), ids=EVERY)
def test_a_certain_judgement_has_the_value_of_its_figure(criterion: Criterion) -> None:
    one = triangle(30, 30, 30)
    value = float(value_of(criterion, 30))
    assert mean_value(criterion, one) == value
    assert mean_value_above(criterion, one, value) == mean_value_below(criterion, one, value) == 0
    assert mean_value_above(criterion, one, value - 7) == pytest.approx(7, abs=1e-12)


def test_the_likely_figure_of_outcomes_is_their_mean() -> None:
    assert outcomes((20, 0.3), (80, 0.7)).amount == make_range((20, 62, 80))
    assert mean_value(LINEAR, outcomes((20, 0.3), (80, 0.7))) == pytest.approx(62, abs=1e-12)
