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
    from pathlib import Path

Place = tuple[str | int, ...]

LARGEST_FILE = 2 * 1024 * 1024  # bytes; the largest honest file of a case is far below a tenth of it
DEEPEST = 40
_PLAIN = {"": None, "~": None, "null": None, "true": True, "false": False}
_WHOLE = re.compile(r"[-+]?(0|[1-9][0-9]{0,17})")
_DECIMAL = re.compile(r"[-+]?(0|[1-9][0-9]*)\.[0-9]+")
_PLAIN_TAGS = {"tag:yaml.org,2002:str", "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq", "!", None}


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


def read_text(path: Path, *, inside: Path | None = None) -> str:
    """Read a text file that is small, regular and, where asked, really inside a folder.

    Raises:
        FaultsError: missing, a link out of the folder, too large, empty or not text.
    """
    name = shown(path, inside)
    says = _unreadable(path, inside)
    if says:
        raise FaultsError([Fault(name, None, "", says)])
    raw = path.read_bytes()
    if not raw.strip():
        raise FaultsError([Fault(name, None, "", "the file is empty")])
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise FaultsError([Fault(name, line, "", "this is not text in UTF-8; save the file as UTF-8 text")]) from None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise FaultsError([Fault(name, line, "", "this is a binary file; a text file was expected")])
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
    """Read one YAML file in the plain subset that the workbook uses.

    Words such as `no` and `on` stay text, as do numbers that begin with a zero. Repeated keys, references to
    other parts (`*name`), tags (`!!...`) and a second document are refused.

    Raises:
        FaultsError: every fault found, with file and line.
    """
    text = read_text(path, inside=inside)
    name = shown(path, inside)
    try:
        if _deeper_than_allowed(text):
            raise FaultsError([Fault(name, None, "", f"parts lie inside each other more than {DEEPEST} deep")])
        node = yaml.compose(text, Loader=yaml.CBaseLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else None
        problem = (error.problem or "it cannot be read").replace("did not find expected", "expected but did not find")
        raise FaultsError([Fault(name, line, "", f"this is not valid YAML: {problem}")]) from None
    except (yaml.YAMLError, RecursionError):
        raise FaultsError([Fault(name, None, "", "this is not valid YAML text")]) from None
    if node is None:
        raise FaultsError([Fault(name, None, "", "the file says nothing")])
    reader = _Reader(name)
    value = reader.value(node, ())
    if reader.faults:
        raise FaultsError(reader.faults)
    return Document(name, value, reader.lines)


def _deeper_than_allowed(text: str) -> bool:
    # The C composer recurses without a limit and takes the process down; the event stream does not.
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CBaseLoader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > DEEPEST:
            return True
    return False


class _Reader:
    """Turns nodes into plain values, noting lines and collecting faults."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.lines: dict[Place, int] = {}
        self.faults: list[Fault] = []
        self._seen: set[int] = set()

    def refuse(self, node: yaml.Node, place: Place, says: str) -> None:
        self.faults.append(Fault(self.name, node.start_mark.line + 1, ".".join(map(str, place)), says))

    def value(self, node: yaml.Node, place: Place) -> Any:  # noqa: ANN401 - YAML holds anything
        self.lines[place] = node.start_mark.line + 1
        if id(node) in self._seen:
            self.refuse(node, place, "a reference to another part (*name) is not allowed; write the value out")
            return None
        self._seen.add(id(node))
        if node.tag not in _PLAIN_TAGS:
            self.refuse(node, place, f"the tag {node.tag.rsplit(':', 1)[-1]} is not allowed; write a plain value")
            return None
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, place)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, (*place, index)) for index, item in enumerate(node.value)]
        return node.value if isinstance(node, yaml.ScalarNode) and node.style else _scalar(node.value)

    def _mapping(self, node: yaml.MappingNode, place: Place) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                self.refuse(key_node, place, "a key must be a plain word")
                continue
            key = str(key_node.value)
            here = (*place, key)
            if key in found:
                first = self.lines[here]
                self.refuse(key_node, here, f'the key "{key}" is repeated; it stands first in line {first}')
                continue
            found[key] = self.value(value_node, here)
            self.lines[here] = key_node.start_mark.line + 1
        return found


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


def read_csv(path: Path, columns: tuple[str, ...], *, inside: Path | None = None) -> tuple[str, list[Row]]:
    """Read a CSV file with exactly the named columns, in any order.

    Returns:
        The file's shown name and its rows; cells are stripped text, blank rows are left out.

    Raises:
        FaultsError: unknown, missing or repeated columns, and rows with too many or too few cells.
    """
    text = read_text(path, inside=inside)
    name = shown(path, inside)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    faults: list[Fault] = []
    rows: list[Row] = []
    try:
        header = [cell.strip() for cell in next(reader)]
        faults += _header_faults(name, header, columns)
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(header):
                says = f"the row has {len(cells)} cells; the heading has {len(header)} (is a comma inside a text without quotation marks?)"
                faults.append(Fault(name, reader.line_num, "", says))
                continue
            rows.append(Row(reader.line_num, dict(zip(header, (cell.strip() for cell in cells), strict=True))))
    except csv.Error as error:
        faults.append(Fault(name, reader.line_num, "", f"this is not valid CSV: {error}"))
    if faults:
        raise FaultsError(faults)
    return name, rows


def _header_faults(name: str, header: list[str], columns: tuple[str, ...]) -> list[Fault]:
    unknown = [Fault(name, 1, column, f"unknown column. {nearest(column, columns)}") for column in header if column not in columns]
    missing = [Fault(name, 1, column, "this column is missing") for column in columns if column not in header]
    repeated = [Fault(name, 1, column, "this column is repeated") for column in columns if header.count(column) > 1]
    return unknown + missing + repeated
