"""Blank scores: how the table's rule treats them, and what they could do to the order."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from partnership_model.analysis.audit.places import first_place
from partnership_model.analysis.audit.rules import fitted

if TYPE_CHECKING:
    from fractions import Fraction

    from partnership_model.analysis.audit.rules import Rule
    from partnership_model.knowledge.scoring_table import Better, Scheme, ScoringTable


@dataclass(frozen=True)
class BlankRange:
    """What an option's total could be if its blanks were filled.

    Attributes:
        low, high: with the lowest or the highest score that any option has on each criterion.
    """

    option: int
    places: tuple[str, ...]
    low: Fraction
    high: Fraction


@dataclass(frozen=True)
class Blanks:
    """What blanks do.

    Attributes:
        cells: every blank.
        as_zero: whether the rule counts them as nought.
        ranges: of the options that have any.
        could_lead: options that are not first, and would be if their blanks were filled with the best score of each criterion.
        could_fall: options that are first, and would not be if theirs were filled with the worst.
    """

    cells: tuple[str, ...]
    as_zero: bool
    ranges: tuple[BlankRange, ...]
    could_lead: tuple[int, ...]
    could_fall: tuple[int, ...]


def blanks(table: ScoringTable, scheme: Scheme, rule: Rule, better: Better) -> Blanks:
    """Say what the blanks of a table do."""
    cells = tuple(table.scores[row][column].place for row, column in table.blanks)
    now = first_place(fitted(table, scheme, rule).totals, better)
    ranges, could_lead, could_fall = [], [], []
    for option in dict.fromkeys(row for row, _ in table.blanks):
        least, most = (fitted(filled(table, option, end, rule), scheme, rule).totals for end in (-1, 1))
        low, high = least[option], most[option]
        if low is None or high is None:
            continue
        places = tuple(table.scores[row][column].place for row, column in table.blanks if row == option)
        ranges.append(BlankRange(option, places, low, high))
        best, worst = (most, least) if better == "higher" else (least, most)
        if option not in now and option in first_place(best, better):
            could_lead.append(option)
        if option in now and option not in first_place(worst, better):
            could_fall.append(option)
    return Blanks(cells, rule.blanks == "zero" and bool(cells), tuple(ranges), tuple(could_lead), tuple(could_fall))


def filled(table: ScoringTable, option: int, end: int, rule: Rule) -> ScoringTable:
    """Fill an option's blanks with the score of each criterion that makes its total least (-1) or greatest (1)."""
    scores = list(table.scores[option])
    for column, score in enumerate(scores):
        if score.number is None:
            given = [row[column].number for row in table.scores]
            known = sorted((one for one in given if one), key=lambda one: one.value)
            taken_away = rule.subtracts and table.criteria[column].better == "lower"
            scores[column] = replace(score, number=known[-1 if (end > 0) != taken_away else 0])
    rows = (*table.scores[:option], tuple(scores), *table.scores[option + 1 :])
    return replace(table, scores=rows)
