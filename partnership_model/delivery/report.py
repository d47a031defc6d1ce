"""Writes the report: one HTML file that needs nothing else, from the blocks of an executed notebook."""

from __future__ import annotations

import re
from importlib import resources
from typing import TYPE_CHECKING, Any

from partnership_model.display.blocks import MIME, TEMPLATES, Block, Figure, Heading, Stamp, from_data, html

if TYPE_CHECKING:
    from pathlib import Path


def blocks_of(notebook: Any) -> tuple[list[Block], dict[int, str]]:  # noqa: ANN401 - a notebook node
    """Read the blocks of an executed notebook, and the drawing of each chart by its place."""
    blocks: list[Block] = []
    drawings: dict[int, str] = {}
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            if MIME not in data:
                continue
            block = from_data(dict(data[MIME]))
            if isinstance(block, Figure) and "image/svg+xml" in data:
                drawings[len(blocks)] = str(data["image/svg+xml"])
            blocks.append(block)
    return blocks, drawings


def write_report(notebook: Any, path: Path) -> None:  # noqa: ANN401 - a notebook node
    """Write the HTML report of an executed notebook."""
    blocks, drawings = blocks_of(notebook)
    title = next((block.text for block in blocks if isinstance(block, Heading) and block.level == 1), "Option appraisal")
    contents = [
        ("summary", "Summary"),
        *((one.anchor, one.text) for one in blocks if isinstance(one, Heading) and one.anchor not in ("", "summary")),
    ]
    stamps = [block.text for block in blocks if isinstance(block, Stamp)]
    style = shipped_style()
    page = TEMPLATES.get_template("report.html.j2").render(
        title=title,
        footer=_in_a_style_sheet(". ".join([title, *stamps])),
        contents=contents,
        stamps=stamps,
        style=style,
        body=html(blocks, drawings),
    )
    path.write_text(page, encoding="utf-8")


def shipped_style() -> str:
    """Give the style sheet that pages and reports share."""
    return resources.files("partnership_model.display").joinpath("static", "page.css").read_text(encoding="utf-8")


def _in_a_style_sheet(text: str) -> str:
    """Keep of a text what may stand between quotation marks in a style sheet."""
    return re.sub(r"[^\w .,:;()£-]", " ", text)
