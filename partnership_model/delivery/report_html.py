"""Writes a report as one HTML file that needs nothing else."""

from __future__ import annotations

import re
from importlib import resources
from typing import TYPE_CHECKING

from partnership_model.display.blocks import TEMPLATES, Heading, Table, html

if TYPE_CHECKING:
    from pathlib import Path

    from partnership_model.delivery.report import Report


def write_html(report: Report, path: Path) -> None:
    """Write the HTML of a report."""
    headings = [block for block in report.blocks if isinstance(block, Heading)]
    contents = [("summary", "Summary"), *((one.anchor, one.text) for one in headings if one.anchor not in ("", "summary"))]
    page = TEMPLATES.get_template("report.html.j2").render(
        title=report.title,
        footer=_in_a_style_sheet(report.foot),
        contents=contents,
        stamps=report.stamps,
        style=shipped_style(),
        body=html(list(report.blocks), dict(report.drawings), slim=True),
        widest=max((len(block.columns) for block in report.blocks if isinstance(block, Table)), default=0),
    )
    path.write_text(page, encoding="utf-8")


def shipped_style() -> str:
    """Give the style sheet that pages and reports share."""
    return resources.files("partnership_model.display").joinpath("static", "page.css").read_text(encoding="utf-8")


def _in_a_style_sheet(text: str) -> str:
    """Keep of a text what may stand between quotation marks in a style sheet."""
    return re.sub(r"[^\w .,:;()£-]", " ", text)
