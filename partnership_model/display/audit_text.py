"""An audit as text for a terminal."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from partnership_model.display import phrases
from partnership_model.display.audit_findings import assumed, findings
from partnership_model.display.audit_words import headline
from partnership_model.errors import printable

if TYPE_CHECKING:
    from partnership_model.analysis.audit.audit import Audit
    from partnership_model.display.audit_words import Finding

WIDTH = 100
HEADS = {"wrong": "Wrong", "misleading": "Misleading", "weak": "Worth a question", "fact": "For information"}


def text(audit: Audit) -> str:
    """Write an audit as lines of at most 100 letters, the gravest first."""
    table, found = audit.table, findings(audit)
    sets = len([one for one in table.schemes if one.weights])
    weights = f", {phrases.counted(sets, 'set')} of weights" if sets else ", no weights"
    size = f"{phrases.counted(len(table.options), 'option')}, {phrases.counted(len(table.criteria), 'criterion', 'criteria')}"
    lines = [_wrapped(f"{table.where}: {size}{weights}", ""), _wrapped(headline(audit), "")]
    for grade, head in HEADS.items():
        of_grade = [one for one in found if one.grade == grade]
        if of_grade:
            lines += ["", f"{head} ({len(of_grade)})", *(_wrapped(_said(one), "  - ") for one in of_grade)]
    notes = assumed(audit)
    if notes:
        lines += ["", "How the table was read", *(_wrapped(note, "  - ") for note in notes)]
    return "\n".join(lines)


def _said(one: Finding) -> str:
    scheme = f"[{one.scheme}] " if one.scheme else ""
    cells = f"{', '.join(one.cells[:4])}{' ...' if len(one.cells) > 4 else ''}: " if one.cells else ""
    return f"{scheme}{cells}{one.says}"


def _wrapped(sentence: str, mark: str) -> str:
    return textwrap.fill(printable(sentence), WIDTH, initial_indent=mark, subsequent_indent=" " * len(mark), break_on_hyphens=False)
