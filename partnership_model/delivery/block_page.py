"""Writes blocks as one HTML page that needs nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partnership_model.delivery.report_html import shipped_style
from partnership_model.delivery.writing import write_whole
from partnership_model.display.blocks import TEMPLATES, Figure, Heading, html

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from partnership_model.display.blocks import Block


def write_page(title: str, made: list[Block], path: Path, narrow: Sequence[Block] = ()) -> None:
    """Write the page, whole or not at all; in the browser's title its finding, the heading of level 1, comes first.

    Args:
        title: what the page is about.
        made: its blocks.
        path: the file.
        narrow: the same blocks with charts for a telephone, where there are any.

    Raises:
        PartnershipError: the disk refuses.
    """
    drawings = {
        place: f'<div class="wide">{one.svg()}</div><div class="narrow">{other.svg()}</div>'
        for place, (one, other) in enumerate(zip(made, narrow, strict=True) if narrow else ())
        if isinstance(one, Figure) and isinstance(other, Figure)
    }
    headings = [one for one in made if isinstance(one, Heading)]
    page = TEMPLATES.get_template("block_page.html.j2").render(
        title=title,
        finding=next((f"{one.text} ({title})" for one in headings if one.level == 1), title),
        contents=[(one.anchor, "Summary" if one.level == 1 else one.text) for one in headings if one.anchor],
        style=shipped_style(),
        body=html(made, drawings),
    )
    write_whole({path: page})
