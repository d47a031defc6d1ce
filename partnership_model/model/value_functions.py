"""Value functions: from a raw judgement to a value between 0 and 100."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from partnership_model.knowledge.catalogue import Criterion


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
