"""The governors' dashboard as one widget: it sends pages to the browser and takes moves back; no arithmetic."""

from __future__ import annotations

import datetime as dt
import logging
import os
from dataclasses import replace
from typing import Any

import anywidget
import traitlets

from partnership_model.display import keeping
from partnership_model.display.drawn_first import for_both_widths
from partnership_model.display.exploration import Exploration, after, begin
from partnership_model.display.history import Visit
from partnership_model.display.history_moves import acted
from partnership_model.display.history_panel import panel_of
from partnership_model.display.keeping import Desk
from partnership_model.display.moves import STEPS
from partnership_model.display.pages import Page, page_of
from partnership_model.display.pieces import cut
from partnership_model.display.static_files import PAGE_STYLES, static_text
from partnership_model.errors import PartnershipError
from partnership_model.knowledge.cases import read_case
from partnership_model.knowledge.editions import case_key
from partnership_model.knowledge.reading import read_knowledge
from partnership_model.knowledge.shipped import find_case

_LOG = logging.getLogger(__name__)
CASE_VARIABLE = "PARTNERSHIP_CASE"
STEP_VARIABLE = "PARTNERSHIP_STEP"
DEFAULT_CASE = "ember-2016"


class GovernorsDashboard(anywidget.AnyWidget):
    """The dashboard of one case.

    Attributes:
        html: the page without its pieces; written here only.
        pieces: what most moves leave as it is, by the name that its place on the page gives; written here only.
        templates: each chart's specification without its rows, which most moves leave as it is; written here only.
        rows: the rows of each chart; written here only.
        names: the names on each chart's axis in one text, where it has any; written here only.
        headline: what follows, for a live region.
        case: the name under which the browser keeps what was chosen; written here only.
        kept: what was chosen, as a text that the browser keeps and a link carries; written here only.
        desk: what has been chosen so far and how, and what others saved beside it.
    """

    _esm = static_text("history.js", "keep.js", "presentation.js", "printing.js", "dashboard.js")
    _css = styles = static_text(*PAGE_STYLES, "presentation.css", "print.css")
    html = traitlets.Unicode("").tag(sync=True)
    pieces = traitlets.Dict().tag(sync=True)
    templates = traitlets.Dict().tag(sync=True)
    rows = traitlets.Dict().tag(sync=True)
    names = traitlets.Dict().tag(sync=True)
    headline = traitlets.Unicode("").tag(sync=True)
    case = traitlets.Unicode("").tag(sync=True)
    kept = traitlets.Unicode("").tag(sync=True)

    def __init__(self, state: Exploration, moves: tuple[dict[str, str], ...] = ()) -> None:
        """Show the first page, after some moves if it is to begin with them."""
        case = case_key(state.case)
        visit = Visit.begun(state)
        for move in moves:
            visit = acted(visit, move, case)
        self.desk = Desk(visit)
        super().__init__(**_shown(self.desk, case), case=case)
        self.on_msg(self._take)

    @property
    def visit(self) -> Visit:
        """Give what is chosen, and how it came about."""
        return self.desk.visit

    @property
    def state(self) -> Exploration:
        """Give what is chosen now."""
        return self.visit.now

    def set_state(self, sync_data: object) -> None:
        """Take moves from the page, and no state: what is shown is written here only."""

    def _take(self, _widget: object, content: Any, _buffers: object) -> None:  # noqa: ANN401 - from the browser
        self.move(content)

    def move(self, message: object) -> None:
        """Make one move and show what follows."""
        try:
            asked = keeping.asked(message)
            desk, file = (
                keeping.done(self.desk, asked, dt.datetime.now(dt.UTC).date())
                if asked
                else (replace(self.desk, visit=acted(self.visit, message, self.case)), None)
            )
            shown = _shown(desk, self.case)
        except Exception:  # noqa: BLE001 - whatever broke, the page must not wait for an answer for ever
            _LOG.exception("a move failed")
            desk, file = replace(self.desk, visit=self.visit.refusing({"page": "That did not work. Nothing was changed."})), None
            shown = _shown(desk, self.case)
        self.desk = desk
        with self.hold_sync():
            for name, value in shown.items():
                setattr(self, name, value)
        if file is not None:
            self.send({"file": file.name}, [file.data])
        self.send({"done": True})


