"""What holds of robustness whatever the problem is: shares add up, names and units make no difference, the dominated is never first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnership_model.analysis.sampling import BLOCK
from tests.analysis.drawing import THREE, drawn, near, problems, same
from tests.making import make_problem, pure

if TYPE_CHECKING:
    from partnership_model.model.problem import DecisionProblem


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


# Copies, many criteria, raw weights


@pure(40)
@given(problems(certain=True, most=3))
def test_a_copy_of_an_option_changes_no_order_among_the_others(problem: DecisionProblem) -> None:
    """Nor which is ahead how often; the copy shares its places, half and half."""
    table = {one.key: [problem.judgements[one.key, name].amount.likely for name in problem.criteria] for one in problem.options}
    assert problem.weights is not None
    before, after = drawn(problem), drawn(make_problem({**table, "copy": table["o1"]}, problem.weights.shares))
    count = len(before.options)
    assert np.array_equal(after.pairwise[:count, :count], before.pairwise)
    assert np.array_equal(after.pairwise[count, :count], before.pairwise[0])
    assert np.array_equal(after.acceptability[count], after.acceptability[0])
    assert after.central_weights["copy"] == after.central_weights["o1"]
    first = before.first_place_share("o1")
    assert first / 2 - 1e-12 <= after.first_place_share("o1") <= first
    for option in before.options[1:]:
        assert (after.first_place_share(option) > 0) == (before.first_place_share(option) > 0)


def test_four_hundred_criteria_are_no_trouble() -> None:
    rng = np.random.default_rng(400)
    table = {f"o{row}": rng.integers(0, 101, 400).tolist() for row in range(5)}
    table["worse"] = [max(figure - 1, 0) for figure in table["o0"]]
    found = drawn(make_problem(table))
    assert found.acceptability.sum(axis=0) == pytest.approx(1, abs=1e-12)
    assert found.acceptability.sum(axis=1) == pytest.approx(1, abs=1e-12)
    assert found.first_place_share("worse") == 0
    assert found.pairwise[found.options.index("o0"), found.options.index("worse")] == 1
    central = next(central for central in found.central_weights.values() if central)
    assert sum(central.values()) == pytest.approx(1, abs=1e-5)


def test_the_standard_error_of_a_pairwise_share_is_that_of_a_share_and_nought_where_two_are_always_level() -> None:
    found = drawn(make_problem({"o1": [100, 0, 0], "o2": [0, 50, 50], "o3": [0, 50, 50]}))
    share = found.pairwise[0, 1]
    assert found.pairwise_error[0, 1] == pytest.approx(np.sqrt(share * (1 - share) / found.samples))
    assert found.pairwise_error[1, 2] == 0
    assert np.diag(found.pairwise_error).tolist() == [0, 0, 0]
