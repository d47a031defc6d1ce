"""The weights of two states as pairs of marks, one row a criterion: a dot for ours, a diamond for theirs, a line between."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partnership_model.analysis.overall import whole
from partnership_model.display.charts import BLUE, EDGE, NARROW, WIDTH, _above, _band
from partnership_model.display.drawing import Drawing, Rows, alt, template

if TYPE_CHECKING:
    from collections.abc import Mapping

    from partnership_model.analysis.side_by_side import SideBySide

OURS = "Ours"
LONGEST_NAME = 24  # letters in the key above the chart
ROW, NARROW_ROW = 44, 68
GAP = 12  # between a mark and its number
BROWN = "#8a5300"


@template
def _pairs(labels: tuple[str, ...], name: str, *, narrow: bool) -> alt.LayerChart:
    """Build a chart of pairs of marks with their numbers, and a key above it."""
    base = alt.Chart().encode(y=_band(labels, narrow=narrow))
    scale = alt.Scale(domainMin=0, nice=True)
    axis = alt.Axis(title="Points of 100", tickCount=5)
    line = base.mark_bar(height=3, color=EDGE).encode(x=alt.X("low:Q", scale=scale, axis=axis), x2="high:Q")
    ours = base.mark_point(shape="circle", size=190, filled=True, opacity=1, color=BLUE).encode(x=alt.X("ours:Q", scale=scale))
    theirs = base.mark_point(shape="diamond", size=190, filled=True, opacity=1, fill="white", stroke=BROWN, strokeWidth=3).encode(
        x=alt.X("theirs:Q", scale=scale)
    )
    left = base.mark_text(align="right", dx=-GAP).encode(x=alt.X("low:Q", scale=scale), text="low_said:N")
    right = base.mark_text(align="left", dx=GAP).encode(x=alt.X("high:Q", scale=scale), text="high_said:N")
    layers = [line, theirs, ours, left, right, *_key(name), *([_above(base, lift=14)] if narrow else [])]
    return alt.layer(*layers).properties(width=NARROW if narrow else WIDTH, height=alt.Step(NARROW_ROW if narrow else ROW))


def _key(name: str) -> list[alt.Chart]:
    """Say above the chart which mark is whose."""
    found = []
    for at, said, shape, fill, edge in ((8, OURS, "circle", BLUE, BLUE), (88, name, "diamond", "white", BROWN)):
        one = alt.Chart(alt.Data(values=[{"said": said}]))  # type: ignore[no-untyped-call]
        mark = one.mark_point(shape=shape, size=190, filled=True, opacity=1, fill=fill, stroke=edge, strokeWidth=3)
        text = one.mark_text(align="left", dx=GAP)
        found += [mark.encode(x=alt.value(at), y=alt.value(-24)), text.encode(x=alt.value(at), y=alt.value(-24), text="said:N")]
    return found


def chart_weights(found: SideBySide, labels: Mapping[str, str], name: str, *, narrow: bool = False) -> Drawing:
    """Draw the weights of two states in which somebody has weighed."""
    rows: Rows = []
    for row, (key, (one, other)) in enumerate(found.weights.items()):
        ours, theirs = one or 0.0, other or 0.0
        low, high = min(ours, theirs), max(ours, theirs)
        # Of two marks in one place one number is enough.
        low_said = "" if whole(low) == whole(high) else str(whole(low))
        rows.append(
            {
                "row": row,
                "name": labels[key],
                "ours": ours,
                "theirs": theirs,
                "low": low,
                "high": high,
                "low_said": low_said,
                "high_said": str(whole(high)),
            }
        )
    short = name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"
    return Drawing(_pairs(tuple(labels[key] for key in found.weights), short, narrow=narrow), rows, alt_weights(found, labels, name))


def alt_weights(found: SideBySide, labels: Mapping[str, str], name: str) -> str:
    """Say in words what the chart shows."""
    parts = [f"{labels[key]}: {whole(one or 0.0)} here, {whole(other or 0.0)} for {name}" for key, (one, other) in found.weights.items()]
    return f"Weights in points of 100, ours and those of {name}. {'. '.join(parts)}."
