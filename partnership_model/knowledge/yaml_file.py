"""Reads YAML strictly, in the plain subset that the workbook uses."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import yaml

from partnership_model.errors import Fault, FaultsError, shown
from partnership_model.knowledge.files import Document, Place, read_text

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

DEEPEST = 40
_PLAIN = {"": None, "~": None, "null": None, "true": True, "false": False}
_WHOLE = re.compile(r"[-+]?(0|[1-9][0-9]{0,17})")
_DECIMAL = re.compile(r"[-+]?(0|[1-9][0-9]*)\.[0-9]+")


class UnreadableError(FaultsError):
    """What is wrong with a file as YAML; `document` holds what could be read all the same, if anything."""

    def __init__(self, faults: list[Fault], document: Document | None = None) -> None:
        """Keep the faults and what could be read."""
        super().__init__(faults)
        self.document = document


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
