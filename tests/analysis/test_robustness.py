"""Robustness (SMAA): how often each option takes each place, over plausible weights and judgements.

Exact figures are held against the sampled ones within four standard errors; seeds are fixed.
"""

from __future__ import annotations

import math
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnership_model.analysis.robustness import Robustness, robustness
from partnership_model.analysis.sampling import BLOCK, BlockSource, ordered_weights
from partnership_model.errors import PartnershipError
from partnership_model.model.weights import from_ranking
from tests.making import make_cost, make_criterion, make_problem, make_range, pure

if TYPE_CHECKING:
    from partnership_model.model.problem import DecisionProblem

SEED = 2016
EIGHT = (100, 90, 80, 70, 60, 50, 40, 30)
THREE = st.tuples(*[st.integers(0, 100)] * 3).map(lambda figures: tuple(sorted(figures)))


def drawn(problem: DecisionProblem, samples: int = BLOCK, seed: int = SEED) -> Robustness:
    """Draw with the problem's own weights."""
    assert problem.weights is not None
    return robustness(problem, problem.weights, samples, seed)


@st.composite
def problems(draw: st.DrawFn, *, certain: bool = False, most: int = 4) -> DecisionProblem:
    """Draw a problem of a few options and criteria with ties and zero weights among them."""
    rows, columns = draw(st.integers(1, most)), draw(st.integers(1, 4))
    cell = st.integers(0, 4).map(lambda figure: 25 * figure) if certain else THREE
    table = {f"o{row}": draw(st.lists(cell, min_size=columns, max_size=columns)) for row in range(1, rows + 1)}
    return make_problem(table, draw(st.lists(st.integers(0, 3), min_size=columns, max_size=columns).filter(any)))


def near(found: float, exact: float, samples: int, errors: float = 4) -> bool:
    """Whether a sampled share is within some standard errors of the exact one."""
    return abs(found - exact) <= errors * math.sqrt(exact * (1 - exact) / samples)


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


# Properties


@pure(60)
@given(problems())
def test_rows_and_columns_of_rank_acceptability_sum_to_one(problem: DecisionProblem) -> None:
    found = drawn(problem)
    assert found.acceptability.sum(axis=0) == pytest.approx(1, abs=1e-12)
    assert found.acceptability.sum(axis=1) == pytest.approx(1, abs=1e-12)
    assert found.acceptability.min() >= 0


@pure(60)
@given(problems(certain=True))
def test_rows_and_columns_sum_to_one_where_ties_are_shared(problem: DecisionProblem) -> None:
    found = drawn(problem)
    assert found.acceptability.sum(axis=0) == pytest.approx(1, abs=1e-12)
    assert found.acceptability.sum(axis=1) == pytest.approx(1, abs=1e-12)


@pure(60)
@given(problems())
def test_pairwise_shares_add_up_and_agree_with_the_mean_place(problem: DecisionProblem) -> None:
    """An option's mean place is one more than how many others are ahead of it on average, a tie counting half."""
    found = drawn(problem)
    assert found.pairwise + found.pairwise.T == pytest.approx(1, abs=1e-12)
    places = found.acceptability @ np.arange(1, len(found.options) + 1)
    others_ahead = found.pairwise.sum(axis=0) - 0.5
    assert places == pytest.approx(1 + others_ahead, abs=1e-9)


@pure(60)
@given(problems(), st.sampled_from([0.001, 7.3, 1e6]))
def test_weights_scaled_by_a_constant_change_nothing(problem: DecisionProblem, factor: float) -> None:
    assert problem.weights is not None
    table = {
        option.key: [tuple(problem.judgements[option.key, name].amount.model_dump().values()) for name in problem.criteria]
        for option in problem.options
    }
    grown = make_problem(table, {name: share * factor for name, share in problem.weights.shares.items()})
    same(drawn(problem), drawn(grown))