def _shown(desk: Desk, case: str) -> dict[str, Any]:
    """Give everything that the browser shows or keeps of a visit."""
    panel = panel_of(desk.visit, case)
    return {**_sent(page_of(desk.visit.now, panel, desk.beside)), "kept": panel.text}


def _sent(page: Page) -> dict[str, Any]:
    """Give a page as the browser gets it; a value that is as it was is not sent again."""
    # The text alternative stands in the page itself, so that other words need no new specification.
    beside = ("data", "description", "params")
    templates = {chart: {key: part for key, part in spec.items() if key not in beside} for chart, spec in page.charts.items()}
    rows = {chart: spec["data"]["values"] for chart, spec in page.charts.items()}
    names = {chart: spec["params"][0]["value"] for chart, spec in page.charts.items() if "params" in spec}
    html, pieces = cut(page.html)
    return {"html": html, "pieces": pieces, "templates": templates, "rows": rows, "names": names, "headline": page.headline}


class Trouble(anywidget.AnyWidget):
    """What is wrong with the case, in place of the dashboard."""

    _esm = static_text("trouble.js")
    _css = static_text("page.css", "dashboard.css")
    says = traitlets.Unicode("").tag(sync=True)

    def set_state(self, sync_data: object) -> None:
        """Take nothing from the page."""


def first_page(case: str) -> str:
    """Write the dashboard's first page as plain HTML, to be read before any widget wakes; nothing for a case that cannot be read."""
    found = governors_dashboard(case)
    if not isinstance(found, GovernorsDashboard):
        return ""
    panel = panel_of(found.visit, found.case)
    wide, narrow = (page_of(replace(found.state, narrow=is_narrow), panel) for is_narrow in (False, True))
    return f"<style>{found.styles}</style>{for_both_widths(wide, narrow, found.case)}"


def rehearse(case: str) -> None:
    """Go through a case's steps with charts once, unseen: what is read and built on the way, forked kernels have already.

    Raises:
        PartnershipError: the case cannot be read.
    """
    state = _opened(case)
    weighed = replace(state, swings=dict.fromkeys(state.case.file.criteria, 50.0))
    own = after(weighed, {"do": "weights", "of": "case"})
    for step in ("why", "what_follows", "how_sure"):
        page_of(after(own, {"do": "go", "step": step}))


def governors_dashboard(case: str | None = None) -> anywidget.AnyWidget:
    """Open the dashboard of a case: the one named, or the one that the server was started with.

    A case that cannot be read shows what is wrong with it, every fault at once.
    """
    try:
        state = _opened(case or os.environ.get(CASE_VARIABLE) or DEFAULT_CASE)
        return GovernorsDashboard(state, _to_step(state, os.environ.get(STEP_VARIABLE, "")))
    except PartnershipError as error:
        return Trouble(says=str(error))


def _opened(case: str) -> Exploration:
    """Begin with a case as it is today."""
    base = read_knowledge()
    found = read_case(find_case(case), base)
    return begin(found, base.on(found.as_of(dt.datetime.now(dt.UTC).date())))


def _to_step(state: Exploration, step: str) -> tuple[dict[str, str], ...]:
    """Lead to the step that the server was started with, by way of the case's own weights if it holds any."""
    if not step:
        return ()
    if step not in STEPS:
        message = f'{STEP_VARIABLE} names the step to begin with: one of {", ".join(STEPS)}, not "{step}".'
        raise PartnershipError(message)
    weighed = ({"do": "weights", "of": "case"},) if state.case.file.weights else ()
    return (*weighed, {"do": "go", "step": step})
