"""Weights drawn evenly from a plausible set, block by block."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from partnership_model.analysis.sampling import BLOCK, BlockSource, ordered_weights, uniform_weights
from partnership_model.model.plausible_weights import AnyWeights, OrderedWeights

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from partnership_model.model.plausible_weights import PlausibleWeights

WEIGHTS = 0  # the stream of a block that weights are drawn from


def draw_weights(plausible: PlausibleWeights, criteria: Sequence[str], seed: int, block: int) -> NDArray[np.float32]:
    """Draw one block of weights: criteria x BLOCK, each column none negative and together one but for rounding.

    Args:
        plausible: the set that is drawn from evenly.
        criteria: the rows, in this order; those that the set does not name stay at nought.
        seed: the same seed and block give the same weights on every machine.
        block: its number.
    """
    source = BlockSource(seed, block, WEIGHTS)
    if isinstance(plausible, AnyWeights) and plausible.criteria == tuple(criteria):
        return uniform_weights(source, len(criteria))
    drawn = np.zeros((len(criteria), BLOCK), dtype=np.float32)
    match plausible:
        case AnyWeights(names):
            drawn[[criteria.index(name) for name in names]] = uniform_weights(source, len(names))
        case OrderedWeights(steps):
            drawn[[criteria.index(name) for step in steps for name in step]] = ordered_weights(source, [len(step) for step in steps])
    return drawn
