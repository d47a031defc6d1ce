"""Charts drawn into a page itself, so that they are there to look at before any widget wakes."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from partnership_model.display.pages import page_of

if TYPE_CHECKING:
    from typing import Any

    from partnership_model.display.exploration import Exploration

_PLACE = re.compile(r'data-chart="([^"]*)">(?=</div>)')


def drawn_page(state: Exploration) -> str:
    """Write the page of a state with its charts drawn, for wide and for narrow screens.

    Each has the size of the living chart that takes its place. Nothing here may run in a process that is forked later: the
    drawing library does not survive it.
    """
    page = page_of(state)
    narrow = page_of(replace(state, narrow=True)).charts

    def drawn(place: re.Match[str]) -> str:
        return f"{place[0]}{_drawn(page.charts[place[1]], 'for-wide')}{_drawn(narrow[place[1]], 'for-narrow')}"

    return _PLACE.sub(drawn, page.html)


def _drawn(spec: dict[str, Any], width: str) -> str:
    """Draw a chart; those who hear the page have its text alternative, which stands on the chart's place."""
    import vl_convert  # noqa: PLC0415 - some 70 MB that only those who draw here should pay

    return vl_convert.vegalite_to_svg(spec).replace('class="marks"', f'class="marks {width}" aria-hidden="true"', 1)
