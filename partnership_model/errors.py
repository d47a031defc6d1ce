"""What goes wrong, said once for a reader: a fault knows where it is, and faults are reported together."""

from __future__ import annotations

import difflib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


MOST_SHOWN = 100  # faults in one message; nobody mends more before the next run


MOST_SEARCHED = 500  # known names among which the nearest is looked for
LONGEST_SEARCHED = 120  # letters of a name that may be a mistyped one
MOST_LISTED = 20


class PartnershipError(Exception):
    """A sentence for the person at the keyboard; it is shown without a traceback."""

    def _render_traceback_(self) -> list[str]:
        # IPython asks for this, so that a notebook shows the sentence alone.
        return [str(self)]


def printable(text: str) -> str:
    r"""Write out what could steer a terminal or forge a line.

    >>> printable("a" + chr(27) + "[31m")
    'a\\x1b[31m'
    """
    return "".join(letter if letter.isprintable() else repr(letter)[1:-1] for letter in text)


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong in one place.

    Attributes:
        where: the file, as the person named it.
        line: the line in that file, from 1, or None where there is none.
        field: the path of keys inside the file, such as `weights.governors.cost`, or "".
        says: what was found, what was expected and how to mend it.
    """

    where: str
    line: int | None
    field: str
    says: str

    def __str__(self) -> str:
        """`file:line: field: what is wrong`, with the parts that are known, in one line that cannot steer a terminal."""
        place = self.where if self.line is None else f"{self.where}:{self.line}"
        return printable(f"{place}: {self.field}: {self.says}" if self.field else f"{place}: {self.says}")


class FaultsError(PartnershipError):
    """Everything that is wrong with what was read, all at once."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        """Keep the faults in the order of file and line."""
        self.faults = tuple(sorted(set(faults), key=lambda fault: (fault.where, fault.line or 0, fault.field, fault.says)))
        count = len(self.faults)
        more = [f"... and {count - MOST_SHOWN} more."] if count > MOST_SHOWN else []
        shown_ = map(str, self.faults[:MOST_SHOWN])
        super().__init__("\n".join([*shown_, *more, f"{count} fault{'s' if count != 1 else ''} found."]))

    def under(self, folder: Path) -> FaultsError:
        """Name the folder before each file, where several folders are read."""
        return FaultsError(
            fault if Path(fault.where) == folder else replace(fault, where=str(folder / fault.where)) for fault in self.faults
        )


def nearest(word: str, known: Iterable[str]) -> str:
    """Say which known name a mistyped one is nearest to, or list the known ones.

    >>> nearest("federaton", ["stay", "federation"])
    'Did you mean "federation"?'
    >>> nearest("xyz", ["stay", "federation"])
    'Known: federation, stay.'
    """
    names = sorted(set(known))
    match = meant(word, names)
    if match:
        return f'Did you mean "{match}"?'
    return listed(names)


def listed(known: Iterable[str]) -> str:
    """List the known names, or the first of many.

    >>> listed(["stay", "federation"])
    'Known: federation, stay.'
    """
    names = sorted(set(known))
    more = f" and {len(names) - MOST_LISTED} more" if len(names) > MOST_LISTED else ""
    return f"Known: {', '.join(names[:MOST_LISTED])}{more}."


def meant(word: str, known: Iterable[str]) -> str | None:
    """Give the known name that a mistyped one is nearest to, if any is near; among too many, or for a text, none is looked for."""
    names = sorted(set(known))
    if len(names) > MOST_SEARCHED or len(word) > LONGEST_SEARCHED:
        return None
    return next(iter(difflib.get_close_matches(word, [name for name in names if len(name) <= LONGEST_SEARCHED], 1, 0.6)), None)


def shown(path: Path, base: Path | None = None) -> str:
    """Name a file as briefly as a reader can still find it: relative to `base` where it lies inside."""
    if base is not None and path.is_relative_to(base):
        return str(path.relative_to(base))
    return str(path)
