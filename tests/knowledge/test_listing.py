"""The knowledge base as rows: every dated value once, its use, its age, and what rests on something withdrawn."""

from __future__ import annotations

import csv
import datetime as dt
import io
from typing import TYPE_CHECKING

import pytest

from partnership_model.knowledge import listing
from partnership_model.knowledge.facts import Reference
from partnership_model.knowledge.listing import COLUMNS, all_values, cited, count_marks, resting_on_withdrawn, rows, stale, stale_rules, use
from partnership_model.knowledge.reading import read_knowledge
from tests.knowledge.small import ASSUMPTIONS, EMPLOYER, EVIDENCE, GRANT, POLICY

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from partnership_model.knowledge.base import KnowledgeBase

DAY = dt.date(2026, 11, 21)
LAW = "sources/law.yaml"
ENDED = "        ask: the trust\n      - {from: 2030-01-01, value: null}\n"


@pytest.fixture(scope="module")
def shipped_base() -> KnowledgeBase:
    """Read the knowledge base that ships once."""
    return read_knowledge()


def test_the_rows_cover_every_dated_value_of_the_facts_once(shipped_base: KnowledgeBase) -> None:
    values = list(shipped_base.values())
    found = list(rows(shipped_base))
    assert len(found) == len(values) > 2000
    for row, (name, value) in zip(found, values, strict=True):
        assert (row["attribute"], row["from"], row["says"]) == (name, str(value.since), value.says or "")


def test_every_row_has_every_column_as_text(shipped_base: KnowledgeBase) -> None:
    assert len(set(COLUMNS)) == len(COLUMNS)
    for row in rows(shipped_base):
        assert tuple(row) == COLUMNS
        assert all(isinstance(cell, str) for cell in row.values())


def test_the_rows_make_a_table_that_reads_back_as_it_was_written(shipped_base: KnowledgeBase) -> None:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS)
    writer.writeheader()
    writer.writerows(rows(shipped_base))
    again = list(csv.DictReader(io.StringIO(text.getvalue(), newline="")))
    assert again == list(rows(shipped_base))


def test_a_row_says_all_that_a_value_says(data: Callable[..., Path]) -> None:
    found = list(rows(read_knowledge(data((EMPLOYER, "        ask: the trust\n", ENDED)))))
    assert [(row["attribute"], row["from"], row["ended"]) for row in found] == [
        ("employer", "2003-09-01", ""), ("employer", "2010-09-01", ""), ("employer", "2030-01-01", "yes"), ("grant", "2010-09-01", ""),
    ]  # fmt: skip
    assert found[0] == {
        "attribute": "employer", "question": "Who employs our staff?", "options": "any", "categories": "community", "forms": "any",
        "from": "2003-09-01", "ended": "", "code": "council", "answer": "The council", "low": "", "likely": "", "high": "", "unit": "",
        "price_year": "", "says": "The council employs them.", "mark": "sourced", "status": "in_force",
        "references": "An Act, s.35, undated, read 2026-11-21 <https://www.legislation.gov.uk/x>", "ask": "", "checked": "2026-11-21",
        "stale_after": "2027-11-21",
    }  # fmt: skip
    assert {key: found[3][key] for key in ("low", "likely", "high", "unit", "price_year", "code", "answer", "mark", "ask", "options")} == {
        "low": "1000", "likely": "2000", "high": "3000", "unit": "GBP_per_school", "price_year": "2016", "code": "", "answer": "",
        "mark": "estimate", "ask": "the council", "options": "any",
    }  # fmt: skip
    assert (found[1]["options"], found[2]["code"], found[2]["says"], found[2]["mark"]) == ("stay federation", "", "", "")


@pytest.mark.parametrize(
    ("written", "cells"),
    [
        ("low: 1234567, likely: 12345678.5, high: 1234567890123", ["1234567", "12345678.5", "1234567890123"]),
        ("low: -1234567, likely: 0, high: 0.1", ["-1234567", "0", "0.1"]),
    ],
)
def test_a_figure_is_written_out_with_every_digit(written: str, cells: list[str], data: Callable[..., Path]) -> None:
    *_, grant = rows(read_knowledge(data((GRANT, "low: 1000, likely: 2000, high: 3000", written))))
    assert [grant["low"], grant["likely"], grant["high"]] == cells


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"source": "act"}, "An Act, undated, not read <https://www.legislation.gov.uk/x>"),
        ({"source": "paper"}, "A paper, undated, not read"),
        ({"source": "paper", "at": "page 2", "read": "2026-11-21"}, "A paper, page 2, undated, read 2026-11-21"),
        ({"source": "act", "at": "s.1", "text_of": "2025-09-01", "read": "2026-11-21", "copy": True},
         "An Act, s.1, text of 2025-09-01, read 2026-11-21 in a copy <https://www.legislation.gov.uk/x>"),
        ({"source": "act", "href": "https://www.legislation.gov.uk/y"}, "An Act, undated, not read <https://www.legislation.gov.uk/y>"),
    ],
    ids=["named", "no address", "read", "a copy", "an address of its own"],
)  # fmt: skip
def test_a_reference_is_cited_so_that_it_can_be_found_again(fields: dict[str, object], words: str, data: Callable[..., Path]) -> None:
    assert cited(read_knowledge(data()), Reference.model_validate(fields)) == words


def test_a_question_knows_where_it_is_used(data: Callable[..., Path]) -> None:
    base = read_knowledge(data())
    assert use(base, "employer") == listing.Use(tuple(range(1, 41)), ("stay on autonomy",), ("employer_unchanged",))
    assert use(base, "grant") == listing.Use((), ("federation on autonomy",), ())


