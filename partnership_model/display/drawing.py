"""What every chart is made from: the theme, and a specification that is built once and filled with rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache, wraps
from typing import TYPE_CHECKING, Any, ParamSpec

import altair as alt

if TYPE_CHECKING:
    from collections.abc import Callable

INK = "#17202a"
FONT = "system-ui, -apple-system, 'Segoe UI', 'DejaVu Sans', sans-serif"
NAMES = "names"  # the name of the text with the names on a chart's axis; it can change without a new specification too
ROWS = "rows"  # the name of a chart's data, by which a chart that is drawn already receives new rows
Rows = list[dict[str, Any]]
Spec = dict[str, Any]
P = ParamSpec("P")


@alt.theme.register("partnership", enable=True)
def _theme() -> alt.theme.ThemeConfig:
    plain = {"labelFontSize": 15, "labelColor": INK, "titleFontSize": 15, "titleColor": INK}
    return {
        "config": {
            "font": FONT,
            "background": "transparent",
            "view": {"stroke": None, "strokeWidth": 0},
            "axis": {
                "grid": False,
                "domain": False,
                "ticks": False,
                "titleFontWeight": "normal",
                "labelLimit": 260,
                "labelPadding": 8,
                **plain,
            },
            "header": {"labelFontSize": 15, "labelColor": INK, "labelFontWeight": "bold", "labelAnchor": "start"},
            "text": {"fontSize": 15, "color": INK},
        },
    }


@dataclass(frozen=True)
class Drawing:
    """A chart: what is the same for all charts of its kind and names, and its own rows and words.

    Attributes:
        template: a Vega-Lite specification that was held against its schema; shared, so it must not be changed.
        rows: what is drawn.
        description: the text alternative.
        names: the names on its axis in one text, where its specification asks for them.
    """

    template: Spec = field(repr=False)
    rows: Rows
    description: str
    names: str = ""

    def to_dict(self) -> Spec:
        """Give the whole specification."""
        named = {"params": [{"name": NAMES, "value": self.names}]} if self.names else {}
        return {**self.template, **named, "data": {"name": ROWS, "values": self.rows}, "description": self.description}


def template(build: Callable[P, alt.LayerChart | alt.FacetChart]) -> Callable[P, Spec]:
    """Build a chart without rows once for the same names; building and checking it takes longer than all else together."""

    @wraps(build)
    def specified(*args: P.args, **kwargs: P.kwargs) -> Spec:
        chart = build(*args, **kwargs)
        chart.data = alt.Data(values=[])  # type: ignore[no-untyped-call]
        return chart.to_dict()

    return lru_cache(maxsize=64)(specified)
