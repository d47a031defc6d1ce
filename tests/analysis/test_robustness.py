"""Robustness (SMAA): how often each option takes each place, over plausible weights and judgements.

Exact figures are held against the sampled ones within four standard errors; seeds are fixed.
"""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest

from partnership_model.analysis.sampling import BLOCK
from partnership_model.model.weights import from_ranking
from tests.analysis.drawing import drawn, near, same
from tests.making import make_cost, make_criterion, make_problem

# Exact answers


def test_the_first_place_share_of_two_options_on_three_criteria_by_area_by_hand() -> None:
    """o1 (100, 0, 0) beats o2 (0, 50, 50) where w1 > (1 - w1) / 2, so where w1 > 1/3.

    The weights are points of a triangle; those with w1 > 1/3 are a like triangle of 2/3 the side, so (2/3)^2 = 4/9
    of the area. Its centroid has w1 = 1/3 + (2/3) / 3 = 5/9 and 2/9 for each of the others.
    """
    found = drawn(make_problem({"o1": [100, 0, 0], "o2": [0, 50, 50]}), 6 * BLOCK)
    assert near(found.first_place_share("o1"), 4 / 9, found.samples)
    assert near(found.first_place_share("o2"), 5 / 9, found.samples)
    central = found.central_weights["o1"]
    assert central is not None
    assert central == pytest.approx({"c1": 5 / 9, "c2": 2 / 9, "c3": 2 / 9}, abs=4 * 0.16 / math.sqrt(found.samples * 4 / 9))


def test_the_first_place_share_where_an_order_of_importance_is_kept_by_area_by_hand() -> None:
    """o1 (0, 100, 100) beats o2 (100, 0, 0) where w1 < 1/2.

    Without an order the largest of three weights is above 1/2 with chance 3 x (1/2)^2 = 3/4; with c1 first in
    importance, w1 is the largest. So o1 comes first in a quarter of the weights that keep the order.
    """
    found = drawn(make_problem({"o1": [0, 100, 100], "o2": [100, 0, 0]}, weights=(3, 2, 1)), 6 * BLOCK)
    assert near(found.first_place_share("o1"), 1 / 4, found.samples)


def test_the_share_of_two_uncertain_judgements_on_one_criterion_by_hand() -> None:
    """Both are drawn from the same triangle: either is ahead half the time.

    A judgement from (0, 0, 100) is above 50 with chance (1/2)^2 = 1/4.
    """
    found = drawn(make_problem({"o1": [(0, 50, 100)], "o2": [(0, 50, 100)]}), 4 * BLOCK)
    assert near(found.first_place_share("o1"), 1 / 2, found.samples)
    found = drawn(make_problem({"o1": [(0, 0, 100)], "o2": [50]}), 4 * BLOCK)
    assert near(found.first_place_share("o1"), 1 / 4, found.samples)


def test_an_uncertain_judgement_goes_through_a_value_function_that_falls_by_hand() -> None:
    """A cost from (-50, -50, 250) is below 100 with chance 1 - (1/2)^2 = 3/4, and is then worth more than 40."""
    table = {"o1": [(-50, -50, 250)], "o2": [100]}
    found = drawn(make_problem(table, criteria={"cost": make_cost()}), 4 * BLOCK)
    assert near(found.first_place_share("o1"), 3 / 4, found.samples)


def ahead_exactly(first: list[int], second: list[int]) -> float:
    """Give the share of all weights under which one option is ahead of another.

    For weights drawn evenly, the chance that a weighted sum of the distinct numbers d1 to dn is positive is the sum
    over the positive di of di^(n-1) / prod(di - dj): Dempster and Kleyle, Distributions determined by cutting a
    simplex with hyperplanes, Annals of Mathematical Statistics 39 (1968), 1473.
    """
    gaps = [Fraction(one - other) for one, other in zip(first, second, strict=True)]
    assert len(set(gaps)) == len(gaps)
    parts = [gap ** (len(gaps) - 1) / math.prod(gap - other for other in gaps if other != gap) for gap in gaps if gap > 0]
    return float(sum(parts))


