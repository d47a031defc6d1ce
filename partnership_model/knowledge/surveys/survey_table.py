"""Reads the export of a survey, CSV, Excel or CSV in a packed file, as rows of text under headings that are told apart."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import re
import zipfile
import zlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from partnership_model.errors import Fault, FaultsError, printable, shown
from partnership_model.knowledge.grids import Limits, bytes_of, csv_rows
from partnership_model.knowledge.surveys.headings import Heading, headings, plain
from partnership_model.knowledge.surveys.tools import TOOLS, ToolName, tool_of
from partnership_model.knowledge.workbooks import WORKBOOK_PART, ZIP, is_workbook, workbook_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from partnership_model.knowledge.grids import Content, Grid

LARGEST_EXPORT = 24 * 1024 * 1024  # bytes
SURVEY = Limits(20_000, 500, "Export one survey alone, with its own questions only")
LONGEST_HEADING = 1_900  # letters
AGAIN = "Export or download it again, and leave it as it is"
_WEB_PAGE = re.compile(rb"\s*<(!doctype|html)", re.IGNORECASE)
# Letters that hardly ever follow each other in Windows' own encoding: each a whole letter of UTF-8.
_UTF_8 = re.compile(rb"[\xc3-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")


@dataclass(frozen=True)
class SurveyRow:
    """One answer as it stands in the file.

    Attributes:
        number: of the row, as a spreadsheet counts.
        cells: as text; a date is written as 2026-10-24.
        trouble: why a cell cannot be read, by its column.
        short: how many cells the row has, where these are too few or too many.
    """

    number: int
    cells: tuple[str, ...]
    trouble: Mapping[int, str] = field(default_factory=dict)
    short: int | None = None


@dataclass(frozen=True)
class SurveyTable:
    """An export.

    Attributes:
        where: the file as the reader named it.
        source: its name, without folders.
        digest: the hash of its bytes.
        heading_row: in which row of the file the headings begin.
    """

    where: str
    source: str
    digest: str
    tool: ToolName
    headings: tuple[Heading, ...]
    rows: tuple[SurveyRow, ...]
    sheet: str = ""
    heading_row: int = 1
    notes: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Give the names of the columns."""
        return tuple(one.name for one in self.headings)

    def column(self, name: str) -> int:
        """Give the place of a column, which is there."""
        return self.names.index(name)

    def values(self, name: str) -> tuple[str, ...]:
        """Give what stands in a column, where anything does."""
        at = self.column(name)
        return tuple(row.cells[at] for row in self.rows if row.cells[at])

    def fault(self, row: int | None, column: str, says: str) -> Fault:
        """Make a fault in a row, a column, or a cell."""
        place = f'row {row}, column "{column}"' if row and column else f'column "{column}"' if column else f"row {row}" if row else ""
        where = f"{self.sheet}, {place}" if self.sheet and place else self.sheet or place
        return Fault(self.where, None, where, says)


def read_survey(path: Path, sheet: str = "") -> SurveyTable:
    """Read an export.

    Raises:
        FaultsError: what is wrong with it as a file.
    """
    raw = bytes_of(path, LARGEST_EXPORT)
    name, digest = shown(path), hashlib.sha256(raw).hexdigest()
    made = _Making(name, printable(Path(name).name), digest)
    inside = _packed(raw, name)
    if inside is None and is_workbook(raw):
        return made.of_grid(_sheet(raw, name, sheet))
    if sheet:
        raise FaultsError([Fault(name, None, "", "this is no workbook, so it has no sheets; leave out `sheet`")])
    return made.of_csv(raw if inside is None else inside)


