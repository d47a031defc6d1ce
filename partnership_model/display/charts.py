"""Results as Altair charts: one theme, direct labels, whole numbers, and a text alternative on each."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

from partnership_model.analysis.overall import whole
from partnership_model.display import words
from partnership_model.display.tables import shown_order

# jsonschema compiles a grammar for one rarely used format when it is imported, which takes longer than all of Altair
# (python-jsonschema/jsonschema#1521); without that package it leaves the format out, as its documentation says.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
import altair as alt  # noqa: E402

if TYPE_CHECKING:
    from partnership_model.analysis.appraisal import Appraisal

BLUE, PALE, GREY, INK, LINE = "#0b5394", "#9fbfdf", "#c3cad1", "#17202a", "#d5dae0"
FONT = "system-ui, -apple-system, 'Segoe UI', 'DejaVu Sans', sans-serif"
WIDE, NARROW, POINTS_WIDTH = 640, 250, 840


@alt.theme.register("partnership", enable=True)
def _theme() -> alt.theme.ThemeConfig:
    axis = {
        "grid": False,
        "domain": False,
        "ticks": False,
        "labelFontSize": 15,
        "titleFontSize": 15,
        "titleFontWeight": "normal",
        "labelColor": INK,
        "titleColor": INK,
        "labelLimit": 260,
        "labelPadding": 8,
    }
    return {
        "config": {
            "font": FONT,
            "background": "transparent",
            "view": {"stroke": None},
            "axis": axis,
            "header": {"labelFontSize": 15, "labelColor": INK, "titleFontSize": 15, "labelFontWeight": "bold", "labelAnchor": "start"},
            "text": {"fontSize": 15, "color": INK},
        },
    }


def _chart(rows: list[dict[str, Any]]) -> alt.Chart:
    return alt.Chart(alt.Data(values=rows))  # type: ignore[no-untyped-call] # a frame would be copied and inspected at each move


def _rows(appraisal: Appraisal) -> list[tuple[int, str, str]]:
    return [(place, key, words.label_of(appraisal.problem, key)) for place, key in enumerate(shown_order(appraisal))]


def _band(labels: list[str], *, narrow: bool) -> alt.Y:
    """Give the axis of option names; on a narrow screen the names stand above the marks instead."""
    return alt.Y("option:N", sort=labels, title=None, axis=None if narrow else alt.Axis(labelExpr=_two_lines(labels)))


def _two_lines(labels: list[str], longest: int = 26) -> str:
    """Make a label expression that breaks long names in two."""
    broken = {label: _break(label) for label in labels if len(label) > longest and " " in label}
    cases = "".join(f"datum.label === {json.dumps(label)} ? {json.dumps(parts)} : " for label, parts in broken.items())
    return f"{cases}datum.label"


def _break(label: str) -> tuple[str, str]:
    half = min((index for index, letter in enumerate(label) if letter == " "), key=lambda index: abs(index - len(label) / 2))
    return label[:half], label[half + 1 :]


def chart_ranges(appraisal: Appraisal, *, narrow: bool = False) -> alt.LayerChart:
    """Draw each option's overall value: a band from low to high and a tick at the likely value."""
    rows: list[dict[str, Any]] = [
        {"order": order, "option": label, "low": amount.low, "likely": amount.likely, "high": amount.high, "said": words.span(amount)}
        for order, key, label in _rows(appraisal)
        for amount in [(appraisal.overall or {})[key]]
    ]
    y = _band([row["option"] for row in rows], narrow=narrow)
    scale = alt.Scale(domain=[0, 100])
    base = _chart(rows).encode(y=y)
    axis = alt.Axis(values=[0, 25, 50, 75, 100], title="Overall value, 0 to 100")
    track = (
        base.mark_bar(height=2, color=LINE)
        .encode(x=alt.X("zero:Q", scale=scale, axis=axis), x2="hundred:Q")
        .transform_calculate(zero="0", hundred="100")
    )
    band = base.mark_bar(height=12, cornerRadius=6, color=PALE).encode(x=alt.X("low:Q", scale=scale), x2="high:Q")
    tick = base.mark_tick(thickness=4, height=22, color=BLUE).encode(x=alt.X("likely:Q", scale=scale))
    said = base.mark_text(align="left", baseline="top", dy=13).encode(x=alt.value(0), text="said:N")
    layers = [track, band, tick, said]
    if narrow:
        layers.append(base.mark_text(align="left", baseline="bottom", dy=-14, fontWeight="bold").encode(x=alt.value(0), text="option:N"))
    return (
        alt.layer(*layers)
        .properties(width=NARROW if narrow else WIDE - 220, height=alt.Step(84 if narrow else 64), description=alt_ranges(appraisal))
        .configure_view(strokeWidth=0)
    )


