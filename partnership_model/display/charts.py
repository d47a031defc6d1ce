"""Results as Altair charts: one theme, direct labels, whole numbers, and a text alternative on each."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from partnership_model.analysis.overall import whole
from partnership_model.display import phrases, words
from partnership_model.display.drawing import NAMES, Drawing, Rows, alt, template
from partnership_model.display.tables import shown_order

if TYPE_CHECKING:
    from partnership_model.analysis.appraisal import Appraisal

BLUE, PALE, LINE, EDGE = "#0b5394", "#9fbfdf", "#d5dae0", "#6b7783"
WIDTH, NARROW, POINTS_WIDTH = 420, 250, 840
ROW, NARROW_ROW, LOW_ROW = 64, 96, 27
LONGEST_LABEL, LONGEST_HEAD, NARROW_LABEL = 26, 10, 28
LINE_HEIGHT = 18
BETWEEN = "\x1f"  # stands before each name
BAR = 0.62  # of a column's width, for the longest bar of a table of bars; the rest is for its number


def _band(labels: tuple[str, ...] | None = None, *, narrow: bool) -> alt.Y:
    """Give the axis of names; on a narrow screen the names stand above the marks instead.

    Rows are numbered and named by their number, so that any two names, however odd or alike, are two rows.

    Args:
        labels: the names; with none they come beside the specification, so that another order is no other chart.
        narrow: for the width of a telephone.
    """
    named = _looked_up(NAMES) if labels is None else _named(labels)
    return alt.Y("row:O", title=None, axis=None if narrow else alt.Axis(labelExpr=named))


def _looked_up(names: str) -> str:
    """Make a label expression that gives each number its name out of a text, long ones in two lines."""
    return f'split(split({names}, "\\u001f")[+datum.label + 1], "\\n")'


def names_axis(labels: tuple[str, ...], size: int) -> alt.Y:
    """Give the axis of names in type of another size."""
    return alt.Y("row:O", title=None, axis=alt.Axis(labelExpr=_named(labels), labelFontSize=size, labelLimit=size * 19))


def _named(labels: tuple[str, ...]) -> str:
    """Make a label expression that has the names in it."""
    return _looked_up(json.dumps(axis_names(labels)))


def axis_names(labels: tuple[str, ...], *, narrow: bool = False) -> str:
    """Put the names of an axis into one text; nothing on a narrow screen, where there is no axis."""
    names = ["\n".join(_broken(label)) if len(label) > LONGEST_LABEL and " " in label else label.replace("\n", " ") for label in labels]
    # One text and not a list: Vega stumbles over a text that is called like one of JavaScript's own names.
    return "" if narrow else "".join(f"{BETWEEN}{name}" for name in names)


def _broken(label: str) -> tuple[str, str]:
    half = min((index for index, letter in enumerate(label) if letter == " "), key=lambda index: abs(index - len(label) / 2))
    return label[:half], label[half + 1 :]


def _above(base: alt.Chart, *, lift: int, bold: bool = True) -> alt.Chart:
    """Write the name above the mark, for narrow screens.

    A name that is longer than a telephone is wide stands in two lines; a wider chart would be shrunk, and its letters with it.
    """
    long = f"length(datum.name) > {NARROW_LABEL}"
    lines = f"split(replace(datum.name, regexp('^(.{{10,{NARROW_LABEL}}}) '), '$1\\n'), '\\n')"
    lifted = alt.ExprRef(f"{long} ? {-lift - LINE_HEIGHT} : {-lift}")
    mark = base.mark_text(align="left", baseline="bottom", dy=lifted, lineHeight=LINE_HEIGHT, fontWeight="bold" if bold else "normal")
    return mark.encode(x=alt.value(0), text="above:N").transform_calculate(above=f"{long} ? {lines} : datum.name")


@template
def _intervals(title: str, *, narrow: bool) -> alt.LayerChart:
    """Build a chart of bands from low to high with a tick, on a scale from 0 to 100."""
    base = alt.Chart().encode(y=_band(narrow=narrow))
    scale = alt.Scale(domain=[0, 100])
    axis = alt.Axis(values=[0, 25, 50, 75, 100], title=title)
    whole_scale = base.mark_bar(height=2, color=LINE).encode(x=alt.X("least:Q", scale=scale, axis=axis), x2="most:Q")
    track = whole_scale.transform_calculate(least="0", most="100")
    band = base.mark_bar(height=12, cornerRadius=6, color=PALE).encode(x=alt.X("low:Q", scale=scale), x2="high:Q")
    tick = base.mark_tick(thickness=4, height=22, color=BLUE).encode(x=alt.X("at:Q", scale=scale)).transform_filter("datum.at !== null")
    said = base.mark_text(align="left", baseline="top", dy=13).encode(x=alt.value(0), text="said:N")
    layers = [track, band, tick, said, *([_above(base, lift=14)] if narrow else [])]
    return alt.layer(*layers).properties(width=NARROW if narrow else WIDTH, height=alt.Step(NARROW_ROW if narrow else ROW))


def chart_ranges(appraisal: Appraisal, *, narrow: bool = False) -> Drawing:
    """Draw each option's overall value: a band from low to high and a tick at the likely value."""
    rows: Rows = []
    for row, (key, label) in enumerate(_options(appraisal)):
        amount = (appraisal.overall or {})[key]
        at = amount.likely if appraisal.withheld is None else None
        rows.append({"row": row, "name": label, "low": amount.low, "at": at, "high": amount.high, "said": words.overall(appraisal, key)})
    return Drawing(
        _intervals("Overall value, 0 to 100", narrow=narrow), rows, alt_ranges(appraisal), axis_names(_names(rows), narrow=narrow)
    )


