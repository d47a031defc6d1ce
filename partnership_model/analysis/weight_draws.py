"""Weights drawn from a plausible set, block by block."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Literal

import numpy as np

from partnership_model.analysis.group_draws import group_weights
from partnership_model.analysis.hit_and_run import hit_and_run
from partnership_model.analysis.sampling import BLOCK, BlockSource, on_grid, ordered_weights, uniform_weights
from partnership_model.analysis.weight_polytope import conditions_of
from partnership_model.model.plausible_weights import AnyWeights, ConditionedWeights, GroupMixture, OrderedWeights

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from partnership_model.model.plausible_weights import PlausibleWeights

WEIGHTS = 0  # the stream of a block that weights are drawn from
PILOT_SEED, PILOT = 0, 3  # the numbers with which the ways of drawing are tried, the same for every set and run
ENOUGH = 0.1  # of the candidates are kept: below that walking is quicker than drawing again
ROUNDING = 1e-12
Way = Literal["simplex", "box", "walk"]


def draw_weights(plausible: PlausibleWeights, criteria: Sequence[str], seed: int, block: int) -> NDArray[np.float32]:
    """Draw one block of weights: criteria x BLOCK, each column none negative and together one but for rounding.

    All are on the grid of `sampling.GRID`, on which their sums are exact.

    Args:
        plausible: the set that is drawn from evenly; a mixture of groups is drawn from by voices.
        criteria: the rows, in this order; those that the set does not name stay at nought.
        seed: the same seed and block give the same weights on every machine.
        block: its number; blocks do not hang on one another, so that a longer run draws the same ones and then more.

    Raises:
        PartnershipError: the set has no weights in it.
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
        case ConditionedWeights(names):
            drawn[[criteria.index(name) for name in names]] = _conditioned(plausible, seed, block)
        case GroupMixture(names):
            drawn[[criteria.index(name) for name in names]] = on_grid(group_weights(source, plausible).astype(np.float32))
    return drawn


@lru_cache(maxsize=16)
def _conditioned(plausible: ConditionedWeights, seed: int, block: int) -> NDArray[np.float32]:
    """Draw one block from a set with conditions, in the way that is quickest; whoever moves a slider often asks for the same again."""
    source = BlockSource(seed, block, WEIGHTS)
    way = way_of_drawing(plausible)
    found = hit_and_run(plausible, source) if way == "walk" else _kept(plausible, way, source)
    drawn = on_grid(np.maximum(found, 0.0).astype(np.float32))
    drawn.flags.writeable = False
    return drawn


@lru_cache(maxsize=64)
def way_of_drawing(plausible: ConditionedWeights) -> Way:
    """Choose how to draw from a set: by keeping what fits of even draws from a simplex or a box around it, else by walking."""
    tried: dict[Way, float] = {}
    for way in ("simplex", "box"):
        candidates = _candidates(plausible, way, BlockSource(PILOT_SEED, 0, PILOT))
        tried[way] = float(_fits(plausible, candidates).mean())
    best = max(tried, key=lambda way: tried[way])
    return best if tried[best] >= ENOUGH else "walk"


def _kept(plausible: ConditionedWeights, way: Way, source: BlockSource) -> NDArray[np.float64]:
    """Draw candidates until a block of them fits: even draws from around a set are even inside it."""
    found: list[NDArray[np.float64]] = []
    while sum(one.shape[1] for one in found) < BLOCK:
        candidates = _candidates(plausible, way, source)
        found.append(candidates[:, _fits(plausible, candidates)])
    return np.concatenate(found, axis=1)[:, :BLOCK]


def _candidates(plausible: ConditionedWeights, way: Way, source: BlockSource) -> NDArray[np.float64]:
    """Draw evenly from all weights at or above the lowest ones, or from a box of all criteria but one, which takes the rest."""
    lowest, highest = np.array(plausible.lowest)[:, None], np.array(plausible.highest)[:, None]
    if way == "simplex":
        drawn = uniform_weights(source, len(lowest)).astype(np.float64)
        return np.asarray(lowest + max(1.0 - float(lowest.sum()), 0.0) * drawn / drawn.sum(axis=0))
    found = lowest + (highest - lowest) * source.uniform(len(lowest))
    last = int((highest - lowest).argmax())
    found[last] += 1.0 - found.sum(axis=0)
    return np.asarray(found)


def _fits(plausible: ConditionedWeights, candidates: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Say which candidates sum to one and meet all conditions, but for rounding."""
    table, needed = conditions_of(plausible)
    fits: NDArray[np.bool_] = np.abs(candidates.sum(axis=0) - 1.0) <= ROUNDING * len(candidates)
    for row, least in zip(table, needed, strict=True):
        passed = np.zeros(candidates.shape[1])
        for name in np.flatnonzero(row):
            passed += row[name] * candidates[name]
        fits &= passed >= least - ROUNDING
    return fits
