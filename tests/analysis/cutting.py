"""An independent way to exact shares, in fractions: the simplex of weights is cut where options are level, piece by piece.

A simplex with corners on both sides of a plane has an edge that crosses it. The crossing cuts the simplex into two, each
with the crossing in place of one end of the edge, and of the same part of its size as the crossing leaves of the edge.
Nothing is rounded, no two terms cancel, and it does not matter what coincides.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Row = tuple[Fraction, ...]
Piece = tuple[Fraction, tuple[Row, ...]]  # its share of all weights, and the options' overall values at its corners


def places_by_cutting(scores: Sequence[Sequence[float]]) -> list[list[Fraction]]:
    """Give the share of all weights under which each option takes each place, ties shared: options x places."""
    rows = [[Fraction(value) for value in row] for row in scores]
    count = len(rows)
    found = [[Fraction(0)] * count for _ in rows]
    for share, corners in pieces(tuple(zip(*rows, strict=True)), count):
        totals = [sum(column) for column in zip(*corners, strict=True)]  # inside a piece nothing changes places
        for option, total in enumerate(totals):
            ahead, level = sum(other > total for other in totals), sum(other == total for other in totals)
            for place in range(ahead, ahead + level):
                found[option][place] += share / level
    return found


def pieces(corners: tuple[Row, ...], count: int) -> Iterator[Piece]:
    """Cut the simplex wherever two options are level."""
    found: list[Piece] = [(Fraction(1), corners)]
    for one, other in combinations(range(count), 2):
        found = [part for piece in found for part in _cut(piece, one, other)]
    yield from found


def _cut(piece: Piece, one: int, other: int) -> Iterator[Piece]:
    share, corners = piece
    gaps = [corner[one] - corner[other] for corner in corners]
    high, low = max(range(len(gaps)), key=gaps.__getitem__), min(range(len(gaps)), key=gaps.__getitem__)
    if gaps[high] <= 0 or gaps[low] >= 0:
        yield piece
        return
    along = gaps[high] / (gaps[high] - gaps[low])  # of the edge from the high corner to the low one
    crossing = tuple(up + along * (down - up) for up, down in zip(corners[high], corners[low], strict=True))
    for gone, part in ((low, along), (high, 1 - along)):
        yield from _cut((share * part, tuple(crossing if at == gone else corner for at, corner in enumerate(corners))), one, other)
