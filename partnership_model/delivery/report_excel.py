"""Writes a report as an Excel file: a sheet for each table, an index, and a sheet with all that is said in words."""

from __future__ import annotations

import io
import math
import re
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, Any

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from partnership_model.delivery.report import shortened
from partnership_model.display.blocks import Bullets, Figure, Heading, Paragraph, Stamp, Table

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

    from partnership_model.delivery.report import Report

INDEX, WORDS = "Contents", "In words"
MOST_LETTERS = 32_767  # that a cell can hold
CUT = " [cut: the report has all of it]"
LONGEST, LONGEST_NAME, LONGEST_FOOT = 255, 31, 110  # letters of a property, of a sheet's name, of its foot with each & twice
FORBIDDEN = re.compile(r"[][:*?/\\'\U00010000-\U0010FFFF]")  # in a sheet's name; the last count twice in Excel
HEAD_ROW = 3
NARROWEST, WIDEST = 9, 48
LINE, TALLEST, SPARE = 15, 400, 1.1  # points of a line and of the highest row; lines end before the edge
# Whatever a text begins with, it stays text: no formula, no link, no number.
ONLY_TEXT = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


@dataclass(frozen=True)
class _Sheet:
    name: str
    section: str
    table: Table


def write_excel(report: Report, path: Path) -> None:
    """Write the Excel file of a report."""
    made = io.BytesIO()  # on a full disk the library would leave its own parts behind
    with xlsxwriter.Workbook(made, {**ONLY_TEXT, "in_memory": True}) as book:
        about = {"title": shortened(report.title, LONGEST), "subject": shortened(report.foot, LONGEST)}
        book.set_properties({**about, "author": "", "company": "", "comments": ""})
        looks = _looks(book)
        sheets = _sheets(report)
        index = book.add_worksheet(INDEX)
        _write_words(book.add_worksheet(WORDS), report, sheets, looks)
        for one in sheets.values():
            _write_table(book.add_worksheet(one.name), one.table, report, looks)
        _write_index(index, report, list(sheets.values()), looks)
        for sheet in book.worksheets():
            _set_page(sheet, report)
    path.write_bytes(made.getvalue())


def _looks(book: Workbook) -> dict[str, Format]:
    top = {"valign": "top", "text_wrap": True}
    made = {
        "title": {"bold": True, "font_size": 16},
        "stamp": {"bold": True, "font_color": "#8A5300"},
        "caption": {"bold": True, "font_size": 12},
        "head": {**top, "bold": True, "font_color": "#4A5763", "bottom": 1, "bottom_color": "#6B7783"},
        "text": top,
        "first": {**top, "bold": True},
        "whole": {**top, "num_format": "0"},
        "total": {**top, "num_format": "0", "bold": True},
        "link": {"font_color": "#0B5394", "underline": 1, "valign": "top"},
        "section": {**top, "bold": True, "font_size": 12},
        "plain": top,
        "soft": {**top, "font_color": "#4A5763"},
    }
    return {name: book.add_format(look) for name, look in made.items()}


def _sheets(report: Report) -> dict[int, _Sheet]:
    """Name a sheet for each table, by its place: a number and what fits of its caption, so that no two are alike."""
    found: dict[int, _Sheet] = {}
    section, numbers = "", count(1)
    for place, block in enumerate(report.blocks):
        if isinstance(block, Heading) and block.level == 2:  # noqa: PLR2004 - a section
            section = block.text
        if isinstance(block, Table):
            name = f"{next(numbers):02} {' '.join(FORBIDDEN.sub(' ', block.caption).split())}"
            found[place] = _Sheet(name[:LONGEST_NAME].strip(), section, block)
    return found


def _text(sheet: Worksheet, row: int, column: int, text: str, look: Format) -> None:
    """Write a text as a text, and say where a cell cannot hold all of it."""
    kept = text if len(text) <= MOST_LETTERS else text[: MOST_LETTERS - len(CUT)] + CUT
    sheet.write_string(row, column, kept, look)


def _write_table(sheet: Worksheet, table: Table, report: Report, looks: dict[str, Format]) -> None:
    """Write a table; where it has exact numbers they are shown whole, and its totals are sums of them."""
    _text(sheet, 0, 0, table.caption, looks["caption"])
    _text(sheet, 1, 0, report.foot, looks["stamp"])
    exact = dict(table.exact)
    columns = [*table.columns, *(name for name in exact if name not in table.columns)]
    widths = [_width(name, [str(row[place]) for row in table.rows if place < len(row)]) for place, name in enumerate(columns)]
    for place, (name, width) in enumerate(zip(columns, widths, strict=True)):
        _text(sheet, HEAD_ROW, place, name, looks["head"])
        sheet.set_column(place, place, width)
    _set_height(sheet, HEAD_ROW, columns, widths)
    for number, cells in enumerate(table.rows):
        row = HEAD_ROW + 1 + number
        _set_height(sheet, row, cells, widths)
        for place, name in enumerate(columns):
            if name in exact and exact[name][number] is not None:
                _number(sheet, row, place, exact[name][number], _summed(table, columns, row, name), looks)
            elif place < len(cells):
                cell = cells[place]
                if isinstance(cell, int):
                    sheet.write_number(row, place, cell, looks["whole"])
                else:
                    _text(sheet, row, place, cell, looks["text" if place else "first"])
    if exact:
        says = "Numbers are shown rounded and kept with six decimals" + (
            f"; {table.total} is their sum, so what is shown may differ from it by one or two." if table.total else "."
        )
        _text(sheet, HEAD_ROW + 2 + len(table.rows), 0, says, looks["soft"])
    sheet.freeze_panes(HEAD_ROW + 1, 1)
    sheet.repeat_rows(HEAD_ROW)


