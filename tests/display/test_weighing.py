"""Other ways of weighing than lifts: what is said is kept, and is used once nothing is missing; a second weighing starts empty."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnership_model.analysis.overall import values_of
from partnership_model.analysis.trade_offs import Question
from partnership_model.display.exploration import after
from partnership_model.display.weighing import asked
from partnership_model.knowledge.weighings import Comparison
from partnership_model.model.pairwise import priorities
from partnership_model.model.trade_offs import centre
from partnership_model.model.weights import from_ranking
from tests.display.exploring import NOT_ON_THE_LIST, START, moved, swing, unchanged
from tests.making import pure

if TYPE_CHECKING:
    from partnership_model.display.exploration import Exploration

CRITERIA = tuple(START.problem.criteria)
POINTS = dict(zip(CRITERIA, (20, 10, 10, 20, 10, 15, 10, 5), strict=True))


def way(value: str) -> dict[str, Any]:
    return {"do": "way", "value": value}


def points(criterion: str, value: str) -> dict[str, Any]:
    return {"do": "points", "criterion": criterion, "value": value}


def place(criterion: str, where: str = "next") -> dict[str, Any]:
    return {"do": "place", "criterion": criterion, "where": where}


def weigh(value: str) -> dict[str, Any]:
    return {"do": "weigh", "value": value}


def pair(one: str, other: str, value: str) -> dict[str, Any]:
    return {"do": "pair", "one": one, "other": other, "value": value}


def trade(question: Question, said: str) -> dict[str, Any]:
    return {"do": "trade", "one": question.one, "other": question.other, "part": f"{question.part:g}", "said": said}


def shares(state: Exploration) -> dict[str, float]:
    """Give the weights in use."""
    weights = state.problem.weights
    assert weights is not None
    return weights.shares


def by_points() -> Exploration:
    return moved(way("points"), *(points(name, str(value)) for name, value in POINTS.items()))


def in_order() -> Exploration:
    return moved(way("order"), *map(place, CRITERIA))


def in_lifts() -> Exploration:
    return moved(*(swing(str(value), name) for name, value in POINTS.items()))


# Points


def test_a_hundred_points_are_used_once_all_are_given_and_every_lift_has_a_figure() -> None:
    state = by_points()
    assert shares(state) == pytest.approx({name: value / 100 for name, value in POINTS.items()})
    assert state.swings["autonomy"] == 100
    assert state.weighing.left == 0


@pytest.mark.parametrize(("value", "left"), [("4", 1), ("6", -1), ("", 5)])
def test_points_that_do_not_add_up_are_kept_and_not_used(value: str, left: float) -> None:
    state = moved(
        way("points"), *(points(name, str(one)) for name, one in POINTS.items() if name != CRITERIA[-1]), points(CRITERIA[-1], value)
    )
    assert state.weighing.left == left
    assert state.problem.weights is None
    assert state.weighing.points["autonomy"] == 20


@pytest.mark.parametrize("typed", ["lots", "-5", "101", "1e3"])
def test_a_wrong_figure_is_refused_beside_its_field_and_nothing_is_lost(typed: str) -> None:
    state = after(by_points(), points("cost", typed))
    assert list(state.problems) == ["points-cost"]
    assert "from 0 to 100" in state.problems["points-cost"]
    assert unchanged(by_points(), state)


def test_the_rest_gets_nothing_and_the_hundred_are_used() -> None:
    state = moved(way("points"), points("autonomy", "60"), points("cost", "40"), {"do": "weights", "of": "rest"})
    assert state.weighing.points == dict.fromkeys(CRITERIA, 0.0) | {"autonomy": 60, "cost": 40}
    assert shares(state)["autonomy"] == pytest.approx(0.6)


def test_another_way_changes_nothing_until_it_is_complete_and_what_was_said_is_kept() -> None:
    state = by_points()
    later = moved(way("order"), place("staff"), way("pairs"), way("points"), state=state)
    assert later.swings == state.swings
    assert later.weighing.points == state.weighing.points
    assert later.weighing.order == (("staff",),)
    changed = moved(swing("100", "cost"), state=later)
    assert changed.weighing.points == state.weighing.points
    assert moved(weigh("use"), state=changed).swings == state.swings


def test_to_use_what_is_not_complete_is_refused() -> None:
    state = after(moved(way("points"), points("cost", "40")), weigh("use"))
    assert state.problems == {"weigh": "Something is missing still, so there is nothing to use yet."}


# Order


def test_an_order_becomes_weights_by_the_rule_that_is_chosen() -> None:
    state = in_order()
    assert shares(state) == pytest.approx(from_ranking(CRITERIA, "").shares)
    state = moved({"do": "rule", "value": "rank_sum"}, state=state)
    assert shares(state) == pytest.approx(from_ranking(CRITERIA, "", "rank_sum").shares)
    assert moved(place("cost", "out"), state=state).swings == state.swings


@pytest.mark.parametrize(
    ("moves", "order"),
    [
        ((place("cost", "up"),), (("cost",), ("autonomy",), ("staff",))),
        ((place("autonomy", "up"),), (("autonomy",), ("cost",), ("staff",))),
        ((place("autonomy", "down"),), (("cost",), ("autonomy",), ("staff",))),
        ((place("staff", "down"),), (("autonomy",), ("cost",), ("staff",))),
        ((place("cost", "level"),), (("autonomy", "cost"), ("staff",))),
        ((place("staff", "level"), place("cost", "level")), (("autonomy", "cost"), ("staff",))),
        ((place("staff", "level"), place("staff", "up")), (("autonomy",), ("staff",), ("cost",))),
        ((place("staff", "level"), place("cost", "down")), (("autonomy",), ("staff",), ("cost",))),
        ((place("cost", "level"), place("staff", "level")), (("autonomy", "cost", "staff"),)),
        ((place("cost", "out"),), (("autonomy",), ("staff",))),
    ],
)
def test_a_lift_can_be_moved_put_level_and_taken_out(moves: tuple[dict[str, Any], ...], order: tuple[tuple[str, ...], ...]) -> None:
    start = moved(way("order"), *map(place, ("autonomy", "cost", "staff")))
    assert moved(*moves, state=start).weighing.order == order


@pure(25)
@given(st.lists(st.tuples(st.sampled_from(CRITERIA[:4]), st.sampled_from(["next", "up", "down", "level", "out"])), max_size=14))
def test_whatever_is_moved_no_lift_has_two_places_and_no_step_is_empty(moves: list[tuple[str, str]]) -> None:
    state = moved(way("order"))
    for criterion, where in moves:
        state = after(state, place(criterion, where))
    placed = state.weighing.placed
    assert len(set(placed)) == len(placed)
    assert all(state.weighing.order)


@pytest.mark.parametrize(
    ("move", "says"),
    [
        (place("autonomy"), "That lift has a place already."),
        (place("cost", "up"), "That lift has no place yet."),
        (place("autonomy", "level"), "Nothing stands above it. Move it down first."),
        (place("no_such"), NOT_ON_THE_LIST),
    ],
)
def test_what_cannot_be_done_to_an_order_is_said(move: dict[str, Any], says: str) -> None:
    start = moved(way("order"), place("autonomy"))
    state = after(start, move)
    assert state.problems == {"place": says}
    assert unchanged(start, state)


# Pairs


def test_pairs_are_used_once_a_chain_joins_all_of_them() -> None:
    state = moved(way("pairs"), *(pair(CRITERIA[0], other, "3") for other in CRITERIA[1:-1]))
    assert state.problem.weights is None
    state = moved(pair(CRITERIA[-2], CRITERIA[-1], "-2"), state=state)
    said = [Comparison(more=CRITERIA[0], than=other, times=3) for other in CRITERIA[1:-1]]
    said.append(Comparison(more=CRITERIA[-1], than=CRITERIA[-2], times=2))
    assert shares(state) == pytest.approx(priorities(CRITERIA, said).shares)
    assert len(moved(pair(CRITERIA[0], CRITERIA[1], ""), state=state).weighing.pairs) == len(said) - 1


@pytest.mark.parametrize(("one", "other"), [("cost", "autonomy"), ("cost", "cost"), ("cost", "no_such"), ("no_such", "cost")])
def test_a_pair_stands_once_in_the_order_of_the_case(one: str, other: str) -> None:
    state = after(START, pair(one, other, "3"))
    assert state.problems == {f"pair-{one}-{other}": NOT_ON_THE_LIST}
    assert unchanged(START, state)


# Trade-offs


def answer_all(state: Exploration, said: str = "one") -> Exploration:
    """Answer until the questions end."""
    for _ in range(80):
        found = asked(state.weighing, values_of(state.problem))
        assert found is not None
        if found.question is None:
            return state
        state = moved(trade(found.question, said), state=state)
    return pytest.fail("the questions did not end")


def test_trade_offs_are_used_as_soon_as_the_answers_settle_the_leader() -> None:
    state = answer_all(moved(way("trade_offs")))
    found = asked(state.weighing, values_of(state.problem))
    assert found is not None
    assert found.settled
    assert shares(state) == pytest.approx(centre(CRITERIA, state.weighing.trade_offs))
    totals = values_of(state.problem).likely @ [shares(state)[name] for name in CRITERIA]
    assert values_of(state.problem).options[totals.argmax()] in found.possible


def test_one_can_stop_before_and_use_what_was_said_and_take_the_last_answer_back() -> None:
    question = Question("autonomy", "cost")
    state = moved(way("trade_offs"), trade(question, "one"))
    assert state.problem.weights is None
    stopped = moved(weigh("use"), state=state)
    assert shares(stopped) == pytest.approx(centre(CRITERIA, question.answered("one")))
    assert moved(weigh("back"), state=stopped).weighing.answers == ()


def test_a_question_without_an_answer_says_nothing_of_the_weights() -> None:
    question = Question("autonomy", "cost")
    state = moved(way("trade_offs"), trade(question, "skip"))
    assert (state.weighing.trade_offs, state.weighing.skipped) == ((), {question})


@pytest.mark.parametrize(
    ("move", "says"),
    [
        (trade(Question("autonomy", "cost"), "other"), "That question is answered already. Take the answer back to change it."),
        (trade(Question("cost", "autonomy"), "one"), "That answer and those before it cannot all hold. Take one back first."),
        (trade(Question("cost", "cost"), "one"), NOT_ON_THE_LIST),
        (trade(Question("cost", "no_such"), "one"), NOT_ON_THE_LIST),
    ],
)
def test_an_answer_that_cannot_stand_is_refused(move: dict[str, Any], says: str) -> None:
    start = moved(way("trade_offs"), trade(Question("autonomy", "cost"), "one"))
    state = after(start, move)
    assert state.problems == {"trade": says}
    assert unchanged(start, state)


# Twice


def test_a_second_weighing_starts_empty_and_the_mean_of_both_is_used() -> None:
    first = in_lifts()
    second = moved(weigh("again"), state=first)
    assert (second.swings, second.problem.weights) == ({}, None)
    assert second.weighing.second is None
    done = moved(way("order"), *map(place, CRITERIA), weigh("done"), state=second)
    ranked = from_ranking(CRITERIA, "").shares
    mean = {name: (POINTS[name] / 100 + ranked[name]) / 2 for name in CRITERIA}
    assert shares(done) == pytest.approx(mean)
    assert shares(moved(weigh("first"), state=done)) == pytest.approx({name: value / 100 for name, value in POINTS.items()})
    assert shares(moved(weigh("first"), weigh("second"), state=done)) == pytest.approx(ranked)
    assert shares(moved(weigh("second"), weigh("mean"), state=done)) == pytest.approx(mean)


def test_one_can_go_back_to_the_first_answer_and_nothing_of_it_is_lost() -> None:
    first = by_points()
    back = moved(weigh("again"), swing("30"), weigh("drop"), state=first)
    assert unchanged(first, back)


def test_leaving_a_comparison_keeps_the_weights_that_are_in_use() -> None:
    done = moved(weigh("again"), *(swing("50", name) for name in CRITERIA), weigh("done"), state=in_lifts())
    left = moved(weigh("drop"), state=done)
    assert left.swings == done.swings
    assert (left.weighing.first, left.weighing.second) == (None, None)


@pytest.mark.parametrize(
    ("state", "value", "says"),
    [
        (START, "again", "Give every lift a weight first; 0 if it is worth nothing to you."),
        (START, "done", "There is no first weighing that was put aside."),
        (START, "mean", "There is no first weighing that was put aside."),
        (START, "drop", "There is no first weighing that was put aside."),
    ],
)
def test_what_needs_a_weighing_is_refused_without_one(state: Exploration, value: str, says: str) -> None:
    found = after(state, weigh(value))
    assert found.problems == {"weigh": says}
    assert unchanged(state, found)


def test_a_second_weighing_must_be_complete_before_it_stands_beside_the_first() -> None:
    second = moved(weigh("again"), swing("30"), state=in_lifts())
    assert after(second, weigh("done")).problems == {"weigh": "Give every lift a weight first; 0 if it is worth nothing to you."}
    assert after(second, weigh("mean")).problems == {"weigh": "Weigh a second time first."}


def test_to_start_again_forgets_what_was_said_and_keeps_the_way_and_a_first_weighing() -> None:
    second = moved(weigh("again"), points("cost", "30"), state=by_points())
    cleared = moved({"do": "weights", "of": "nobody"}, state=second)
    assert (cleared.weighing.points, cleared.weighing.way) == ({}, "points")
    assert cleared.weighing.first == second.weighing.first
    assert unchanged(replace(second, weighing=cleared.weighing), cleared)
