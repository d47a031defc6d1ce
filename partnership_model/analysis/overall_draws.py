"""Overall values of drawn weights and judgements, to the last digit on every machine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from partnership_model.analysis.judgement_draws import BlockValues


def draw_overall(values: BlockValues, weights: NDArray[np.floating[Any]]) -> NDArray[np.float64]:
    """Give the overall value of every option in every sample: options x samples.

    Drawn weights are whole multiples of 2^-25 and values of 2^-20, so that float64 holds their products and sums exactly
    and the order in which they are added makes no difference; `BlockValues.totals` is faster and near.

    Args:
        values: of one block.
        weights: criteria x samples, of this block or of another one.
    """
    wide = weights.astype(np.float64)
    found = np.asarray(values.certain @ wide, dtype=np.float64)
    product = np.empty_like(wide[0])
    for (row, column), drawn in values.drawn.items():
        np.multiply(wide[column], drawn, out=product)
        found[row] += product
    return found
