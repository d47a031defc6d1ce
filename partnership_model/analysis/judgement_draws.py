"""Values of every judgement, drawn block by block; they do not hang on the weights, so a slider need not draw them again."""

from __future__ import annotations

import math
from collections import OrderedDict
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

import numpy as np

from partnership_model.analysis.block_values import BlockValues
from partnership_model.analysis.sampling import BLOCK, PARTS, BlockSource
from partnership_model.errors import PartnershipError
from partnership_model.model.value_functions import turning_points

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from partnership_model.model.problem import DecisionProblem, Shape

Points = tuple[tuple[float, float], ...]
JUDGEMENTS = 2**32  # the stream of a block from which judgements are drawn, each cell's at a place of its own
FINE = 2.0**16  # values are kept in whole parts of one over this, so that sums of weight times value are exact in float64
LIFT = 128.0  # what is lifted by this, from 0 to 100, is left in such parts by float32
LEAST_WIDTH = 2.0**-10  # of a range, in points; a narrower one is taken as certain
KEPT = 1024  # drawn cells that are kept, 64 KiB each


@dataclass(frozen=True)
class Spread:
    """How the value of one judgement spreads, as plain numbers.

    Attributes:
        shape: `triangle`, `even` or `outcomes`.
        raw: low, likely and high, or each outcome; in the criterion's own unit unless `points` is empty: then values.
        shares: the share of each outcome.
        points: the ends of the range and the turning points between them, with their values, where there are any between.
    """

    shape: Shape
    raw: tuple[float, ...]
    shares: tuple[float, ...] = ()
    points: Points = ()


@dataclass(frozen=True)
class Spreads:
    """What the values of all judgements are, or are drawn from.

    Attributes:
        certain: options x criteria; nought where the value is drawn.
        drawn: by option's row and criterion's column.
    """

    certain: NDArray[np.float64]
    drawn: dict[tuple[int, int], Spread]

    def block(self, seed: int, block: int) -> BlockValues:
        """Draw one block; what was drawn lately is kept, and a changed judgement leaves the draws of the others alone."""
        width = self.certain.shape[1]
        source, place, cells = None, 0, {}
        for (row, column), spread in self.drawn.items():
            cell = row * width + column
            values = _KEPT.get((seed, block, cell, spread))
            if values is None:
                source = source or BlockSource(seed, block, JUDGEMENTS)
                values = _draw(source.coarse(cell - place), spread)
                place = cell + 1
                _keep((seed, block, cell, spread), values)
            cells[row, column] = values
        return BlockValues(self.certain, cells)


_KEPT: OrderedDict[tuple[int, int, int, Spread], NDArray[np.float32]] = OrderedDict()


def _keep(key: tuple[int, int, int, Spread], values: NDArray[np.float32]) -> None:
    """Keep the cells drawn last, up to a bound."""
    _KEPT[key] = values
    while len(_KEPT) > KEPT:
        _KEPT.popitem(last=False)


def spreads(problem: DecisionProblem, options: Sequence[str]) -> Spreads:
    """Give what the values of every judgement are, or are drawn from.

    Args:
        problem: its judgements are used.
        options: the rows, in this order.

    Raises:
        PartnershipError: a figure that is not a finite number, or shares that do not sum to one; option and criterion are named.
    """
    certain = np.zeros((len(options), len(problem.criteria)))
    drawn = {}
    for column, (name, criterion) in enumerate(problem.criteria.items()):
        points = tuple(zip(*(ends.tolist() for ends in turning_points(criterion)), strict=True))
        for row, option in enumerate(options):
            one = problem.judgements[option, name]
            figures = (one.amount.low, one.amount.likely, one.amount.high)
            try:
                spread = _outcomes_of(one.outcomes, points) if one.shape == "outcomes" else _range_of(one.shape, figures, points)
            except ValueError as error:
                message = f"The judgement of {problem.option(option).label} on {criterion.label} {error}."
                raise PartnershipError(message) from None
            if isinstance(spread, float):
                certain[row, column] = spread
            else:
                drawn[row, column] = spread
    return Spreads(certain, drawn)


@lru_cache(maxsize=4096)
def _range_of(shape: Shape, figures: tuple[float, float, float], points: Points) -> Spread | float:
    """Say how the value of a range spreads; where the value function is straight over it, in values at once."""
    if not all(map(math.isfinite, figures)):
        message = "is not a number: give figures, or leave it out, and the whole scale is taken"
        raise ValueError(message)
    low, likely, high = figures
    raw, values = zip(*points, strict=True)
    inside = [figure for figure in raw if low < figure < high]
    worth = _fine(np.interp([low, *inside, high], raw, values))
    if max(worth) - min(worth) < LEAST_WIDTH:
        return _fine(np.interp([likely], raw, values))[0]
    if inside:
        return Spread(shape, figures, (), tuple(zip([low, *inside, high], worth, strict=True)))
    return Spread(shape, tuple(sorted(_fine(np.interp(figures, raw, values)))))


