"""Charts of one weight that moves, as lines, and of two that move together, as a map of who leads."""

from __future__ import annotations

import json
import textwrap
from typing import TYPE_CHECKING

from partnership_model.analysis.overall import whole
from partnership_model.analysis.two_way import Leading, TwoWay, centre
from partnership_model.display import phrases, words
from partnership_model.display.charts import EDGE, LINE, NARROW, PALE, WIDTH
from partnership_model.display.drawing import INK, Drawing, Rows, alt, template

if TYPE_CHECKING:
    from collections.abc import Iterable

    from partnership_model.analysis.appraisal import Appraisal
    from partnership_model.analysis.two_way import OneWay, Polygon, Region

HEIGHT = 330
LEAD = "#0b5394"
LETTER = 7.6  # the width of a letter, in pixels
LINES = 18  # the height of a line of a key, in pixels
GAP = 6.0  # points between two names at the ends of lines
ARM = 5.0  # from the end of a line to its name, on the scale of weights
LEVEL = 0.5  # points: what is nearer comes to the same whole number
LONGEST, KEY = 42, 31  # letters of a name, and of a key on a telephone, in one line


def chart_one_way(appraisal: Appraisal, found: OneWay, *, narrow: bool = False) -> Drawing:
    """Draw every option's overall value over one weight: who leads bold, the weight now and where the lead changes marked.

    On a narrow screen lines end in numbers, and the names stand below.
    """
    names = {option: words.label_of(appraisal.problem, option) for option in found.lines}
    rows = [*_lines(found), *_leads(found), *_ends(found, names, narrow=narrow)]
    level = ": level" if len(in_front_now(appraisal, found)) > 1 else ""
    rows.append({"kind": "now", "x": 100 * found.current, "said": f"now {whole(100 * found.current)}{level}"})
    if narrow:
        rows.append({"kind": "key", "said": _key_said(f"{place}: {name}" for place, name in enumerate(names.values(), 1))})
    title = f"Weight of {appraisal.problem.criteria[found.criterion].label.lower()}, of 100"
    return Drawing(_line_chart(title, narrow=narrow), rows, alt_one_way(appraisal, found))


def _lines(found: OneWay) -> Rows:
    return [
        {"kind": "line", "row": row, "x": x, "y": y}
        for row, (at_zero, at_one) in enumerate(found.lines.values())
        for x, y in ((0, at_zero), (100, at_one))
    ]


def _leads(found: OneWay) -> Rows:
    """Give the stretch of its line on which each leads, and the points at which the lead changes."""
    rows: Rows = []
    written = -GAP
    for place, one in enumerate(found.leading):
        at_zero, at_one = found.lines[one.options[0]]
        ends = [(100 * at, at_zero + at * (at_one - at_zero)) for at in (one.lowest, one.highest)]
        rows += [{"kind": "lead", "row": place, "x": x, "y": y} for x, y in ends]
        if place:
            x, y = ends[0]
            near = x - written < GAP
            rows.append({"kind": "switch", "x": x, "y": y, "said": "" if near else words.at_most(one.lowest)})
            written = written if near else x
    return rows


def _ends(found: OneWay, names: dict[str, str], *, narrow: bool) -> Rows:
    """Give each line's name beside its right end, moved apart where two would cover each other."""
    leading = {option for one in found.leading for option in one.options}
    order = sorted(found.lines, key=lambda option: found.lines[option][1])
    gap = min(GAP, 100 / max(len(order) - 1, 1))
    places: list[float] = []
    for option in order:
        places.append(max(found.lines[option][1], places[-1] + gap if places else 0.0))
    most = 100.0
    for place in reversed(range(len(places))):
        places[place] = min(places[place], most)
        most = places[place] - gap
    rows: Rows = []
    for option, at in zip(order, places, strict=True):
        row = list(found.lines).index(option)
        said = str(row + 1) if narrow else textwrap.shorten(names[option], LONGEST, placeholder="…") or names[option][:LONGEST]
        rows += [{"kind": "arm", "row": row, "x": 100, "y": found.lines[option][1]}, {"kind": "arm", "row": row, "x": 100 + ARM, "y": at}]
        rows.append({"kind": "bold" if option in leading else "name", "x": 100 + ARM, "y": at, "said": said})
    return rows


def _key_said(lines: Iterable[str]) -> str:
    """Write the lines of a key, long ones in several."""
    return "\n".join(part for line in lines for part in textwrap.wrap(line, KEY, subsequent_indent="     ") or [line])


