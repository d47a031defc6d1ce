"""Trade-offs until the leader is settled: no answer rules out the weights that gave it, and the end is the right one."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnership_model.analysis.overall import Values
from partnership_model.analysis.trade_offs import ABOUT, PARTS, Progress, Question, _spread_over, progress
from partnership_model.knowledge.weighings import Comparison
from partnership_model.model.trade_offs import conditions
from tests.making import pure

NAMES = ("a", "b", "c", "d")


def values_of(table: list[list[float]]) -> Values:
    likely = np.array(table, dtype=np.float64)
    criteria = tuple("abcdefgh"[: likely.shape[1]])
    return Values(tuple(f"o{row}" for row in range(len(likely))), criteria, likely, likely, likely)


ROW = st.lists(st.integers(0, 10).map(lambda figure: 10.0 * figure), min_size=4, max_size=4)
TABLES = st.lists(ROW, min_size=1, max_size=4).map(values_of)
HIDDEN = st.lists(st.floats(0.01, 1), min_size=4, max_size=4).map(lambda weights: dict(zip(NAMES, weights, strict=True)))


def answered(values: Values, hidden: dict[str, float]) -> tuple[Progress, list[Comparison], int]:
    """Let somebody with hidden weights answer until the questions end."""
    answers: list[Comparison] = []
    for asked in range(60):
        found = progress(values, answers)
        if found.question is None:
            return found, answers, asked
        one, other = found.question.part * hidden[found.question.one], hidden[found.question.other]
        answers += found.question.answered("one" if one > other else "other")
    return pytest.fail("the questions did not end")


@pure(40)
@given(TABLES, HIDDEN)
def test_answers_never_rule_out_the_weights_that_gave_them_and_end_with_their_leader(values: Values, hidden: dict[str, float]) -> None:
    found, answers, _ = answered(values, hidden)
    assert all(hidden[one.more] >= one.times * hidden[one.than] - 1e-12 for one in answers)
    totals = values.likely @ list(hidden.values())
    first = {option for option, total in zip(values.options, totals, strict=True) if total >= totals.max() - 1e-9}
    assert first & set(found.possible)
    if found.settled:
        assert all(totals[values.row(option)] >= totals.max() - 1e-4 for option in found.possible)


@pure(25)
@given(TABLES, HIDDEN)
def test_what_is_settled_holds_for_every_weighting_of_a_fine_grid_that_keeps_the_answers(values: Values, hidden: dict[str, float]) -> None:
    """Brute force: of all weights in steps of a twentieth that fit the answers, none puts another option ahead."""
    found, answers, _ = answered(values, hidden)
    steps = [np.array(shares) / 20 for shares in product(range(21), repeat=4) if sum(shares) == 20]
    place = {name: row for row, name in enumerate(NAMES)}
    left = [one for one in steps if all(one[place[said.more]] >= said.times * one[place[said.than]] for said in answers)]
    for weights in left:
        totals = values.likely @ weights
        leaders = {option for option, total in zip(values.options, totals, strict=True) if total >= totals.max() - 1e-3}
        assert leaders & set(found.possible)


def test_an_option_that_is_best_everywhere_needs_no_question() -> None:
    found = progress(values_of([[90, 80], [50, 70], [10, 20]]), [])
    assert (found.possible, found.question, found.settled, found.shares) == (("o0",), None, True, {"o0": 1.0})
    assert progress(values_of([[10, 20]]), []).settled


def test_options_that_are_the_same_everywhere_lead_together() -> None:
    found = progress(values_of([[90, 80], [90, 80], [10, 20]]), [])
    assert (found.possible, found.settled) == (("o0", "o1"), True)


def test_one_question_settles_what_hangs_on_one_comparison() -> None:
    """o0 is ahead exactly where a carries more than b: (100, 0) against (0, 100)."""
    values = values_of([[100, 0], [0, 100]])
    start = progress(values, [])
    assert (start.possible, start.question, start.settled) == (("o0", "o1"), Question("a", "b"), False)
    assert start.shares["o0"] == pytest.approx(0.5, abs=0.08)
    for answer, leader in (("one", "o0"), ("other", "o1")):
        found = progress(values, start.question.answered(answer))
        assert (found.possible, found.settled) == ((leader,), True)


def test_the_question_that_splits_the_leaders_is_asked_before_one_that_tells_nothing() -> None:
    """Both options are alike on c, so no comparison with c can part them."""
    assert progress(values_of([[100, 0, 50], [0, 100, 50]]), []).question == Question("a", "b")


def test_parts_of_a_lift_are_asked_once_the_whole_was_compared() -> None:
    """o0 leads where a is worth more than twice b: 40 a > 80 b."""
    values = values_of([[100, 20], [60, 100]])
    first = progress(values, [])
    assert first.question == Question("a", "b")
    second = progress(values, first.question.answered("one"))
    assert second.question == Question("a", "b", 0.5)
    assert progress(values, [*first.question.answered("one"), *second.question.answered("one")]).possible == ("o0",)
    assert progress(values, [*first.question.answered("one"), *second.question.answered("other")]).possible == ("o1",)


@pytest.mark.parametrize("part", PARTS)
def test_each_answer_says_what_was_asked(part: float) -> None:
    question = Question("a", "b", part)
    (one,), (other,) = question.answered("one"), question.answered("other")
    assert (one.more, one.than, one.times) == ("a", "b", pytest.approx(1 / part))
    assert (other.more, other.than, other.times) == ("b", "a", pytest.approx(part))
    same = question.answered("same")
    for ratio, fits in ((1 / part, True), (0.81 / part, True), (1.24 / part, True), (0.79 / part, False), (1.26 / part, False)):
        weights = {"a": ratio, "b": 1.0}
        assert all(weights[said.more] >= said.times * weights[said.than] for said in same) == fits
    assert ABOUT == 0.8


def test_a_question_to_which_nobody_could_answer_is_not_asked_again() -> None:
    values = values_of([[100, 0, 50], [0, 100, 50]])
    question = progress(values, []).question
    assert question is not None
    again = progress(values, [], {question})
    assert again.question != question
    assert not again.settled


@pure(20)
@given(TABLES, HIDDEN)
def test_the_same_answers_lead_to_the_same_question(values: Values, hidden: dict[str, float]) -> None:
    _, answers, _ = answered(values, hidden)
    for count in range(0, len(answers), 3):
        assert progress(values, answers[:count]) == progress(values, answers[:count])


def test_the_share_of_the_weights_left_is_near_the_exact_one() -> None:
    """With a at least b, o0 leads where a is worth more than 3 b: of b from 0 to 1/2 that is b below 1/4, a half."""
    values = values_of([[100, 0], [50, 150]])
    found = progress(values, [Comparison(more="a", than="b")])
    assert found.shares["o0"] == pytest.approx(0.5, abs=0.08)


def test_a_part_that_is_said_to_be_worth_about_as_much_is_not_asked_again() -> None:
    """o0 leads above 3/5 for a, o2 below; with a about 4/3 of b it is between 0.52 and 0.625, so that both are left."""
    values = values_of([[100, 0], [0, 100], [60, 60]])
    part = Question("a", "b", 0.75)
    answers = [*Question("a", "b").answered("one")]
    assert progress(values, answers).question == part
    after = progress(values, [*answers, *part.answered("same")])
    assert (after.possible, after.settled) == (("o0", "o2"), False)
    assert after.question != part


@pure(25)
@given(TABLES, st.lists(st.sampled_from(["one", "other", "same"]), min_size=60, max_size=60))
def test_whatever_is_answered_no_question_comes_twice_and_they_end(values: Values, said: list[str]) -> None:
    answers: list[Comparison] = []
    asked: list[Question] = []
    for one in said:
        found = progress(values, answers)
        if found.question is None:
            return
        assert found.question not in asked
        asked.append(found.question)
        answers += found.question.answered(one)
    pytest.fail("the questions did not end")


@pytest.mark.parametrize(("criteria", "times"), [(8, 1.0), (8, 2.0), (12, 2.0)])
def test_weights_left_are_spread_to_the_edges_and_do_not_stay_in_the_middle(criteria: int, times: float) -> None:
    """Each worth so many times the next: a simplex whose corners are known, so that parts of these are spread as Dirichlet's."""
    names = tuple("abcdefghijkl"[:criteria])
    said = [Comparison(more=one, than=other, times=times) for one, other in pairwise(names)]
    corners = np.array([[times ** (last - place) if place <= last else 0.0 for place in range(criteria)] for last in range(criteria)])
    corners /= corners.sum(axis=1, keepdims=True)
    drawn = _spread_over(names, conditions(names, said))
    parts = np.linalg.solve(corners.T, drawn)
    deviation = np.sqrt((criteria - 1) / (criteria**2 * (criteria + 1)))
    assert parts.min() > -1e-9
    assert parts.std(axis=1) == pytest.approx(np.full(criteria, deviation), rel=0.15)
    assert parts.mean(axis=1) == pytest.approx(np.full(criteria, 1 / criteria), abs=5 * deviation / np.sqrt(drawn.shape[1]))