def _summed(table: Table, columns: list[str], row: int, name: str) -> str:
    """Give the formula of a total: the sum of the other exact numbers of its row, or nothing where it is none."""
    if name != table.total:
        return ""
    return "=" + "+".join(xl_rowcol_to_cell(row, columns.index(other)) for other, _ in table.exact if other != name)


def _number(  # noqa: PLR0913, PLR0917 - a cell and what it holds
    sheet: Worksheet, row: int, column: int, number: float | None, formula: str, looks: dict[str, Format]
) -> None:
    if formula:
        sheet.write_formula(row, column, formula, looks["total"], number)
    else:
        sheet.write_number(row, column, number or 0.0, looks["whole"])


def _set_height(sheet: Worksheet, row: int, cells: Sequence[str | int], widths: Sequence[float]) -> None:
    """Make a row as high as its text needs: not every program does so by itself."""
    lines = max(math.ceil(len(str(cell)) * SPARE / width) for cell, width in zip(cells, widths, strict=False))
    if lines > 1:
        sheet.set_row(row, min(TALLEST, lines * LINE))


def _width(head: str, cells: list[str]) -> float:
    longest = max(map(len, cells), default=0)
    return min(WIDEST, max(NARROWEST, longest + 2, *(len(word) + 3 for word in head.split() or [""])))


def _write_index(sheet: Worksheet, report: Report, sheets: list[_Sheet], looks: dict[str, Format]) -> None:
    """Write what the file is, and lead to each sheet."""
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 90)
    _text(sheet, 0, 0, report.title, looks["title"])
    _text(sheet, 1, 0, ". ".join([report.about, *report.stamps]), looks["stamp"])
    _text(sheet, HEAD_ROW, 0, "Sheet", looks["head"])
    _text(sheet, HEAD_ROW, 1, "What it holds", looks["head"])
    rows: list[tuple[str, str]] = [(WORDS, "All that the report says in words, in its order")]
    section = ""
    for one in sheets:
        if one.section != section:
            section = one.section
            rows.append(("", section))
        rows.append((one.name, one.table.caption))
    for row, (name, says) in enumerate(rows, HEAD_ROW + 1):
        if name:
            sheet.write_url(row, 0, f"internal:'{name}'!A1", looks["link"], name)
        _text(sheet, row, 1, says, looks["plain" if name else "section"])
        _set_height(sheet, row, ["", says], [34, 90])
    sheet.freeze_panes(HEAD_ROW + 1, 0)


def _write_words(sheet: Worksheet, report: Report, sheets: dict[int, _Sheet], looks: dict[str, Format]) -> None:
    """Write headings, paragraphs, lists and what charts show, in the report's order; a table is named by its sheet."""
    sheet.set_column(0, 0, 16)
    sheet.set_column(1, 1, 110)
    _text(sheet, 0, 0, report.title, looks["caption"])
    _text(sheet, 1, 0, report.foot, looks["stamp"])
    _text(sheet, HEAD_ROW, 0, "What", looks["head"])
    _text(sheet, HEAD_ROW, 1, "Words", looks["head"])
    rows = [said for place, block in enumerate(report.blocks) for said in _said(block, sheets.get(place))]
    for row, (what, says) in enumerate(rows, HEAD_ROW + 1):
        _text(sheet, row, 0, what, looks["soft"])
        _text(sheet, row, 1, says, looks["section" if what == "Heading" else "plain"])
        _set_height(sheet, row, [what, says], [16, 110])
    sheet.freeze_panes(HEAD_ROW + 1, 0)


def _said(block: Any, sheet: _Sheet | None) -> list[tuple[str, str]]:  # noqa: ANN401 - any block
    match block:
        case Heading():
            return [("Heading", block.text)]
        case Paragraph():
            return [({"note": "Note", "missing": "Missing"}.get(block.style, ""), block.text)]
        case Bullets():
            return [(f"{number}." if block.ordered else "-", item) for number, item in enumerate(block.items, 1)]
        case Stamp():
            return [("Stamp", block.text)]
        case Figure():
            return [("Chart", block.title), ("Chart in words", block.alternative)]
        case Table() if sheet:
            return [("Table", f"{block.caption}: sheet {sheet.name}")]
    message = f"A block of this kind cannot be written: {block!r}"
    raise TypeError(message)


def _set_page(sheet: Worksheet, report: Report) -> None:
    """Print on A4, as wide as the page, with the foot on each page."""
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    foot = shortened(report.foot, LONGEST_FOOT).replace("&", "&&")
    sheet.set_footer(f"&L{foot}&R&P of &N")
    sheet.hide_gridlines(2)
