"""The governors' dashboard as one widget: it sends pages to the browser and takes moves back; no arithmetic."""

from __future__ import annotations

import datetime as dt
import logging
import os
from dataclasses import replace
from importlib import resources
from typing import Any

import anywidget
import traitlets

from partnership_model.display.exploration import Exploration, after, begin
from partnership_model.display.pages import page_of
from partnership_model.errors import PartnershipError
from partnership_model.knowledge.cases import read_case
from partnership_model.knowledge.reading import read_knowledge
from partnership_model.knowledge.shipped import find_case

_LOG = logging.getLogger(__name__)
CASE_VARIABLE = "PARTNERSHIP_CASE"
DEFAULT_CASE = "ember-2016"


def _static(*names: str) -> str:
    folder = resources.files("partnership_model.display").joinpath("static")
    return "\n".join(folder.joinpath(name).read_text(encoding="utf-8") for name in names)


class GovernorsDashboard(anywidget.AnyWidget):
    """The dashboard of one case.

    Attributes:
        html: the page; written here only.
        charts: the page's charts; written here only.
        headline: what follows, for a live region.
        state: what has been chosen so far.
    """

    _esm = _static("dashboard.js")
    _css = styles = _static("page.css", "dashboard.css")
    html = traitlets.Unicode("").tag(sync=True)
    charts = traitlets.Dict().tag(sync=True)
    headline = traitlets.Unicode("").tag(sync=True)

    def __init__(self, state: Exploration) -> None:
        """Show the first page."""
        self.state = state
        page = page_of(state)
        super().__init__(html=page.html, charts=page.charts, headline=page.headline)
        self.on_msg(self._take)

    def set_state(self, sync_data: object) -> None:
        """Take moves from the page, and no state: what is shown is written here only."""

    def _take(self, _widget: object, content: Any, _buffers: object) -> None:  # noqa: ANN401 - from the browser
        self.move(content)

    def move(self, message: object) -> None:
        """Make one move and show what follows."""
        try:
            state = after(self.state, message)
            page = page_of(state)
        except Exception:  # noqa: BLE001 - whatever broke, the page must not wait for an answer for ever
            _LOG.exception("a move failed")
            state = replace(self.state, problems={"page": "That did not work. Nothing was changed."})
            page = page_of(state)
        self.state = state
        with self.hold_sync():
            self.html, self.charts, self.headline = page.html, page.charts, page.headline
        self.send({"done": True})


class Trouble(anywidget.AnyWidget):
    """What is wrong with the case, in place of the dashboard."""

    _esm = _static("trouble.js")
    _css = _static("page.css", "dashboard.css")
    says = traitlets.Unicode("").tag(sync=True)

    def set_state(self, sync_data: object) -> None:
        """Take nothing from the page."""


def first_page(case: str) -> str:
    """Write the dashboard's first page as plain HTML, to be read before any widget wakes; nothing for a case that cannot be read."""
    found = governors_dashboard(case)
    return f'<style>{found.styles}</style><div class="pm">{found.html}</div>' if isinstance(found, GovernorsDashboard) else ""


def governors_dashboard(case: str | None = None) -> anywidget.AnyWidget:
    """Open the dashboard of a case: the one named, or the one that the server was started with.

    A case that cannot be read shows what is wrong with it, every fault at once.
    """
    try:
        base = read_knowledge()
        found = read_case(find_case(case or os.environ.get(CASE_VARIABLE) or DEFAULT_CASE), base)
        return GovernorsDashboard(begin(found, base.on(found.as_of(dt.datetime.now(dt.UTC).date()))))
    except PartnershipError as error:
        return Trouble(says=str(error))
