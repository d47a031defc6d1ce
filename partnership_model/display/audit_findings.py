"""Everything that an audit found, in the order in which a reader needs it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partnership_model.display import audit_criteria, audit_sums, phrases
from partnership_model.display.audit_words import Finding, options, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from partnership_model.analysis.audit.audit import Audit

LESS_IS_BETTER = "The ranks put the lowest total first, so less was taken to be better on every criterion."
NOTHING_MARKED = "More was taken to be better on every criterion; a row `direction` or --lower-is-better says otherwise."


def findings(audit: Audit) -> tuple[Finding, ...]:
    """List what was found: sums, ranks, ties, blanks, panels and criteria of each set of weights, then what holds for any weights."""
    found: list[Finding] = []
    for one in audit.schemes:
        for say in (audit_sums.sums, audit_sums.ranks, audit_sums.ties, audit_sums.blanks, audit_criteria.panels, audit_criteria.criteria):
            found += say(audit, one)
    return (*found, *_disagreement(audit), *audit_criteria.whatever_the_weights(audit))


def _disagreement(audit: Audit) -> Iterator[Finding]:
    """Say where several sets of weights put different options first."""
    first = {one.scheme.name: one.right_first for one in audit.schemes}
    if len({frozenset(options) for options in first.values()}) > 1:
        told = phrases.listed(f"{quoted(name)} puts {options(audit.table, rows)} first" for name, rows in first.items())
        yield Finding("sets_disagree", "fact", f"The sets of weights disagree: {told}. A mean of them would hide that.")


def assumed(audit: Audit) -> tuple[str, ...]:
    """Say how the table was read, and what was assumed."""
    notes = list(audit.table.notes)
    if audit.turned:
        notes.append(LESS_IS_BETTER)
    elif all(one.better == "higher" for one in audit.table.criteria):
        notes.append(NOTHING_MARKED)
    return tuple(notes)
