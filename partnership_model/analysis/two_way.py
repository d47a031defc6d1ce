"""Which option leads as one weight moves, or two together, and the others keep their proportions: exact lines and regions."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from partnership_model.analysis.switching import TOLERANCE, apart, crossings, leaders, line_of, on_the_rest

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from partnership_model.analysis.overall import Values

Point = tuple[float, float]
Polygon = tuple[Point, ...]
TRIANGLE: Polygon = ((0.0, 0.0), (1.0, 0.0), (0.0, 1.0))
LEAST_CRITERIA = 3  # of two, one weight says what the other is


@dataclass(frozen=True)
class Leading:
    """The options that lead between two weights of a criterion, 0 to 1; several where they are level all the way."""

    lowest: float
    highest: float
    options: tuple[str, ...]


@dataclass(frozen=True)
class OneWay:
    """Every option's likely overall value as one weight goes from 0 to 1.

    Attributes:
        current: the weight now.
        lines: of each option, its overall value where the weight is 0 and where it is 1; straight between them.
        leading: who leads from 0 to 1, in order, without a gap.
    """

    criterion: str
    current: float
    lines: dict[str, tuple[float, float]]
    leading: tuple[Leading, ...]


@dataclass(frozen=True)
class Region:
    """The weights of two criteria at which the same options lead.

    Attributes:
        options: one, or several whose overall values are the same at all these weights.
        polygon: its corners in turn: the weight of the first criterion and of the second, 0 to 1.
        share: its part of the area of all weights of the two.
    """

    options: tuple[str, ...]
    polygon: Polygon
    share: float


@dataclass(frozen=True)
class TwoWay:
    """Who leads as the weights of two criteria vary, whatever they leave going to the rest in its proportions.

    Attributes:
        across, up: the two criteria.
        current: their weights now.
        now: the options that lead at all the weights now.
        regions: where some options lead, in the order of the options. They fill the triangle of all weights and meet at
            their borders only, where the neighbours are level. An option without one leads nowhere, or on a border only.
    """

    across: str
    up: str
    current: Point
    now: tuple[str, ...]
    regions: tuple[Region, ...]


def one_way(values: Values, weights: NDArray[np.float64], criterion: str) -> OneWay:
    """Follow every option's overall value as one weight goes from 0 to 1 and the others keep their proportions."""
    column = values.criteria.index(criterion)
    at_zero, at_one = line_of(values, weights, column)
    stops = apart(sorted([0.0, 1.0, *crossings(at_zero, at_one)]), reverse=False)
    found: list[Leading] = []
    for lowest, highest in pairwise(stops):
        front = leaders(at_zero + (lowest + highest) / 2 * (at_one - at_zero))
        names = tuple(values.options[row] for row in front)
        if found and found[-1].options == names:
            found[-1] = Leading(found[-1].lowest, highest, names)
        else:
            found.append(Leading(lowest, highest, names))
    lines = {option: (float(at_zero[row]), float(at_one[row])) for row, option in enumerate(values.options)}
    return OneWay(criterion, float(weights[column]), lines, tuple(found))


def two_way(values: Values, weights: NDArray[np.float64], across: str, up: str) -> TwoWay | None:
    """Divide the triangle of all weights of two criteria by who leads; None where there is no third criterion.

    Over the triangle every overall value is a plane, so an option leads where it is on the right side of a straight
    line for each rival: the triangle is cut along each in turn (Sutherland and Hodgman, Reentrant polygon clipping,
    Communications of the ACM 17, 1974, pages 32 to 42).

    Args:
        values: the likely ones are used.
        weights: that sum to one.
        across, up: two criteria that differ.
    """
    if len(values.criteria) < LEAST_CRITERIA:
        return None
    columns = [values.criteria.index(across), values.criteria.index(up)]
    planes = np.column_stack([on_the_rest(values, weights, columns), values.likely[:, columns]])
    regions = []
    for row, plane in enumerate(planes):
        same = np.flatnonzero(np.abs(planes - plane).max(axis=1) <= TOLERANCE)
        polygon = _where_ahead(plane - np.delete(planes, same, axis=0)) if row == same[0] else ()
        share = area(polygon) / area(TRIANGLE)
        if share > TOLERANCE:
            regions.append(Region(tuple(values.options[other] for other in same), polygon, share))
    now = tuple(values.options[row] for row in leaders(values.likely @ weights))
    return TwoWay(across, up, (float(weights[columns[0]]), float(weights[columns[1]])), now, tuple(regions))


def _where_ahead(leads: NDArray[np.float64]) -> Polygon:
    """Cut off the triangle whatever lies where a lead, a plane given at its three corners, is negative."""
    polygon = TRIANGLE
    for at_rest, at_across, at_up in leads.tolist():
        polygon = _cut(polygon, at_rest, at_across - at_rest, at_up - at_rest)
    return polygon


def _cut(polygon: Polygon, start: float, across: float, up: float) -> Polygon:
    """Keep the part of a polygon without dents where start + across * x + up * y is not negative."""
    heights = [start + across * x + up * y for x, y in polygon]
    heights = [0.0 if abs(height) <= TOLERANCE else height for height in heights]
    kept: list[Point] = []
    for place, (point, height) in enumerate(zip(polygon, heights, strict=True)):
        before, lower = polygon[place - 1], heights[place - 1]
        if height * lower < 0:
            part = lower / (lower - height)
            kept.append((before[0] + part * (point[0] - before[0]), before[1] + part * (point[1] - before[1])))
        if height >= 0:
            kept.append(point)
    return tuple(kept)


def area(polygon: Polygon) -> float:
    """Give the area of a polygon without dents.

    >>> area(((0.0, 0.0), (1.0, 0.0), (0.0, 1.0)))
    0.5
    """
    return abs(sum(x * polygon[place - 1][1] - y * polygon[place - 1][0] for place, (x, y) in enumerate(polygon))) / 2


def centre(polygon: Polygon) -> Point:
    """Give the centre of gravity of a polygon without dents, which lies inside it.

    >>> centre(((0.0, 0.0), (3.0, 0.0), (0.0, 3.0)))
    (1.0, 1.0)
    """
    first, parts = polygon[0], []
    for one, other in pairwise(polygon[1:]):
        middle = ((first[0] + one[0] + other[0]) / 3, (first[1] + one[1] + other[1]) / 3)
        parts.append((area((first, one, other)), middle))
    whole = sum(part for part, _ in parts)
    return sum(part * x for part, (x, _) in parts) / whole, sum(part * y for part, (_, y) in parts) / whole


def dividing(values: Values, weights: NDArray[np.float64]) -> tuple[str, ...]:
    """Give the criteria by how many points of the overall value they put between the best and the worst option, most first."""
    points = np.ptp(values.likely, axis=0) * weights
    order = sorted(range(len(points)), key=lambda column: -points[column])
    return tuple(values.criteria[column] for column in order)
