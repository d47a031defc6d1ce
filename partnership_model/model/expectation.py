"""What a judgement is worth on average: exact means of its value, whatever its shape, without sampling.

A value function that runs straight between turning points is a sum of hinges (x - t)+, one at each point where it
turns. So the mean of any such function of a judgement follows from the means of its hinges, which are closed forms: a
cubic for a triangle, a square for an even spread, a sum for outcomes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from partnership_model.model.value_functions import turning_points, value_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from partnership_model.knowledge.catalogue import Criterion
    from partnership_model.model.problem import Judgement


def mean_above(judgement: Judgement, at: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give the mean of what a judgement exceeds each of some figures by, nought where it does not.

    Args:
        judgement: of any shape.
        at: figures in the criterion's own unit.
    """
    low, likely, high = judgement.amount.low, judgement.amount.likely, judgement.amount.high
    if judgement.shape == "outcomes":
        figures, shares = np.array(judgement.outcomes).T
        return np.asarray(np.maximum(figures - at[:, None], 0.0) @ shares)
    if high <= low:
        return np.maximum(likely - at, 0.0)
    inside = np.clip(at, low, high)
    even = judgement.shape == "even"
    above = (high - inside) ** 2 / (2 * (high - low)) if even else _triangle_above(low, likely, high, inside)
    return np.asarray(above + np.maximum(low - at, 0.0))


def _triangle_above(low: float, likely: float, high: float, at: NDArray[np.float64]) -> NDArray[np.float64]:
    """Integrate (x - t) over the part of a triangle above t, for each t inside it."""
    mean = (low + likely + high) / 3
    falling = (high - at) ** 3 / (3 * (high - low) * (high - likely)) if high > likely else np.zeros_like(at)
    rising = mean - at + (at - low) ** 3 / (3 * (high - low) * (likely - low)) if likely > low else falling
    return np.where(at < likely, rising, falling)


def mean_value(criterion: Criterion, judgement: Judgement) -> float:
    """Give the mean of a judgement's value, 0 to 100: not the value of its mean where the value function bends."""
    raw, values = _pieces(criterion, judgement)
    return _mean(judgement, raw, values)


def mean_value_above(criterion: Criterion, judgement: Judgement, value: float) -> float:
    """Give the mean of what a judgement's value exceeds a value by, nought where it does not.

    Args:
        criterion: with a value function that is linear between its turning points.
        judgement: of any shape.
        value: on the scale from 0 to 100, or beyond it.
    """
    raw, values = _pieces(criterion, judgement, value)
    return max(_mean(judgement, raw, np.maximum(values - value, 0.0)), 0.0)


def mean_value_below(criterion: Criterion, judgement: Judgement, value: float) -> float:
    """Give the mean of what a judgement's value falls short of a value by, nought where it does not."""
    raw, values = _pieces(criterion, judgement, value)
    return max(_mean(judgement, raw, np.maximum(value - values, 0.0)), 0.0)


def _pieces(criterion: Criterion, judgement: Judgement, value: float | None = None) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Give a judgement's ends, the turning points between them and where a value is passed, with their values."""
    points, _ = turning_points(criterion)
    low, high = judgement.amount.low, judgement.amount.high
    raw = np.unique([low, *points[(points > low) & (points < high)], high])
    if value is not None:
        values = value_of(criterion, raw)
        rising = slice(None, None, 1 if values[-1] >= values[0] else -1)
        raw = np.unique([*raw, np.interp(value, values[rising], raw[rising])])
    return raw, value_of(criterion, raw)


def _mean(judgement: Judgement, raw: NDArray[np.float64], values: NDArray[np.float64]) -> float:
    """Give the mean of a function that is linear between points, from the judgement's lowest figure to its highest."""
    if len(raw) == 1:
        return float(values[0])
    slopes = np.diff(values) / np.diff(raw)
    turns = np.diff(slopes, prepend=0.0)
    return float(values[0] + turns @ mean_above(judgement, raw[:-1]))
