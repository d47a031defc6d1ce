"""A survey of which only percentages were printed: what each is a percentage of, in which unit, and whether it can be so at all."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from partnership_model.errors import Fault, FaultsError
from partnership_model.knowledge.csv_file import read_csv
from partnership_model.knowledge.evidence import Percentage

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
        of: of how many, where that was printed.
        unit: what was counted: people, schools, partnerships.
        decimals: how many decimal places were printed.
    """

    line: int
    what: str
    percent: float
    decimals: int
    of: int | None
    unit: str

    def on(self, base: int) -> Percentage:
        """Hold it against a number of which it would be a percentage."""
        return Percentage(percent=self.percent, of=base, what=self.unit, decimals=self.decimals)

    def bases(self, most: int) -> tuple[int, ...]:
        """Give the numbers up to `most` of which it can be a percentage, where there are others of which it cannot."""
        return tuple(base for base in range(1, most + 1) if self.on(base).possible)


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
        row.line, row.cells["what"], float(percent.rstrip("% ")), len(shape[2] or ""), int(of) if of else None, row.cells["unit"]
    )
