"""Somebody else's scoring table: options, criteria, scores, weights, totals and ranks, each figure as it was printed."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

Better = Literal["higher", "lower"]


@dataclass(frozen=True)
class Printed:
    """A number as it was printed.

    Attributes:
        value: what stands there; of a workbook, what it holds behind what it shows.
        step: one of its last digit. What was rounded to it lies within half a step of it.
        shown: as a reader sees it.
        place: its cell, such as `B7`.
    """

    value: Fraction
    step: Fraction
    shown: str
    place: str

    @property
    def half(self) -> Fraction:
        """Give how far off the value can be by rounding."""
        return self.step / 2

    @property
    def slack(self) -> Fraction:
        """Give how far off a score or weight can be by rounding: a whole number counts as exact."""
        return self.half if self.step < 1 else Fraction(0)


@dataclass(frozen=True)
class Criterion:
    """A column of scores.

    Attributes:
        label: its heading; where two columns have the same, with the column's name.
        column: its name in the file, such as `B`.
        better: whether more or less of it is better.
        panel: whose scores these are, where the table says so.
        people: how many people's points were added up in it, where the table says so.
    """

    label: str
    column: str
    better: Better = "higher"
    panel: str = ""
    people: Printed | None = None


@dataclass(frozen=True)
class Score:
    """A cell of the table; no number where it is blank."""

    place: str
    number: Printed | None


@dataclass(frozen=True)
class Rank:
    """A stated place; of `=2` it is 2."""

    place: str
    shown: str
    number: int


@dataclass(frozen=True)
class Scheme:
    """One set of weights with the totals and ranks that are stated for it; a table can have several.

    Attributes:
        name: as in `weight: parents`; "" where there is only one.
        weights: one for each criterion; none where the table has none.
        weights_sum: what the table says they add up to, where it does.
        totals, ranks: by option; None where the cell is blank; empty where there is no such column.
    """

    name: str
    weights: tuple[Printed, ...] = ()
    weights_sum: Printed | None = None
    totals: tuple[Printed | None, ...] = ()
    ranks: tuple[Rank | None, ...] = ()

    @property
    def stated(self) -> tuple[Fraction | None, ...]:
        """Give the stated totals as plain numbers."""
        return tuple(None if one is None else one.value for one in self.totals)


@dataclass(frozen=True)
class ScoringTable:
    """The table.

    Attributes:
        where: the file, and the sheet.
        scores: options x criteria.
        schemes: at least one.
        notes: what was assumed in reading it.
    """

    where: str
    options: tuple[str, ...]
    criteria: tuple[Criterion, ...]
    scores: tuple[tuple[Score, ...], ...]
    schemes: tuple[Scheme, ...]
    notes: tuple[str, ...] = ()

    @property
    def blanks(self) -> tuple[tuple[int, int], ...]:
        """Give the row and column, from 0, of every score that is missing."""
        return tuple((row, column) for row, scores in enumerate(self.scores) for column, score in enumerate(scores) if score.number is None)
