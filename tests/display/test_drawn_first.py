"""A page that is there before its widget has the charts drawn into it, and is otherwise the page that the widget shows."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from partnership_model.display.drawn_first import with_charts
from partnership_model.display.moves import STEPS
from partnership_model.display.pages import page_of
from tests.display.exploring import moved

if TYPE_CHECKING:
    from partnership_model.display.exploration import Exploration

DRAWING = re.compile(r'<svg [^>]*class="marks for-(wide|narrow)" aria-hidden="true".*?</svg>', re.DOTALL)


def drawn_page(state: Exploration) -> str:
    """Write the page of a state with its charts drawn into it."""
    return with_charts(page_of(state).html, page_of(state).charts, page_of(replace(state, narrow=True)).charts)


def drawings(html: str, name: str) -> list[str]:
    """Give what is drawn at a chart's place."""
    place = html[html.index(f'data-chart="{name}">') :]
    return [one[0] for one in DRAWING.finditer(place[: place.index("</div>")])]


def said(spec: dict[str, Any]) -> list[str]:
    """Give the words that a chart shows beside its marks."""
    return [row["said"] for row in spec["data"]["values"] if row["said"]]


def test_each_chart_is_drawn_at_its_place_once_for_wide_and_once_for_narrow_screens() -> None:
    state = moved({"do": "weights", "of": "case"}, {"do": "go", "step": "what_follows"})
    html, wide, narrow = drawn_page(state), page_of(state).charts, page_of(replace(state, narrow=True)).charts
    assert set(wide) == set(narrow) == {"ranges", "points"}
    for name in wide:
        for drawing, kind, spec in zip(drawings(html, name), ("for-wide", "for-narrow"), (wide[name], narrow[name]), strict=True):
            assert kind in drawing
            assert said(spec)
            assert all(f">{text}<" in drawing for text in said(spec))


@pytest.mark.parametrize("step", STEPS)
def test_but_for_its_drawings_it_is_the_page_of_the_step(step: str) -> None:
    state = moved({"do": "go", "step": step})
    html = drawn_page(state)
    assert DRAWING.sub("", html) == page_of(state).html
    assert ("<svg" in html) == bool(page_of(state).charts)
