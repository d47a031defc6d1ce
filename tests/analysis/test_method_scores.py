"""Scores by other methods: the package's against published tables and against the formulas written once more."""

from __future__ import annotations

import sys
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pymcdm.methods import PROMETHEE_II

from partnership_model.analysis import method_scores
from partnership_model.analysis.method_scores import Method, added, added_by_length, added_by_range, added_by_sum
from tests.analysis import methods_by_hand as by_hand
from tests.making import pure

if TYPE_CHECKING:
    from numpy.typing import NDArray


VALUES = st.one_of(st.integers(0, 4).map(lambda figure: 25.0 * figure), st.integers(0, 1000).map(lambda figure: figure / 10))
NAMES = ("topsis", "vikor", "promethee_ii", "weighted_product")
EACH = pytest.mark.parametrize("name", NAMES)


@st.composite
def tables(draw: st.DrawFn, least: int = 2) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Draw values and weights, with ties, noughts and columns that are level among them."""
    rows, columns = draw(st.integers(least, 6)), draw(st.integers(1, 5))
    row = st.lists(VALUES, min_size=columns, max_size=columns)
    values = np.array(draw(st.lists(row, min_size=rows, max_size=rows)))
    weights = np.array(draw(st.lists(st.integers(0, 4), min_size=columns, max_size=columns).filter(any)), dtype=float)
    return values, weights / weights.sum()


def method(name: str) -> Method:
    """Give one method; the tests have the package."""
    return next(one for one in method_scores.methods() or () if one.name == name)


def usual(name: str, table: list[list[float]], weights: list[float]) -> NDArray[np.float64]:
    """Score a table in the method's published form."""
    return method(name).usual(np.array(table, dtype=float), np.array(weights))


# Published tables


def test_topsis_gives_the_closeness_of_a_published_example() -> None:
    """Tzeng and Huang, Multiple Attribute Decision Making, 2011, as the tests of scikit-criteria restate it."""
    found = usual("topsis", [[5, 8, 4], [7, 6, 8], [8, 8, 6], [7, 4, 6]], [0.3, 0.4, 0.3])
    assert found == pytest.approx([0.5037, 0.6581, 0.7482, 0.3340], abs=5e-5)


def test_vikor_gives_the_table_of_the_mountain_climber() -> None:
    """Opricovic and Tzeng (2004), as the tests of scikit-criteria restate it: risk 1, 2, 5, less is better; altitude 3000, 3750, 4500.

    Q is 1, 0 and 1, and the second stands alone.
    """
    table = np.array([[5.0, 30.0], [4.0, 37.5], [1.0, 45.0]])
    half = np.array([0.5, 0.5])
    one = method("vikor")
    assert one.usual(table, half) == pytest.approx([-1, 0, -1])
    assert one.unseparated is not None
    assert one.unseparated(table, half) == (1,)
    assert by_hand.regrets(table.tolist(), [0.5, 0.5]) == ([0.5, 0.375, 0.5], [0.5, 0.25, 0.5])


DAMS = [
    [4184.3, 2914.0, 407.2, 251.0, 195, 244, 15, 2.41],
    [5211.9, 3630.0, 501.7, 308.3, 282, 346, 21, 1.41],
    [5021.3, 3920.5, 504.0, 278.6, 12, 56, 3, 4.42],
    [5566.1, 3957.9, 559.5, 335.3, 167, 268, 16, 3.36],
    [5060.5, 3293.5, 514.1, 284.2, 69, 90, 7, 4.04],
    [4317.9, 2925.9, 432.8, 239.3, 12, 55, 3, 4.36],
]


@pytest.mark.parametrize(
    ("raw", "scores", "unseparated"),
    [
        ((1, 1), [0.991, 1.0, 0.473, 0.670, 0.0, 0.578], (4,)),
        ((2, 1), [1.0, 0.533, 0.552, 0.563, 0.0, 0.686], (4,)),
        ((1, 2), [0.684, 1.0, 0.147, 0.554, 0.041, 0.191], (2, 4, 5)),
        ((1, 3.2), [0.668, 1.0, 0.051, 0.588, 0.058, 0.078], (2, 4, 5)),
    ],
)
def test_vikor_gives_the_tables_of_six_dams(raw: tuple[float, float], scores: list[float], unseparated: tuple[int, ...]) -> None:
    """Opricovic and Tzeng, Extended VIKOR method, 2007, as the tests of scikit-criteria restate it, and its compromise solutions."""
    dams = np.array(DAMS)
    best, worst = dams.max(axis=0), dams.min(axis=0)
    for column in (1, 4, 5, 6):  # cost, homes, area and villages: less is better
        best[column], worst[column] = worst[column], best[column]
    table, weights = 100 * (dams - worst) / (best - worst), np.repeat(raw, 4) / np.repeat(raw, 4).sum()
    one = method("vikor")
    assert -one.usual(table, weights) == pytest.approx(scores, abs=1e-3)
    assert one.unseparated is not None
    assert one.unseparated(table, weights) == unseparated


