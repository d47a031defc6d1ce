"""What would change the leader: each weight's switching value, and each judgement that could do it alone."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from partnership_model.analysis.overall import Values

TOLERANCE = 1e-9  # points of 100: smaller gaps are ties


@dataclass(frozen=True)
class SwitchingValue:
    """The weights of one criterion for which the leaders stay in front, the other weights keeping their proportions.

    Attributes:
        current: the criterion's weight now, 0 to 1.
        lowest, highest: the ends of the interval; 0 and 1 where no weight on that side changes the leader.
        leader_below: the options that lead just below `lowest`, none where nothing changes.
        leader_above: the options that lead just above `highest`, none where nothing changes.
    """

    criterion: str
    current: float
    lowest: float
    highest: float
    leader_below: tuple[str, ...]
    leader_above: tuple[str, ...]


def leaders(totals: NDArray[np.float64]) -> NDArray[np.intp]:
    """Give the rows with the highest total; ties all lead."""
    return np.flatnonzero(totals >= totals.max() - TOLERANCE)


def switching_values(values: Values, weights: NDArray[np.float64]) -> tuple[SwitchingValue, ...]:
    """Find the interval of each weight in which the leader stays, in closed form.

    As one weight moves from 0 to 1 and the others keep their proportions, every overall value moves on a straight
    line; the leader changes where another line crosses its own. Where a weight is 1 the others are taken as equal.
    Triantaphyllou and Sanchez, A sensitivity analysis approach for some deterministic multi-criteria decision-making
    methods, Decision Sciences 28 (1997), theorem 1, treats the same crossing for pairs.
    """
    found = []
    front = set(leaders(values.likely @ weights))
    for column, name in enumerate(values.criteria):
        current = float(weights[column])
        at_zero, at_one = line_of(values, weights, column)
        below = _nearest_change(at_zero, at_one, current, front, downwards=True)
        above = _nearest_change(at_zero, at_one, current, front, downwards=False)
        found.append(
            SwitchingValue(
                name,
                current,
                below[0] if below else 0.0,
                above[0] if above else 1.0,
                tuple(values.options[row] for row in (below[1] if below else ())),
                tuple(values.options[row] for row in (above[1] if above else ())),
            )
        )
    return tuple(found)


def line_of(values: Values, weights: NDArray[np.float64], column: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Give every option's overall value where this criterion's weight is 0 and where it is 1."""
    at_one = values.likely[:, column]
    return (on_the_rest(values, weights, [column]) if len(weights) > 1 else at_one), at_one


def on_the_rest(values: Values, weights: NDArray[np.float64], columns: Sequence[int]) -> NDArray[np.float64]:
    """Give every option's overall value where some criteria weigh nothing and the rest, at least one, keep their proportions.

    Where the rest has no weight all of it is taken as equal.
    """
    rest = np.delete(weights, columns)
    shares = rest / rest.sum() if rest.sum() > 0 else np.full(len(rest), 1 / len(rest))
    totals: NDArray[np.float64] = np.delete(values.likely, columns, axis=1) @ shares
    return totals


def _nearest_change(
    at_zero: NDArray[np.float64],
    at_one: NDArray[np.float64],
    current: float,
    front: set[int],
    *,
    downwards: bool,
) -> tuple[float, tuple[int, ...]] | None:
    """Walk from the current weight to one end and stop where the set of leaders changes for good or bad."""
    stops = apart([0.0, 1.0, *crossings(at_zero, at_one)], reverse=downwards)
    ahead = [stop for stop in stops if (stop < current - TOLERANCE if downwards else stop > current + TOLERANCE)]
    here = current
    for stop in ahead:
        middle = (here + stop) / 2
        now = set(leaders(at_zero + middle * (at_one - at_zero)))
        if now != front:
            return here, tuple(sorted(now))
        here = stop
    return None


def apart(stops: list[float], *, reverse: bool) -> list[float]:
    """Sort stops and keep one of those that differ only by rounding, as where three lines meet in one point."""
    kept: list[float] = []
    for stop in sorted(stops, reverse=reverse):
        if not kept or abs(stop - kept[-1]) > TOLERANCE:
            kept.append(stop)
    return kept


def crossings(at_zero: NDArray[np.float64], at_one: NDArray[np.float64]) -> list[float]:
    """Give the weights between 0 and 1 at which two lines cross."""
    found = []
    slope = at_one - at_zero
    for row in range(len(slope)):
        for other in range(row):
            steeper = slope[row] - slope[other]
            if abs(steeper) > TOLERANCE:
                at = float((at_zero[other] - at_zero[row]) / steeper)
                if 0 < at < 1:
                    found.append(at)
    return found


def decisive_cells(values: Values, weights: NDArray[np.float64]) -> tuple[tuple[str, str], ...]:
    """Find the judgements that could change the leaders alone: at one end of its range, others share the first place.

    Places are those that are shown, in whole numbers. A total moves one way with one judgement, so that what the ends
    do not change nothing between them changes.

    Returns:
        Pairs of option and criterion.
    """
    totals = values.likely @ weights
    shown = _shown(totals)
    front = _first(shown)
    found = []
    for row, option in enumerate(values.options):
        ends = np.stack([values.low[row], values.high[row]], axis=1)
        moved = _shown(totals[row] + weights[:, None] * (ends - values.likely[row][:, None]))
        changes = {total: _first([*shown[:row], total, *shown[row + 1 :]]) != front for total in set(chain.from_iterable(moved))}
        found += [(option, name) for name, cell in zip(values.criteria, moved, strict=True) if any(changes[total] for total in cell)]
    return tuple(found)


def shown_leaders(totals: NDArray[np.float64]) -> list[int]:
    """Give the rows that share the first place as it is shown: in whole numbers."""
    return _first(_shown(totals))


def _shown(totals: NDArray[np.float64]) -> list[Any]:
    """Round as `whole` rounds, for all at once."""
    shown: list[Any] = np.floor(totals + 0.5 + 1e-9).tolist()
    return shown


def _first(shown: list[float]) -> list[int]:
    most = max(shown)
    return [row for row, total in enumerate(shown) if total == most]
