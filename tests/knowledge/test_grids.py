"""CSV files of any usual kind become grids whose cells have a spreadsheet's names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from partnership_model.errors import FaultsError
from partnership_model.knowledge.grids import Grid, bytes_of, csv_grid

if TYPE_CHECKING:
    from pathlib import Path

ROWS = "Option,Cost\nA,7\nB,\n"


def contents(grid: Grid) -> list[list[object]]:
    return [[cell.content for cell in row] for row in grid.rows]


@pytest.mark.parametrize(
    "raw",
    [
        ROWS.encode(),
        ROWS.encode("utf-8-sig"),
        ROWS.encode("utf-16"),
        ROWS.replace("\n", "\r\n").encode(),
        ROWS.replace(",", ";").encode(),
        ROWS.replace(",", "\t").encode(),
        b'"Option",Cost\n"A",7\nB\n',
    ],
)
def test_separators_line_ends_and_encodings_make_no_difference(raw: bytes) -> None:
    assert contents(csv_grid(raw, "t.csv")) == [["Option", "Cost"], ["A", "7"], ["B", None]]


def test_cells_have_a_spreadsheets_names() -> None:
    grid = csv_grid(("\n" + ",".join("x" * 28) + "\n").encode(), "t.csv")
    assert [cell.place for cell in grid.rows[1][-3:]] == ["Z2", "AA2", "AB2"]


def test_text_of_windows_is_read_and_said() -> None:
    grid = csv_grid("Option;Co\u00fbt £\nA;7\n".encode("cp1252"), "t.csv")
    assert grid.rows[0][1].content == "Co\u00fbt £"
    assert any("cp1252" in note for note in grid.notes)
    assert any("semicolons" in note for note in grid.notes)


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"", "the file is empty"),
        (b"\xff\xfe\x00", "not text"),
        (b"a,b\n\x00\x01", "binary file"),
        (b'a,b\n"x,1\n', "not valid CSV"),
        (b"\x81\x8d", "not text in UTF-8"),
        (b"a\n" * 2001, "2,000 rows"),
        (b"," * 300, "200 columns"),
    ],
)
def test_what_is_no_table_is_refused(raw: bytes, says: str) -> None:
    with pytest.raises(FaultsError, match=says):
        csv_grid(raw, "t.csv")


def test_a_million_rows_are_refused_before_they_are_read(tmp_path: Path) -> None:
    file = tmp_path / "t.csv"
    file.write_bytes(b"A,1\n" * 1_000_000)
    with pytest.raises(FaultsError, match="4,000,000 bytes; the largest that is read"):
        bytes_of(file)


def test_a_folder_or_nothing_at_all_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FaultsError, match="not an ordinary file"):
        bytes_of(tmp_path)
    with pytest.raises(FaultsError, match="no such file"):
        bytes_of(tmp_path / "x")
