"""The pages of the governors' dashboard: what has been chosen so far, as HTML and charts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING, Any

from partnership_model.analysis.appraisal import Appraisal, appraise
from partnership_model.analysis.overall import whole
from partnership_model.display import (
    charts,
    door_card,
    fact_words,
    how_sure,
    how_sure_findings,
    phrases,
    presentation,
    screening_words,
    sections,
    sweep_card,
    tables,
    weight_set_words,
    words,
)
from partnership_model.display.beside_parts import beside_view
from partnership_model.display.blocks import TEMPLATES, Figure, Table, as_data
from partnership_model.display.fact_pages import facts_view, research_view
from partnership_model.display.history_panel import NOTHING, Panel
from partnership_model.display.judgement_grid import grid_view, leads_of_points
from partnership_model.display.judgement_panel import judgement_form
from partnership_model.display.moves import STEPS
from partnership_model.display.replay import replay_view
from partnership_model.display.weighing_pages import weighing_view
from partnership_model.knowledge.schema import plain_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from partnership_model.display.beside_parts import Beside
    from partnership_model.display.exploration import Exploration

POINTS = "Points from each criterion, likely figures"
_TAG = re.compile(r"<!--.*?-->|<[^>]*>", re.DOTALL)
WORDS = "<!-- the words that this page uses -->"


@dataclass(frozen=True)
class Page:
    """One page as it is sent to the browser.

    Attributes:
        html: the whole page, escaped.
        charts: specifications by the chart's place on the page, for the width of the screen.
        headline: what follows, for those who hear the page; empty while nothing new is said.
    """

    html: str
    charts: dict[str, dict[str, Any]]
    headline: str


def page_of(state: Exploration, panel: Panel = NOTHING, beside: Sequence[Beside] = ()) -> Page:
    """Write the slide that is shown, or the page of the step that is open.

    Args:
        state: what was chosen.
        panel: what was changed so far, as the page says it; no slide shows it.
        beside: what others saved, to be compared on the last step; no slide shows it.
    """
    if state.presenting is not None:
        return Page(*presentation.slide_page(state, state.presenting))
    appraisal = appraise(state.problem)
    view = _VIEWS[state.step](state, appraisal)
    if state.step == "next":
        view |= _compared(state, appraisal, beside)
    html = TEMPLATES.get_template(f"steps/{state.step}.html.j2").render(
        state=state,
        panel=panel,
        case=state.case.file,
        steps=STEPS,
        day=plain_day(state.knowledge.day),
        status=words.CASE_STATUS[state.case.file.status],
        headline=words.headline(appraisal),
        explanation=explanation(state, appraisal),
        unconfirmed=words.unconfirmed(appraisal.problem),
        replay=replay_view(state, appraisal.problem),
        charts=_alternatives(state, appraisal),
        **view,
    )
    in_parts = {block["chart"]: block["spec"] for part in view.get("parts", ()) for block in part["blocks"] if "chart" in block}
    follows = view.get("announce") or words.headline(appraisal)
    return Page(_explained(html, state), _charts(state, appraisal) | in_parts, f"{panel.told} {follows}".strip())


def _explained(html: str, state: Exploration) -> str:
    """Put the glossary's sentences for the words that the page uses at its end."""
    text = " ".join(unescape(_TAG.sub("", html)).split())
    terms = fact_words.terms_in(text, state.knowledge.base.glossary)
    return html.replace(WORDS, TEMPLATES.get_template("terms.html.j2").render(terms=terms))


def explanation(state: Exploration, appraisal: Appraisal) -> str:
    """Say what stands behind the headline, or what is left to weigh."""
    left, every = len(state.unweighed), len(appraisal.problem.criteria)
    if appraisal.withheld == "nobody_weighed" and 0 < left < every:
        return f"{left} of {every} lifts have no weight yet. Give each one; 0 if it is worth nothing to you."
    return words.explanation(appraisal)


def _table(caption: str, frame: Any) -> dict[str, Any]:  # noqa: ANN401 - a frame
    return as_data(Table.of(caption, frame))


def _why(state: Exploration, _appraisal: Appraisal) -> dict[str, Any]:
    titles = {key: source.title for key, source in state.knowledge.base.sources.items()}
    return {"schools": _table("The schools", tables.school_table(state.case, state.knowledge.base)), "titles": titles}


