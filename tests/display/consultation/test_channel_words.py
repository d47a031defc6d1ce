"""What is said of channels: units are never added up, and what nobody can know is said."""

from __future__ import annotations

import datetime as dt

from partnership_model.analysis.consultation.channels import Channels
from partnership_model.delivery.consultation.voucher_store import VoucherRun
from partnership_model.display.consultation.channel_words import channel_lines, repeat_lines, voucher_lines
from partnership_model.knowledge.consultation.class_sheets import ClassSheet
from partnership_model.knowledge.consultation.meetings import Meeting
from tests.delivery.consultation.hall_serving import questions

DAY = dt.date(2026, 11, 22)


def test_people_and_letters_are_counted_apart_and_neither_among_ballots() -> None:
    held = [
        Meeting("staff_meeting", "Staff of Infant A", "Staff", "Infant A", DAY, "people", 30, ("Terms",)),
        Meeting("union", "A union", "Staff", "", DAY, "people", 1, ("Pay",)),
        Meeting("letters", "Letters", "", "", DAY, "letters", 9, ("The pond",)),
    ]
    found = Channels({"session": 40, "paper": 1}, 41, 0, 0, None, 0, 1)
    assert channel_lines(found, held, [ClassSheet("Learners", "Infant A", 28, ())] * 2) == [
        ("Evenings", "40 ballots", "counted as ballots"),
        ("Paper", "1 ballot", "counted as ballots"),
        ("Meetings and letters", "31 people and 9 letters, on 3 occasions", "what was said, as themes; no ballots"),
        ("Classes and school councils", "2 sheets of 56 learners", "apart from adults' ballots"),
    ]


def test_repeats_are_an_estimate_with_its_limits() -> None:
    lines = repeat_lines(Channels({"session": 40, "paper": 25}, 60, 2, 7, 4.6, 3, 25), "open")
    assert lines[0].startswith("Of different channels, 7 ballots may repeat another")
    assert "About 5 pairs would be alike by chance" in lines[0]
    assert lines[0].endswith("between 2 and 7 are repeats.")
    assert "up to 25 repeats cannot be ruled out" in lines[1]
    assert "3 ballots more than invitations" in lines[2]
    assert "Printed codes would, except on paper" in lines[3]


def test_where_too_few_tell_chance_is_not_guessed() -> None:
    [first, *_] = repeat_lines(Channels({"session": 4, "paper": 2}, 6, 0, 2, None, 0, 2), "voucher")
    assert "Too few ballots" in first
    assert first.endswith("between 0 and 2 are repeats.")


def test_codes_are_said_by_group_with_their_unit_and_their_use_in_all_alone() -> None:
    runs = [VoucherRun("Parents and carers", 190, DAY, dt.date(2026, 12, 18)), VoucherRun("", 1, DAY, None)]
    assert voucher_lines(runs, 80, questions()) == [
        "190 codes for Parents and carers (one for each household), printed on 22 November 2026, to be used until 18 December 2026",
        "1 code for anybody, printed on 22 November 2026",
        "80 of 191 were used. Who used one, or which group, nobody can say.",
    ]
    assert voucher_lines([], 0, questions()) == []
