"""What would need to be true for an option to come first: the smallest change of judgements, at the weights in use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from partnership_model.analysis.switching import TOLERANCE
from partnership_model.model.value_functions import figures_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from partnership_model.analysis.overall import Values
    from partnership_model.model.problem import DecisionProblem

WHOLE_SCALE = 100.0


@dataclass(frozen=True)
class MovedFigure:
    """One likely figure that would have to be another.

    Attributes:
        now: the likely figure, in the criterion's own unit.
        needed: the nearest figure that is enough, in that unit.
        level: the lowest and the highest figure with the value that is needed; one and the same but where the value
            function is flat.
        points: by how much the value moves, in points of 100; upwards for the option itself, downwards for a rival.
        in_range: whether the figure lies between the judgement's own low and high.
    """

    option: str
    criterion: str
    now: float
    needed: float
    level: tuple[float, float]
    points: float
    in_range: bool


@dataclass(frozen=True)
class JudgementChange:
    """What would put one option behind no other, with weights and all other likely figures as they are.

    Attributes:
        behind: by how many points its overall value is behind the best; 0 where it is behind none.
        alone: each single figure that would do it, those inside their ranges first, then by how far the value moves.
        own_in_range: the least move of its own figures that does it inside their ranges; None where none does.
        own: the least move of its own figures that does it on the whole scale. There is always one.
        together: the least move of its own and its rivals' figures that does it on the whole scale.
        short: by how many points it would be behind with all its own figures at the best end of their ranges.
    """

    option: str
    behind: float
    alone: tuple[MovedFigure, ...]
    own_in_range: tuple[MovedFigure, ...] | None
    own: tuple[MovedFigure, ...]
    together: tuple[MovedFigure, ...]
    short: float


def judgement_change(problem: DecisionProblem, values: Values, weights: NDArray[np.float64], option: str) -> JudgementChange:
    """Find the smallest changes of judgements after which an option's likely overall value is behind no other.

    The size of a change is the sum of all moves of values, in points of 100. A point on a criterion is worth its
    weight, so the least sum moves the figures with the greatest weights first, each as far as there is room: the
    continuous knapsack problem (Dantzig, Discrete-variable extremum problems, Operations Research 5, 1957). With the
    rivals' figures it is one question more: how far the option itself rises; the cost of that and of each rival's fall
    to meet it is a convex line with corners, and the least lies at a corner.

    Args:
        problem: its judgements and value functions are used.
        values: of its ranked options.
        weights: that sum to one, in the order of the criteria.
        option: which is to come first.
    """
    row = values.row(option)
    totals = values.likely @ weights
    gaps = np.maximum(totals - totals[row], 0.0)
    gaps[gaps <= TOLERANCE] = 0.0
    gap = float(gaps.max())
    best_end, ends = values.high[row] - values.likely[row], WHOLE_SCALE - values.likely[row]
    in_range = _least_move(best_end, weights, gap)
    rise, falls = _shared(values, weights, row, gaps)
    moved = {row: _least_move(ends, weights, rise)}
    moved |= {other: -_least_move(values.likely[other], weights, fall) for other, fall in enumerate(falls) if fall > 0}
    return JudgementChange(
        option,
        gap,
        _alone(problem, values, weights, row, gaps),
        _figures(problem, values, {row: in_range}) if best_end @ weights >= gap - TOLERANCE else None,
        _figures(problem, values, {row: _least_move(ends, weights, gap)}),
        _figures(problem, values, moved),
        max(gap - float(best_end @ weights), 0.0),
    )


def _least_move(room: NDArray[np.float64], weights: NDArray[np.float64], gap: float) -> NDArray[np.float64]:
    """Move the figures with the greatest weights first, each as far as there is room, until the gap is closed."""
    order = np.lexsort((-room, -weights))
    lifts = (room * weights)[order]
    missing = gap - (lifts.cumsum() - lifts)
    moved = np.zeros(len(room))
    heavy = np.where(weights[order] > 0, weights[order], np.inf)
    moved[order] = np.clip(missing / heavy, 0.0, room[order])
    moved[moved * weights <= TOLERANCE * TOLERANCE] = 0.0
    return moved


def _cost(room: NDArray[np.float64], weights: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Give how far the total moves with the heaviest figures moved one after the other, and how many points that takes."""
    order = np.lexsort((-room, -weights))
    order = order[(room * weights)[order] > 0]
    return np.append(0.0, (room * weights)[order].cumsum()), np.append(0.0, room[order].cumsum())


def _shared(values: Values, weights: NDArray[np.float64], row: int, gaps: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
    """Give how far the option's overall value rises, and how far each rival's falls, where both together cost least.

    Where several ways cost the same the option itself moves as far as it can, since the question is about it.
    """
    own = _cost(WHOLE_SCALE - values.likely[row], weights)
    rivals = {other: _cost(values.likely[other], weights) for other in np.flatnonzero(gaps).tolist()}
    corners = np.concatenate([[0.0, gaps.max()], own[0], *(gaps[other] - curve[0] for other, curve in rivals.items())])
    rises = np.unique(np.clip(corners, 0.0, gaps.max()))
    points = np.interp(rises, *own)
    for other, curve in rivals.items():
        points = points + np.interp(np.maximum(gaps[other] - rises, 0.0), *curve)
    rise = float(rises[points <= points.min() + TOLERANCE].max())
    return rise, np.maximum(gaps - rise, 0.0) * (gaps - rise > TOLERANCE)


def _alone(
    problem: DecisionProblem, values: Values, weights: NDArray[np.float64], row: int, gaps: NDArray[np.float64]
) -> tuple[MovedFigure, ...]:
    """Give each figure that does it alone: the option's own, and those of the only rival that is ahead of it."""
    ahead = np.flatnonzero(gaps).tolist()
    if not ahead:
        return ()
    needed = np.divide(gaps.max(), weights, out=np.full(len(weights), np.inf), where=weights > 0)
    ways = [(row, needed, WHOLE_SCALE - values.likely[row])]
    ways += [(ahead[0], -needed, values.likely[ahead[0]])] if len(ahead) == 1 else []
    found = [
        _figure(problem, values, moving, column, float(np.sign(move) * min(abs(move), room[column])))
        for moving, moves, room in ways
        for column, move in enumerate(moves)
        if abs(move) <= room[column] + TOLERANCE
    ]
    return tuple(sorted(found, key=lambda one: (not one.in_range, abs(one.points))))


def _figures(problem: DecisionProblem, values: Values, moved: dict[int, NDArray[np.float64]]) -> tuple[MovedFigure, ...]:
    """Give the figures that move, of each option the one that brings most first."""
    found = []
    for row, moves in moved.items():
        columns = sorted(np.flatnonzero(moves).tolist(), key=lambda column: -abs(moves[column]))
        found += [_figure(problem, values, row, column, float(moves[column])) for column in columns]
    return tuple(found)


def _figure(problem: DecisionProblem, values: Values, row: int, column: int, points: float) -> MovedFigure:
    option, name = values.options[row], values.criteria[column]
    amount = problem.judgements[option, name].amount
    level = figures_of(problem.criteria[name], float(values.likely[row, column]) + points)
    needed = min(level, key=lambda end: abs(end - amount.likely))
    inside = values.low[row, column] - TOLERANCE <= values.likely[row, column] + points <= values.high[row, column] + TOLERANCE
    return MovedFigure(option, name, amount.likely, needed, level, points, bool(inside))
