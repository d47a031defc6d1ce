"""Whether other methods agree with the ranking, where a disagreement comes from, and what hangs on the list of options."""

from __future__ import annotations

import sys
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnership_model.analysis import method_scores
from partnership_model.analysis.appraisal import appraise
from partnership_model.analysis.method_scores import added, added_by_range, added_by_sum
from partnership_model.analysis.other_methods import OtherMethods, TurnedPair, order_of, other_methods, reversal
from partnership_model.analysis.overall import overall_values, ranking, whole
from tests.analysis import methods_by_hand as by_hand
from tests.analysis.drawing import problems
from tests.making import make_problem, make_values, pure

if TYPE_CHECKING:
    from partnership_model.analysis.overall import Values
    from partnership_model.model.problem import DecisionProblem

# The example of docs/method/other_methods.md.
EXAMPLE, WEIGHTS = make_values([[60, 40], [52, 50], [0, 60]]), np.array([0.6, 0.4])
FORMULAS = {
    "topsis": (by_hand.topsis, False),
    "vikor": (by_hand.vikor, True),
    "promethee_ii": (by_hand.promethee, False),
    "weighted_product": (by_hand.product, False),
}


def compared(values: Values, weights: np.ndarray) -> OtherMethods:
    """Compare a ranking of the additive model with the other methods."""
    found = other_methods(values, weights, ranking(overall_values(values, weights)))
    assert found is not None
    return found


def appraised(problem: DecisionProblem) -> OtherMethods:
    """Compare what follows from a problem."""
    found = appraise(problem, 1).other_methods
    assert found is not None
    return found


# The example of the documents


def test_the_example_of_the_documents() -> None:
    """Overall values 52, 51.2 and 24. By formula: closeness 0.833 and 0.839; Q 0.4375 and 0; flows 0.2 and 0; products 51.0 and 51.2."""
    found = {one.name: one for one in compared(EXAMPLE, WEIGHTS).methods}
    assert {name: one.order[0] for name, one in found.items()} == {
        "topsis": ("o2",),
        "vikor": ("o2",),
        "promethee_ii": ("o1",),
        "weighted_product": ("o2",),
    }
    assert {name: one.turned for name, one in found.items()} == {
        "topsis": (TurnedPair("o1", "o2", "both"),),
        "vikor": (TurnedPair("o1", "o2", "normalisation"),),
        "promethee_ii": (),
        "weighted_product": (TurnedPair("o1", "o2", "rule"),),
    }
    assert [one.same_first for one in found.values()] == [False, False, True, False]
    assert found["topsis"].scores == pytest.approx({"o1": 0.83259, "o2": 0.83935, "o3": 0.16741}, abs=1e-5)
    assert found["vikor"].scores == pytest.approx({"o1": -0.4375, "o2": 0, "o3": -1})
    assert found["vikor"].unseparated == ("o1", "o2")
    assert found["weighted_product"].scores == pytest.approx({"o1": 0.51017, "o2": 0.51191, "o3": 0}, abs=1e-5)
    assert compared(EXAMPLE, WEIGHTS).naught == ("o3",)
    topsis = next(one for one in method_scores.methods() or () if one.name == "topsis")
    assert topsis.fixed(EXAMPLE.likely, WEIGHTS)[:2] == pytest.approx([0.537, 0.514], abs=5e-4)
    assert topsis.scaled(EXAMPLE.likely, WEIGHTS)[:2] == pytest.approx([0.636, 0.621], abs=5e-4)


def test_in_the_example_the_scaled_order_hangs_on_an_option_that_is_last() -> None:
    """Scaled by range: 0.6, 0.72, 0.4; without the third 0.6 and 0.4."""
    assert added_by_range(EXAMPLE.likely, WEIGHTS) == pytest.approx([0.6, 0.72, 0.4])
    assert added_by_range(EXAMPLE.likely[:2], WEIGHTS) == pytest.approx([0.6, 0.4])
    found = {one.name: one for one in compared(EXAMPLE, WEIGHTS).reversals}
    assert found["additive_by_range"].removed == {"o3": ("o2", "o1")}
    assert found["vikor"].removed == {"o3": ("o2", "o1")}
    assert found["topsis"].copied == {"o3": ("o2", "o1")}
    assert (found["additive"].removed, found["additive"].copied) == ({}, {})


