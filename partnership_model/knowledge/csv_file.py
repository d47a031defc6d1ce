"""Reads CSV strictly: exactly the columns that are expected, and the line of each row."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from partnership_model.errors import Fault, FaultsError, nearest, shown
from partnership_model.knowledge.files import read_text

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class Row:
    """One row of a CSV file: its line, and its cells by column."""

    line: int
    cells: dict[str, str]


def read_csv(path: Path, columns: tuple[str, ...], *, optional: tuple[str, ...] = (), inside: Path | None = None) -> tuple[str, list[Row]]:
    """Read a CSV file; see `parse_csv`.

    Returns:
        The file's shown name and its rows.

    Raises:
        FaultsError: every fault found, with file and line.
    """
    name = shown(path, inside)
    return name, parse_csv(read_text(path, inside=inside), name, columns, optional)


def parse_csv(text: str, name: str, columns: tuple[str, ...], optional: tuple[str, ...] = ()) -> list[Row]:
    """Read text as CSV with exactly the named columns, in any order, and those of the optional ones that it has.

    Returns:
        Its rows; cells are stripped text, blank rows are left out.

    Raises:
        FaultsError: unknown, missing or repeated columns, and rows with too many or too few cells.
    """
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    faults: list[Fault] = []
    rows: list[Row] = []
    line = 1
    try:
        header = [cell.strip() for cell in next(reader)]
        faults += _header_faults(name, header, columns, optional)
        line = reader.line_num + 1
        for cells in reader:
            begins, line = line, reader.line_num + 1  # a row may run over several lines
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(header):
                says = f"the row has {len(cells)} cells; the heading has {len(header)} (is a comma inside a text without quotation marks?)"
                faults.append(Fault(name, begins, "", says))
                continue
            rows.append(Row(begins, dict(zip(header, (cell.strip() for cell in cells), strict=True))))
    except csv.Error as error:
        faults.append(Fault(name, line, "", f"this is not valid CSV: {error}"))
    if faults:
        raise FaultsError(faults)
    return rows


def _header_faults(name: str, header: list[str], columns: tuple[str, ...], optional: tuple[str, ...]) -> list[Fault]:
    known = (*columns, *optional)
    unknown = [Fault(name, 1, column, f"unknown column. {nearest(column, known)}") for column in header if column not in known]
    missing = [Fault(name, 1, column, "this column is missing") for column in columns if column not in header]
    repeated = [Fault(name, 1, column, "this column is repeated") for column in known if header.count(column) > 1]
    return unknown + missing + repeated
