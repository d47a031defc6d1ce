"""Weights drawn evenly from any set with flat faces: hit-and-run, after the set was rounded.

Smith, Efficient Monte Carlo procedures for generating points uniformly distributed over bounded regions, Operations
Research 32 (1984), pages 1296 to 1308; for weights: Tervonen, van Valkenhoef, Basturk and Postmus, Hit-and-run
enables efficient weight generation for simulation-based multiple criteria decision analysis, European Journal of
Operational Research 224 (2013), pages 552 to 559.

Many chains walk at once. At each step all go in the same direction, each to a place on the piece of its line that
lies inside. A direction is drawn without a look at where a chain stands, so that evenly spread weights stay evenly
spread at every step, and given the directions no chain hangs on another. Three things make the walk quick: the set is
stretched beforehand until it is about as wide in every direction (long thin sets are walked too slowly otherwise);
directions come in sets at right angles to each other; and a chain goes to about the mirror image of its place on its
line (over-relaxation: Adler, Physical Review D 23, 1981, pages 2901 to 2904), which leaves even places even as well.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from partnership_model.analysis.sampling import BLOCK, BlockSource
from partnership_model.analysis.weight_polytope import polytope_of, times

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from partnership_model.analysis.weight_polytope import Polytope
    from partnership_model.model.plausible_weights import ConditionedWeights

CHAINS = 1024
KEPT = BLOCK // CHAINS  # draws of each chain in a block
ROUNDS, PILOT_SWEEPS = 8, 6  # of rounding
LEAST_SWEEPS, MOST_SWEEPS = 4, 20  # from draw to draw; as many as there are directions make two draws of a chain hardly hang together
JITTER = 0.8  # of a line's piece: how far about the mirror image a chain may go
PILOT_SEED, PILOT = 0, 2  # the pilot's own stream of numbers, the same for every set and run
COARSE = 2.0**10  # how finely the stretch is kept: rounding may not hang on how a machine adds


@dataclass(frozen=True)
class Rounded:
    """A set of weights with what makes walking it quick.

    Attributes:
        stretch: directions x directions; what makes the set about as wide in every direction.
        start: directions x chains; places about evenly spread, from which the chains set out.
    """

    polytope: Polytope
    stretch: NDArray[np.float64]
    start: NDArray[np.float64]


def hit_and_run(plausible: ConditionedWeights, source: BlockSource) -> NDArray[np.float64]:
    """Draw one block of weights from a set: criteria x BLOCK.

    Args:
        plausible: the set; a fixed weight or an exact ratio is allowed, and so is a single point.
        source: the block's numbers.

    Raises:
        PartnershipError: the conditions contradict each other.
    """
    rounded = rounded_set(plausible)
    polytope = rounded.polytope
    walk = _Walk(polytope, rounded.start, source)
    sweeps = min(max(LEAST_SWEEPS, len(rounded.stretch)), MOST_SWEEPS)
    drawn = np.empty((len(polytope.centre), KEPT, CHAINS))
    for kept in range(KEPT):
        walk.sweep(rounded.stretch, sweeps)
        drawn[:, kept] = polytope.centre[:, None] + times(polytope.directions, walk.at)
    return drawn.reshape(len(polytope.centre), BLOCK)


@lru_cache(maxsize=16)
def rounded_set(plausible: ConditionedWeights) -> Rounded:
    """Stretch a set by pilot walks: each takes the spread of the places that the last one reached for the next one's lines."""
    polytope = polytope_of(plausible)
    width = polytope.directions.shape[1]
    stretch = np.eye(width)
    walk = _Walk(polytope, np.zeros((width, CHAINS)), BlockSource(PILOT_SEED, 0, PILOT))
    for _ in range(ROUNDS if width else 0):
        walk.sweep(stretch, PILOT_SWEEPS)
        stretch = _spread(walk.at)
    return Rounded(polytope, stretch, walk.at)


class _Walk:
    """Chains on their way through a set."""

    def __init__(self, polytope: Polytope, start: NDArray[np.float64], source: BlockSource) -> None:
        self._polytope = polytope
        self._source = source
        self._left = np.empty(0, dtype=np.float32)
        self.at = start.copy()

    def sweep(self, stretch: NDArray[np.float64], times_over: int) -> None:
        """Go along as many lines as there are directions, so many times over."""
        width = len(stretch)
        room = self._polytope.room[:, None] + times(self._polytope.faces, self.at)
        for _ in range(times_over if width else 0):
            lines = times(stretch, _mirrored_axes(self._numbers(4 * width).reshape(4, width).sum(axis=0) - 2.0))
            slopes = times(self._polytope.faces, lines)
            for line, slope in zip(lines.T, slopes.T, strict=True):
                step = _along(room, slope, self._numbers(CHAINS))
                room += slope[:, None] * step
                self.at += line[:, None] * step

    def _numbers(self, count: int) -> NDArray[np.float64]:
        while len(self._left) < count:
            self._left = np.concatenate([self._left, self._source.uniform(1)[0]])
        taken, self._left = self._left[:count], self._left[count:]
        return taken.astype(np.float64)


def _along(room: NDArray[np.float64], slope: NDArray[np.float64], numbers: NDArray[np.float64]) -> NDArray[np.float64]:
    """Draw how far each chain goes: to the mirror image of its place on its piece of the line, give or take; folded at the ends."""
    towards, away = slope < 0, slope > 0
    ahead = (room[towards] * (-1.0 / slope[towards])[:, None]).min(axis=0)
    behind = (room[away] * (1.0 / slope[away])[:, None]).min(axis=0)
    length = ahead + behind
    place = np.abs(ahead + JITTER * (numbers - 0.5) * length)
    step: NDArray[np.float64] = np.minimum(place, 2.0 * length - place) - behind
    return step


def _mirrored_axes(normal: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give directions at right angles to each other, as columns: the axes in a mirror (Householder 1958)."""
    length = float((normal * normal).sum())
    axes = np.eye(len(normal))
    return axes if length == 0 else axes - (2.0 / length) * normal[:, None] * normal[None]


def _spread(at: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give the triangular root (Cholesky) of the covariance of places, coarsely."""
    apart = at - at.mean(axis=1)[:, None]
    left = (apart[:, None] * apart[None]).mean(axis=2)
    width = len(at)
    root = np.zeros((width, width))
    for row in range(width):
        rest = left[row:, row] - times(root[row:, :row], root[row, :row][:, None])[:, 0]
        root[row:, row] = rest / np.sqrt(max(rest[0], np.finfo(float).tiny))
    scale = 2.0 ** np.floor(np.log2(np.sqrt(np.diag(left)))) / COARSE
    coarse: NDArray[np.float64] = np.round(root / scale[:, None]) * scale[:, None]
    return coarse
