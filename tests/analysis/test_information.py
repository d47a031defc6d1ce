"""What knowing more is worth: by hand, by integration over the weights, by brute force, and nought where nothing could change."""

from __future__ import annotations

import math
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnership_model.analysis.appraisal import SEED, appraise
from partnership_model.analysis.information import Information, information, mean_values, single_judgements
from partnership_model.analysis.sampling import BLOCK
from partnership_model.errors import PartnershipError
from partnership_model.model.plausible_weights import keeping_order
from partnership_model.model.value_functions import value_of
from tests.analysis.drawing import problems
from tests.making import make_cost, make_criterion, make_problem, make_range, pure

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from partnership_model.knowledge.spreads import Shape
    from partnership_model.model.problem import DecisionProblem, Judgement

HALF = Fraction(1, 2)


def known(problem: DecisionProblem, samples: int = BLOCK, seed: int = SEED) -> Information:
    """Say what knowing more is worth, over weights that keep the problem's own order."""
    assert problem.weights is not None
    return information(problem, keeping_order(problem.weights), samples, seed)


def shaped(problem: DecisionProblem, shapes: Mapping[tuple[str, str], Shape]) -> DecisionProblem:
    """Give some judgements another shape between the same ends; outcomes are the two ends, as likely as each other."""
    for cell, shape in shapes.items():
        one = problem.judgements[cell]
        low, high = one.amount.low, one.amount.high
        outcomes = ((low, 0.5), (high, 0.5)) if shape == "outcomes" else ()
        problem = problem.with_judgement(replace(one, amount=make_range((low, (low + high) / 2, high)), shape=shape, outcomes=outcomes))
    return problem


def drawn_values(problem: DecisionProblem, samples: int) -> NDArray[np.float64]:
    """Draw the values of every judgement with numpy's own distributions: options x criteria x samples."""
    generator = np.random.default_rng(7)

    def draw(one: Judgement) -> NDArray[np.float64]:
        low, likely, high = one.amount.low, one.amount.likely, one.amount.high
        if low == high:
            return np.full(samples, low)
        if one.shape == "outcomes":
            figures, shares = zip(*one.outcomes, strict=True)
            return generator.choice(figures, samples, p=shares)
        return generator.uniform(low, high, samples) if one.shape == "even" else generator.triangular(low, likely, high, samples)

    return np.array(
        [
            [value_of(criterion, draw(problem.judgements[option.key, name])) for name, criterion in problem.criteria.items()]
            for option in problem.ranked_options
        ]
    )


# One judgement


@pytest.mark.parametrize(
    ("shape", "points"),
    [("triangle", 0.5 * 40**3 / (3 * 100 * 50)), ("even", 0.5 * 40**2 / 200), ("outcomes", 0.5 * 40 / 2)],
)
def test_a_judgement_of_the_leader_by_hand(shape: Shape, points: float) -> None:
    """The leader's mean is 50, the other's 45. The leader is overtaken where the judgement lies below 40.

    A triangle from 0 over 50 to 100 falls short of 40 by 40^3 / (3 x 100 x 50) on average, an even spread by
    40^2 / 200, and two outcomes of 0 and 100 by 40 / 2; half of that is the weight.
    """
    problem = shaped(make_problem({"first": [(0, 50, 100), 50], "other": [50, 40]}), {("first", "c1"): shape})
    found = known(problem)
    assert found.leader == "first"
    assert found.single[0, 0] == pytest.approx(points, abs=1e-12)
    assert found.single[[0, 1, 1], [1, 0, 1]].tolist() == [0, 0, 0]
    assert found.judgements.points == pytest.approx(points, abs=5 * found.judgements.error)  # the only one that is not certain


def test_a_judgement_of_another_option_by_hand() -> None:
    """The other's mean is 45; it comes first where its judgement lies above 60, which it exceeds by 40^3 / 15000 on average."""
    found = known(make_problem({"first": [50, 50], "other": [(0, 50, 100), 40]}))
    assert found.leader == "first"
    assert found.single[1, 0] == pytest.approx(0.5 * 40**3 / 15000, abs=1e-12)