@template
def _line_chart(title: str, *, narrow: bool) -> alt.LayerChart:
    base = alt.Chart()
    scale = alt.Scale(domain=[0, 100 + ARM], nice=False)
    x = alt.X("x:Q", scale=scale, axis=alt.Axis(values=[0, 25, 50, 75, 100], title=title))
    y = alt.Y(
        "y:Q",
        scale=alt.Scale(domain=[0, 100]),
        axis=alt.Axis(values=[0, 25, 50, 75, 100], title="Overall value", grid=True, gridColor=LINE),
    )
    thin = base.mark_line(color=EDGE, strokeWidth=1.5).encode(x=x, y=y, detail="row:N")
    arms = base.mark_line(color=EDGE, strokeWidth=1, strokeDash=[2, 2]).encode(x=x, y=y, detail="row:N")
    bold = base.mark_line(color=LEAD, strokeWidth=5).encode(x=x, y=y, detail="row:N")
    now = base.mark_rule(color=INK, strokeDash=[6, 4], strokeWidth=2).encode(x=x)
    now_said = base.mark_text(align="left", baseline="bottom", dy=-4).encode(x=x, y=alt.value(0), text="said:N")
    dots = base.mark_circle(size=90, color=INK, opacity=1).encode(x=x, y=y)
    dots_said = base.mark_text(baseline="bottom", dy=-8, fontWeight="bold").encode(x=x, y=y, text="said:N")
    ground = dots_said.mark_text(baseline="bottom", dy=-8, fontWeight="bold", stroke="white", strokeWidth=6, strokeJoin="round")
    names = base.mark_text(align="left", dx=4).encode(x=x, y=y, text="said:N")
    bold_names = base.mark_text(align="left", dx=4, fontWeight="bold").encode(x=x, y=y, text="said:N")
    kinds = [(thin, "line"), (arms, "arm"), (bold, "lead"), (now, "now"), (now_said, "now"), (dots, "switch")]
    kinds += [(ground, "switch"), (dots_said, "switch")]
    kinds += [(names, "name"), (bold_names, "bold"), *([(_key(HEIGHT), "key")] if narrow else [])]
    layers = [mark.transform_filter(f"datum.kind === {json.dumps(kind)}") for mark, kind in kinds]
    return alt.layer(*layers).properties(width=NARROW - 20 if narrow else WIDTH, height=HEIGHT)


def _key(height: int) -> alt.Chart:
    """Write lines below a chart."""
    key = alt.Chart().mark_text(align="left", baseline="top", lineBreak="\n", lineHeight=LINES, fontSize=15)
    return key.encode(x=alt.value(-50), y=alt.value(height + 52), text="said:N")


def alt_one_way(appraisal: Appraisal, found: OneWay) -> str:
    """Say in words what the lines show."""
    name = appraisal.problem.criteria[found.criterion].label.lower()
    ends = (
        f"{words.label_of(appraisal.problem, option)}: {whole(at_zero)} to {whole(at_one)}"
        for option, (at_zero, at_one) in found.lines.items()
    )
    return (
        f"Overall value of each option as the weight of {name} goes from 0 to 100, now {whole(100 * found.current)}. "
        f"{'. '.join(ends)}. {leading_said(appraisal, found)}"
    )


def leading_said(appraisal: Appraisal, found: OneWay) -> str:
    """Say who leads from which weight to which."""
    name = appraisal.problem.criteria[found.criterion].label.lower()
    shown = stretches(found)
    if len(shown) == 1:
        return f"Whatever the weight of {name}, {_lead(appraisal, shown[0].options)}.{_now_said(appraisal, found)}"
    parts = []
    for one in shown:
        lead = _lead(appraisal, one.options)
        if one.highest == 1:
            parts.append(f"above {words.at_most(one.lowest)} {lead}")
        elif one.lowest == 0:
            parts.append(f"up to {words.at_most(one.highest)} {lead}")
        else:
            parts.append(f"from {words.at_most(one.lowest)} to {words.at_most(one.highest)} {lead}")
    return f"With a weight of {name} {'; '.join(parts)}.{_now_said(appraisal, found)}"


def _now_said(appraisal: Appraisal, found: OneWay) -> str:
    """Say who is level at the weight now, where a lead is too small to be called one."""
    front = in_front_now(appraisal, found)
    if len(front) == 1:
        return ""
    return f" At the weight now, {whole(100 * found.current)}, {words.labels(appraisal.problem, front)} are level."


def in_front_now(appraisal: Appraisal, found: OneWay | TwoWay) -> list[str]:
    """Give who is in front at the weights now: whoever leads, and whoever comes to the same whole number."""
    if isinstance(found, TwoWay):
        now = set(found.now)
    else:
        now = {option for one in found.leading if one.lowest <= found.current <= one.highest for option in one.options}
    first = now | set(appraisal.leaders)
    return [option for option in appraisal.values.options if option in first]


def stretches(found: OneWay) -> tuple[Leading, ...]:
    """Give who leads, or is level in front, from which weight to which; where the same are level a change of the lead is none."""
    shown: list[Leading] = []
    for one in found.leading:
        level = level_on(found, one)
        if shown and shown[-1].options == level:
            shown[-1] = Leading(shown[-1].lowest, one.highest, level)
        else:
            shown.append(Leading(one.lowest, one.highest, level))
    return tuple(shown)


def level_on(found: OneWay, one: Leading) -> tuple[str, ...]:
    """Give who leads on a stretch of weights, and whoever is less than half a point behind all along it."""

    def behind(option: str, at: float) -> float:
        ends = (found.lines[one.options[0]], found.lines[option])
        lead, other = (at_zero + at * (at_one - at_zero) for at_zero, at_one in ends)
        return lead - other

    near = {option for option in found.lines if max(behind(option, at) for at in (one.lowest, one.highest)) < LEVEL}
    return tuple(option for option in found.lines if option in {*near, *one.options})


