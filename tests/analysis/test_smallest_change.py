"""The smallest change of the weights that puts an option first: by hand, from a paper, and against every corner."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog

from partnership_model.analysis import smallest_change as module
from partnership_model.analysis.overall import Values, dominated
from partnership_model.analysis.smallest_change import SmallestChange, smallest_change
from partnership_model.analysis.switching import switching_values
from tests.making import make_values, pure

PLACES = st.integers(0, 4).map(lambda place: 25 * place)


@st.composite
def cases(draw: st.DrawFn, criteria: int = 3, most: int = 4) -> tuple[Values, np.ndarray]:
    """Draw values with many ties, and weights with zeros among them."""
    rows = draw(st.lists(st.lists(PLACES, min_size=criteria, max_size=criteria), min_size=2, max_size=most))
    raw = draw(st.lists(st.integers(0, 5), min_size=criteria, max_size=criteria).filter(any))
    return make_values(rows), np.array(raw) / sum(raw)


def array(found: SmallestChange) -> np.ndarray:
    """Give the weights after the change."""
    return np.array(list(found.weights.values()))


def leads(values: Values, option: str) -> np.ndarray:
    """Give by how much an option is ahead of each other, by criterion, those with its own values left out."""
    row = values.likely[values.row(option)]
    return np.array([row - other for other in values.likely if not np.array_equal(row, other)]).reshape(-1, len(row))


def corners(values: Values, weights: np.ndarray, option: str) -> list[np.ndarray]:
    """Give all weights at which the bounds of the problem cross: the smallest change, and the widest lead, are among them.

    A bound is a weight of nought, a weight as it is now, or an option that is level with a rival.
    """
    count = len(weights)
    rows = np.vstack([np.eye(count), np.eye(count), leads(values, option)])
    ends = np.concatenate([np.zeros(count), weights, np.zeros(len(rows) - 2 * count)])
    found = []
    for chosen in itertools.combinations(range(len(rows)), count - 1):
        square = np.vstack([rows[list(chosen)], np.ones(count)])
        if abs(np.linalg.det(square)) > 1e-9:
            corner = np.linalg.solve(square, np.append(ends[list(chosen)], 1.0))
            if corner.min() >= -1e-12:
                found.append(corner)
    return found


def by_brute_force(values: Values, weights: np.ndarray, option: str) -> float | None:
    """Give the least total change over all corners at which the option is behind none; None where it never is."""
    ahead = leads(values, option)
    ready = [corner for corner in corners(values, weights, option) if not len(ahead) or (ahead @ corner).min() >= -1e-9]
    return min((100 * float(np.abs(corner - weights).sum()) for corner in ready), default=None)


def is_ever_ahead(values: Values, option: str) -> bool:
    """Say whether any weights put the option ahead of all that differ: the middle of the corners at which it is level or better."""
    ahead = leads(values, option)
    even = np.full(values.likely.shape[1], 1 / values.likely.shape[1])
    ready = [corner for corner in corners(values, even, option) if not len(ahead) or (ahead @ corner).min() >= -1e-9]
    return bool(ready) and (not len(ahead) or (ahead @ np.mean(ready, axis=0)).min() > 1e-9)


# By hand


def test_two_options_that_meet_halfway_by_hand() -> None:
    """At 0.6 and 0.4 the first leads by 60 to 40; at 0.5 each they are level: 10 points leave c1 for c2."""
    found = smallest_change(make_values([[100, 0], [0, 100]]), np.array([0.6, 0.4]), "o2")
    assert found is not None
    assert found.weights == pytest.approx({"c1": 0.5, "c2": 0.5})
    assert found.moves == pytest.approx({"c1": -10, "c2": 10})
    assert (found.total, found.moved) == (pytest.approx(20), pytest.approx(10))
    assert (found.taken, found.given) == (pytest.approx({"c1": 10}), pytest.approx({"c2": 10}))


def test_what_gains_most_gives_first_and_all_that_it_has_before_the_next() -> None:
    """o2 less o1 is -50, -20, 30 and 5, so a point of 100 that goes to c3 gains 0.8 from c1 and 0.5 from c2.

    At 0.1, 0.5, 0.2 and 0.2 o2 is 8 behind: the 10 points of c1 are just enough. At 0.05, 0.55, 0.2 and 0.2 it is 6.5
    behind: the 5 points of c1 gain 4, and 5 of c2 the other 2.5.
    """
    values = make_values([[60, 60, 20, 50], [10, 40, 50, 55]])
    first = smallest_change(values, np.array([0.1, 0.5, 0.2, 0.2]), "o2")
    assert first is not None
    assert first.moves == pytest.approx({"c1": -10, "c3": 10})
    weights = np.array([0.05, 0.55, 0.2, 0.2])
    assert float((values.likely[1] - values.likely[0]) @ weights) == pytest.approx(-6.5)
    second = smallest_change(values, weights, "o2")
    assert second is not None
    assert second.moves == pytest.approx({"c1": -5, "c2": -5, "c3": 10})
    assert list(second.given) == ["c3"]


def test_where_one_rival_after_the_other_has_to_be_passed_both_are() -> None:
    """o3 less o1 is (-60, 40, 20), less o2 (40, -60, 20): at 0.8, 0.1 and 0.1 it is 42 behind o1 and 28 ahead of o2.

    Past o1 alone 42 points go from c1 to c2, but then o2 is 14 ahead. With x from c1 to c2 and y from c1 to c3, both are
    level where 100x + 80y = 42 and 100x + 20y = 28: y = 14/60 and x = 14/60, so 46.67 points move.
    """
    values = make_values([[100, 0, 40], [0, 100, 40], [40, 40, 60]])
    found = smallest_change(values, np.array([0.8, 0.1, 0.1]), "o3")
    assert found is not None
    assert found.moves == pytest.approx({"c1": -140 / 3, "c2": 70 / 3, "c3": 70 / 3})
    assert found.moved == pytest.approx(140 / 3)


def test_a_criterion_without_weight_may_get_some() -> None:
    found = smallest_change(make_values([[100, 0], [0, 100]]), np.array([1.0, 0.0]), "o2")
    assert found is not None
    assert found.moves == pytest.approx({"c1": -50, "c2": 50})


def test_what_leads_already_alone_or_level_needs_no_change() -> None:
    for rows in ([[60, 50], [50, 40]], [[60, 50], [60, 50]], [[60, 40], [40, 60]]):
        found = smallest_change(make_values(rows), np.array([0.5, 0.5]), "o1")
        assert found is not None
        assert (found.moves, found.total) == ({}, 0)
    alone = smallest_change(make_values([[60, 50]]), np.array([0.5, 0.5]), "o1")
    assert alone is not None
    assert alone.total == 0


@pytest.mark.parametrize(
    "rows",
    [
        [[60, 50, 40], [50, 40, 30]],  # beaten on everything
        [[60, 50, 40], [60, 40, 30]],  # level at best, where c1 has all the weight
        [[90, 0, 40], [0, 90, 40], [40, 40, 40]],  # nowhere best, and never ahead of both at once
        [[100, 50, 0], [0, 50, 100], [40, 50, 40]],  # level with both where c2 has all the weight, else behind one
    ],
)
def test_what_no_weights_put_ahead_has_no_change(rows: list[list[float]]) -> None:
    assert smallest_change(make_values(rows), np.array([0.4, 0.3, 0.3]), f"o{len(rows)}") is None


def test_one_criterion_leaves_nothing_to_move() -> None:
    assert smallest_change(make_values([[90], [10]]), np.array([1.0]), "o2") is None


# From a paper


def test_example_of_triantaphyllou_and_sanchez() -> None:
    """Decision Sciences 28 (1997), pages 151 to 194, their example of the weighted sum: four options and criteria.

    The figures are from memory of the paper, which was not at hand; that they fit together is checked here. Overall
    values 0.3162, 0.2768, 0.2622 and 0.1449. They move one weight at a time: for the second to draw level with the
    first, that of c3 falls by 0.0394 / 0.2112 = 0.187, 65% of itself, and all are scaled to one again. Moving two
    together takes less: c4 (0.4366 ahead) gains from c3 (0.2112 behind) 0.0394 / 0.6478, which is 6.1 points of 100.
    """
    matrix = [
        [0.3088, 0.2897, 0.3867, 0.1922],
        [0.2163, 0.3458, 0.1755, 0.6288],
        [0.4509, 0.2473, 0.1194, 0.0575],
        [0.0240, 0.1172, 0.3184, 0.1215],
    ]
    values, weights = make_values(100 * np.array(matrix)), np.array([0.3277, 0.3058, 0.2876, 0.0790])
    weights = weights / weights.sum()
    assert values.likely @ weights == pytest.approx([31.62, 27.68, 26.22, 14.49], abs=0.01)
    fall = (0.3162 - 0.2768) / (0.3867 - 0.1755)
    assert fall / 0.2876 == pytest.approx(0.648, abs=0.001)
    third = switching_values(values, weights)[2]
    assert third.lowest == pytest.approx((0.2876 - fall) / (1 - fall), abs=0.002)
    found = smallest_change(values, weights, "o2")
    assert found is not None
    assert found.moves == pytest.approx({"c3": -6.08, "c4": 6.08}, abs=0.02)
    theirs = np.array([0.3277, 0.3058, 0.2876 - fall, 0.0790]) / (1 - fall)
    assert found.total < 100 * np.abs(theirs - weights).sum()


# What always holds


@pure(150)
@given(cases())
def test_the_changed_weights_put_the_option_first_and_no_corner_is_nearer(case: tuple[Values, np.ndarray]) -> None:
    values, weights = case
    for option in values.options:
        found, least = smallest_change(values, weights, option), by_brute_force(values, weights, option)
        if found is None:
            assert least is None or least > 0
            assert not is_ever_ahead(values, option)
            continue
        after = array(found)
        assert after.min() >= 0
        assert after.sum() == pytest.approx(1)
        totals = values.likely @ after
        assert totals[values.row(option)] >= totals.max() - 1e-7
        assert found.total == pytest.approx(least, abs=1e-6)
        assert sum(found.taken.values()) == pytest.approx(sum(found.given.values()))
        assert found.moves == pytest.approx(
            {name: 100 * move for name, move in zip(values.criteria, after - weights, strict=True) if abs(move) > 1e-10}, abs=1e-6
        )


@pure(40)
@given(cases(criteria=4, most=5))
def test_four_criteria_and_five_options_have_no_nearer_corner_either(case: tuple[Values, np.ndarray]) -> None:
    values, weights = case
    for option in values.options:
        if found := smallest_change(values, weights, option):
            assert found.total == pytest.approx(by_brute_force(values, weights, option), abs=1e-6)


def test_both_the_closed_form_and_the_programme_are_reached_and_agree(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the closed form is enough, solving the programme all the same gives the same total."""
    rng = np.random.default_rng(4)
    solved: list[float] = []
    programme = module._past_all  # noqa: SLF001 - which way was gone is no part of the result

    def counted(ahead: np.ndarray, now: np.ndarray) -> np.ndarray:
        solved.append(1)
        return programme(ahead, now)

    monkeypatch.setattr(module, "_past_all", counted)
    closed = 0
    for _ in range(40):
        values, weights = make_values(rng.integers(0, 101, (7, 8))), rng.dirichlet(np.ones(8))
        for option in values.options:
            before = len(solved)
            found = smallest_change(values, weights, option)
            if found and found.total and len(solved) == before:
                closed += 1
                again = programme(module._ahead_by(values, option), weights)  # noqa: SLF001
                assert found.total == pytest.approx(100 * np.abs(again - weights).sum(), abs=1e-6)
    assert closed > 50
    assert len(solved) > 50