def _packed(raw: bytes, name: str) -> bytes | None:
    """Give the one CSV file of a packed file, as Google Forms hands it out; None where it is something else."""
    if not raw.startswith(ZIP):
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            parts = [one for one in archive.infolist() if not one.is_dir() and not one.filename.startswith("__MACOSX/")]
            if any(one.filename == WORKBOOK_PART for one in parts):
                return None
            tables = [one for one in parts if one.filename.lower().endswith(".csv")]
            if len(tables) != 1:
                says = f"a packed file with one CSV table was expected; this one has {len(tables)}. Unpack it, and import each table"
            elif tables[0].file_size > LARGEST_EXPORT:
                says = f"unpacked, it is larger than the {LARGEST_EXPORT:,} bytes that are read. {SURVEY.mend}"
            elif tables[0].flag_bits & 1:
                says = "the packed file is protected by a password. Unpack it, and import the table"
            else:
                with archive.open(tables[0]) as part:
                    return part.read(LARGEST_EXPORT)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, OSError, EOFError, ValueError, RuntimeError) as error:
        says = f"the file is damaged or only half of it is here ({error}). {AGAIN}"
    raise FaultsError([Fault(name, None, "", says)])


def _sheet(raw: bytes, name: str, sheet: str) -> Grid:
    workbook = workbook_of(raw, name, SURVEY)
    seen = [one for one in workbook.sheets if one not in workbook.hidden] or list(workbook.sheets)
    if not sheet and len(seen) > 1:
        told = ", ".join(f'"{printable(one)}"' for one in seen[:5])
        says = f"the workbook has several sheets ({told}). Say which has the answers, with --sheet or as `sheet` in the mapping file"
        raise FaultsError([Fault(name, None, "", says)])
    return workbook.sheet(sheet or seen[0])


@dataclass(frozen=True)
class _Making:
    """Makes the table of a file."""

    where: str
    source: str
    digest: str

    def of_csv(self, raw: bytes) -> SurveyTable:
        if _WEB_PAGE.match(raw):
            says = f"this is a web page, and no table: the tool may have asked you to sign in instead of sending the file. {AGAIN}"
            raise FaultsError([Fault(self.where, None, "", says)])
        self._refuse_mixed(raw)
        try:
            found, notes = csv_rows(raw, self.where, SURVEY)
        except FaultsError as error:
            raise _half_a_file(error) from None
        if len(found) > 1 and 0 < len(found[-1]) < len(found[0]) and not raw.rstrip(b"\x00").endswith((b"\n", b"\r")):
            says = f"the file ends in the middle of this row: it has {len(found[-1])} of {len(found[0])} cells. {AGAIN}"
            raise FaultsError([Fault(self.where, len(found), "", says)])
        return self._table([(cells, {}) for cells in found], "", notes)

    def _refuse_mixed(self, raw: bytes) -> None:
        """Refuse a file in which two encodings were put together: read as either, the other's letters come out wrong."""
        if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
            return
        try:
            raw.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            both = _UTF_8.search(raw)
            if both:
                first, second = sorted((both.start(), error.start))
                lines = [raw.count(b"\n", 0, at) + 1 for at in (first, second)]
                says = (
                    f"two encodings are mixed: the letters of line {lines[0]} and of line {lines[1]} cannot both be read. "
                    "Were two files put together? Import each by itself"
                )
                raise FaultsError([Fault(self.where, lines[1], "", says)]) from None

    def of_grid(self, grid: Grid) -> SurveyTable:
        begins = next((at for at, row in enumerate(grid.rows) if sum(cell.content is not None for cell in row) > 1), 0)
        first = [_text(cell.content) for cell in grid.rows[begins]]
        last = begins + TOOLS[tool_of(first)].heading_rows  # the last row, from 1, that has headings
        below = [cells for cells in grid.merged if int(re.sub("[^0-9]", "", cells.rpartition(":")[2])) > last]
        if below:
            says = "these cells are merged, so that nobody can say whose answer they are; split them and fill each one"
            raise FaultsError(Fault(self.where, None, f"{grid.sheet}!{cells}", says) for cells in below)
        rows: list[tuple[list[str], dict[int, str]]] = [
            ([_text(cell.content) for cell in row], {at: cell.trouble for at, cell in enumerate(row) if cell.trouble}) for row in grid.rows
        ]
        return self._table(rows, grid.sheet, list(grid.notes))

    def _refuse_long(self, found: Sequence[Heading], row: int, sheet: str) -> None:
        for one in found:
            if len(one.name) > LONGEST_HEADING:
                says = f"a heading in row {row} has {len(one.name):,} letters; {LONGEST_HEADING:,} are the most. Are the headings missing?"
                raise FaultsError([Fault(self.where, None, sheet, says)])

    def _table(self, rows: Sequence[tuple[Sequence[str], dict[int, str]]], sheet: str, notes: list[str]) -> SurveyTable:
        begins = next((at for at, (cells, _) in enumerate(rows) if sum(bool(cell) for cell in cells) > 1), None)
        if begins is None:
            raise FaultsError(
                [Fault(self.where, None, sheet, "a table was expected: a row of headings, and below it one row for each answer")]
            )
        if begins:
            notes.append(f"The headings stand in row {begins + 1}; what is above them was not read.")
        first = list(rows[begins][0])
        tool = tool_of(first)
        below = list(rows[begins + 1][0]) if len(rows) > begins + 1 else []
        # A second row of headings has nothing below the respondent's number; an answer has.
        count = TOOLS[tool].heading_rows if below and not below[0] else 1
        second = below if count > 1 else []
        width = max(len(first), len(second))
        first, second = _padded(first, width), _padded(second, width) if second else []
        answers = tuple(_answers(rows, begins + count, width))
        found = headings(first, second)
        kept = [at for at, one in enumerate(found) if one.question or any(row.cells[at] or at in row.trouble for row in answers)]
        self._refuse_long([found[at] for at in kept], begins + 1, sheet)
        if not answers:
            raise FaultsError([Fault(self.where, None, sheet, "below the headings there is no answer")])
        return SurveyTable(
            self.where,
            self.source,
            self.digest,
            tool,
            tuple(found[at] for at in kept),
            tuple(_kept(row, kept) for row in answers),
            sheet,
            begins + 1,
            tuple(notes),
        )


