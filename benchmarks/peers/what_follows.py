"""The step "What follows" of the example case with the case's own weights in use: what every product in the benchmark shows.

The products share the reading, the appraisal and the charts, so that what differs between them is how a page is served,
wakes up and is drawn again.
"""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import TYPE_CHECKING, Any

from partnership_model.analysis.appraisal import appraise
from partnership_model.analysis.overall import whole
from partnership_model.display import charts, words
from partnership_model.display.exploration import Exploration, after, begin
from partnership_model.knowledge.cases import read_case
from partnership_model.knowledge.reading import read_knowledge
from partnership_model.knowledge.shipped import find_case

if TYPE_CHECKING:
    from partnership_model.analysis.appraisal import Appraisal

CASE = "ember-2016"
CRITERION = "community_voice"
CHARTS = {"ranges": charts.chart_ranges, "points": charts.chart_contributions}
# Peers draw SVG of the same size, as the workbook does: left alone, they would draw on a canvas or squeeze a chart into its column.
SVG = {"usermeta": {"embedOptions": {"renderer": "svg", "actions": False}}, "autosize": {"type": "pad"}}


@cache
def opened() -> Exploration:
    """Open the step as a group finds it that has weighed; read once in a process, as an app of its own would."""
    base = read_knowledge()
    case = read_case(find_case(CASE), base)
    state = begin(case, base.on(case.as_of(dt.datetime.now(dt.UTC).date())))
    for move in ({"do": "weights", "of": "case"}, {"do": "go", "step": "what_follows"}):
        state = after(state, move)
    return state


def label() -> str:
    """Give the name of the criterion whose weight the slider moves."""
    return opened().problem.criteria[CRITERION].label


def weight() -> int:
    """Give the weight at which the slider begins, of 100."""
    return whole(opened().swings[CRITERION])


def appraised(value: int | None = None) -> Appraisal:
    """Appraise the case with the slider at a value; with None, as it was opened."""
    state = opened() if value is None else after(opened(), {"do": "swing", "criterion": CRITERION, "value": str(value)})
    return appraise(state.problem)


def said(appraisal: Appraisal) -> tuple[str, str]:
    """Give the headline and what stands behind it."""
    return words.headline(appraisal), words.explanation(appraisal)


def drawn(appraisal: Appraisal) -> dict[str, dict[str, Any]]:
    """Give the charts as Vega-Lite specifications, by their names on the workbook's page."""
    return {name: {**draw(appraisal).to_dict(), **SVG} for name, draw in CHARTS.items()}