@pytest.mark.parametrize("grid", [101, 4, 2])
def test_eight_options_and_twelve_criteria_come_to_an_end_with_every_kind_of_tie(grid: int) -> None:
    rng = np.random.default_rng(grid)
    for _ in range(25):
        values = make_values(rng.integers(0, grid, (8, 12)) * (100 / (grid - 1)))
        raw = rng.integers(0, 4, 12) + np.eye(12)[0]
        beaten = {one.option for one in dominated(values)}
        for option in values.options:
            found = smallest_change(values, raw, option)
            if found is None:
                continue
            totals = values.likely @ array(found)
            assert totals[values.row(option)] >= totals.max() - 1e-7
            assert option not in beaten or found.total == 0


def shuffled(values: Values, order: list[int]) -> Values:
    """Give the same options in another order."""
    likely = values.likely[order]
    return Values(tuple(values.options[row] for row in order), values.criteria, likely, likely, likely)


@pure(60)
@given(cases(), st.permutations(range(4)))
def test_options_in_another_order_have_the_same_changes(case: tuple[Values, np.ndarray], order: list[int]) -> None:
    values, weights = case
    mixed = shuffled(values, [row for row in order if row < len(values.options)])
    for option in values.options:
        assert smallest_change(mixed, weights, option) == smallest_change(values, weights, option)


