"""Weights drawn from what the stakeholder groups said: a group by its voices, then its weights or some near them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from partnership_model.analysis.sampling import BLOCK

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from partnership_model.analysis.sampling import BlockSource
    from partnership_model.model.plausible_weights import GroupMixture

LEAST = 2.0**-25  # half a step of the uniform numbers: no number stands at an end


def group_weights(source: BlockSource, mixture: GroupMixture) -> NDArray[np.float64]:
    """Draw one block from a mixture of groups: criteria x BLOCK.

    Around a group's weights they are drawn from a Dirichlet distribution whose mean they are; a weight of nought stays
    nought.
    """
    ends = np.cumsum(mixture.voices) / sum(mixture.voices)
    group = np.searchsorted(ends, source.uniform(1)[0], side="right")
    weights = np.array(mixture.weights).T[:, group]
    if mixture.concentration is None:
        return weights
    amounts = gamma(source, mixture.concentration * weights)
    found: NDArray[np.float64] = amounts / amounts.sum(axis=0)
    return found


def gamma(source: BlockSource, shapes: NDArray[np.float64]) -> NDArray[np.float64]:
    """Draw from gamma distributions of scale one: an array of the size of the shapes; nought where the shape is nought.

    Rejection from Student's distribution with two degrees of freedom (Best 1978, algorithm XG in Devroye, Non-Uniform
    Random Variate Generation, 1986, page 410), which needs roots alone, and a logarithm only to say whether a draw is
    kept. For shapes up to one, a draw of the shape and one times a uniform number to the power of one over the shape
    (Devroye, page 420).
    """
    shape = shapes.ravel()
    small = (shape > 0) & (shape <= 1)
    raised = shape + small
    drawn = np.zeros(len(shape))
    left = np.flatnonzero(raised)
    while len(left):
        found, kept = _best(raised[left], *_pairs(source, len(left)))
        drawn[left[kept]] = found[kept]
        left = left[~kept]
    at = np.flatnonzero(small)
    if len(at):
        drawn[at] *= _pairs(source, len(at))[0] ** (1.0 / shape[at])
    return drawn.reshape(shapes.shape)


def _pairs(source: BlockSource, count: int) -> NDArray[np.float64]:
    rows = -(-count // BLOCK)
    return source.uniform(2 * rows).reshape(2, -1)[:, :count].astype(np.float64) + LEAST


def _best(
    shape: NDArray[np.float64], first: NDArray[np.float64], second: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Give one candidate for each shape above one, and whether it is kept."""
    less = shape - 1.0
    spread = first * (1.0 - first)
    step = np.sqrt((3.0 * shape - 0.75) / spread) * (first - 0.5)
    found = less + step
    possible = np.where(found > 0, found, 1.0)
    ratio = 64.0 * spread**3 * second**2
    kept = np.log(ratio) <= 2.0 * (less * np.log(possible / less) - step)
    return found, (found > 0) & kept
