"""The knowledge base over time and on one day."""

from __future__ import annotations

import datetime as dt
from dataclasses import FrozenInstanceError
from typing import Any

import pytest

from partnership_model.knowledge.base import KnowledgeBase
from partnership_model.knowledge.catalogue import DeriveRules, ExitRule, MoneyRule, Move, Option
from partnership_model.knowledge.facts import Attribute

RULE = DeriveRules(
    money=MoneyRule(years=5, says="Added up."),
    exit=ExitRule(decider={}, landing={}, shares={}, says="Put together."),
)


def option(first: str, last: str | None = None) -> Option:
    """An option that exists between two days."""
    fields: dict[str, Any] = {"label": "X", "plain": "X.", "first_day": first, "last_day": last, "family": "maintained"}
    if "in_a_sentence" in Option.model_fields:
        fields["in_a_sentence"] = "x"
    return Option.model_validate(fields)


def dated(day: str, code: str = "council", *texts: str) -> dict[str, Any]:
    """A value from one day on, that rests on the texts of these days."""
    references = [{"source": "act", "at": "s.1", "read": "2026-11-21", "text_of": text or None} for text in texts or ("",)]
    return {"from": day, "code": code, "says": f"It is the {code}.", "mark": "sourced", "references": references, "ask": "us"}


def attribute(*cells: dict[str, Any]) -> Attribute:
    """A file of facts with these cells."""
    return Attribute.model_validate(
        {
            "attribute": "employer", "question": "Who?", "description": "Who.", "topic": "people", "kind": "rule",
            "nation": "england", "codes": {"council": "The council", "trust": "The trust"}, "cells": list(cells),
            "checked": {"date": "2026-11-21", "against": "x"}, "stale_after": "2027-11-21",
        }
    )  # fmt: skip


def base_of(about: Attribute, cells: dict[tuple[str, str, str], tuple[int, int]], **changes: Any) -> KnowledgeBase:  # noqa: ANN401
    """A knowledge base of one question."""
    fields: dict[str, Any] = {
        "options": {"stay": option("1944-08-03")}, "categories": {}, "criteria": {}, "derive": RULE,
        "attributes": {"employer": about}, "sources": {}, "glossary": {}, "assumptions": {}, "moves": (),
        "non_negotiables": (),
    }  # fmt: skip
    return KnowledgeBase(**(fields | changes), _cells=cells)


@pytest.fixture
def base() -> KnowledgeBase:
    """One question with a cell of its own and a shared one."""
    own = {"options": ["stay"], "categories": ["community"],
           "values": [dated("2003-09-01"), dated("2012-09-01", "trust"), {"from": "2026-06-29", "value": None}]}  # fmt: skip
    shared = {"options": ["stay"], "categories": ["foundation", "academy"], "values": [dated("2003-09-01", "unknown")]}
    cells = {
        ("employer", "stay", "community"): (0, 1),
        ("employer", "stay", "foundation"): (1, 2),
        ("employer", "stay", "academy"): (1, 2),
    }
    return base_of(attribute(own, shared), cells)


def test_the_fact_of_a_day_is_the_last_one_that_began(base: KnowledgeBase) -> None:
    before = base.on(dt.date(2012, 8, 31)).fact("employer", "stay", "community")
    after = base.on(dt.date(2012, 9, 1)).fact("employer", "stay", "community")
    assert (before.code, before.answer, before.since) == ("council", "The council", dt.date(2003, 9, 1))
    assert (after.code, after.answer, after.since) == ("trust", "The trust", dt.date(2012, 9, 1))
    assert after.says == "It is the trust."
    assert after.key == "employer/stay/community"


@pytest.mark.parametrize("day", [dt.date(2003, 8, 31), dt.date(2026, 6, 29), dt.date(2030, 1, 1)])
def test_where_nothing_is_recorded_for_a_day_the_fact_is_unknown_and_says_whom_to_ask(day: dt.date, base: KnowledgeBase) -> None:
    fact = base.on(day).fact("employer", "stay", "community")
    assert (fact.code, fact.answer, fact.known, fact.since) == ("unknown", "Not known", False, None)
    assert f"{day.day} {day:%B %Y}" in fact.says
    assert fact.mark == "memory"
    assert fact.ask


