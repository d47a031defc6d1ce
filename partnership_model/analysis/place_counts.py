"""Counts of places: how often each option comes first, second and so on, and with which weights."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from partnership_model.analysis.block_values import BlockValues

PART = 8192
SQUARES = 2.0**14  # what is lifted by this is left in whole parts of 2^-38: sums of the squares of one block are exact
ENOUGH = 4096  # first places: by then the spread of their weights is known to one part in a hundred
MOST_IN_A_BYTE = 255


class PlaceCounts:
    """Adds up blocks of samples; all is counted in whole numbers or in sums that are exact in any order.

    Attributes:
        standing: options x how many are ahead x how many others are level: in how many samples.
        wins: options x options: in how many samples the row is ahead of the column.
        level: options x options: in how many they are level.
        samples: how many were added.
    """

    def __init__(self, options: int, criteria: int) -> None:
        """Begin at nought."""
        self.samples = 0
        self.standing = np.zeros((options, options, options), dtype=np.int64)
        self.wins = np.zeros((options, options), dtype=np.int64)
        self.level = np.zeros((options, options), dtype=np.int64)
        self._firsts = np.zeros((options, options, criteria))  # by how many others share the first place
        self._spread_of = np.zeros(options)  # of so many first places are sums of weights and of their squares
        self._spread = np.zeros((2, options, criteria))
        self._small = np.uint8 if options <= MOST_IN_A_BYTE else np.uint16

    def add(self, weights: NDArray[np.float32], values: BlockValues) -> None:
        """Add some samples.

        Args:
            weights: criteria x samples, on the grid of `sampling.GRID`.
            values: of the same samples.
        """
        totals = values.totals(weights)
        surely = totals + values.margin
        count, samples = totals.shape
        self.samples += samples
        ahead = np.zeros((count, samples), dtype=self._small)
        level: NDArray[np.unsignedinteger] | None = None
        above, below = np.empty((2, samples), dtype=bool)
        one_above, one_below = above.view(np.uint8), below.view(np.uint8)
        for row in range(count):
            for other in range(row):
                np.greater(totals[other], surely[row], out=above)
                np.greater(totals[row], surely[other], out=below)
                won, lost = np.count_nonzero(above), np.count_nonzero(below)
                if won + lost < samples:
                    at = np.flatnonzero(~(above | below))
                    lead = values.lead(other, row, weights, at)
                    above[at], below[at] = lead > 0, lead < 0
                    won, lost = np.count_nonzero(above), np.count_nonzero(below)
                    if won + lost < samples:
                        level = np.zeros_like(ahead) if level is None else level
                        same = ~(above | below)
                        level[row] += same
                        level[other] += same
                ahead[row] += one_above
                ahead[other] += one_below
                self.wins[other, row] += won
                self.wins[row, other] += lost
                self.level[row, other] += samples - won - lost
                self.level[other, row] += samples - won - lost
        if level is None:
            self._place(ahead, weights)
        else:
            self._place_level(ahead, level, weights)

    def _place(self, ahead: NDArray[np.unsignedinteger], weights: NDArray[np.float32]) -> None:
        """Count places where no two options are level."""
        here = np.empty(ahead.shape, dtype=bool)
        for place in range(len(ahead)):
            np.equal(ahead, place, out=here)
            self.standing[:, place, 0] += [np.count_nonzero(row) for row in here]
        self._add_firsts(ahead == 0, weights, 0)

    def _place_level(self, ahead: NDArray[np.unsignedinteger], level: NDArray[np.unsignedinteger], weights: NDArray[np.float32]) -> None:
        """Count places where some options are level: how many are ahead, and how many share."""
        count = len(ahead)
        for row in range(count):
            both = ahead[row].astype(np.int64) * count + level[row]
            self.standing[row] += np.bincount(both, minlength=count * count).reshape(count, count)
        for sharing in range(int(level[ahead == 0].max(initial=0)) + 1):
            self._add_firsts((ahead == 0) & (level == sharing), weights, sharing)

    def _add_firsts(self, first: NDArray[np.bool_], weights: NDArray[np.float32], sharing: int) -> None:
        """Add up the weights of first places that are shared with so many others; all sums are exact, so their order is free."""
        exact = weights.astype(np.float64)
        padded = np.zeros((-(-len(first) // 8) * 8, first.shape[1]))  # products of eight rows are quicker than those of seven
        np.copyto(padded[: len(first)], first)
        sums = (padded @ exact.T)[: len(first)]
        self._firsts[sharing] += sums
        share = 1 / (sharing + 1)
        for row in np.flatnonzero((self._spread_of < ENOUGH) & first.any(axis=1)):
            at = np.flatnonzero(first[row])
            squares = exact[:, at] ** 2
            squares += SQUARES
            squares -= SQUARES
            self._spread_of[row] += share * len(at)
            self._spread[:, row] += share * np.stack([sums[row], squares.sum(axis=1)])

    @property
    def places(self) -> NDArray[np.float64]:
        """Give options x places: in how many samples, where those that are level share the places that they take together."""
        count = len(self.standing)
        found = np.zeros((count, count))
        for ahead in range(count):
            for sharing in range(count - ahead):
                found[:, ahead : ahead + sharing + 1] += (self.standing[:, ahead, sharing] / (sharing + 1))[:, None]
        return found

    @property
    def central_weights(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Give options x criteria: the mean of the weights of the first places, and its standard error.

        Neither is a number where an option is never first. Shared first places count in part.
        """
        first = self.places[:, :1]
        sums = np.tensordot(1 / np.arange(1, len(self.standing) + 1), self._firsts, axes=1)
        with np.errstate(invalid="ignore"):
            mean, square = self._spread / self._spread_of[:, None]
            error = np.sqrt(np.maximum(square - mean**2, 0.0) / first)
            return sums / first, error