def test_values_are_counted_by_mark_with_every_mark_named(data: Callable[..., Path]) -> None:
    base = read_knowledge(data((EMPLOYER, "        ask: the trust\n", ENDED)))
    assert count_marks(value for _, value in base.values()) == {"sourced": 1, "named": 0, "memory": 1, "estimate": 1}
    assert list(count_marks(iter(()))) == ["sourced", "named", "memory", "estimate"]


def test_facts_parameters_moves_and_sheets_are_counted_together(data: Callable[..., Path]) -> None:
    """Three facts, two parameters, two moves and one sheet."""
    assert count_marks(all_values(read_knowledge(data()))) == {"sourced": 2, "named": 2, "memory": 3, "estimate": 1}


# Age


@pytest.mark.parametrize(
    ("day", "names"),
    [
        ("2027-11-21", []),
        ("2027-11-22", ["employer"]),
        ("2028-01-01", ["employer"]),
        ("2028-01-02", ["employer", "grant"]),
        ("2029-01-01", ["employer", "grant"]),
        ("2029-01-02", ["employer", "grant", "way_back"]),
        ("2030-01-02", ["charge", "employer", "grant", "way_back"]),
    ],
)
def test_a_question_or_a_parameter_is_stale_from_the_day_after(day: str, names: list[str], data: Callable[..., Path]) -> None:
    """A parameter has the day of its file, or one of its own."""
    base = read_knowledge(
        data(
            (GRANT, "stale_after: 2027-11-21", "stale_after: 2028-01-01"),
            (POLICY, "stale_after: 2027-11-21", "stale_after: 2029-01-01"),
            (POLICY, "    holds_for: one council\n", "    holds_for: one council\n    stale_after: 2030-01-01\n"),
            (EVIDENCE, "stale_after: 2027-11-21", "stale_after: 2031-01-01"),
        )
    )
    on = dt.date.fromisoformat(day)
    assert sorted([*stale(base, on), *stale_rules(base, on)]) == names
    assert set(stale(base, on)) <= set(base.attributes)


@pytest.mark.parametrize(("day", "names"), [("2026-06-01", []), ("2026-06-02", ["what research shows"])])
def test_what_research_shows_goes_stale_too(day: str, names: list[str], data: Callable[..., Path]) -> None:
    base = read_knowledge(data((EVIDENCE, "stale_after: 2027-11-21", "stale_after: 2026-06-01")))
    assert stale_rules(base, dt.date.fromisoformat(day)) == names


# What was withdrawn

GONE = "kind: statute, withdrawn: 2020-01-01}"


def test_where_nothing_was_withdrawn_nothing_is_said(data: Callable[..., Path]) -> None:
    assert resting_on_withdrawn(read_knowledge(data()).on(DAY)) == []


def test_what_rests_on_a_source_that_was_withdrawn_is_named(data: Callable[..., Path]) -> None:
    base = read_knowledge(data((LAW, "kind: statute}", GONE)))
    assert resting_on_withdrawn(base.on(DAY)) == [
        (
            "“An Act” was withdrawn. On it rests: the starting assumption of federation on autonomy; the fact employer from 2003-09-01; "
            "the rule charge from 2016-04-01; the move federation to stay from 2003-09-01; the fact sheet shared_head from 2003-09-01."
        )
    ]


@pytest.mark.parametrize(("day", "said"), [("2019-12-31", 0), ("2020-01-01", 1)])
def test_a_source_is_withdrawn_from_its_day_on(day: str, said: int, data: Callable[..., Path]) -> None:
    base = read_knowledge(data((LAW, "kind: statute}", GONE)))
    assert len(resting_on_withdrawn(base.on(dt.date.fromisoformat(day)))) == said


def test_what_rests_on_a_study_that_was_withdrawn_is_named(data: Callable[..., Path]) -> None:
    base = read_knowledge(
        data(
            (EVIDENCE, "    grade: C\n", "    grade: C\n    withdrawn: 2020-01-01\n"),
            (ASSUMPTIONS, "act;fact:grant", "act;study:survey_2014"),
        )
    )
    assert resting_on_withdrawn(base.on(dt.date(2019, 12, 31))) == []
    assert resting_on_withdrawn(base.on(DAY)) == [
        "“A survey of partnerships” was withdrawn. On it rests: the starting assumption of federation on autonomy."
    ]


def test_a_study_falls_with_the_source_that_printed_it(data: Callable[..., Path]) -> None:
    base = read_knowledge(
        data(
            (LAW, "kind: school_paper}", "kind: school_paper, withdrawn: 2020-01-01}"), (ASSUMPTIONS, "act;fact:grant", "study:survey_2014")
        )
    )
    assert resting_on_withdrawn(base.on(DAY)) == [
        "“A survey of partnerships” was withdrawn. On it rests: the starting assumption of federation on autonomy."
    ]


def test_what_was_withdrawn_and_carries_nothing_is_not_spoken_of(data: Callable[..., Path]) -> None:
    base = read_knowledge(data((EVIDENCE, "    grade: C\n", "    grade: C\n    withdrawn: 2020-01-01\n")))
    assert resting_on_withdrawn(base.on(DAY)) == []


def test_the_study_that_its_publisher_withdrew_is_named_with_what_rests_on_it(shipped_base: KnowledgeBase) -> None:
    """The inspectors' survey of 2011 on leadership of more than one school."""
    (said,) = resting_on_withdrawn(shipped_base.on(DAY))
    assert said.startswith("“Leadership of more than one school, a survey by inspectors” was withdrawn. On it rests: ")
    assert "the starting assumption of federation on school_improvement" in said