def test_a_fact_says_whether_several_cells_share_it(base: KnowledgeBase) -> None:
    knowledge = base.on(dt.date(2016, 4, 15))
    assert not knowledge.fact("employer", "stay", "community").shared
    assert knowledge.fact("employer", "stay", "academy").shared


@pytest.mark.parametrize(
    ("texts", "later"),
    [
        (("2025-09-01",), True),
        (("2016-04-16", "2025-09-01"), True),
        (("2016-04-15",), False),
        (("2012-04-14", "2025-09-01"), False),
        (("",), False),
        (("", "2025-09-01"), True),
    ],
)
def test_a_reader_is_told_when_every_text_is_later_than_the_day(texts: tuple[str, ...], later: bool) -> None:  # noqa: FBT001
    cell = {"options": "any", "categories": "any", "values": [dated("2003-09-01", "council", *texts)]}
    found = base_of(attribute(cell), {("employer", "stay", "community"): (0, 1)})
    assert found.on(dt.date(2016, 4, 15)).fact("employer", "stay", "community").later_text is later


@pytest.mark.parametrize(
    "cell", [("empleyer", "stay", "community"), ("employer", "stai", "community"), ("employer", "stay", "free_school")]
)
def test_a_cell_that_does_not_exist_is_an_error_and_never_an_unknown(cell: tuple[str, str, str], base: KnowledgeBase) -> None:
    with pytest.raises(KeyError, match=next(part for part in cell if part not in ("employer", "stay", "community"))):
        base.on(dt.date(2016, 4, 15)).fact(*cell)


@pytest.mark.parametrize(
    ("day", "keys"),
    [
        ("2010-07-28", ["stay"]),
        ("2010-07-29", ["stay", "new_mat"]),
        ("2012-12-31", ["stay", "new_mat"]),
        ("2013-01-01", ["stay"]),
    ],
)
def test_an_option_exists_from_its_first_day_to_its_last(day: str, keys: list[str]) -> None:
    options = {"stay": option("1944-08-03"), "new_mat": option("2010-07-29", "2012-12-31")}
    found = base_of(attribute(), {}, options=options)
    assert list(found.on(dt.date.fromisoformat(day)).options) == keys


def move(start: str | list[str], end: str | list[str], *values: dict[str, Any]) -> Move:
    """A move with its values over time."""
    return Move.model_validate({"from": start, "to": end, "values": list(values)})


def test_a_move_is_open_or_closed_by_day_and_nothing_is_recorded_before() -> None:
    opened = {key: one for key, one in dated("2012-09-01").items() if key != "code"} | {"open": True}
    closed = opened | {"from": "2020-01-01", "open": False}
    found = base_of(attribute(), {}, moves=(move(["stay", "federation"], "new_mat", opened, closed),))
    answers = [found.on(dt.date(year, 1, 1)).may_go("federation", "new_mat") for year in (2012, 2013, 2021)]
    assert [one.open if one else None for one in answers] == [None, True, False]
    assert found.on(dt.date(2013, 1, 1)).may_go("new_mat", "stay") is None


def test_a_move_that_ended_is_no_longer_recorded() -> None:
    opened = {key: one for key, one in dated("2012-09-01").items() if key != "code"} | {"open": True}
    ended = {"from": "2020-01-01", "value": None, "open": False}
    found = base_of(attribute(), {}, moves=(move("stay", "new_mat", opened, ended),))
    assert found.on(dt.date(2021, 1, 1)).may_go("stay", "new_mat") is None


def test_a_knowledge_base_cannot_be_changed(base: KnowledgeBase) -> None:
    with pytest.raises(FrozenInstanceError, match="cannot assign"):
        base.on(dt.date(2016, 4, 15)).day = dt.date(2026, 1, 1)  # type: ignore[misc]
