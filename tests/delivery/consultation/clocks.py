"""What the tests have a store believe of the day."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import sqlalchemy as sa

if TYPE_CHECKING:
    from partnership_model.delivery.consultation.store import Store


def due_today(store: Store) -> None:
    """Let all ballots be such as are to be gone by today."""
    with store.transaction() as connection:
        connection.execute(sa.text("UPDATE consultation SET keep_until = :day"), {"day": dt.datetime.now(dt.UTC).date().isoformat()})


def seen_this_morning(store: Store) -> None:
    """Let the clock have said so thirteen hours ago."""
    seen = dt.datetime.now(dt.UTC) - dt.timedelta(hours=13)
    with store.transaction() as connection:
        connection.execute(sa.text("UPDATE due SET seen = :seen"), {"seen": f"{seen:%Y-%m-%d %H:%M:%S.%f}"})
