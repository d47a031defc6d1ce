"""More weighing or more evidence: shares of the doubt by hand, by integration, and against a model whose shares are known."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given

from partnership_model.analysis.appraisal import SEED, appraise
from partnership_model.analysis.sampling import BLOCK
from partnership_model.analysis.uncertainty_split import UncertaintySplit, agreement, split, uncertainty_split
from partnership_model.errors import PartnershipError
from partnership_model.model.plausible_weights import keeping_order
from tests.analysis.drawing import drawn, problems
from tests.making import make_problem, pure

if TYPE_CHECKING:
    from partnership_model.model.problem import DecisionProblem

PARTS = ("weights", "judgements", "both")


def parted(problem: DecisionProblem, samples: int = 2 * BLOCK, seed: int = SEED) -> UncertaintySplit | None:
    """Split the doubt over weights that keep the problem's own order."""
    assert problem.weights is not None
    return uncertainty_split(problem, keeping_order(problem.weights), samples, seed)


def found_of(problem: DecisionProblem, samples: int = 2 * BLOCK, seed: int = SEED) -> UncertaintySplit:
    """Split a doubt that there is."""
    found = parted(problem, samples, seed)
    assert found is not None
    return found


def one_or_the_other() -> DecisionProblem:
    """Make two options: `a` is 0 or 100 on c1, as likely as each other; `b` is 50 on c2. Both weights are free."""
    problem = make_problem({"a": [(0, 50, 100), 0], "b": [0, 50]}, (1, 1))
    one = problem.judgements["a", "c1"]
    return problem.with_judgement(replace(one, shape="outcomes", outcomes=((0.0, 0.5), (100.0, 0.5))))


def test_two_outcomes_and_one_free_weight_by_hand() -> None:
    """`a` comes first where it is 100 and the weight of c1 is above 1/3: in 1 of 3 ways.

    Two ways disagree in 2 x 1/3 x 2/3 = 4/9 of pairs. With the weight known, `a` comes first in half of the ways of
    judging or in none: 2 x 2/3 x 1/2 x 1/2 = 1/3 disagree, three quarters of 4/9. With the judgement known it is 2/3 or
    none: 2 x 1/2 x 2/3 x 1/3 = 2/9, half of 4/9. So a quarter goes with the weights alone, a half with the judgements
    alone, and the last quarter only with both.
    """
    found = found_of(one_or_the_other(), 8 * BLOCK)
    exact = {
        "doubt": Fraction(4, 9), "same_weights": Fraction(1, 3), "same_judgements": Fraction(2, 9),
        "weights": Fraction(1, 4), "judgements": Fraction(1, 2), "both": Fraction(1, 4),
    }  # fmt: skip
    for name, share in exact.items():
        one = getattr(found, name)
        assert one.share == pytest.approx(float(share), abs=4 * one.error), name
        assert 0 < one.error < 0.01


def test_a_triangle_and_one_free_weight_by_integration() -> None:
    """`a` is a triangle from 0 to 100 on c1, `b` a certain 50 on c2; the weight of c1 is anywhere from 0 to 1.

    Given the weight w, `a` comes first where its judgement exceeds 50(1 - w)/w; given the judgement x, where w exceeds
    50/(50 + x). The variances of both over a fine grid, and of first places as a whole, give the shares.
    """
    problem = make_problem({"a": [(0, 50, 100), 0], "b": [0, 50]}, (1, 1))
    steps = (np.arange(200_000) + 0.5) / 200_000
    at = np.clip(50 * (1 - steps) / steps, 0, 100) / 100
    given_weight = 1 - np.where(at < 0.5, 2 * at**2, 1 - 2 * (1 - at) ** 2)
    x = 100 * np.where(steps < 0.5, np.sqrt(steps / 2), 1 - np.sqrt((1 - steps) / 2))
    given_judgement = 1 - 50 / (50 + x)
    first = given_weight.mean()
    assert first == pytest.approx(given_judgement.mean(), abs=1e-5)
    weights, judgements = (given.var() / (first * (1 - first)) for given in (given_weight, given_judgement))
    found = found_of(problem, 8 * BLOCK)
    assert found.weights.share == pytest.approx(weights, abs=4 * found.weights.error)
    assert found.judgements.share == pytest.approx(judgements, abs=4 * found.judgements.error)
    assert found.both.share == pytest.approx(1 - weights - judgements, abs=4 * found.both.error)


@pytest.mark.parametrize("sizes", [(3.0, 2.0, 1.0), (1.0, 1.0, 0.0), (0.5, 2.0, 2.0)])
def test_a_linear_model_with_known_variances(sizes: tuple[float, float, float]) -> None:
    """For aW + bV + cWV, with W and V independent, of mean nought and variance one, the shares are as a², b² and c²."""
    a, b, c = sizes
    w, v = np.random.default_rng(11).normal(size=(2, 2, 200_000))

    def model(one: int, other: int) -> np.ndarray:
        return (a * w[one] + b * v[other] + c * w[one] * v[other]).astype(np.float32)[None]

    found = split(agreement(model(0, 0), model(1, 1), model(0, 1), model(1, 0)))
    assert found is not None
    total = a**2 + b**2 + c**2
    assert found.doubt.share == pytest.approx(total, abs=4 * found.doubt.error)  # here the variance of the model
    for name, size in zip(PARTS, sizes, strict=True):
        one = getattr(found, name)
        assert one.share == pytest.approx(size**2 / total, abs=4 * one.error + 1e-6), name