# Orders, against the formulas written once more


@pure(80)
@given(problems(certain=True, most=6).filter(lambda problem: len(problem.options) > 1))
def test_orders_and_turned_pairs_are_those_of_the_formulas(problem: DecisionProblem) -> None:
    appraisal = appraise(problem, 1)
    found, here = appraised(problem), {option: place for place, tied in enumerate(appraisal.ranking or ()) for option in tied}
    assert problem.weights is not None
    values, weights = appraisal.values, problem.weights.array(appraisal.values.criteria)
    if not np.any((np.ptp(values.likely, axis=0) > 0) & (weights > 0)):
        return  # by formula 0/0
    for one in found.methods:
        formula, less = FORMULAS[one.name]
        places = dict(
            zip(values.options, by_hand.places(formula(values.likely.tolist(), weights.tolist()), less_is_better=less), strict=True)
        )
        assert [places[tied[0]] for tied in one.order] == sorted(set(places.values()))
        assert all(len({places[option] for option in tied}) == 1 for tied in one.order)
        pairs = [pair for pair in combinations(values.options, 2) if here[pair[0]] != here[pair[1]]]
        turned = {frozenset(pair) for pair in pairs if (here[pair[0]] - here[pair[1]]) * (places[pair[0]] - places[pair[1]]) < 0}
        assert {frozenset((pair.ahead_here, pair.ahead_there)) for pair in one.turned} == turned
        assert one.compared == len(pairs)
        assert one.same_first == all(here[option] == 0 for option in places if places[option] == 1)


def test_level_scores_share_a_place_even_in_a_chain() -> None:
    assert order_of("abcd", np.array([0.5, 0.7, 0.5 + 5e-10, 0.1])) == (("b",), ("a", "c"), ("d",))
    assert order_of("abc", np.array([0.5, 0.5 + 8e-10, 0.5 + 16e-10])) == (("a", "b", "c"),)


def test_a_first_place_that_is_shared_agrees_only_if_all_of_it_comes_first_here() -> None:
    """Here 50 and 49, by the usual preference function both level: the first place there is not the first place here."""
    found = compared(make_values([[70, 30], [29, 69]]), np.array([0.5, 0.5]))
    promethee = next(one for one in found.methods if one.name == "promethee_ii")
    assert promethee.order == (("o1", "o2"),)
    assert not promethee.same_first
    assert promethee.turned == ()


def test_a_tie_here_agrees_with_either_of_the_two() -> None:
    found = compared(make_values([[70, 30], [30, 70], [0, 0]]), np.array([0.504, 0.496]))
    assert [one.order[0] for one in found.methods].count(("o1",)) >= 2
    assert all(one.same_first for one in found.methods)
    assert {one.compared for one in found.methods} == {2}


# Where a disagreement comes from


