"""How the figures of a judgement spread: near the likely one, evenly, or over a few outcomes alone."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from partnership_model.errors import Fault, nearest
from partnership_model.knowledge.assumptions import FIGURES, outside_anchors, range_of
from partnership_model.knowledge.schema import Range

if TYPE_CHECKING:
    from collections.abc import Iterator

    from partnership_model.knowledge.catalogue import Criterion
    from partnership_model.knowledge.csv_file import Row

Shape = Literal["triangle", "even", "outcomes"]
Outcomes = tuple[tuple[float, float], ...]
SPREAD = "spread"  # the column
WORDS: tuple[Shape, ...] = ("triangle", "even")
FEWEST, MOST = 2, 20  # outcomes
NEAR = 1e-6  # of 100, or of a scale: figures that differ by less are the same


@dataclass(frozen=True)
class Spread:
    """The figures of a judgement, and how they spread.

    Attributes:
        outcomes: each possible figure, the lowest first, with its share of one; only for the shape of that name.
    """

    amount: Range
    shape: Shape = "triangle"
    outcomes: Outcomes = ()


def read_spread(name: str, row: Row, criterion: Criterion | None) -> tuple[Spread | None, list[Fault]]:
    """Read the figures of a row together with its column `spread`, which may be missing.

    Empty or `triangle` takes low, likely and high as they stand; `even` takes low and high, and the likely figure is the
    middle; `20: 30; 80: 70` names outcomes, each with its chance of 100, and gives low, likely (the mean) and high itself.

    Args:
        name: the file, as it is shown.
        row: one row of it.
        criterion: whose scale the figures have to lie on, where it is known.

    Returns:
        What could be read, or None where there are no figures or something is wrong; and everything that is wrong.
    """
    said = row.cells.get(SPREAD, "")
    if ":" in said or ";" in said:
        return _outcomes(name, row, criterion)
    if said and said not in WORDS:
        says = f'found "{said}"; expected even, triangle, or outcomes such as 20: 30; 80: 70. {nearest(said, WORDS)}'
        return None, [Fault(name, row.line, SPREAD, says)]
    if not any(row.cells[column] for column in FIGURES):
        says = "a spread needs figures: give low and high as well, or leave it empty"
        return None, [Fault(name, row.line, SPREAD, says)] if said else []
    amount, faults = _even(name, row) if said == "even" else range_of(name, row)
    if amount and criterion:
        faults += outside_anchors(name, row, amount, criterion)
    return (Spread(amount, "even" if said == "even" else "triangle"), []) if amount and not faults else (None, faults)


def _even(name: str, row: Row) -> tuple[Range | None, list[Fault]]:
    """Read an even spread: the likely figure is left out, or is the middle."""
    low, likely = row.cells["low"], row.cells["likely"]
    between = replace(row, cells=row.cells | {"likely": low})  # so that what is wrong with the ends is said, and only that
    ends, faults = range_of(name, between)
    if ends is None:
        return None, [fault for fault in faults if fault.field != "likely"]
    middle = (ends.low + ends.high) / 2
    if likely and not abs(_number(likely) - middle) <= NEAR:
        says = f'found "{likely}"; the likely figure of an even spread is the middle, {middle:g}: leave it empty, or leave out even'
        return None, [Fault(name, row.line, "likely", says)]
    return Range(low=ends.low, likely=middle, high=ends.high), []


def _outcomes(name: str, row: Row, criterion: Criterion | None) -> tuple[Spread | None, list[Fault]]:
    """Read outcomes and their chances of 100; the figures follow from them."""
    parts = [part.strip() for part in row.cells[SPREAD].split(";") if part.strip()]
    pairs = [(_number(figure), _number(chance)) for figure, _, chance in (part.partition(":") for part in parts)]
    faults = [Fault(name, row.line, SPREAD, says) for says in _wrong(parts, pairs, criterion)]
    if any(row.cells[column] for column in FIGURES):
        faults.append(Fault(name, row.line, "low", "leave low, likely and high empty: the outcomes in `spread` give them"))
    if faults:
        return None, faults
    total = math.fsum(chance for _, chance in pairs)
    found = tuple(sorted((figure, chance / total) for figure, chance in pairs))
    low, high = found[0][0], found[-1][0]
    mean = min(max(math.fsum(figure * share for figure, share in found), low), high)
    return Spread(Range(low=low, likely=mean, high=high), "outcomes", found), []


def _wrong(parts: list[str], pairs: list[tuple[float, float]], criterion: Criterion | None) -> Iterator[str]:
    """Say what is wrong with outcomes: first with how they are written, then with what they say."""
    if not FEWEST <= len(parts) <= MOST:
        yield f"found {len(parts)}; expected {FEWEST} to {MOST} outcomes. A figure that is certain stands in low, likely and high"
        return
    unread = [part for part, pair in zip(parts, pairs, strict=True) if not all(map(math.isfinite, pair))]
    yield from (f'found "{part}"; expected a figure and its chance of 100, such as 20: 30' for part in unread)
    if unread:
        return
    figures, chances = zip(*pairs, strict=True)
    yield from (f"{figure:g} stands twice; add its chances together" for figure in sorted(set(figures)) if figures.count(figure) > 1)
    yield from (f"found a chance of {chance:g} for {figure:g}; a chance is above 0" for figure, chance in pairs if chance <= 0)
    if all(chance > 0 for chance in chances) and abs(math.fsum(chances) - 100) > NEAR:
        yield f"the chances add up to {math.fsum(chances):g}; expected 100"
    if criterion:
        least, most = sorted((criterion.scale.worst, criterion.scale.best))
        outside = [figure for figure in figures if not least <= figure <= most]
        yield from (f"found {figure:g}; {criterion.label} runs from {least:g} to {most:g}" for figure in outside)


def _number(text: str) -> float:
    """Read a number; what is none becomes not-a-number, which is refused where it is used."""
    try:
        return float(text)
    except ValueError:
        return math.nan
