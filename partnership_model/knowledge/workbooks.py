"""Reads Excel workbooks that somebody sent: small ones only, never a macro, and every cell that cannot be read says why."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from partnership_model.errors import Fault, FaultsError, nearest, shown
from partnership_model.knowledge.grids import SCORING, Grid, GridCell, Limits, bytes_of, cell_name, too_large

if TYPE_CHECKING:
    from pathlib import Path

LARGEST_PART = 8 * 1024 * 1024  # bytes of one part, unpacked
LARGEST_WHOLE = 24 * 1024 * 1024
MOST_PARTS = 500
WORKBOOK_PART = "xl/workbook.xml"
ZIP, OLD = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_DECLARES = re.compile(rb"<!\s*(DOCTYPE|ENTITY)|<\x00!\x00|\x00<\x00!", re.IGNORECASE)  # in UTF-8, or in UTF-16
_DECIMALS = re.compile(r"(?:[#0,]*0)(?:\.(0+))?(?![0#.])")
_COLOURED = re.compile(r'\[[^\]]*\]|"[^"]*"|\\.|_.|\*.')  # parts of a format that are no digits
SAVE = "Open the file in Excel or LibreOffice, let it work everything out, and save it"
LONGEST_CELL = 10_000  # letters


@dataclass(frozen=True)
class Workbook:
    """The sheets of a workbook that hold anything, by name, and those that are hidden."""

    where: str
    sheets: dict[str, Grid]
    hidden: tuple[str, ...]

    def sheet(self, name: str) -> Grid:
        """Give one sheet.

        Raises:
            FaultsError: there is none of this name.
        """
        if name not in self.sheets:
            raise FaultsError(
                [Fault(self.where, None, "", f'there is no sheet "{name}" with anything on it. {nearest(name, self.sheets)}')]
            )
        return self.sheets[name]


def is_workbook(raw: bytes) -> bool:
    """Say whether bytes are those of a workbook, of today's kind or of the old one, whatever the file is called."""
    return raw.startswith((ZIP, OLD))


def read_workbook(path: Path) -> Workbook:
    """Read a workbook.

    Raises:
        FaultsError: it is none, it has a password, or it is too large.
    """
    return workbook_of(bytes_of(path), shown(path))


def workbook_of(raw: bytes, name: str, limits: Limits = SCORING) -> Workbook:
    """Read the bytes of a workbook: figures as they were saved, never worked out again.

    Raises:
        FaultsError: it is none, it has a password, or it is too large.
    """
    says = _refused(raw)
    if says:
        raise FaultsError([Fault(name, None, "", says)])
    figures, written = _loaded(raw, name, figures=True), _loaded(raw, name, figures=False)
    sheets: dict[str, Grid] = {}
    for sheet in figures.worksheets:
        if sheet.max_row > limits.rows or sheet.max_column > limits.columns:
            raise FaultsError([Fault(name, None, sheet.title, too_large(limits))])
        grid = _grid(name, sheet, written[sheet.title])
        if any(cell.content is not None or cell.trouble for row in grid.rows for cell in row):
            sheets[sheet.title] = grid
    hidden = tuple(sheet.title for sheet in figures.worksheets if sheet.sheet_state != "visible" and sheet.title in sheets)
    if not sheets:
        raise FaultsError([Fault(name, None, "", "the workbook has nothing in it")])
    return Workbook(name, sheets, hidden)


def _refused(raw: bytes) -> str:
    """Say why bytes are not taken for a workbook, before anything opens them; "" where nothing speaks against it."""
    if raw.startswith(OLD):
        locked = "the workbook is protected by a password, so it cannot be read. Save a copy without one (File, Info, Protect)"
        return locked if _ENCRYPTED in raw else "this is a workbook of the old kind (.xls); save it as .xlsx"
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            return _wrong_part(archive)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, OSError, EOFError, ValueError, RuntimeError) as error:
        return f"the workbook is damaged and cannot be read ({error})"


