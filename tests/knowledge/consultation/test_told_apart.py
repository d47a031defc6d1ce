"""Meetings, letters and class sheets are held against the questions before they are kept."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnership_model.knowledge.consultation.class_sheets import ClassSheet, read_sheet, sheet_of, typed_of_sheet
from partnership_model.knowledge.consultation.meetings import MEETING_KINDS, read_meeting, themes_of, typed_of_meeting
from tests.delivery.consultation.hall_serving import questions

if TYPE_CHECKING:
    from partnership_model.knowledge.consultation.question_set import QuestionSet

TODAY = dt.date(2026, 11, 22)
MEETING = {
    "kind": "union",
    "title": "A union of support staff",
    "group": "Staff",
    "school": "",
    "held": "2026-11-20",
    "unit": "people",
    "number": "14",
    "themes": "Terms stay as they are\n\n Who is the employer? ",
    "nobody": "yes",
}
SHEET = {
    "group": "Learners",
    "school": "Infant A",
    "learners": "28",
    "q0.yes": "20",
    "q0.no": "3",
    "q1": "The pond\nFriends",
    "nobody": "yes",
}


@pytest.fixture(scope="module")
def asked() -> QuestionSet:
    """What the example case asks, which has three questions to learners."""
    return questions()


def test_a_meeting_is_kept_as_it_was_told(asked: QuestionSet) -> None:
    meeting, faults = read_meeting(MEETING, asked, TODAY)
    assert not faults
    assert meeting is not None
    assert (meeting.number, meeting.unit, meeting.held) == (14, "people", dt.date(2026, 11, 20))
    assert meeting.themes == ("Terms stay as they are", "Who is the employer?")
    assert themes_of(meeting.themes_text) == meeting.themes


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("kind", "party"),
        ("title", ""),
        ("title", "x" * 121),
        ("group", "Cats"),
        ("school", "Nowhere"),
        ("held", "2026-11-23"),
        ("held", "20261120"),
        ("held", "yesterday"),
        ("number", "0"),
        ("number", "-3"),
        ("number", "1e3"),
        ("number", "99999"),
        ("unit", "percent"),
        ("themes", " \n "),
        ("themes", "x" * 301),
        ("themes", "x\n" * 21),
        ("themes", "Pay\nMrs Oak said so"),
        ("themes", "Write to a.b@example.org"),
        ("nobody", ""),
    ],
)
def test_what_is_wrong_with_a_meeting_is_said_at_its_field(asked: QuestionSet, field: str, typed: str) -> None:
    meeting, faults = read_meeting({**MEETING, field: typed}, asked, TODAY)
    assert meeting is None
    assert list(faults) == [field]


def test_a_sheet_is_kept_as_it_was_told(asked: QuestionSet) -> None:
    sheet, faults = read_sheet(SHEET, asked)
    assert not faults
    assert sheet == ClassSheet("Learners", "Infant A", 28, ((20, 0, 3), ("The pond", "Friends"), ()))
    assert sheet_of(sheet.group, sheet.school, sheet.learners, sheet.text) == sheet


@pytest.mark.parametrize(
    ("field", "typed", "at"),
    [
        ("group", "Staff", "group"),
        ("school", "Nowhere", "school"),
        ("learners", "", "learners"),
        ("learners", "many", "learners"),
        ("q0.yes", "26", "q0"),
        ("q0.yes", "-1", "q0"),
        ("q1", "x" * 301, "q1"),
        ("q1", "x\n" * 13, "q1"),
        ("q1", "Mr Elm's class is loud", "q1"),
        ("nobody", "", "nobody"),
    ],
)
def test_what_is_wrong_with_a_sheet_is_said_at_its_field(asked: QuestionSet, field: str, typed: str, at: str) -> None:
    sheet, faults = read_sheet({**SHEET, field: typed}, asked)
    assert sheet is None
    assert list(faults) == [at]


def test_what_is_taken_back_is_typed_as_it_was_but_for_the_tick(asked: QuestionSet) -> None:
    meeting, _ = read_meeting(MEETING, asked, TODAY)
    sheet, _ = read_sheet(SHEET, asked)
    assert meeting is not None
    assert sheet is not None
    assert read_meeting({**typed_of_meeting(meeting), "nobody": "yes"}, asked, TODAY)[0] == meeting
    assert read_sheet({**typed_of_sheet(sheet, asked), "nobody": "yes"}, asked)[0] == sheet
    assert "nobody" not in {**typed_of_meeting(meeting), **typed_of_sheet(sheet, asked)}


def test_hands_alone_need_no_word_that_nobody_is_named(asked: QuestionSet) -> None:
    sheet, faults = read_sheet({"group": "Learners", "learners": "28", "q0.yes": "20"}, asked)
    assert not faults
    assert sheet is not None


def test_fewer_than_five_learners_are_no_sheet_of_their_own(asked: QuestionSet) -> None:
    _, faults = read_sheet({"group": "Learners", "learners": "4", "q1": "The pond"}, asked)
    assert "put two classes on one sheet" in faults["learners"]


def test_an_empty_sheet_is_not_kept(asked: QuestionSet) -> None:
    _, faults = read_sheet({"group": "Learners", "learners": "28"}, asked)
    assert list(faults) == ["q0"]


@given(st.dictionaries(st.sampled_from([*MEETING, *SHEET]), st.text(max_size=40)))
def test_whatever_is_typed_is_either_kept_or_refused_with_a_reason(typed: dict[str, str]) -> None:
    meeting, why_no_meeting = read_meeting({**MEETING, **typed}, questions(), TODAY)
    sheet, why_no_sheet = read_sheet({**SHEET, **typed}, questions())
    assert (meeting is None) == bool(why_no_meeting)
    assert (sheet is None) == bool(why_no_sheet)
    if meeting:
        assert meeting.kind in MEETING_KINDS
        assert all(one.strip() == one and one for one in meeting.themes)