@lru_cache(maxsize=4096)
def _outcomes_of(outcomes: tuple[tuple[float, float], ...], points: Points) -> Spread | float:
    """Say which values a few outcomes have, and how often each comes."""
    if not outcomes or not all(math.isfinite(figure) for figure, _ in outcomes):
        message = "is not a number: give the figure of each outcome"
        raise ValueError(message)
    if not (min(share for _, share in outcomes) >= 0 and math.isclose(sum(share for _, share in outcomes), 1, abs_tol=1e-6)):
        message = "has outcomes whose shares do not sum to one"
        raise ValueError(message)
    figures, shares = zip(*((figure, share) for figure, share in outcomes if share > 0), strict=True)
    raw, values = zip(*points, strict=True)
    worth = tuple(_fine(np.interp(figures, raw, values)))
    return Spread("outcomes", worth, shares) if max(worth) > min(worth) else worth[0]


def _fine(values: NDArray[np.float64]) -> list[float]:
    found: list[float] = (np.rint(values * FINE) / FINE).tolist()
    return found


def _draw(share: NDArray[np.float32], spread: Spread) -> NDArray[np.float32]:
    """Draw the values of one cell."""
    if spread.shape == "outcomes":
        values = _outcomes(share, spread)
    else:
        low, likely, high = spread.raw
        base = 0.0 if spread.points else low + LIFT
        values = even(share, low, high, base) if spread.shape == "even" else triangular(share, low, likely, high, base)
        if spread.points:
            values = _through(values, spread.points)
            values += np.float32(LIFT)
        values -= np.float32(LIFT)
    values.flags.writeable = False
    return values


def even(share: NDArray[np.float32], low: float, high: float, base: float) -> NDArray[np.float32]:
    """Give figures that are spread evenly from low to high, so moved that the lowest becomes `base`."""
    found = share * np.float32((high - low) / PARTS)
    found += np.float32(base)
    return found


def triangular(share: NDArray[np.float32], low: float, likely: float, high: float, base: float) -> NDArray[np.float32]:
    """Give figures from low to high, most often near the likely one, so moved that the lowest becomes `base`.

    The inverse of the distribution function is a root on either side of the likely figure; each is held at its end
    where the other counts, so that no branch is needed.

    Args:
        share: numbers from 0 to PARTS, drawn evenly.
        low: the lowest figure.
        likely: the likely one.
        high: the highest, above the lowest.
        base: what is given for the lowest figure.
    """
    width, below, above = high - low, likely - low, high - likely
    turn = np.float32(below / width * PARTS)
    rising = np.minimum(share, turn)
    rising *= np.float32(width * below / PARTS)
    np.sqrt(rising, out=rising)
    falling = np.maximum(share, turn)
    np.subtract(np.float32(PARTS), falling, out=falling)
    falling *= np.float32(width * above / PARTS)
    np.sqrt(falling, out=falling)
    rising -= falling
    rising += np.float32(base + above)
    return rising


def _through(above_low: NDArray[np.float32], points: Points) -> NDArray[np.float32]:
    """Put figures through a value function piece by piece, much faster than by looking up each."""
    knots, worth = zip(*points, strict=True)
    found = np.full_like(above_low, worth[0])
    piece = np.empty_like(above_low)
    for (start, end), (first, last) in zip(pairwise(knots), pairwise(worth), strict=True):
        if first != last:
            np.minimum(above_low, np.float32(end - knots[0]), out=piece)
            np.maximum(piece, np.float32(start - knots[0]), out=piece)
            piece -= np.float32(start - knots[0])
            piece *= np.float32((last - first) / (end - start))
            found += piece
    np.minimum(found, np.float32(max(worth)), out=found)
    return np.maximum(found, np.float32(min(worth)), out=found)


def _outcomes(share: NDArray[np.float32], spread: Spread) -> NDArray[np.float32]:
    """Give each sample one of the outcomes, as often as their shares say."""
    which = np.zeros(BLOCK, dtype=np.intp)
    for edge in list(accumulate(spread.shares))[:-1]:
        which += share >= np.float32(edge * PARTS)
    return np.array(spread.raw, dtype=np.float32)[which]