def _wrong_part(archive: zipfile.ZipFile) -> str:
    parts = archive.infolist()
    sizes = [part.file_size for part in parts]  # no more is ever unpacked than a part says of itself
    if len(parts) > MOST_PARTS or sum(sizes) > LARGEST_WHOLE or max(sizes, default=0) > LARGEST_PART:
        return (
            f"unpacked, it is larger than what is read: {LARGEST_PART // 2**20} megabytes a part and {LARGEST_WHOLE // 2**20} in all. "
            "Keep the table alone in a new workbook"
        )
    if any(part.flag_bits & 1 for part in parts):
        return "a part of the workbook is protected by a password, so it cannot be read. Save a copy without one"
    declares = [one for one in parts if one.filename.endswith((".xml", ".rels")) and _DECLARES.search(archive.read(one))]
    if declares:
        return f"{declares[0].filename} declares entities, which no spreadsheet program writes; it is not opened"
    return "" if WORKBOOK_PART in archive.namelist() else "this is a packed file, and no Excel workbook (.xlsx)"


def _loaded(raw: bytes, name: str, *, figures: bool) -> Any:  # noqa: ANN401 - openpyxl has no types
    import warnings  # noqa: PLC0415 - beside what it is for

    import openpyxl  # noqa: PLC0415 - it loads a library of pictures, which nobody else here needs

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of extensions that are dropped: nothing is written back
            return openpyxl.load_workbook(io.BytesIO(raw), data_only=figures, keep_vba=False, keep_links=False)
    except Exception as error:  # noqa: BLE001 - whatever a damaged part makes the library stumble over
        message = f"the workbook is damaged and cannot be read ({type(error).__name__})"
        raise FaultsError([Fault(name, None, "", message)]) from None


def _grid(name: str, sheet: Any, written: Any) -> Grid:  # noqa: ANN401 - openpyxl has no types
    height, width = sheet.max_row, sheet.max_column  # openpyxl looks through all cells each time it is asked
    rows = tuple(
        tuple(_cell(sheet.cell(row, column), written.cell(row, column).value, row, column) for column in range(1, width + 1))
        for row in range(1, height + 1)
    )
    hidden = [f"column {letter}" for letter, one in sheet.column_dimensions.items() if one.hidden]
    hidden += [f"row {number}" for number, one in sheet.row_dimensions.items() if one.hidden]
    return Grid(name, sheet.title, rows, tuple(sorted(str(one) for one in sheet.merged_cells.ranges)), tuple(hidden))


def _cell(cell: Any, written: Any, row: int, column: int) -> GridCell:  # noqa: ANN401 - openpyxl has no types
    place, content = cell_name(row, column), cell.value
    is_formula = (isinstance(written, str) and written.startswith("=")) or type(written).__name__ in ("ArrayFormula", "DataTableFormula")
    if is_formula and content is None:
        return GridCell(place, None, trouble=f"this is a formula whose result was never saved. {SAVE}")
    if getattr(cell, "data_type", "") == "e":
        whose = "the formula in it" if is_formula else "it"
        return GridCell(place, None, trouble=f"{whose} ends in the error {content}; mend it, or leave the cell empty")
    if isinstance(content, str):
        if len(content) > LONGEST_CELL:
            return GridCell(place, None, trouble=f"it holds {len(content):,} letters; {LONGEST_CELL:,} are the most")
        content = content.strip() or None
    elif isinstance(content, dt.datetime) and not any((content.hour, content.minute, content.second, content.microsecond)):
        content = content.date()
    elif not isinstance(content, int | float | bool | dt.date | None):
        content = str(content)  # a time of day, or a span of time
    return GridCell(place, content, _decimals(str(getattr(cell, "number_format", "General"))))


def _decimals(style: str) -> int | None:
    """Give how many decimals a number format shows; None where it shows as many as there are.

    >>> _decimals("0.0"), _decimals("#,##0"), _decimals("0%"), _decimals("General"), _decimals('"£"#,##0.00')
    (1, 0, 2, None, 2)
    """
    plain = _COLOURED.sub("", style.split(";", maxsplit=1)[0])
    found = _DECIMALS.search(plain)
    if found is None or "e" in plain.lower() or "/" in plain:
        return None
    return len(found[1] or "") + 2 * plain.count("%")
