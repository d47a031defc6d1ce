"""What one judgement is worth: as a value, and in points of the overall value at the weights in use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from partnership_model.knowledge.schema import Range
from partnership_model.model.money import scaled

if TYPE_CHECKING:
    from partnership_model.analysis.overall import Values
    from partnership_model.model.weights import Weights


@dataclass(frozen=True)
class Worth:
    """One judgement on the common scale.

    Attributes:
        value: from 0 to 100, after the value function.
        share: the part of the whole weight that its criterion carries; None while nobody has weighed.
        points: what it brings to the option's overall value; None while nobody has weighed.
    """

    value: Range
    share: float | None
    points: Range | None


def worth(values: Values, weights: Weights | None, option: str, criterion: str) -> Worth:
    """Say what one judgement of a ranked option is worth."""
    cell = values.row(option), values.criteria.index(criterion)
    low, likely, high = (float(one[cell]) for one in (values.low, values.likely, values.high))
    value = Range(low=low, likely=min(max(likely, low), high), high=high)
    if weights is None:
        return Worth(value, None, None)
    share = weights.shares[criterion]
    return Worth(value, share, scaled(value, share))
