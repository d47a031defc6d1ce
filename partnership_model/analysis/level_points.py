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

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from partnership_model.analysis.subsets import subsets, with_each, without_each

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    Whole = NDArray[np.object_]  # Python's whole numbers, which do not overflow
    Signs = NDArray[np.bool_]
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
    ahead: Signs
    amounts: Whole


def level_points(scores: Whole, direction: Whole) -> Iterator[LevelPoints]:
    """Find all level points of whole scores, options x corners, first those of one option, then of two and so on.

    Raises:
        CoincidenceError: the scores or the direction are special.
    """
    options, corners = scores.shape
    minors, inward = np.full((options, 1), 1, dtype=np.object_), np.full((1, corners), 1, dtype=np.object_)
    for count in range(1, min(options, corners) + 1):
        volumes = _bordered(minors, np.full(corners, 1, dtype=np.object_), count)
        outward, further = _bordered(volumes, direction, count + 1), _minors(scores, minors, count + 1)
        if not (outward.all() and further.all()):
            raise CoincidenceError
        at, weights = _inside(minors, corners, count)
        height = (weights * direction[subsets(corners, count)[at[1]]]).sum(axis=1)
        slopes = _between(inward, at, count, options)
        room = int(np.abs(slopes).max(initial=0)).bit_length()  # one division for all options of a point, and no place lost
        under = np.abs(volumes[at]) * _outside(outward, at, count, corners) * slopes.prod(axis=1)
        quotients = height ** (corners - 1) * 2 ** (PLACES + room) // under
        lacking, _, _ = with_each(options, count)
        ahead = _ahead(further, volumes, at, count, options)
        yield LevelPoints(subsets(options, count)[at[0]], lacking[at[0]], ahead, quotients[:, None] * slopes >> room)
        minors, inward = further, outward


def _minors(scores: Whole, smaller: Whole, count: int) -> Whole:
    """Give the determinants of h options by h - 1 corners after a column of ones, from those of one less of each."""
    options, corners = scores.shape
    rows, fewer = subsets(options, count), without_each(options, count)
    last, rest = subsets(corners, count - 1)[:, -1], without_each(corners, count - 1)[:, -1]
    total: Whole = np.zeros((len(rows), len(last)), dtype=np.object_)
    for place in range(count):
        total = total + _sign(place + count + 1) * scores[rows[:, place]][:, last] * smaller[fewer[:, place]][:, rest]
    return total


def _bordered(smaller: Whole, entries: Whole, count: int) -> Whole:
    """Give determinants of so many corners with one more row, whose entry in the column of ones is nought."""
    columns, rest = subsets(len(entries), count), without_each(len(entries), count)
    total: Whole = np.zeros((len(smaller), len(columns)), dtype=np.object_)
    for place in range(count):
        total = total + smaller[:, rest[:, place]] * (_sign(place + count + 1) * entries[columns[:, place]])
    return total


def _inside(minors: Whole, corners: int, count: int) -> tuple[Place, Whole]:
    """Find the level points at which all weights of their corners are above nought, and these weights times A(W, T)."""
    rest = without_each(corners, count)
    positive = np.asarray(minors > 0, dtype=np.bool_)
    above = np.stack([positive[:, rest[:, place]] ^ (_sign(place + count + 1) < 0) for place in range(count)])
    at = np.nonzero(above.all(axis=0) | ~above.any(axis=0))
    weights = [_sign(place + count + 1) * minors[at[0], rest[at[1], place]] for place in range(count)]
    return (at[0], at[1]), np.stack(weights, axis=1)


def _outside(outward: Whole, at: Place, count: int, corners: int) -> Whole:
    """Multiply E(W, T and j), in the order of W, T and j, over every corner j outside T."""
    _, number, place = with_each(corners, count)
    flips = (count + 1 - place).sum(axis=1) % 2
    product: Whole = (1 - 2 * flips[at[1]]).astype(np.object_)
    for column in number.T:
        product = product * outward[at[0], column[at[1]]]
    return product


def _between(inward: Whole, at: Place, count: int, options: int) -> Whole:
    """Give E(W but k, T), in the order of W and T with k put in, for every level option k: points x level options."""
    left = without_each(options, count)[at[0]]
    return np.asarray(inward[left, at[1][:, None]] * np.array([_sign(count - place) for place in range(count)], dtype=np.object_))


def _ahead(further: Whole, volumes: Whole, at: Place, count: int, options: int) -> Signs:
    """Say which of the other options are ahead of the level ones: points x others."""
    _, number, place = with_each(options, count)
    positive = np.asarray(further[number[at[0]], at[1][:, None]] > 0, dtype=np.bool_)
    backwards = (count - place[at[0]]) % 2 == 1
    return np.asarray(positive ^ backwards ^ np.asarray(volumes[at] < 0, dtype=np.bool_)[:, None])


def _sign(flips: int) -> int:
    return -1 if flips % 2 else 1