def same(one: Robustness, other: Robustness) -> None:
    """Assert that two results are the same to the last digit."""
    assert np.array_equal(one.acceptability, other.acceptability)
    assert np.array_equal(one.acceptability_error, other.acceptability_error)
    assert np.array_equal(one.pairwise, other.pairwise)
    assert one.central_weights == other.central_weights
    assert one.central_weights_error == other.central_weights_error
    assert (one.options, one.criteria, one.samples) == (other.options, other.criteria, other.samples)


@pure(60)
@given(problems(certain=True), st.randoms(use_true_random=False))
def test_permuting_options_permutes_the_results(problem: DecisionProblem, chance) -> None:  # noqa: ANN001
    order = [option.key for option in problem.options]
    chance.shuffle(order)
    table = {key: [problem.judgements[key, name].amount.likely for name in problem.criteria] for key in order}
    assert problem.weights is not None
    one_way, other_way = drawn(problem), drawn(make_problem(table, problem.weights.shares))
    rows = [one_way.options.index(key) for key in other_way.options]
    assert np.array_equal(other_way.acceptability, one_way.acceptability[rows])
    assert np.array_equal(other_way.pairwise, one_way.pairwise[np.ix_(rows, rows)])
    assert other_way.central_weights == one_way.central_weights


def test_permuting_uncertain_options_permutes_the_results_within_sampling_error() -> None:
    table = {"o1": [(40, 60, 90), 30], "o2": [50, (20, 40, 60)], "o3": [(0, 70, 80), (10, 20, 40)]}
    one_way = drawn(make_problem(table), 6 * BLOCK)
    other_way = drawn(make_problem(dict(reversed(table.items()))), 6 * BLOCK)
    error = np.hypot(one_way.acceptability_error, other_way.acceptability_error[::-1])
    assert (abs(one_way.acceptability - other_way.acceptability[::-1]) <= 4 * error).all()
    assert not np.array_equal(one_way.acceptability, other_way.acceptability)


@pytest.mark.parametrize("count", [2, 3, 5])
def test_identical_options_share_every_place_equally(count: int) -> None:
    found = drawn(make_problem({f"o{place}": [30, 60, 90] for place in range(count)}))
    assert found.acceptability == pytest.approx(np.full((count, count), 1 / count), abs=1e-12)
    assert (found.pairwise == 0.5).all()
    first, *others = found.central_weights.values()
    assert first is not None
    assert all(other == pytest.approx(first) for other in others)


def test_two_identical_leaders_share_the_first_two_places_and_leave_the_last_to_the_third() -> None:
    found = drawn(make_problem({"o1": [80, 80], "o2": [80, 80], "o3": [10, 10]}))
    assert found.acceptability.tolist() == [[0.5, 0.5, 0], [0.5, 0.5, 0], [0, 0, 1]]
    assert found.pairwise.tolist() == [[0.5, 0.5, 1], [0.5, 0.5, 1], [0, 0, 0.5]]


def test_options_with_the_same_uncertain_judgements_share_equally_within_sampling_error() -> None:
    cells = [(20, 50, 90), (0, 30, 40)]
    found = drawn(make_problem({"o1": cells, "o2": cells, "o3": cells}), 6 * BLOCK)
    assert all(near(share, 1 / 3, found.samples) for share in found.acceptability.flat)


# Dominance


@st.composite
def dominated_problems(draw: st.DrawFn) -> DecisionProblem:
    """Draw a problem in which `worse` is behind `better` wherever the judgements lie, beside a third option."""
    columns = draw(st.integers(1, 8))
    strict = draw(st.integers(0, columns - 1))
    below = st.tuples(*[st.integers(0, 99)] * 3).map(lambda figures: tuple(sorted(figures)))
    worse = [draw(below) for _ in range(columns)]
    better = [
        tuple(sorted(draw(st.integers(high + (column == strict), 100)) for _ in range(3))) for column, (_, _, high) in enumerate(worse)
    ]
    table = {"worse": worse, "better": better, "other": [draw(THREE) for _ in range(columns)]}
    return make_problem(table, draw(st.lists(st.integers(1, 5), min_size=columns, max_size=columns)))


