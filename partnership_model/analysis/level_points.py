"""The weights at which so many options are level that nothing is left to move, and what each adds to the shares of places.

All shares of places over a simplex of weights follow from these points alone: Lawrence, Polytope volume computation,
Mathematics of Computation 57 (1991), pages 259 to 271, used for the pieces into which the order of the options cuts the
weights. The size of a piece is a sum over its corners. A corner at which h options are level is a corner of the pieces of
all orders of these, with the same figure but for its sign, so that each point is visited once for all of them.

With W the h level options, T the h corners of the simplex that have weight there, n corners in all and any direction c,
three determinants say everything, each of the values of W at some corners, bordered by a column of ones: A(W, T) with
one more row of ones, B(W, T) with c as one more row, E(W, T) with both, ones and c. What the point adds for option i of
W in pieces where none of W is ahead of it is, but for signs that follow from places alone,

    B(W, T)^(n-1) / (A(W, T) x product over j outside T of E(W, T and j) x product over k in W but i of E(W but k, T))

and each option of W that is ahead turns the sign. Determinants of whole numbers are whole numbers, built up from smaller
ones (Laplace); only the quotient is cut off, after 128 binary places.
"""

from __future__ import annotations

from math import comb
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from partnership_model.analysis.subsets import subsets, with_each, without_each

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    Whole = NDArray[np.object_]  # Python's whole numbers, which do not overflow
    Mask = NDArray[np.bool_]
    Place = tuple[NDArray[np.intp], NDArray[np.intp]]  # the numbers of W and of T

PLACES = 128  # binary places of a quotient


class CoincidenceError(ArithmeticError):
    """More is level somewhere than the formula allows: values have to be moved a little."""


class LevelPoints(NamedTuple):
    """The points at which so many options are level, one a row.

    Attributes:
        level: points x h, the options that are level.
        ahead: points x the other options, those that are not level; whether each is ahead of them there.
        others: points x the other options, which they are.
        amounts: points x h, what the point adds for each of the level options where none of them is ahead of it, in
            parts of 2**128.
    """

    level: NDArray[np.intp]
    others: NDArray[np.intp]
    ahead: Mask
    amounts: Whole


def level_points(scores: Whole, direction: Whole) -> Iterator[LevelPoints]:
    """Find all level points of whole scores, options x corners, first those of one option, then of two and so on.

    Raises:
        CoincidenceError: the scores or the direction are special.
    """
    options, corners = scores.shape
    minors, inward = np.full((options, 1), 1, dtype=np.object_), np.full((1, corners), 1, dtype=np.object_)
    at = _inside(minors, corners, 1)
    for count in range(1, min(options, corners) + 1):
        level, volumes = subsets(options, count), _volumes(minors, corners, count)
        further = _minors(scores, minors, count + 1)
        next_at = _inside(further, corners, count + 1)
        outward = _edges(volumes, direction, count, _asked(at, next_at, scores.shape, count))
        weights = minors[at[0][:, None], without_each(corners, count)[at[1]]] * _turns(count)
        height = (weights * direction[subsets(corners, count)[at[1]]]).sum(axis=1)
        slopes = inward[without_each(options, count)[at[0]], at[1][:, None]] * -_turns(count)
        room = int(np.abs(slopes).max(initial=0)).bit_length()  # one division for all options of a point, and no place lost
        under = np.abs(volumes[at]) * _outside(outward, at, corners, count) * slopes.prod(axis=1)
        quotients = (height ** (corners - 1) << PLACES + room) // under
        others, ahead = _ahead(further, volumes[at] < 0, at, options, count)
        yield LevelPoints(level[at[0]], others, ahead, quotients[:, None] * slopes >> room)
        minors, inward, at = further, outward, next_at