def test_a_judgement_on_a_bent_scale_by_hand() -> None:
    """A cost of 0 or 100 pounds a pupil, as likely as each other, is worth 85 or 40: 62.5 on average.

    Beside a certain 60 (500/9 pounds), the dear outcome is 20 worse in half of all cases: 10 points at a weight of one.
    """
    problem = make_problem({"first": [(0, 50, 100)], "other": [500 / 9]}, criteria={"cost": make_cost()})
    found = known(shaped(problem, {("first", "cost"): "outcomes"}))
    assert found.mean == pytest.approx({"first": 62.5, "other": 60})
    assert found.single[0, 0] == pytest.approx(10, abs=1e-9)


def test_the_best_option_on_average_need_not_be_the_best_on_the_likely_figures() -> None:
    """The likely figure is 60, the mean of 0, 60 and 60 is 40; the other is a certain 50."""
    found = known(make_problem({"skewed": [(0, 60, 60)], "steady": [50]}))
    assert (found.mean["skewed"], found.leader) == (pytest.approx(40), "steady")


def test_a_judgement_that_is_certain_or_has_no_weight_is_worth_exactly_nothing() -> None:
    found = known(make_problem({"a": [(0, 50, 100), (0, 50, 100), 40], "b": [50, 50, 50]}, (1, 0, 1)))
    assert found.single[0].tolist()[1:] == [0, 0]
    assert found.single[1].tolist() == [0, 0, 0]
    assert found.single[0, 0] > 0


def test_a_judgement_whose_whole_range_leaves_the_choice_is_worth_exactly_nothing() -> None:
    found = known(make_problem({"far": [(80, 90, 100), (10, 70, 90)], "behind": [(0, 10, 20), (0, 20, 60)]}))
    assert found.single.tolist() == [[0, 0], [0, 0]]
    assert found.ordered == []
    assert found.judgements.points == 0


@pure(25)
@given(problems(), st.lists(st.sampled_from(["triangle", "even", "outcomes"]), min_size=16, max_size=16))
def test_each_judgement_is_worth_what_brute_force_says(problem: DecisionProblem, kinds: list[Shape]) -> None:
    """Draw one judgement alone from numpy's own distributions, and choose the option with the best mean each time."""
    problem = shaped(problem, {cell: kind for cell, kind in zip(problem.judgements, kinds, strict=False) if kind != "triangle"})
    assert problem.weights is not None
    weights, means = problem.weights.array(tuple(problem.criteria)), mean_values(problem)
    found = single_judgements(problem, means)
    values = drawn_values(problem, 20_000)
    for row, column in np.ndindex(*means.shape):
        totals = np.repeat((means @ weights)[:, None], values.shape[2], axis=1)
        totals[row] += weights[column] * (values[row, column] - means[row, column])
        gained = totals.max(axis=0) - totals[int(np.argmax(means @ weights))]
        assert found[row, column] >= 0
        assert abs(gained.mean() - found[row, column]) <= 5 * gained.std() / math.sqrt(len(gained)) + 0.02


@pure(25)
@given(problems(), st.randoms(use_true_random=False))
def test_the_order_of_the_options_makes_no_difference(problem: DecisionProblem, shuffle: object) -> None:
    options = list(problem.options)
    shuffle.shuffle(options)  # type: ignore[attr-defined]
    turned = replace(problem, options=tuple(options))
    place = [problem.options.index(option) for option in options]
    assert single_judgements(turned, mean_values(turned)) == pytest.approx(
        single_judgements(problem, mean_values(problem))[place], abs=1e-9
    )


# All judgements


