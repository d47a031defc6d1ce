"""Writes the board paper: two pages of A4 as PDF, and the same as a web page and a Word document."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING, Any

from partnership_model.delivery.report_html import shipped_style
from partnership_model.delivery.typesetting import compiled, counted_pages, shown_data, template
from partnership_model.display.blocks import TEMPLATES, Bullets, Heading, Paragraph, Stamp, Table, html

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from partnership_model.delivery.report import Report
    from partnership_model.display.blocks import Block

PAGES = 2
SIZES = (11.0, 10.5, 10.0, 9.5, 9.0)  # points; the largest with which the paper fits on its pages
LONGEST_WORD = 14  # letters, beyond which a word is divided
STRETCH = 2.0
LONGER = "This paper has {} pages instead of two. Nothing was left out: the case says more than two pages hold."


def write_board_html(report: Report, path: Path) -> None:
    """Write the paper as one web page that needs nothing else."""
    page = TEMPLATES.get_template("board.html.j2").render(
        title=report.title, about=report.about, stamps=report.stamps, style=shipped_style(), body=html(list(report.blocks))
    )
    path.write_text(page, encoding="utf-8")


def write_board_pdf(report: Report, path: Path) -> int:
    """Write the paper as PDF, on two pages if it fits in letters that can be read; else on more, and it says so itself.

    Returns:
        How many pages it has.

    Raises:
        PartnershipError: the PDF cannot be made.
    """
    typ = template("board.typ")
    for size, divided in product(SIZES, (False, True)):  # a table is divided between the pages only where that saves one
        data = _data(report, size, divided=divided)
        pages = counted_pages(typ, report=data)
        if pages <= PAGES:
            break
    else:
        longer = replace(report, blocks=_noted(report, LONGER.format(pages)))
        data = _data(longer, SIZES[-1], divided=True)
        pages = counted_pages(typ, report=data)
    path.write_bytes(compiled(typ, report=data))
    return pages


def _noted(report: Report, text: str) -> tuple[Block, ...]:
    """Put a note below the title and its stamps."""
    place = next(at for at, block in enumerate(report.blocks) if not isinstance(block, Heading | Stamp))
    return (*report.blocks[:place], Paragraph(text, "missing"), *report.blocks[place:])


def _data(report: Report, size: float, *, divided: bool = False) -> str:
    blocks: list[dict[str, Any]] = []
    for block in report.blocks:
        if isinstance(block, Stamp) and blocks and blocks[-1]["kind"] == "stamps":
            blocks[-1]["texts"].append(block.text)
        else:
            blocks.append(_as_typst(block))
    data = {
        "title": f"{report.title}: paper for governors",
        "foot": f"{report.foot}. Paper for governors.",
        "size": size,
        "blocks": blocks,
        "divided": divided,
    }
    return shown_data(json.dumps(data, ensure_ascii=False))


def _as_typst(block: Block) -> dict[str, Any]:
    match block:
        case Heading():
            return {"kind": "heading", "text": block.text, "level": block.level}
        case Paragraph():
            return {"kind": "paragraph", "text": block.text, "style": block.style}
        case Bullets():
            return {"kind": "bullets", "items": block.items}
        case Stamp():
            return {"kind": "stamps", "texts": [block.text]}
        case Table():
            return _table(block)
        case _:
            message = f"a board paper has no {type(block).__name__.lower()}"
            raise TypeError(message)


def share(cells: Sequence[str]) -> float:
    """Say how wide a column should be: as its longest word at least, and wider, though less than in proportion, for long texts."""
    longest = max(len(word) for cell in cells for word in re.split(r"[\s-]+", cell))
    return max(min(longest, LONGEST_WORD) + 1, STRETCH * max(map(len, cells)) ** 0.5)


def _table(table: Table) -> dict[str, Any]:
    """Give a table with the shares of the page's width that its columns take."""
    columns = [[head, *(str(row[place]) for row in table.rows)] for place, head in enumerate(table.columns)]
    return {
        "kind": "table",
        "caption": table.caption,
        "columns": table.columns,
        "rows": [[str(cell) for cell in row] for row in table.rows],
        "numbers": sorted({place for row in table.rows for place, cell in enumerate(row) if place and isinstance(cell, int)}),
        "widths": [share(cells) for cells in columns],
    }
