"""Models that refuse what they do not know, and complaints that a reader understands."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any, Literal

import pytest
from pydantic import Field, ValidationError

from partnership_model.errors import FaultsError, PartnershipError
from partnership_model.knowledge.files import Document
from partnership_model.knowledge.schema import (
    Day,
    Flag,
    Href,
    Key,
    Number,
    Range,
    Strict,
    Text,
    Whole,
    parse,
    parse_day,
    plain_day,
)

PROGRAMMERS_WORDS = re.compile(r"constrained-str|union\[|tuple|dictionary|instance of|string should match|pattern '")


class Part(Strict):
    """A part of a whole."""

    name: Text
    size: Whole = 1
    kind: Literal["big", "small"] = "big"
    since: Day | None = Field(default=None, alias="from")


class Thing(Strict):
    """One of every kind of value."""

    day: Day | None = None
    number: Number | None = None
    whole: Whole | None = None
    flag: Flag | None = None
    text: Text | None = None
    key: Key | None = None
    href: Href | None = None
    amount: Range | None = None
    part: Part | None = None
    parts: tuple[Part, ...] = ()
    named: dict[Key, Part] = Field(default_factory=dict)
    chosen: tuple[Key | Part, ...] = ()
    some: tuple[Part, ...] = Field(default=(Part(name="x"),), min_length=1)


def complaints(value: Any) -> list[tuple[int | None, str, str]]:  # noqa: ANN401 - plain data
    """Line, field and words of every complaint; each top-level key stands in its own line."""
    lines: dict[tuple[str | int, ...], int] = {(): 1}
    if isinstance(value, dict):
        lines |= {(key,): number for number, key in enumerate(value, start=1)}
    with pytest.raises(FaultsError, match=r"\d+ faults? found\.$") as error:
        parse(Thing, Document("thing.yaml", value, lines))
    return [(fault.line, fault.field, fault.says) for fault in error.value.faults]


def test_what_is_right_is_kept_as_it_is() -> None:
    thing = parse(Thing, Document("x", {"day": "2016-02-29", "number": 5, "whole": 7, "flag": False, "text": " a  b "}))
    assert (thing.day, thing.number, thing.whole, thing.flag) == (dt.date(2016, 2, 29), 5.0, 7, False)
    assert isinstance(thing.number, float)
    assert thing.text == "a  b"


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("day", "2016-02-30", "date that exists"),
        ("day", "2015-02-29", "date that exists"),
        ("day", "2016-13-01", "date that exists"),
        ("day", "15/04/2016", "date that exists"),
        ("day", "2016-04", "date that exists"),
        ("day", "15 April 2016", "date that exists"),
        ("day", "2016-04-15T00:00:00", "date that exists"),
        ("day", 2016, "whole date"),
        ("day", 20160415, "whole date"),
        ("day", True, "whole date"),
        ("number", "5", "expected a number"),
        ("number", ".inf", "expected a number"),
        ("number", True, "expected a number"),
        ("number", [5], "expected a number"),
        ("number", float("inf"), "finite"),
        ("number", float("nan"), "finite"),
        ("whole", 5.0, ""),
        ("whole", 5.5, ""),
        ("whole", "5", ""),
        ("whole", True, ""),
        ("flag", "yes", ""),
        ("flag", "true", ""),
        ("flag", 1, ""),
        ("text", 5, ""),
        ("text", "", ""),
        ("text", "   ", ""),
        ("text", "x" * 2001, "2000"),
        ("text", ["a"], ""),
        ("key", "New", ""),
        ("key", "new-mat", ""),
        ("key", "new mat", ""),
        ("key", "new\n", ""),
        ("key", "_new", ""),
        ("key", "x" * 61, "60"),
        ("href", "www.gov.uk", ""),
        ("href", "javascript:alert(1)", ""),
        ("href", "file:///etc/passwd", ""),
        ("href", 'https://gov.uk/"onclick="', ""),
        ("href", "https://gov.uk/<script>", ""),
        ("href", "https://gov.uk/a b", ""),
        ("amount", {"low": 3, "likely": 2, "high": 5}, "low <= likely <= high"),
        ("amount", {"low": 1, "likely": 6, "high": 5}, "low <= likely <= high"),
        ("amount", 5, ""),
    ],
)
def test_what_is_of_another_kind_is_refused_and_never_turned_into_it(key: str, value: object, words: str) -> None:
    found = complaints({"part": {"name": "x"}, key: value})
    assert [(line, field) for line, field, _ in found] == [(2, key)]
    assert words in found[0][2]


@pytest.mark.parametrize(
    "value",
    [{"text": 5}, {"key": "New"}, {"part": 5}, {"parts": 5}, {"named": []}, {"amount": 5}, {"chosen": ["New"]},
     {"chosen": [5]}, {"chosen": "stay"}, {"href": "x"}, {"flag": "yes"}],
    ids=repr,
)  # fmt: skip
def test_a_complaint_is_in_plain_words(value: dict[str, object]) -> None:
    found = complaints(value)
    assert len(found) == 1, found
    assert not PROGRAMMERS_WORDS.search(found[0][1] + found[0][2]), found


def test_equal_figures_are_a_range() -> None:
    assert Range(low=5, likely=5, high=5).high == 5


@pytest.mark.parametrize(
    ("value", "field", "suggestion"),
    [
        ({"dai": "2016-04-15"}, "dai", "day"),
        ({"part": {"name": "x", "sice": 2}}, "part.sice", "size"),
        ({"parts": [{"name": "x"}, {"name": "x", "knd": "big"}]}, "parts.1.knd", "kind"),
        ({"named": {"one": {"name": "x", "fron": "2016-04-15"}}}, "named.one.fron", "from"),
        ({"amount": {"low": 1, "likely": 2, "high": 3, "hihg": 3}}, "amount.hihg", "high"),
        ({"chosen": [{"name": "x", "siz": 2}]}, "chosen.0.siz", "size"),
    ],
    ids=["top", "in a part", "in a list", "in named parts", "in a range", "in one of two shapes"],
)
def test_an_unknown_key_gets_the_nearest_key_of_its_own_place(value: Any, field: str, suggestion: str) -> None:  # noqa: ANN401
    assert [one[1:] for one in complaints(value)] == [(field, f'unknown key. Did you mean "{suggestion}"?')]


def test_an_unknown_key_that_is_near_to_nothing_gets_all_the_keys_of_its_place() -> None:
    ((_, _, says),) = complaints({"part": {"name": "x", "zzzz": 1}})
    assert says == "unknown key. Known: from, kind, name, size."


def test_a_key_goes_by_the_name_that_files_use() -> None:
    assert parse(Part, Document("x", {"name": "a", "from": "2016-04-15"})).since == dt.date(2016, 4, 15)
    with pytest.raises(FaultsError, match="since: unknown key"):
        parse(Part, Document("x", {"name": "a", "since": "2016-04-15"}))


def test_a_missing_key_is_named_at_the_line_of_what_should_hold_it() -> None:
    assert complaints({"day": None, "part": {"size": 3}}) == [(2, "part.name", "this key is missing")]


def test_all_complaints_come_at_once() -> None:
    found = complaints({"day": 2016, "number": "x", "part": {"sice": 3}})
    assert [field for _, field, _ in found] == ["day", "number", "part.name", "part.sice"]


def test_a_list_with_a_wrong_entry_is_not_called_empty_too() -> None:
    assert complaints({"some": [{"name": 5}]}) == [(1, "some.0.name", "found 5; expected text")]
    assert complaints({"some": []}) == [(1, "some", "expected at least 1 entry")]


def test_a_long_value_is_shortened_and_an_empty_one_called_nothing() -> None:
    ((_, _, says),) = complaints({"number": "x" * 500})
    assert len(says) < 100
    assert "'xxxxxxxxxx" in says
    with pytest.raises(FaultsError, match="name: found nothing"):
        parse(Part, Document("x", {"name": None}))


def test_a_whole_list_is_not_repeated_in_the_complaint() -> None:
    ((_, _, says),) = complaints({"number": ["x"] * 500})
    assert len(says) < 100


@pytest.mark.parametrize("value", [None, "text", 5, [1, 2]])
def test_keys_with_values_are_expected(value: object) -> None:
    with pytest.raises(FaultsError, match="keys with values"):
        parse(Thing, Document("thing.yaml", value, {(): 1}))


def test_what_was_read_cannot_be_changed() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        Part(name="x").name = "y"  # type: ignore[misc]


def test_a_day_is_written_as_people_say_it() -> None:
    assert plain_day(dt.date(2026, 11, 1)) == "1 November 2026"


def test_a_typed_day_is_read_or_refused_under_its_name() -> None:
    assert parse_day("2016-06-01", "--as-of") == dt.date(2016, 6, 1)
    with pytest.raises(PartnershipError, match=r'^--as-of: found "2016-02-30"; expected a date that exists'):
        parse_day("2016-02-30", "--as-of")
