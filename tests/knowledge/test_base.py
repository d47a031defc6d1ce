"""The knowledge base over time and on one day."""

from __future__ import annotations

import datetime as dt
from dataclasses import FrozenInstanceError
from typing import Any

import pytest

from partnership_model.knowledge.base import KnowledgeBase
from partnership_model.knowledge.catalogue import Category, Move, Option
from partnership_model.knowledge.facts import Attribute
from partnership_model.knowledge.parameters import Parameter
from partnership_model.knowledge.parts import CategoryFile, MoveFile, OptionFile
from tests.making import make_parts

CATEGORIES = {
    name: Category(label=name, sector="maintained", plain=name, forms=forms)
    for name, forms in (("community", ("alone", "federated")), ("foundation", ("alone",)), ("academy", ("alone",)))
}


def option(first: str, last: str | None = None) -> Option:
    """An option that exists between two days."""
    fields = {"label": "X", "in_a_sentence": "x", "plain": "X.", "first_day": first, "last_day": last, "family": "maintained"}
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


def base_of(about: Attribute, options: dict[str, Option] | None = None, **changes: Any) -> KnowledgeBase:  # noqa: ANN401
    """A knowledge base of one question."""
    parts = make_parts(
        options=OptionFile(options=options or {"stay": option("1944-08-03")}),
        categories=CategoryFile(categories=CATEGORIES, groups={"others": ("foundation", "academy")}),
        attributes={"employer": about},
        **changes,
    )
    return KnowledgeBase.of(parts)


@pytest.fixture
def base() -> KnowledgeBase:
    """One question with a cell of its own, one for another present form, and a shared one."""
    own = {"options": ["stay"], "categories": ["community"], "forms": ["alone"],
           "values": [dated("2003-09-01"), dated("2012-09-01", "trust"), {"from": "2026-06-29", "value": None}]}  # fmt: skip
    federated = {"options": ["stay"], "categories": ["community"], "forms": ["federated"], "values": [dated("2003-09-01", "trust")]}
    shared = {"options": ["stay"], "categories": ["others"], "values": [dated("2003-09-01", "unknown")]}
    return base_of(attribute(own, federated, shared))


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
    found = base_of(attribute(cell))
    assert found.on(dt.date(2016, 4, 15)).fact("employer", "stay", "community").later_text is later


def test_what_a_school_is_today_decides_where_its_category_does_not(base: KnowledgeBase) -> None:
    knowledge = base.on(dt.date(2010, 1, 1))
    alone, federated = (knowledge.fact("employer", "stay", "community", form) for form in ("alone", "federated"))
    assert (alone.code, alone.form, alone.key) == ("council", "alone", "employer/stay/community")
    assert (federated.code, federated.form, federated.key) == ("trust", "federated", "employer/stay/community/federated")
    assert knowledge.fact("employer", "stay", "community") == alone


def test_a_fact_keeps_its_present_form_where_nothing_is_recorded(base: KnowledgeBase) -> None:
    assert base.on(dt.date(1990, 1, 1)).fact("employer", "stay", "community", "federated").key == "employer/stay/community/federated"


def test_a_present_form_that_a_category_cannot_have_is_an_error_and_never_an_unknown(base: KnowledgeBase) -> None:
    with pytest.raises(KeyError, match="in_mat"):
        base.on(dt.date(2016, 4, 15)).fact("employer", "stay", "academy", "in_mat")


def test_every_kind_of_school_is_a_category_in_one_of_its_present_forms(base: KnowledgeBase) -> None:
    assert list(base.kinds()) == [("community", "alone"), ("community", "federated"), ("foundation", "alone"), ("academy", "alone")]


def test_answers_that_are_not_known_are_counted_for_each_option_of_the_day(base: KnowledgeBase) -> None:
    """The two kinds that share a cell are unknown always, the community school on its own before its first day and after its end."""
    counts = [base.on(dt.date.fromisoformat(day)).unknown_answers() for day in ("2003-08-31", "2016-04-15", "2026-06-29")]
    assert counts == [{"stay": 4}, {"stay": 2}, {"stay": 3}]


def test_every_dated_value_comes_once_however_many_cells_share_it(base: KnowledgeBase) -> None:
    assert [(name, str(value.since)) for name, value in base.values()] == [
        ("employer", "2003-09-01"), ("employer", "2012-09-01"), ("employer", "2026-06-29"),
        ("employer", "2003-09-01"), ("employer", "2003-09-01"),
    ]  # fmt: skip


def test_a_parameter_says_on_a_day_what_was_in_force_and_nothing_before_and_after() -> None:
    about = Parameter.model_validate(
        {"question": "Is it so?", "description": "Whether.", "subject": "law", "kind": "rule", "codes": {"barred": "It is barred"},
         "values": [dated("2010-01-01", "barred"), dated("2015-01-01", "unknown"), {"from": "2020-01-01", "value": None}]}
    )  # fmt: skip
    base = base_of(attribute(), parameters={"the_rule": about})
    found = [base.on(dt.date(year, 1, 1)).parameter("the_rule") for year in (2009, 2010, 2015, 2020)]
    assert [one.code if one else None for one in found] == [None, "barred", "unknown", None]
    assert [one.answer if one else None for one in found] == [None, "It is barred", "Not known", None]
    assert found[1] is not None
    assert (found[1].parameter, found[1].question, found[1].since) == ("the_rule", "Is it so?", dt.date(2010, 1, 1))
    with pytest.raises(KeyError, match="the_rul"):
        base.on(dt.date(2010, 1, 1)).parameter("the_rul")


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
    found = base_of(attribute(), options)
    assert list(found.on(dt.date.fromisoformat(day)).options) == keys


def move(start: str | list[str], end: str | list[str], *values: dict[str, Any]) -> Move:
    """A move with its values over time."""
    return Move.model_validate({"from": start, "to": end, "values": list(values)})


def test_a_move_is_open_or_closed_by_day_and_nothing_is_recorded_before() -> None:
    opened = {key: one for key, one in dated("2012-09-01").items() if key != "code"} | {"open": True}
    closed = opened | {"from": "2020-01-01", "open": False}
    found = base_of(attribute(), moves=MoveFile(transitions=(move(["stay", "federation"], "new_mat", opened, closed),)))
    answers = [found.on(dt.date(year, 1, 1)).may_go("federation", "new_mat") for year in (2012, 2013, 2021)]
    assert [one.open if one else None for one in answers] == [None, True, False]
    assert found.on(dt.date(2013, 1, 1)).may_go("new_mat", "stay") is None


def test_a_move_that_ended_is_no_longer_recorded() -> None:
    opened = {key: one for key, one in dated("2012-09-01").items() if key != "code"} | {"open": True}
    ended = {"from": "2020-01-01", "value": None, "open": False}
    found = base_of(attribute(), moves=MoveFile(transitions=(move("stay", "new_mat", opened, ended),)))
    assert found.on(dt.date(2021, 1, 1)).may_go("stay", "new_mat") is None


def test_a_knowledge_base_cannot_be_changed(base: KnowledgeBase) -> None:
    with pytest.raises(FrozenInstanceError, match="cannot assign"):
        base.on(dt.date(2016, 4, 15)).day = dt.date(2026, 1, 1)  # type: ignore[misc]
