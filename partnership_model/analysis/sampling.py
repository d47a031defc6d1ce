"""Plausible weights and judgements, drawn so that a stored report can be drawn again bit for bit.

Raw bits come from a counter-based generator (Philox) keyed by seed and block; weights are made from them by sorting
and adding, judgements by a square root, and nothing else, so that no machine's logarithm can change a result. Arrays
are laid out as structure of arrays: criteria or options first, samples last.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

BLOCK = 16_384  # samples in one block; a longer run draws the same blocks and then more


class BlockSource:
    """Uniform numbers of one block, in the order in which they are asked for."""

    def __init__(self, seed: int, block: int, stream: int = 0) -> None:
        """Key the generator by seed and block, so that blocks are independent; streams of a block never meet."""
        self._bits = np.random.Philox(key=np.array([seed, block], dtype=np.uint64), counter=np.array([0, 0, 0, stream], dtype=np.uint64))

    def uniform(self, rows: int) -> NDArray[np.float32]:
        """Give `rows` x BLOCK numbers from 0 up to, but never, 1: the top 24 bits of each half of the raw words."""
        words = np.asarray(self._bits.random_raw((rows * BLOCK + 1) // 2), dtype=np.uint64)
        halves = words.astype("<u8").view("<u4")[: rows * BLOCK]
        return np.asarray((halves >> np.uint32(8)).astype(np.float32) * np.float32(2.0**-24)).reshape(rows, BLOCK)


def sort_rows(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    """Sort each column, the smallest first, with Batcher's network of minima and maxima (Knuth, volume 3, 5.2.2 M)."""
    rows = rows.copy()
    count = len(rows)
    step = 1
    while step < count:
        step *= 2
    width = step // 2
    while width > 0:
        gap, shift, offset = step // 2, 0, width
        while True:
            for low in range(count - offset):
                if low & width == shift:
                    high = low + offset
                    smaller = np.minimum(rows[low], rows[high])
                    np.maximum(rows[low], rows[high], out=rows[high])
                    rows[low] = smaller
            if gap == width:
                break
            offset, gap, shift = gap - width, gap // 2, width
        width //= 2
    return rows


def uniform_weights(source: BlockSource, count: int) -> NDArray[np.float32]:
    """Draw weights evenly from all that are not negative and sum to one: the gaps between sorted uniform numbers.

    Devroye, Non-Uniform Random Variate Generation, 1986, page 207.
    """
    if count == 1:
        return np.ones((1, BLOCK), dtype=np.float32)
    cuts = sort_rows(source.uniform(count - 1))
    edges = np.vstack([np.zeros((1, BLOCK), np.float32), cuts, np.ones((1, BLOCK), np.float32)])
    least = np.float32(2.0**-25)  # half a step of the uniform numbers: no weight is so small that it is none
    return np.asarray(np.maximum(np.diff(edges, axis=0), least), dtype=np.float32)


def ordered_weights(source: BlockSource, steps: Sequence[int]) -> NDArray[np.float32]:
    """Draw weights evenly from all that keep an order of importance, ties free among themselves.

    Args:
        source: the block's numbers.
        steps: how many criteria share each step, the most important step first.

    Returns:
        Criteria in the order of the steps x samples.
    """
    count = sum(steps)
    drawn = sort_rows(uniform_weights(source, count))[::-1]
    at = 0
    for size in steps:
        if size > 1:
            shuffle = np.argsort(source.uniform(size), axis=0, kind="stable")
            drawn[at : at + size] = np.take_along_axis(drawn[at : at + size].copy(), shuffle, axis=0)
        at += size
    return np.asarray(drawn, dtype=np.float32)


def triangular(source: BlockSource, low: float, likely: float, high: float) -> NDArray[np.float32]:
    """Draw a judgement between low and high, most often near the likely figure."""
    share = source.uniform(1)[0]
    if high <= low:
        return np.full(BLOCK, likely, dtype=np.float32)
    turn = np.float32((likely - low) / (high - low))
    rising = low + (high - low) * np.sqrt(share * turn)
    falling = high - (high - low) * np.sqrt((1 - share) * (1 - turn))
    return np.asarray(np.where(share < turn, rising, falling), dtype=np.float32)
