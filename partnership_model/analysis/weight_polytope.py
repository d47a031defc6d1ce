"""The set of weights that meet conditions, as the inside of flat faces in as many directions as it really has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from partnership_model.analysis.linear_programme import least_cost
from partnership_model.errors import PartnershipError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from partnership_model.model.plausible_weights import ConditionedWeights

FLAT = 1e-9  # a face is passed by no more than this anywhere: the set has no room across it


@dataclass(frozen=True)
class Polytope:
    """Weights `centre + directions @ y` with `room + faces @ y` nowhere negative, which holds with room to spare at nought.

    Attributes:
        centre: criteria; a point inside, away from every face that is not the whole set.
        directions: criteria x the number of directions that the set has; none where it is a single point.
        room: faces; how far the centre is from each.
        faces: faces x directions.
    """

    centre: NDArray[np.float64]
    directions: NDArray[np.float64]
    room: NDArray[np.float64]
    faces: NDArray[np.float64]


def conditions_of(plausible: ConditionedWeights) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Write a set as rows: `table @ weights` is at least `needed`, where no weight is negative and all sum to one.

    Returns:
        The table, conditions x criteria, each row's widest factor one; and what is needed of each row.
    """
    count = len(plausible.criteria)
    one = np.eye(count)
    lowest, highest = np.array(plausible.lowest), np.array(plausible.highest)
    bounded = highest < 1
    extra = np.zeros((len(plausible.conditions), count))
    for row, condition in enumerate(plausible.conditions):
        for name, factor in condition.factors:
            extra[row, plausible.criteria.index(name)] += factor
    least = np.array([condition.least for condition in plausible.conditions])
    table, needed = np.vstack([one, -one[bounded], extra]), np.concatenate([lowest, -highest[bounded], least])
    widest = np.maximum(np.abs(table).max(axis=1), FLAT)
    return table / widest[:, None], needed / widest


def polytope_of(plausible: ConditionedWeights) -> Polytope:
    """Find the centre, the directions and the faces of a set of weights.

    For each condition the weights that pass it by most are found by a linear programme; their mean is the centre. A
    condition that none pass is an equation, and takes a direction away.

    Raises:
        PartnershipError: the conditions contradict each other.
    """
    table, needed = conditions_of(plausible)
    one = np.ones((1, len(plausible.criteria)))
    rows, least = np.vstack([table, one, -one]), np.append(needed, [1.0, -1.0])
    corners = []
    for face in table:
        found = least_cost(face.max() - face, rows, least)  # weights sum to one: what costs least passes the face by most
        if found is None:
            message = "No weights meet these conditions: they contradict each other."
            raise PartnershipError(message)
        corners.append(found / found.sum())
    centre = np.mean(corners, axis=0)
    room = times(table, centre[:, None])[:, 0] - needed
    inside = room > FLAT
    directions = _level_directions(np.vstack([one, table[~inside]]))
    faces = times(table[inside], directions)
    across = np.abs(faces).max(axis=1, initial=0.0) > FLAT  # a face that no direction comes nearer to bounds nothing
    return Polytope(centre, directions, room[inside][across], faces[across])


def _level_directions(equations: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give directions along which the equations stay as they are: Gauss and Jordan's elimination, the largest pivot first."""
    work = equations.copy()
    pivots: list[int] = []
    for row in range(len(work)):
        place = np.abs(work[row:]).argmax()
        at, column = divmod(int(place), work.shape[1])
        if abs(work[row + at, column]) <= FLAT:
            break
        work[[row, row + at]] = work[[row + at, row]]
        work[row] /= work[row, column]
        for other in range(len(work)):
            if other != row:
                work[other] -= work[other, column] * work[row]
        pivots.append(column)
    free = [column for column in range(work.shape[1]) if column not in pivots]
    directions = np.zeros((work.shape[1], len(free)))
    directions[free, np.arange(len(free))] = 1.0
    directions[pivots] = -work[: len(pivots)][:, free]
    return directions


def times(one: NDArray[np.float64], other: NDArray[np.float64]) -> NDArray[np.float64]:
    """Multiply two matrices, adding in the same order on every machine."""
    found = np.zeros((len(one), other.shape[1]))
    for column, row in zip(one.T, other, strict=True):
        found += column[:, None] * row
    return found
