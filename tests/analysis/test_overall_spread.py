"""How overall values spread over weights and judgements, held against closed forms."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given

from partnership_model.analysis.appraisal import appraise
from partnership_model.analysis.overall_spread import SHARES, overall_spreads
from partnership_model.analysis.sampling import BLOCK
from tests.analysis.drawing import drawn, problems
from tests.making import make_problem, pure

EACH = pytest.mark.parametrize("place", range(len(SHARES)))


def test_of_two_criteria_the_overall_value_is_spread_evenly_by_hand() -> None:
    """100 w is even from 0 to 100: mean 50, deviation 100 / sqrt(12), and the quantile of a share is 100 times it."""
    problem = make_problem({"o1": [100, 0], "o2": [40, 40]})
    found = overall_spreads(problem, drawn(problem, 6 * BLOCK))
    one, samples = found["o1"], 6 * BLOCK
    assert abs(one.mean - 50) <= 4 * one.error
    assert one.deviation == pytest.approx(100 / math.sqrt(12), rel=0.01)
    assert one.error == pytest.approx(one.deviation / math.sqrt(samples))
    for quantile in one.quantiles:
        assert abs(quantile.value - 100 * quantile.share) <= 4 * quantile.error
        assert quantile.error == pytest.approx(100 * math.sqrt(quantile.share * (1 - quantile.share) / samples), rel=0.35)
    certain = found["o2"]
    assert (certain.mean, certain.deviation) == pytest.approx((40, 0), abs=1e-4)
    assert [quantile.value for quantile in certain.quantiles] == pytest.approx([40] * 5, abs=1e-4)


def test_on_one_criterion_it_is_the_judgement_itself_by_hand() -> None:
    """Of a triangle (0, 0, 100) a share q lies below 100 (1 - sqrt(1 - q)); mean 100/3, variance 100^2 / 18."""
    problem = make_problem({"o1": [(0, 0, 100)]})
    one = overall_spreads(problem, drawn(problem, 6 * BLOCK))["o1"]
    assert abs(one.mean - 100 / 3) <= 4 * one.error
    assert one.deviation == pytest.approx(100 / math.sqrt(18), rel=0.01)
    for share in SHARES:
        assert abs(one.at(share).value - 100 * (1 - math.sqrt(1 - share))) <= 4 * one.at(share).error


@pytest.mark.parametrize("seed", range(5))
def test_the_mean_is_that_of_weights_times_that_of_values(seed: int) -> None:
    """Weights and judgements are independent, so means multiply; on equal terms each weight has a mean of one in n."""
    figures = np.sort(np.random.default_rng(seed).integers(0, 101, (3, 4, 3)), axis=2)
    problem = make_problem({f"o{row}": [tuple(map(int, cell)) for cell in cells] for row, cells in enumerate(figures)})
    found = overall_spreads(problem, drawn(problem, 3 * BLOCK, seed))
    for one, cells in zip(found.values(), figures, strict=True):
        assert abs(one.mean - cells.mean()) <= 4 * one.error


@pure(30)
@given(problems())
def test_quantiles_rise_and_lie_within_the_range_of_the_overall_value(problem) -> None:  # noqa: ANN001
    found = appraise(problem, 1)
    for option, one in found.spread.items():
        assert found.overall is not None
        values = [quantile.value for quantile in one.quantiles]
        assert values == sorted(values)
        row = found.values.row(option)
        used = [column for column, name in enumerate(found.values.criteria) if problem.weights.shares[name] > 0]
        assert found.values.low[row, used].min() - 1e-3 <= values[0]
        assert values[-1] <= found.values.high[row, used].max() + 1e-3


def test_the_same_again_to_the_last_digit() -> None:
    problem = make_problem({"o1": [(10, 40, 90), 33.3], "o2": [50, (1, 2, 3)]})
    assert overall_spreads(problem, drawn(problem)) == overall_spreads(problem, drawn(problem))


@EACH
def test_quantiles_of_many_seeds_scatter_as_their_standard_error_says(place: int) -> None:
    problem = make_problem({"o1": [100, 0]})
    found = [overall_spreads(problem, drawn(problem, seed=seed))["o1"].quantiles[place] for seed in range(40)]
    scores = [(one.value - 100 * one.share) / one.error for one in found]
    assert 0.6 < np.std(scores) < 1.5