def alt_ranges(appraisal: Appraisal) -> str:
    """Say in words what the chart of ranges shows."""
    parts = [f"{label}: {words.span((appraisal.overall or {})[key])}" for _, key, label in _rows(appraisal)]
    return f"Range of the overall value of each option, from 0 to 100. {'. '.join(parts)}."


def chart_shares(appraisal: Appraisal, *, narrow: bool = False) -> alt.LayerChart:
    """Draw ten dots for each option: in how many of ten ways of weighing it comes first."""
    rows: list[dict[str, Any]] = []
    for order, key, label in _rows(appraisal):
        part = appraisal.robustness.first_place_share(key) if appraisal.robustness else 0.0
        rows += [
            {"order": order, "option": label, "dot": dot, "filled": dot < whole(part * 10), "said": words.share(part) if dot == 0 else ""}
            for dot in range(10)
        ]
    y = _band(list(dict.fromkeys(row["option"] for row in rows)), narrow=narrow)
    base = _chart(rows).encode(y=y)
    x = alt.X("dot:Q", scale=alt.Scale(domain=[-0.5, 9.5]), axis=None)
    colour = alt.condition("datum.filled", alt.value(BLUE), alt.value("white"))
    edge = alt.condition("datum.filled", alt.value(BLUE), alt.value("#6b7783"))
    dots = base.mark_circle(size=210, opacity=1, strokeWidth=1.5).encode(x=x, color=colour, stroke=edge)
    said = base.mark_text(align="left", baseline="top", dy=14).encode(x=alt.value(2), text="said:N")
    layers = [dots, said]
    if narrow:
        layers.append(
            base.mark_text(align="left", baseline="bottom", dy=-14, fontWeight="bold")
            .encode(x=alt.value(2), text="option:N")
            .transform_filter("datum.dot == 0")
        )
    return (
        alt.layer(*layers)
        .properties(width=NARROW, height=alt.Step(84 if narrow else 64), description=alt_shares(appraisal))
        .configure_view(strokeWidth=0)
    )


def alt_shares(appraisal: Appraisal) -> str:
    """Say in words what the dots show."""
    if appraisal.robustness is None:
        return "Nothing is put in order yet."
    parts = [f"{label}: {words.share(appraisal.robustness.first_place_share(key))}" for _, key, label in _rows(appraisal)]
    return f"Ways of weighing in which each option comes first. {'. '.join(parts)}."


def chart_contributions(appraisal: Appraisal, *, narrow: bool = False) -> alt.LayerChart | alt.FacetChart:
    """Draw the points that each criterion brings to each option: a bar and its number in each cell, and the total."""
    rows = _points(appraisal)
    return (_points_narrow(appraisal, rows) if narrow else _points_wide(appraisal, rows)).configure_view(strokeWidth=0)


def _points(appraisal: Appraisal) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for order, key, label in _rows(appraisal):
        cells = [(criterion.label, (appraisal.contributions or {})[key][name]) for name, criterion in appraisal.problem.criteria.items()]
        rows += [
            {"order": order, "option": label, "step": step, "criterion": name, "points": points, "said": str(whole(points))}
            for step, (name, points) in enumerate(cells)
        ]
        rows.append(
            {
                "order": order,
                "option": label,
                "step": len(cells),
                "criterion": "Total",
                "points": 0.0,
                "said": str(whole((appraisal.overall or {})[key].likely)),
            }
        )
    return rows


def _points_wide(appraisal: Appraisal, rows: list[dict[str, Any]]) -> alt.LayerChart:
    """Draw a table of bars: each criterion has a column of its own, one column's width to its largest points and their number."""
    columns = list(dict.fromkeys(row["criterion"] for row in rows))
    room = max(1.0, *(row["points"] for row in rows)) * 1.6
    placed = [{**row, "start": row["step"] * room, "end": row["step"] * room + row["points"]} for row in rows]
    heads = [
        {"start": step * room, "said": "\n".join(_break(name) if len(name) > 10 and " " in name else (name,))}
        for step, name in enumerate(columns)
    ]
    scale = alt.Scale(domain=[0, room * len(columns)], nice=False)
    base = _chart(placed).encode(y=_band(list(dict.fromkeys(row["option"] for row in rows)), narrow=False))
    bars = (
        base.mark_bar(height=14, color=BLUE)
        .encode(x=alt.X("start:Q", scale=scale, axis=None), x2="end:Q")
        .transform_filter("datum.criterion !== 'Total'")
    )
    said = (
        base.mark_text(align="left", dx=4)
        .encode(x=alt.X("end:Q", scale=scale, axis=None), text="said:N")
        .transform_filter("datum.criterion !== 'Total'")
    )
    total = (
        base.mark_text(align="left", fontWeight="bold")
        .encode(x=alt.X("end:Q", scale=scale, axis=None), text="said:N")
        .transform_filter("datum.criterion === 'Total'")
    )
    head = _chart(heads).mark_text(align="left", baseline="bottom", lineBreak="\n", fontWeight="bold", lineHeight=17, fontSize=13)
    head = head.encode(x=alt.X("start:Q", scale=scale, axis=None), y=alt.value(-24), text="said:N")
    return alt.layer(bars, said, total, head).properties(width=POINTS_WIDTH, height=alt.Step(40), description=alt_contributions(appraisal))


