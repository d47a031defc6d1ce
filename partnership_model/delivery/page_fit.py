"""How a table fits on A4: the widths of its columns, the size of its type, and whether its page has to lie on its side."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from partnership_model.display.blocks import Table

UPRIGHT, SIDEWAYS = 178.0, 265.0  # millimetres between the margins
POINT = 25.4 / 72
LETTER = 0.48  # how wide a letter is, in its size
SPARE = 1.1  # lines end before the margin
STEP = 2.0  # millimetres
FEW = 2  # columns, which are not divided between two tables
PADDING = 3.2  # millimetres of a column that no letter may use
LONGEST_WORD = 15  # letters; a longer one is broken
MOST_LINES = 18  # in a row, before another way of setting the table is tried


@dataclass(frozen=True)
class Fit:
    """A way of setting a table.

    Attributes:
        widths: of its columns, in millimetres.
        size: of its type, in points.
    """

    widths: tuple[float, ...]
    size: float
    sideways: bool = False


def fitted(table: Table) -> list[tuple[Table, Fit]]:
    """Give a table as it fits on A4: whole, or in several parts where it has more columns than a page can hold."""
    for room, size, sideways in ((UPRIGHT, 9.0, False), (UPRIGHT, 8.0, False), (SIDEWAYS, 8.0, True), (SIDEWAYS, 7.0, True)):
        widths = _widths(table, room, size)
        if widths and (sideways or _lines(table, widths, size) <= MOST_LINES):
            return [(table, Fit(widths, size, sideways))]
    return [found for part in _halves(table) for found in fitted(part)]


def _halves(table: Table) -> list[Table]:
    """Cut a table between two columns; both parts begin with the first one."""
    middle = (len(table.columns) + 1) // 2
    parts = ([*range(middle)], [0, *range(middle, len(table.columns))])
    return [
        replace(
            table,
            caption=f"{table.caption} ({'first' if number == 0 else 'further'} columns)",
            columns=tuple(table.columns[place] for place in places),
            rows=tuple(tuple(row[place] for place in places) for row in table.rows),
        )
        for number, places in enumerate(parts)
    ]


def _cells(table: Table, place: int) -> list[str]:
    return [table.columns[place], *(str(row[place]) for row in table.rows)]


def _widths(table: Table, room: float, size: float) -> tuple[float, ...] | None:
    """Share the room out among the columns, so that rows become low; none where the words do not fit into it."""
    letter = size * POINT * LETTER
    lengths = _lengths(table)
    least = np.array([_longest_word(_cells(table, place)) * letter + PADDING for place in range(len(table.columns))])
    if least.sum() > room:
        return tuple(least * room / least.sum()) if len(least) <= FEW else None
    most = np.maximum(lengths.max(axis=0) * letter * SPARE + PADDING, least)
    widths = least.copy()
    while widths.sum() + STEP <= room and (widths < most).any():
        lines = np.ceil(lengths * letter * SPARE / (widths - PADDING))
        tallest = np.where((lines == lines.max(axis=1, keepdims=True)) & (lines > 1), lines, 0).sum(axis=0)
        widths[np.argmax(np.where(widths < most, tallest, -1))] += STEP
    return tuple(float(one) for one in widths)


def _lengths(table: Table) -> NDArray[np.float64]:
    """Give how many letters each cell has, the heads first."""
    return np.array([[max(1, len(str(cell))) for cell in row] for row in (table.columns, *table.rows)], dtype=float)


def _longest_word(cells: list[str]) -> int:
    return min(LONGEST_WORD, max(len(word) for cell in cells for word in re.split(r"[\s\-/]+", cell or " ")))


def _lines(table: Table, widths: tuple[float, ...], size: float) -> int:
    """Guess how many lines the tallest row has."""
    holds = (np.array(widths) - PADDING) / (size * POINT * LETTER * SPARE)
    return int(np.ceil(_lengths(table) / holds).max())
