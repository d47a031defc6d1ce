"""What a page asks for beside moves: a file that is offered, a file that is opened, and nothing that anybody could slip in."""

from __future__ import annotations

import base64
import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given

from partnership_model.analysis.appraisal import appraise
from partnership_model.display.history import Visit
from partnership_model.display.history_panel import panel_of
from partnership_model.display.keeping import LONGEST, Desk, asked, done
from partnership_model.display.pages import Page, page_of
from partnership_model.display.saving import save, saved_by
from partnership_model.display.widgets import GovernorsDashboard
from tests.display.exploring import JUDGE, START, messages, moved
from tests.display.page_reading import ELEMENTS
from tests.display.test_blocks import HOSTILE, Reader, harmless
from tests.display.test_saving import CRITERIA, LOOKS, ORDERED
from tests.making import pure

TODAY = dt.date(2026, 11, 22)
GATE = {"do": "gate", "gate": "way_out", "on": True}
EVERYBODY = [{"do": "swing", "criterion": name, "value": "100" if name == "cost" else "5"} for name in CRITERIA]
SAVE = {"do": "save", "by": "Staff", "people": "3"}
EMPTY = Desk(Visit.begun(START))


def visited(*moves: dict[str, Any]) -> Desk:
    visit = EMPTY.visit
    for move in moves:
        visit = visit.made(move)
        assert visit.now.problems == {}, move
    return Desk(visit)


def do(desk: Desk, move: dict[str, Any]) -> Desk:
    """Ask for something, as the page does."""
    found = asked(move)
    assert found is not None
    return done(desk, found, TODAY)[0]


def sent(data: bytes, *, beside: bool = False) -> dict[str, Any]:
    return {"do": "open_file", "beside": beside, "size": len(data), "file": base64.b64encode(data).decode()}


def file_of(desk: Desk, by: str = "Staff") -> bytes:
    found = asked({"do": "save", "by": by, "people": "3"})
    assert found is not None
    file = done(desk, found, TODAY)[1]
    assert file is not None
    return file.data


def shown(desk: Desk, *, narrow: bool = False) -> Page:
    visit = desk.visit.made({"do": "go", "step": "next"})
    return page_of(replace(visit.now, narrow=narrow), panel_of(visit, "x"), desk.beside)


WEIGHED = visited(*EVERYBODY, *LOOKS, GATE, JUDGE)
OURS = visited({"do": "weights", "of": "case"}, *LOOKS)
BESIDE = do(OURS, sent(file_of(WEIGHED), beside=True))


def test_a_file_that_is_saved_is_offered_under_its_name_and_the_page_says_where_it_is() -> None:
    desk, file = done(WEIGHED, asked(SAVE), TODAY)
    assert file is not None
    assert file.name == "ember-2016-staff-2026-11-22.zip"
    assert desk.visit.told == "Saved as ember-2016-staff-2026-11-22.zip. It is where your browser puts what it downloads."
    assert (
        file.data
        == save(WEIGHED.visit.now, WEIGHED.visit.log, [one.says for one in WEIGHED.visit.changes], saved_by("Staff", "3", TODAY)).data
    )


@pytest.mark.parametrize(("by", "people", "says"), [("", "3", "Say who you are"), ("Staff", "many", "Say how many people took part")])
def test_a_wrong_answer_is_said_beside_the_form_and_nothing_is_offered(by: str, people: str, says: str) -> None:
    desk, file = done(WEIGHED, asked({"do": "save", "by": by, "people": people}), TODAY)
    assert file is None
    assert says in desk.visit.now.problems["save"]
    assert desk.visit.log == WEIGHED.visit.log


def test_what_was_saved_is_opened_in_place_of_ours_and_undo_brings_ours_back() -> None:
    desk = do(OURS, sent(file_of(WEIGHED)))
    assert desk.visit.now.swings == WEIGHED.visit.now.swings
    assert desk.visit.now.gates == ("way_out",)
    assert desk.visit.told.startswith("Opened what Staff saved. Undo brings back")
    visit = desk.visit
    while visit.to_undo and visit.now.swings != OURS.visit.now.swings:
        visit = visit.undone()
    assert visit.now.judgements == OURS.visit.now.judgements


def test_what_lies_beside_ours_changes_nothing_of_ours() -> None:
    assert BESIDE.visit.log == OURS.visit.log
    assert replace(BESIDE.visit.now, problems={}) == OURS.visit.now
    assert [one.who.by for one in BESIDE.beside] == ["Staff"]
    text = Reader(shown(BESIDE).html).text
    assert "Saved by Staff on 22 November 2026; 3 people took part. Nothing of it is used in ours." in text
    assert do(BESIDE, {"do": "put_away", "place": 1}).beside == ()


def test_two_may_lie_beside_ours_and_a_third_has_to_wait() -> None:
    two = do(BESIDE, sent(file_of(visited(*ORDERED), "Parents"), beside=True))
    assert [one.who.by for one in two.beside] == ["Staff", "Parents"]
    three = do(two, sent(file_of(visited(*ORDERED), "Church"), beside=True))
    assert three.visit.now.problems == {"open_file": "2 files lie beside ours already. Put one away first."}
    assert three.beside == two.beside
    assert [one.who.by for one in do(three, {"do": "put_away", "place": 1}).beside] == ["Parents"]