@pytest.mark.parametrize(
    ("name", "table", "raw", "cause"),
    [
        ("topsis", [[0, 70], [10, 60], [10, 100]], (3, 4), "normalisation"),
        ("topsis", [[50, 100], [90, 40], [100, 20]], (3, 1), "rule"),
        ("topsis", [[0, 50], [10, 10], [80, 20]], (1, 2), "either"),
        ("topsis", [[60, 40], [52, 50], [0, 60]], (3, 2), "both"),
        ("vikor", [[20, 10], [30, 100], [10, 60]], (2, 1), "normalisation"),
        ("vikor", [[60, 60], [80, 50], [50, 90]], (3, 4), "rule"),
        ("vikor", [[0, 70], [10, 60], [10, 100]], (3, 4), "either"),
        ("vikor", [[50, 90], [10, 60], [90, 40]], (2, 3), "both"),
        ("promethee_ii", [[0, 70], [10, 60], [10, 100]], (3, 4), "rule"),
        ("weighted_product", [[0, 70], [10, 60], [10, 100]], (3, 4), "rule"),
    ],
)
def test_the_cause_is_what_turns_the_pair_round_by_itself(
    name: str, table: list[list[float]], raw: tuple[float, float], cause: str
) -> None:
    """Worked out once more from the definitions, with formulas that are not the package's."""
    rows, weights = np.array(table, dtype=float), np.array(raw) / sum(raw)
    (pair,) = next(one for one in compared(make_values(table), weights).methods if one.name == name).turned
    ahead, behind = (int(option[1]) - 1 for option in (pair.ahead_here, pair.ahead_there))
    below, above = weights * rows, weights * (100 - rows)
    near = np.sqrt((below**2).sum(axis=1)) / (np.sqrt((below**2).sum(axis=1)) + np.sqrt((above**2).sum(axis=1)))
    regret = above.sum(axis=1) / 100 + above.max(axis=1) / 100 / weights.max()
    rule = {"topsis": near, "vikor": -regret}.get(name, np.array(FORMULAS[name][0](table, weights.tolist())))
    scaled = {
        "topsis": rows / np.sqrt((rows**2).sum(axis=0)) @ weights,
        "vikor": (rows - rows.min(axis=0)) / np.ptp(rows, axis=0) @ weights,
    }.get(name, rows @ weights)
    by_rule, by_scaling = (bool(scores[behind] > scores[ahead]) for scores in (rule, scaled))
    assert {(True, True): "either", (True, False): "rule", (False, True): "normalisation", (False, False): "both"}[
        by_rule, by_scaling
    ] == cause
    assert pair.cause == cause


@pure(60)
@given(problems(certain=True, most=5).filter(lambda problem: len(problem.options) > 1))
def test_normalisation_is_never_the_cause_where_a_method_has_none(problem: DecisionProblem) -> None:
    for one in appraised(problem).methods:
        if one.name in ("promethee_ii", "weighted_product"):
            assert {pair.cause for pair in one.turned} <= {"rule"}


@pure(60)
@given(problems(certain=True, most=5).filter(lambda problem: len(problem.options) > 1))
def test_no_method_turns_a_pair_round_of_which_one_is_nowhere_worse(problem: DecisionProblem) -> None:
    appraisal = appraise(problem, 1)
    beaten = {(one.by, one.option) for one in appraisal.dominated}
    for one in appraised(problem).methods:
        assert not {(pair.ahead_here, pair.ahead_there) for pair in one.turned} & beaten


# What hangs on the list of options


@pure(100)
@given(problems(certain=False, most=6))
def test_with_0_and_100_fixed_no_order_hangs_on_the_list(problem: DecisionProblem) -> None:
    appraisal = appraise(problem, 1)
    assert problem.weights is not None
    weights = problem.weights.array(appraisal.values.criteria)
    found = reversal("additive", added, appraisal.values.options, appraisal.values.likely, weights)
    assert (found.removed, found.copied) == ({}, {})


@pure(40)
@given(problems(certain=True, most=5).filter(lambda problem: len(problem.options) > 1))
def test_nor_with_the_weighted_product_nor_do_copies_matter_to_vikor(problem: DecisionProblem) -> None:
    found = {one.name: one for one in appraised(problem).reversals}
    assert (found["weighted_product"].removed, found["weighted_product"].copied) == ({}, {})
    assert found["vikor"].copied == {}
    assert found["additive_by_range"].copied == {}


def test_adding_a_copy_turns_the_order_of_belton_and_gear_round() -> None:
    """Belton and Gear (1983): A has 0.45 and B 0.47; with a copy of B, A has 0.37 and B 0.29."""
    table = np.array([[1.0, 9, 8], [9, 1, 9], [1, 1, 1]])
    found = reversal("additive_by_sum", added_by_sum, ("A", "B", "C"), table, np.full(3, 1 / 3))
    assert found.copied == {"B": ("B", "A")}
    assert reversal("additive", added, ("A", "B", "C"), table, np.full(3, 1 / 3)).copied == {}


