"""The chart of cost beside score: a lettered dot an option."""

from __future__ import annotations

import string
from typing import TYPE_CHECKING

from partnership_model.analysis.overall import whole
from partnership_model.display import phrases, words
from partnership_model.display.charts import BLUE, LINE
from partnership_model.display.drawing import Drawing, Rows, alt, template

if TYPE_CHECKING:
    from collections.abc import Mapping

    from partnership_model.knowledge.schema import Range
    from partnership_model.model.problem import DecisionProblem

COST_WIDTH, HEIGHT = 600, 360


def letter(place: int) -> str:
    """Name a dot by a letter, or by a number after the alphabet.

    >>> letter(0), letter(26)
    ('A', '27')
    """
    return string.ascii_uppercase[place] if place < len(string.ascii_uppercase) else str(place + 1)


@template
def _dots() -> alt.LayerChart:
    """Build dots with a letter beside each, cost to the right and worth upwards; letters change sides, so that near ones are read."""
    base = alt.Chart()
    scale = alt.Scale(domain=[0, 100])
    worth = alt.Y("worth:Q", scale=scale, axis=alt.Axis(values=[0, 25, 50, 75, 100], grid=True, title="Worth without cost"))
    cost = alt.X(
        "cost:Q",
        scale=alt.Scale(padding=28),
        axis=alt.Axis(format=",.0f", tickCount=5, title="Likely cost over five years in pounds (below 0: a saving)"),
    )
    nothing = base.mark_rule(color=LINE, strokeWidth=2).encode(x=alt.datum(0))
    dots = base.mark_circle(size=90, color=BLUE, opacity=1).encode(x=cost, y=worth)
    right = base.mark_text(align="left", dx=9, fontWeight="bold").encode(x=cost, y=worth, text="letter:N")
    left = base.mark_text(align="right", dx=-9, fontWeight="bold").encode(x=cost, y=worth, text="letter:N")
    layers = [nothing, dots, left.transform_filter("datum.row % 2 === 0"), right.transform_filter("datum.row % 2 === 1")]
    return alt.layer(*layers).properties(width=COST_WIDTH, height=HEIGHT)


def chart_cost_against_worth(problem: DecisionProblem, costs: Mapping[str, float], worths: Mapping[str, Range]) -> Drawing:
    """Draw what each option costs the group and what it is worth without that; what costs nobody knows how much is left out."""
    rows: Rows = []
    said = []
    for place, (key, worth) in enumerate(worths.items()):
        if key not in costs:
            said.append(f"{words.label_of(problem, key)}: cost not known, worth {whole(worth.likely)}")
            continue
        cost = costs[key]
        rows.append({"row": place, "letter": letter(place), "cost": cost, "worth": worth.likely})
        said.append(f"{letter(place)}, {words.label_of(problem, key)}: {phrases.pounds(whole(cost))}, worth {whole(worth.likely)}")
    return Drawing(_dots(), rows, f"What each option costs the group over five years, and what it is worth of 100. {'. '.join(said)}.")