def test_twelve_even_judgements_together_are_worth_what_the_sum_of_twelve_uniform_numbers_says() -> None:
    """Twelve judgements from 0 to 100, each a twelfth of the weight, beside a certain 50.

    Knowing them is worth what their mean lies above 50 on average. For the sum of n uniform numbers that is
    1/(n + 1)! of the sum over k of (-1)^k C(n, k) (t - k)^(n + 1), at n = 12 and t = 6, by rational arithmetic (the
    distribution of Irwin and Hall): near to the unit normal loss at nought, 0.3989, times the standard deviation.
    """
    exact = sum(Fraction((-1) ** k * math.comb(12, k) * (6 - k) ** 13, math.factorial(13)) for k in range(7)) * Fraction(100, 12)
    problem = make_problem({"spread": [(0, 50, 100)] * 12, "steady": [50] * 12})
    found = known(shaped(problem, {("spread", name): "even" for name in problem.criteria}), 8 * BLOCK)
    assert float(exact) == pytest.approx(0.3989 * 100 / 12, rel=0.01)
    assert found.judgements.points == pytest.approx(float(exact), abs=4 * found.judgements.error)
    assert 0 < found.judgements.error < 0.02


@pure(15)
@given(problems())
def test_all_judgements_together_are_worth_what_brute_force_says_and_no_less_than_each_alone(problem: DecisionProblem) -> None:
    assert problem.weights is not None
    found = known(problem)
    weights, values = problem.weights.array(found.criteria), drawn_values(problem, 40_000)
    totals = np.einsum("ocs,c->os", values, weights)
    gained = totals.max(axis=0) - totals[found.options.index(found.leader)]
    error = math.hypot(gained.std() / math.sqrt(len(gained)), found.judgements.error)
    assert abs(found.judgements.points - gained.mean()) <= 5 * error + 0.02
    assert found.judgements.points >= found.single.max() - 5 * found.judgements.error - 0.02
    assert found.everything.points >= found.weights.points - 5 * found.everything.error - 0.02
    assert min(found.judgements.points, found.weights.points, found.everything.points) >= 0


# Weights


@pytest.mark.parametrize(
    ("table", "points", "now", "average", "worth"),
    [
        # Level weights: that of c1 is anywhere from 0 to 1. The better of 100w and 100(1 - w) is 75 on average, either alone 50.
        ({"a": [100, 0], "b": [0, 100]}, (1, 1), "a", None, Fraction(25)),
        # The better of 100w and 60: 60 up to w = 0.6, then 80 on average: 0.6 x 60 + 0.4 x 80 = 68, beside 60.
        ({"a": [100, 0], "b": [60, 60]}, (1, 1), "b", "b", Fraction(8)),
        # c1 matters more: its weight is anywhere from a half to 1. 100w and 100 - 60w cross at 5/8; 77.5 beside 75.
        ({"a": [100, 0], "b": [40, 100]}, (6, 5), "b", "a", Fraction(5, 2)),
    ],
)
def test_settled_weights_by_hand(
    table: dict[str, list[float]], points: tuple[float, float], now: str, average: str | None, worth: Fraction
) -> None:
    found = known(make_problem(table, points), 4 * BLOCK)
    assert found.leader == now
    assert average in (None, found.leader_over_weights)
    assert found.weights.points == pytest.approx(float(worth), abs=4 * found.weights.error)
    assert found.everything == found.weights  # every judgement is certain
    assert (found.judgements.points, found.judgements.error) == (0, 0)


def test_weights_and_a_judgement_together_by_integration() -> None:
    """One judgement is 0 or 100, as likely as each other; c1 has any weight w. The other option is 50 on c2 and 0 on c1.

    The better of the two is 50(1 - w) for 0; for 100 it is 50(1 - w) up to w = 1/3 and 100w beyond. Worked by rational
    arithmetic: the mean of the better, less the mean of the one that is better on average, which is 25 for both.
    """
    low = 25
    high = (50 * (Fraction(1, 3) - Fraction(1, 18))) + 50 * (1 - Fraction(1, 9))
    problem = make_problem({"a": [(0, 50, 100), 0], "b": [0, 50]}, (1, 1))
    found = known(shaped(problem, {("a", "c1"): "outcomes"}), 6 * BLOCK)
    assert found.everything.points == pytest.approx(float(HALF * low + HALF * high - 25), abs=4 * found.everything.error)
    at_means = Fraction(1, 2) * (50 + 25) / 2 + Fraction(1, 2) * (50 + 25) / 2 - 25  # of 50w and 50(1 - w) the better: 37.5
    assert found.weights.points == pytest.approx(float(at_means), abs=4 * found.weights.error)