@pure(40)
@given(problems(certain=True, most=5).filter(lambda problem: len(problem.options) > 2), st.sampled_from(sorted(FORMULAS)))
def test_reversals_are_those_of_the_formulas(problem: DecisionProblem, name: str) -> None:
    """Each option that makes two others change places is found, and no other."""
    appraisal = appraise(problem, 1)
    assert problem.weights is not None
    weights, rows = problem.weights.array(appraisal.values.criteria).tolist(), appraisal.values.likely.tolist()
    formula, less = FORMULAS[name]

    def places(of: list[list[float]]) -> list[int]:
        level = all(weight == 0 or len(set(column)) == 1 for weight, column in zip(weights, zip(*of, strict=True), strict=True))
        return [1] * len(of) if level else by_hand.places(formula(of, weights), less_is_better=less)

    def change(before: list[int], after: list[int]) -> bool:
        return any((before[a] - before[b]) * (after[a] - after[b]) < 0 for a, b in combinations(range(len(before)), 2))

    whole_list = places(rows)
    found = next(one for one in appraised(problem).reversals if one.name == name)
    for row, option in enumerate(appraisal.values.options):
        others = [place for place in range(len(rows)) if place != row]
        assert (option in found.removed) == change([whole_list[place] for place in others], places([rows[place] for place in others]))
        assert (option in found.copied) == change(whole_list, places([*rows, rows[row]])[:-1])


def test_a_single_option_reverses_nothing() -> None:
    found = reversal("additive", added, ("a",), np.array([[40.0]]), np.array([1.0]))
    assert (found.removed, found.copied) == ({}, {})


# What is told of criteria and options


def test_criteria_on_which_all_are_level_are_named_if_they_carry_weight() -> None:
    assert compared(make_values([[40, 10, 70], [40, 90, 70]]), np.array([0.3, 0.7, 0.0])).level == ("c1",)


def test_a_nought_is_named_only_on_a_criterion_that_carries_weight() -> None:
    assert compared(make_values([[40, 0], [0, 90]]), np.array([1.0, 0.0])).naught == ("o2",)


# In an appraisal


def test_the_likely_values_and_the_weights_in_use_are_compared() -> None:
    problem = make_problem({"stay": [(50, 60, 70), 40], "federation": [52, (40, 50, 60)], "new_mat": [0, 60]}, (60, 40))
    found = appraise(problem, 1).other_methods
    assert found is not None
    assert next(one for one in found.methods if one.name == "vikor").scores == pytest.approx(
        {"stay": -0.4375, "federation": 0, "new_mat": -1}
    )


def test_nothing_is_compared_while_the_order_is_withheld_or_one_option_is_left() -> None:
    table = {"stay": [(0, 60, 100), 40], "federation": [52, 50]}
    assert appraise(make_problem(table, unconfirmed=[("stay", "c1")]), 1).withheld == "unconfirmed"
    assert appraise(make_problem(table, unconfirmed=[("stay", "c1")]), 1).other_methods is None
    assert appraise(make_problem(table, None), 1).other_methods is None
    assert appraise(make_problem({"stay": [60, 40]}), 1).other_methods is None
    assert appraise(make_problem(table), 1).other_methods is not None


def test_without_the_package_nothing_is_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pymcdm", None)
    assert appraise(make_problem({"stay": [60, 40], "federation": [52, 50]}), 1).other_methods is None


def test_options_that_are_all_the_same_are_level_by_every_method() -> None:
    found = appraised(make_problem({"stay": [60, 40], "federation": [60, 40]}))
    assert {one.order for one in found.methods} == {(("stay", "federation"),)}
    assert all(one.same_first and one.compared == 0 for one in found.methods)


def test_whole_numbers_decide_which_pairs_are_compared() -> None:
    """59.6 and 60.4 are both shown as 60: a method that separates them contradicts nothing."""
    values = make_values([[59.6, 59.6], [60.4, 60.4], [10, 10]])
    assert [whole(total) for total in added(values.likely, np.array([0.5, 0.5]))] == [60, 60, 10]
    assert {one.compared for one in compared(values, np.array([0.5, 0.5])).methods} == {2}


def test_each_method_is_computed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    appraisal = appraise(make_problem({"stay": [60, 40], "federation": [52, 50]}), 1)
    first = appraisal.other_methods
    monkeypatch.setattr(method_scores, "methods", lambda: None)
    assert appraisal.other_methods is first
