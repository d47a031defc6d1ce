"""Which counts can stand behind a printed percentage, so that an impossible one is found."""

from __future__ import annotations

import math
from fractions import Fraction

HUNDRED = 100


def possible_counts(percent: float | str | Fraction, decimals: int, of: int) -> range:
    """Give every count of so many that is printed as this percentage; none where it is impossible.

    That a mean or a percentage of so many people cannot be any number is the GRIM test: N. J. L. Brown and J. A. J. Heathers
    (2017), Social Psychological and Personality Science 8(4), 363-369. A half may have been rounded up or down.

    Args:
        percent: as printed; a text or a fraction where its decimals matter.
        decimals: how many decimals were printed; below nought where it was rounded to tens.
        of: out of how many.

    62 per cent of the 32 partnerships of source 004 are 20 of them, and of 20 partnerships none are 96 per cent:

    >>> possible_counts(62, 0, 32), len(possible_counts(96, 0, 20))
    (range(20, 21), 0)
    """
    said = Fraction(str(percent))
    half = Fraction(1, 2) / Fraction(10) ** decimals
    first = math.ceil((said - half) * of / HUNDRED)
    last = math.floor((said + half) * of / HUNDRED)
    return range(max(0, first), min(of, last) + 1) if of > 0 else range(0)


def possible_totals(percent: float | str | Fraction, decimals: int, most: int) -> tuple[int, ...]:
    """Give every number of people, up to `most`, of whom some count is printed as this percentage.

    >>> possible_totals(96, 0, 32)
    (23, 24, 25, 26, 27, 28)
    """
    return tuple(of for of in range(1, most + 1) if possible_counts(percent, decimals, of))
