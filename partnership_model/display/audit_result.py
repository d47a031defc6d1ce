"""An audit as plain data for machines; docs/audit.schema.json says what each part is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from partnership_model import __version__
from partnership_model.display.audit_findings import assumed, findings
from partnership_model.display.audit_words import headline
from partnership_model.display.rounding import number

if TYPE_CHECKING:
    from collections.abc import Iterable
    from fractions import Fraction

    from partnership_model.analysis.audit.adding_errors import AddingError
    from partnership_model.analysis.audit.audit import Audit, SchemeAudit
    from partnership_model.analysis.audit.places import WrongRank
    from partnership_model.analysis.audit.rules import Fitted, Rule
    from partnership_model.analysis.audit.weightings import FirstPlaces
    from partnership_model.knowledge.scoring_table import Printed, ScoringTable

SCHEMA_VERSION = 1


def audit_result(audit: Audit) -> dict[str, Any]:
    """Give everything that was found; options and criteria by their names in the table."""
    table = audit.table
    return {
        "schema_version": SCHEMA_VERSION,
        "version": __version__,
        "table": table.where,
        "headline": headline(audit),
        "options": list(table.options),
        "criteria": [
            {"name": one.label, "column": one.column, "better": one.better, "panel": one.panel or None, "people": _printed(one.people)}
            for one in table.criteria
        ],
        "sets": [_scheme(audit, one) for one in audit.schemes],
        "whatever_the_weights": _weightings(audit),
        "findings": [
            {
                "kind": one.kind,
                "grade": one.grade,
                "set": one.scheme,
                "cells": list(one.cells),
                "options": list(one.options),
                "criteria": list(one.criteria),
                "says": one.says,
            }
            for one in findings(audit)
        ],
        "notes": list(assumed(audit)),
    }


def _scheme(audit: Audit, one: SchemeAudit) -> dict[str, Any]:
    table, found = audit.table, one.reproduction
    return {
        "name": one.scheme.name,
        "weights": [_printed(weight) for weight in one.scheme.weights],
        "weights_sum": one.weights_sum and {"found": _number(one.weights_sum.found), "expected": _number(one.weights_sum.meant)},
        "better_total": one.better,
        "verdict": found.verdict,
        "rule": _rule(found.best.rule),
        "same_totals": [_rule(rule) for rule in found.same],
        "rules_tried": [_tried(fit) for fit in found.tried],
        "totals": [_total(table, one, row) for row in range(len(table.options))],
        "errors": [_error(table, error) for error in one.errors],
        "wrong_ranks": [_wrong_rank(table, wrong) for wrong in one.wrong_ranks],
        "ranked_apart": [{"options": _options(table, apart.options), "total": apart.shown} for apart in one.ranked_apart],
        "first": _options(table, one.first),
        "first_with_right_sums": _options(table, one.right_first),
        "ties": [
            {"options": _options(table, tie.options), "print_hides": "difference" if tie.hidden else "tie", "apart": _number(tie.apart)}
            for tie in one.ties
        ],
        "one_step": _one_step(table, one),
        "blanks": _blanks(table, one),
        "cannot_change_a_place": [{"criterion": table.criteria[idle.criterion].label, "why": idle.why} for idle in one.idle],
        "alike": [
            {
                "criteria": _criteria(table, pair.criteria),
                "correlation": number(pair.correlation),
                "options": pair.options,
                "weak_evidence": pair.weak,
                "other_first_without_the_second": pair.changes_first,
            }
            for pair in one.alike
        ],
        "panels": _panels(table, one),
    }


def _error(table: ScoringTable, error: AddingError) -> dict[str, Any]:
    slips = [
        {
            "kind": slip.kind,
            "criterion": None if slip.criterion is None else table.criteria[slip.criterion].label,
            "cell": slip.place,
            "needed": _number(slip.needed),
        }
        for slip in error.slips
    ]
    return {
        "option": table.options[error.option],
        "cell": error.stated.place,
        "stated": error.stated.shown,
        "recomputed": _number(error.recomputed),
        "too_high_by": _number(error.off),
        "would_be_right_if": slips,
    }


def _wrong_rank(table: ScoringTable, wrong: WrongRank) -> dict[str, Any]:
    return {
        "option": table.options[wrong.option],
        "cell": wrong.rank.place,
        "stated": wrong.rank.shown,
        "right": list(wrong.expected),
        "by": wrong.basis,
    }


def _one_step(table: ScoringTable, one: SchemeAudit) -> dict[str, Any]:
    return {
        "of_a_score": [_number(step) for step in one.precision.steps],
        "moves_a_total_by": [_number(effect) for effect in one.precision.effects],
        "totals_printed_to": _number(one.precision.printed),
        "within_one_step": [
            {
                "ahead": table.options[close.ahead],
                "behind": table.options[close.behind],
                "gap": _number(close.gap),
                "criteria": _criteria(table, close.criteria),
            }
            for close in one.precision.close
        ],
    }


def _blanks(table: ScoringTable, one: SchemeAudit) -> dict[str, Any]:
    return {
        "cells": list(one.blanks.cells),
        "counted_as_zero": one.blanks.as_zero,
        "could_lead": _options(table, one.blanks.could_lead),
        "could_lose_the_lead": _options(table, one.blanks.could_fall),
        "totals": [{"option": table.options[row.option], "low": _number(row.low), "high": _number(row.high)} for row in one.blanks.ranges],
    }


def _total(table: ScoringTable, one: SchemeAudit, row: int) -> dict[str, Any]:
    found = one.reproduction.best.rows[row]
    rank = one.scheme.ranks[row] if one.scheme.ranks else None
    return {
        "option": table.options[row],
        "cell": found.stated.place if found.stated else None,
        "stated": found.stated.shown if found.stated else None,
        "recomputed": _number(found.total),
        "lowest_by_rounding": _number(found.low),
        "highest_by_rounding": _number(found.high),
        "fits": found.fits,
        "rank": rank.shown if rank else None,
    }


def _panels(table: ScoringTable, one: SchemeAudit) -> dict[str, Any] | None:
    found = one.panels
    if found is None:
        return None
    return {
        "panels": [
            {
                "name": panel.name,
                "people": panel.people,
                "share_of_points": _number(panel.points),
                "share_of_differences": _number(panel.spread),
                "first": _options(table, panel.first),
            }
            for panel in found.panels
        ],
        "first_with_equal_say": _options(table, found.equal_say),
        "first_by_person": None if found.each_person is None else _options(table, found.each_person),
    }


def _weightings(audit: Audit) -> dict[str, Any]:
    table, found = audit.table, audit.weightings
    return {
        "scale": found.scale,
        "dominated": [{"option": table.options[one.option], "by": table.options[one.by]} for one in found.dominated],
        "never_first": _options(table, found.never_first),
        "first_places": _first_places(table, found.every),
        "first_places_in_order": [
            None if kept is None else {"set": scheme.name, **_first_places(table, kept)}
            for scheme, kept in zip(table.schemes, found.in_order, strict=True)
        ],
        "counted": "ways of weighing, not chances of success",
    }


def _first_places(table: ScoringTable, found: FirstPlaces) -> dict[str, Any]:
    shares = [
        {"option": name, "low": number(low), "high": number(high)}
        for name, low, high in zip(table.options, found.shares, found.most, strict=True)
    ]
    return {"method": found.how, "error": found.error, "shares": shares}


def _rule(rule: Rule) -> dict[str, Any]:
    return {"adds": rule.adds, "blanks": rule.blanks, "takes_away_where_less_is_better": rule.subtracts}


def _tried(fit: Fitted) -> dict[str, Any]:
    off = max((abs(row.off) for row in fit.rows if row.stated), default=None)
    return {**_rule(fit.rule), "agrees": fit.count("agrees"), "within_rounding": fit.count("within_rounding"), "furthest_off": _number(off)}


def _options(table: ScoringTable, rows: Iterable[int]) -> list[str]:
    return [table.options[row] for row in rows]


def _criteria(table: ScoringTable, columns: Iterable[int]) -> list[str]:
    return [table.criteria[column].label for column in columns]


def _printed(one: Printed | None) -> float | None:
    return None if one is None else number(float(one.value))


def _number(value: Fraction | None) -> float | None:
    return None if value is None else number(float(value))
