"""Whatever people answered, it becomes a record that reads back as the same results."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import TYPE_CHECKING

from hypothesis import example, given, settings
from hypothesis import strategies as st

from partnership_model.analysis.consultation.coarsening import FULL, Protection
from partnership_model.analysis.consultation.recording import recorded, results_again
from partnership_model.analysis.consultation.release import release
from partnership_model.analysis.consultation.results import results_of
from partnership_model.analysis.consultation.small_counts import FEWEST_SHOWN
from partnership_model.knowledge.consultation.ballots import Ballot
from partnership_model.knowledge.consultation.consulted_weights import consulted_weights
from partnership_model.knowledge.consultation.record_file import read_record, record_text, sealed
from tests.analysis.consultation.attacks import small_tables, totals_minus_parts
from tests.consultation_making import CRITERIA, OPTIONS, ballots, questions

if TYPE_CHECKING:
    from partnership_model.analysis.consultation.results import ConsultationResults
    from partnership_model.knowledge.consultation.record import ConsultationRecord, RecordedWeights

DAY = dt.date(2026, 11, 20)


def made(answers: list[Ballot], protection: Protection = FULL) -> tuple[ConsultationResults, ConsultationRecord]:
    asked = questions(options=OPTIONS)
    results = results_of(asked, release(answers, asked, protection=protection), resamples=20)
    about = {
        "opened": DAY, "closed": DAY, "sessions": (), "acts": (), "withheld": (), "meetings": (), "classes": (),
        "ballots_sha256": "0" * 64,
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
    for part in ("response", "support"):
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


# The attacks by subtraction, on what a record says


def tables_of(record: ConsultationRecord) -> list[dict[str, object]]:
    """Read a record as an attacker does: how many of whom, and their mean ranks."""

    def table(one: RecordedWeights) -> dict[str, object]:
        return {"n": one.counted, "means": {point.criterion: point.mean_rank for point in one.points}}

    groups = [{"groups": [name], **table(one)} for name, one in record.by_group.items()]
    return [*groups, *([table(record.together)] if record.together else [])]


def parts_of(record: ConsultationRecord) -> list[dict[str, object]]:
    """Read how many answered: all, by group and by school."""
    said = record.response
    counts: list[dict[str, object]] = [{"groups": [one.name], "n": one.answered, "means": {}} for one in said.groups if one.answered]
    counts += [{"schools": [one.name], "n": one.answered, "means": {}} for one in said.schools if one.answered]
    return [*counts, *([{"n": said.everybody.answered, "means": {}}] if said.everybody.answered else [])]


FEW_GOVERNORS = [
    *[Ballot("Staff", "Infant A", "session", {"a": 1, "b": 2, "c": 3, "d": 4})] * 8,
    *[Ballot("Parents", "Junior B", "session", {"b": 1, "a": 2, "c": 3, "d": 4})] * 9,
    *[Ballot("", "", "session", {"d": 1, "c": 2, "b": 3, "a": 4})] * 2,
]


@settings(max_examples=100, deadline=None)
@given(st.lists(ballots(), max_size=40))
@example(FEW_GOVERNORS)
def test_nobody_is_found_by_subtracting_what_a_record_says(answers: list[Ballot]) -> None:
    _, record = made(answers)
    for tables in (tables_of(record), parts_of(record)):
        assert small_tables(tables) == []
        assert totals_minus_parts([one for one in tables if "schools" not in one]) == []


def test_the_same_attack_counts_two_hidden_people_where_small_groups_alone_are_hidden() -> None:
    _, record = made(FEW_GOVERNORS, Protection(secondary=False))
    (found,) = totals_minus_parts([one for one in parts_of(record) if "schools" not in one])
    assert found.size == 2
