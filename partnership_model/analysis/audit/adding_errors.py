"""Totals that the table's own rule does not give: by how much, and which single slip would explain each."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from fractions import Fraction

    from partnership_model.analysis.audit.reproduction import Reproduction
    from partnership_model.analysis.audit.rules import Recomputed
    from partnership_model.knowledge.scoring_table import Printed, ScoringTable

Kind = Literal["left_out", "counted_twice", "other_figure", "figures_swapped"]
MOST_FIGURES = 3  # that would each explain it; more explain nothing


@dataclass(frozen=True)
class Slip:
    """A slip that would explain a wrong total; nobody knows that it happened.

    Attributes:
        kind: a criterion left out or counted twice, another figure in one cell, or two neighbouring figures of the total swapped.
        criterion: its column, from 0; None for the last kind.
        place: the cell.
        needed: the score that would make the stated total right, or None.
    """

    kind: Kind
    criterion: int | None
    place: str
    needed: Fraction | None = None


@dataclass(frozen=True)
class AddingError:
    """A stated total that is wrong by the rule of the others.

    Attributes:
        off: by how much it is too high; negative where it is too low.
    """

    option: int
    stated: Printed
    recomputed: Fraction
    off: Fraction
    slips: tuple[Slip, ...]


def adding_errors(table: ScoringTable, found: Reproduction) -> tuple[AddingError, ...]:
    """Give every wrong total where most are right."""
    errors = []
    for option in found.wrong:
        row = found.best.rows[option]
        if row.stated is not None and row.total is not None:
            errors.append(AddingError(option, row.stated, row.total, row.off, _slips(table, found.best.factors, row)))
    return tuple(errors)


def _slips(table: ScoringTable, factors: tuple[Fraction, ...], row: Recomputed) -> tuple[Slip, ...]:
    stated = row.stated
    if stated is None:
        return ()
    slips: list[Slip] = []
    figures: list[Slip] = []
    for column, factor in enumerate(factors):
        score = table.scores[row.option][column].number
        if score is None or not factor:
            continue
        part = factor * score.value
        if part and abs(row.off + part) <= stated.half:
            slips.append(Slip("left_out", column, score.place))
        if part and abs(row.off - part) <= stated.half:
            slips.append(Slip("counted_twice", column, score.place))
        figures += [Slip("other_figure", column, score.place, value) for value in _needed(table, column, score, factor, row)]
    plain = [slip for slip in figures if _one_digit_apart(table, slip, row.option)]
    slips += plain or (figures if len(figures) <= MOST_FIGURES else [])
    if row.total is not None and _swapped(stated, row.total):
        slips.append(Slip("figures_swapped", None, stated.place))
    return tuple(slips) if len(slips) <= MOST_FIGURES else tuple(slip for slip in slips if slip.kind != "other_figure")


def _needed(table: ScoringTable, column: int, score: Printed, factor: Fraction, row: Recomputed) -> list[Fraction]:
    """Give the one score of this criterion's scale and step that would make the stated total right, if there is one."""
    stated = row.stated
    if stated is None:
        return []
    ends = sorted(score.value + (row.off + end * stated.half) / factor for end in (-1, 1))
    first, last = ceil(ends[0] / score.step), floor(ends[1] / score.step)
    given = [one.number.value for scores in table.scores for one in [scores[column]] if one.number]
    inside = [score.step * count for count in range(first, min(last, first + MOST_FIGURES) + 1)]
    return [value for value in inside if value != score.value and min(given) <= value <= max(given)]


def _one_digit_apart(table: ScoringTable, slip: Slip, option: int) -> bool:
    score = table.scores[option][slip.criterion or 0].number
    if score is None or slip.needed is None:
        return False
    first, second = (str(int(abs(value) / score.step)) for value in (score.value, slip.needed))
    return len(first) == len(second) > 1 and sum(one != other for one, other in zip(first, second, strict=True)) == 1


def _swapped(stated: Printed, total: Fraction) -> bool:
    """Say whether two neighbouring figures of the right total, swapped, give the stated one."""
    right, wrong = (str(round(abs(value) / stated.step)) for value in (total, stated.value))
    if right == wrong or len(right) != len(wrong):
        return False
    return any(right[:at] + right[at + 1] + right[at] + right[at + 2 :] == wrong for at in range(len(right) - 1))
