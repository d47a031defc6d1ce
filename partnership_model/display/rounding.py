"""How numbers are kept in `result.json`."""

from __future__ import annotations


def number(value: float) -> float:
    """Keep six decimals: more would be noise, fewer would hide a tie.

    >>> number(1 / 3), number(-1e-9)
    (0.333333, 0.0)
    """
    return round(float(value), 6) + 0.0
