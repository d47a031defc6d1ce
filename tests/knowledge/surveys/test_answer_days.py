"""The order of day and month comes from the file or from somebody, never from a guess."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnership_model.knowledge.surveys.answer_days import day_of, order_of
from tests.making import pure

UNCLEAR = ["05/10/2026 09:00", "06/11/2026"]


@pytest.mark.parametrize(
    ("texts", "stated", "found"),
    [
        ([*UNCLEAR, "24/10/2026"], None, "day-first"),
        ([*UNCLEAR, "10/24/2026 09:00:00 AM"], None, "month-first"),
        (UNCLEAR, "month-first", "month-first"),
        (["2026-10-05", "2026/11/06 7:02:11 pm GMT+1"], None, "day-first"),
        ([*UNCLEAR, "24/10/2026"], "month-first", "the dates are day-first, and month-first was stated"),
        (UNCLEAR, None, "day and month cannot be told apart"),
        (["24/10/2026", "10/24/2026"], "day-first", "in some dates the day stands first and in some the month"),
    ],
)
def test_the_order_is_shown_stated_or_refused(texts: list[str], stated: str | None, found: str) -> None:
    assert order_of(texts, stated).startswith(found)  # type: ignore[arg-type] # what click gives is one of the two


@given(day=st.dates(dt.date(2001, 1, 1), dt.date(2068, 12, 31)))
@pure(100)
def test_every_day_is_read_back_in_each_way_of_writing_it(day: dt.date) -> None:
    assert day_of(f"{day:%d/%m/%Y} 23:59:59", "day-first") == day
    assert day_of(f"{day.month}/{day.day}/{day:%y} 11:00:22", "month-first") == day
    assert day_of(f"{day:%Y-%m-%d %H:%M:%S}", "month-first") == day
    assert day_of(f"{day:%Y/%m/%d} 7:02:11 pm GMT+1", "day-first") == day


@pytest.mark.parametrize("text", ["31/02/2026", "yesterday", "46123.5", ""])
def test_what_is_no_date_is_none(text: str) -> None:
    assert day_of(text, "day-first") is None