@pure(60)
@given(dominated_problems())
def test_an_option_that_is_dominated_for_certain_is_never_first(problem: DecisionProblem) -> None:
    found = drawn(problem)
    worse, better = found.options.index("worse"), found.options.index("better")
    assert found.pairwise[worse, better] == 0
    assert found.first_place_share("worse") == 0
    assert found.central_weights["worse"] is None


@pytest.mark.parametrize("count", [2, 8, 12, 40])
def test_an_option_dominated_by_one_point_on_the_least_important_criterion_is_never_first(count: int) -> None:
    """However small the weight of the one criterion in which it is behind, it is behind and not level."""
    row = [60 + place % 30 for place in range(count)]
    table = {"better": row, "worse": [*row[:-1], row[-1] - 1]}
    for seed in range(3):
        found = drawn(make_problem(table, list(range(count, 0, -1))), 6 * BLOCK, seed)
        assert found.first_place_share("worse") == 0
        assert found.acceptability.tolist() == [[1, 0], [0, 1]]
        assert found.central_weights["worse"] is None


def test_an_option_that_is_behind_only_where_no_weight_lies_is_level() -> None:
    found = drawn(make_problem({"o1": [50, 90], "o2": [50, 10]}, weights=(1, 0)))
    assert found.acceptability.tolist() == [[0.5, 0.5], [0.5, 0.5]]


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


# Numbers that can be drawn again

UNSURE = make_problem({"o1": [(40, 60, 90), 30, 20], "o2": [50, (20, 40, 60), 30], "o3": [(0, 70, 80), 20, 50]}, weights=(3, 2, 1))


def test_the_same_seed_gives_the_same_numbers_and_another_seed_gives_others() -> None:
    same(drawn(UNSURE), drawn(UNSURE))
    assert not np.array_equal(drawn(UNSURE).acceptability, drawn(UNSURE, seed=SEED + 1).acceptability)
    assert drawn(UNSURE, seed=3).seed == 3


def test_one_changed_judgement_changes_the_numbers_and_changing_it_back_brings_them_back() -> None:
    before = drawn(UNSURE)
    lower = replace(UNSURE.judgements["o1", "c1"], amount=make_range((10, 60, 90)))
    after = drawn(UNSURE.with_judgement(lower))
    assert after.first_place_share("o1") < before.first_place_share("o1")
    for figure in range(10):  # more problems than anything could be kept of
        drawn(make_problem({"o1": [(0, figure, 100)], "o2": [50]}))
    same(drawn(UNSURE), before)


def test_another_value_function_for_the_same_judgements_changes_the_numbers() -> None:
    """Under the second one every judgement between the anchors is worth more."""
    table = {"o1": [(0, 0, 100), 0], "o2": [0, 50]}
    bent = {"c1": make_criterion(0, 100, ((0, 0), (20, 50), (100, 100))), "c2": make_criterion()}
    straight = drawn(make_problem(table)).first_place_share("o1")
    assert drawn(make_problem(table, criteria=bent)).first_place_share("o1") > straight + 0.05
    assert drawn(make_problem(table)).first_place_share("o1") == straight


def test_moving_a_weight_draws_the_same_judgements_again() -> None:
    """On one criterion that counts, which one it is makes no difference to what is drawn for it."""
    cells = {"o1": [(0, 60, 90), (0, 30, 60)], "o2": [50, (10, 20, 90)]}
    one, other = drawn(make_problem(cells, (1, 0))), drawn(make_problem(cells, (7, 0)))
    assert np.array_equal(one.pairwise, other.pairwise)
    swapped = drawn(make_problem(cells, (0, 1)))
    assert not np.array_equal(one.pairwise, swapped.pairwise)


