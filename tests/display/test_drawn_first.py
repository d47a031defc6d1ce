"""A page that is there before its widget has the charts drawn into it, and is otherwise the page that the widget shows."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from partnership_model.display.drawn_first import for_both_widths
from partnership_model.display.moves import STEPS
from partnership_model.display.pages import page_of
from tests.display.exploring import moved

if TYPE_CHECKING:
    from partnership_model.display.exploration import Exploration
    from partnership_model.display.pages import Page

DRAWING = re.compile(r'<svg [^>]*class="marks for-(wide|narrow)" aria-hidden="true".*?</svg>', re.DOTALL)


def both(state: Exploration) -> tuple[Page, Page, str]:
    """Give the page of a state for wide and for narrow screens, and what is written of both."""
    wide, narrow = (page_of(replace(state, narrow=is_narrow)) for is_narrow in (False, True))
    return wide, narrow, for_both_widths(wide, narrow, "name")


def said(spec: dict[str, Any]) -> list[str]:
    """Give the words that a chart shows beside its marks."""
    return [row["said"] for row in spec["data"]["values"] if row["said"]]


def test_each_chart_is_drawn_at_its_place_for_wide_and_for_narrow_screens() -> None:
    wide, narrow, html = both(moved({"do": "weights", "of": "case"}, {"do": "go", "step": "what_follows"}))
    halves = html.split('<div class="pm for-narrow" data-case="name">')
    for page, width, half in zip((wide, narrow), ("wide", "narrow"), halves, strict=True):
        assert set(page.charts) == {"ranges", "points"}
        for name, spec in page.charts.items():
            place = half[half.index(f'data-chart="{name}">') :]
            drawing = DRAWING.search(place)
            assert drawing[1] == width
            assert drawing.end() == place.index("</div>")
            assert said(spec)
            assert all(f">{text}<" in drawing[0] for text in said(spec))


@pytest.mark.parametrize("step", STEPS)
def test_but_for_its_drawings_it_is_the_page_of_the_step(step: str) -> None:
    wide, narrow, html = both(moved({"do": "go", "step": step}))
    if wide.html == narrow.html and not wide.charts:
        assert html == f'<div class="pm" data-case="name">{wide.html}</div>'
    else:
        pages = ((wide, "wide"), (narrow, "narrow"))
        assert DRAWING.sub("", html) == "".join(f'<div class="pm for-{width}" data-case="name">{page.html}</div>' for page, width in pages)