def alt_ranges(appraisal: Appraisal) -> str:
    """Say in words what the chart of ranges shows."""
    parts = [f"{label}: {words.overall(appraisal, key)}" for key, label in _options(appraisal)]
    return f"Range of the overall value of each option, from 0 to 100. {'. '.join(parts)}."


def chart_switching(appraisal: Appraisal, *, narrow: bool = False) -> Drawing:
    """Draw each weight's interval in which the same option stays first, and the weight now."""
    rows: Rows = []
    for row, one in enumerate(appraisal.switching):
        low, now, high = one.lowest * 100, one.current * 100, one.highest * 100
        said = f"now {whole(now)}, stays from {whole(low)} to {whole(high)}"
        rows.append(
            {"row": row, "name": appraisal.problem.criteria[one.criterion].label, "low": low, "at": now, "high": high, "said": said}
        )
    return Drawing(_intervals("Weight of 100", narrow=narrow), rows, alt_switching(appraisal), axis_names(_names(rows), narrow=narrow))


def alt_switching(appraisal: Appraisal) -> str:
    """Say in words what the chart of weights shows."""
    names = phrases.listed(appraisal.problem.criteria[one.criterion].label.lower() for one in appraisal.switching)
    opening = f"How far each weight can move before another option comes first, for {names}."
    return " ".join([opening, *words.switching(appraisal), words.steady(appraisal)]).strip()


@template
def _dots(*, narrow: bool) -> alt.LayerChart:
    """Build a chart of ten dots a row, some of them filled."""
    base = alt.Chart().encode(y=_band(narrow=narrow))
    colour = alt.condition("datum.filled", alt.value(BLUE), alt.value("white"))
    edge = alt.condition("datum.filled", alt.value(BLUE), alt.value(EDGE))
    x = alt.X("dot:Q", scale=alt.Scale(domain=[-0.5, 9.5]), axis=None)
    dots = base.mark_circle(size=210, opacity=1, strokeWidth=1.5).encode(x=x, color=colour, stroke=edge)
    said = base.mark_text(align="left", baseline="top", dy=14).encode(x=alt.value(2), text="said:N")
    layers = [dots, said, *([_above(base, lift=14).transform_filter("datum.dot === 0")] if narrow else [])]
    return alt.layer(*layers).properties(width=NARROW, height=alt.Step(NARROW_ROW if narrow else ROW))