def test_a_longer_run_extends_a_shorter_one() -> None:
    """What a run of two blocks counts is what the blocks count, each drawn by itself."""
    table = {"o1": [100, 0, 40], "o2": [0, 60, 50]}
    problem = make_problem(table, weights=(1, 1, 2))
    firsts = []
    for block in range(3):
        weights = ordered_weights(BlockSource(SEED, block), [1, 2]).astype(np.float64)  # c3, then c1 and c2
        first, second = (np.array([row[2], row[0], row[1]]) @ weights for row in table.values())
        firsts.append(int((first > second).sum()))
    assert len(set(firsts)) > 1
    for blocks in (1, 2, 3):
        found = drawn(problem, blocks * BLOCK)
        assert found.acceptability[0, 0] * found.samples == sum(firsts[:blocks])


def test_each_block_draws_judgements_of_its_own() -> None:
    """On one criterion the weights are always the same, so that only the judgements can make a difference."""
    problem = make_problem({"o1": [(0, 60, 90)], "o2": [50]})
    shares = [drawn(problem, blocks * BLOCK).first_place_share("o1") for blocks in (1, 2, 3, 4)]
    assert len(set(shares)) == 4


def test_counts_of_an_uncertain_problem_only_ever_grow_with_the_run() -> None:
    counts = [np.rint(drawn(UNSURE, blocks * BLOCK).acceptability * blocks * BLOCK) for blocks in (1, 2, 4)]
    for shorter, longer, added in ((counts[0], counts[1], BLOCK), (counts[1], counts[2], 2 * BLOCK)):
        assert (longer >= shorter).all()
        assert (longer - shorter).sum(axis=1).tolist() == [added] * 3


@pytest.mark.parametrize(("asked", "given_samples"), [(1, BLOCK), (BLOCK, BLOCK), (BLOCK + 1, 2 * BLOCK), (98_304, 98_304)])
def test_samples_come_in_whole_blocks_and_never_fewer_than_were_asked_for(asked: int, given_samples: int) -> None:
    assert drawn(make_problem({"o1": [90, 10], "o2": [10, 90]}), asked).samples == given_samples


def test_the_standard_error_is_that_of_a_share() -> None:
    found = drawn(UNSURE, 2 * BLOCK)
    share = found.first_place_share("o1")
    assert 0 < share < 1
    assert found.first_place_error("o1") == pytest.approx(math.sqrt(share * (1 - share) / (2 * BLOCK)))
    assert found.acceptability_error == pytest.approx(np.sqrt(found.acceptability * (1 - found.acceptability) / (2 * BLOCK)))


def test_runs_with_other_seeds_scatter_as_their_standard_error_says() -> None:
    problem = make_problem({"o1": [100, 0, 0], "o2": [0, 50, 50]})
    found = [drawn(problem, seed=seed) for seed in range(40)]
    scores = [(one.first_place_share("o1") - 4 / 9) / one.first_place_error("o1") for one in found]
    assert max(abs(score) for score in scores) < 4
    assert 0.7 < np.std(scores) < 1.35


@pytest.mark.parametrize("samples", [0, -1])
def test_a_number_of_samples_that_is_not_positive_is_refused(samples: int) -> None:
    with pytest.raises(PartnershipError, match="at least one sample and one open option"):
        drawn(UNSURE, samples)


def test_nothing_is_drawn_where_no_option_is_open() -> None:
    problem = make_problem({"o1": [90, 10]}, status={"o1": "closed"})
    with pytest.raises(PartnershipError, match="at least one sample and one open option"):
        drawn(problem)


@pytest.mark.parametrize("seed", [-1, 2**64])
def test_a_seed_that_does_not_fit_is_refused_in_a_sentence(seed: int) -> None:
    with pytest.raises(PartnershipError, match="seed"):
        drawn(UNSURE, seed=seed)
