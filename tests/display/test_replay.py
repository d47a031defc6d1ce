"""The replay: every page follows the law and facts of another day, says which, and says what differs from the case's own."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from partnership_model.display import screening_words
from partnership_model.display.exploration import after, begin
from partnership_model.display.history import Visit
from partnership_model.display.moves import STEPS
from partnership_model.display.replay import differences
from partnership_model.knowledge.cases import read_case
from partnership_model.knowledge.shipped import find_case
from tests.display.exploring import JUDGE, START, moved, unchanged
from tests.display.page_reading import ELEMENTS, STATES, found_in, page, read
from tests.display.test_blocks import harmless
from tests.display.test_notebook import BASE

RANKED = STATES["ranked"]
TODAY = dt.date(2026, 11, 1)
TYPICAL = begin(read_case(find_case("typical-2026"), BASE), BASE.on(TODAY))


def to(day: str) -> dict[str, str]:
    """Choose a day."""
    return {"do": "replay", "day": day}


@pytest.mark.parametrize("step", STEPS)
def test_every_page_of_a_replay_says_its_day_that_it_is_one_and_the_way_back(step: str) -> None:
    state = moved(to("2012-01-01"), state=RANKED)
    reader = read(state, step)
    assert "Facts as of 1 January 2012." in reader.text
    assert f"replay {differences(state, state.problem)} Back to 15 April 2016" in reader.text
    back = next(about for about in reader.of("button") if about.get("data-on-click") == "replay")
    assert moved({"do": "replay", "day": back["data-day"]}, state=state) == RANKED
    assert "Back to" not in read(RANKED, step).text


def test_the_numbers_are_those_of_the_case_opened_on_that_day() -> None:
    """Computed judgements, closed options and the ranking follow; nothing of the case's own day is left behind."""
    there = begin(RANKED.case, BASE.on(dt.date(2012, 1, 1)))
    weighed = moved({"do": "weights", "of": "case"}, state=there)
    replayed = moved(to("2012-01-01"), state=RANKED)
    assert replayed.problem == weighed.problem
    assert page(replayed, "what_follows").charts == page(weighed, "what_follows").charts
    assert replayed.problem.judgements["federation", "reversibility"] != RANKED.problem.judgements["federation", "reversibility"]


def test_what_differs_is_said_in_one_line() -> None:
    line = differences(moved(to("2012-01-01"), state=START), moved(to("2012-01-01"), state=START).problem)
    assert line.startswith(
        "Against 15 April 2016, the case’s own day: a council-maintained federation: not decided: ask, instead of open if others consent; "
        "of 70 key answers for Infant A, "
    )
    assert "are not recorded for this day" in line
    same = moved(to("2016-04-16"))
    assert differences(same, same.problem) == (
        "Against 15 April 2016, the case’s own day: the same options are open; all key answers for Infant A are the same."
    )


def test_an_option_that_did_not_exist_on_the_day_is_closed_with_the_reason_and_no_door_to_it_is_counted() -> None:
    state = moved(to("2020-01-01"), state=TYPICAL)
    option = state.problem.option("la_trust")
    assert option.status == "closed"
    says = "Closed: There is no such option on 1 January 2020: it begins on 23 February 2026."
    assert screening_words.because(option) == says
    assert says in read(state, "must_haves").text
    assert all("la_trust" not in (*one.way_out.doors, *one.way_out.closed_doors) for one in state.problem.options)
    assert "a trust set up by the council or an area partnership: closed, instead of shown, not ranked" in differences(state, state.problem)
    compared = moved({"do": "compare", "option": "la_trust", "on": True}, state=state)
    for step in STEPS:
        harmless(page(compared, step).html, ELEMENTS)


@pytest.mark.parametrize(
    ("day", "says"),
    [
        ("", 'The day: found ""; expected a date that exists, such as 2016-04-15.'),
        ("2016-02-30", 'The day: found "2016-02-30"; expected a date that exists, such as 2016-04-15.'),
        ("20160415", 'The day: found "20160415"; expected a date that exists, such as 2016-04-15.'),
        ("２０16-04-15", 'The day: found "２０16-04-15"; expected a date that exists, such as 2016-04-15.'),
        ("2010-08-31", "31 August 2010 is not known here. Choose a day from 1 September 2010 to 21 May 2027."),
        ("9999-12-31", "31 December 9999 is not known here. Choose a day from 1 September 2010 to 21 May 2027."),
    ],
)
def test_a_day_that_is_none_or_is_not_known_is_refused_beside_its_field(day: str, says: str) -> None:
    state = after(START, to(day))
    assert state.problems == {"replay": says}
    assert unchanged(START, state)
    reader = read_problem(state)
    (field,) = [about for about in reader.of("input") if about.get("id") == "replay-day"]
    assert (field["aria-invalid"], field["aria-describedby"]) == ("true", "problem-replay")
    assert says in reader.text


def read_problem(state: object) -> object:
    """Read the step Facts with the problem that was just found."""
    from partnership_model.display.pages import page_of  # noqa: PLC0415 - `read` opens a step, which clears problems

    return harmless(page_of(replace(state, step="facts")).html, ELEMENTS)


def test_the_cases_own_day_is_always_known() -> None:
    old = begin(RANKED.case, BASE.on(dt.date(2010, 7, 30)))
    assert moved(to("2016-01-01"), to("2010-07-30"), state=old) == old


def test_who_looked_at_a_computed_figure_has_not_looked_at_that_of_another_day() -> None:
    cell = ("federation", "reversibility")
    looked = moved({"do": "look", "option": cell[0], "criterion": cell[1]}, state=RANKED)
    there = moved(to("2012-01-01"), state=looked)
    assert looked.problem.judgements[cell].confirmed
    assert not there.problem.judgements[cell].confirmed
    said = moved({"do": "judgement", "option": cell[0], "criterion": cell[1], "on": True}, state=there)
    from partnership_model.display.judgement_panel import panel_view  # noqa: PLC0415

    assert "The group has looked at the figure of another day, not at this one." in panel_view(said, found_in(said), cell)["whose"]
    assert moved(to("2016-04-15"), state=there) == looked


def test_the_groups_own_figures_stay_on_every_day() -> None:
    state = moved(JUDGE, to("2012-01-01"), state=RANKED)
    assert state.problem.judgements["stay", "staff"].reasoning == "We counted."


def test_a_log_with_a_replay_in_it_makes_the_same_state_again() -> None:
    visit = Visit.begun(START)
    moves = [{"do": "weights", "of": "case"}, to("2012-01-01"), {"do": "look", "option": "federation", "criterion": "cost"}, JUDGE]
    for move in [*moves, to("2018-01-01"), {"do": "look", "option": "stay", "criterion": "reversibility"}]:
        visit = visit.made(move)
    again = Visit.replayed(START, visit.log)
    assert again.now == visit.now
    assert again.now.knowledge.day == dt.date(2018, 1, 1)
    assert [one.says for one in again.changes] == [one.says for one in visit.changes]
