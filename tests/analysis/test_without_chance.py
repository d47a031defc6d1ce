"""Every weighting counted at the likely figures: the same as draws in every example, what is kept, and when it is sampled instead."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from partnership_model.analysis import without_chance as module
from partnership_model.analysis.appraisal import SEED, Appraisal, appraise
from partnership_model.analysis.overall import values_of
from partnership_model.analysis.robustness import robustness
from partnership_model.analysis.sampling import BLOCK
from partnership_model.analysis.without_chance import CountedWeightings, without_chance
from partnership_model.knowledge.cases import read_case
from partnership_model.knowledge.schema import Range
from partnership_model.knowledge.shipped import find_case
from partnership_model.model.plausible_weights import AnyWeights, keeping_order
from partnership_model.model.problem import DecisionProblem, build_problem
from partnership_model.model.weights import from_points
from tests.display.test_notebook import BASE
from tests.making import make_problem

CASES = ("ember-2016", "dovestone-2017", "dovestone-2019", "typical-2026")
DRAWN = 8 * BLOCK
TABLE = {"stay": [90, 20, 40], "federation": [60, 60, 50], "new_mat": [(10, 10, 60), 10, 30]}


@cache
def problem_of(name: str) -> DecisionProblem:
    """Take an example with its judgements at their likely figures; where nobody has weighed, all criteria matter in turn."""
    case = read_case(find_case(name), BASE)
    problem = build_problem(case, BASE.on(case.as_of(dt.date(2026, 11, 22))))
    judgements = {cell: replace(one, amount=certain(one.amount), confirmed=True) for cell, one in problem.judgements.items()}
    weights = problem.weights or from_points({key: 100 - place for place, key in enumerate(problem.criteria)}, "a test")
    return replace(problem, judgements=judgements, weights=weights)


def certain(amount: Range) -> Range:
    """Take the likely figure for certain."""
    return Range(low=amount.likely, likely=amount.likely, high=amount.likely)


def counted(problem: DecisionProblem) -> module.WithoutChance:
    """Count the weightings of a problem."""
    return without_chance(problem, values_of(problem), BLOCK, SEED)


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("which", ["every", "in_use"])
def test_every_example_agrees_with_its_draws(name: str, which: str) -> None:
    problem = problem_of(name)
    assert problem.weights is not None
    found: CountedWeightings | None = getattr(counted(problem), which)
    assert found is not None
    assert (found.places.how, found.ahead.how, found.ahead.error) == ("computed", "exact", 0)
    assert found.places.error < 1e-6
    plausible = AnyWeights(tuple(problem.criteria)) if which == "every" else keeping_order(problem.weights)
    drawn = robustness(problem, plausible, DRAWN, SEED)
    assert drawn.options == found.options
    for table, samples in ((found.places.table, drawn.acceptability), (found.ahead.table, drawn.pairwise)):
        error = np.sqrt(table * (1 - table) / drawn.samples)
        assert (abs(table - samples) <= 4 * error + 1e-6).all()


def test_the_counts_of_a_problem_by_hand() -> None:
    """Stay 100w, federation 100 - 100w, a trust 60 for certain: see the pieces of a line in test_exact_places."""
    problem = make_problem({"stay": [100, 0], "federation": [0, 100], "new_mat": [60, 60]}, (1, 3))
    found = counted(problem)
    assert [found.every.first_place_share(key) for key in found.every.options] == pytest.approx([0.4, 0.4, 0.2])
    assert found.every.spreads is not None
    assert found.every.spreads[0].levels == pytest.approx((5, 25, 50, 75, 95))
    assert found.in_use is not None  # w at most 1/2: the trust leads above 0.4
    assert [found.in_use.first_place_share(key) for key in found.in_use.options] == pytest.approx([0, 0.8, 0.2], abs=1e-8)


def test_only_the_likely_figures_count() -> None:
    one = counted(make_problem(TABLE, (3, 2, 1)))
    other = counted(make_problem(TABLE | {"new_mat": [10, 10, 30]}, (3, 2, 1)))
    assert np.array_equal(one.every.places.table, other.every.places.table)
    assert one.every.spreads == other.every.spreads


def test_where_all_criteria_matter_alike_the_order_leaves_every_weighting() -> None:
    assert counted(make_problem(TABLE)).in_use is None


def test_a_criterion_without_weight_counts_among_all_weightings_and_not_in_order() -> None:
    problem = make_problem({"stay": [90, 10, 100], "federation": [10, 90, 0]}, (2, 1, 0))
    same = make_problem({"stay": [90, 10, 0], "federation": [10, 90, 100]}, (2, 1, 0))
    one, other = counted(problem), counted(same)
    assert one.in_use is not None
    assert other.in_use is not None
    assert np.array_equal(one.in_use.places.table, other.in_use.places.table)
    assert not np.array_equal(one.every.places.table, other.every.places.table)


# Sampled instead


def test_what_would_take_too_long_is_sampled_with_its_error_and_the_rest_stays_exact() -> None:
    table = {f"o{row}": np.random.default_rng(row).integers(0, 101, 12).tolist() for row in range(9)}
    problem = make_problem(table, range(12, 0, -1))
    found = counted(problem)
    assert found.in_use is not None
    for one in (found.every, found.in_use):
        assert one.places.how == "sampled"
        assert 0 < one.places.error <= 0.5 / np.sqrt(BLOCK)
        assert one.ahead.how == "exact"
        assert one.spreads is not None
    assert found.every.places.table == pytest.approx(robustness(problem, AnyWeights(tuple(problem.criteria)), BLOCK, SEED).acceptability)


def test_an_order_with_too_many_ties_is_sampled_at_the_likely_figures() -> None:
    rows = {key: [(0, value, 100) for value in row] for key, row in {"stay": [90, 20, 40, 10, 70, 30, 60], "new_mat": [50] * 7}.items()}
    problem = make_problem(rows, (2, 2, 2, 2, 2, 2, 1))
    found = counted(problem)
    assert found.every.places.how == "computed"
    assert found.in_use is not None
    assert (found.in_use.places.how, found.in_use.ahead.how, found.in_use.spreads) == ("sampled", "sampled", None)
    assert 0 < found.in_use.ahead.error <= 0.5 / np.sqrt(BLOCK)
    assert found.in_use.ahead.table[0, 1] == pytest.approx(found.in_use.first_place_share("stay"))
    likely = {key: [value for _, value, _ in row] for key, row in rows.items()}
    assert counted(make_problem(likely, (2, 2, 2, 2, 2, 2, 1))).in_use.first_place_share("stay") == pytest.approx(  # type: ignore[union-attr]
        found.in_use.first_place_share("stay")
    )


# The appraisal


def appraised(table: dict[str, list[float]], weights: tuple[float, ...] | None = (), **changes: object) -> Appraisal:
    """Appraise with one block."""
    return appraise(make_problem(table, weights, **changes), 1)  # type: ignore[arg-type]


def test_the_appraisal_counts_once() -> None:
    found = appraised({"stay": [90, 20], "federation": [60, 70]}, (2, 1))
    assert found.exact is not None
    assert found.exact is found.exact
    assert found.exact.every.options == found.values.options


@pytest.mark.parametrize(
    ("table", "weights", "changes"),
    [
        ({"stay": [90, 20], "federation": [60, 70]}, None, {}),
        ({"stay": [90, 20]}, (2, 1), {}),
        ({"stay": [90], "federation": [20]}, (1,), {}),
        ({"stay": [(0, 60, 100), 20], "federation": [50, 50]}, (1, 1), {"unconfirmed": [("stay", "c1")]}),
        ({"stay": [90, 20], "federation": [60, 70]}, (2, 1), {"status": {"stay": "closed", "federation": "closed"}}),
    ],
    ids=["nobody weighed", "one option", "one criterion", "withheld", "all closed"],
)
def test_nothing_is_counted_where_nothing_is_put_in_order_or_weighed(
    table: dict[str, list[float]], weights: tuple[float, ...] | None, changes: dict[str, object]
) -> None:
    assert appraised(table, weights, **changes).exact is None


def test_the_same_figures_are_worked_out_once_whatever_else_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that is drawn again, or a weight that moves without changing the order, costs nothing."""
    asked = []
    monkeypatch.setattr(module, "mean_places", lambda tables, real=module.mean_places: asked.append(tables) or real(tables))
    table = {"stay": [91, 22, 43], "federation": [61, 62, 53]}
    for weights in ((3, 2, 1), (5, 2, 1), (50, 40, 10)):
        assert appraised(table, weights).exact is not None
    assert len(asked) == 2  # every weighting, and this one order
    assert appraised(table, (1, 2, 3)).exact is not None
    assert len(asked) == 3
