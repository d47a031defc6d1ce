"""Reads small text files strictly, and keeps of what a file says the line of each of its parts."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from partnership_model.errors import Fault, FaultsError, shown

if TYPE_CHECKING:
    from pathlib import Path

Place = tuple[str | int, ...]

LARGEST_FILE = 2 * 1024 * 1024  # bytes; the largest honest file of a case is far below a tenth of it
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
