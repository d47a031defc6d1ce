"""Workbooks that somebody sent: what is read of them, and what is refused before or after they are opened."""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import zipfile
from typing import TYPE_CHECKING, Any

import pytest

from partnership_model.errors import FaultsError
from partnership_model.knowledge.workbooks import workbook_of
from tests.table_making import workbook

if TYPE_CHECKING:
    from collections.abc import Callable

    from partnership_model.knowledge.grids import GridCell

ROWS = [["Option", "Cost"], ["A", 7], ["B", 5.95]]


def cell(raw: bytes, row: int, column: int) -> GridCell:
    return workbook_of(raw, "t.xlsx").sheets["Scores"].rows[row - 1][column - 1]


def repacked(raw: bytes, change: Callable[[dict[str, bytes]], object]) -> bytes:
    """Pack a workbook's parts again after a change."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return held.getvalue()


def test_what_stands_in_a_cell_is_read_with_its_format() -> None:
    def one_decimal(sheet: Any) -> None:  # noqa: ANN401 - openpyxl has no types
        sheet["B3"].number_format = "0.0"

    found = cell(workbook(ROWS, one_decimal), 3, 2)
    assert (found.place, found.content, found.decimals) == ("B3", 5.95, 1)


def test_a_formula_that_was_never_worked_out_says_so() -> None:
    found = cell(workbook([["a", "b"], [1, "=A2+1"]]), 2, 2)
    assert found.content is None
    assert "never saved" in found.trouble
    assert "LibreOffice" in found.trouble


def test_an_error_is_trouble_with_its_name() -> None:
    found = cell(workbook([["a", "#DIV/0!"]]), 1, 2)
    assert "the error #DIV/0!" in found.trouble


def test_a_saved_result_is_read_and_never_worked_out_again() -> None:
    def saved(parts: dict[str, bytes]) -> None:
        name = "xl/worksheets/sheet1.xml"
        parts[name] = (
            parts[name].replace(b"<f>A2+1</f><v/>", b"<f>A2+1</f><v>41</v>").replace(b"<f>A2+1</f><v></v>", b"<f>A2+1</f><v>41</v>")
        )

    assert cell(repacked(workbook([["a", "b"], [1, "=A2+1"]]), saved), 2, 2).content == 41


def test_a_day_is_kept_as_a_day_and_a_time_as_what_it_shows() -> None:
    raw = workbook([["a", dt.date(2017, 3, 4), dt.time(9, 30), dt.datetime(2017, 3, 4, 9, 30)]])  # noqa: DTZ001 - as openpyxl gives it
    assert type(cell(raw, 1, 2).content) is dt.date
    assert cell(raw, 1, 3).content == "09:30:00"
    assert cell(raw, 1, 4).content == dt.datetime(2017, 3, 4, 9, 30)  # noqa: DTZ001 - as openpyxl gives it


def test_a_percentage_shows_two_decimals_fewer_than_it_has() -> None:
    def percent(sheet: Any) -> None:  # noqa: ANN401 - openpyxl has no types
        sheet["B2"].number_format, sheet["B3"].number_format = "0%", "0.0%"

    raw = workbook(ROWS, percent)
    assert (cell(raw, 2, 2).decimals, cell(raw, 3, 2).decimals) == (2, 3)


def test_merged_cells_and_hidden_ones_are_named() -> None:
    def change(sheet: Any) -> None:  # noqa: ANN401 - openpyxl has no types
        sheet.merge_cells("A2:B2")
        sheet.column_dimensions["B"].hidden = True
        sheet.row_dimensions[3].hidden = True

    grid = workbook_of(workbook(ROWS, change), "t.xlsx").sheets["Scores"]
    assert grid.merged == ("A2:B2",)
    assert grid.hidden == ("column B", "row 3")


def bomb(parts: dict[str, bytes]) -> None:
    parts["xl/worksheets/sheet1.xml"] = b" " * (9 * 1024 * 1024)


def entities(parts: dict[str, bytes]) -> None:
    parts["xl/workbook.xml"] = b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' + parts["xl/workbook.xml"]


def entities_in_utf_16(parts: dict[str, bytes]) -> None:
    parts["xl/workbook.xml"] = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><x/>'.encode("utf-16")


def many_parts(parts: dict[str, bytes]) -> None:
    parts.update({f"x{number}": b"" for number in range(600)})


def cut_off(parts: dict[str, bytes]) -> None:
    parts["xl/worksheets/sheet1.xml"] = parts["xl/worksheets/sheet1.xml"][:200]


def no_workbook(parts: dict[str, bytes]) -> None:
    del parts["xl/workbook.xml"]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (bomb, "larger than what is read"),
        (many_parts, "larger than what is read"),
        (entities, "declares entities"),
        (entities_in_utf_16, "declares entities"),
        (cut_off, "damaged"),
        (no_workbook, "no Excel workbook"),
    ],
)
def test_a_hostile_or_damaged_workbook_is_refused(change: Callable[[dict[str, bytes]], object], says: str) -> None:
    with pytest.raises(FaultsError, match=says):
        workbook_of(repacked(workbook(ROWS), change), "t.xlsx")


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, r"old kind \(\.xls\)"),
        (b"PK\x03\x04" + b"x" * 50, "damaged"),
    ],
)
def test_a_password_an_old_file_and_half_a_file_are_told_apart(raw: bytes, says: str) -> None:
    with pytest.raises(FaultsError, match=says):
        workbook_of(raw, "t.xlsx")


def test_a_workbook_with_too_many_rows_or_columns_is_refused() -> None:
    def far(sheet: Any) -> None:  # noqa: ANN401 - openpyxl has no types
        sheet["A1048576"] = 1

    with pytest.raises(FaultsError, match="2,000 rows"):
        workbook_of(workbook(ROWS, far), "t.xlsx")


def test_an_empty_workbook_and_an_unknown_sheet_are_refused() -> None:
    with pytest.raises(FaultsError, match="nothing in it"):
        workbook_of(workbook([]), "t.xlsx")
    with pytest.raises(FaultsError, match='Did you mean "Scores"'):
        workbook_of(workbook(ROWS), "t.xlsx").sheet("Score")


@pytest.mark.parametrize("at", range(40, 2000, 140))
def test_a_byte_that_changed_on_the_way_is_a_fault_or_does_no_harm(at: int) -> None:
    raw = bytearray(workbook(ROWS))
    raw[at] ^= 0x5A
    with contextlib.suppress(FaultsError):
        assert workbook_of(bytes(raw), "t.xlsx").sheets


def test_a_part_that_cannot_be_unpacked_is_called_damaged() -> None:
    raw = bytearray(workbook(ROWS))
    first = raw.index(b"docProps/app.xml") + len(b"docProps/app.xml")  # where the first part's packed bytes begin
    raw[first : first + 30] = bytes(range(100, 130))
    with pytest.raises(FaultsError, match="the workbook is damaged"):
        workbook_of(bytes(raw), "t.xlsx")