def test_where_only_the_weights_are_open_all_of_the_doubt_is_theirs_to_the_last_digit() -> None:
    found = found_of(make_problem({"a": [100, 0], "b": [0, 60]}, (1, 1)))
    assert [getattr(found, name).share for name in PARTS] == [1, 0, 0]
    assert [getattr(found, name).error for name in PARTS] == [0, 0, 0]
    assert found.same_weights.share == 0
    assert found.same_judgements.share == found.doubt.share


def test_where_only_a_judgement_is_open_all_of_the_doubt_is_the_judgements() -> None:
    found = found_of(make_problem({"a": [(0, 40, 100)], "b": [50]}))
    assert [getattr(found, name).share for name in PARTS] == [0, 1, 0]
    assert found.same_judgements.share == 0


@pytest.mark.parametrize(
    "table",
    [
        {"a": [100, 60], "b": [0, 50]},
        {"a": [(60, 70, 80), (60, 70, 80)], "b": [(0, 10, 20), (0, 10, 20)]},
        {"a": [50, 50], "b": [50, 50], "c": [50, 50]},
        {"a": [(0, 50, 100), 50]},
    ],
    ids=["certain", "apart", "always level", "one option"],
)
def test_where_the_same_options_always_come_first_there_is_nothing_to_split(table: dict[str, list[float]]) -> None:
    assert parted(make_problem(table, (1, 1))) is None


@pure(20)
@given(problems())
def test_the_three_shares_are_parts_of_one_and_settling_something_leaves_no_more_doubt(problem: DecisionProblem) -> None:
    found = parted(problem)
    if found is None:
        return
    shares = [getattr(found, name).share for name in PARTS]
    assert sum(shares) == pytest.approx(1, abs=1e-12)
    assert min(shares) >= 0
    assert 0 < found.doubt.share <= 1
    assert max(found.same_weights.share, found.same_judgements.share) <= found.doubt.share + 5 * found.doubt.error


def test_the_doubt_is_one_less_the_squares_of_the_first_places() -> None:
    problem = make_problem({"a": [(0, 50, 100), 40], "b": [(10, 50, 60), 55], "c": [45, (20, 60, 70)]}, (2, 1))
    found, places = found_of(problem, 6 * BLOCK), drawn(problem, 6 * BLOCK)
    agreed = sum(places.first_place_share(option) ** 2 for option in places.options)
    assert found.doubt.share == pytest.approx(1 - agreed, abs=5 * found.doubt.error)


def test_the_standard_errors_are_the_spread_of_runs() -> None:
    runs = [found_of(one_or_the_other(), seed=seed) for seed in range(24)]
    for name in ("doubt", "same_weights", "same_judgements", *PARTS):
        shares, errors = zip(*((getattr(run, name).share, getattr(run, name).error) for run in runs), strict=True)
        assert 0.6 < np.std(shares, ddof=1) / np.mean(errors) < 1.6, name  # 24 runs: a fifth either way is ordinary


def test_whole_pairs_of_blocks_are_drawn_and_the_same_seed_gives_the_same_shares() -> None:
    problem = one_or_the_other()
    assert [found_of(problem, samples).samples for samples in (1, 2 * BLOCK, 2 * BLOCK + 1)] == [BLOCK, BLOCK, 2 * BLOCK]
    assert found_of(problem) == found_of(problem)
    assert found_of(problem, seed=3) != found_of(problem)


def test_the_appraisal_gives_it_with_its_own_samples_and_nothing_while_the_order_is_withheld() -> None:
    table = {"a": [(0, 50, 100), 40], "b": [50, 50]}
    found = appraise(make_problem(table), 2 * BLOCK, 5)
    assert found.uncertainty == found_of(make_problem(table), 2 * BLOCK, 5)
    assert appraise(make_problem(table, unconfirmed=[("a", "c1")])).uncertainty is None
    assert appraise(make_problem(table, None)).uncertainty is None


@pytest.mark.parametrize("problem", [make_problem({"a": [1]}, status={"a": "closed"}), make_problem({"a": [1]})])
def test_nothing_to_draw_is_refused(problem: DecisionProblem) -> None:
    with pytest.raises(PartnershipError, match="There is nothing to draw"):
        parted(problem, 1 if not problem.ranked_options else 0)


def test_a_certain_figure_outside_the_draws_changes_nothing() -> None:
    """The third option is far behind: doubt and shares are those of the first two, to the last digit."""
    two = make_problem({"a": [(0, 50, 100), 40], "b": [50, 50]}, (2, 1))
    three = make_problem({"a": [(0, 50, 100), 40], "b": [50, 50], "c": [0, 0]}, (2, 1))
    assert found_of(two) == found_of(three)