def _must_haves(state: Exploration, appraisal: Appraisal) -> dict[str, Any]:
    finding = screening_words.left_over(appraisal.problem)
    options = appraisal.problem.ranked_options
    left = f"Left: {phrases.listed(one.label for one in options)}." if options else ""
    return {
        "finding": finding,
        "left": left,
        "announce": f"{finding}. {left}" if left else finding,
        "gates": [(gate.id, gate.says, gate.id in state.gates) for gate in state.offered_gates],
        "statuses": _table("What the law and your must-haves leave open", tables.status_table(appraisal.problem)),
        "members": _table("Each school's place in each option", tables.membership_table(appraisal.problem)),
    }


def _swings(state: Exploration, appraisal: Appraisal) -> list[dict[str, Any]]:
    shares = appraisal.problem.weights.shares if appraisal.problem.weights else {}
    return [
        {
            "key": name,
            "label": criterion.label,
            "question": criterion.question,
            "worst": criterion.worst,
            "best": criterion.best,
            "value": whole(state.swings.get(name, 0)),
            "given": name in state.swings,
            "share": whole(shares.get(name, 0) * 100),
            "problem": state.problems.get(f"swing-{name}", ""),
        }
        for name, criterion in appraisal.problem.criteria.items()
    ]


def _what_matters(state: Exploration, appraisal: Appraisal) -> dict[str, Any]:
    return weighing_view(state, appraisal, _swings(state, appraisal), words.case_weights(state.case))


def _what_follows(state: Exploration, appraisal: Appraisal) -> dict[str, Any]:
    weighed = appraisal.overall is not None
    return {
        "weighed": weighed,
        "swings": _swings(state, appraisal),
        "case_weights": words.case_weights(state.case),
        "overall": as_data(Table.of_rows("Overall values", tables.overall_rows(appraisal))) if weighed else None,
        "points": as_data(Table.of_rows(POINTS, tables.contribution_rows(appraisal))) if weighed else None,
        "points_title": sections.contribution_title(appraisal) if weighed else "",
        "changes": sections.nearest_switches(appraisal, 3),
        "dominated": words.dominated(appraisal),
        "closed": [(one.label, screening_words.because(one)) for one in appraisal.problem.options if not one.ranked],
        "shown_only": any(one.shown_only for one in appraisal.problem.options),
        "withheld": appraisal.withheld,
        "not_a_chance": words.not_a_chance(appraisal.problem),
        "rounded": sections.ROUNDED,
        "leads": leads_of_points(appraisal) if weighed else None,
        "grid": grid_view(state, appraisal),
    }


def _how_sure(state: Exploration, appraisal: Appraisal) -> dict[str, Any]:
    decisive = {(one.option, one.criterion) for one in appraisal.to_confirm}
    return {
        "withheld": appraisal.withheld,
        "weighed": appraisal.overall is not None,
        "cells": [judgement_form(state, appraisal, cell) for cell in appraisal.problem.judgements if cell in decisive],
        "grid": grid_view(state, appraisal),
        "most_often": how_sure_findings.most_often(appraisal),
        "overall": _table("Overall values", tables.overall_table(appraisal)) if appraisal.withheld is None else None,
        "places": _table("How often each option takes each place, of 100 ways of weighing", tables.place_table(appraisal))
        if appraisal.robustness
        else None,
        "switching": _table("The weight of one criterion at a time", tables.switching_table(appraisal)) if appraisal.switching else None,
        "switching_title": sections.switching_title(appraisal) if appraisal.switching else "",
        "changes": sections.nearest_switches(appraisal, 3)[1:],
        "sweep": sweep_card.sweep_view(state, appraisal),
        "parts": _parts(state, appraisal),
        "not_a_chance": words.not_a_chance(appraisal.problem),
        "spread": sections.SPREAD,
        "ways": _ways(appraisal),
        "ways_in_use": appraisal.problem.set_in_use,
        "conditions": weight_set_words.conditions(appraisal.problem) if appraisal.problem.set_in_use == "conditions" else [],
    }


