"""Values of one block of samples, certain and drawn, and the overall values that weights make of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from partnership_model.analysis.sampling import BLOCK

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True)
class BlockValues:
    """Values of some samples, 0 to 100, each a whole multiple of 2^-16, so that weighted sums in float64 are exact.

    Attributes:
        certain: options x criteria; nought where the value is drawn.
        drawn: the values of each sample, by option's row and criterion's column.
    """

    certain: NDArray[np.float64]
    drawn: dict[tuple[int, int], NDArray[np.float32]]

    def totals(self, weights: NDArray[np.float32]) -> NDArray[np.float32]:
        """Give overall values, options x samples, right to within half of `margin`."""
        found = np.asarray(self.certain.astype(np.float32) @ weights, dtype=np.float32)
        product = np.empty_like(weights[0])
        for (row, column), values in self.drawn.items():
            np.multiply(weights[column], values, out=product)
            np.add(found[row], product, out=found[row])
        return found

    def exact_totals(self, weights: NDArray[np.float32]) -> NDArray[np.float64]:
        """Give overall values, options x samples, exactly; slower.

        Weights on the grid are whole multiples of 2^-25 and values of 2^-16, so that float64 holds their products and sums
        exactly and the order in which they are added makes no difference.

        Args:
            weights: criteria x samples, on the grid of `sampling.GRID`; of this block or of another one.
        """
        wide = weights.astype(np.float64)
        found = np.asarray(self.certain @ wide)
        product = np.empty_like(wide[0])
        for (row, column), values in self.drawn.items():
            np.multiply(wide[column], values, out=product)
            found[row] += product
        return found

    def totals_of(self, weights: NDArray[np.float32]) -> NDArray[np.float32]:
        """Give overall values, options x rows of weights x samples, right to within half of `margin`.

        Args:
            weights: rows x criteria, the same in all samples.
        """
        found = np.empty((len(self.certain), len(weights), BLOCK), dtype=np.float32)
        for row, certain in enumerate(self.certain):
            columns = [column for option, column in self.drawn if option == row]
            known = (weights @ certain).astype(np.float32)[:, None]
            found[row] = known
            if columns:
                found[row] += weights[:, columns] @ np.stack([self.drawn[row, column] for column in columns])
        return found

    @property
    def margin(self) -> np.float32:
        """Give more than two totals can be off together: rounding of values, products, sums and of a comparison."""
        largest = max(float(np.abs(self.certain).max(initial=0.0)), 100.0 if self.drawn else 0.0)
        return np.float32(2 * (self.certain.shape[1] + 6) * 2.0**-24 * max(largest, 1.0))

    def lead(self, row: int, other: int, weights: NDArray[np.float32], at: NDArray[np.intp]) -> NDArray[np.float64]:
        """Give by how much one option is ahead of another in some samples, exactly for weights on the grid."""
        ahead = np.repeat((self.certain[row] - self.certain[other])[:, None], len(at), axis=1)
        for column in range(len(ahead) if self.drawn else 0):
            if (values := self.drawn.get((row, column))) is not None:
                ahead[column] += values[at]
            if (values := self.drawn.get((other, column))) is not None:
                ahead[column] -= values[at]
        return np.asarray((weights[:, at] * ahead).sum(axis=0))
