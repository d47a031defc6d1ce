"""What is said of channels: units are never added up, and what nobody can know is said."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from partnership_model.analysis.consultation.apart import recorded_meetings
from partnership_model.delivery.consultation.voucher_store import VoucherRun
from partnership_model.display.consultation.channel_words import Classes, channel_lines, twice_lines, voucher_lines
from partnership_model.display.consultation.entry_pages import AllChannels, channels_page
from partnership_model.knowledge.consultation.meetings import Meeting
from partnership_model.knowledge.consultation.record_file import read_record
from tests.consulting import EXAMPLE
from tests.delivery.consultation.hall_serving import questions

if TYPE_CHECKING:
    from partnership_model.knowledge.consultation.record import ConsultationRecord

DAY = dt.date(2026, 11, 22)


def test_people_and_letters_are_counted_apart_and_neither_among_ballots() -> None:
    held = [
        Meeting("staff_meeting", "Staff of Infant A", "Staff", "Infant A", DAY, "people", 30, ("Terms",)),
        Meeting("union", "A union", "Staff", "", DAY, "people", 1, ("Pay",)),
        Meeting("letters", "Letters", "", "", DAY, "letters", 9, ("The pond",)),
    ]
    assert channel_lines({"session": 40, "paper": 1}, held, Classes(2, 56)) == [
        ("Evenings", "40 ballots", "counted as ballots"),
        ("Paper", "1 ballot", "counted as ballots"),
        ("Meetings and letters", "31 people and 9 letters", "what was said, as themes; no ballots"),
        ("Classes and school councils", "2 sheets of 56 learners", "apart from adults' ballots"),
    ]
    assert channel_lines({}, recorded_meetings(held), Classes(0, 0)) == [
        ("Meetings and letters", "30 people, 9 letters and a few people", "what was said, as themes; no ballots")
    ]


@pytest.fixture(scope="module")
def record() -> ConsultationRecord:
    """The record of the example: 33 by the evening, 34 by the form, 11 on paper."""
    return read_record((EXAMPLE / "consultation.json").read_text(encoding="utf-8"))


def with_response(record: ConsultationRecord, **more: object) -> ConsultationRecord:
    return record.model_copy(update={"response": record.response.model_copy(update=more)})


def test_second_ballots_are_an_estimate_with_its_limits(record: ConsultationRecord) -> None:
    first, why, over, once = twice_lines(record)
    assert first.startswith("From 0 to 44 ballots may be second ones")
    assert "would learn from the number whether the guess was right" in why
    assert over.startswith("No group of which the ballots and the invitations are shown has more")
    assert once.startswith("Nobody had to show a printed code")


def test_more_ballots_than_invitations_are_said_of_the_groups_that_are_shown_alone(record: ConsultationRecord) -> None:
    groups = [one.model_copy(update={"invited": (one.answered or 0) - 3}) for one in record.response.groups]
    shown = [one for one in groups if one.answered]
    over = 3 * len([one for one in shown if not one.with_others])
    assert any(f"more ballots ({over}) than invitations" in line for line in twice_lines(with_response(record, groups=tuple(groups))))


def test_of_one_way_no_second_ballot_comes_by_another(record: ConsultationRecord) -> None:
    [first, *_] = twice_lines(with_response(record, channels={"session": 78}))
    assert first == "All ballots came by one way, so nobody can have answered by two."


def test_the_page_of_a_closed_consultation_has_no_number_that_the_record_withholds() -> None:
    answered = {"session": 67, "paper": None, "survey": None}
    found = AllChannels(78, answered, (), Classes(0, 0), ("Nobody can know.",), [VoucherRun("", 90, DAY, None)], None)
    page = channels_page(questions(), found)
    assert page.count("too few came this way, or another") == 2
    assert "How many were used is not shown" in page
    assert "Fewer than five ballots" in channels_page(questions(), replace(found, ballots=None, answered={}))


def test_codes_are_said_by_group_with_their_unit_and_their_use_in_all_alone() -> None:
    runs = [VoucherRun("Parents and carers", 190, DAY, dt.date(2026, 12, 18)), VoucherRun("", 1, DAY, None)]
    assert voucher_lines(runs, 80, questions()) == [
        "190 codes for Parents and carers (one for each household), printed on 22 November 2026, to be used until 18 December 2026",
        "1 code for anybody, printed on 22 November 2026",
        "80 of 191 were used. Who used one, or which group, nobody can say.",
    ]
    assert voucher_lines([], 0, questions()) == []
