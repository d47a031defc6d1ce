"""Of which days the knowledge base knows something: from where every question has begun to where one has to be checked again."""

from __future__ import annotations

import datetime as dt

from partnership_model.knowledge.days import days_known
from tests.display.test_notebook import BASE


def test_on_the_first_day_every_question_has_begun_and_on_the_day_before_one_has_not() -> None:
    first, _ = days_known(BASE)
    begun = [any(cell.values[0].since <= first for cell in one.cells) for one in BASE.attributes.values()]
    assert all(begun)
    before = first - dt.timedelta(days=1)
    assert not all(any(cell.values[0].since <= before for cell in one.cells) for one in BASE.attributes.values())
    assert first == dt.date(2010, 9, 1)


def test_on_the_last_day_nothing_is_stale_and_on_the_next_something_is() -> None:
    _, last = days_known(BASE)
    assert not any(one.stale_after < last for one in BASE.attributes.values())
    assert any(one.stale_after < last + dt.timedelta(days=1) for one in BASE.attributes.values())
