"""The published formulas of other methods, written once more in plain Python: what the package and our use of it are held against.

TOPSIS: Hwang and Yoon (1981). VIKOR: Opricovic and Tzeng (2004). PROMETHEE II: Brans and Vincke (1985), usual preference function.
Weighted product: Bridgman (1922). Rows are options, more is better, weights sum to one.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def topsis(rows: Sequence[Sequence[float]], weights: Sequence[float]) -> list[float]:
    """Give each option's closeness: its distance from the worst, as part of its distances from the worst and the best."""
    lengths = [math.sqrt(sum(value**2 for value in column)) or 1.0 for column in zip(*rows, strict=True)]
    weighed = [[weight * value / length for value, weight, length in zip(row, weights, lengths, strict=True)] for row in rows]
    best, worst = ([end(column) for column in zip(*weighed, strict=True)] for end in (max, min))
    return [math.dist(row, worst) / (math.dist(row, worst) + math.dist(row, best)) for row in weighed]


def regrets(rows: Sequence[Sequence[float]], weights: Sequence[float]) -> tuple[list[float], list[float]]:
    """Give VIKOR's S and R."""
    ends = [(max(column), min(column)) for column in zip(*rows, strict=True)]
    each = [
        [weight * (best - value) / (best - worst) for value, weight, (best, worst) in zip(row, weights, ends, strict=True) if best > worst]
        for row in rows
    ]
    return [sum(row) for row in each], [max(row) for row in each]


def vikor(rows: Sequence[Sequence[float]], weights: Sequence[float]) -> list[float]:
    """Give VIKOR's Q with v = 0.5, less is better; S or R that is the same for all counts nothing."""
    parts = []
    for amounts in regrets(rows, weights):
        low, width = min(amounts), max(amounts) - min(amounts)
        parts.append([(amount - low) / width if width > 1e-9 else 0.0 for amount in amounts])
    return [(one + other) / 2 for one, other in zip(*parts, strict=True)]


def promethee(rows: Sequence[Sequence[float]], weights: Sequence[float]) -> list[float]:
    """Give net flows: for each pair the weights of the criteria on which one is ahead, less those on which it is behind."""

    def preference(row: Sequence[float], other: Sequence[float]) -> float:
        return sum(weight for value, against, weight in zip(row, other, weights, strict=True) if value > against)

    return [sum(preference(row, other) - preference(other, row) for other in rows) / (len(rows) - 1) for row in rows]


def product(rows: Sequence[Sequence[float]], weights: Sequence[float]) -> list[float]:
    """Give the product of values, as parts of 100, each to the power of its weight."""
    return [math.prod((value / 100) ** weight for value, weight in zip(row, weights, strict=True)) for row in rows]


def places(scores: Sequence[float], *, less_is_better: bool = False) -> list[int]:
    """Give the place of each score from 1; those within a billionth share one."""
    sign = -1 if less_is_better else 1
    return [1 + sum(sign * other > sign * score + 1e-9 for other in scores) for score in scores]