def test_where_several_changes_are_equally_small_the_order_of_the_options_does_not_choose() -> None:
    rng = np.random.default_rng(8)
    for _ in range(30):
        values, weights = make_values(rng.integers(0, 3, (8, 6)) * 50), rng.integers(1, 3, 6)
        mixed = shuffled(values, rng.permutation(8).tolist())
        for option in values.options:
            assert smallest_change(mixed, weights, option) == smallest_change(values, weights, option)


@pure(60)
@given(cases(), st.sampled_from([2.0, 100.0, 0.25]))
def test_weights_on_another_scale_change_nothing(case: tuple[Values, np.ndarray], scale: float) -> None:
    values, weights = case
    for option in values.options:
        one, other = smallest_change(values, weights, option), smallest_change(values, scale * weights, option)
        assert (one is None) == (other is None)
        if one and other:
            assert other.weights == pytest.approx(one.weights, abs=1e-9)


@pytest.mark.parametrize("seed", range(12))
def test_scipy_finds_no_smaller_change_and_no_larger_one(seed: int) -> None:
    """Seven options and twelve criteria by scipy's linear programming: rises and falls, each at or above nought."""
    rng = np.random.default_rng(seed)
    values, weights = make_values(rng.integers(0, 101, (7, 12))), rng.dirichlet(np.ones(12))
    for row, option in enumerate(values.options):
        lead = values.likely[row] - np.delete(values.likely, row, axis=0)
        found = smallest_change(values, weights, option)
        by_scipy = linprog(
            np.ones(24),
            A_ub=np.vstack([np.hstack([-lead, lead]), np.hstack([-np.eye(12), np.eye(12)])]),
            b_ub=np.concatenate([lead @ weights, weights]),
            A_eq=np.concatenate([np.ones(12), -np.ones(12)])[None],
            b_eq=[0.0],
        )
        assert (found is None) == (by_scipy.status == 2)
        if found is not None:
            assert found.total == pytest.approx(100 * by_scipy.fun, abs=1e-6)
