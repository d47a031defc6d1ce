"""Scoring tables for tests, written as CSV, and workbooks made cell by cell."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import openpyxl

from partnership_model.analysis.audit.audit import Audit, audit
from partnership_model.knowledge.foreign_table import ReadAs, table_of
from partnership_model.knowledge.grids import csv_grid

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from partnership_model.analysis.audit.audit import SchemeAudit
    from partnership_model.knowledge.scoring_table import ScoringTable


def table(text: str, **read_as: Any) -> ScoringTable:  # noqa: ANN401 - whatever ReadAs takes
    """Read a table from text."""
    return table_of(csv_grid(text.encode(), "table.csv"), ReadAs(**read_as))


def audited(text: str, **read_as: Any) -> Audit:  # noqa: ANN401 - whatever ReadAs takes
    """Audit a table given as text."""
    return audit(table(text, **read_as))


def only(text: str, **read_as: Any) -> SchemeAudit:  # noqa: ANN401 - whatever ReadAs takes
    """Audit a table with one set of weights."""
    (found,) = audited(text, **read_as).schemes
    return found


def workbook(rows: Sequence[Sequence[Any]], change: Callable[[Any], object] | None = None, *, title: str = "Scores") -> bytes:
    """Give the bytes of a workbook with one sheet, changed before it is saved."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    if change:
        change(sheet)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()