def _minors(scores: Whole, smaller: Whole, count: int) -> Whole:
    """Give the determinants of h options by h - 1 corners after a column of ones, from those of one less of each."""
    options, corners = scores.shape
    rows, fewer = subsets(options, count)[:, :, None], without_each(options, count)[:, :, None]
    last, rest = subsets(corners, count - 1)[:, -1], without_each(corners, count - 1)[:, -1]
    return _in_turn(scores[rows[:, place], last] * smaller[fewer[:, place], rest] for place in reversed(range(count)))


def _volumes(minors: Whole, corners: int, count: int) -> Whole:
    """Border determinants by a row of ones, with a nought in the column of ones."""
    rest = without_each(corners, count)
    return _in_turn(minors[:, rest[:, place]] for place in reversed(range(count)))


def _edges(volumes: Whole, direction: Whole, count: int, asked: Mask) -> Whole:
    """Border determinants by a direction, with a nought in the column of ones, where asked for; nought elsewhere.

    Raises:
        CoincidenceError: the direction is level along an edge.
    """
    rows, columns = np.nonzero(asked)
    elements, rest = subsets(len(direction), count + 1)[columns], without_each(len(direction), count + 1)[columns]
    found = _in_turn(volumes[rows, rest[:, place]] * direction[elements[:, place]] for place in reversed(range(count + 1)))
    if not found.all():
        raise CoincidenceError
    total: Whole = np.zeros(asked.shape, dtype=np.object_)
    total[rows, columns] = found
    return total


def _in_turn(parts: Iterator[Whole]) -> Whole:
    """Add up parts with signs in turn, the first positive."""
    total = next(parts)
    for place, part in enumerate(parts):
        (np.add if place % 2 else np.subtract)(total, part, out=total)
    return total


def _turns(count: int) -> Whole:
    """Give so many signs in turn, the last positive."""
    return np.array([1 if (count - place) % 2 else -1 for place in range(count)], dtype=np.object_)


def _inside(minors: Whole, corners: int, count: int) -> Place:
    """Find the level points at which all weights of their corners are above nought.

    Raises:
        CoincidenceError: a weight is nought, or one more option is level.
    """
    if not minors.all():
        raise CoincidenceError
    rest, positive = without_each(corners, count), np.asarray(minors > 0, dtype=np.bool_)
    above = np.stack([positive[:, rest[:, place]] ^ bool((count - place) % 2) for place in range(count)])
    rows, columns = np.nonzero(above.all(axis=0) | ~above.any(axis=0))
    return rows, columns


def _asked(at: Place, next_at: Place, shape: tuple[int, int], count: int) -> Mask:
    """Mark the edges that meet a level point of so many options, or of one more."""
    options, corners = shape
    asked = np.zeros((comb(options, count), comb(corners, count + 1)), dtype=np.bool_)
    _, number, _ = with_each(corners, count)
    asked[at[0][:, None], number[at[1]]] = True
    asked[without_each(options, count + 1)[next_at[0]], next_at[1][:, None]] = True
    return asked


def _outside(outward: Whole, at: Place, corners: int, count: int) -> Whole:
    """Multiply E(W, T and j), in the order of W, T and j, over every corner j outside T."""
    _, number, place = with_each(corners, count)
    flips = (count + 1 - place).sum(axis=1) % 2
    product: Whole = (1 - 2 * flips[at[1]]).astype(np.object_)
    for column in number.T:
        product = product * outward[at[0], column[at[1]]]
    return product


def _ahead(further: Whole, turned: Mask, at: Place, options: int, count: int) -> tuple[NDArray[np.intp], Mask]:
    """Give the options that are not level, and which of them are ahead of the level ones: points x others each."""
    lacking, number, place = with_each(options, count)
    positive = np.asarray(further[number[at[0]], at[1][:, None]] > 0, dtype=np.bool_)
    backwards = (count - place[at[0]]) % 2 == 1
    return lacking[at[0]], np.asarray(positive ^ backwards ^ np.asarray(turned, dtype=np.bool_)[:, None])
