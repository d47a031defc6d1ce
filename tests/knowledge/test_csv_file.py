"""The strict reader of CSV: what it accepts, what it refuses, and on which line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from partnership_model.knowledge.csv_file import read_csv
from tests.knowledge.file_faults import COLUMNS, faults_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def rows_of(path: Path) -> list[tuple[int, dict[str, str]]]:
    """Line and cells of every row."""
    return [(row.line, row.cells) for row in read_csv(path, COLUMNS)[1]]


def test_columns_may_stand_in_any_order_and_cells_are_stripped(write_file: Callable[..., Path]) -> None:
    text = " note ,option,low\n  why , stay,  5 \n"
    assert rows_of(write_file(text)) == [(2, {"note": "why", "option": "stay", "low": "5"})]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=ascii)
def test_blank_rows_are_left_out_but_counted_as_lines(end: str, write_file: Callable[..., Path]) -> None:
    text = "option,low,note\n\nstay,5,why\n , ,\nnew_mat,6,why\n"
    assert [line for line, _ in rows_of(write_file(text.replace("\n", end)))] == [3, 5]


def test_quotation_marks_protect_commas_line_ends_and_themselves(write_file: Callable[..., Path]) -> None:
    text = 'option,low,note\nstay,5,"one, ""two""\nthree"\nnew_mat,6,why\n'
    assert [cells["note"] for _, cells in rows_of(write_file(text))] == ['one, "two"\nthree', "why"]


def test_a_row_over_several_lines_has_the_line_on_which_it_begins(write_file: Callable[..., Path]) -> None:
    text = 'option,low,note\nstay,5,"a\nb\nc"\nnew_mat,6,"d\ne"\nfederation,7,f\n'
    assert [line for line, _ in rows_of(write_file(text))] == [2, 5, 7]


def test_a_heading_alone_gives_no_rows(write_file: Callable[..., Path]) -> None:
    assert rows_of(write_file("option,low,note")) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("option,low,nots\n", [(1, "note", "missing"), (1, "nots", 'Did you mean "note"?')]),
        ("option,low,note,author\n", [(1, "author", "unknown column")]),
        ("option,note\n", [(1, "low", "missing")]),
        ("option,low,note,low\n", [(1, "low", "repeated")]),
        ("option,low,note\nstay,5\nstay,5,a\nstay,5,a,b\n", [(2, "", "2 cells"), (4, "", "4 cells")]),
        ('option,low,note\nstay,5,"a" b\n', [(2, "", "not valid CSV")]),
        ('option,low,note\nstay,5,a\nstay,5,"a\nstay,6,b\n', [(3, "", "not valid CSV")]),
        ("option,low,note,x\nstay,5\n", [(1, "x", "unknown column"), (2, "", "2 cells")]),
        ('option,"low,note\nstay,5,a\n', [(1, "", "not valid CSV")]),
        ("option;low;note\nstay;5;a\n", None),
        ("option,low,note\nstay,5," + "x" * 200_000 + "\n", [(2, "", "not valid CSV")]),
    ],
    ids=["mistyped column", "unknown column", "missing column", "repeated column", "wrong cell count",
         "text after a quotation mark", "open quotation mark", "two at once",
         "open quotation mark in the heading", "semicolons", "endless cell"],
)  # fmt: skip
def test_what_is_wrong_with_a_table_is_said_with_its_line(
    text: str, wanted: list[tuple[int, str, str]] | None, write_file: Callable[..., Path]
) -> None:
    found = faults_of(lambda: read_csv(write_file(text), COLUMNS))
    if wanted is None:
        assert all(line == 1 for line, _, _ in found)
        return
    assert [(line, field) for line, field, _ in found] == [(line, field) for line, field, _ in wanted]
    for (_, _, says), (_, _, words) in zip(found, wanted, strict=True):
        assert words in says
