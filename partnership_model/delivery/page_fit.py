"""How a table fits on A4: the widths of its columns, the size of its type, and whether its page has to lie on its side."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from partnership_model.display.blocks import Table

PIXELS_PER_MM = 5.0  # of a drawing
UPRIGHT, SIDEWAYS = 178.0, 265.0  # millimetres between the margins
POINT = 25.4 / 72
BOLD, BROAD = 1.2, 1.12  # times as wide
BREAK = re.compile(r"\s+|(?<=\w)[-/](?=\w)")  # where a line may end; not between a sign and its number
LEADING = 1.2  # from line to line, in its size
SPARE = 1.1  # lines end before the margin
STEP = 2.0  # millimetres
COSY, COSY_PART = (20, 17, 14, 11), 0.75  # letters that stand in one line where that leaves a quarter of the room
FEW = 2  # columns, which are not divided between two tables
PADDING = 3.2  # millimetres of a column that no letter may use
LONGEST_WORD = 15  # letters; a longer one is broken
MOST_LINES = 18  # in a row, before another way of setting the table is tried


@dataclass(frozen=True)
class Letters:
    """A kind of type: how wide its letters are, in their size, and the sizes in which tables are set, in points."""

    width: float
    sizes: tuple[float, float, float]


SERIF = Letters(0.48, (9.0, 8.0, 7.0))  # Libertinus Serif, in the PDF
SANS = Letters(0.54, (8.5, 7.5, 6.5))  # Arial, in Word


@dataclass(frozen=True)
class Fit:
    """A way of setting a table.

    Attributes:
        widths: of its columns, in millimetres.
        size: of its type, in points.
        height: about how high it will be, in millimetres.
        sideways: whether it needs a page that lies on its side.
    """

    widths: tuple[float, ...]
    size: float
    height: float = 0.0
    sideways: bool = False


def drawn_width(svg: str) -> float:
    """Give how many millimetres a drawing is wide on paper, so that its letters are about as large as those of a table."""
    found = re.search(r'\bwidth="([\d.]+)"', svg)
    return min(UPRIGHT, float(found[1]) / PIXELS_PER_MM) if found else UPRIGHT


def fitted(table: Table, letters: Letters = SERIF) -> list[tuple[Table, Fit]]:
    """Give a table as it fits on A4: whole, or in several parts where it has more columns than a page can hold."""
    large, middle, small = letters.sizes
    for room, size, sideways in ((UPRIGHT, large, False), (UPRIGHT, middle, False), (SIDEWAYS, middle, True), (SIDEWAYS, small, True)):
        letter = size * POINT * letters.width
        widths = _widths(table, room, letter)
        if widths:
            lines = _lines(table, widths, letter)
            if sideways or max(lines) <= MOST_LINES:
                return [(table, Fit(widths, size, sum(lines) * size * POINT * LEADING + len(lines) * PADDING, sideways))]
    return [found for part in _halves(table) for found in fitted(part, letters)]


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


def _widths(table: Table, room: float, letter: float) -> tuple[float, ...] | None:
    """Share the room out among the columns, so that rows become low; none where the words do not fit into it."""
    lengths = _lengths(table)
    words = np.array([_longest_word(_cells(table, place), bold=not place) for place in range(len(table.columns))])
    least = words * letter + PADDING
    if least.sum() > room:
        return tuple(float(one) for one in least * room / least.sum()) if len(least) <= FEW else None
    for letters in COSY:
        cosy = np.maximum(words, np.minimum(lengths.max(axis=0), letters)) * letter + PADDING
        if cosy.sum() <= room * COSY_PART:
            least = cosy
            break
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


def _longest_word(cells: list[str], *, bold: bool) -> float:
    """Give the letters of the longest word; what is bold needs more room, and so do digits and capitals."""
    words = [[_word_width(word) for word in BREAK.split(cell)] for cell in cells]
    return min(LONGEST_WORD, max(max(words[0]) * BOLD, *(max(one) * (BOLD if bold else 1) for one in words)))


@lru_cache(maxsize=1 << 14)
def _word_width(word: str) -> float:
    return sum(BROAD if letter.isdigit() or letter.isupper() else 1 for letter in word)


def _lines(table: Table, widths: tuple[float, ...], letter: float) -> list[int]:
    """Guess how many lines each row has, the heads first."""
    holds = (np.array(widths) - PADDING) / (letter * SPARE)
    return [int(one) for one in np.ceil(_lengths(table) / holds).max(axis=1)]