def _half_a_file(error: FaultsError) -> FaultsError:
    """Say of an end inside quotation marks what it means."""
    half = [one for one in error.faults if "unexpected end of data" in one.says]
    if not half:
        return error
    says = f"the file ends inside a text in quotation marks: half of it is missing, or a mark too many stands somewhere. {AGAIN}"
    return FaultsError(Fault(one.where, one.line, one.field, says) for one in half)


def _answers(rows: Sequence[tuple[Sequence[str], dict[int, str]]], begins: int, width: int) -> Iterator[SurveyRow]:
    for number, (cells, trouble) in enumerate(rows[begins:], begins + 1):
        if any(cells) or trouble:
            extra = any(cells[width:])
            short = len(cells) if len(cells) < width or extra else None
            yield SurveyRow(number, tuple(_padded(cells, width)), trouble, short)


def _kept(row: SurveyRow, columns: Sequence[int]) -> SurveyRow:
    trouble = {at: row.trouble[column] for at, column in enumerate(columns) if column in row.trouble}
    return SurveyRow(row.number, tuple(row.cells[at] for at in columns), trouble, row.short)


def _padded(cells: Sequence[str], width: int) -> list[str]:
    return [*cells[:width], *[""] * (width - len(cells))]


def _text(content: Content) -> str:
    r"""Write a cell of a workbook as a form would have it.

    >>> _text(3.0), _text(None), _text(dt.datetime(2026, 10, 24, 19, 2)), _text("a\u00a0b")
    ('3', '', '2026-10-24', 'a b')
    """
    if content is None:
        return ""
    if isinstance(content, dt.date):
        return f"{content:%Y-%m-%d}"  # the time of day is nobody's business
    if isinstance(content, float) and content.is_integer():
        return str(int(content))
    return plain(content) if isinstance(content, str) and "\n" not in content else str(content)
