"""A visit's log: the same state follows from it again, undoing is the inverse of changing, and no log that is hostile does harm."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any, get_args

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from partnership_model.display import history
from partnership_model.display.change_words import SAID
from partnership_model.display.history import MOST_MOVES, MOST_SIZE, Visit
from partnership_model.display.move_kinds import Changing, Looking, Setting
from partnership_model.display.moves import Move
from tests.display.exploring import DID_NOT_WORK, GOOD, JUDGE, START, WRONG_MESSAGES, messages, nested, swing
from tests.making import pure

if TYPE_CHECKING:
    from partnership_model.display.exploration import Exploration

BEGUN = Visit.begun(START)
CASE, NOBODY = {"do": "weights", "of": "case"}, {"do": "weights", "of": "nobody"}
MOVES: tuple[dict[str, Any], ...] = (
    *GOOD,
    *({"do": "swing", "criterion": name, "value": value} for name in ("cost", "staff") for value in ("0", "20", "40")),
    *({"do": "points", "criterion": name, "value": value} for name in START.problem.criteria for value in ("", "0", "12.5", "50")),
    *({"do": "place", "criterion": name, "where": where} for name in START.problem.criteria for where in ("next", "up", "down", "out")),
    *({"do": "compare", "option": one.option, "on": on} for one in START.case.options[1:] for on in (True, False)),
    *({"do": "weigh", "value": value} for value in ("use", "back", "again", "done", "first", "second", "mean", "drop")),
    *({"do": "way", "value": value} for value in ("swing", "points", "order", "pairs", "trade_offs")),
    *({"do": "gate", "gate": name, "on": on} for name in ("way_out", "statutory_pay") for on in (True, False)),
    *({"do": "go", "step": step} for step in ("why", "what_matters", "how_sure")),
    {"do": "sweep", "what": "up", "criterion": "staff"},
    {"do": "pair", "one": "autonomy", "other": "cost", "value": ""},
    {"do": "trade", "one": "cost", "other": "staff", "part": "0.5", "said": "same"},
    NOBODY,
    JUDGE | {"likely": "25"},
)


def visited(*moves: object, visit: Visit = BEGUN) -> Visit:
    for move in moves:
        visit = visit.made(move)
    return visit


def plain(state: Exploration) -> Exploration:
    """Leave out what the log does not hold: what was wrong with the last move, how wide the screen is, and a slide that is shown."""
    return replace(state, problems={}, narrow=False, presenting=None)


def same(one: Visit, other: Visit) -> bool:
    return plain(one.now) == plain(other.now) and one.log == other.log


some_moves = st.lists(st.sampled_from(MOVES), max_size=40)


# Replay


@pure(60)
@given(some_moves)
@example([*({"do": "points", "criterion": name, "value": "12.5"} for name in START.problem.criteria), MOVES[28]])
def test_the_same_state_follows_from_the_log_again(moves: list[object]) -> None:
    visit = visited(*moves)
    again = Visit.replayed(START, json.loads(json.dumps(visit.log)))
    assert same(visit, again)
    assert [one.says for one in again.changes] == [one.says for one in visit.changes]
    assert (again.skipped, again.refused) == (0, "")


@pure(40)
@given(st.lists(messages, max_size=6))
def test_whatever_is_sent_the_log_holds_accepted_moves_only(sent: list[object]) -> None:
    visit = visited(*sent)
    again = Visit.replayed(START, visit.log)
    assert same(visit, again)
    assert again.skipped == 0


def test_a_visit_begins_with_nothing_in_its_log() -> None:
    assert (BEGUN.now, BEGUN.log, BEGUN.changes, BEGUN.to_undo, BEGUN.to_bring_back) == (START, [], (), "", "")


# What is kept


def test_a_slider_that_was_dragged_is_one_change_from_where_it_began() -> None:
    visit = visited(swing("20"), {"do": "go", "step": "what_follows"}, *(swing(str(value)) for value in range(21, 41)))
    assert [one.says for one in visit.changes] == ["Weight of cost: 20, before none", "Weight of cost: 40, before 20"]
    assert visit.undone().now.swings == {"cost": 20.0}


def test_a_slider_that_ends_where_it_began_is_no_change() -> None:
    begun = visited(swing("20"), {"do": "go", "step": "what_follows"})
    assert visited(swing("30"), swing("20"), visit=begun).log == begun.log
    gate = {"do": "gate", "gate": "way_out", "on": True}
    assert visited(gate, gate | {"on": False}).log == []


def test_what_changes_nothing_is_not_kept() -> None:
    visit = visited(CASE)
    assert visited(CASE, {"do": "gate", "gate": "way_out", "on": False}, visit=visit).log == visit.log


def test_points_that_were_complete_in_between_are_not_merged_away() -> None:
    """The weights in use came from the complete points, which the last figure alone would not give again."""
    points = [{"do": "points", "criterion": name, "value": "12.5"} for name in START.problem.criteria]
    last = points[-1]
    visit = visited({"do": "way", "value": "points"}, *points, last | {"value": ""})
    assert visit.now.unweighed == ()
    assert [one.move.value for one in visit.changes[-2:]] == ["12.5", ""]


def test_of_the_looks_the_newest_of_each_field_is_kept_and_the_width_is_the_screens_own_business() -> None:
    steps = [{"do": "go", "step": step} for step in ("facts", "why", "facts", "doors")]
    visit = visited(*steps, {"do": "width", "narrow": True}, {"do": "role", "value": "head"}, {"do": "role", "value": "parent"})
    assert visit.log == [
        {"do": "go", "step": "why"},
        {"do": "go", "step": "facts"},
        {"do": "go", "step": "doors"},
        {"do": "role", "value": "parent"},
    ]
    assert visit.now.narrow
    assert visit.changes == ()


def test_options_that_were_taken_away_leave_room_for_the_others_when_the_log_is_replayed() -> None:
    def put(option: str, *, on: bool) -> dict[str, Any]:
        return {"do": "compare", "option": option, "on": on}

    first, second = START.compared
    visit = visited(put(first, on=False), put("federation", on=True), put("new_mat", on=True), put(second, on=False), put(first, on=True))
    assert len(visit.now.compared) == 3
    assert same(visit, Visit.replayed(START, visit.log))


@pytest.mark.parametrize("message", WRONG_MESSAGES, ids=lambda message: repr(message)[:40])
def test_a_wrong_move_is_answered_and_leaves_no_trace(message: object) -> None:
    visit = visited(CASE, message)
    assert visit.now.problems == DID_NOT_WORK
    assert visit.log == [CASE]


def test_the_log_has_an_end_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "MOST_MOVES", 3)
    visit = visited(CASE, swing("1"), NOBODY)
    more = visit.made(swing("2"))
    assert more.now.problems == {"page": history.TOO_MANY}
    assert same(more, visit)
    assert visited({"do": "go", "step": "facts"}, visit=more).now.step == "facts"


def test_long_reasons_fill_the_log_too() -> None:
    visit = BEGUN
    for count in range(600):
        visit = visited(swing(str(count % 90)), JUDGE | {"note": f"{count} {'x' * 490}"}, visit=visit)
    assert visit.now.problems == {"page": history.TOO_MANY}
    assert len(json.dumps(visit.log)) < MOST_SIZE * 1.2


# Undo


@pure(60)
@given(some_moves, st.sampled_from([move for move in MOVES if move["do"] not in ("go", "way", "compare", "sweep")]))
def test_undoing_is_the_inverse_of_a_change_and_bringing_back_of_undoing(moves: list[object], last: object) -> None:
    before = visited(*moves, {"do": "go", "step": "facts"})
    now = before.made(last)
    if len(now.changes) == len(before.changes):
        return
    undone = now.undone()
    assert same(undone, before)
    assert undone.to_bring_back == now.to_undo
    assert same(undone.brought_back(), now)


@pure(20)
@given(some_moves)
def test_everything_can_be_undone_step_by_step_and_the_looks_stay(moves: list[object]) -> None:
    visit = visited(*moves)
    looks = visit.now.step, visit.now.visited, visit.now.compared, visit.now.asked, visit.now.narrow, visit.now.sweep
    for _ in visit.changes:
        visit = visit.undone()
        assert (visit.now.step, visit.now.visited, visit.now.compared, visit.now.asked, visit.now.narrow, visit.now.sweep) == looks
        assert same(visit, Visit.replayed(START, visit.log))
    assert (visit.changes, visit.now.swings, visit.now.judgements, visit.now.gates) == ((), {}, {}, START.gates)
    assert visit.undone().told == "There is nothing left to undo."


def test_undoing_leaves_a_way_of_weighing_open_that_was_opened_later() -> None:
    visit = visited({"do": "way", "value": "points"}, {"do": "points", "criterion": "cost", "value": "30"}, {"do": "way", "value": "order"})
    undone = visit.undone()
    assert (undone.now.weighing.points, undone.now.weighing.way) == ({}, "order")
    assert undone.told == "Undone: points for cost: 30, before none."


def test_what_was_undone_can_be_brought_back_until_something_else_is_changed() -> None:
    visit = visited(CASE, swing("7")).undone().undone()
    assert visit.brought_back().brought_back().now.swings["cost"] == 7
    assert visit.made({"do": "go", "step": "facts"}).brought_back().now.step == "facts"
    assert visit.made(swing("9")).to_bring_back == ""
    assert visit.made(swing("9")).brought_back().told == "There is nothing to bring back."


def test_starting_again_takes_everything_back_and_can_itself_be_undone() -> None:
    visit = visited(CASE, JUDGE, {"do": "go", "step": "how_sure"})
    again = visit.started_again()
    assert (again.now.swings, again.now.judgements, again.now.step, again.changes) == ({}, {}, "how_sure", ())
    assert again.to_undo == "Started again, without 2 changes made before"
    assert same(again.undone(), visit)
    assert same(again.undone().brought_back(), again)
    later = again.made(swing("3")).made({"do": "go", "step": "facts"}).undone()
    assert same(later.undone(), visit.made({"do": "go", "step": "facts"}))
    assert BEGUN.started_again().told == "Nothing was changed yet."


def test_what_is_opened_takes_the_place_of_what_was_chosen_and_undoing_it_brings_that_back() -> None:
    mine, other = visited(swing("3"), {"do": "width", "narrow": True}), visited(CASE, JUDGE, {"do": "go", "step": "how_sure"})
    opened = mine.opened(other.log)
    assert opened.log == other.log
    assert opened.now.narrow
    assert opened.undone().now.swings == {"cost": 3.0}
    assert opened.undone().now.step == "how_sure"
    assert same(opened.undone().brought_back(), opened)
    later = opened.made(JUDGE | {"note": "We counted again."})
    assert same(later.undone(), opened)
    assert BEGUN.opened(other.log).undone().log == [CASE, {"do": "go", "step": "how_sure"}]


# Hostile logs


@pytest.mark.parametrize(
    "log", [None, True, 7, "x", b"x", {}, {"do": "go"}, (CASE,), [CASE] * 1_000_000, nested(3), ...], ids=lambda log: repr(log)[:30]
)
def test_what_is_no_log_is_refused_as_a_whole_or_skipped(log: object) -> None:
    visit = Visit.replayed(START, log)
    assert (visit.now, visit.log) == (START, [])
    assert visit.refused == history.NOT_A_LOG or visit.skipped == 1


def test_moves_that_cannot_be_made_are_skipped_and_counted() -> None:
    gone: list[Any] = [{"do": "gate", "gate": "no_such_gate", "on": True}, JUDGE | {"option": "nowhere"}, *WRONG_MESSAGES]
    unseen = [{"do": "width", "narrow": True}, {"do": "school", "value": "No such school"}]
    visit = Visit.replayed(START, [CASE, *gone, *unseen, swing("5")])
    assert visit.skipped == len(gone)
    assert visit.log == [CASE, swing("5")]
    assert visit.now.problems == {}


@pure(40)
@given(st.lists(messages, max_size=30))
def test_no_log_raises(log: list[object]) -> None:
    visit = Visit.replayed(START, log)
    assert visit.skipped + len(visit.made_so_far) <= len(log)
    assert same(visit, Visit.replayed(START, visit.log))


def test_more_changes_than_are_kept_are_skipped() -> None:
    visit = Visit.replayed(START, [swing(str(count % 90)) for count in range(MOST_MOVES + 7)])
    assert (len(visit.changes), visit.skipped) == (MOST_MOVES, 7)


def test_a_log_that_takes_too_long_is_refused_as_a_whole() -> None:
    clock = iter(range(100))
    visit = Visit.replayed(START, [CASE] * 50, clock=lambda: next(clock))
    assert (visit.log, visit.refused) == ([], history.TOO_LONG)


def test_what_is_refused_changes_nothing_here() -> None:
    mine = visited(swing("3"))
    opened = mine.opened("no log")
    assert same(opened, mine)
    assert opened.refused == history.NOT_A_LOG


# Kinds and words


def test_every_move_says_its_kind_and_every_change_has_a_sentence() -> None:
    kinds = get_args(get_args(Move)[0])
    assert all(issubclass(kind, Changing | Setting | Looking) for kind in kinds)
    assert {kind for kind in kinds if issubclass(kind, Changing)} == set(SAID)
    assert all(set(kind.field) <= set(kind.model_fields) for kind in kinds)


@pytest.mark.parametrize(
    ("moves", "says"),
    [
        ([CASE], "The weights of the case taken over"),
        ([swing("5"), CASE, NOBODY], "Every weight taken away"),
        ([swing("£12.4"), swing("40", "community_voice")], "Weight of community voice: 40, before none"),
        ([CASE, {"do": "gate", "gate": "way_out", "on": True}], "Must-have named: our own governors can take the school out again"),
        (
            [{"do": "gate", "gate": "way_out", "on": True}, CASE, {"do": "gate", "gate": "way_out", "on": False}],
            "Must-have given up: our own governors can take the school out again",
        ),
        ([JUDGE], "Judgement of staying as we are on staff: 10 to 30, likely 20 (before 33 to 75, likely 53), because we counted"),
        ([{"do": "look", "option": "stay", "criterion": "cost"}], "Judgement of staying as we are on cost: looked at and left as it is"),
        ([{"do": "ways", "value": "any"}], "Ways of weighing that count as plausible: any weights at all"),
        ([{"do": "pair", "one": "autonomy", "other": "cost", "value": "-3"}], "Compared: cost is worth 3 times autonomy"),
        ([{"do": "pair", "one": "autonomy", "other": "cost", "value": "1"}], "Compared: autonomy and cost are worth the same"),
        (
            [{"do": "trade", "one": "staff", "other": "cost", "part": "0.5", "said": "skip"}],
            "Question answered: staff half of the way or cost all the way: no answer",
        ),
        ([{"do": "place", "criterion": "cost", "where": "next"}], "Order: cost put next"),
        ([CASE, {"do": "weigh", "value": "again"}], "Weighed again: a second weighing begun"),
    ],
)
def test_a_change_is_said_in_one_plain_sentence(moves: list[object], says: str) -> None:
    assert visited(*moves).changes[-1].says == says
    assert visited(*moves).to_undo == says


def test_what_the_rest_is_named_that_gets_nothing() -> None:
    weighed = visited(*(swing("50", name) for name in START.problem.criteria if name not in ("cost", "staff")))
    assert weighed.made({"do": "weights", "of": "rest"}).to_undo == "Nothing given to the rest: cost and staff"
