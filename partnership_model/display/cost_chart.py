"""The chart of cost beside score: a lettered dot an option, and a line from its lowest to its highest cost."""

from __future__ import annotations

import string
from typing import TYPE_CHECKING

from partnership_model.analysis.overall import whole
from partnership_model.display import phrases, words
from partnership_model.display.charts import BLUE, LINE, WIDTH
from partnership_model.display.drawing import Drawing, Rows, alt, template

if TYPE_CHECKING:
    from collections.abc import Mapping

    from partnership_model.knowledge.schema import Range
    from partnership_model.model.problem import DecisionProblem

HEIGHT = 300


def letter(place: int) -> str:
    """Name a dot by a letter, or by a number after the alphabet.

    >>> letter(0), letter(26)
    ('A', '27')
    """
    return string.ascii_uppercase[place] if place < len(string.ascii_uppercase) else str(place + 1)


@template
def _dots() -> alt.LayerChart:
    """Build dots with a letter, cost to the right and worth upwards."""
    base = alt.Chart()
    worth = alt.Y(
        "worth:Q", scale=alt.Scale(domain=[0, 100]), axis=alt.Axis(values=[0, 25, 50, 75, 100], grid=True, title="Worth without cost")
    )
    cost = alt.Axis(format=",.0f", tickCount=5, title="Cost over five years in pounds (below 0: a saving)")
    nothing = base.mark_rule(color=LINE, strokeWidth=2).encode(x=alt.datum(0))
    spread = base.mark_rule(color=BLUE, opacity=0.35, strokeWidth=3).encode(x=alt.X("low:Q", axis=cost), x2="high:Q", y=worth)
    dots = base.mark_circle(size=420, color=BLUE, opacity=1).encode(x=alt.X("cost:Q", axis=cost), y=worth)
    named = base.mark_text(color="white", fontWeight="bold", fontSize=13).encode(x=alt.X("cost:Q", axis=cost), y=worth, text="letter:N")
    return alt.layer(nothing, spread, dots, named).properties(width=WIDTH, height=HEIGHT)


def chart_cost_against_worth(problem: DecisionProblem, costs: Mapping[str, Range], worths: Mapping[str, Range]) -> Drawing:
    """Draw what each option costs the group and what it is worth without that; what costs nobody knows how much is left out."""
    rows: Rows = []
    said = []
    for place, (key, worth) in enumerate(worths.items()):
        if key not in costs:
            said.append(f"{words.label_of(problem, key)}: cost not known, worth {whole(worth.likely)}")
            continue
        cost = costs[key]
        rows.append({"letter": letter(place), "low": cost.low, "cost": cost.likely, "high": cost.high, "worth": worth.likely})
        said.append(f"{letter(place)}, {words.label_of(problem, key)}: {phrases.pounds(whole(cost.likely))}, worth {whole(worth.likely)}")
    return Drawing(_dots(), rows, f"What each option costs the group over five years, and what it is worth of 100. {'. '.join(said)}.")