def test_the_weighted_product_gives_the_ratios_of_a_published_example() -> None:
    """Triantaphyllou, Multi-Criteria Decision Making Methods: A Comparative Study, 2000: 1.007, 1.067 and 1.059."""
    one, two, three = usual("weighted_product", [[25, 20, 15, 30], [10, 30, 20, 30], [30, 10, 30, 10]], [0.2, 0.15, 0.4, 0.25])
    assert [one / two, one / three, two / three] == pytest.approx([1.007, 1.067, 1.059], abs=5e-4)


def test_promethee_worked_by_hand() -> None:
    """Weights 0.5, 0.3, 0.2. The first is ahead of the second on 0.8 and of the third on 0.3; the second of the third on 0.5.

    Net flows: (0.8 - 0.2 + 0.3 - 0.7) / 2 = 0.1; (0.2 - 0.8 + 0.5 - 0.5) / 2 = -0.3; the rest 0.2.
    """
    assert usual("promethee_ii", [[4, 3, 2], [3, 2, 4], [5, 1, 3]], [0.5, 0.3, 0.2]) == pytest.approx([0.1, -0.3, 0.2])


def test_adding_up_shares_of_the_sum_turns_round_when_a_copy_is_added() -> None:
    """Belton and Gear (1983): three options have 0.45, 0.47 and 0.08; with a copy of the second, 0.37, 0.29, 0.06 and 0.29."""
    table, equal = np.array([[1.0, 9, 8], [9, 1, 9], [1, 1, 1]]), np.full(3, 1 / 3)
    assert added_by_sum(table, equal) == pytest.approx([0.45, 0.47, 0.08], abs=5e-3)
    assert added_by_sum(np.vstack([table, table[1]]), equal) == pytest.approx([0.37, 0.29, 0.06, 0.29], abs=5e-3)


# Against the formulas written once more


@pure(150)
@given(tables())
def test_each_method_gives_what_its_formula_gives(table: tuple[NDArray[np.float64], NDArray[np.float64]]) -> None:
    values, weights = table
    rows, shares = values.tolist(), weights.tolist()
    assert method("promethee_ii").usual(values, weights) == pytest.approx(by_hand.promethee(rows, shares), abs=1e-12)
    assert method("weighted_product").usual(values, weights) == pytest.approx(by_hand.product(rows, shares), abs=1e-12)
    if np.any((np.ptp(values, axis=0) > 0) & (weights > 0)):
        assert method("topsis").usual(values, weights) == pytest.approx(by_hand.topsis(rows, shares), abs=1e-9)
        assert -method("vikor").usual(values, weights) == pytest.approx(by_hand.vikor(rows, shares), abs=1e-9)


@pure(60)
@given(tables())
def test_with_0_and_100_fixed_the_ideal_does_not_hang_on_the_options(table: tuple[NDArray[np.float64], NDArray[np.float64]]) -> None:
    """TOPSIS then measures from 0 and 100 on every criterion, and VIKOR's regrets are what is missing to 100."""
    values, weights = table
    below, above = weights * values, weights * (100 - values)
    to_worst, to_best = np.sqrt((below**2).sum(axis=1)), np.sqrt((above**2).sum(axis=1))
    assert method("topsis").fixed(values, weights) == pytest.approx(to_worst / (to_worst + to_best))
    regret = (above.sum(axis=1) / 100 + above.max(axis=1) / 100 / weights.max()) / 2
    assert -method("vikor").fixed(values, weights) == pytest.approx(regret)