def _ways(appraisal: Appraisal) -> dict[str, str]:
    """Name the sets of weights that can be chosen; none where there is nothing to choose between."""
    sets = appraisal.problem.weight_sets if len(appraisal.values.options) > 1 else ()
    return {kind: weight_set_words.choice(appraisal.problem, kind) for kind in sets}


def _parts(state: Exploration, appraisal: Appraisal) -> list[dict[str, Any]]:
    return _as_parts(appraisal, how_sure.parts(appraisal, narrow=state.narrow))


def _compared(state: Exploration, appraisal: Appraisal, beside: Sequence[Beside]) -> dict[str, Any]:
    """Give what others saved beside what is chosen here."""
    found = [beside_view(appraisal, one.on(state.knowledge.day), place, narrow=state.narrow) for place, one in enumerate(beside, 1)]
    each = [{**one, "crossed": as_data(one["crossed"]), "parts": _as_parts(appraisal, one["parts"])} for one in found]
    return {"beside": each, "parts": [part for one in each for part in one["parts"]]}


def _as_parts(appraisal: Appraisal, parts: Iterable[how_sure.Part]) -> list[dict[str, Any]]:
    """Give the parts as plain data, where figures lead to, and in place of each chart the name of its place."""
    found = []
    for part in parts:
        names = iter(part.figures)
        blocks = [as_data(block) | ({"chart": next(names)} if isinstance(block, Figure) else {}) for block in part.blocks]
        for block in blocks:
            block["leads"] = how_sure.leads(appraisal, part.key, block.get("caption", ""))
        found.append({"key": part.key, "folded": part.folded, "heading": part.heading, "finding": part.finding, "blocks": blocks})
    return found


def _doors(state: Exploration, appraisal: Appraisal) -> dict[str, Any]:
    moves = [
        _table(f"From here: {option.label}", tables.move_table(appraisal.problem, state.knowledge, option.key))
        for option in appraisal.problem.options
    ]
    return {
        "moves": moves,
        "finding": sections.door_finding(appraisal.problem),
        "map": door_card.door_view(state, appraisal),
        "ways_out": _table("The way out of each option", tables.way_out_table(appraisal.problem)),
        "money": _table("Cost or saving a pupil and year, against staying", tables.money_table(appraisal.problem)),
    }


def _next(state: Exploration, appraisal: Appraisal) -> dict[str, Any]:
    blocks = sections.what_next(state.case, appraisal, state.knowledge)
    steps = next(as_data(block) for block in blocks if isinstance(block, Table))
    titles = {key: source.title for key, source in state.knowledge.base.sources.items()}
    return {"steps_table": steps, "titles": titles}


_VIEWS = {
    "why": _why,
    "facts": facts_view,
    "must_haves": _must_haves,
    "research": research_view,
    "what_matters": _what_matters,
    "what_follows": _what_follows,
    "how_sure": _how_sure,
    "doors": _doors,
    "next": _next,
}
_CHARTS = {
    "what_follows": {"ranges": (charts.chart_ranges, charts.alt_ranges), "points": (charts.chart_contributions, charts.alt_contributions)},
    "how_sure": {
        "shares": (charts.chart_shares, charts.alt_shares),
        "ranges": (charts.chart_ranges, charts.alt_ranges),
        "switching": (charts.chart_switching, charts.alt_switching),
    },
}


def _drawn(state: Exploration, appraisal: Appraisal) -> dict[str, Any]:
    """Give the charts of a step that can be drawn now."""
    if state.step == "doors":
        return door_card.drawn(state)
    if appraisal.overall is None:
        return {}
    drawn = _CHARTS.get(state.step, {}) | (sweep_card.drawn(state, appraisal) if state.step == "how_sure" else {})
    if appraisal.withheld is None:
        return drawn
    return {name: chart for name, chart in drawn.items() if name == "ranges" and state.step == "what_follows"}


def _alternatives(state: Exploration, appraisal: Appraisal) -> dict[str, str]:
    return {name: say(appraisal) for name, (_, say) in _drawn(state, appraisal).items()}


def _charts(state: Exploration, appraisal: Appraisal) -> dict[str, dict[str, Any]]:
    return {name: draw(appraisal, narrow=state.narrow).to_dict() for name, (draw, _) in _drawn(state, appraisal).items()}
