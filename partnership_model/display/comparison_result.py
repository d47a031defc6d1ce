"""A comparison of two runs as plain data: what `partnership diff --json` prints (its schema is docs/diff.schema.json)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from partnership_model.display.comparison_findings import headline, notes
from partnership_model.display.comparison_words import Row, Speaker

if TYPE_CHECKING:
    from partnership_model.analysis.run_comparison import Comparison
    from partnership_model.knowledge.base import KnowledgeBase
    from partnership_model.knowledge.facts import Fact
    from partnership_model.knowledge.parameters import Standing
    from partnership_model.knowledge.run_result import RunResult

SCHEMA_VERSION = 1


def comparison_data(found: Comparison, base: KnowledgeBase) -> dict[str, Any]:
    """Give everything that differs, inputs before results, and the facts and the law of the two days."""
    speak = Speaker(found, base)
    return {
        "schema_version": SCHEMA_VERSION,
        "a": _run(found.before),
        "b": _run(found.after),
        "first_place": {"finding": found.first, "a": list(found.before.leaders), "b": list(found.after.leaders), "says": headline(found)},
        "notes": list(notes(found)),
        "inputs_compared": found.compared,
        "changes": [
            {"part": one.part, "place": list(one.place), "a": one.before, "b": one.after, **_said(speak.row(one))} for one in found.changes
        ],
        "facts": [
            {
                "question": one.attribute,
                "options": list(one.options),
                "schools": [{"category": category, "form": form} for category, form in one.kinds],
                "answered": one.answered,
                "a": _fact(one.before),
                "b": _fact(one.after),
                **_said(speak.fact(one)),
            }
            for one in found.facts
        ],
        "law": [
            {"rule": one.parameter, "answered": one.answered, "a": _fact(one.before), "b": _fact(one.after), **_said(speak.rule(one))}
            for one in found.rules
        ],
    }


def _run(run: RunResult) -> dict[str, Any]:
    return {
        "case": run.case,
        "as_of": run.as_of.isoformat(),
        "edition": run.edition,
        "version": run.version,
        "seed": run.seed,
        "samples": run.samples,
        "input_hash": run.input_hash,
    }


def _said(row: Row) -> dict[str, str]:
    return {"what": row.what, "a_says": row.before, "b_says": row.after}


def _fact(one: Fact | Standing | None) -> dict[str, Any] | None:
    if one is None:
        return None
    amount = None if one.amount is None else one.amount.model_dump()
    since = None if one.since is None else one.since.isoformat()
    return {"code": one.code, "amount": amount, "says": one.says, "mark": one.mark, "status": one.status, "since": since}
