"""A survey of which only percentages were printed: of how many each is, and in which unit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from partnership_model.errors import Fault, FaultsError
from partnership_model.knowledge.csv_file import read_csv

if TYPE_CHECKING:
    from pathlib import Path

    from partnership_model.knowledge.csv_file import Row

COLUMNS = ("what", "percent", "of", "unit")
LARGEST_BASE = 1_000_000
_PERCENT = re.compile(r"(\d{1,3})(?:\.(\d{1,3}))?\s*%?")


@dataclass(frozen=True)
class StatedPercentage:
    """A printed percentage.

    Attributes:
        line: of the table.
        percent: as it was printed, without its sign.
        of: of how many, where that was printed.
        unit: what was counted: people, schools, partnerships.
        decimals: how many decimal places were printed.
    """

    line: int
    what: str
    percent: str
    decimals: int
    of: int | None
    unit: str


def read_percentages(path: Path) -> tuple[StatedPercentage, ...]:
    """Read a table of percentages.

    Raises:
        FaultsError: everything that is wrong with it.
    """
    name, rows = read_csv(path, COLUMNS)
    faults: list[Fault] = []
    found = tuple(one for row in rows if (one := _stated(name, row, faults)))
    if not rows:
        faults.append(Fault(name, None, "", "below the headings there is no percentage"))
    if faults:
        raise FaultsError(faults)
    return found


def _stated(name: str, row: Row, faults: list[Fault]) -> StatedPercentage | None:
    percent, of = row.cells["percent"], row.cells["of"].replace(",", "")
    shape = _PERCENT.fullmatch(percent)
    before = len(faults)
    if shape is None or float(percent.rstrip("% ")) > 100:  # noqa: PLR2004 - per cent
        faults.append(Fault(name, row.line, "percent", f'found "{percent}"; a percentage from 0 to 100 was expected, such as 62 or 62.5%'))
    if of and not (of.isascii() and of.isdigit() and 1 <= int(of) <= LARGEST_BASE):
        faults.append(Fault(name, row.line, "of", f'found "{of}"; a whole number was expected, or nothing where none was printed'))
    faults += [
        Fault(name, row.line, key, "this cell is empty; say what the percentage is about, and what was counted")
        for key in ("what", "unit")
        if not row.cells[key]
    ]
    if shape is None or len(faults) > before:
        return None
    return StatedPercentage(
        row.line, row.cells["what"], percent.rstrip("% "), len(shape[2] or ""), int(of) if of else None, row.cells["unit"]
    )
