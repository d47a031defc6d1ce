"""How each option's overall value is spread over every possible weighting, as a chart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partnership_model.display import exact_words, words
from partnership_model.display.charts import BLUE, LINE, NARROW, NARROW_ROW, PALE, ROW, WIDTH, _above, _band, _names, axis_names
from partnership_model.display.drawing import INK, Drawing, alt, template
from partnership_model.display.tables import shown_order

if TYPE_CHECKING:
    from partnership_model.analysis.appraisal import Appraisal


@template
def _strips(*, narrow: bool) -> alt.LayerChart:
    """Build a chart of strips: a line over the whole range, a band for 90 of 100, a thick one for half, a tick in the middle."""
    base = alt.Chart().encode(y=_band(narrow=narrow))
    scale = alt.Scale(domain=[0, 100])
    axis = alt.Axis(values=[0, 25, 50, 75, 100], title="Overall value, 0 to 100")
    ends = base.mark_bar(height=3, color=LINE).encode(x=alt.X("least:Q", scale=scale, axis=axis), x2="most:Q")
    most = base.mark_bar(height=9, cornerRadius=4, color=PALE).encode(x=alt.X("from:Q", scale=scale), x2="to:Q")
    half = base.mark_bar(height=18, cornerRadius=4, color=BLUE).encode(x=alt.X("low:Q", scale=scale), x2="high:Q")
    edge = base.mark_tick(thickness=6, height=26, color="white").encode(x=alt.X("middle:Q", scale=scale))
    tick = base.mark_tick(thickness=3, height=26, color=INK).encode(x=alt.X("middle:Q", scale=scale))
    said = base.mark_text(align="left", baseline="top", dy=13).encode(x=alt.value(0), text="said:N")
    layers = [ends, most, half, edge, tick, said, *([_above(base, lift=14)] if narrow else [])]
    return alt.layer(*layers).properties(width=NARROW if narrow else WIDTH, height=alt.Step(NARROW_ROW if narrow else ROW))


def chart_spreads(appraisal: Appraisal, *, narrow: bool = False) -> Drawing:
    """Draw between which overall values all, 90 of 100 and half of the possible weightings put each option."""
    found, rows = exact_words.spreads(appraisal), []
    for row, key in enumerate(shown_order(appraisal)):
        one = found[key]
        bottom, low, middle, high, top = one.levels
        ends = {"least": one.least, "from": bottom, "low": low, "middle": middle, "high": high, "to": top, "most": one.most}
        rows.append({"row": row, "name": words.label_of(appraisal.problem, key), "said": exact_words.spread(one)} | ends)
    return Drawing(_strips(narrow=narrow), rows, alt_spreads(appraisal), axis_names(_names(rows), narrow=narrow))


def alt_spreads(appraisal: Appraisal) -> str:
    """Say in words what the strips show."""
    found = exact_words.spreads(appraisal)
    parts = [f"{words.label_of(appraisal.problem, key)}: {exact_words.spread(found[key])}" for key in shown_order(appraisal)]
    return (
        "Overall value of each option from 0 to 100 over every possible weighting, judgements at their likely figures: "
        f"a thick band for half of all weightings, a thin one for 90 of 100. {'. '.join(parts)}."
    )
