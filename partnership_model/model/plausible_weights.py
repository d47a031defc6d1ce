"""Which weights count as plausible: the sets of weights over which robustness is measured."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from partnership_model.model.weights import Weights


@dataclass(frozen=True)
class AnyWeights:
    """Every weighting of these criteria: no weight is negative, and together they are one."""

    criteria: tuple[str, ...]


@dataclass(frozen=True)
class OrderedWeights:
    """Every weighting that keeps an order of importance.

    Attributes:
        steps: the most important first; criteria that share a step are free among themselves. A criterion in no step
            has no weight.
    """

    steps: tuple[tuple[str, ...], ...]


PlausibleWeights = AnyWeights | OrderedWeights


def keeping_order(weights: Weights) -> OrderedWeights:
    """Give all weights that keep the order of importance of these; a zero weight stays zero."""
    return OrderedWeights(weights.order)
