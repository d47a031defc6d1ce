"""Every judgement in one table: options down, criteria across, each figure a button that opens what stands behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from partnership_model.analysis.one_judgement import worth
from partnership_model.analysis.overall import whole
from partnership_model.display import phrases, words
from partnership_model.display.judgement_panel import panel_view
from partnership_model.display.tables import shown_order

if TYPE_CHECKING:
    from partnership_model.analysis.appraisal import Appraisal
    from partnership_model.display.exploration import Exploration
    from partnership_model.knowledge.schema import Range
    from partnership_model.model.problem import Judgement

WHOSE = {"group": "our own", "starting": "assumed", "computed": "computed", "missing": "missing"}
Leads = list[list[dict[str, str] | None]]


def grid_view(state: Exploration, appraisal: Appraisal) -> dict[str, Any] | None:
    """Give the table of all judgements in use, and the panel of the one that is open; nothing where no option is left."""
    if not appraisal.values.options:
        return None
    problem = appraisal.problem
    opened = state.opened if state.opened in problem.judgements and state.opened[0] in appraisal.values.options else None
    return {
        "heading": _heading(appraisal),
        "open": opened is not None,
        "caption": "Every judgement in use" + ("" if appraisal.withheld is None else ": from the lowest to the highest figure"),
        "heads": [criterion.label for criterion in problem.criteria.values()],
        "rows": [
            {
                "key": key,
                "label": words.label_of(problem, key),
                "cells": [_cell(appraisal, problem.judgements[key, name], opened) for name in problem.criteria],
                "panel": panel_view(state, appraisal, opened) if opened and opened[0] == key else None,
            }
            for key in shown_order(appraisal)
        ],
    }


def _heading(appraisal: Appraisal) -> str:
    left, used = len(appraisal.problem.unconfirmed), len(appraisal.values.options) * len(appraisal.problem.criteria)
    seen = (
        f"all {used} judgements"
        if left == 0
        else f"{used - left} of the {used} judgements"
        if left < used
        else f"none of the {used} judgements"
    )
    return f"Our group has looked at {seen}; choose one to see what stands behind it"


def _cell(appraisal: Appraisal, one: Judgement, opened: tuple[str, str] | None) -> dict[str, Any]:
    """Give one figure; only its range while the order is withheld, so that no order can be added up from likely figures."""
    criterion = appraisal.problem.criteria[one.criterion]
    value = worth(appraisal.values, None, one.option, one.criterion).value
    likely = appraisal.withheld is None
    return {
        "option": one.option,
        "criterion": one.criterion,
        "name": f"{words.label_of(appraisal.problem, one.option)}, {phrases.uncapital(criterion.label)}",
        "head": criterion.label,
        "said": _figure(one.amount, criterion.scale.unit, likely=likely),
        "from": 0 if likely else round(value.low, 1),
        "to": round(value.likely if likely else value.high, 1),
        "whose": WHOSE[one.origin],
        "confirmed": one.confirmed,
        "open": (one.option, one.criterion) == opened,
    }


def _figure(amount: Range, unit: str, *, likely: bool) -> str:
    say = phrases.pounds if unit == "GBP_per_pupil_per_year" else str
    low, high = say(whole(amount.low)), say(whole(amount.high))
    return say(whole(amount.likely)) if likely else low if low == high else f"{low} to {high}"


def leads_of_points(appraisal: Appraisal) -> Leads:
    """Say to which judgement each figure of the table of points leads: the option, the criteria, the total."""
    return [[None, *({"option": key, "criterion": name} for name in appraisal.problem.criteria), None] for key in shown_order(appraisal)]
