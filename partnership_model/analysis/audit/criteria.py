"""Criteria that cannot change any place, and criteria that say the same."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from math import sqrt
from typing import TYPE_CHECKING, Literal

from partnership_model.analysis.audit.places import first_place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from partnership_model.analysis.audit.rules import Fitted, Recomputed
    from partnership_model.knowledge.scoring_table import Better, ScoringTable

ALIKE = 0.9
FEW_OPTIONS = 6  # a correlation over fewer is weak evidence
LEAST_OPTIONS = 3
Why = Literal["all_equal", "no_weight", "too_small"]


@dataclass(frozen=True)
class Idle:
    """A criterion that changes no place.

    Attributes:
        why: all options score the same on it; it has no weight; or its scores are too near each other for its weight: whatever
            they were between the lowest and the highest given, every option would keep its place.
        spread: between the lowest and highest score, times its weight in the total.
        gap: the smallest difference between two totals without it.
    """

    criterion: int
    why: Why
    spread: Fraction
    gap: Fraction | None = None


@dataclass(frozen=True)
class Alike:
    """Two criteria whose scores go together over the options.

    Attributes:
        correlation: Pearson's; scores of which less is better are turned round.
        options: over so many.
        share: of all weight that the two have together; None without weights.
        changes_first: whether another option comes first if the second of them is left out.
    """

    criteria: tuple[int, int]
    correlation: float
    options: int
    share: Fraction | None
    changes_first: bool

    @property
    def weak(self) -> bool:
        """Whether there are so few options that this can well be by chance."""
        return self.options < FEW_OPTIONS


def idle_criteria(table: ScoringTable, fitted: Fitted) -> tuple[Idle, ...]:
    """Find the criteria that change no place, with the table's own weights."""
    found = []
    for column, factor in enumerate(fitted.factors):
        values = [score.number.value for row in table.scores for score in [row[column]] if score.number]
        blank = len(values) < len(table.options)
        spread = abs(factor) * (max(values) - min(values))
        if not factor:
            found.append(Idle(column, "no_weight", Fraction(0)))
        elif not blank and not spread:
            found.append(Idle(column, "all_equal", Fraction(0)))
        elif not table.blanks:
            others = [row.total - factor * score for row, score in _with_score(table, fitted, column) if row.total is not None]
            gap = min((abs(one - other) for one, other in combinations(others, 2)), default=None)
            if gap is not None and spread < gap:
                found.append(Idle(column, "too_small", spread, gap))
    return tuple(found)


def _with_score(table: ScoringTable, fitted: Fitted, column: int) -> list[tuple[Recomputed, Fraction]]:
    return [(row, score.number.value) for row in fitted.rows for score in [table.scores[row.option][column]] if score.number]


def alike(table: ScoringTable, fitted: Fitted, better: Better) -> tuple[Alike, ...]:
    """Find pairs of criteria whose correlation over the options is above 0.9: they may count the same thing twice."""
    found = []
    whole = sum(map(abs, fitted.factors), Fraction(0))
    for one, other in combinations(range(len(table.criteria)), 2):
        panels = {table.criteria[column].panel for column in (one, other)}
        if not (fitted.factors[one] and fitted.factors[other]) or len(panels) > 1:  # what two panels agree on counts once for each
            continue
        pairs = [(row[one].number, row[other].number) for row in table.scores]
        signs = [_sign(table, column) for column in (one, other)]
        both = [(float(first.value * signs[0]), float(second.value * signs[1])) for first, second in pairs if first and second]
        correlation = _correlation(both)
        if correlation is not None and correlation > ALIKE:
            share = (abs(fitted.factors[one]) + abs(fitted.factors[other])) / whole if whole else None
            found.append(Alike((one, other), correlation, len(both), share, _changes_first(table, fitted, other, better)))
    return tuple(found)


def _sign(table: ScoringTable, column: int) -> int:
    return -1 if table.criteria[column].better == "lower" else 1


def _correlation(pairs: Sequence[tuple[float, float]]) -> float | None:
    """Give Pearson's correlation; None with fewer than three options, or where one of the two does not vary."""
    if len(pairs) < LEAST_OPTIONS:
        return None
    means = [sum(values) / len(pairs) for values in zip(*pairs, strict=True)]
    spreads = [sum((value - mean) ** 2 for value in values) for values, mean in zip(zip(*pairs, strict=True), means, strict=True)]
    if not all(spreads):
        return None
    together = sum((one - means[0]) * (other - means[1]) for one, other in pairs)
    return float(together / sqrt(spreads[0] * spreads[1]))


def _changes_first(table: ScoringTable, fitted: Fitted, column: int, better: Better) -> bool:
    """Say whether another option comes first where one criterion is left out."""
    without = [
        row.total - fitted.factors[column] * (score.number.value if score.number else 0) if row.total is not None else None
        for row in fitted.rows
        for score in [table.scores[row.option][column]]
    ]
    return first_place(without, better) != first_place(fitted.totals, better)
