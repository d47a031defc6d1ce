"""Writes blocks as one HTML page that needs nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partnership_model.delivery.report_html import shipped_style
from partnership_model.delivery.writing import write_whole
from partnership_model.display.blocks import TEMPLATES, Heading, html

if TYPE_CHECKING:
    from pathlib import Path

    from partnership_model.display.blocks import Block


def write_page(title: str, made: list[Block], path: Path) -> None:
    """Write the page, whole or not at all; in the browser's title its finding, the heading of level 1, comes first.

    Raises:
        PartnershipError: the disk refuses.
    """
    contents = [(one.anchor, "Summary" if one.level == 1 else one.text) for one in made if isinstance(one, Heading) and one.anchor]
    finding = next((f"{one.text} ({title})" for one in made if isinstance(one, Heading) and one.level == 1), title)
    page = TEMPLATES.get_template("block_page.html.j2").render(
        title=title, finding=finding, contents=contents, style=shipped_style(), body=html(made)
    )
    write_whole({path: page})
