"""Lists of facts, one answer, and the base as a table and as pages: marks, age and use said, nothing that a spreadsheet works out."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from partnership_model.delivery.fact_list import answer, as_cell, as_csv, listing, totals
from partnership_model.delivery.reference_pages import OTHERS, TOPICS, as_pages
from partnership_model.errors import PartnershipError
from partnership_model.knowledge.listing import COLUMNS, MARKS
from tests.display.test_blocks import HOSTILE
from tests.display.test_notebook import BASE, DAY, LATER

if TYPE_CHECKING:
    from partnership_model.knowledge.facts import DatedValue

TODAY = dt.date(2026, 11, 21)


def answered(attribute: str, option: str = "stay", category: str = "community", form: str = "alone", day: dt.date = DAY) -> list[str]:
    """Answer one question."""
    return answer(BASE.on(day), attribute, option, category, form)


# Lists


def test_every_question_is_listed_with_its_marks_its_age_and_its_use() -> None:
    lines = listing(BASE, day=TODAY)
    assert [line.partition(": ")[0] for line in lines] == list(BASE.attributes)
    (line,) = [line for line in lines if line.startswith("employer: ")]
    marks = [value.mark for cell in BASE.attributes["employer"].cells for value in cell.values]
    said = ", ".join(f"{marks.count(mark)} {mark}" for mark in MARKS if mark in marks)
    resting = [pair for pair, one in BASE.assumptions.items() if "fact:employer" in one.evidence]
    asking = [one.number for one in BASE.questions if "employer" in one.attributes]
    gates = [gate.id for gate in BASE.non_negotiables if gate.attribute == "employer"]
    assert resting
    assert asking
    assert line == (
        f"employer: {BASE.attributes['employer'].question} {said}; checked 2026-11-21, good until "
        f"{BASE.attributes['employer'].stale_after}; answers {len(asking)} of the forty questions, carries {len(resting)} starting "
        f"assumptions{', asked by must-haves ' + ', '.join(gates) if gates else ''}."
    )


def test_a_must_have_that_asks_a_fact_is_named() -> None:
    gate = BASE.non_negotiables[0]
    (line,) = [line for line in listing(BASE, day=TODAY) if line.startswith(f"{gate.attribute}: ")]
    named = [one.id for one in BASE.non_negotiables if one.attribute == gate.attribute]
    assert line.endswith(f", asked by must-haves {', '.join(named)}.")


@pytest.mark.parametrize("mark", MARKS)
def test_a_list_by_mark_has_the_questions_with_such_facts_and_no_others(mark: str) -> None:
    names = [line.partition(": ")[0] for line in listing(BASE, mark=mark, day=TODAY)]
    expected = [name for name, one in BASE.attributes.items() if any(value.mark == mark for cell in one.cells for value in cell.values)]
    assert names == expected
    assert names


def test_a_list_by_mark_is_shorter_where_not_every_question_has_such_facts() -> None:
    assert 0 < len(listing(BASE, mark="estimate", day=TODAY)) < len(BASE.attributes)


def test_a_list_of_what_went_stale_has_only_that_and_says_since_when() -> None:
    land = BASE.attributes["land"]
    assert listing(BASE, only_stale=True, day=TODAY) == []
    assert "good until" in next(line for line in listing(BASE, day=land.stale_after) if line.startswith("land: "))
    stale = replace(BASE, attributes={**BASE.attributes, "land": land.model_copy(update={"stale_after": DAY})})
    (line,) = listing(stale, only_stale=True, day=TODAY)
    assert line.startswith("land: ")
    assert "checked 2026-11-21, STALE since 2016-04-15;" in line


def test_a_list_of_what_went_stale_has_rules_and_amounts_too() -> None:
    rule = BASE.parameters["phones"]
    old = replace(BASE, parameters={**BASE.parameters, "phones": rule.model_copy(update={"stale_after": DAY})})
    (line,) = listing(old, only_stale=True, day=TODAY)
    marks = [value.mark for value in rule.values]
    said = ", ".join(f"{marks.count(mark)} {mark}" for mark in MARKS if mark in marks)
    assert line == f"rule phones: {rule.question} {said}; STALE since 2016-04-15."
    (missing,) = set(MARKS) - set(marks) - {"named"}
    assert listing(old, only_stale=True, mark=missing, day=TODAY) == []
    assert listing(old, only_stale=True, mark="memory", day=TODAY) == [line]
    assert [one for one in listing(old, day=TODAY) if one.startswith("rule ")] == []


def test_the_shares_of_the_marks_are_counted_over_every_dated_value() -> None:
    (line,) = totals(BASE)
    found = re.fullmatch(
        r"(\d+) questions with (\d+) dated values; (\d+) rules and amounts with (\d+); (\d+) moves with (\d+); "
        r"(\d+) fact sheets with (\d+); together (\d+): "
        r"(\d+) sourced \((\d+)%\), (\d+) named \((\d+)%\), (\d+) memory \((\d+)%\), (\d+) estimate \((\d+)%\)\.",
        line,
    )
    assert found
    figures = list(map(int, found.groups()))
    counted, every, pairs = figures[:8], figures[8], figures[9:]
    assert counted[::2] == [len(BASE.attributes), len(BASE.parameters), len(BASE.moves), len(BASE.fact_sheets)]
    assert counted[1] == len(list(csv.reader(io.StringIO(as_csv(BASE), newline="")))) - 1
    assert counted[3] == sum(len(one.values) for one in BASE.parameters.values())
    assert sum(counted[1::2]) == every
    assert sum(pairs[::2]) == every
    assert all(abs(100 * count / every - share) <= 0.5 for count, share in zip(pairs[::2], pairs[1::2], strict=True))


# One answer


def test_one_question_is_answered_with_mark_source_and_day() -> None:
    """By the Education Act 2002, section 36, the governing body of a voluntary aided school employs its staff."""
    lines = answered("employer", "stay", "voluntary_aided")
    assert lines[:3] == [
        "Who employs our staff?",
        "Stay as we are, a voluntary aided school, on 15 April 2016:",
        "  Our own governing body",
    ]
    assert any(re.fullmatch(r"  Mark: sourced; holds since \d+ \w+ \d{4} or earlier", line) for line in lines)
    assert any(line.startswith("  Source: Education Act 2002, s.36") and "legislation.gov.uk" in line for line in lines)
    assert "  The text that was read is later than the day asked about." in lines


def test_what_is_not_sourced_says_whom_to_ask() -> None:
    fact = BASE.on(DAY).fact("top_slice", "established_mat", "community")
    lines = answered("top_slice", "established_mat")
    assert fact.mark == "estimate"
    assert lines[2] == "  3 to 9.5% of the budget, likely 5"
    assert lines[-1] == f"  Ask: {fact.ask}"


def test_an_answer_depends_on_category_present_form_and_day() -> None:
    assert answered("employer", "stay", "community")[2] == "  The council"
    assert answered("employer", "stay", "academy", "in_mat")[1:3] == [
        "Stay as we are, an academy in a multi-academy trust, on 15 April 2016:",
        "  The academy trust",
    ]
    april, june = (answered("national_plan", day=day) for day in (DAY, LATER))
    assert april[2] != june[2]


def test_steps_are_numbered_with_who_does_them_and_how_long_and_nothing_is_said_twice() -> None:
    steps = BASE.on(DAY).fact("steps", "federation", "community").steps
    lines = answered("steps", "federation")
    assert len(steps) > 3
    for number, step in enumerate(steps, 1):
        assert f"  {number}. {step.do} ({step.who}), {step.months.low:g} to {step.months.high:g} months" in lines
    assert len(set(lines)) == len(lines)


def test_what_is_not_in_force_yet_says_so() -> None:
    about = BASE.attributes["employer"]
    cells = [cell.model_copy(update={"values": tuple(_enacted(value) for value in cell.values)}) for cell in about.cells]
    base = replace(BASE, attributes={**BASE.attributes, "employer": about.model_copy(update={"cells": tuple(cells)})})
    lines = answer(base.on(DAY), "employer", "stay", "community", "alone")
    assert any(line.startswith("  Mark: sourced, passed, not yet in force; holds since ") for line in lines)


def _enacted(value: DatedValue) -> DatedValue:
    return value.model_copy(update={"status": "enacted"})


@pytest.mark.parametrize(
    ("names", "says"),
    [
        ({"attribute": "emploer"}, '"emploer" is not a question of the knowledge base. Did you mean "employer"?'),
        ({"option": "federaton"}, '"federaton" is not an option of the knowledge base. Did you mean "federation"?'),
        ({"category": "comunity"}, '"comunity" is not a category of the knowledge base. Did you mean "community"?'),
        ({"form": "federatd"}, '"federatd" is not a present form of a community school. Did you mean "federated"?'),
        ({"form": "in_mat"}, '"in_mat" is not a present form of a community school. Known: alone, federated.'),
        ({"category": "academy", "form": "federated"}, '"federated" is not a present form of an academy. Known: alone, in_mat.'),
        ({"option": "la_trust"}, "Trust set up by the council or an area partnership does not exist on 15 April 2016."),
        ({"option": ""}, '"" is not an option of the knowledge base. Known: co_operative_trust, collaboration, '),
    ],
)
def test_a_name_that_is_not_known_gives_the_nearest_that_is(names: dict[str, str], says: str) -> None:
    with pytest.raises(PartnershipError, match=f"^{re.escape(says)}"):
        answered(**({"attribute": "employer"} | names))


@pytest.mark.parametrize("attribute", BASE.attributes)
def test_every_question_can_be_answered_for_every_option_of_today(attribute: str) -> None:
    for option in BASE.on(TODAY).options:
        lines = answered(attribute, option, day=TODAY)
        assert len(set(lines)) == len(lines) >= 3
        fact = BASE.on(TODAY).fact(attribute, option, "community")
        assert (f"  Ask: {fact.ask}" in lines) == bool(fact.ask)


# A table


def test_the_table_has_every_dated_value_once_with_its_columns() -> None:
    rows = list(csv.DictReader(io.StringIO(as_csv(BASE))))
    assert tuple(rows[0]) == COLUMNS
    assert len(rows) == sum(len(cell.values) for one in BASE.attributes.values() for cell in one.cells)
    assert {row["attribute"] for row in rows} == set(BASE.attributes)
    assert set(MARKS) <= {row["mark"] for row in rows} <= {*MARKS, ""}


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r"])
def test_a_cell_cannot_become_a_sum_in_a_spreadsheet(sign: str) -> None:
    text = f"{sign}HYPERLINK(1+1)"
    land = BASE.attributes["land"]
    attribute = land.model_copy(update={"question": text, "codes": dict.fromkeys(land.codes, text)})
    cells = [cell for row in csv.reader(io.StringIO(as_csv(replace(BASE, attributes={"land": attribute})), newline="")) for cell in row]
    assert f"'{text}".replace("\r", "\n") in cells
    assert not any(cell.startswith(("=", "+", "@", "\t", "\r")) for cell in cells)
    assert all(re.fullmatch(r"-[0-9.]+", cell) for cell in cells if cell.startswith("-"))


@pytest.mark.parametrize(
    ("text", "cell"),
    [("-50", "-50"), ("-0.5", "-0.5"), ("-50+1", "'-50+1"), ("-", "'-"), ("--5", "'--5"), ("- a", "'- a"), ("5-1", "5-1"), ("", "")],
)
def test_a_saving_stays_a_number_and_what_only_looks_like_one_does_not(text: str, cell: str) -> None:
    assert as_cell(text) == cell


@pytest.mark.parametrize("text", HOSTILE)
def test_the_table_keeps_every_text_as_it_is(text: str) -> None:
    attributes = {"land": BASE.attributes["land"].model_copy(update={"question": text})}
    rows = list(csv.DictReader(io.StringIO(as_csv(replace(BASE, attributes=attributes)), newline="")))
    assert {row["question"] for row in rows} in ({text}, {f"'{text}"})


def test_a_lone_carriage_return_does_not_end_a_row() -> None:
    attributes = {"land": BASE.attributes["land"].model_copy(update={"question": "Who\rowns it?"})}
    rows = list(csv.DictReader(io.StringIO(as_csv(replace(BASE, attributes=attributes)), newline="")))
    assert {row["question"] for row in rows} == {"Who\nowns it?"}
    assert {row["attribute"] for row in rows} == {"land"}


# Pages


def test_the_index_leads_to_every_page_and_no_page_is_left_out() -> None:
    pages = as_pages(BASE)
    assert set(pages) == {"README.md", *(f"{name}.md" for name in (*TOPICS, *OTHERS))}
    linked = re.findall(r"\]\((\w+\.md)\)", pages["README.md"])
    assert sorted([*linked, "README.md"]) == sorted(pages)
    assert totals(BASE)[0] in pages["README.md"]


def test_every_question_stands_on_the_page_of_its_topic_with_every_dated_value() -> None:
    pages = as_pages(BASE)
    for name, one in BASE.attributes.items():
        page = pages[f"{one.topic}.md"]
        start = page.index(f"## {one.question}\n\n`{name}`. ")
        section = page[start : page.find("\n## ", start + 1)] if page.find("\n## ", start + 1) > 0 else page[start:]
        assert section.count("\n  - ") == sum(len(cell.values) for cell in one.cells), name
        assert f"stale after {one.stale_after}." in section


def test_every_term_study_rule_and_route_stands_on_its_page() -> None:
    pages = as_pages(BASE)
    assert all(f"**{one.term}**: {one.plain}" in pages["glossary.md"] for one in BASE.glossary.values())
    assert all(f"## {one.title} ({one.year})" in pages["evidence.md"] for one in BASE.evidence.evidence.values())
    assert all(f"`{key}`" in pages["parameters.md"] for key in BASE.parameters)
    assert all(f"## {one.label}\n" in pages["fact_sheets.md"] for one in BASE.fact_sheets.values())
    assert all(f"`{key}`" in pages["criteria.md"] for key in BASE.criteria)
    assert pages["moves.md"].count("\n## ") == len(BASE.moves)
