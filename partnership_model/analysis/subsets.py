"""Numbered subsets: which subset of a set is left, or comes about, where one element is taken away or put in."""

from __future__ import annotations

from functools import lru_cache
from itertools import combinations
from math import comb
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


@lru_cache(maxsize=256)
def subsets(size: int, count: int) -> NDArray[np.intp]:
    """Give the subsets of so many elements of the numbers below a size: subsets x elements, each in rising order.

    >>> subsets(3, 2).tolist()
    [[0, 1], [0, 2], [1, 2]]
    """
    return np.array(list(combinations(range(size), count)), dtype=np.intp).reshape(comb(size, count), count)


@lru_cache(maxsize=256)
def without_each(size: int, count: int) -> NDArray[np.intp]:
    """Give for each subset the numbers of the subsets that are left without its first, its second element and so on.

    >>> without_each(3, 2).tolist()
    [[1, 0], [2, 0], [2, 1]]
    """
    smaller = _numbers(size, count - 1)
    found = [[smaller[one[:place] + one[place + 1 :]] for place in range(count)] for one in combinations(range(size), count)]
    return np.array(found, dtype=np.intp).reshape(-1, count)


@lru_cache(maxsize=256)
def with_each(size: int, count: int) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.intp]]:
    """Give for each subset every element that it lacks, the number of the subset with it, and its place in that.

    >>> [part.tolist() for part in with_each(2, 1)]
    [[[1], [0]], [[0], [0]], [[1], [0]]]
    """
    larger = _numbers(size, count + 1)
    lacking, number, place = [], [], []
    for one in combinations(range(size), count):
        lacks = [element for element in range(size) if element not in one]
        grown = [tuple(sorted((*one, element))) for element in lacks]
        lacking.append(lacks)
        number.append([larger[big] for big in grown])
        place.append([big.index(element) for big, element in zip(grown, lacks, strict=True)])
    shape = (len(lacking), size - count)
    parts = (np.array(part, dtype=np.intp).reshape(shape) for part in (lacking, number, place))
    return next(parts), next(parts), next(parts)


def _numbers(size: int, count: int) -> dict[tuple[int, ...], int]:
    return {one: number for number, one in enumerate(combinations(range(size), count))}
