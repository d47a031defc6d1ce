"""What tests of the dashboard's pages share: the states that it can be in, and pages read as a visitor reads them."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from partnership_model.analysis.appraisal import Appraisal, appraise
from partnership_model.display.moves import STEPS
from partnership_model.display.pages import Page, page_of
from tests.display.exploring import JUDGE, START, moved, opened, swing
from tests.display.test_blocks import Reader, harmless
from tests.display.test_notebook import CLOSES_ALL, EMBER, GATES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from partnership_model.display.exploration import Exploration

ELEMENTS = {
    *(
        "a",
        "button",
        "caption",
        "datalist",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "em",
        "fieldset",
        "figcaption",
        "figure",
        "h1",
        "h2",
        "h3",
        "header",
    ),
    *(
        "input",
        "label",
        "legend",
        "li",
        "nav",
        "ol",
        "option",
        "p",
        "section",
        "select",
        "span",
        "strong",
        "summary",
        "table",
        "tbody",
        "td",
    ),
    *("th", "thead", "tr", "ul", "pre"),
}
EACH = pytest.mark.parametrize("step", STEPS)
STATES: dict[str, Exploration] = {
    "ranked": moved({"do": "weights", "of": "case"}),
    "withheld": moved({"do": "weights", "of": "case"}, state=opened(judgements=())),
    "unweighed": START,
    "partly weighed": moved(swing("40")),
    "closed": moved({"do": "weights", "of": "case"}, state=opened(non_negotiables=CLOSES_ALL)),
    "some closed": moved({"do": "weights", "of": "case"}, state=opened(non_negotiables=(GATES["way_out"],))),
    "one left": moved({"do": "weights", "of": "case"}, state=opened(options=EMBER.options[:1])),
}
NOT_RANKED = ("withheld", "unweighed", "partly weighed", "closed")
EVERY = pytest.mark.parametrize("state", STATES)
OF_THE_VISIT = {"undo", "bring_back", "start_again", "open", "copy", "save", "open_file", "put_away"}  # no moves of one state


def page(state: Exploration, step: str) -> Page:
    """Open a step."""
    return page_of(moved({"do": "go", "step": step}, state=replace(state, problems={})))


def read(state: Exploration, step: str) -> Reader:
    """Open a step and read its page."""
    return harmless(page(state, step).html, ELEMENTS)


def part(html: str, key: str) -> Reader:
    """Read only the element with this key."""
    start = re.search(rf'<(\w+)[^>]*data-key="{re.escape(key)}"', html)
    assert start, f"nothing has the key {key}"
    depth = 0
    for tag in re.finditer(rf"<(/?){start[1]}\b[^>]*>", html[start.start() :]):
        depth += -1 if tag[1] else 1
        if depth == 0:
            return Reader(html[start.start() : start.start() + tag.end()])
    return pytest.fail(f"{key} is not closed")


def compared(reader: Reader) -> list[list[str]]:
    """Give the rows of the table in which options stand side by side, its heading included."""
    return reader.rows("Questions and answers" if "Questions and answers" in reader.texts("caption") else "What differs")


@cache
def shown(state: str, step: str) -> Reader:
    """Open a step of one of the states above and read its page, once for all tests that only look at it."""
    return read(STATES[state], step)


def text_of(state: Exploration, step: str) -> str:
    """Read a page as text, the names of the steps and its heading included."""
    return read(state, step).text


def found_in(state: Exploration) -> Appraisal:
    """Appraise a state as its pages do."""
    return appraise(state.problem, 1)


def moves_of(reader: Reader) -> Iterator[dict[str, Any]]:
    """Send what the script of the page would send for each thing that can be clicked, chosen or typed into."""
    for tag, about in reader.elements:
        kinds = {kind for name, kind in about.items() if name.startswith("data-on-")} - OF_THE_VISIT
        for kind in kinds:
            on = "checked" not in about
            yield {
                "go": {"do": "go", "step": about.get("data-step")},
                "school": {"do": "school", "value": "Primary E"},
                "role": {"do": "role", "value": "parent"},
                "present": {"do": "present", "slide": int(about["data-slide"]) if about.get("data-slide") else None},
                "stand": {"do": "stand", "option": "stay"},
                "ways": {"do": "ways", "value": "any"},
                "ask": {"do": "ask", "text": about.get("data-text", about.get("value", ""))},
                "compare": {"do": "compare", "option": about.get("data-option"), "on": on},
                "show": {"do": "show", "what": about.get("data-what"), "on": about.get("data-on") == "true"},
                "gate": {"do": "gate", "gate": about.get("data-gate"), "on": on},
                "swing": {"do": "swing", "criterion": about.get("data-criterion"), "value": about.get("value") if tag == "input" else None},
                "sweep": {"do": "sweep", "what": about.get("data-what"), "criterion": "cost"},
                "weights": {"do": "weights", "of": about.get("data-of")},
                "way": {"do": "way", "value": about.get("data-value")},
                "points": {"do": "points", "criterion": about.get("data-criterion"), "value": "10"},
                "place": {"do": "place", "criterion": about.get("data-criterion"), "where": about.get("data-where")},
                "rule": {"do": "rule", "value": about.get("value")},
                "pair": {"do": "pair", "one": about.get("data-one"), "other": about.get("data-other"), "value": "-3"},
                "trade": {"do": "trade"} | {name: about.get(f"data-{name}") for name in ("one", "other", "part", "said")},
                "weigh": {"do": "weigh", "value": about.get("data-value", about.get("value"))},
                "judgement": {"do": "judgement", "on": about.get("data-on", "true") == "true"}
                | {name: about.get(f"data-{name}") for name in ("option", "criterion")},
                "replay": {"do": "replay", "day": about.get("data-day", "2016-09-01")},
                "look": {"do": "look", "option": about.get("data-option"), "criterion": about.get("data-criterion")},
                "judge": JUDGE
                | {"option": about.get("data-option"), "criterion": about.get("data-criterion"), "low": "0", "likely": "0", "high": "0"},
            }[kind]


def rows_behind(spec: dict[str, Any]) -> list[dict[str, Any]]:
    return spec["data"]["values"]


def whole(dashboard: Any) -> str:  # noqa: ANN401 - a widget
    """Put a page together that a browser was sent in pieces."""
    html = dashboard.html
    for name, piece in dashboard.pieces.items():
        place = re.search(rf'data-piece="{name}">', html)
        assert place
        html = f"{html[: place.end()]}<!--piece {name}-->{piece}<!--/piece-->{html[place.end() :]}"
    return html


def charts_sent(dashboard: Any) -> dict[str, dict[str, Any]]:  # noqa: ANN401 - a widget
    """Put the charts together that a browser was sent in two parts."""
    assert list(dashboard.templates) == list(dashboard.rows)
    return {
        name: template
        | {"data": {"name": "rows", "values": dashboard.rows[name]}}
        | ({"params": [{"name": "names", "value": dashboard.names[name]}]} if name in dashboard.names else {})
        for name, template in dashboard.templates.items()
    }


def without_words(charts: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Leave out the text alternatives, which a browser finds on the page."""
    return {name: {key: part for key, part in spec.items() if key != "description"} for name, spec in charts.items()}


def asked(text: str, state: Exploration = START) -> Exploration:
    """Ask a question."""
    return moved({"do": "ask", "text": text}, state=state)


def answers_to(state: Exploration) -> Reader:
    """Read what a question was answered with."""
    return part(page(state, "facts").html, "answers")
