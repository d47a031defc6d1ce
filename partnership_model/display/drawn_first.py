"""Charts drawn into a page itself, so that they are there to look at before any widget wakes."""

from __future__ import annotations

import re
from typing import Any

Charts = dict[str, dict[str, Any]]
_PLACE = re.compile(r'data-chart="([^"]*)">(?=</div>)')


def with_charts(html: str, wide: Charts, narrow: Charts) -> str:
    """Draw a page's charts into it, for wide and for narrow screens; each has the size of the living chart that takes its place.

    Nothing here may run in a process that is forked later: the drawing library does not survive it.
    """

    def drawn(place: re.Match[str]) -> str:
        return f"{place[0]}{_drawn(wide[place[1]], 'for-wide')}{_drawn(narrow[place[1]], 'for-narrow')}"

    return _PLACE.sub(drawn, html)


def _drawn(spec: dict[str, Any], width: str) -> str:
    """Draw a chart; those who hear the page have its text alternative, which stands on the chart's place."""
    import vl_convert  # noqa: PLC0415 - some 70 MB that only those who draw here should pay

    return vl_convert.vegalite_to_svg(spec).replace('class="marks"', f'class="marks {width}" aria-hidden="true"', 1)
