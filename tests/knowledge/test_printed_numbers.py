"""Numbers as people print them, and what is said of anything else."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest

from partnership_model.knowledge.grids import GridCell
from partnership_model.knowledge.printed_numbers import decimal_mark, is_blank, number_of
from partnership_model.knowledge.scoring_table import Printed


@pytest.mark.parametrize(
    ("text", "mark", "value", "step"),
    [
        ("6.0", "point", "6", "0.1"),
        ("6", "point", "6", "1"),
        (".5", "point", "0.5", "0.1"),
        ("£1,200", "point", "1200", "1"),
        ("45%", "point", "45", "1"),
        ("23/30", "point", "23", "1"),
        ("7 out of 10", "point", "7", "1"),
        ("−3.25", "point", "-3.25", "0.01"),
        ("6,5", "comma", "6.5", "0.1"),
        ("1.234,50", "comma", "1234.5", "0.01"),
        ("1\u00a0234,5", "comma", "1234.5", "0.1"),
    ],
)
def test_a_number_is_read_as_it_is_printed(text: str, mark: str, value: str, step: str) -> None:
    found = number_of(GridCell("B2", text), mark)  # type: ignore[arg-type]
    assert isinstance(found, Printed)
    assert (found.value, found.step, found.shown, found.place) == (Fraction(value), Fraction(step), text, "B2")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("lots", 'found "lots"; a number was expected'),
        ("=SUM(B2:D2)", "the formula"),
        ("@x", "the formula"),
        ("#DIV/0!", "the error"),
        ("2017-03-04", "looks like a date"),
        ("03/04/2017", "looks like a date"),
        ("4-Mar", "looks like a date"),
        ("Mar-04", "looks like a date"),
        ("6,5", "--decimal comma"),
        ("1,23", "--decimal comma"),
        ("12345678901234567", "a number was expected"),
        ("٣", "a number was expected"),
        ("1e5", "a number was expected"),
        ("nan", "a number was expected"),
        ("", "a number was expected"),
        (True, "found TRUE"),
        (float("inf"), "at most 15 digits"),
        (float("nan"), "at most 15 digits"),
        (10**15, "at most 15 digits"),
        (dt.datetime(2017, 3, 4), "Excel turns figures such as 3/4 into dates"),  # noqa: DTZ001 - as openpyxl gives it
        (None, "the cell is empty"),
    ],
)
def test_what_is_no_number_says_what_it_seems_to_be(content: object, says: str) -> None:
    found = number_of(GridCell("B2", content), "point")  # type: ignore[arg-type]
    assert isinstance(found, str)
    assert says in found


def test_a_text_that_could_steer_a_terminal_is_written_out_and_cut() -> None:
    found = number_of(GridCell("B2", "\x1b[31m" + "x" * 500), "point")
    assert isinstance(found, str)
    assert "\\x1b[31m" in found
    assert len(found) < 120


def test_the_number_behind_a_cells_format_is_kept_with_what_it_shows() -> None:
    found = number_of(GridCell("B2", 5.95, decimals=1), "point")
    assert isinstance(found, Printed)
    assert (found.value, found.shown, found.step) == (Fraction("5.95"), "6.0", Fraction(1, 100))


def test_a_computed_number_is_read_to_twelve_digits() -> None:
    found = number_of(GridCell("B2", 0.1 + 0.2), "point")
    assert isinstance(found, Printed)
    assert found.value == Fraction("0.3")


@pytest.mark.parametrize("text", ["-", "–", "n/a", "N/A", None])
def test_a_dash_is_a_blank(text: str | None) -> None:
    assert is_blank(GridCell("B2", text))


def test_nought_is_no_blank_and_neither_is_a_cell_that_cannot_be_read() -> None:
    assert not is_blank(GridCell("B2", 0))
    assert not is_blank(GridCell("B2", None, trouble="merged"))


@pytest.mark.parametrize(
    ("texts", "mark"),
    [
        (["6.0", "1,234"], "point"),
        (["0,250", "0,5"], "comma"),
        (["0,250"], "comma"),
        (["7", "8"], "point"),
        ([], "point"),
    ],
)
def test_the_decimal_mark_is_read_off_the_numbers(texts: list[str], mark: str) -> None:
    assert decimal_mark(texts) == mark


@pytest.mark.parametrize(
    ("texts", "says"), [(["1,234"], "may be a thousand or a decimal"), (["6,5", "6.5"], "write all numbers in one way")]
)
def test_a_decimal_mark_that_cannot_be_told_is_asked_for(texts: list[str], says: str) -> None:
    assert says in decimal_mark(texts)
