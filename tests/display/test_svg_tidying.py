"""Drawings are made smaller, and nothing that an eye or an ear takes in is lost."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

import pytest
import vl_convert
from PIL import Image, ImageChops

from partnership_model.display import charts
from partnership_model.display.svg_tidying import tidied
from tests.display.test_notebook import ember

if TYPE_CHECKING:
    from collections.abc import Callable

    from partnership_model.analysis.appraisal import Appraisal
    from partnership_model.display.drawing import Drawing

CHARTS: tuple[Callable[[Appraisal], Drawing], ...] = (charts.chart_ranges, charts.chart_shares, charts.chart_contributions)


@pytest.mark.parametrize("chart", CHARTS)
def test_the_picture_is_the_same_in_less_than_half_the_letters(chart: Callable[[Appraisal], Drawing]) -> None:
    drawn = vl_convert.vegalite_to_svg(chart(ember().appraisal).to_dict())
    small = tidied(drawn)
    assert len(small) < len(drawn) / 2
    before, after = (Image.open(io.BytesIO(vl_convert.svg_to_png(one))).convert("L") for one in (drawn, small))
    assert before.size == after.size
    differing = ImageChops.difference(before, after).histogram()
    assert sum(differing[80:]) == 0, "only the edges of letters may differ, by where their pixels fall"
    texts = [re.findall(r">([^<>]+)<", one) for one in (drawn, small)]
    assert texts[0] == texts[1]


def test_what_is_drawn_stays_and_what_nobody_sees_goes() -> None:
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9" viewBox="0 0 9 9"><g fill="none" transform="translate(0,0)">'
        '<g class="a" role="x"><path class="background" d="M0,0h9v9Z"/><path d="M0,0h9v9Z" fill="#123456"/>'
        '<path d="M0,0h9" stroke="#ddd"/><path d="" fill="red"/><path d="M0,0h9" fill="red" display="none"/></g>'
        '<text font-family="A, b" opacity="1" transform="translate(1.23456,-0.00001)">said &lt;here&gt;</text></g></svg>'
    )
    assert tidied(svg) == (
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9" viewBox="0 0 9 9" font-family="A, b"><g fill="none">'
        '<path d="M0,0h9v9Z" fill="#123456" /><path d="M0,0h9" stroke="#ddd" />'
        '<text transform="translate(1.23,-0)">said &lt;here&gt;</text></g></svg>'
    )


def test_two_fonts_stay_where_they_are() -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg"><text font-family="A">a</text><text font-family="B">b</text></svg>'
    assert tidied(svg) == svg
