"""What a consultation says as charts: weights by group with their intervals, agreement, and support for the options."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from partnership_model.analysis.consultation.support import FOR_OR_NOT, THREE_LEVELS
from partnership_model.analysis.overall import whole
from partnership_model.display.charts import (
    BAR,
    BLUE,
    LINE,
    LINE_HEIGHT,
    NARROW,
    NARROW_LABEL,
    NARROW_ROW,
    PALE,
    POINTS_WIDTH,
    ROW,
    WIDTH,
    _above,
    _band,
    axis_names,
    bar_columns,
)
from partnership_model.display.consultation import agreement_words, option_words, words
from partnership_model.display.drawing import Drawing, Rows, alt, template

if TYPE_CHECKING:
    from collections.abc import Sequence

    from partnership_model.analysis.consultation.results import ConsultationResults

BETWEEN = "Between the groups"
MOST_COLUMNS = 5  # groups side by side; more stand in another chart
LETTER = 9  # the width of a bold one
LINES = f"{LINE_HEIGHT} * (length(split(datum.head, '\\n')) - 1)"  # by which a head of several lines is lifted


def side_by_side(results: ConsultationResults) -> list[list[str]]:
    """Divide the groups into those that stand beside each other in one chart and one table."""
    names = list(words.who_says(results))
    return [names[start : start + MOST_COLUMNS] for start in range(0, len(names), MOST_COLUMNS)]


def weights(results: ConsultationResults, names: Sequence[str], *, narrow: bool = False) -> Drawing:
    """Draw what matters to some groups: for each criterion a band, its interval, and a tick at its weight."""
    said = {name: words.who_says(results)[name] for name in names}
    most = max(1, *(point.high for one in words.who_says(results).values() for point in one.points))
    order = words.by_weight(results)
    rows: Rows = []
    for column, (name, one) in enumerate(said.items()):
        points = {point.criterion: point for point in one.points}
        for row, key in enumerate(order):
            point = points[key]
            ends = {end: column + BAR * value / most for end, value in (("low", point.low), ("at", point.weight), ("high", point.high))}
            about = {
                "row": row,
                "name": words.criterion(results, key),
                "column": column,
                "head": _in_lines(name, NARROW_LABEL if narrow else POINTS_WIDTH // LETTER // max(2, len(said)) - 1),
                "start": column,
                "full": column + BAR,
            }
            rows.append({**about, **ends, "said": str(point.weight), "lead": words.counted(results, one.counted, name)})
    described = _alt_weights(results, names)
    if narrow:
        narrowed = [{**row, **{end: row[end] - row["column"] for end in ("start", "full", "low", "at", "high")}} for row in rows]
        return Drawing(_small_bands(), narrowed, described)
    return Drawing(_band_table(tuple(said)), rows, described, axis_names(tuple(words.criterion(results, key) for key in order)))


@template
def _band_table(heads: tuple[str, ...]) -> alt.LayerChart:
    """Build a table of bands: a column for each group."""
    base = alt.Chart().encode(y=_band(narrow=False))
    scale = alt.Scale(domain=[0, len(heads)], nice=False)
    column = POINTS_WIDTH // max(2, len(heads)) - 12
    head = base.mark_text(
        align="left",
        baseline="bottom",
        fontWeight="bold",
        dy=alt.ExprRef(f"-20 - {LINES}"),
        lineBreak="\n",
        lineHeight=LINE_HEIGHT,
        limit=column,
    )
    beside = base.mark_text(align="left", baseline="bottom", dy=-2, fontSize=13)
    at_top = {"x": alt.X("start:Q", scale=scale, axis=None), "y": alt.value(-4)}
    layers = [
        *_bands(base, scale),
        head.encode(**at_top, text="head:N").transform_filter("datum.row === 0"),
        beside.encode(**at_top, text="lead:N").transform_filter("datum.row === 0"),
    ]
    width = POINTS_WIDTH if len(heads) > 2 else WIDTH
    return alt.layer(*layers).properties(width=width, height=alt.Step(40))


def _bands(base: alt.Chart, scale: alt.Scale) -> list[alt.Chart]:
    x = alt.X("start:Q", scale=scale, axis=None)
    return [
        base.mark_bar(height=2, color=LINE).encode(x=x, x2="full:Q"),
        base.mark_bar(height=12, cornerRadius=6, color=PALE).encode(x=alt.X("low:Q", scale=scale, axis=None), x2="high:Q"),
        base.mark_tick(thickness=4, height=20, color=BLUE).encode(x=alt.X("at:Q", scale=scale, axis=None)),
        base.mark_text(align="left", dx=6).encode(x=alt.X("full:Q", scale=scale, axis=None), text="said:N"),
    ]


@template
def _small_bands() -> alt.FacetChart:
    """Build one small chart for each group, one below the other, for narrow screens."""
    base = alt.Chart().encode(y=_band(narrow=True))
    head = base.mark_text(
        align="left", baseline="bottom", fontWeight="bold", dy=alt.ExprRef(f"-{LINES}"), lineBreak="\n", lineHeight=LINE_HEIGHT
    )
    beside = base.mark_text(align="left", baseline="bottom", fontSize=13)
    layers = alt.layer(
        *_bands(base, alt.Scale(domain=[0, 0.75])),
        _above(base, lift=10, bold=False),
        head.encode(x=alt.value(0), y=alt.value(-22), text="head:N").transform_filter("datum.row === 0"),
        beside.encode(x=alt.value(0), y=alt.value(-6), text="lead:N").transform_filter("datum.row === 0"),
    )
    cell = layers.properties(width=NARROW, height=alt.Step(52))
    facet = alt.Facet("column:O", header=alt.Header(title=None, labelExpr="''"))
    return cell.facet(facet=facet, columns=1, spacing=40, data=alt.Data(values=[]))  # type: ignore[no-untyped-call]


def _in_lines(name: str, longest: int) -> str:
    r"""Break a long name at its words.

    >>> _in_lines("Neighbours and the wider community", 18)
    'Neighbours and the\nwider community'
    """
    return "\n".join(textwrap.wrap(name, longest, break_long_words=False)) or name


def _alt_weights(results: ConsultationResults, names: Sequence[str]) -> str:
    parts = []
    for name in names:
        points = words.who_says(results)[name].order
        listed = ", ".join(f"{words.criterion(results, one.criterion)} {one.weight} ({one.low} to {one.high})" for one in points)
        parts.append(f"{name}: {listed}")
    return f"What matters to whom, in weights of 100, with the interval of each. {'. '.join(parts)}."


def agreement(results: ConsultationResults, *, narrow: bool = False) -> Drawing:
    """Draw how far people agree on the order: within each group, between the groups and all together."""
    rows: Rows = []
    found = results.agreement
    named = {f"Within: {name}": value for name, value in found.within.items()}
    named[BETWEEN] = found.between if len(found.within) > 1 else None
    named[words.ALL] = found.together
    for name, value in named.items():
        if value is not None:
            points = whole(100 * value)
            # Of the orders of a few groups W is high by itself: two that have nothing in common have 50.
            says = "" if name == BETWEEN else f": {agreement_words.strength(value)}"
            rows.append({"row": len(rows), "name": name, "high": points, "said": f"{points} of 100{says}"})
    description = f"Agreement on the order of what matters, from 0 to 100. {'. '.join(row['name'] + ' ' + row['said'] for row in rows)}."
    return Drawing(_lengths(narrow=narrow), rows, description, axis_names(tuple(row["name"] for row in rows), narrow=narrow))


@template
def _lengths(*, narrow: bool) -> alt.LayerChart:
    """Build a chart of bars on a scale from 0 to 100, what they say below each."""
    base = alt.Chart().encode(y=_band(narrow=narrow))
    scale = alt.Scale(domain=[0, 100])
    axis = alt.Axis(values=[0, 25, 50, 75, 100], title="0 no common order, 100 all the same")
    track = base.mark_bar(height=2, color=LINE).encode(x=alt.X("least:Q", scale=scale, axis=axis), x2="most:Q")
    bar = base.mark_bar(height=14, color=BLUE).encode(x=alt.X("least:Q", scale=scale), x2="high:Q")
    said = base.mark_text(align="left", baseline="top", dy=12).encode(x=alt.value(0), text="said:N")
    layers = [
        track.transform_calculate(least="0", most="100"),
        bar.transform_calculate(least="0"),
        said,
        *([_above(base, lift=14)] if narrow else []),
    ]
    return alt.layer(*layers).properties(width=NARROW if narrow else WIDTH, height=alt.Step(NARROW_ROW if narrow else ROW))


def support(results: ConsultationResults, *, narrow: bool = False) -> list[Drawing]:
    """Draw what people think of each option: for, neither and against; options for which that shows too few stand apart."""
    shown = [one for one in results.support if one.together]
    drawn = []
    for split in (THREE_LEVELS, FOR_OR_NOT):
        alike = [one for one in shown if (len(one.cells) >= len(THREE_LEVELS)) == (split == THREE_LEVELS)]
        most = max((count for one in alike for count in option_words.in_cells(one, split)), default=0) or 1
        rows: Rows = []
        for row, one in enumerate(alike):
            for column, (cell, count) in enumerate(zip(split, option_words.in_cells(one, split), strict=True)):
                about = {"row": row, "name": words.option(results, one.option), "column": column, "criterion": option_words.level(cell)}
                rows.append({**about, "length": BAR * count / most, "said": str(count)})
        if rows:
            described = " ".join(option_words.in_levels(results, one, split) for one in alike)
            drawn.append(bar_columns(rows, f"What people think of the options. {described}", narrow=narrow))
    return drawn
