"""The place of each option by each method, as a chart: a line for each option from method to method."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partnership_model.display import words
from partnership_model.display.charts import BLUE, EDGE, _band, axis_names
from partnership_model.display.drawing import INK, Drawing, Rows, alt, template
from partnership_model.display.other_methods_words import NAMES
from partnership_model.display.tables import shown_order

if TYPE_CHECKING:
    from partnership_model.analysis.appraisal import Appraisal
    from partnership_model.analysis.other_methods import Order, OtherMethods

COLUMN, STEP = 136, 46


def said_places(order: Order) -> dict[str, str]:
    """Give each option's place as people say it; options that share one have an equals sign.

    >>> said_places((("a",), ("b", "c"), ("d",)))
    {'a': '1', 'b': '2=', 'c': '2=', 'd': '4'}
    """
    found: dict[str, str] = {}
    for tied in order:
        place = len(found) + 1
        found |= {option: f"{place}=" if len(tied) > 1 else str(place) for option in tied}
    return found


def orders(appraisal: Appraisal, found: OtherMethods) -> dict[str, Order]:
    """Give the order here and by each method, by the name that heads its column."""
    return {"here": appraisal.ranking or (), **{one.name: one.order for one in found.methods}}


def chart_places(appraisal: Appraisal, found: OtherMethods) -> Drawing:
    """Draw each option's place here and by each method; options that share a place stand below each other with the same number."""
    rows: Rows = []
    shown = shown_order(appraisal)
    for column, (name, order) in enumerate(orders(appraisal, found).items()):
        said = said_places(order)
        slots = [option for tied in order for option in sorted(tied, key=shown.index)]
        for row, option in enumerate(slots):
            about = {"first": option in order[0], "leads": option in appraisal.leaders, "said": said[option], "head": heading(name)}
            rows.append({"row": row, "line": shown.index(option), "column": column, **about})
    labels = tuple(words.label_of(appraisal.problem, option) for option in shown)
    return Drawing(_lines(len(found.methods) + 1), rows, alt_places(appraisal, found), axis_names(labels))


def heading(name: str) -> str:
    """Head the column of a method, or of the order here."""
    return "Here" if name == "here" else NAMES[name]


@template
def _lines(columns: int) -> alt.LayerChart:
    """Build lines between numbered circles, filled for a first place; what leads here has a thicker line."""
    x = alt.X("column:Q", scale=alt.Scale(domain=[-0.3, columns - 0.7], nice=False), axis=None)
    base = alt.Chart().encode(y=_band(narrow=False), x=x)
    width = alt.condition("datum.leads", alt.value(4), alt.value(1.5))
    filled = {"color": alt.condition("datum.first", alt.value(BLUE), alt.value("white"))}
    edge = {"stroke": alt.condition("datum.first", alt.value(BLUE), alt.value(EDGE))}
    ink = {"color": alt.condition("datum.first", alt.value("white"), alt.value(INK))}
    layers = [
        base.mark_line(color=EDGE).encode(detail="line:N", order="column:Q", strokeWidth=width),
        base.mark_circle(size=620, opacity=1, strokeWidth=1.5).encode(**filled, **edge),
        base.mark_text(baseline="middle").encode(text="said:N", **ink),
        base.mark_text(baseline="bottom", dy=-22, fontWeight="bold").encode(text="head:N").transform_filter("datum.row === 0"),
    ]
    return alt.layer(*layers).properties(width=COLUMN * columns, height=alt.Step(STEP))


def alt_places(appraisal: Appraisal, found: OtherMethods) -> str:
    """Say in words which place each option has by each method."""
    parts = []
    for name, order in orders(appraisal, found).items():
        said = said_places(order)
        listed = ", ".join(f"{words.label_of(appraisal.problem, option)} {said[option]}" for tied in order for option in tied)
        parts.append(f"{heading(name)}: {listed}")
    return f"Place of each option here and by each method; an equals sign means a shared place. {'. '.join(parts)}."
