"""Tables that somebody else made, cell by cell, as a spreadsheet names them (B7); CSV of any usual kind is read into one."""

from __future__ import annotations

import csv
import datetime as dt
import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from partnership_model.errors import Fault, FaultsError, shown
from partnership_model.knowledge.files import LARGEST_FILE, text_of

if TYPE_CHECKING:
    from pathlib import Path

MOST_ROWS, MOST_COLUMNS = 2_000, 200
SEPARATORS = (",", ";", "\t")


@dataclass(frozen=True)
class Limits:
    """How large a table may be, and how to make one smaller that is larger."""

    rows: int
    columns: int
    mend: str


SCORING = Limits(MOST_ROWS, MOST_COLUMNS, "Keep the scoring table alone")
Content = str | int | float | bool | dt.date | None


@dataclass(frozen=True)
class GridCell:
    """One cell.

    Attributes:
        place: its name, such as `B7`.
        content: what stands in it; text is stripped, and an empty one is None.
        decimals: how many its format shows, where it has one that says so.
        trouble: why it cannot be read, or "".
    """

    place: str
    content: Content
    decimals: int | None = None
    trouble: str = ""


@dataclass(frozen=True)
class Grid:
    """A sheet, or a CSV file.

    Attributes:
        where: the file as the reader named it.
        sheet: the name of the sheet; "" for CSV.
        rows: each as long as the longest; the first is row 1 of the file.
        merged: ranges of cells that were made one, such as `A1:C1`.
        hidden: rows and columns that a spreadsheet does not show, by name.
        notes: what was assumed in reading it.
    """

    where: str
    sheet: str
    rows: tuple[tuple[GridCell, ...], ...]
    merged: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    notes: tuple[str, ...] = field(default=())

    def fault(self, row: int, column: int | None, says: str) -> Fault:
        """Make a fault that names a cell, or a row; rows and columns are counted from 1."""
        where = cell_name(row, column) if column else f"row {row}"
        if self.sheet:
            return Fault(self.where, None, f"{self.sheet}!{where}", says)
        return Fault(self.where, row, where if column else "", says)


def column_name(column: int) -> str:
    """Name a column, counted from 1, as a spreadsheet does.

    >>> column_name(2), column_name(27), column_name(703)
    ('B', 'AA', 'AAA')
    """
    name = ""
    while column:
        column, letter = divmod(column - 1, 26)
        name = chr(ord("A") + letter) + name
    return name


def cell_name(row: int, column: int) -> str:
    """Name a cell.

    >>> cell_name(7, 2)
    'B7'
    """
    return f"{column_name(column)}{row}"


def bytes_of(path: Path, most: int = LARGEST_FILE) -> bytes:
    """Read a file that somebody sent, if it is an ordinary one and not too large.

    Raises:
        FaultsError: what is wrong with it.
    """
    name = shown(path)
    try:
        if not path.exists():
            says = "there is no such file"
        elif not path.is_file():
            says = "this is not an ordinary file"
        elif path.stat().st_size > most:
            says = f"the file has {path.stat().st_size:,} bytes; the largest that is read has {most:,}. Keep the table alone"
        else:
            return path.read_bytes()
    except OSError as error:
        says = f"the file cannot be read: {error.strerror or error}"
    raise FaultsError([Fault(name, None, "", says)])


def csv_grid(raw: bytes, name: str) -> Grid:
    """Read the bytes of a CSV file as a grid; see `csv_rows`.

    Raises:
        FaultsError: what is wrong with it.
    """
    rows, notes = csv_rows(raw, name, SCORING)
    width = max(map(len, rows), default=0)
    found = tuple(
        tuple(GridCell(cell_name(number, at + 1), (row[at] if at < len(row) else "") or None) for at in range(width))
        for number, row in enumerate(rows, 1)
    )
    return Grid(name, "", found, notes=tuple(notes))


def csv_rows(raw: bytes, name: str, limits: Limits) -> tuple[list[list[str]], list[str]]:
    """Read the bytes of a CSV file: with commas, semicolons or tabs, in UTF-8, Excel's UTF-16 or Windows' own letters.

    Returns:
        Its rows as they are, stripped and however long, and what was assumed.

    Raises:
        FaultsError: what is wrong with it.
    """
    text, notes = _decoded(raw, name)
    separator = _separator(text)
    notes += {";": ["Columns are separated by semicolons."], "\t": ["Columns are separated by tabs."]}.get(separator, [])
    rows: list[list[str]] = []
    try:
        for cells in csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True):
            rows.append([cell.strip() for cell in cells])
            if len(rows) > limits.rows or len(cells) > limits.columns:
                raise FaultsError([Fault(name, len(rows), "", too_large(limits))])
    except csv.Error as error:
        raise FaultsError([Fault(name, len(rows) + 1, "", f"this is not valid CSV: {error}")]) from None
    return rows, notes


def too_large(limits: Limits) -> str:
    """Say how large a table may be."""
    return f"a table may have {limits.rows:,} rows and {limits.columns} columns; this one goes on. {limits.mend}"


def _decoded(raw: bytes, name: str) -> tuple[str, list[str]]:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return text_of(raw.decode("utf-16").encode(), name), []
        except UnicodeDecodeError:
            raise FaultsError([Fault(name, None, "", "this is not text; save the table as CSV or as .xlsx")]) from None
    try:
        raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = raw.decode("cp1252")
        except UnicodeDecodeError:
            return text_of(raw, name), []  # which says where it stops being text
        return text_of(text.encode(), name), [
            "The file is not UTF-8; it was read as text of Windows (cp1252). Look at letters such as £ and é."
        ]
    return text_of(raw, name), []


def _separator(text: str) -> str:
    """Take the sign that stands most often in the first line that has any, outside quotation marks."""
    for line in text.splitlines():
        outside = "".join(part for at, part in enumerate(line.split('"')) if at % 2 == 0)
        counts = {sign: outside.count(sign) for sign in SEPARATORS}
        if any(counts.values()):
            return max(SEPARATORS, key=lambda sign: counts[sign])
    return ","
