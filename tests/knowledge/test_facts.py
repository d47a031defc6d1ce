"""Dated facts: marks that cannot be raised for nothing, values in order of time, and the fact of a day."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from pydantic import ValidationError

from partnership_model.knowledge.facts import ALWAYS_ALLOWED, Attribute, Cell, DatedValue, Fact, Reference, Source, in_force

READ = {"source": "education_act_2002", "at": "s.35(1)", "read": "2026-11-21"}
FIGURES = {"low": 1, "likely": 2, "high": 3}
STEP = {"do": "Vote.", "who": "The governing body", "months": FIGURES}


def value(**changes: Any) -> dict[str, Any]:  # noqa: ANN401
    """A sourced value in order, with changes; None leaves a key out."""
    fields = {"from": "2003-09-01", "code": "council", "says": "The council.", "mark": "sourced", "references": [READ]}
    return {key: one for key, one in (fields | changes).items() if one is not None}


def attribute(**changes: Any) -> dict[str, Any]:  # noqa: ANN401
    """A file of facts in order, with changes."""
    fields: dict[str, Any] = {
        "attribute": "employer",
        "question": "Who employs our staff?",
        "description": "The legal employer.",
        "topic": "people",
        "kind": "rule",
        "nation": "england",
        "codes": {"council": "The council"},
        "cells": [{"options": "any", "categories": "any", "values": [value()]}],
        "checked": {"date": "2026-11-21", "against": "the passages"},
        "stale_after": "2027-11-21",
    }
    return fields | changes


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"references": []}, "a sourced fact needs a reference"),
        ({"references": [{"source": "x", "at": "s.1"}]}, "a sourced fact needs a reference"),
        ({"references": [{"source": "x", "read": "2026-11-21"}]}, "a sourced fact needs a reference"),
        ({"references": [{"source": "x", "at": "s.1"}, {"source": "x", "read": "2026-11-21"}]}, "a sourced fact"),
        ({"mark": "named", "references": [], "ask": "the council"}, "a named fact needs a reference"),
        ({"mark": "named"}, "whom to `ask`"),
        ({"mark": "memory"}, "whom to `ask`"),
        ({"mark": "estimate", "amount": FIGURES}, "whom to `ask`"),
        ({"code": "unknown"}, "whom to `ask`"),
        ({"mark": "estimate", "ask": "the council"}, "an estimate needs `amount"),
        ({"mark": None}, "`mark` is missing"),
        ({"mark": "certain"}, "sourced"),
        ({"says": None}, "expected `says`, or `value: null`"),
        ({"status": "rumoured"}, "in_force"),
        ({"price_year": 1999}, "2000"),
        ({"price_year": 2041}, "2040"),
        ({"price_year": 2016.0}, "integer|whole"),
        ({"from": 2003}, "whole date"),
        ({"from": None}, "[Mm]issing|required"),
        ({"value": "council"}, "None|nothing"),
        ({"answer": "council"}, "[Ee]xtra"),
        ({"references": [READ | {"page": 3}]}, "[Ee]xtra"),
    ],
)
def test_a_value_without_what_its_mark_promises_is_refused(changes: dict[str, Any], complaint: str) -> None:
    with pytest.raises(ValidationError, match=complaint):
        DatedValue.model_validate(value(**changes))


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"references": [{"source": "x"}, READ]},
        {"mark": "named", "references": [{"source": "x"}], "ask": "the council"},
        {"mark": "memory", "references": [], "ask": "the diocese"},
        {"mark": "estimate", "references": [], "code": None, "amount": FIGURES, "price_year": 2016, "ask": "a clerk"},
        {"mark": "estimate", "references": [], "code": None, "steps": [STEP], "ask": "a clerk"},
        {"code": "unknown", "ask": "the council"},
        {"amount": FIGURES, "price_year": 2040},
    ],
)
def test_a_value_that_keeps_its_promise_is_accepted(changes: dict[str, Any]) -> None:
    assert DatedValue.model_validate(value(**changes)).says == "The council."


def test_all_that_a_value_lacks_is_said_at_once() -> None:
    with pytest.raises(ValidationError, match=r"an estimate needs `amount.*; what is not sourced"):
        DatedValue.model_validate(value(mark="estimate"))


def test_a_rule_ends_with_a_null_and_needs_no_mark() -> None:
    ended = DatedValue.model_validate({"from": "2030-01-01", "value": None})
    assert ended.ended
    assert ended.mark is None


def test_a_rule_cannot_end_and_say_something_in_one() -> None:
    with pytest.raises(ValidationError, match="value"):
        DatedValue.model_validate(value() | {"value": None})


def test_a_rule_that_ended_leaves_nothing_behind() -> None:
    with pytest.raises(ValidationError, match="says"):
        DatedValue.model_validate({"from": "2030-01-01", "value": None, "code": "council", "mark": "memory"})


@pytest.mark.parametrize("days", [["2012-09-01", "2003-09-01"], ["2003-09-01", "2003-09-01"]], ids=["backwards", "one day twice"])
def test_values_stand_in_the_order_of_time(days: list[str]) -> None:
    values = [value(**{"from": day}) for day in days]
    with pytest.raises(ValidationError, match="later than the one above"):
        Cell.model_validate({"options": "any", "categories": "any", "values": values})


@pytest.mark.parametrize("backwards", [False, True])
def test_the_value_in_force_is_the_last_that_began_in_whatever_order_the_values_come(backwards: bool) -> None:  # noqa: FBT001
    values = [DatedValue.model_validate(one) for one in (
        value(), value(**{"from": "2012-09-01", "says": "The trust."}), {"from": "2026-06-29", "value": None},
    )]  # fmt: skip
    values = values[::-1] if backwards else values
    held = [in_force(values, dt.date.fromisoformat(day)) for day in ("2003-08-31", "2003-09-01", "2012-09-01", "2026-06-28", "2026-06-29")]
    assert [one.says if one else None for one in held] == [None, "The council.", "The trust.", "The trust.", None]
    assert in_force((), dt.date(2016, 4, 15)) is None


def test_a_cell_without_a_value_is_refused() -> None:
    with pytest.raises(ValidationError, match="at least 1"):
        Cell.model_validate({"options": "any", "categories": "any", "values": []})


def test_a_cell_says_nothing_before_its_first_day_and_after_its_end() -> None:
    values = [value(), value(**{"from": "2012-09-01", "code": "trust"}), {"from": "2026-06-29", "value": None}]
    cell = Cell.model_validate({"options": "any", "categories": "any", "values": values})
    held = {day: cell.on(dt.date.fromisoformat(day)) for day in
            ("2003-08-31", "2003-09-01", "2012-08-31", "2012-09-01", "2026-06-28", "2026-06-29", "2099-01-01")}  # fmt: skip
    assert [one.code if one else None for one in held.values()] == [
        None, "council", "council", "trust", "trust", None, None,
    ]  # fmt: skip


def test_a_rule_can_come_back_after_its_end() -> None:
    values = [value(), {"from": "2010-01-01", "value": None}, value(**{"from": "2020-01-01"})]
    cell = Cell.model_validate({"options": "any", "categories": "any", "values": values})
    assert cell.on(dt.date(2015, 1, 1)) is None
    assert cell.on(dt.date(2020, 1, 1)) is not None


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"nation": "wales"}, "england"),
        ({"topic": "weather"}, "control"),
        ({"kind": "text"}, "rule"),
        ({"unit": "EUR"}, "GBP"),
        ({"codes": {"The council": "x"}}, "pattern|small letters"),
        ({"checked": {"date": "2026-11-21"}}, "against"),
        ({"stale_after": "2027"}, "date that exists"),
        ({"first_question": "yes"}, "boolean|true or false"),
        ({"questions": "x"}, "[Ee]xtra"),
        ({"roles": {"clerk": []}}, "parent"),
        ({"roles": {"teacher": "council"}}, "tuple|list"),
        ({"roles": {"teacher": [["The council"]]}}, "pattern|small letters"),
        ({"cells": [{"options": "any", "categories": "any", "forms": ["married"], "values": [value()]}]}, "alone"),
    ],
)
def test_a_file_of_facts_is_read_strictly(changes: dict[str, Any], complaint: str) -> None:
    with pytest.raises(ValidationError, match=complaint):
        Attribute.model_validate(attribute(**changes))


def test_the_answers_of_a_role_are_ordered_from_least_to_most_and_those_of_an_inner_list_stand_level() -> None:
    roles = {"teacher": ["trust", ["council", "diocese"]], "head": []}
    assert Attribute.model_validate(attribute(roles=roles)).roles == {"teacher": (("trust",), ("council", "diocese")), "head": ()}


def test_a_cell_speaks_for_every_present_form_unless_it_names_some() -> None:
    cell: dict[str, Any] = {"options": "any", "categories": "any", "values": [value()]}
    assert Cell.model_validate(cell).forms == "any"
    assert Cell.model_validate(cell | {"forms": ["federated", "in_mat"]}).forms == ("federated", "in_mat")


def test_a_fact_names_its_present_form_where_it_is_not_alone() -> None:
    fact = Fact("land", "stay", "foundation", "ours", "Ours", "It is.", "sourced", form="with_trust")
    assert fact.key == "land/stay/foundation/with_trust"


def test_a_code_is_answered_in_words_and_unknown_is_always_one() -> None:
    about = Attribute.model_validate(attribute())
    assert about.answer("council") == "The council"
    assert about.answer("unknown") == ALWAYS_ALLOWED["unknown"] == "Not known"
    assert about.answer("not_open") == "Not open to this school"


def test_a_file_may_word_unknown_in_its_own_way() -> None:
    about = Attribute.model_validate(attribute(codes={"unknown": "It depends on the articles"}))
    assert about.answer("unknown") == "It depends on the articles"


def test_a_fact_is_known_unless_its_code_says_unknown() -> None:
    known = Fact("employer", "stay", "community", "council", "The council", "It is.", "sourced")
    figures = Fact("grant", "stay", "community", None, "", "It is.", "estimate")
    unknown = Fact("land", "stay", "academy", "unknown", "Not known", "Nobody knows.", "memory")
    assert (known.known, figures.known, unknown.known) == (True, True, False)
    assert known.key == "employer/stay/community"


def test_a_reference_may_say_that_a_copy_was_read() -> None:
    assert Reference.model_validate(READ | {"copy": True}).from_copy
    assert not Reference.model_validate(READ).from_copy
    with pytest.raises(ValidationError, match=r"boolean|true or false"):
        Reference.model_validate(READ | {"copy": "yes"})


@pytest.mark.parametrize("href", ["ftp://x.org", "www.gov.uk", "javascript:alert(1)"])
def test_a_source_has_a_web_address_or_none(href: str) -> None:
    fields = {"title": "An Act", "publisher": "legislation.gov.uk", "kind": "statute"}
    assert Source.model_validate(fields).href is None
    with pytest.raises(ValidationError, match=r"pattern|address"):
        Source.model_validate(fields | {"href": href})
