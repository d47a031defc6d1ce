"""Parameters: rules and amounts of the whole country, or of one council, over time."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import ValidationError

from partnership_model.knowledge.parameters import Parameter
from partnership_model.knowledge.reading import read_knowledge
from tests.knowledge.small import POLICY, Row, has_fault, named

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FIGURES = {"low": 1, "likely": 2, "high": 3}


def value(day: str, **changes: Any) -> dict[str, Any]:  # noqa: ANN401
    """What holds from one day on."""
    return {"from": day, "code": "barred", "says": "It is barred.", "mark": "memory", "ask": "a solicitor"} | changes


def parameter(*values: dict[str, Any], **changes: Any) -> Parameter:  # noqa: ANN401
    """A rule with its dated values."""
    fields = {"question": "Is it so?", "description": "Whether.", "subject": "law", "kind": "rule", "codes": {"barred": "It is barred"}}
    return Parameter.model_validate(fields | {"values": list(values)} | changes)


def test_the_value_of_a_day_is_the_last_one_that_began() -> None:
    found = parameter(value("2010-01-01"), value("2015-01-01", code="unknown"), {"from": "2020-01-01", "value": None})
    held = {day: found.on(dt.date.fromisoformat(day)) for day in
            ("2009-12-31", "2010-01-01", "2014-12-31", "2015-01-01", "2019-12-31", "2020-01-01", "2099-01-01")}  # fmt: skip
    assert [one.code if one else None for one in held.values()] == [None, "barred", "barred", "unknown", "unknown", None, None]


def test_a_rule_can_come_back_after_its_end() -> None:
    found = parameter(value("2010-01-01"), {"from": "2015-01-01", "value": None}, value("2020-01-01"))
    assert found.on(dt.date(2017, 1, 1)) is None
    assert found.on(dt.date(2020, 1, 1)) is not None


@pytest.mark.parametrize("days", [["2015-01-01", "2010-01-01"], ["2010-01-01", "2010-01-01"]], ids=["backwards", "one day twice"])
def test_values_stand_in_the_order_of_time(days: list[str]) -> None:
    with pytest.raises(ValidationError, match="later than the one above"):
        parameter(*(value(day) for day in days))


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"values": []}, "at least 1"),
        ({"kind": "steps"}, "rule"),
        ({"subject": "weather"}, "policy"),
        ({"unit": "EUR"}, "GBP"),
        ({"topic": "law"}, "[Ee]xtra"),
        ({"values": [value("2010-01-01", mark="sourced")]}, "a sourced fact needs a reference"),
        ({"values": [value("2010-01-01", ask=None)]}, "whom to `ask`"),
    ],
)
def test_a_parameter_is_read_strictly(changes: dict[str, Any], complaint: str) -> None:
    with pytest.raises(ValidationError, match=complaint):
        parameter(value("2010-01-01"), **changes)


def test_a_parameter_of_one_council_says_so(data: Callable[..., Path]) -> None:
    base = read_knowledge(data())
    assert {key: one.holds_for for key, one in base.parameters.items()} == {"way_back": None, "charge": "one council"}


def test_an_amount_is_given_on_its_day_with_its_price_year_and_no_answer(data: Callable[..., Path]) -> None:
    base = read_knowledge(data())
    assert base.on(dt.date(2016, 3, 31)).parameter("charge") is None
    found = base.on(dt.date(2016, 4, 1)).parameter("charge")
    assert found is not None
    assert found.amount is not None
    assert (found.code, found.answer, found.amount.likely, found.price_year, found.mark) == (None, "", 5000, 2016, "sourced")
    assert [one.source for one in found.references] == ["act"]


# file, old words, new words, line, words of the message
ONE_FAULT: list[Row] = [
    (POLICY, "code: no_route", "code: noroute", 11, '"noroute" is not a code of this entry. Did you mean "no_route"?'),
    (POLICY, "code: no_route", "code: not_open", 11, '"not_open" is not a code of this entry.'),
    (POLICY, "code: no_route, ", "", 11, "a rule needs a `code`"),
    (POLICY, "        amount: {low: 5000, likely: 5000, high: 5000}\n", "", 20, "expected `amount` in GBP"),
    (POLICY, "        price_year: 2016\n", "", 20, "money needs the year of its prices"),
    (POLICY, "source: act", "source: acct", 25, 'the source "acct" is not known. Did you mean "act"?'),
    (POLICY, "source: act", "source: paper", 25, "a sourced fact needs a reference with a pinpoint, the day it was read, and an address"),
    (POLICY, "nation: england", "nation: wales", 2, "england"),
    (POLICY, "subject: money", "subjekt: money", 15, 'Did you mean "subject"?'),
    (POLICY, "low: 5000", "low: 6000", 23, "low <= likely <= high"),
    (POLICY, "from: 2016-04-01", "from: 2016-04-31", 20, "date that exists"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "line", "words"), ONE_FAULT, ids=named(ONE_FAULT))
def test_a_fault_of_a_parameter_is_found_with_its_line(  # noqa: PLR0913, PLR0917 - a row of a table
    file: str, old: str, new: str, line: int, words: str, data: Callable[..., Path]
) -> None:
    has_fault(data((file, old, new)), file, line, words)


def test_what_is_not_known_needs_neither_an_answer_of_the_entry_nor_figures(data: Callable[..., Path]) -> None:
    unknown = "code: unknown\n        ask: the council\n        mark: sourced\n"
    figures = "        amount: {low: 5000, likely: 5000, high: 5000}\n        price_year: 2016\n"
    base = read_knowledge(data((POLICY, f"mark: sourced\n{figures}", unknown), (POLICY, "code: no_route", "code: unknown")))
    standing = [base.on(dt.date(2026, 11, 21)).parameter(name) for name in ("way_back", "charge")]
    assert [(one.code, one.answer) if one else None for one in standing] == [("unknown", "Not known")] * 2
