"""Whatever people answered, it becomes a record that reads back as the same results."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from partnership_model.analysis.consultation.apart import recorded_repeats
from partnership_model.analysis.consultation.channels import channels_of
from partnership_model.analysis.consultation.recording import recorded, results_again
from partnership_model.analysis.consultation.release import release
from partnership_model.analysis.consultation.results import results_of
from partnership_model.analysis.consultation.small_counts import FEWEST_SHOWN
from partnership_model.knowledge.consultation.consulted_weights import consulted_weights
from partnership_model.knowledge.consultation.record_file import read_record, record_text, sealed
from tests.consultation_making import CRITERIA, OPTIONS, ballots, questions

if TYPE_CHECKING:
    from partnership_model.analysis.consultation.results import ConsultationResults
    from partnership_model.knowledge.consultation.ballots import Ballot
    from partnership_model.knowledge.consultation.record import ConsultationRecord

DAY = dt.date(2026, 11, 20)


def made(answers: list[Ballot]) -> tuple[ConsultationResults, ConsultationRecord]:
    asked = questions(options=OPTIONS)
    results = results_of(asked, release(answers, asked), resamples=20)
    about = {
        "opened": DAY, "closed": DAY, "sessions": (), "acts": (), "withheld": (), "meetings": (), "classes": (),
        "repeats": recorded_repeats(channels_of(answers, asked)), "ballots_sha256": "0" * 64,
    }  # fmt: skip
    return results, sealed(recorded(results, (), {}, about))


@settings(max_examples=60, deadline=None)
@given(st.lists(ballots(), max_size=40))
def test_results_are_the_same_after_a_record_was_written_and_read(answers: list[Ballot]) -> None:
    results, record = made(answers)
    again = read_record(record_text(record))
    assert again == record
    assert results_again(again) == results


@settings(max_examples=60, deadline=None)
@given(st.lists(ballots(), max_size=40))
def test_every_groups_weights_sum_to_100_and_stand_on_five_ballots_or_more(answers: list[Ballot]) -> None:
    _, record = made(answers)
    for one in consulted_weights(record, CRITERIA):
        assert isinstance(one.values, dict)
        assert sum(one.values.values()) == 100
        assert one.elicited.people >= FEWEST_SHOWN


@settings(max_examples=60, deadline=None)
@given(st.lists(ballots(), max_size=40))
def test_no_count_in_a_record_is_of_one_to_four(answers: list[Ballot]) -> None:
    _, record = made(answers)
    counts = Counter[object]()
    data = record.model_dump(mode="json")
    for part in ("response", "support", "repeats"):
        counts.update(counts_of(data[part]))
    counts.update(one["counted"] for one in data["by_group"].values())
    assert not {1, 2, 3, 4} & set(counts)


def counts_of(value: object, key: str = "") -> list[object]:
    """Give every whole number of people or ballots inside some data."""
    if isinstance(value, dict):
        return [one for name, part in value.items() for one in counts_of(part, name)]
    if isinstance(value, list):
        return [one for part in value for one in counts_of(part, key)]
    return [value] if type(value) is int and key not in ("invited", "channels") else []
