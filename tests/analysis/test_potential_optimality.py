"""Whether any weights put an option first: by hand, against a solver and corners, with a proof that arithmetic confirms."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, get_args

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog

from partnership_model.analysis import potential_optimality as module
from partnership_model.analysis.appraisal import appraise
from partnership_model.analysis.linear_programme import Cheapest, cheapest
from partnership_model.analysis.overall import dominated, values_of
from partnership_model.analysis.potential_optimality import Figures, Potential, best_corner, potential_optimality
from partnership_model.analysis.sampling import BLOCK
from partnership_model.analysis.smallest_change import smallest_change
from partnership_model.model.plausible_weights import OrderedWeights
from tests.analysis.drawing import drawn, problems
from tests.making import make_problem, make_values, pure

if TYPE_CHECKING:
    from partnership_model.analysis.overall import Values
    from partnership_model.model.problem import DecisionProblem

READINGS = get_args(Figures)
IN_ORDER = OrderedWeights((("c1",), ("c2",), ("c3",)))
PLACES = st.integers(0, 4).map(lambda place: 25 * place)


@st.composite
def ranges(draw: st.DrawFn, criteria: int = 3, most: int = 4) -> Values:
    """Draw values with ranges and many ties."""
    three = st.tuples(PLACES, PLACES, PLACES).map(sorted)
    rows = draw(st.lists(st.lists(three, min_size=criteria, max_size=criteria), min_size=2, max_size=most))
    table = np.array(rows, dtype=float)
    return make_values(table[:, :, 1], table[:, :, 0], table[:, :, 2])


@st.composite
def orders(draw: st.DrawFn) -> OrderedWeights:
    """Draw an order of three criteria, ties and zero weights among them."""
    names = draw(st.permutations(["c1", "c2", "c3"]))
    kept = list(names)[: draw(st.integers(1, 3))]
    cuts = sorted(draw(st.sets(st.integers(1, len(kept) - 1))) if len(kept) > 1 else [])
    return OrderedWeights(tuple(tuple(kept[start:end]) for start, end in zip([0, *cuts], [*cuts, len(kept)], strict=True)))


def leads(values: Values, option: str, figures: Figures) -> np.ndarray:
    """Give by how much an option is ahead of each other, by criterion, on one reading of the judgements."""
    row = values.row(option)
    mine = {"likely": values.likely, "best": values.high, "surely": values.low}[figures][row]
    theirs = {"likely": values.likely, "best": values.low, "surely": values.high}[figures]
    found = np.array([mine - other for place, other in enumerate(theirs) if place != row])
    return found[np.abs(found).max(axis=1) > 0] if len(found) else found.reshape(0, len(mine))


def rows_of(order: OrderedWeights | None, values: Values) -> tuple[np.ndarray, list[tuple[float, float]]]:
    """Give the differences of weights that may not be negative, and the bounds of each weight."""
    if order is None:
        return np.zeros((0, len(values.criteria))), [(0, 1)] * len(values.criteria)
    rows = []
    for upper, lower in zip(order.steps, order.steps[1:], strict=False):
        for more in upper:
            for less in lower:
                row = np.zeros(len(values.criteria))
                row[values.criteria.index(more)], row[values.criteria.index(less)] = 1, -1
                rows.append(row)
    used = {name for step in order.steps for name in step}
    return np.array(rows).reshape(-1, len(values.criteria)), [(0, 1) if name in used else (0, 0) for name in values.criteria]


def by_solver(values: Values, option: str, figures: Figures, order: OrderedWeights | None) -> float:
    """Give the widest smallest lead by another library."""
    ahead = leads(values, option, figures)
    kept, bounds = rows_of(order, values)
    count = len(values.criteria)
    table = np.vstack([np.hstack([-ahead, np.ones((len(ahead), 1))]), np.hstack([-kept, np.zeros((len(kept), 1))])])
    found = linprog(
        np.append(np.zeros(count), -1.0),
        A_ub=table,
        b_ub=np.zeros(len(table)),
        A_eq=np.append(np.ones(count), 0.0)[None],
        b_eq=[1.0],
        bounds=[*bounds, (None, None)],
        method="highs",
    )
    assert found.status == 0
    return -float(found.fun)


def least_lead(values: Values, option: str, one: Potential) -> float:
    """Say by how much the option is ahead of the next at the weights found."""
    return float((leads(values, option, one.figures) @ np.array(list(one.weights.values()))).min())


# By hand


def test_an_option_between_two_extremes_that_a_mix_beats_by_hand() -> None:
    """Half of each extreme has 45 on both criteria, 5 more than 40; at equal weights the option is those 5 behind."""
    values = make_values([[90, 0], [0, 90], [40, 40]])
    found = potential_optimality(values)["o3", "likely"]
    assert (found.ahead, found.level) == (False, False)
    assert found.margin == pytest.approx(-5)
    assert found.mix == {"o1": 0.5, "o2": 0.5}
    assert found.behind == pytest.approx(5)
    assert found.weights == pytest.approx({"c1": 0.5, "c2": 0.5})
    assert not [one for one in dominated(values) if one.option == "o3"]


def test_a_game_of_two_by_two_has_the_value_of_its_closed_form() -> None:
    """o3 leads o1 by a, b = -50, 60 and o2 by c, d = 50, -40: (ad - bc) / (a + d - b - c) = -1000 / -200 = 5, at equal weights."""
    found = potential_optimality(make_values([[100, 0], [0, 100], [50, 60]]))["o3", "likely"]
    assert found.margin == pytest.approx(5)
    a, b, c, d = -50, 60, 50, -40
    assert found.margin == pytest.approx(float(Fraction(a * d - b * c, a + d - b - c)))
    assert found.weights["c1"] == pytest.approx(float(Fraction(d - b, a + d - b - c)))
    assert found.mix == {}


def test_what_can_only_draw_level_is_called_so() -> None:
    found = potential_optimality(make_values([[100, 0], [0, 100], [50, 50]]))["o3", "likely"]
    assert (found.ahead, found.level) == (False, True)
    assert found.mix == pytest.approx({"o1": 0.5, "o2": 0.5})
    assert found.behind == pytest.approx(0)


def test_an_order_of_importance_rules_out_what_only_the_last_criterion_speaks_for() -> None:
    """o2 is best on c3 alone. In order at most a third of the weight lies there: 100 / 3 against 200 / 3."""
    values = make_values([[100, 100, 0], [0, 0, 100]])
    assert potential_optimality(values)["o2", "likely"].margin == pytest.approx(100)
    found = potential_optimality(values, IN_ORDER)["o2", "likely"]
    assert found.margin == pytest.approx(-100 / 3)
    assert found.mix == {"o1": 1.0}
    assert found.behind == pytest.approx(100 / 3)
    assert found.weights == pytest.approx({"c1": 1 / 3, "c2": 1 / 3, "c3": 1 / 3})


def test_criteria_on_a_step_are_free_among_themselves_and_one_without_a_step_has_no_weight() -> None:
    values = make_values([[0, 100, 0], [0, 0, 100], [100, 0, 0]])
    tied = potential_optimality(values, OrderedWeights((("c1", "c2"),)))
    assert tied["o1", "likely"].margin == pytest.approx(100)
    assert tied["o3", "likely"].margin == pytest.approx(100)
    assert tied["o2", "likely"].margin == pytest.approx(-50)
    assert tied["o2", "likely"].weights["c3"] == 0


def test_the_three_readings_of_ranges_by_hand() -> None:
    """One criterion: o1 50 to 70, o2 60 to 80. Each could be first, neither surely is: by 10 and 30, and by -10 and -30."""
    found = potential_optimality(make_values([[60], [70]], [[50], [60]], [[70], [80]]))
    margins = {figures: [found[option, figures].margin for option in ("o1", "o2")] for figures in READINGS}
    assert margins == {
        "likely": pytest.approx([-10, 10]),
        "best": pytest.approx([10, 30]),
        "surely": pytest.approx([-30, -10]),
    }


def test_one_option_and_copies_of_it_have_nothing_to_be_ahead_of() -> None:
    for rows in ([[50, 50]], [[50, 50], [50, 50]]):
        found = potential_optimality(make_values(rows))["o1", "likely"]
        assert (found.margin, found.mix, found.level) == (0, {}, True)
        assert sum(found.weights.values()) == pytest.approx(1)


def test_a_copy_does_not_keep_an_option_from_being_ahead_of_all_that_differ() -> None:
    assert potential_optimality(make_values([[90, 10], [90, 10], [10, 90]]))["o1", "likely"].margin == pytest.approx(80)


@pytest.mark.parametrize(
    ("steps", "amounts", "weights"),
    [
        (((0, 1, 2),), [1, 5, 3], [0, 1, 0]),
        (((0,), (1,), (2,)), [1, 5, 4], [1 / 3, 1 / 3, 1 / 3]),
        (((0,), (1, 2)), [1, 4, 5], [1 / 3, 1 / 3, 1 / 3]),
        (((0,), (1, 2)), [4, 5, 0], [0.5, 0.5, 0]),
        (((2,), (0,)), [9, 100, 1], [0.5, 0, 0.5]),
    ],
)
def test_the_best_corner_by_hand(steps: tuple[tuple[int, ...], ...], amounts: list[float], weights: list[float]) -> None:
    assert best_corner(steps, np.array(amounts, dtype=float)) == pytest.approx(weights)


# Against a solver


@pure(60)
@given(ranges(), st.one_of(st.none(), orders()))
def test_a_solver_finds_the_same_widest_lead(values: Values, order: OrderedWeights | None) -> None:
    for (option, figures), one in potential_optimality(values, order).items():
        if len(leads(values, option, figures)):
            assert one.margin == pytest.approx(by_solver(values, option, figures, order), abs=1e-6)


def test_eight_options_and_twelve_criteria_agree_with_the_solver_too() -> None:
    rng = np.random.default_rng(3)
    order = OrderedWeights((("c3", "c1"), ("c2", "c4", "c5", "c6"), ("c12",), ("c7", "c8", "c9")))
    for grid in (101, 4):
        values = make_values(rng.integers(0, grid, (8, 12)) * (100 / (grid - 1)))
        for asked in (None, order):
            for (option, figures), one in potential_optimality(values, asked).items():
                assert one.margin == pytest.approx(by_solver(values, option, figures, asked), abs=1e-6)


# What always holds


@pure(80)
@given(ranges(), st.one_of(st.none(), orders()))
def test_the_weights_found_are_allowed_and_give_the_margin(values: Values, order: OrderedWeights | None) -> None:
    kept, bounds = rows_of(order, values)
    for (option, figures), one in potential_optimality(values, order).items():
        weights = np.array(list(one.weights.values()))
        assert weights.sum() == pytest.approx(1)
        assert all(low - 1e-12 <= weight <= high + 1e-9 for weight, (low, high) in zip(weights, bounds, strict=True))
        assert (kept @ weights).min(initial=0) >= -1e-9
        if len(leads(values, option, figures)):
            assert least_lead(values, option, one) == pytest.approx(one.margin, abs=1e-9)


@pure(80)
@given(ranges())
def test_the_mix_is_ahead_on_every_criterion(values: Values) -> None:
    """The proof that no weights put an option first: plain arithmetic, criterion by criterion."""
    for (option, figures), one in potential_optimality(values).items():
        row = values.row(option)
        mine = {"likely": values.likely, "best": values.high, "surely": values.low}[figures][row]
        theirs = {"likely": values.likely, "best": values.low, "surely": values.high}[figures]
        if one.ahead or not one.mix:
            continue
        assert option not in one.mix
        assert sum(one.mix.values()) == pytest.approx(1)
        mixed = sum(share * theirs[values.row(other)] for other, share in one.mix.items())
        assert (mixed - mine).min() == pytest.approx(one.behind, abs=1e-9)
        assert one.behind <= -one.margin + 1e-9
        assert one.behind > 0 or one.margin > -0.5


@pure(80)
@given(ranges(), orders(), st.lists(st.floats(0, 1), min_size=3, max_size=3))
def test_the_mix_is_ahead_at_any_weights_that_keep_the_order(values: Values, order: OrderedWeights, raw: list[float]) -> None:
    """Weights are drawn as sums of steps downwards: each step lifts all criteria of it and above it alike, and each a little more."""
    weights = np.zeros(3)
    floor = 0.0
    for step, lift in zip(reversed(order.steps), raw, strict=False):
        for place, name in enumerate(step):
            weights[values.criteria.index(name)] = floor + lift * (1 + place)
        floor = max(weights)
    if weights.sum() <= 1e-6:
        weights[values.criteria.index(order.steps[0][0])] = 1.0
    weights /= weights.sum()
    for (option, figures), one in potential_optimality(values, order).items():
        if one.mix:
            mine = {"likely": values.likely, "best": values.high, "surely": values.low}[figures][values.row(option)]
            theirs = {"likely": values.likely, "best": values.low, "surely": values.high}[figures]
            mixed = sum(share * theirs[values.row(other)] for other, share in one.mix.items())
            assert (mixed - mine) @ weights >= one.behind - 1e-9


@pure(80)
@given(ranges(), orders())
def test_more_freedom_never_makes_the_widest_lead_narrower(values: Values, order: OrderedWeights) -> None:
    free, kept = potential_optimality(values), potential_optimality(values, order)
    for option in values.options:
        if min(len(leads(values, option, figures)) for figures in READINGS) == len(values.options) - 1:
            assert free[option, "surely"].margin <= free[option, "likely"].margin + 1e-7
            assert free[option, "likely"].margin <= free[option, "best"].margin + 1e-7
        for figures in READINGS:
            assert kept[option, figures].margin <= free[option, figures].margin + 1e-7


@pure(80)
@given(ranges())
def test_it_agrees_with_plain_dominance_and_with_the_smallest_change_of_weights(values: Values) -> None:
    found = potential_optimality(values)
    even = np.full(3, 1 / 3)
    for one in dominated(values):
        assert not found[one.option, "likely" if not one.certain else "best"].ahead
    for option in values.options:
        change = smallest_change(values, even, option)
        if change is None:
            assert not found[option, "likely"].ahead
        elif change.total > 0:
            assert found[option, "likely"].ahead


@pure(25)
@given(problems(most=4))
def test_what_comes_first_in_a_sample_could_come_first(problem: DecisionProblem) -> None:
    assert problem.weights is not None
    sampled = drawn(problem, BLOCK)
    found = potential_optimality(values_of(problem), OrderedWeights(problem.weights.order))
    for option in sampled.options:
        one = found[option, "best"]
        if sampled.first_place_share(option) > 0:
            assert one.ahead or one.level
        if found[option, "surely"].margin > 20:
            assert sampled.first_place_share(option) > 0


@pure(40)
@given(ranges(), st.permutations(range(4)))
def test_options_in_another_order_have_the_same_answers(values: Values, order: list[int]) -> None:
    rows = [row for row in order if row < len(values.options)]
    ends = (values.low[rows], values.likely[rows], values.high[rows])
    mixed = type(values)(tuple(values.options[row] for row in rows), values.criteria, *ends)
    found, again = potential_optimality(values), potential_optimality(mixed)
    assert {cell: one.margin for cell, one in again.items()} == pytest.approx({cell: one.margin for cell, one in found.items()}, abs=1e-9)


@pytest.mark.parametrize("gap", [1.1e-9, 2e-9, 3e-9])
@pytest.mark.parametrize("columns", [1, 2])
def test_two_rivals_that_all_but_tie_bring_the_search_to_an_end(gap: float, columns: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """The programme rounds by more than what parts the rivals, so that the best corner is always a little ahead of what it gives."""
    asked = []

    def counted(*programme: np.ndarray) -> Cheapest | None:
        asked.append(programme)
        assert len(asked) < 100
        return cheapest(*programme)

    monkeypatch.setattr(module, "cheapest", counted)
    table = np.array([[50.0], [100.0], [50.0 + gap]]) * ([1.0] + [0.0] * (columns - 1))
    found = potential_optimality(make_values(table))
    assert found["o2", "likely"].margin == pytest.approx(50)


# In the appraisal


def test_an_appraisal_gives_both_for_any_weights_and_for_the_order_of_importance() -> None:
    found = appraise(make_problem({"stay": [100, 0], "federation": [0, 100]}, (70, 30)), 1)
    assert found.potential["any"]["federation", "likely"].margin == pytest.approx(100)
    assert found.potential["order"]["federation", "likely"].margin == pytest.approx(0)
    assert found.potential["order"]["federation", "likely"].level


def test_nothing_is_said_before_anybody_has_weighed_or_while_the_order_is_withheld() -> None:
    assert appraise(make_problem({"stay": [100, 0], "federation": [0, 100]}, None), 1).potential == {}
    unlooked = make_problem({"stay": [(0, 50, 100)], "federation": [60]}, unconfirmed=[("stay", "c1")])
    assert appraise(unlooked, 1).potential == {}
