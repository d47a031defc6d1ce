"""Charts for the projector: the same results as elsewhere, in type that is read from the back of a hall."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partnership_model.display import words
from partnership_model.display.charts import BLUE, EDGE, LINE, PALE, alt_ranges, alt_shares, chart_ranges, chart_shares, names_axis
from partnership_model.display.drawing import Drawing, Rows, alt, template

if TYPE_CHECKING:
    from partnership_model.analysis.appraisal import Appraisal

LARGE, SMALL = 24, 22  # pixels on a screen of 1280 by 720
TALLEST, ROW, LEAST_ROW = 432, 66, 54
BAND, DOTS, BESIDE = 420, 420, 24


def _names(rows: Rows) -> tuple[str, ...]:
    return tuple({row["row"]: row["name"] for row in rows}.values())


def _step(count: int) -> alt.Step:
    return alt.Step(max(LEAST_ROW, min(ROW, TALLEST // max(1, count))))


def _said(base: alt.Chart, at: int) -> alt.Chart:
    """Write the figures beside the marks."""
    return base.mark_text(align="left", fontSize=SMALL).encode(x=alt.value(at + BESIDE), text="said:N")


@template
def _bands(labels: tuple[str, ...]) -> alt.LayerChart:
    """Build the chart of ranges: a band from low to high and a tick, its figures at the right."""
    base = alt.Chart().encode(y=names_axis(labels, LARGE))
    scale = alt.Scale(domain=[0, 100])
    axis = alt.Axis(values=[0, 50, 100], title=None, labelFontSize=SMALL)
    track = base.mark_bar(height=3, color=LINE).encode(x=alt.X("least:Q", scale=scale, axis=axis), x2="most:Q")
    band = base.mark_bar(height=18, cornerRadius=9, color=PALE).encode(x=alt.X("low:Q", scale=scale), x2="high:Q")
    tick = base.mark_tick(thickness=6, height=32, color=BLUE).encode(x=alt.X("at:Q", scale=scale)).transform_filter("datum.at !== null")
    layers = [track.transform_calculate(least="0", most="100"), band, tick, _said(base, BAND)]
    return alt.layer(*layers).properties(width=BAND, height=_step(len(labels)))


@template
def _tens(labels: tuple[str, ...]) -> alt.LayerChart:
    """Build the chart of ten dots a row, the share at the right."""
    base = alt.Chart().encode(y=names_axis(labels, LARGE))
    colour = alt.condition("datum.filled", alt.value(BLUE), alt.value("white"))
    edge = alt.condition("datum.filled", alt.value(BLUE), alt.value(EDGE))
    x = alt.X("dot:Q", scale=alt.Scale(domain=[-0.5, 9.5]), axis=None)
    dots = base.mark_circle(size=760, opacity=1, strokeWidth=2.5).encode(x=x, color=colour, stroke=edge)
    said = _said(base, DOTS).transform_filter("datum.dot === 0")
    return alt.layer(dots, said).properties(width=DOTS, height=_step(len(labels)))


def ranges(appraisal: Appraisal) -> Drawing:
    """Draw each option's overall value for the projector."""
    rows = chart_ranges(appraisal).rows
    return Drawing(_bands(_names(rows)), rows, alt_ranges(appraisal))


def shares(appraisal: Appraisal) -> Drawing:
    """Draw for the projector in how many of ten ways of weighing each option comes first."""
    rows = chart_shares(appraisal).rows
    return Drawing(_tens(_names(rows)), rows, f"{alt_shares(appraisal)} {words.NOT_A_CHANCE}")
