"""Ties that rounding made or hid, and differences that are smaller than the scoring can show."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, pairwise
from math import gcd, lcm
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from partnership_model.analysis.audit.rules import Fitted
    from partnership_model.knowledge.scoring_table import Better, Scheme, ScoringTable

LEVEL = Fraction(1, 10**9)  # totals that differ by less do so because a workbook's numbers are cut off


@dataclass(frozen=True)
class Tie:
    """Two options whose printed totals are the same and whose totals behind them are not, or the reverse.

    Attributes:
        hidden: whether print makes them level, and not the figures.
        apart: by how much the totals behind the print differ; where print sets them apart, by how much that does.
    """

    options: tuple[int, int]
    hidden: bool
    apart: Fraction


@dataclass(frozen=True)
class Close:
    """Two neighbours in the order that one score, one step different, would make level or swap.

    Attributes:
        gap: between their totals.
        criteria: the columns of which one step is enough.
    """

    ahead: int
    behind: int
    gap: Fraction
    criteria: tuple[int, ...]


@dataclass(frozen=True)
class Precision:
    """What the figures can show.

    Attributes:
        steps: the step in which each criterion's scores are given.
        effects: how far one such step of one score moves a total.
        printed: the last digit of the stated totals; None where none are stated.
        too_fine: whether that digit is finer than anything a single step can do, on any criterion that counts.
    """

    steps: tuple[Fraction, ...]
    effects: tuple[Fraction, ...]
    printed: Fraction | None
    too_fine: bool
    close: tuple[Close, ...]


def ties(scheme: Scheme, totals: Sequence[Fraction | None]) -> tuple[Tie, ...]:
    """Find ties that are none, and differences that are none."""
    found = []
    for one, other in combinations(range(len(scheme.totals)), 2):
        stated, beside = scheme.totals[one], scheme.totals[other]
        first, second = totals[one], totals[other]
        if stated is None or beside is None or first is None or second is None:
            continue
        if stated.shown == beside.shown and abs(first - second) > LEVEL:
            found.append(Tie((one, other), hidden=True, apart=abs(first - second)))
        elif stated.shown != beside.shown and stated.value != beside.value and abs(first - second) <= LEVEL:
            found.append(Tie((one, other), hidden=False, apart=abs(stated.value - beside.value)))
    return tuple(found)


def steps(table: ScoringTable) -> tuple[Fraction, ...]:
    """Give the step in which scores are given: the last printed digit, or more where every score of the table is a multiple of it."""
    numbers = [score.number for row in table.scores for score in row if score.number]
    common = _common_part([one.value for one in numbers])
    found = []
    for column in range(len(table.criteria)):
        printed = min(score.number.step for row in table.scores for score in [row[column]] if score.number)
        found.append(max(printed, common))
    return tuple(found)


def _common_part(values: Sequence[Fraction]) -> Fraction:
    """Give the largest number of which all are multiples; nought where all are nought."""
    below = lcm(*(value.denominator for value in values))
    return Fraction(gcd(*(int(value * below) for value in values)), below)


def precision(table: ScoringTable, scheme: Scheme, fitted: Fitted, better: Better) -> Precision:
    """Hold the differences of the totals against what one step of one score does."""
    each = steps(table)
    effects = tuple(abs(factor) * step for factor, step in zip(fitted.factors, each, strict=True))
    counting = [effect for effect in effects if effect]
    stated = [one for one in scheme.totals if one]
    printed = min((one.step for one in stated), default=None)
    too_fine = printed is not None and printed < 1 and bool(counting) and printed < min(counting)
    order = sorted((row for row in fitted.rows if row.total is not None), key=lambda row: row.total or 0, reverse=better == "higher")
    close = []
    for ahead, behind in pairwise(order):
        gap = abs((ahead.total or Fraction(0)) - (behind.total or Fraction(0)))
        enough = tuple(column for column, effect in enumerate(effects) if effect >= gap)
        if gap > LEVEL and enough:
            close.append(Close(ahead.option, behind.option, gap, enough))
    return Precision(each, effects, printed, too_fine, tuple(close))