def _lead(appraisal: Appraisal, options: tuple[str, ...]) -> str:
    names = words.labels(appraisal.problem, options)
    return f"{names} {'leads' if len(options) == 1 else 'are level in front'}"


def chart_two_way(appraisal: Appraisal, found: TwoWay, *, narrow: bool = False) -> Drawing:
    """Draw who leads at each pair of weights: regions with dark borders, each with its name, or its number and the name below."""
    size = NARROW - 20 if narrow else HEIGHT
    names = [" and ".join(words.label_of(appraisal.problem, option) for option in one.options) for one in found.regions]
    rows: Rows = []
    key = []
    for row, (region, name) in enumerate(zip(found.regions, names, strict=True)):
        now = set(region.options) <= set(in_front_now(appraisal, found))
        rows += [
            {"kind": "now-region" if now else "region", "row": row, "corner": corner, "x": 100 * x, "y": 100 * y}
            for corner, (x, y) in enumerate(region.polygon)
        ]
        x, y = centre(region.polygon)
        fits = _room(region.polygon, y) * size > LETTER * len(name) + 8
        place = appraisal.values.row(region.options[0]) + 1
        rows.append({"kind": "name", "x": 100 * x, "y": 100 * y, "said": name if fits else str(place)})
        key += [] if fits else [f"{place}: {name}"]
    across, up = found.current
    rows.append({"kind": "now", "x": 100 * across, "y": 100 * up})
    key.append(f"Dot: the weights now, {whole(100 * across)} and {whole(100 * up)}")
    rows.append({"kind": "key", "said": _key_said(key)})
    titles = tuple(f"Weight of {appraisal.problem.criteria[name].label.lower()}, of 100" for name in (found.across, found.up))
    return Drawing(_map(titles, size=size), rows, alt_two_way(appraisal, found))


def _room(polygon: Polygon, height: float) -> float:
    """Give how wide a polygon is at a height."""
    crossed = []
    for place, (x, y) in enumerate(polygon):
        before_x, before_y = polygon[place - 1]
        if (y - height) * (before_y - height) < 0:
            crossed.append(before_x + (height - before_y) / (y - before_y) * (x - before_x))
    return max(crossed) - min(crossed) if crossed else 0.0


@template
def _map(titles: tuple[str, str], *, size: int) -> alt.LayerChart:
    base = alt.Chart()
    scale = alt.Scale(domain=[0, 100], nice=False)
    ticks = [0, 25, 50, 75, 100]
    x = alt.X("x:Q", scale=scale, axis=alt.Axis(values=ticks, title=titles[0]))
    y = alt.Y("y:Q", scale=scale, axis=alt.Axis(values=ticks, title=titles[1]))
    layers = []
    for kind, fill in (("region", "white"), ("now-region", PALE)):
        shape = base.mark_line(interpolate="linear-closed", fill=fill, fillOpacity=1, stroke=INK, strokeWidth=1.5, strokeJoin="round")
        layers.append(shape.encode(x=x, y=y, detail="row:N", order="corner:Q").transform_filter(f"datum.kind === {json.dumps(kind)}"))
    dot = base.mark_circle(size=110, color=INK, opacity=1, stroke="white", strokeWidth=2).encode(x=x, y=y)
    name = base.mark_text(fontWeight="bold").encode(x=x, y=y, text="said:N")
    marks = ((name, "name"), (dot, "now"), (_key(size), "key"))
    layers += [mark.transform_filter(f"datum.kind === {json.dumps(kind)}") for mark, kind in marks]
    return alt.layer(*layers).properties(width=size, height=size)


def alt_two_way(appraisal: Appraisal, found: TwoWay) -> str:
    """Say in words what the map shows."""
    return (
        f"Map of who leads at each pair of weights of {pair_said(appraisal, found)}, from 0 to 100, the other criteria keeping their "
        f"proportions. {regions_said(appraisal, found)}"
    )


def pair_said(appraisal: Appraisal, found: TwoWay) -> str:
    """Name the two criteria."""
    return phrases.listed(appraisal.problem.criteria[name].label.lower() for name in (found.across, found.up))


def regions_said(appraisal: Appraisal, found: TwoWay) -> str:
    """Say on how much of the map each leads, the most first."""
    if len(found.regions) == 1:
        return f"{phrases.capital(_lead(appraisal, found.regions[0].options))} all over the map."
    first, *rest = by_share(found)
    said = f"{phrases.capital(_lead(appraisal, first.options))} on {phrases.of_hundred(first.share)} parts of the map"
    others = [f"{words.labels(appraisal.problem, one.options)} on {phrases.of_hundred(one.share)}" for one in rest]
    return f"{said}, {phrases.listed(others)}."


def by_share(found: TwoWay) -> list[Region]:
    """Give the regions, the largest first."""
    return sorted(found.regions, key=lambda one: -one.share)
