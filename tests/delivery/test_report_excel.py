"""The Excel file: no text becomes a formula, link or number, sheets have names that Excel takes, numbers stay numbers."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnership_model.delivery.report import Report, writable
from partnership_model.delivery.report_excel import CUT, MOST_LETTERS, write_excel
from partnership_model.display.blocks import Heading, Paragraph, Table
from tests.delivery.reporting import INSTRUCTIONS, small
from tests.making import pure

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl.workbook import Workbook


def written(report: Report, folder: Path, *, values: bool = False) -> Workbook:
    """Write a report and open the file."""
    path = folder / "tables.xlsx"
    write_excel(report, path)
    return openpyxl.load_workbook(path, data_only=values)


@pytest.mark.parametrize("text", INSTRUCTIONS)
def test_whatever_a_text_begins_with_no_cell_is_a_formula_a_number_or_leads_out_of_the_file(text: str, tmp_path: Path) -> None:
    book = written(small(text), tmp_path)
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s", "n"}
    assert sorted(cell.value for cell in cells if cell.data_type == "n") == [1, 23]
    said = [cell.value for cell in cells if cell.data_type == "s"]
    assert sum(writable(text) in one for one in said) > 12
    with zipfile.ZipFile(tmp_path / "tables.xlsx") as parts:
        assert not any("External" in parts.read(name).decode(errors="replace") for name in parts.namelist())
        sheets = [parts.read(name).decode() for name in parts.namelist() if name.startswith("xl/worksheets/sheet")]
    assert not any("<f>" in one for one in sheets)
    assert sum(one.count("<hyperlink ") for one in sheets) == 2  # of the index


@pure(25)
@given(st.lists(st.text(max_size=60), min_size=1, max_size=6))
def test_sheets_have_names_that_excel_takes_whatever_tables_are_called(
    tmp_path_factory: pytest.TempPathFactory, captions: list[str]
) -> None:
    tables = tuple(Table(writable(one), ("Option",), (("Stay",),)) for one in captions)
    book = written(Report("A title", tables), tmp_path_factory.mktemp("excel"))
    names = book.sheetnames
    assert names[:2] == ["Contents", "In words"]
    assert len(names) == len(captions) + 2
    assert len({name.lower() for name in names}) == len(names)
    assert all(0 < len(name) <= 31 and not set(name) & set("[]:*?/\\'") for name in names)
    links = [cell.hyperlink.location for (cell,) in book["Contents"].iter_rows(min_col=1, max_col=1) if cell.hyperlink]
    assert links == [f"'{name}'!A1" for name in names[1:]]


def test_a_text_that_no_cell_can_hold_is_cut_and_says_so(tmp_path: Path) -> None:
    book = written(Report("A title", (Paragraph("a" * 40_000), Paragraph("b" * MOST_LETTERS))), tmp_path)
    cut, kept = (book["In words"].cell(row, 2).value for row in (5, 6))
    assert len(cut) == MOST_LETTERS
    assert cut.endswith(CUT)
    assert kept == "b" * MOST_LETTERS


def test_totals_are_sums_with_their_values_and_numbers_behind_words_stand_beside_them(tmp_path: Path) -> None:
    table = Table(
        "Points",
        ("Option", "Cost", "Staff", "Total"),
        (("Stay", 1, 2, 4), ("Join", 0, 0, 0)),
        (("Cost", (1.4, 0.0)), ("Staff", (2.4, None)), ("Total", (3.8, 0.0))),
        "Total",
    )
    ranges = Table("Ranges", ("Option", "Range"), (("Stay", "1 to 2"),), (("Low", (1.25,)), ("High", (2.5,))))
    report = Report("A title", (Heading("A section"), table, ranges))
    shown, formulas = written(report, tmp_path, values=True), written(report, tmp_path)
    assert [cell.value for cell in shown["01 Points"][5]] == ["Stay", 1.4, 2.4, 3.8]
    assert [cell.value for cell in shown["01 Points"][6]] == ["Join", 0, 0, 0]
    assert [formulas["01 Points"].cell(row, 4).value for row in (5, 6)] == ["=B5+C5", "=B6+C6"]
    assert shown["01 Points"]["D5"].number_format == "0"
    assert [[cell.value for cell in row] for row in shown["02 Ranges"].iter_rows(min_row=4, max_row=5)] == [
        ["Option", "Range", "Low", "High"],
        ["Stay", "1 to 2", 1.25, 2.5],
    ]


def test_heads_stay_in_sight_and_on_every_printed_page(tmp_path: Path) -> None:
    book = written(small(), tmp_path)
    sheet = book.worksheets[2]
    assert sheet.freeze_panes == "B5"
    assert sheet.print_title_rows == "$4:$4"
    assert all(one.freeze_panes for one in book.worksheets)
    assert {one.page_setup.paperSize for one in book.worksheets} == {9}


def test_everything_that_is_said_is_in_the_sheet_of_words(tmp_path: Path) -> None:
    book = written(small(), tmp_path)
    rows = list(book["In words"].iter_rows(min_row=5, values_only=True))
    assert ("Chart in words", "What A text shows") in rows
    assert ("Table", "A text: sheet 01 A text") in rows
    assert ("1.", "See https://example.org/a?b=1&c=2, and A text") in rows
    assert [what for what, _ in rows].count("Stamp") == 2


def test_a_block_of_an_unknown_kind_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(TypeError, match="cannot be written"):
        write_excel(Report("A title", ("no block",)), tmp_path / "tables.xlsx")  # type: ignore[arg-type]
    assert not (tmp_path / "tables.xlsx").exists()
