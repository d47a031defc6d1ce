"""Reads YAML and CSV strictly: in comes a path, out comes plain data that knows the line of each of its parts."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import yaml

from partnership_model.errors import Fault, FaultsError, nearest, shown

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

Place = tuple[str | int, ...]

LARGEST_FILE = 2 * 1024 * 1024  # bytes; the largest honest file of a case is far below a tenth of it
DEEPEST = 40
_PLAIN = {"": None, "~": None, "null": None, "true": True, "false": False}
_WHOLE = re.compile(r"[-+]?(0|[1-9][0-9]{0,17})")
_DECIMAL = re.compile(r"[-+]?(0|[1-9][0-9]*)\.[0-9]+")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")


@dataclass(frozen=True)
class Document:
    """What one file says, and where it says it.

    Attributes:
        name: the file as it is shown to a reader.
        value: mappings, lists, text, whole and decimal numbers, true, false and None.
        lines: the line, from 1, of every part, by its place in `value`.
    """

    name: str
    value: Any
    lines: dict[Place, int] = field(default_factory=dict)

    def line(self, place: Place) -> int | None:
        """Give the line of a place, or of the nearest part that holds it."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place)

    def fault(self, place: Place, says: str) -> Fault:
        """Make a fault that points to a place in this file."""
        return Fault(self.name, self.line(place), ".".join(str(part) for part in place), says)


class UnreadableError(FaultsError):
    """What is wrong with a file as YAML; `document` holds what could be read all the same, if anything."""

    def __init__(self, faults: list[Fault], document: Document | None = None) -> None:
        """Keep the faults and what could be read."""
        super().__init__(faults)
        self.document = document


def read_text(path: Path, *, inside: Path | None = None) -> str:
    """Read a text file that is small, regular and, where asked, really inside a folder.

    Raises:
        FaultsError: missing, a link out of the folder, too large, empty or not text.
    """
    name = shown(path, inside)
    try:
        says = _unreadable(path, inside)
        raw = b"" if says else path.read_bytes()
    except OSError as error:
        says = f"the file cannot be read: {error.strerror or error}"
    if says:
        raise FaultsError([Fault(name, None, "", says)])
    return text_of(raw, name)


def text_of(raw: bytes, name: str) -> str:
    """Give the text that the bytes of a file hold.

    Raises:
        FaultsError: it is empty, or not text.
    """
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise FaultsError([Fault(name, line, "", "this is not text in UTF-8; save the file as UTF-8 text")]) from None
    if not text.strip():
        raise FaultsError([Fault(name, None, "", "the file is empty")])
    stray = _CONTROL.search(text)
    if stray:
        line = text.count("\n", 0, stray.start()) + 1
        what = (
            "this is a binary file; a text file was expected"
            if stray.group() == "\0"
            else f"the control character {stray.group()!r} is not text"
        )
        raise FaultsError([Fault(name, line, "", what)])
    return text


def _unreadable(path: Path, inside: Path | None) -> str | None:
    if not path.exists():
        return "there is no such file"
    if inside is not None and not path.resolve().is_relative_to(inside.resolve()):
        return "this is a link to a file outside the folder; copy the file into the folder"
    if not path.is_file():
        return "this is not an ordinary file"
    size = path.stat().st_size
    if size > LARGEST_FILE:
        return f"the file has {size:,} bytes; the largest that is read has {LARGEST_FILE:,}"
    return None


def read_yaml(path: Path, *, inside: Path | None = None) -> Document:
    """Read one YAML file; see `parse_yaml`.

    Raises:
        UnreadableError: every fault found, with file and line.
    """
    try:
        text = read_text(path, inside=inside)
    except FaultsError as error:
        raise UnreadableError(list(error.faults)) from None
    return parse_yaml(text, shown(path, inside))


def parse_yaml(text: str, name: str) -> Document:
    """Read text as YAML in the plain subset that the workbook uses.

    Words such as `no` and `on` stay text, as do numbers that begin with a zero. Repeated keys, references to
    other parts (`*name`), tags (`!!...`) and a second document are refused.

    Raises:
        UnreadableError: every fault found, with file and line.
    """
    reader = _Reader(name)
    try:
        reader.read(yaml.parse(text, Loader=yaml.CBaseLoader))
    except yaml.MarkedYAMLError as error:
        reader.refuse_syntax(error, text)
        raise UnreadableError(reader.faults) from None
    if not reader.faults and () not in reader.lines:
        reader.faults.append(Fault(reader.name, None, "", "the file says nothing"))
    document = Document(reader.name, reader.root, reader.lines)
    if reader.faults:
        raise UnreadableError(reader.faults, document if isinstance(reader.root, dict) and reader.mendable else None)
    return document