def test_the_exact_share_agrees_with_the_areas_worked_by_hand() -> None:
    """w1 > w2 x 0.6 where w1 / (w1 + w2) > 0.375, whatever w3 is: 0.625."""
    assert ahead_exactly([100, 0, 40], [0, 60, 40]) == 0.625


@pytest.mark.parametrize("seed", [0, 1, 3, 4, 5])
def test_pairwise_shares_agree_with_the_exact_ones(seed: int) -> None:
    rows = np.random.default_rng(seed).integers(0, 101, (4, 5)).tolist()
    found = drawn(make_problem({f"o{place}": row for place, row in enumerate(rows)}), 4 * BLOCK, seed)
    for row in range(4):
        for column in range(row):
            exact = ahead_exactly(rows[row], rows[column])
            assert near(found.pairwise[row, column], exact, found.samples)


def test_places_agree_with_a_textbook_sampler() -> None:
    """Dirichlet weights, triangular judgements and a sort, without any of the package's own sampling."""
    table = {
        "stay": [(80, 90, 100), (0, 0, 50), (20, 30, 40)],
        "federation": [(60, 70, 80), (-50, -25, 100), (60, 75, 90)],
        "co_operative_trust": [(50, 80, 90), (-50, 0, 40), (30, 50, 80)],
        "new_mat": [(10, 20, 40), (50, 100, 250), (50, 70, 90)],
    }
    criteria = {"autonomy": make_criterion(), "cost": make_cost(), "staff": make_criterion()}
    found = drawn(make_problem(table, (2, 1, 1), criteria), 8 * BLOCK)
    rng = np.random.default_rng(7)
    count = 200_000
    weights = rng.dirichlet(np.ones(3), count)
    largest = weights.argmax(axis=1)
    weights[np.arange(count), largest], weights[:, 0] = weights[:, 0].copy(), weights.max(axis=1)
    totals = np.zeros((count, 4))
    for row, cells in enumerate(table.values()):
        for column, figures in enumerate(cells):
            raw = rng.triangular(*figures, count)
            value = np.interp(raw, [-50, 0, 100, 250], [100, 85, 40, 0]) if column == 1 else raw
            totals[:, row] += weights[:, column] * value
    places = (-totals).argsort(axis=1).argsort(axis=1)
    for row in range(4):
        for place in range(4):
            share = (places[:, row] == place).mean()
            error = math.sqrt(share * (1 - share) * (1 / count + 1 / found.samples))
            assert abs(found.acceptability[row, place] - share) <= 4 * error + 1e-5


# Edges


def test_one_option_is_always_first_and_its_central_weights_are_the_centroid() -> None:
    problem = make_problem({"stay": [(0, 10, 90), 20, None]}, weights=(3, 2, 1))
    found = drawn(problem, 6 * BLOCK)
    assert found.acceptability.tolist() == [[1]]
    assert found.acceptability_error.tolist() == [[0]]
    assert found.pairwise.tolist() == [[0.5]]
    assert found.central_weights["stay"] == pytest.approx(from_ranking(["c1", "c2", "c3"], "us").shares, abs=0.003)


def test_on_one_criterion_the_best_certain_option_is_always_first() -> None:
    found = drawn(make_problem({"o1": [20], "o2": [60], "o3": [40]}))
    assert found.acceptability.tolist() == [[0, 0, 1], [1, 0, 0], [0, 1, 0]]
    assert found.central_weights == {"o1": None, "o2": {"c1": 1.0}, "o3": None}


def test_an_option_that_is_never_first_has_no_central_weights_and_no_nought_in_their_place() -> None:
    found = drawn(make_problem({"o1": [90, 10], "o2": [10, 90], "o3": [20, 20]}))
    assert found.central_weights["o3"] is None
    assert found.first_place_share("o3") == 0
    assert found.first_place_error("o3") == 0
    for option in ("o1", "o2"):
        central = found.central_weights[option]
        assert central is not None
        assert sum(central.values()) == pytest.approx(1, abs=1e-6)


def test_central_weights_lean_to_what_the_option_is_good_at() -> None:
    """Of two equal weights, the one above 1/2 is 3/4 on average."""
    found = drawn(make_problem({"o1": [90, 10], "o2": [10, 90]}), 6 * BLOCK)
    assert found.central_weights["o1"] == pytest.approx({"c1": 0.75, "c2": 0.25}, abs=0.003)
    assert found.central_weights["o2"] == pytest.approx({"c1": 0.25, "c2": 0.75}, abs=0.003)


