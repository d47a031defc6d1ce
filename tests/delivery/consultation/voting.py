"""Ballots as the tests cast them."""

from __future__ import annotations

import datetime as dt
import hashlib
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TYPE_CHECKING, TypeVar

from partnership_model.knowledge.consultation.ballots import Ballot

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

DAY = dt.date(2026, 5, 1)
CRITERIA = ("autonomy", "cost", "reversibility", "school_improvement", "staff", "community_voice", "resilience", "effort_of_change")
T = TypeVar("T")


def mark(number: int) -> str:
    """Give somebody's mark."""
    return hashlib.sha256(f"participant {number}".encode()).hexdigest()


def ballot(number: int = 0, *, group: str = "Staff", comment: str = "") -> Ballot:
    """Give a ballot that differs by the number."""
    places = {name: (place + number) % len(CRITERIA) + 1 for place, name in enumerate(CRITERIA)}
    return Ballot(group, "Infant A", "session", places, {"cost": 100}, {"federation": "for"}, comment)


def at_once(tasks: Sequence[Callable[[], T]]) -> list[T]:
    """Do all of them at the same moment, each in a thread of its own, and give what they gave."""
    gate = Barrier(len(tasks))

    def run(task: Callable[[], T]) -> T:
        gate.wait(timeout=10)
        return task()

    with ThreadPoolExecutor(len(tasks)) as threads:
        return list(threads.map(run, tasks))
