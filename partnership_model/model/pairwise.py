"""Weights from comparisons of two criteria at a time: the analytic hierarchy process, and how consistent the comparisons are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from partnership_model.errors import PartnershipError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from partnership_model.knowledge.weighings import Comparison

# The mean consistency index of matrices filled at random, by their size from 1 to 15: Saaty, The Analytic Hierarchy
# Process, 1980. Others have found slightly different means with more matrices.
RANDOM_INDEX = (0.0, 0.0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59)
ACCEPTABLE = 0.10  # Saaty's own limit of the consistency ratio
SMALLEST = 3  # criteria: two are always consistent
STEPS = 10_000
STEADY = 1e-14


@dataclass(frozen=True)
class Doubtful:
    """The comparison that fits the weights least.

    Attributes:
        times: how many times the one was said to be worth the other.
        fits: how many times it would have to be for the weights that all comparisons give together.
    """

    more: str
    than: str
    times: float
    fits: float


@dataclass(frozen=True)
class Priorities:
    """What comparisons pair by pair say together.

    Attributes:
        shares: the weight of each criterion; they sum to one.
        greatest: the greatest eigenvalue of the comparison matrix; the number of criteria where all agree.
        index: the consistency index, (greatest - n) / (n - 1).
        random_index: the mean index of random matrices of this size; None where Saaty gives none.
        ratio: index over random index; 0 for one or two criteria, None where pairs are missing or no random index is known.
        compared, pairs: how many pairs were compared, and how many there are.
        doubtful: the comparison that fits least; None where all fit.
    """

    shares: dict[str, float]
    greatest: float
    index: float
    random_index: float | None
    ratio: float | None
    compared: int
    pairs: int
    doubtful: Doubtful | None

    @property
    def inconsistent(self) -> bool:
        """Whether the ratio is above Saaty's limit."""
        return self.ratio is not None and self.ratio > ACCEPTABLE


def priorities(criteria: Sequence[str], comparisons: Sequence[Comparison]) -> Priorities:
    """Find the weights that comparisons pair by pair give: the eigenvector of their matrix, summing to one.

    Saaty, A scaling method for priorities in hierarchical structures, Journal of Mathematical Psychology 15 (1977),
    pages 234 to 281. Pairs that were not compared are left out of the matrix and counted on its diagonal: Harker,
    Incomplete pairwise comparisons in the analytic hierarchy process, Mathematical Modelling 9 (1987), pages 837 to
    848. The eigenvector is found by multiplying with the matrix again and again.

    Args:
        criteria: what is weighed.
        comparisons: each pair at most once; `times` is at least one.

    Raises:
        PartnershipError: no chain of comparisons joins two of the criteria.
    """
    matrix = _matrix(criteria, comparisons)
    count, pairs = len(criteria), len(criteria) * (len(criteria) - 1) // 2
    vector = np.full(count, 1 / count)
    for _ in range(STEPS):
        after = matrix @ vector
        after /= after.sum()
        moved = float(np.abs(after - vector).max())
        vector = after
        if moved < STEADY:
            break
    greatest = float((matrix @ vector).sum())
    index = max(greatest - count, 0.0) / (count - 1) if count > 1 else 0.0
    random_index = RANDOM_INDEX[count - 1] if count <= len(RANDOM_INDEX) else None
    ratio = None
    if count < SMALLEST:
        ratio = 0.0
    elif random_index and len(comparisons) == pairs:
        ratio = index / random_index
    shares = dict(zip(criteria, map(float, vector), strict=True))
    return Priorities(shares, greatest, index, random_index, ratio, len(comparisons), pairs, _doubtful(shares, comparisons))


def _matrix(criteria: Sequence[str], comparisons: Sequence[Comparison]) -> NDArray[np.float64]:
    """Make the reciprocal matrix; a pair that is missing is nought and adds one to the diagonal of both."""
    place = {name: row for row, name in enumerate(criteria)}
    matrix = np.zeros((len(criteria), len(criteria)))
    for one in comparisons:
        matrix[place[one.more], place[one.than]] = one.times
        matrix[place[one.than], place[one.more]] = 1 / one.times
    joined = np.eye(len(criteria)) + (matrix > 0)
    reached = np.linalg.matrix_power(joined, max(len(criteria) - 1, 1))[0] > 0
    if not reached.all():
        apart = ", ".join(name for name, is_reached in zip(criteria, reached, strict=True) if not is_reached)
        message = f"No comparison joins {apart} to {criteria[0]}. Compare each with at least one of the others."
        raise PartnershipError(message)
    np.fill_diagonal(matrix, len(criteria) - (matrix > 0).sum(axis=1))
    return matrix


def _doubtful(shares: dict[str, float], comparisons: Sequence[Comparison]) -> Doubtful | None:
    """Find the comparison that lies furthest, as a ratio, from what the weights say of its pair."""
    off = [abs(float(np.log(one.times * shares[one.than] / shares[one.more]))) for one in comparisons]
    if not off or max(off) < 1e-6:  # noqa: PLR2004 - rounding
        return None
    one = comparisons[int(np.argmax(off))]
    return Doubtful(one.more, one.than, one.times, shares[one.more] / shares[one.than])
