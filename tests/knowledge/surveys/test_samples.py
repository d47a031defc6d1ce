"""The exports of every tool read back as the same ballots."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.surveys.asking import FILES, SAMPLES, imported, six

PERSONAL = ("example.org", "192.0.2.", "198.51.100.", "Given", "Family", "2026", "19:0", "11800")


@pytest.mark.parametrize("name", FILES)
def test_every_format_reads_back_as_the_same_ballots(name: str) -> None:
    found = imported(SAMPLES / name)
    channel = "paper" if name == "paper.csv" else "survey"
    assert list(found.ballots) == six(channel)
    assert (found.answers, found.rejected, found.channel, found.source) == (6, (), channel, name)


@pytest.mark.parametrize("name", FILES)
def test_nothing_of_whoever_answered_and_no_time_is_in_what_is_handed_on(name: str) -> None:
    kept = repr(imported(SAMPLES / name))
    assert "Café" in kept
    assert not [word for word in PERSONAL if word in kept]


@pytest.mark.parametrize("name", FILES)
def test_every_column_that_is_not_an_answer_is_named_as_dropped(name: str) -> None:
    dropped = {one.column for one in imported(SAMPLES / name).dropped}
    own = {
        "surveymonkey.csv": {"IP Address", "Email Address", "First Name", "Last Name", "Custom Data 1", "Respondent ID", "End Date"},
        "google_sheet.csv": {"Timestamp", "Email Address"},
        "microsoft_forms.csv": {"ID", "Start time", "Completion time", "Email", "Name"},
        "limesurvey_codes.csv": {"id", "ipaddr", "seed", "submitdate"},
        "paper.csv": {"Ballot number"},
    }.get(name, set())
    assert own <= dropped
    assert not {one for one in dropped if "which" in one.lower() or "order" in one.lower() or "else" in one.lower()}


@pytest.mark.parametrize("name", FILES)
def test_two_identical_answers_are_reported_and_both_kept_until_somebody_says_otherwise(name: str) -> None:
    kept = imported(SAMPLES / name)
    first = 4 if name == "surveymonkey.csv" else 3
    (same,) = kept.duplicates
    assert (same.by, same.rows, same.dropped) == ("identical", (first + 1, first + 3), ())
    once = imported(SAMPLES / name, drop_duplicates=frozenset({"identical"}))
    assert len(once.ballots) == 5
    assert once.duplicates[0].dropped == (first + 3,)


@pytest.mark.parametrize("name", [one for one in FILES if one != "paper.csv"])
def test_answers_from_outside_the_days_of_the_consultation_are_rejected_in_every_format(name: str) -> None:
    found = imported(SAMPLES / name, days=(dt.date(2026, 10, 6), dt.date(2026, 10, 13)))
    assert list(found.ballots) == six()[2:5]
    assert sorted(one.says for one in found.rejected) == [
        "it was answered after 13 October 2026, the last day that counts; are day and month in the right order?",
        *["it was answered before 6 October 2026, the first day that counts"] * 2,
    ]
