"""The charts of an audit: what each criterion adds to each total, and how often each option comes first."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from partnership_model.analysis.overall import whole
from partnership_model.display.audit_criteria import share
from partnership_model.display.audit_words import figure
from partnership_model.display.charts import BAR, _dots, axis_names, bar_columns
from partnership_model.display.drawing import Drawing, Rows

if TYPE_CHECKING:
    from partnership_model.analysis.audit.audit import Audit, SchemeAudit
    from partnership_model.analysis.audit.weightings import FirstPlaces

MOST_COLUMNS = 12  # of bars that a page has room for


def parts(audit: Audit, one: SchemeAudit) -> list[list[Fraction | None]]:
    """Give what each score adds to its option's total: options x criteria; None where it is blank."""
    factors = one.reproduction.best.factors
    return [
        [score.number and factor * score.number.value for score, factor in zip(row, factors, strict=True)] for row in audit.table.scores
    ]


def chart_parts(audit: Audit, one: SchemeAudit, *, narrow: bool = False) -> Drawing:
    """Draw what each criterion adds to each total, as bars beside each other."""
    added, rows = parts(audit, one), []
    longest = max((abs(part) for row in added for part in row if part), default=Fraction(1))
    for row, name in enumerate(audit.table.options):
        for column, criterion in enumerate(audit.table.criteria):
            part = added[row][column]
            length = BAR * float(max(part or Fraction(0), Fraction(0)) / longest)
            said = "blank" if part is None else figure(part, 2)
            rows.append({"row": row, "name": name, "column": column, "criterion": criterion.label, "length": length, "said": said})
    return bar_columns(rows, alt_parts(audit, one), narrow=narrow)


def alt_parts(audit: Audit, one: SchemeAudit) -> str:
    """Say in words what the bars show."""
    added, said = parts(audit, one), []
    for row, name in enumerate(audit.table.options):
        most = max(range(len(added[row])), key=lambda column, row=row: added[row][column] or Fraction(0))  # type: ignore[misc]
        total = one.reproduction.best.rows[row].total
        said.append(f"{name}: {'no total' if total is None else figure(total, 2)}, most from {audit.table.criteria[most].label}")
    return f"What each criterion adds to each total. {'. '.join(said)}."


def chart_first_places(audit: Audit, found: FirstPlaces, *, narrow: bool = False) -> Drawing:
    """Draw ten dots for each option: in how many of ten ways of weighing it comes first; with blanks, at its lower count."""
    rows: Rows = []
    for row, name in enumerate(audit.table.options):
        filled = whole(found.shares[row] * 10)
        said = share(found, row, " of 100")
        rows += [{"row": row, "name": name, "dot": dot, "filled": dot < filled, "said": said if dot == 0 else ""} for dot in range(10)]
    return Drawing(_dots(narrow=narrow), rows, alt_first_places(audit, found), axis_names(tuple(audit.table.options), narrow=narrow))


def alt_first_places(audit: Audit, found: FirstPlaces) -> str:
    """Say in words what the dots show."""
    said = [f"{name}: {share(found, row, ' of 100')}" for row, name in enumerate(audit.table.options)]
    return f"Ways of weighing in which each option comes first. {'. '.join(said)}."