@pure(40)
@given(tables())
def test_adding_up_in_rational_numbers(table: tuple[NDArray[np.float64], NDArray[np.float64]]) -> None:
    """Scaled by range or sum, on the criteria that carry weight and separate options, each weight as a part of theirs."""
    values, weights = table
    exact = [[Fraction(value).limit_denominator(10) for value in row] for row in values.tolist()]
    kept = [place for place in range(len(weights)) if weights[place] > 0 and np.ptp(values[:, place]) > 0]
    whole = sum(Fraction(weights[place]) for place in kept)
    by_range, by_sum = [], []
    for row in exact:
        columns = [(Fraction(weights[place]) / whole, row[place], [other[place] for other in exact]) for place in kept]
        by_range.append(float(sum(weight * (value - min(column)) / (max(column) - min(column)) for weight, value, column in columns)))
        by_sum.append(float(sum(weight * value / sum(column) for weight, value, column in columns)))
    assert added_by_range(values, weights) == pytest.approx(by_range)
    assert added_by_sum(values, weights) == pytest.approx(by_sum)
    assert added(values, weights) == pytest.approx(
        [float(sum(Fraction(w) * v for w, v in zip(weights, row, strict=True))) for row in exact]
    )


# What holds whatever the numbers


@EACH
@pure(40)
@given(tables())
def test_scores_are_finite_and_the_same_options_are_level(name: str, table: tuple[NDArray[np.float64], NDArray[np.float64]]) -> None:
    values, weights = table
    twice = np.vstack([values, values])
    for form in (method(name).usual, method(name).fixed, method(name).scaled):
        found = form(twice, weights)
        assert np.all(np.isfinite(found))
        assert found[: len(values)] == pytest.approx(found[len(values) :], abs=1e-12)


@EACH
@pure(40)
@given(tables(), st.randoms(use_true_random=False))
def test_naming_options_in_another_order_gives_the_same_scores(
    name: str, table: tuple[NDArray[np.float64], NDArray[np.float64]], mixer: object
) -> None:
    values, weights = table
    order = list(range(len(values)))
    mixer.shuffle(order)  # type: ignore[attr-defined]
    assert method(name).usual(values[order], weights) == pytest.approx(method(name).usual(values, weights)[order], abs=1e-9)


@EACH
@pure(40)
@given(tables())
def test_an_option_that_is_nowhere_worse_is_behind_in_no_method(name: str, table: tuple[NDArray[np.float64], NDArray[np.float64]]) -> None:
    values, weights = table
    better = np.minimum(values[0] + 5, 100)
    both = np.vstack([values, better])
    for form in (method(name).usual, method(name).fixed, method(name).scaled):
        found = form(both, weights)
        assert found[-1] >= found[0] - 1e-9


@pure(40)
@given(tables())
def test_promethee_hangs_on_who_is_ahead_and_not_by_how_much(table: tuple[NDArray[np.float64], NDArray[np.float64]]) -> None:
    values, weights = table
    assert method("promethee_ii").usual(values**2 / 100, weights) == pytest.approx(method("promethee_ii").usual(values, weights))


@pure(40)
@given(tables())
def test_with_linear_preference_over_the_whole_scale_promethee_is_the_additive_model(
    table: tuple[NDArray[np.float64], NDArray[np.float64]],
) -> None:
    """Each net flow is the option's lead over the mean of the others, in parts of 100."""
    values, weights = table
    linear = PROMETHEE_II("vshape", p=[100.0] * len(weights))
    total = added(values, weights)
    others = (total.sum() - total) / (len(total) - 1)
    assert linear(values, weights, np.ones(len(weights)), validation=False) == pytest.approx((total - others) / 100, abs=1e-12)


@pure(40)
@given(tables(), st.lists(st.integers(1, 9), min_size=5, max_size=5))
def test_dividing_a_criterion_by_any_number_leaves_the_order_of_products(
    table: tuple[NDArray[np.float64], NDArray[np.float64]], divisors: list[int]
) -> None:
    """So its normalisation, where it has one, is never the cause."""
    values, weights = table
    scaled = values / np.array(divisors[: len(weights)])
    before, after = (method("weighted_product").usual(one, weights).tolist() for one in (values, scaled))
    for one, other in ((row, column) for row in range(len(values)) for column in range(len(values))):
        if before[one] > before[other] * (1 + 1e-9):
            assert after[one] > after[other]


# Traps


@EACH
def test_where_all_options_have_the_same_values_they_are_level(name: str) -> None:
    assert np.ptp(method(name).usual(np.full((3, 2), 40.0), np.array([0.5, 0.5]))) == 0


