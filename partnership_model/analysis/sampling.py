"""Uniform numbers and plausible weights, drawn so that a stored report can be drawn again bit for bit.

Raw bits come from a counter-based generator (Philox) keyed by seed and block; weights drawn evenly are made from them by
sorting and subtracting and nothing else, so that no machine's logarithm can change a result. Arrays are laid out as structure
of arrays: criteria or options first, samples last.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, TypeVar

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

BLOCK = 16_384  # samples in one block; a longer run draws the same blocks and then more
PARTS = 65_536  # of the coarse numbers, which are made from 16 bits each
STEP = np.float32(2.0**-24)  # uniform numbers are whole multiples of this
NumberT = TypeVar("NumberT", np.float32, np.uint64)
GRID = 2.0**-25  # weights are whole multiples of this, so that their sums in float64 are exact in any order


# Asked for and given back at once: from then on glibc keeps memory of this size for the next block instead of giving it back
# to the system, which costs as much time as all drawing. Nothing is touched, so that none is taken.
np.empty(31 * 2**20, dtype=np.uint8)


class BlockSource:
    """Uniform numbers of one block, in the order in which they are asked for."""

    def __init__(self, seed: int, block: int, stream: int = 0) -> None:
        """Key the generator by seed and block, so that blocks are independent; streams of a block never meet."""
        self._bits = np.random.Philox(key=np.array([seed, block], dtype=np.uint64), counter=np.array([0, 0, 0, stream], dtype=np.uint64))

    def uniform(self, rows: int) -> NDArray[np.float32]:
        """Give `rows` x BLOCK numbers from 0 up to, but never, 1: the top 24 bits of each half of the raw words."""
        drawn = np.empty((rows, BLOCK), dtype=np.float32)
        for row in drawn:  # one row at a time stays in the processor's cache
            halves = np.asarray(self._bits.random_raw(BLOCK // 2), dtype="<u8").view("<u4")
            np.right_shift(halves, 8, out=halves)
            np.copyto(row, halves.view("<i4"), casting="unsafe")  # signed numbers are turned faster, and none is that large
            np.multiply(row, STEP, out=row)
        return drawn

    def coarse(self, skip: int = 0) -> NDArray[np.float32]:
        """Give BLOCK numbers, each as likely as any other, from 0.5, 1.5 and so on to PARTS - 0.5: four of each raw word.

        Args:
            skip: how many such rows are passed over first.
        """
        if skip:
            self._bits.advance(skip * BLOCK // 16)  # one step of the counter makes four words
        drawn = np.asarray(self._bits.random_raw(BLOCK // 4), dtype="<u8").view("<u2").astype(np.float32)
        drawn += np.float32(0.5)
        return drawn


@lru_cache(maxsize=64)
def _network(count: int) -> tuple[tuple[int, int], ...]:
    """Give the pairs that Batcher's network compares to sort so many: Knuth, volume 3, 5.2.2, algorithm M."""
    pairs = []
    step = 1
    while step < count:
        step *= 2
    width = step // 2
    while width > 0:
        gap, shift, offset = step // 2, 0, width
        while True:
            pairs += [(low, low + offset) for low in range(count - offset) if low & width == shift]
            if gap == width:
                break
            offset, gap, shift = gap - width, gap // 2, width
        width //= 2
    return tuple(pairs)


def _sorted(rows: Iterable[NDArray[NumberT]]) -> list[NDArray[NumberT]]:
    """Sort each column by a network of minima and maxima, the smallest first; the rows are written over."""
    kept = list(rows)
    spare = np.empty_like(kept[0])
    for low, high in _network(len(kept)):
        np.minimum(kept[low], kept[high], out=spare)
        np.maximum(kept[low], kept[high], out=kept[high])
        kept[low], spare = spare, kept[low]
    return kept


def sort_rows(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    """Sort each column, the smallest first."""
    return np.stack(_sorted(rows.copy()))


def uniform_weights(source: BlockSource, count: int) -> NDArray[np.float32]:
    """Draw weights evenly from all that are not negative and sum to one: the gaps between sorted uniform numbers.

    Devroye, Non-Uniform Random Variate Generation, 1986, page 207.
    """
    if count == 1:
        return np.ones((1, BLOCK), dtype=np.float32)
    cuts = _sorted(source.uniform(count - 1))
    drawn = np.empty((count, BLOCK), dtype=np.float32)
    drawn[0] = cuts[0]
    for lower, upper, gap in zip(cuts, cuts[1:], drawn[1:], strict=False):
        np.subtract(upper, lower, out=gap)
    np.subtract(np.float32(1), cuts[-1], out=drawn[-1])
    return np.maximum(drawn, np.float32(GRID), out=drawn)  # no weight is so small that it is none


def ordered_weights(source: BlockSource, steps: Sequence[int]) -> NDArray[np.float32]:
    """Draw weights evenly from all that keep an order of importance, ties free among themselves.

    Args:
        source: the block's numbers.
        steps: how many criteria share each step, the most important step first.

    Returns:
        Criteria in the order of the steps x samples.
    """
    drawn = uniform_weights(source, sum(steps))
    if len(steps) > 1:  # of one step alone, any order is as likely as any other already
        falling = np.stack(_sorted(drawn)[::-1])
        ends = [0, *accumulate(steps)]
        drawn = np.concatenate([_shuffled(falling[start:end], source) for start, end in pairwise(ends)])
    return drawn


def _shuffled(rows: NDArray[np.float32], source: BlockSource) -> NDArray[np.float32]:
    """Put each column in an order that is drawn evenly: numbers are sorted that carry the rows in their lower halves."""
    if len(rows) == 1:
        return rows
    keys = source.uniform(len(rows)).view(np.uint32).astype(np.uint64)  # floats from 0 upwards are in order as whole numbers too
    keys <<= np.uint64(32)
    keys |= rows.view(np.uint32)
    return np.stack([row.astype(np.uint32).view(np.float32) for row in _sorted(keys)])


def on_grid(weights: NDArray[np.float32]) -> NDArray[np.float32]:
    """Round weights from 0 to 1 to whole multiples of 2^-25; those between 0 and that become that, and none is lost.

    >>> (on_grid(np.array([0.0, 2.0**-30, 1 / 3], dtype=np.float32)) * 2**25).tolist()
    [0.0, 1.0, 11184811.0]
    """
    found = np.multiply(weights, np.float32(1 / GRID))
    np.rint(found, out=found)
    found *= np.float32(GRID)
    return np.maximum(found, np.where(weights > 0, np.float32(GRID), np.float32(0)), out=found)
