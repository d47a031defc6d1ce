"""Drawn values of judgements: each shape against its own mean, spread and ends; exact where sums must be."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnership_model.analysis import judgement_draws
from partnership_model.analysis.block_values import BlockValues
from partnership_model.analysis.judgement_draws import FINE, KEPT, spreads
from partnership_model.analysis.sampling import BLOCK, BlockSource, uniform_weights
from partnership_model.errors import PartnershipError
from partnership_model.model.value_functions import value_of
from tests.analysis.drawing import drawn as drawn_robustness
from tests.making import make_cost, make_criterion, make_problem, pure

if TYPE_CHECKING:
    from partnership_model.knowledge.catalogue import Criterion
    from partnership_model.model.problem import Shape

TRIANGLES = [(0, 50, 100), (0, 0, 100), (0, 100, 100), (20, 30, 90), (33.3, 33.4, 33.5)]


def values(
    figures: tuple[float, float, float],
    shape: Shape = "triangle",
    outcomes: tuple[tuple[float, float], ...] = (),
    criterion: Criterion | None = None,
) -> np.ndarray:
    """Draw one block of the values of one judgement."""
    problem = make_problem({"o1": [figures]}, criteria={"c1": criterion or make_criterion()})
    one = replace(problem.judgements["o1", "c1"], shape=shape, outcomes=outcomes)
    found = spreads(replace(problem, judgements={("o1", "c1"): one}), ["o1"]).block(21, 0)
    return found.drawn.get((0, 0), np.full(BLOCK, found.certain[0, 0], dtype=np.float32))


def within(drawn: np.ndarray, expected: float) -> bool:
    """Whether the mean of what was drawn is within four standard errors of what is expected, and a thousandth of a point."""
    drawn = drawn.astype(np.float64)
    return abs(drawn.mean() - expected) <= 4 * drawn.std() / math.sqrt(drawn.size) + 1e-5


@pytest.mark.parametrize(("low", "likely", "high"), TRIANGLES)
def test_a_triangle_has_its_mean_and_its_spread(low: float, likely: float, high: float) -> None:
    """The mean is (a + b + c) / 3, the variance (aa + bb + cc - ab - ac - bc) / 18."""
    found = values((low, likely, high)).astype(np.float64)
    mean = (low + likely + high) / 3
    assert within(found, mean)
    assert within((found - mean) ** 2, (low**2 + likely**2 + high**2 - low * likely - low * high - likely * high) / 18)
    assert within(found < likely, (likely - low) / (high - low))


@pytest.mark.parametrize("share", [0.01, 0.2, 0.5, 0.9, 0.999])
@pytest.mark.parametrize(("low", "likely", "high"), TRIANGLES)
def test_a_triangle_has_its_distribution(low: float, likely: float, high: float, share: float) -> None:
    """Below x lie (x - low)^2 / ((high - low)(likely - low)) up to the likely figure, and the mirror image beyond."""
    at = low + share * (high - low)
    rising = (at - low) ** 2 / ((high - low) * (likely - low)) if at < likely else 0.0
    below = rising or 1 - (high - at) ** 2 / ((high - low) * (high - likely))
    found = (values((low, likely, high)) <= at).mean()
    assert abs(found - below) <= 4 * math.sqrt(below * (1 - below) / BLOCK) + 1e-5


def test_an_even_range_has_its_mean_and_its_spread() -> None:
    found = values((20, 30, 90), "even").astype(np.float64)
    assert within(found, 55)
    assert within((found - 55) ** 2, 70**2 / 12)
    assert within(found < 30, 1 / 7)


def test_outcomes_come_as_often_as_their_shares_say() -> None:
    found = values((10, 20, 90), "outcomes", ((10, 0.25), (20, 0.6), (35.5, 0.0), (90, 0.15)))
    assert set(np.unique(found).tolist()) == {10, 20, 90}
    for figure, share in ((10, 0.25), (20, 0.6), (90, 0.15)):
        assert within(found == figure, share)


@pytest.mark.parametrize("criterion", [make_criterion(), make_criterion(100, 0), make_cost()])
@pytest.mark.parametrize("shape", ["triangle", "even"])
def test_draws_go_through_the_value_function_as_its_definition_says(shape: Shape, criterion: Criterion) -> None:
    """Against numbers of numpy's own generator, put through numpy's own interpolation."""
    figures = (-40.0, 30.0, 220.0) if criterion.scale.best == -50 else (5.0, 30.0, 95.0)
    rng = np.random.default_rng(3)
    raw = rng.triangular(*figures, 400_000) if shape == "triangle" else rng.uniform(figures[0], figures[2], 400_000)
    expected = value_of(criterion, raw)
    found = values(figures, shape, criterion=criterion)
    for level in (10, 25, 40, 60, 85, 95):
        share = (expected <= level).mean()
        assert abs((found <= level).mean() - share) <= 4 * math.sqrt(share * (1 - share) * (1 / BLOCK + 1 / 400_000)) + 1e-5
    assert within(found.astype(np.float64) - expected.mean(), 0)


@pytest.mark.parametrize("shape", ["triangle", "even"])
@pytest.mark.parametrize("seed", range(20))
def test_drawn_values_never_leave_their_range_and_are_whole_numbers_of_the_finest_part(shape: Shape, seed: int) -> None:
    """So that what is dominated by a touching range is never ahead."""
    low, likely, high = np.sort(np.random.default_rng(seed).uniform(0, 100, 3)).tolist()
    bent = make_criterion(0, 100, ((0, 0), (20, 50), (60, 55), (100, 100)))
    for criterion in (make_criterion(), bent):
        for ends in ((low, likely, high), (low, low, high), (low, high, high), (low, low + 0.001, low + 0.0015)):
            found = values(ends, shape, criterion=criterion)
            least, _, most = np.rint(value_of(criterion, ends) * FINE) / FINE
            assert found.dtype == np.float32
            assert least <= found.min()
            assert found.max() <= most
            assert np.array_equal(found * FINE, np.rint(found * FINE))


def test_what_has_no_width_is_certain_whatever_its_shape() -> None:
    flat = make_criterion(0, 100, ((0, 0), (20, 50), (60, 50), (100, 100)))
    assert (values((42, 42, 42)) == 42).all()
    assert (values((30, 40, 50), criterion=flat) == 50).all()
    assert (values((7, 7, 7), "outcomes", ((7, 0.5), (7, 0.5))) == 7).all()
    problem = make_problem({"o1": [42, (1, 2, 3)]})
    assert set(spreads(problem, ["o1"]).drawn) == {(0, 1)}


def test_what_lies_beyond_the_anchors_is_worth_the_anchor() -> None:
    found = values((-100, 50, 50))
    assert found.min() == 0
    assert within(found == 0, 100**2 / 150**2)


# One judgement among others


def test_a_changed_judgement_leaves_the_draws_of_the_others_alone() -> None:
    before = make_problem({"o1": [(0, 10, 90), 20], "o2": [(5, 6, 7), (1, 2, 3)]})
    after = make_problem({"o1": [(0, 30, 40), (10, 20, 30)], "o2": [(5, 6, 7), (1, 2, 3)]})
    one, other = (spreads(problem, ["o1", "o2"]).block(5, 2) for problem in (before, after))
    for cell in ((1, 0), (1, 1)):
        assert np.array_equal(one.drawn[cell], other.drawn[cell])
    assert not np.array_equal(one.drawn[0, 0], other.drawn[0, 0])


def test_cells_are_independent_of_each_other() -> None:
    problem = make_problem({"o1": [(0, 50, 100)] * 4, "o2": [(0, 50, 100)] * 4})
    found = np.stack(list(spreads(problem, ["o1", "o2"]).block(5, 2).drawn.values()))
    off = np.corrcoef(found)[~np.eye(8, dtype=bool)]
    assert abs(off).max() < 4.5 / math.sqrt(BLOCK)


def test_what_is_kept_between_moves_is_bounded() -> None:
    for figure in range(1, 30):
        rows = {f"o{row}": [(0, figure + row / 100, 100)] * 10 for row in range(7)}
        spreads(make_problem(rows), list(rows)).block(5, 0)
    assert len(judgement_draws._KEPT) == KEPT  # noqa: SLF001 - the bound is what is tested


def test_kept_draws_cannot_be_written_over() -> None:
    with pytest.raises(ValueError, match="read-only"):
        values((0, 10, 20))[0] = 1


# Sums


@pure(30)
@given(st.integers(1, 6), st.integers(0, 1000))
def test_leads_are_exact(columns: int, seed: int) -> None:
    """Against the same sums in whole numbers, which Python adds without rounding."""
    rng = np.random.default_rng(seed)
    cells = [
        [tuple(sorted(rng.uniform(0, 100, 3).tolist())) if rng.random() < 0.5 else rng.uniform(0, 100) for _ in range(columns)]
        for _ in "ab"
    ]
    found = spreads(make_problem(dict(zip("ab", cells, strict=True))), ["a", "b"]).block(seed, 0)
    weights = uniform_weights(BlockSource(seed, 0), columns)
    at = np.arange(0, BLOCK, 2000)
    leads = found.lead(0, 1, weights, at)
    for sample, lead in zip(at.tolist(), leads.tolist(), strict=True):
        whole = 0
        for column in range(columns):
            pair = [
                int(float(found.drawn[row, column][sample] if (row, column) in found.drawn else found.certain[row, column]) * 2**16)
                for row in (0, 1)
            ]
            whole += int(float(weights[column, sample]) * 2**25) * (pair[0] - pair[1])
        assert lead * 2**41 == whole
    totals = found.totals(weights)
    assert (abs((totals[0] - totals[1])[at].astype(np.float64) - leads) <= found.margin).all()


def test_plain_arrays_can_stand_for_judgements() -> None:
    weights = uniform_weights(BlockSource(1, 0), 2)
    totals = BlockValues(np.array([[100.0, 0.0], [0.0, 100.0]]), {}).totals(weights)
    assert totals == pytest.approx(100 * weights, abs=1e-4)


# What is refused


@pytest.mark.parametrize("figure", [math.nan, math.inf, -math.inf])
def test_what_is_not_a_number_is_refused_with_the_option_and_the_criterion(figure: float) -> None:
    problem = make_problem({"o1": [50], "o2": [60]}, criteria={"c1": make_criterion(label="Autonomy")})
    for amount in ({"likely": figure}, {"low": figure}, {"high": figure}):
        judgement = problem.judgements["o1", "c1"]
        wrong = replace(judgement, amount=judgement.amount.model_copy(update=amount))
        with pytest.raises(PartnershipError, match=r"^The judgement of O1 on Autonomy is not a number"):
            drawn_robustness(replace(problem, judgements={**problem.judgements, ("o1", "c1"): wrong}))


@pytest.mark.parametrize("outcomes", [((math.nan, 0.5), (1, 0.5)), ()])
def test_outcomes_that_are_no_numbers_or_none_are_refused(outcomes: tuple[tuple[float, float], ...]) -> None:
    with pytest.raises(PartnershipError, match="of O1 on C1 is not a number"):
        values((0, 1, 2), "outcomes", outcomes, make_criterion(label="C1"))


def test_shares_of_outcomes_that_do_not_sum_to_one_are_refused() -> None:
    with pytest.raises(PartnershipError, match=r"of O1 on C1 has outcomes whose shares do not sum to one"):
        values((0, 1, 2), "outcomes", ((0, 0.5), (2, 0.6)), make_criterion(label="C1"))