def _points_narrow(appraisal: Appraisal, rows: list[dict[str, Any]]) -> alt.FacetChart:
    """Draw one small chart for each criterion, one below the other."""
    kept = [row for row in rows if row["criterion"] != "Total"]
    base = _chart(kept).encode(y=_band(list(dict.fromkeys(row["option"] for row in kept)), narrow=True))
    x = alt.X("points:Q", scale=alt.Scale(domain=[0, max(1.0, *(row["points"] for row in kept)) * 1.3]), axis=None)
    bars = base.mark_bar(height=14, color=BLUE).encode(x=x)
    said = base.mark_text(align="left", dx=4).encode(x=x, text="said:N")
    name = base.mark_text(align="left", baseline="bottom", dy=-8).encode(x=alt.value(0), text="option:N")
    cell = alt.layer(bars, said, name).properties(width=NARROW, height=alt.Step(44))
    facet = alt.Facet("criterion:N", sort=list(dict.fromkeys(row["criterion"] for row in kept)), header=alt.Header(title=None))
    return cell.facet(facet=facet, columns=1, spacing=18).properties(description=alt_contributions(appraisal))


def alt_contributions(appraisal: Appraisal) -> str:
    """Say in words which criteria bring each option most."""
    parts = []
    for _, key, label in _rows(appraisal):
        points = sorted((appraisal.contributions or {})[key].items(), key=lambda item: -item[1])[:3]
        most = words.listed(f"{appraisal.problem.criteria[name].label.lower()} {whole(value)}" for name, value in points)
        parts.append(f"{label}: {whole((appraisal.overall or {})[key].likely)} points in all, most from {most}")
    return f"Points from each criterion for each option. {'. '.join(parts)}."


def chart_switching(appraisal: Appraisal, *, narrow: bool = False) -> alt.LayerChart:
    """Draw each weight's interval in which the same option stays first, and the weight now."""
    rows: list[dict[str, Any]] = [
        {
            "order": order,
            "option": appraisal.problem.criteria[one.criterion].label,
            "low": one.lowest * 100,
            "now": one.current * 100,
            "high": one.highest * 100,
            "said": f"now {whole(one.current * 100)}, stays from {whole(one.lowest * 100)} to {whole(one.highest * 100)}",
        }
        for order, one in enumerate(appraisal.switching)
    ]
    y = _band([row["option"] for row in rows], narrow=narrow)
    scale = alt.Scale(domain=[0, 100])
    base = _chart(rows).encode(y=y)
    axis = alt.Axis(values=[0, 25, 50, 75, 100], title="Weight of 100")
    track = (
        base.mark_bar(height=2, color=LINE)
        .encode(x=alt.X("zero:Q", scale=scale, axis=axis), x2="hundred:Q")
        .transform_calculate(zero="0", hundred="100")
    )
    band = base.mark_bar(height=12, cornerRadius=6, color=PALE).encode(x=alt.X("low:Q", scale=scale), x2="high:Q")
    tick = base.mark_tick(thickness=4, height=22, color=BLUE).encode(x=alt.X("now:Q", scale=scale))
    said = base.mark_text(align="left", baseline="top", dy=13).encode(x=alt.value(0), text="said:N")
    layers = [track, band, tick, said]
    if narrow:
        layers.append(base.mark_text(align="left", baseline="bottom", dy=-14, fontWeight="bold").encode(x=alt.value(0), text="option:N"))
    return (
        alt.layer(*layers)
        .properties(width=NARROW if narrow else WIDE - 220, height=alt.Step(84 if narrow else 60), description=alt_switching(appraisal))
        .configure_view(strokeWidth=0)
    )


def alt_switching(appraisal: Appraisal) -> str:
    """Say in words what the chart of weights shows."""
    return " ".join(
        ["How far each weight can move before another option comes first.", *words.switching(appraisal), words.steady(appraisal)]
    ).strip()