def chart_shares(appraisal: Appraisal, *, narrow: bool = False) -> Drawing:
    """Draw ten dots for each option: in how many of ten ways of weighing it comes first."""
    rows: Rows = []
    for row, (key, label) in enumerate(_options(appraisal)):
        part = appraisal.robustness.first_place_share(key) if appraisal.robustness else 0.0
        filled, said = whole(part * 10), phrases.of_hundred(part)
        rows += [{"row": row, "name": label, "dot": dot, "filled": dot < filled, "said": said if dot == 0 else ""} for dot in range(10)]
    return Drawing(_dots(narrow=narrow), rows, alt_shares(appraisal), axis_names(_names(rows), narrow=narrow))


@template
def _dots_in_lines() -> alt.LayerChart:
    """Build the same chart in low rows, the figure beside the dots, for the one page of a summary."""
    named = alt.Axis(labelExpr=_looked_up(NAMES), labelLimit=WIDTH)
    base = alt.Chart().encode(y=alt.Y("row:O", title=None, axis=named))
    colour = alt.condition("datum.filled", alt.value(BLUE), alt.value("white"))
    edge = alt.condition("datum.filled", alt.value(BLUE), alt.value(EDGE))
    x = alt.X("dot:Q", scale=alt.Scale(domain=[-0.5, 15]), axis=None)
    dots = base.mark_circle(size=150, opacity=1, strokeWidth=1.5).encode(x=x, color=colour, stroke=edge)
    beside = base.mark_text(align="left", dx=14).encode(x=x, text="said:N").transform_filter("datum.dot === 9")
    return alt.layer(dots, beside).properties(width=WIDTH, height=alt.Step(LOW_ROW))


def chart_shares_on_one_page(appraisal: Appraisal) -> Drawing:
    """Draw the ten dots of each option in low rows."""
    wide = chart_shares(appraisal)
    said = {row["row"]: row["said"] for row in wide.rows if row["dot"] == 0}
    rows: Rows = [{**row, "said": said[row["row"]]} for row in wide.rows]
    names = "".join(BETWEEN + label.replace("\n", " ") for _, label in _options(appraisal))
    return Drawing(_dots_in_lines(), rows, wide.description, names)


def alt_shares(appraisal: Appraisal) -> str:
    """Say in words what the dots show."""
    if appraisal.robustness is None:
        return "Nothing is put in order yet."
    parts = [f"{label}: {phrases.of_hundred(appraisal.robustness.first_place_share(key))}" for key, label in _options(appraisal)]
    return f"Ways of weighing in which each option comes first. {'. '.join(parts)}."


def chart_contributions(appraisal: Appraisal, *, narrow: bool = False) -> Drawing:
    """Draw the points that each criterion brings to each option: a bar and its number in each cell, and the total."""
    rows = _points(appraisal)
    heads = tuple({row["column"]: row["criterion"] for row in rows}.values())
    if narrow:
        kept = [row for row in rows if not row["total"]]
        return Drawing(_small_charts(tall=_any_long(kept)), kept, alt_contributions(appraisal))
    return Drawing(_bar_table(heads), rows, alt_contributions(appraisal), axis_names(_names(rows)))


def _points(appraisal: Appraisal) -> Rows:
    """Give each cell's points, and where its bar begins and ends in columns that are one wide."""
    points = appraisal.contributions or {}
    most = max(1.0, *(value for one in points.values() for value in one.values()))
    rows: Rows = []
    for row, (key, label) in enumerate(_options(appraisal)):
        cells = [(criterion.label, points[key][name]) for name, criterion in appraisal.problem.criteria.items()]
        for column, (criterion, value) in enumerate([*cells, ("Total", (appraisal.overall or {})[key].likely)]):
            last = column == len(cells)
            length = 0.0 if last else BAR * value / most
            cell = {"row": row, "name": label, "column": column, "criterion": criterion, "points": value, "said": str(whole(value))}
            rows.append({**cell, "start": column, "end": column + length, "length": length, "total": last})
    return rows