@EACH
def test_where_every_value_is_nought_they_are_level(name: str) -> None:
    for form in (method(name).usual, method(name).fixed, method(name).scaled):
        assert np.ptp(form(np.zeros((3, 2)), np.array([0.5, 0.5]))) == 0


@pytest.mark.parametrize("name", ["topsis", "vikor"])
def test_a_criterion_on_which_all_are_level_changes_nothing(name: str) -> None:
    table, weights = np.array([[60.0, 40], [52, 50], [0, 60]]), np.array([0.6, 0.4])
    wider = np.column_stack([table, np.full(3, 70.0)])
    assert method(name).usual(wider, np.array([0.3, 0.2, 0.5])) == pytest.approx(method(name).usual(table, weights))


@EACH
def test_a_criterion_without_weight_changes_nothing(name: str) -> None:
    table, weights = np.array([[60.0, 40], [52, 50], [0, 60]]), np.array([0.6, 0.4])
    wider = np.column_stack([table, [0.0, 10, 100]])
    for form in ("usual", "fixed", "scaled"):
        found = getattr(method(name), form)(wider, np.array([0.6, 0.4, 0.0]))
        assert found == pytest.approx(getattr(method(name), form)(table, weights))


def test_where_all_regrets_are_level_vikor_is_level() -> None:
    """Two options, each worst on one of two criteria that weigh the same: S and R are 0.5 for both, and Q would be 0/0."""
    assert usual("vikor", [[100, 0], [0, 30]], [0.5, 0.5]).tolist() == [0, 0]


def test_the_last_digit_of_a_sum_of_regrets_decides_nothing() -> None:
    """Both have half of the regrets, but 0.1 + 0.2 is a little more than 0.3 in the machine's numbers; only the largest regret decides."""
    assert usual("vikor", [[0, 100, 100, 50], [100, 0, 0, 50]], [0.3, 0.1, 0.2, 0.4]).tolist() == [-0.5, 0.0]


def test_a_nought_on_a_criterion_that_carries_weight_makes_the_product_nought() -> None:
    assert usual("weighted_product", [[100, 0], [1, 1]], [0.99, 0.01]).tolist() == pytest.approx([0.0, 0.01])
    assert usual("weighted_product", [[50, 0], [1, 1]], [1.0, 0.0]).tolist() == pytest.approx([0.5, 0.01])


def test_one_criterion_gives_every_method_the_order_of_its_values() -> None:
    for name in NAMES:
        assert np.argsort(usual(name, [[20], [90], [55]], [1.0])).tolist() == [0, 2, 1]


def test_four_hundred_criteria_are_scored() -> None:
    values = np.random.default_rng(7).integers(1, 100, (5, 400)).astype(float)
    weights = np.full(400, 1 / 400)
    for name in NAMES:
        assert len(set(method(name).usual(values, weights).tolist())) == 5


def test_two_options_that_are_level_stay_open_in_vikor() -> None:
    one = method("vikor")
    assert one.unseparated is not None
    assert one.unseparated(np.full((3, 2), 40.0), np.array([0.5, 0.5])) == (0, 1, 2)


def test_what_is_ahead_but_best_by_neither_regret_shares_its_place_with_the_second() -> None:
    """The fourth has the least Q, but the third a smaller sum of regrets and the fifth a smaller largest one.

    The table is one of the tests of scikit-criteria, turned so that more is better.
    """
    table = 101 - np.array([[1.0, 101, 1, 101, 1], [101, 1, 101, 1, 101], [1, 1, 1, 1, 101], [11, 11, 11, 16, 61], [56, 56, 56, 56, 56]])
    one = method("vikor")
    assert -one.usual(table, np.full(5, 0.2)) == pytest.approx([0.75, 1, 0.5, 0.068, 0.4375], abs=1e-3)
    assert one.unseparated is not None
    assert one.unseparated(table, np.full(5, 0.2)) == (3, 4)


def test_without_the_package_there_are_no_methods(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pymcdm", None)
    assert method_scores.methods() is None


def test_dividing_by_length_by_hand() -> None:
    """Columns (3, 4) and (5, 12): lengths 5 and 13."""
    assert added_by_length(np.array([[3.0, 5], [4, 12]]), np.array([0.5, 0.5])) == pytest.approx([0.3 + 2.5 / 13, 0.4 + 6 / 13])