def test_with_one_criterion_no_weight_is_left_to_settle() -> None:
    found = known(make_problem({"a": [(0, 50, 100)], "b": [50]}))
    assert (found.weights.points, found.weights.error) == (0, 0)
    assert found.everything.points == found.judgements.points > 0


# Runs


def test_a_longer_run_has_smaller_errors_and_the_same_seed_gives_the_same_figures() -> None:
    problem = make_problem({"a": [(0, 50, 100), (20, 40, 70)], "b": [(10, 50, 60), (30, 50, 90)]}, (2, 1))
    runs = [known(problem, blocks * BLOCK) for blocks in (1, 4, 16)]
    for shorter, longer in pairwise(runs):
        assert longer.samples == 4 * shorter.samples
        for name in ("judgements", "weights", "everything"):
            assert getattr(longer, name).error == pytest.approx(getattr(shorter, name).error / 2, rel=0.1)
        assert np.array_equal(longer.single, shorter.single)
    assert known(problem).everything == runs[0].everything
    assert known(problem, seed=3).everything != runs[0].everything


def test_the_standard_error_is_the_spread_of_runs() -> None:
    problem = make_problem({"a": [(0, 50, 100), (20, 40, 70)], "b": [(10, 50, 60), (30, 50, 90)]}, (2, 1))
    runs = [known(problem, seed=seed) for seed in range(24)]
    for name in ("judgements", "weights", "everything"):
        points, errors = zip(*((getattr(run, name).points, getattr(run, name).error) for run in runs), strict=True)
        assert 0.6 < np.std(points, ddof=1) / np.mean(errors) < 1.6  # 24 runs: a fifth either way is ordinary


def test_the_appraisal_gives_it_with_its_own_samples_and_nothing_while_the_order_is_withheld() -> None:
    table = {"a": [(0, 50, 100), 40], "b": [50, 50]}
    found = appraise(make_problem(table), 2 * BLOCK, 5)
    assert found.information is not None
    assert found.information.samples == 2 * BLOCK
    assert found.information.everything == known(make_problem(table), 2 * BLOCK, 5).everything
    assert appraise(make_problem(table, unconfirmed=[("a", "c1")])).information is None
    assert appraise(make_problem(table, None)).information is None
    assert appraise(make_problem({"a": [(0, 50, 100), 40]})).information is None


def test_one_option_leaves_nothing_to_choose() -> None:
    found = known(make_problem({"a": [(0, 50, 100), (0, 50, 100)]}))
    assert found.single.tolist() == [[0, 0]]
    assert (found.judgements.points, found.weights.points, found.everything.points) == (0, 0, 0)


@pytest.mark.parametrize(
    ("problem", "samples"),
    [
        (make_problem({"a": [1], "b": [2]}), 0),
        (make_problem({"a": [1]}, status={"a": "closed"}), 1),
        (make_problem({"a": [1]}, None), 1),
    ],
)
def test_nothing_to_weigh_choose_or_draw_is_refused(problem: DecisionProblem, samples: int) -> None:
    with pytest.raises(PartnershipError, match="Weights, an open option and at least one sample are needed"):
        information(problem, keeping_order(make_problem({"a": [1]}).weights), samples, SEED)  # type: ignore[arg-type]


def test_hundreds_of_criteria_are_worked_out_too() -> None:
    names = {f"c{place}": make_criterion() for place in range(120)}
    found = known(make_problem({"a": [(0, 50, 100)] * 120, "b": [50] * 120}, criteria=names))
    assert len(found.ordered) == 120
    assert found.single[0] == pytest.approx([100 / 120 / 12] * 120)  # each alone: half a mean distance of 100/6 from 50