@pytest.mark.parametrize(
    ("move", "says"),
    [
        (sent(b"x") | {"size": 2**20 + 1}, "The file is too large"),
        (sent(b"x") | {"file": "not base64!"}, "The file did not arrive whole"),
        (sent(b"x") | {"file": "\u00e9"}, "The file did not arrive whole"),
        (sent(b""), "a case is a folder with case.yaml"),
        (sent(file_of(WEIGHED)[:-5]), "damaged"),
    ],
)
@pytest.mark.parametrize("beside", [True, False])
def test_a_file_that_cannot_be_opened_is_said_and_leaves_all_as_it_was(move: dict[str, Any], says: str, *, beside: bool) -> None:
    desk = do(BESIDE, move | {"beside": beside})
    assert says in desk.visit.now.problems["open_file"]
    assert (desk.visit.log, desk.beside) == (BESIDE.visit.log, BESIDE.beside)
    assert says in Reader(page_of(replace(desk.visit.now, step="next")).html).text


@pytest.mark.parametrize(
    "message",
    [
        {"do": "save"},
        {"do": "save", "by": "x" * 20_001, "people": "1"},
        {"do": "save", "by": None, "people": "1"},
        {"do": "save", "by": "a", "people": 3},
        {"do": "open_file", "beside": "true", "size": 1, "file": ""},
        {"do": "open_file", "beside": True, "size": -1, "file": ""},
        {"do": "open_file", "beside": True, "size": 1, "file": "x" * (LONGEST + 1)},
        {"do": "open_file", "beside": True, "size": 1, "file": "", "path": "/etc/passwd"},
        {"do": "put_away", "place": 0},
        {"do": "put_away", "place": True},
        {"do": "put_away", "place": 10**9},
    ],
)
def test_what_no_page_sends_is_not_taken(message: dict[str, Any]) -> None:
    assert asked(message) is None


@pure(100)
@given(messages)
def test_no_move_is_taken_for_something_else(message: object) -> None:
    found = asked(message)
    assert found is None or found.do in ("save", "open_file", "put_away")


def test_the_widget_sends_the_file_before_it_says_that_it_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    dashboard = GovernorsDashboard(START)
    got: list[tuple[Any, ...]] = []
    monkeypatch.setattr(dashboard, "send", lambda *what: got.append(what))
    dashboard.move(SAVE)
    assert [list(content) for content, *_ in got] == [["file"], ["done"]]
    assert got[0][1][0].startswith(b"PK")
    dashboard.move(sent(got[0][1][0], beside=True))
    assert len(dashboard.desk.beside) == 1
    dashboard.close()


# What the page says of two states


@pytest.mark.parametrize("narrow", [False, True])
def test_the_page_puts_the_weights_side_by_side_as_a_chart_in_words_and_in_a_table(*, narrow: bool) -> None:
    page = shown(BESIDE, narrow=narrow)
    rows = page.charts["beside_weights_1-1"]["data"]["values"]
    ours, theirs = (appraise(desk.visit.now.problem).problem.weights.shares for desk in (OURS, WEIGHED))
    assert [(row["ours"], row["theirs"]) for row in rows] == [pytest.approx((100 * ours[name], 100 * theirs[name])) for name in CRITERIA]
    text = Reader(page.html).text
    assert "The weights differ most in cost: 6 here, 74 for Staff" in text
    assert page.charts["beside_weights_1-1"]["description"].startswith(
        "Weights in points of 100, ours and those of Staff. Autonomy: 13 here, 4 for"
    )


def test_the_page_says_which_must_haves_and_options_only_one_of_the_two_has_and_what_the_difference_hangs_on() -> None:
    text = Reader(shown(BESIDE).html).text
    assert "Only for Staff a must-have: Our own governors can take the school out again." in text
    assert "Only for Staff closed: joining an established multi-academy trust" in text
    assert "What comes first with whose judgements and whose weights, beside Staff" in text
    assert "1 judgement differs; it alone would not change what comes first here" in text
    assert "staying as we are cannot be separated" not in Reader(shown(OURS).html).text


def test_two_that_say_the_same_are_said_to_agree() -> None:
    text = Reader(shown(do(OURS, sent(file_of(OURS), beside=True))).html).text
    assert "Weights, judgements and must-haves are the same." in text
    assert "The weights are the same here and for Staff" in text
    assert "neither here nor for Staff" in text or "Both put" in text


def test_beside_a_state_in_which_nobody_has_weighed_nothing_is_put_in_order() -> None:
    text = Reader(shown(do(OURS, sent(file_of(EMPTY), beside=True))).html).text
    assert "Nothing is put in order for Staff yet, so only what was said can be compared" in text
    assert "nobody has weighed, so nothing is put in order" in text.lower()
    text = Reader(shown(do(EMPTY, sent(file_of(OURS), beside=True))).html).text
    assert "Nothing is put in order here yet" in text


@pytest.mark.parametrize("name", HOSTILE)
def test_the_name_of_who_saved_does_no_harm_on_the_page(name: str) -> None:
    try:
        data = file_of(WEIGHED, name[:100])
    except AssertionError:
        return  # no name at all
    page = shown(do(OURS, sent(data, beside=True)))
    harmless(page.html, ELEMENTS)


def test_in_a_replay_both_are_shown_with_the_facts_of_the_same_day() -> None:
    day = {"do": "replay", "day": "2013-05-01"}
    desk = Desk(BESIDE.visit.made(day), BESIDE.beside)
    assert desk.visit.now.knowledge.day == dt.date(2013, 5, 1)
    assert BESIDE.beside[0].on(dt.date(2013, 5, 1)).appraisal.problem.day == dt.date(2013, 5, 1)
    assert "Saved by Staff" in Reader(shown(desk).html).text
    assert moved(day, state=START).knowledge.day != START.own_day
