"""Getting out again: who decides, where one lands, and which doors stay open."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from partnership_model.model.screening import screen
from partnership_model.model.way_out import WayOut, doors_after, way_out
from tests.making import OPTIONS, make_knowledge, make_move, make_school

if TYPE_CHECKING:
    from partnership_model.knowledge.schema import Range

INFANT = make_school("Infant A")
FOUNDATION = make_school("Primary D", "foundation")
ONE_DOOR = {("federation", "stay"): True, ("federation", "new_mat"): False}
HARD = {
    ("leave_decider", "federation", "foundation"): "others",
    ("landing_place", "federation", "foundation"): "another_trust",
}


def way_out_of(*schools, facts=None, moves=ONE_DOOR, options=OPTIONS) -> WayOut:  # noqa: ANN002, ANN001
    """Work out the way out of a federation of these schools."""
    knowledge = make_knowledge(facts, moves=moves)
    return way_out(screen("federation", schools, knowledge, least=1), options, knowledge)


def close_to(amount: Range, low: float, likely: float, high: float) -> bool:
    """Compare to the last digit but rounding."""
    return (amount.low, amount.likely, amount.high) == pytest.approx((low, likely, high), abs=1e-9)


def test_the_points_of_one_school_by_hand() -> None:
    """Decider 0.4 x (80, 90, 100), landing 0.2 x (90, 100, 100), and 0.4 x 50 for one of two doors.

    32 + 18 + 20 = 70; 36 + 20 + 20 = 76; 40 + 20 + 20 = 80.
    """
    assert close_to(way_out_of(INFANT).points, 70, 76, 80)


def test_the_points_of_the_group_are_the_mean_of_its_schools_by_hand() -> None:
    """The second school: 0.4 x (0, 5, 15) + 0.2 x (0, 10, 20) + 20 = 20, 24, 30; the means are 45, 50, 55."""
    found = way_out_of(INFANT, FOUNDATION, facts=HARD)
    assert close_to(found.points, 45, 50, 55)


def test_each_school_carries_its_two_facts() -> None:
    found = way_out_of(INFANT, FOUNDATION, facts=HARD)
    assert {school: (decider.code, landing.code) for school, (decider, landing) in found.facts.items()} == {
        "Infant A": ("governing_body", "same_category"),
        "Primary D": ("others", "another_trust"),
    }


def test_who_decides_being_unknown_is_a_wide_range_and_never_a_zero() -> None:
    """0.4 x (0, 50, 100) + 0.2 x (90, 100, 100) + 20 = 38, 60, 80."""
    assert close_to(way_out_of(INFANT, facts={"leave_decider": "unknown"}).points, 38, 60, 80)


@pytest.mark.parametrize("code", [None, "not_open", "somebody_new"])
def test_an_answer_without_points_in_the_rule_counts_as_unknown(code: str | None) -> None:
    assert close_to(way_out_of(INFANT, facts={"leave_decider": code}).points, 38, 60, 80)


def test_doors_are_the_other_options_that_can_still_be_reached() -> None:
    found = way_out_of(INFANT)
    assert found.doors == ("stay",)
    assert found.closed_doors == ("new_mat",)


def test_every_door_open_and_every_door_shut_by_hand() -> None:
    """Likely, 0.4 x 90 and 0.2 x 100 make 56; the doors add 40 or nothing."""
    every = {("federation", "stay"): True, ("federation", "new_mat"): True}
    assert way_out_of(INFANT, moves=every).points.likely == pytest.approx(96)
    assert way_out_of(INFANT, moves=dict.fromkeys(every, False)).points.likely == pytest.approx(56)


def test_a_move_of_which_nothing_is_recorded_is_no_open_door() -> None:
    found = way_out_of(INFANT, moves={})
    assert (found.doors, found.closed_doors) == ((), ("stay", "new_mat"))


def test_only_options_of_the_case_are_doors() -> None:
    found = way_out_of(INFANT, options=("stay", "federation"))
    assert (found.doors, found.closed_doors) == (("stay",), ())
    assert found.points.likely == pytest.approx(96)


def test_where_there_is_no_other_option_no_door_is_shut() -> None:
    found = way_out_of(INFANT, options=("federation",))
    assert (found.doors, found.closed_doors) == ((), ())
    assert found.points.likely == pytest.approx(96)


def test_doors_are_one_move_away_and_never_strung_together() -> None:
    knowledge = make_knowledge(moves={("stay", "federation"): True, ("federation", "new_mat"): True})
    assert doors_after("stay", OPTIONS, knowledge) == ("federation",)


def test_a_move_that_opens_later_is_not_open_yet() -> None:
    knowledge = make_knowledge()
    later = make_move("federation", "stay", is_open=True, since=dt.date(2016, 9, 1))
    base = replace(knowledge.base, moves=(later,))
    assert doors_after("federation", OPTIONS, base.on(dt.date(2016, 8, 31))) == ()
    assert doors_after("federation", OPTIONS, base.on(dt.date(2016, 9, 1))) == ("stay",)


def test_a_school_that_stays_outside_does_not_count() -> None:
    facts = {**HARD, ("eligibility", "federation", "foundation"): "not_open"}
    found = way_out_of(INFANT, FOUNDATION, facts=facts)
    assert list(found.facts) == ["Infant A"]
    assert close_to(found.points, 70, 76, 80)


def test_where_no_school_takes_part_the_points_are_the_whole_scale() -> None:
    assert close_to(way_out_of(INFANT, facts={"eligibility": "not_open"}).points, 0, 50, 100)
