"""Which counts can stand behind a printed percentage, so that an impossible one is found."""

from __future__ import annotations

from fractions import Fraction

HUNDRED = 100


def possible_counts(percent: float | str | Fraction, decimals: int, of: int) -> tuple[int, ...]:
    """Give every count of so many that is printed as this percentage.

    A half may have been rounded up or down, so both are taken as possible.

    Args:
        percent: as printed; a text or a fraction where its decimals matter.
        decimals: how many decimals were printed; below nought where it was rounded to tens.
        of: out of how many.

    Returns:
        The counts from 0 to `of`; nothing where none gives this percentage.

    62 per cent of the 32 partnerships of source 004 are 20 of them, and of 20 partnerships none are 96 per cent:

    >>> possible_counts(62, 0, 32), possible_counts(96, 0, 20)
    ((20,), ())
    >>> possible_counts("62.5", 1, 32)
    (20,)
    """
    said = Fraction(str(percent))
    half = Fraction(1, 2) / Fraction(10) ** decimals
    first = max(0, _up((said - half) * of / HUNDRED))
    last = min(of, (said + half) * of // HUNDRED)
    return tuple(range(first, last + 1)) if of > 0 else ()


def possible_totals(percent: float | str | Fraction, decimals: int, most: int) -> tuple[int, ...]:
    """Give every number of people, up to `most`, of whom some count is printed as this percentage.

    >>> possible_totals(96, 0, 32)
    (23, 24, 25, 26, 27, 28)
    """
    return tuple(of for of in range(1, most + 1) if possible_counts(percent, decimals, of))


def _up(value: Fraction) -> int:
    return -(-value.numerator // value.denominator)
