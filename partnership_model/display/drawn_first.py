"""Charts drawn into a page itself, so that they are there to look at before any widget wakes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from partnership_model.display.pages import Page

_PLACE = re.compile(r'data-chart="([^"]*)">(?=</div>)')


def for_both_widths(wide: Page, narrow: Page, case: str) -> str:
    """Write a page as it is on wide and on narrow screens, of which a browser shows one; once where there is no difference.

    Args:
        wide: the page for wide screens.
        narrow: the same for narrow ones.
        case: the name under which the browser keeps what was chosen.
    """
    if (wide.html, wide.charts) == (narrow.html, narrow.charts):
        return f'<div class="pm" data-case="{case}">{wide.html}</div>'
    return "".join(
        f'<div class="pm for-{width}" data-case="{case}">{_with_charts(page, width)}</div>'
        for page, width in ((wide, "wide"), (narrow, "narrow"))
    )


def _with_charts(page: Page, width: Literal["wide", "narrow"]) -> str:
    """Draw a page's charts into it; each has the size of the living chart that takes its place.

    Nothing here may run in a process that is forked later: the drawing library does not survive it.
    """
    return _PLACE.sub(lambda place: f"{place[0]}{_drawn(page.charts[place[1]], width)}", page.html)


def _drawn(spec: dict[str, Any], width: str) -> str:
    """Draw a chart; those who hear the page have its text alternative, which stands on the chart's place."""
    import vl_convert  # noqa: PLC0415 - some 70 MB that only those who draw here should pay

    return vl_convert.vegalite_to_svg(spec).replace('class="marks"', f'class="marks for-{width}" aria-hidden="true"', 1)
