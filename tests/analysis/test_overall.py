"""The additive model: overall values, contributions, ranking and dominance."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnership_model.analysis.overall import (
    Dominance,
    Values,
    contributions,
    dominated,
    overall_values,
    ranking,
    values_of,
    whole,
)
from partnership_model.model.weights import from_points
from tests.making import make_cost, make_criterion, make_problem, make_range, make_values, pure

THREE = st.tuples(*[st.integers(0, 100)] * 3).map(lambda figures: tuple(sorted(figures)))


@st.composite
def value_tables(draw: st.DrawFn) -> tuple[Values, np.ndarray]:
    """Draw values of a few options on a few criteria, and weights, some of them zero."""
    rows, columns = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    cells = np.array(draw(st.lists(THREE, min_size=rows * columns, max_size=rows * columns)), dtype=float)
    low, likely, high = cells.reshape(rows, columns, 3).transpose(2, 0, 1)
    raw = draw(st.lists(st.integers(0, 10), min_size=columns, max_size=columns).filter(any))
    return make_values(likely, low, high), np.array(raw) / sum(raw)


# Values


def test_a_missing_judgement_spans_every_value_and_is_not_a_zero() -> None:
    found = values_of(make_problem({"stay": [None, 50], "federation": [10, 50]}))
    assert (found.low[0, 0], found.likely[0, 0], found.high[0, 0]) == (0, 50, 100)


def test_a_missing_judgement_on_a_piecewise_scale_is_worth_what_its_middle_is() -> None:
    """The middle of -50 to 250 is 100, which is worth 40."""
    found = values_of(make_problem({"stay": [None]}, criteria={"cost": make_cost()}))
    assert (found.low[0, 0], found.likely[0, 0], found.high[0, 0]) == (0, 40, 100)


def test_where_less_is_better_the_lowest_figure_has_the_highest_value() -> None:
    found = values_of(make_problem({"stay": [(6, 12, 18)]}, criteria={"months": make_criterion(24, 0)}))
    assert (found.low[0, 0], found.likely[0, 0], found.high[0, 0]) == (25, 50, 75)


def test_closed_options_have_no_values_and_the_others_keep_their_order() -> None:
    table = {"stay": [90], "federation": [70], "new_mat": [20], "collaboration": [30]}
    found = values_of(make_problem(table, status={"stay": "conditional", "federation": "closed", "new_mat": "unknown"}))
    assert found.options == ("stay", "new_mat", "collaboration")
    assert found.likely[:, 0].tolist() == [90, 20, 30]
    assert found.row("new_mat") == 1


def test_where_every_option_is_closed_there_are_no_values() -> None:
    found = values_of(make_problem({"stay": [90, 1]}, status={"stay": "closed"}))
    assert found.options == ()
    assert found.likely.shape == (0, 2)


# Overall values


@pure(200)
@given(value_tables())
def test_an_overall_value_is_the_sum_of_its_contributions_and_lies_in_its_range(drawn: tuple[Values, np.ndarray]) -> None:
    values, weights = drawn
    overall, points = overall_values(values, weights), contributions(values, weights)
    for row, option in enumerate(values.options):
        assert sum(points[option].values()) == pytest.approx(overall[option].likely, abs=1e-9)
        assert overall[option].low == pytest.approx(sum(values.low[row] * weights), abs=1e-9)
        assert overall[option].high == pytest.approx(sum(values.high[row] * weights), abs=1e-9)
        assert 0 <= overall[option].low <= overall[option].likely <= overall[option].high <= 100 + 1e-9


@pure(100)
@given(value_tables(), st.randoms(use_true_random=False))
def test_permuting_options_and_criteria_changes_no_overall_value(drawn: tuple[Values, np.ndarray], chance) -> None:  # noqa: ANN001
    values, weights = drawn
    rows, columns = list(range(len(values.options))), list(range(len(values.criteria)))
    chance.shuffle(rows)
    chance.shuffle(columns)
    moved = Values(
        tuple(values.options[row] for row in rows),
        tuple(values.criteria[column] for column in columns),
        *(table[np.ix_(rows, columns)] for table in (values.low, values.likely, values.high)),
    )
    one_way, other_way = overall_values(values, weights), overall_values(moved, weights[columns])
    for option in values.options:
        assert other_way[option].model_dump() == pytest.approx(one_way[option].model_dump(), abs=1e-9)


@pure(100)
@given(value_tables(), st.sampled_from([0.01, 3.7, 1000]))
def test_weights_scaled_by_a_constant_change_no_overall_value(drawn: tuple[Values, np.ndarray], factor: float) -> None:
    values, weights = drawn
    plain, grown = (
        from_points(dict(zip(values.criteria, map(float, weights * scale), strict=True)), "us").array(values.criteria)
        for scale in (1, factor)
    )
    for option, amount in overall_values(values, plain).items():
        assert overall_values(values, grown)[option].model_dump() == pytest.approx(amount.model_dump(), abs=1e-9)


def test_a_criterion_of_zero_weight_brings_no_points_however_uncertain_it_is() -> None:
    values = make_values([[50, 90]], [[50, 0]], [[50, 100]])
    weights = np.array([1.0, 0.0])
    assert overall_values(values, weights)["o1"] == make_range(50)
    assert contributions(values, weights)["o1"] == {"c1": 50, "c2": 0}


def test_one_option_on_one_criterion_is_worth_its_value() -> None:
    values = make_values([[42]], [[40]], [[60]])
    assert overall_values(values, np.array([1.0])) == {"o1": make_range((40, 42, 60))}
    assert contributions(values, np.array([1.0])) == {"o1": {"c1": 42}}


def test_forty_criteria_at_their_best_are_worth_a_hundred_in_all() -> None:
    values = make_values(np.full((1, 40), 100.0))
    found = overall_values(values, from_points({f"c{place}": place for place in range(1, 41)}, "us").array(values.criteria))
    assert found["o1"].likely == pytest.approx(100, abs=1e-9)


# Ranking


@pytest.mark.parametrize(
    ("value", "shown"),
    [(62.5, 63), (62.499, 62), (61.5, 62), (0, 0), (0.5, 1), (99.5, 100), (28.5 - 1e-12, 29)],
)
def test_a_half_goes_up_as_people_do_it_and_rounding_noise_does_not_hold_it_down(value: float, shown: int) -> None:
    assert whole(value) == shown


def likely(**figures: float) -> dict[str, object]:
    """Give overall values by their likely figures."""
    return {option: make_range((0, figure, 100)) for option, figure in figures.items()}


def test_options_that_show_the_same_whole_number_share_a_place() -> None:
    assert ranking(likely(a=60.4, b=70, c=59.6, d=59.4)) == (("b",), ("a", "c"), ("d",))


def test_options_in_a_shared_place_keep_the_order_of_the_case() -> None:
    assert ranking(likely(stay=50, new_mat=50.3, federation=49.7)) == (("stay", "new_mat", "federation"),)


def test_one_option_is_a_ranking_of_one() -> None:
    assert ranking(likely(stay=50)) == (("stay",),)


@pure(100)
@given(st.lists(st.floats(0, 100), min_size=1, max_size=6))
def test_every_option_has_one_place_and_no_higher_whole_number_stands_below_it(figures: list[float]) -> None:
    options = {f"o{place}": figure for place, figure in enumerate(figures)}
    found = ranking(likely(**options))
    assert sorted(option for place in found for option in place) == sorted(options)
    shown = [{whole(options[option]) for option in place} for place in found]
    assert all(len(place) == 1 for place in shown)
    heights = [next(iter(place)) for place in shown]
    assert heights == sorted(set(heights), reverse=True)


# Dominance


def test_an_option_that_is_behind_wherever_the_judgements_lie_is_dominated_for_certain() -> None:
    values = make_values([[80, 70], [50, 60]], [[60, 65], [40, 55]], [[90, 75], [60, 60]])
    assert dominated(values) == (Dominance("o2", "o1", certain=True),)


def test_an_option_that_is_behind_on_the_likely_figures_only_is_not_dominated_for_certain() -> None:
    values = make_values([[80, 70], [50, 60]], [[60, 65], [40, 55]], [[90, 75], [61, 60]])
    assert dominated(values) == (Dominance("o2", "o1", certain=False),)


def test_level_on_all_but_one_criterion_is_enough_to_be_dominated() -> None:
    assert dominated(make_values([[50, 50, 51], [50, 50, 50]])) == (Dominance("o2", "o1", certain=True),)


def test_identical_options_do_not_dominate_each_other() -> None:
    assert dominated(make_values([[50, 60], [50, 60]])) == ()


def test_an_option_that_is_best_on_one_criterion_is_not_dominated() -> None:
    assert dominated(make_values([[100, 100, 0], [0, 0, 1]])) == ()


def test_one_option_alone_is_not_dominated() -> None:
    assert dominated(make_values([[0, 0]])) == ()


@pure(300)
@given(value_tables())
def test_a_dominated_option_is_never_ahead_under_any_weights(drawn: tuple[Values, np.ndarray]) -> None:
    values, weights = drawn
    overall = overall_values(values, weights)
    for one in dominated(values):
        assert overall[one.option].likely <= overall[one.by].likely + 1e-9
        if one.certain:
            assert overall[one.option].high <= overall[one.by].low + 1e-9


@pure(300)
@given(value_tables())
def test_dominance_is_what_comparing_cell_by_cell_finds(drawn: tuple[Values, np.ndarray]) -> None:
    values, _ = drawn
    expected = set()
    for worse, option in enumerate(values.options):
        for better, by in enumerate(values.options):
            pairs = [
                [(ends[0][better, column], ends[1][worse, column]) for column in range(len(values.criteria))]
                for ends in ((values.low, values.high), (values.likely, values.likely))
            ]
            certain, on_likely = (all(a >= b for a, b in pair) and any(a > b for a, b in pair) for pair in pairs)
            if better != worse and (certain or on_likely):
                expected.add((option, by, certain))
    assert {(one.option, one.by, one.certain) for one in dominated(values)} == expected