@template
def _bar_table(heads: tuple[str, ...]) -> alt.LayerChart:
    """Build a table of bars: a column for each criterion, the totals last."""
    base = alt.Chart().encode(y=_band(narrow=False))
    scale = alt.Scale(domain=[0, len(heads)], nice=False)
    bars = base.mark_bar(height=14, color=BLUE).encode(x=alt.X("start:Q", scale=scale, axis=None), x2="end:Q")
    said = base.mark_text(align="left", dx=4).encode(x=alt.X("end:Q", scale=scale, axis=None), text="said:N")
    lines = [
        {"start": at, "head": "\n".join(_broken(name) if len(name) > LONGEST_HEAD and " " in name else (name,))}
        for at, name in enumerate(heads)
    ]
    head = alt.Chart(alt.Data(values=lines)).mark_text(  # type: ignore[no-untyped-call]
        align="left", baseline="bottom", lineBreak="\n", fontWeight="bold", lineHeight=17, fontSize=13
    )
    layers = [
        bars.transform_filter("!datum.total"),
        said.transform_filter("!datum.total"),
        said.mark_text(align="left", dx=4, fontWeight="bold").transform_filter("datum.total"),
        head.encode(x=alt.X("start:Q", scale=scale, axis=None), y=alt.value(-24), text="head:N"),
    ]
    return alt.layer(*layers).properties(width=POINTS_WIDTH, height=alt.Step(40))


def bar_columns(rows: Rows, description: str, *, narrow: bool = False) -> Drawing:
    """Draw a table of bars, on a narrow screen one small chart for each column.

    Args:
        rows: one for each bar: `row` and its `name`, `column` and its head (`criterion`), `length` (at most `BAR`), and
            `said`, the figure beside it.
        description: the text alternative.
        narrow: for the width of a telephone.
    """
    if narrow:
        return Drawing(_small_charts(tall=_any_long(rows)), rows, description)
    heads = tuple({row["column"]: row["criterion"] for row in rows}.values())
    placed = [{**row, "start": row["column"], "end": row["column"] + row["length"], "total": False} for row in rows]
    return Drawing(_bar_table(heads), placed, description, axis_names(_names(rows)))


def _any_long(rows: Rows) -> bool:
    return any(len(row["name"]) > NARROW_LABEL for row in rows)


@template
def _small_charts(*, tall: bool) -> alt.FacetChart:
    """Build one small chart for each criterion, one below the other, for narrow screens; tall rows hold names of two lines."""
    base = alt.Chart().encode(y=_band(narrow=True))
    x = alt.X("length:Q", scale=alt.Scale(domain=[0, 0.75]), axis=None)
    bars = base.mark_bar(height=14, color=BLUE).encode(x=x)
    said = base.mark_text(align="left", dx=4).encode(x=x, text="said:N")
    # Each head is text in its cell: a wrapped facet's own, with labelOrient, were drawn below it in the browser.
    head = base.mark_text(align="left", baseline="bottom", fontWeight="bold", fontSize=15)
    heads = head.encode(x=alt.value(0), y=alt.value(-6 - LINE_HEIGHT * tall), text="criterion:N").transform_filter("datum.row === 0")
    layers = alt.layer(bars, said, _above(base, lift=8, bold=False), heads)
    facet = alt.Facet("column:O", header=alt.Header(title=None, labelExpr="''"))
    cell = layers.properties(width=NARROW, height=alt.Step(62 if tall else 44))
    return cell.facet(facet=facet, columns=1, spacing=20, data=alt.Data(values=[]))  # type: ignore[no-untyped-call]


def alt_contributions(appraisal: Appraisal) -> str:
    """Say in words which criteria bring each option most."""
    parts = []
    for key, label in _options(appraisal):
        points = sorted((appraisal.contributions or {})[key].items(), key=lambda item: -item[1])[:3]
        most = phrases.listed(f"{appraisal.problem.criteria[name].label.lower()} {whole(value)}" for name, value in points)
        parts.append(f"{label}: {whole((appraisal.overall or {})[key].likely)} points in all, most from {most}")
    return f"Points from each criterion for each option. {'. '.join(parts)}."


def _options(appraisal: Appraisal) -> list[tuple[str, str]]:
    return [(key, words.label_of(appraisal.problem, key)) for key in shown_order(appraisal)]


def _names(rows: Rows) -> tuple[str, ...]:
    return tuple({row["row"]: row["name"] for row in rows}.values())