def test_the_standard_error_of_central_weights_by_hand() -> None:
    """Where w1 > 1/3 the weights are a triangle of 2/3 the side: each has a variance of (2/3)^2 / 18 = 2/81."""
    found = drawn(make_problem({"o1": [100, 0, 0], "o2": [0, 50, 50]}), 6 * BLOCK)
    error = math.sqrt(2 / 81 / (found.first_place_share("o1") * found.samples))
    assert found.central_weights_error["o1"] == pytest.approx(dict.fromkeys(["c1", "c2", "c3"], error), rel=0.02)


def test_an_option_that_is_never_first_has_no_standard_error_of_central_weights() -> None:
    found = drawn(make_problem({"o1": [20], "o2": [60]}))
    assert found.central_weights_error == {"o1": None, "o2": {"c1": 0.0}}


def test_central_weights_weighed_by_first_places_are_the_centroid_of_all_weights_drawn() -> None:
    problem = make_problem({"o1": [(60, 80, 90), 10, 40], "o2": [10, 90, 30], "o3": [50, 50, 50]}, weights=(3, 2, 1))
    found = drawn(problem, 6 * BLOCK)
    mean = dict.fromkeys(problem.criteria, 0.0)
    for option, central in found.central_weights.items():
        for name, share in (central or {}).items():
            mean[name] += found.first_place_share(option) * share
    assert mean == pytest.approx(from_ranking(["c1", "c2", "c3"], "us").shares, abs=4 * 0.15 / math.sqrt(found.samples))


def test_a_zero_weight_stays_zero_and_its_judgements_make_no_difference() -> None:
    one = make_problem({"o1": [90, (0, 0, 100), 20], "o2": [40, 100, 80]}, weights=(2, 0, 1))
    other = make_problem({"o1": [90, 100, 20], "o2": [40, (0, 50, 100), 80]}, weights=(2, 0, 1))
    same(drawn(one), drawn(other))
    for central in drawn(one).central_weights.values():
        assert central is not None
        assert central["c2"] == 0


def test_the_order_of_importance_counts_and_not_the_criteria_in_the_order_of_the_case() -> None:
    """c3 matters most, so the option that is best on it comes first more often than in the opposite order."""
    table = {"o1": [100, 50, 0], "o2": [0, 50, 100]}
    up, down = drawn(make_problem(table, weights=(1, 2, 3))), drawn(make_problem(table, weights=(3, 2, 1)))
    assert up.acceptability.tolist() == [[0, 1], [1, 0]]
    assert down.acceptability.tolist() == [[1, 0], [0, 1]]


def test_forty_criteria_are_no_trouble() -> None:
    rng = np.random.default_rng(40)
    cells = np.sort(rng.integers(0, 101, (7, 40, 3)), axis=2)
    table = {f"o{row}": [tuple(map(int, cell)) for cell in cells[row]] for row in range(7)}
    found = drawn(make_problem(table, list(range(40, 0, -1))))
    assert found.acceptability.sum(axis=0) == pytest.approx(1, abs=1e-12)
    assert found.acceptability.sum(axis=1) == pytest.approx(1, abs=1e-12)
    centrals = [central for central in found.central_weights.values() if central]
    assert centrals
    for central in centrals:
        assert len(central) == 40
        assert sum(central.values()) == pytest.approx(1, abs=1e-6)


def test_a_missing_judgement_is_drawn_from_the_whole_scale_and_never_counts_as_nought() -> None:
    """Against a certain 50 a missing judgement (0, 50, 100) is ahead half the time; a nought never would be."""
    found = drawn(make_problem({"o1": [None], "o2": [50]}), 4 * BLOCK)
    assert near(found.first_place_share("o1"), 1 / 2, found.samples)


def test_closed_options_take_no_place() -> None:
    problem = make_problem({"o1": [90, 10], "o2": [99, 99], "o3": [10, 90]}, status={"o2": "closed"})
    found = drawn(problem)
    assert found.options == ("o1", "o3")
    assert found.acceptability.shape == (2, 2)
    assert set(found.central_weights) == {"o1", "o3"}
