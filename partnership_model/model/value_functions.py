"""Value functions: from a raw judgement to a value between 0 and 100."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from partnership_model.knowledge.catalogue import Criterion

ROUNDING = 1e-9  # points of 100: a value this near to a turning point's is taken as it


def turning_points(criterion: Criterion) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Give the points of a criterion's value function: raw measures in rising order, and their values."""
    points = criterion.value.points or ((criterion.scale.worst, 0.0), (criterion.scale.best, 100.0))
    raw, values = zip(*sorted(points), strict=True)
    return np.array(raw), np.array(values)


def value_of(criterion: Criterion, raw: ArrayLike) -> NDArray[np.float64]:
    """Turn raw judgements on a criterion into values from 0 (its worst) to 100 (its best).

    Linear between the turning points; what lies beyond the anchors gets the anchor's value.

    Args:
        criterion: the criterion, whose scale may run either way.
        raw: raw judgements in the criterion's own unit, any shape.
    """
    return np.asarray(np.interp(np.asarray(raw, dtype=np.float64), *turning_points(criterion)), dtype=np.float64)


def figures_of(criterion: Criterion, value: float) -> tuple[float, float]:
    """Turn a value back into raw figures: the inverse of a criterion's value function.

    Where the function is flat at that value a whole interval has it; elsewhere both ends are the same figure.

    Args:
        criterion: the criterion, whose scale may run either way.
        value: from 0 to 100; what lies beyond is taken as the nearer end.

    Returns:
        The lowest and the highest raw figure with that value, in the criterion's own unit.
    """
    raw, values = turning_points(criterion)
    sign = 1.0 if values[0] <= values[-1] else -1.0
    raw, values = (raw, values) if sign > 0 else (-raw[::-1], values[::-1])
    near = values[np.abs(values - value).argmin()]
    wanted = float(near if abs(near - value) < ROUNDING else min(max(value, values[0]), values[-1]))
    first, past = int(np.searchsorted(values, wanted)), int(np.searchsorted(values, wanted, side="right"))
    ends = (_between(raw, values, first, wanted), _between(raw, values, past, wanted) if past < len(values) else float(raw[-1]))
    low, high = sorted(sign * end for end in ends)
    return low + 0.0, high + 0.0


def _between(raw: NDArray[np.float64], values: NDArray[np.float64], place: int, value: float) -> float:
    """Give the raw figure with a value on the line that ends at a turning point."""
    if place == 0 or values[place] == value:
        return float(raw[place])
    share = (value - values[place - 1]) / (values[place] - values[place - 1])
    return float(raw[place - 1] + share * (raw[place] - raw[place - 1]))
