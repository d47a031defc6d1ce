"""Of which days the knowledge base knows something."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt

    from partnership_model.knowledge.base import KnowledgeBase


@lru_cache(maxsize=2)  # each page says it
def days_known(base: KnowledgeBase) -> tuple[dt.date, dt.date]:
    """Give the first day on which something is recorded on every question, and the last before one has to be checked again."""
    questions = base.attributes.values()
    began = (min(value.since for cell in one.cells for value in cell.values) for one in questions)
    return max(began), min(one.stale_after for one in questions)
