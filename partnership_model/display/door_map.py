"""The transition map: where a school stands in an option, which doors lead on from there, and which steps have no way back."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

import pandas as pd

from partnership_model.display import fact_words, phrases
from partnership_model.display.charts import BLUE, EDGE
from partnership_model.display.drawing import Drawing, Rows, alt, template

if TYPE_CHECKING:
    from collections.abc import Mapping

    from partnership_model.model.doors import Door, Doors
    from partnership_model.model.problem import DecisionProblem

BROWN = "#8a5300"
OPENING = {
    "open": "Open",
    "associate": "Open as an associate",
    "member": "A full member today",
    "later": "Not yet: joins later",
    "closed": "Closed",
    "unknown": "Not known",
}
BACK = {
    "same": "There is a way back",
    "other": "Way back only as another kind of school",
    "hard": "Way back hard",
    "none": "No way back was found",
    "unknown": "Way back not known",
}
LEGEND = (
    "Unbroken line: there is a way back. Long dashes: the way back is hard, or ends as another kind of school. Dots before a bar: no way "
    "back was found. Sparse dots before a cross: closed. Months are estimates."
)
LINES = {"same": [1, 0], "loss": [14, 6], "none": [3, 4], "closed": [2, 8]}
_LINE = {"same": "same", "other": "loss", "hard": "loss", "unknown": "loss", "none": "none"}
TEXT, GAP = 20, 18  # pixels of a line of text, and between two doors
SIZES = {
    # width, letters of a text line, letters of the box, left ends of box, trunk, arrow and text
    False: {"width": 980, "letters": 78, "box": 21, "box_at": 0, "box_to": 232, "trunk": 268, "arrow": 336, "text": 360},
    True: {"width": 280, "letters": 29, "box": 26, "box_at": 0, "box_to": 280, "trunk": 8, "arrow": 40, "text": 56},
}


def finding(problem: DecisionProblem, found: Doors) -> str:
    """Say how many doors stay open from an option, and whether the school can be again what it is today."""
    name = found.start.school
    here = problem.option(found.option).in_a_sentence
    if not found.doors:
        return f"{name} has no place in {here}, so no door leads on from it"
    count, every = len(found.open), len(found.doors)
    said = f"From {here}, {count} of {phrases.counted(every, 'door')} {'stays' if count == 1 else 'stay'} open to {name}"
    if found.option == "stay":
        final = sum(door.back == "none" for door in found.open)
        return f"{said}, {final} of them with no way back that was found" if final else said
    out = next((door for door in found.doors if door.option == "stay"), None)
    return said + {
        None: "",
        "same": ", and it could be again what it is today",
        "other": ", but out again it would be another kind of school",
        "none": ", and no way back to what it is today was found",
    }.get(out.back if out else None, ", and its way back is not known")


def door_name(problem: DecisionProblem, door: Door) -> str:
    """Name a door; the one to staying is the way out."""
    if door.option == "stay":
        return "Back to what it is today" if door.back == "none" else "Out again, standing alone"
    return problem.option(door.option).label


def opening(door: Door) -> str:
    """Say whether a door is open, and whether that is law yet."""
    said = OPENING[door.opening]
    return said if door.status == "in_force" else f"{said} ({fact_words.STATUS[door.status]})"


def must_agree(door: Door) -> str:
    """Name those who set the step going and those who must agree."""
    consents = f"our own governors; also {door.consents[5:]}" if door.consents.startswith("Also ") else phrases.uncapital(door.consents)
    if not door.applies:
        return f"Must agree: {consents}" if consents else ""
    return f"Decides: {phrases.uncapital(door.applies)}" + (f". Must agree: {consents}" if consents else "")


def _lines(door: Door, found: Doors) -> list[str]:
    """Say of a door what the map shows below its name."""
    if door.opening in ("closed", "unknown", "member"):
        lands = f" After leaving: {phrases.uncapital(found.landing.answer)}." if door.option == "stay" and door.opening == "closed" else ""
        return [f"{opening(door)}: {phrases.uncapital(door.says)}{lands}"]
    months = fact_words.figure(door.months, "months") if door.months else "months not known"
    kept = months.replace("likely ", "likely\u00a0")  # a line does not begin with the number alone
    first = f"{opening(door)}. {phrases.capital(kept)}." + (f" {BACK[door.back]}." if door.option != "stay" else "")
    lands = f"After leaving: {phrases.uncapital(found.landing.answer)}." if door.option == "stay" else ""
    who = must_agree(door)
    return [first, *([lands] if lands else []), *([f"{who}."] if who else [])]


def door_table(problem: DecisionProblem, found: Doors) -> pd.DataFrame:
    """Give the map as a table. Columns: To, Open, Months, Who decides, Who must agree, What a school is then, Way back, Mark."""
    rows = []
    for door in found.doors:
        passable = door.leads_on or door.opening == "later"
        rows.append(
            {
                "To": door_name(problem, door),
                "Open": opening(door) if passable else f"{opening(door)}: {phrases.uncapital(door.says)}",
                "Months": fact_words.figure(door.months, "months") if door.months else "",
                "Who decides": phrases.capital(door.applies),
                "Who must agree": door.consents,
                "What a school is then": door.says if door.option == "stay" and passable else phrases.capital(door.lands),
                "Way back": BACK[door.back] if passable and door.option != "stay" else "",
                "Mark": door.mark + (f": ask {door.ask}" if door.ask else ""),
            }
        )
    return pd.DataFrame(rows)


def alt_doors(problem: DecisionProblem, found: Doors) -> str:
    """Say in words what the map shows."""
    parts = [f"{door_name(problem, door)}. {' '.join(_lines(door, found))}" for door in found.doors]
    return f"Map of the doors that lead on from {problem.option(found.option).in_a_sentence} for {found.start.school}. {' '.join(parts)}"


def chart_doors(problem: DecisionProblem, every: Mapping[str, Doors], start: str, *, narrow: bool = False) -> Drawing:
    """Draw the map from one option for one school.

    On a wide screen the maps of all options are as tall as the tallest, so that another choice only moves what is drawn.

    Args:
        problem: names the options.
        every: the doors from each option, for one school.
        start: the option from which the map is drawn.
        narrow: for the width of a telephone.
    """
    rows = _rows(problem, every[start], narrow=narrow)
    if not narrow:
        tallest = max(_rows(problem, one, narrow=False)[-1]["bottom"] for one in every.values())
        spare = tallest - rows[-1]["bottom"]
        rows = _rows(problem, every[start], narrow=False, gap=GAP + spare / max(1, len(every) - 2))
    return Drawing(_map(rows[-1]["bottom"], narrow=narrow), rows, alt_doors(problem, every[start]))


def _rows(problem: DecisionProblem, found: Doors, *, narrow: bool, gap: float = GAP) -> Rows:
    """Give what is drawn, with its place in pixels: the box where one stands, the trunk, and a line, an end and a text for each door."""
    size = SIZES[narrow]
    option = problem.option(found.option)
    here = textwrap.wrap(option.label, size["box"])
    what = phrases.capital(found.here) or ("As it is today" if found.option == "stay" else "In law still what it is today")
    more = textwrap.wrap(what, size["box"])
    box = TEXT * (len(here) + len(more)) + 2 * GAP
    top: float = box + GAP if narrow else 0
    doors: Rows = []
    for door in found.doors:
        name = textwrap.wrap(door_name(problem, door), size["letters"] - 4)
        said = [part for line in _lines(door, found) for part in textwrap.wrap(line, size["letters"])]
        line = _LINE[door.back] if door.leads_on else "closed"
        at = {"y": top + TEXT // 2, "line": line, "kind": "door"}
        doors.append(at | {"name": "\n".join(name), "name_y": top, "said": "\n".join(said), "said_y": top + TEXT * len(name)})
        top += TEXT * (len(name) + len(said)) + gap
    middle = (doors[0]["y"] + doors[-1]["y"]) / 2 if doors else 0
    box_top = 0 if narrow else max(0, middle - box / 2)
    first = box if narrow else (doors[0]["y"] if doors else 0)
    name_y = box_top + GAP
    place = {"kind": "here", "name": "\n".join(here), "name_y": name_y, "said": "\n".join(more), "said_y": name_y + TEXT * len(here)}
    stands = place | {"box": box_top, "box_to": box_top + box, "trunk": first, "trunk_to": doors[-1]["y"] if doors else first, "y": middle}
    blank: dict[str, Any] = {"line": "", "box": 0, "box_to": 0, "trunk": 0, "trunk_to": 0}
    bottom = round(max(top - gap, box_top + box))
    return [{**blank, **row, "bottom": bottom} for row in [stands, *doors]]


@template
def _map(height: float, *, narrow: bool) -> alt.LayerChart:
    """Build the map; every place is given in pixels, so that rows of any height can stand below each other."""
    size = SIZES[narrow]
    y, name_y, said_y = (alt.Y(f"{name}:Q", scale=None, axis=None) for name in ("y", "name_y", "said_y"))
    base = alt.Chart()
    here, doors = "datum.kind === 'here'", "datum.kind === 'door'"
    box = base.mark_rect(fill="white", stroke=BLUE, strokeWidth=2, cornerRadius=8).encode(
        x=alt.value(size["box_at"] + 1), x2=alt.value(size["box_to"] - 1), y=alt.Y("box:Q", scale=None, axis=None), y2="box_to:Q"
    )
    trunk = base.mark_rule(color=EDGE, strokeWidth=2).encode(
        x=alt.value(size["trunk"]), y=alt.Y("trunk:Q", scale=None, axis=None), y2="trunk_to:Q"
    )
    joint = base.mark_rule(color=EDGE, strokeWidth=2).encode(x=alt.value(size["box_to"]), x2=alt.value(size["trunk"]), y=y)
    styles = {"domain": list(LINES), "range": [BLUE, BLUE, BROWN, EDGE]}
    colour = alt.Color("line:N", scale=alt.Scale(**styles), legend=None)
    dash = alt.StrokeDash("line:N", scale=alt.Scale(domain=list(LINES), range=list(LINES.values())), legend=None)
    branch = base.mark_rule(strokeWidth=4).encode(
        x=alt.value(size["trunk"]), x2=alt.value(size["arrow"]), y=y, color=colour, strokeDash=dash
    )
    ends = alt.Shape("line:N", scale=alt.Scale(domain=list(LINES), range=[ARROW, ARROW, ONE_WAY, CROSS]), legend=None)
    end = base.mark_point(size=160, opacity=1, strokeWidth=3).encode(x=alt.value(size["arrow"] + 4), y=y, shape=ends, color=colour)
    name = base.mark_text(align="left", baseline="top", lineBreak="\n", lineHeight=TEXT, fontWeight="bold", fontSize=16)
    said = base.mark_text(align="left", baseline="top", lineBreak="\n", lineHeight=TEXT)
    inside, beside = alt.value(size["box_at"] + 14), alt.value(size["text"])
    layers = [
        trunk.transform_filter(here),
        *([] if narrow else [joint.transform_filter(here)]),
        branch.transform_filter(doors),
        end.transform_filter(doors),
        box.transform_filter(here),
        *(
            mark.encode(x=at, y=place, text=f"{text}:N").transform_filter(which)
            for which, at in ((here, inside), (doors, beside))
            for mark, place, text in ((name, name_y, "name"), (said, said_y, "said"))
        ),
    ]
    return alt.layer(*layers).properties(width=size["width"], height=height)


ARROW = "M-.7,-.7L.5,0L-.7,.7Z"
ONE_WAY = "M-.7,-.7L.5,0L-.7,.7ZM.8,-.9L.8,.9"
CROSS = "M-.6,-.6L.6,.6M-.6,.6L.6,-.6"