@dataclass
class _Part:
    """A mapping or list that is being read."""

    value: Any
    place: Place
    key: str | None = None
    skipped: bool = False


class _Reader:
    """Builds plain values from YAML's events, noting lines and collecting faults.

    Events come one after the other, however deep parts lie; the composer of the C library would recurse without a limit.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.root: Any = None
        self.lines: dict[Place, int] = {}
        self.faults: list[Fault] = []
        self.mendable = True  # whether what was read may be checked further
        self._open: list[_Part] = []
        self._said: set[tuple[int | None, str]] = set()

    def refuse(self, event: yaml.Event, place: Place, says: str) -> None:
        """Keep a fault, one of a kind for each line."""
        fault = Fault(self.name, _line(event), ".".join(map(str, place)), says)
        if (fault.line, fault.says) not in self._said:
            self._said.add((fault.line, fault.says))
            self.faults.append(fault)

    def refuse_syntax(self, error: yaml.MarkedYAMLError, text: str) -> None:
        """Say where YAML itself cannot go on."""
        mark = error.problem_mark or error.context_mark
        number = min(mark.line, text.count("\n")) if mark else 0
        line = text.split("\n")[number]
        problem = (error.problem or "it cannot be read").replace("did not find expected", "expected but did not find")
        problem = "use spaces, not a tab, at the beginning of a line" if "\t" in line[: len(line) - len(line.lstrip())] else problem
        self.faults.append(Fault(self.name, number + 1, "", f"this is not valid YAML: {problem}"))

    def read(self, events: Iterable[yaml.Event]) -> None:
        """Take every event of one document."""
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self.mendable = False
                    return self.refuse(event, (), "a second document begins here; keep one")
            elif isinstance(event, yaml.AliasEvent):
                self.mendable = False
                self.refuse(event, self._here(), "a reference to another part (*name) is not allowed; write the value out")
                self._take(event, None)
            elif isinstance(event, yaml.ScalarEvent):
                self._scalar(event)
            elif isinstance(event, yaml.CollectionStartEvent):
                self._begin(event)
                if len(self._open) > DEEPEST:
                    self.mendable = False
                    self.faults.clear()  # whatever else is wrong with such a file, nobody wrote it by hand
                    return self.refuse(event, (), f"parts lie inside each other more than {DEEPEST} deep")
            elif isinstance(event, yaml.CollectionEndEvent):
                self._open.pop()
        return None

    def _here(self) -> Place:
        """Give the place of the value that comes next."""
        if not self._open:
            return ()
        part = self._open[-1]
        return (*part.place, len(part.value) if isinstance(part.value, list) else part.key or "")

    def _is_key(self) -> bool:
        return bool(self._open) and isinstance(self._open[-1].value, dict) and self._open[-1].key is None

    def _tagged(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> bool:
        if event.tag is None:
            return False
        self.mendable = False
        self.refuse(event, self._here(), f"the tag {event.tag.rsplit(':', 1)[-1]} is not allowed; write a plain value")
        return True

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        self._tagged(event)
        if not self._is_key():
            self._take(event, event.value if event.style else _scalar(event.value))
            return
        part = self._open[-1]
        place = (*part.place, event.value)
        if event.value in part.value:
            self.refuse(event, place, f'the key "{event.value}" is repeated; it stands first in line {self.lines[place]}')
            part.skipped = True
        else:
            self.lines[place] = _line(event)
        part.key = event.value

    def _begin(self, event: yaml.CollectionStartEvent) -> None:
        self._tagged(event)
        value: Any = {} if isinstance(event, yaml.MappingStartEvent) else []
        if self._is_key():
            self.mendable = False
            self.refuse(event, self._open[-1].place, "a key must be a plain word")
            self._open[-1].key = ""
            self._open.append(_Part(value, self._open[-1].place))
            return
        place = self._here()
        self._take(event, value)
        self._open.append(_Part(value, place))

    def _take(self, event: yaml.Event, value: Any) -> None:  # noqa: ANN401 - YAML holds anything
        """Put a finished value where it belongs."""
        place = self._here()
        self.lines.setdefault(place, _line(event))
        if not self._open:
            self.root = value
            return
        part = self._open[-1]
        if isinstance(part.value, list):
            part.value.append(value)
        elif part.key is None:
            part.key = ""
        else:
            if not part.skipped:
                part.value[part.key] = value
            part.key, part.skipped = None, False


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


def _scalar(text: str) -> str | int | float | bool | None:
    if text in _PLAIN:
        return _PLAIN[text]
    if _WHOLE.fullmatch(text):
        return int(text)
    if _DECIMAL.fullmatch(text):
        return float(text)
    return text


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
