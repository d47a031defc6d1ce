"""The dashboard's card on which a governor chooses the weights that move."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from partnership_model.display.blocks import as_data
from partnership_model.display.sweep_charts import alt_one_way, alt_two_way, chart_one_way, chart_two_way, leading_said
from partnership_model.display.sweep_parts import (
    NOTE,
    TOPIC,
    found_for,
    map_said,
    one_way_table,
    one_way_title,
    two_way_table,
    two_way_title,
)

if TYPE_CHECKING:
    from partnership_model.analysis.appraisal import Appraisal
    from partnership_model.analysis.two_way import OneWay, TwoWay
    from partnership_model.display.exploration import Exploration

LABELS = {"alone": "One weight that moves", "across": "Two that move together: from left to right", "up": "from bottom to top"}


def sweep_view(state: Exploration, appraisal: Appraisal) -> dict[str, Any] | None:
    """Give what `sweep.html.j2` shows for the criteria that were chosen; None where there is nothing to move."""
    found = found_for(appraisal, state.sweep)
    if found is None:
        return None
    line, both = found
    return {
        "selects": _selects(appraisal, line, both),
        "sentences": [leading_said(appraisal, line), *([map_said(appraisal, both)] if both else [])],
        "topic": TOPIC,
        "one_title": one_way_title(appraisal, line),
        "one_table": as_data(one_way_table(appraisal, line)),
        "two_title": two_way_title(appraisal, both) if both else "",
        "two_table": as_data(two_way_table(appraisal, both)) if both else None,
        "note": NOTE,
        "problem": state.problems.get("sweep", ""),
    }


def _selects(appraisal: Appraisal, line: OneWay, both: TwoWay | None) -> list[dict[str, Any]]:
    """Give the choices of criteria; of the two that move together neither can be chosen twice."""
    chosen = {"alone": line.criterion} | ({"across": both.across, "up": both.up} if both else {})
    taken = {"across": chosen.get("up"), "up": chosen.get("across")}
    return [
        {
            "what": what,
            "label": LABELS[what],
            "choices": [
                {"key": name, "label": criterion.label, "chosen": name == now, "closed": name == taken.get(what)}
                for name, criterion in appraisal.problem.criteria.items()
            ],
        }
        for what, now in chosen.items()
    ]


def drawn(state: Exploration, appraisal: Appraisal) -> dict[str, tuple[Any, Any]]:
    """Give for each chart of the card what draws it and what says it in words."""
    found = found_for(appraisal, state.sweep)
    if found is None:
        return {}
    line, both = found
    charts = {"one-way": (partial(chart_one_way, found=line), partial(alt_one_way, found=line))}
    return charts | ({"two-way": (partial(chart_two_way, found=both), partial(alt_two_way, found=both))} if both else {})
