"""The day of each answer: read in the order of day and month that the file shows or somebody stated, never by a guess."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from partnership_model.knowledge.surveys.mapping import Dates

_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_YEAR_LAST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})(?!\d)")
UNDATED = 1980  # LimeSurvey writes this year where a form was sent and its day was not to be kept
LAST_MONTH = 12


def order_of(texts: Sequence[str], stated: Dates | None) -> Dates | str:
    """Find out in which order day and month stand in a column; else say why nobody can know.

    >>> order_of(["7/2/20 11:00:22", "24/2/20"], None)
    'day-first'
    """
    first, second = set(), set()
    for text in texts:
        found = _YEAR_LAST.match(text)
        if found:
            first.add(int(found[1]))
            second.add(int(found[2]))
    if not first:
        return stated or "day-first"  # no date needs it
    days_first, months_first = max(first) > LAST_MONTH, max(second) > LAST_MONTH
    if days_first and months_first:
        return "in some dates the day stands first and in some the month; write them all in one way, such as 2026-10-24"
    shown: Dates | None = "day-first" if days_first else "month-first" if months_first else None
    if shown and stated and shown != stated:
        return f"the dates are {shown}, and {stated} was stated"
    if shown or stated:
        return shown or stated or ""
    return "day and month cannot be told apart; state them with --dates day-first or --dates month-first, or as `dates` in the mapping file"


def day_of(text: str, order: Dates) -> dt.date | None:
    """Read the day of a date and time; None where it is none.

    >>> day_of("7/2/20 11:00:22", "month-first"), day_of("2026/10/24 7:02:11 pm GMT+1", "day-first")
    (datetime.date(2020, 7, 2), datetime.date(2026, 10, 24))
    """
    found = _YEAR_FIRST.match(text)
    if found:
        year, month, day = int(found[1]), int(found[2]), int(found[3])
    else:
        found = _YEAR_LAST.match(text)
        if not found:
            return None
        one, other, year = int(found[1]), int(found[2]), int(found[3])
        month, day = (other, one) if order == "day-first" else (one, other)
        year += 2000 if len(found[3]) == 2 else 0  # noqa: PLR2004 - a year of two digits
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
