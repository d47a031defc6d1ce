"""Writes a report as PDF with Typst: tagged for screen readers (PDF/UA-1), with fonts of its own, from data alone."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from partnership_model.delivery.page_fit import drawn_width, fitted
from partnership_model.delivery.report import with_links
from partnership_model.delivery.typesetting import FONT, compiled, shown_data, template
from partnership_model.display.blocks import Bullets, Figure, Heading, Paragraph, Stamp, Table, figures

if TYPE_CHECKING:
    from pathlib import Path

    from partnership_model.delivery.page_fit import Fit
    from partnership_model.delivery.report import Report
    from partnership_model.display.blocks import Block

LONG_CELL = 1500  # letters, from which on a row may be divided between two pages
TOGETHER = 90.0  # millimetres, up to which a table is not divided between two pages


def write_pdf(report: Report, path: Path) -> None:
    """Write the PDF of a report.

    Raises:
        PartnershipError: the report has letters that no font at hand can show, even when they stand alone.
    """
    data = json.dumps({"title": report.title, "foot": report.foot, "runs": _runs(report)}, ensure_ascii=False)
    path.write_bytes(compiled(template("report.typ"), report=shown_data(data)))


def _runs(report: Report) -> list[dict[str, Any]]:
    """Give the blocks in runs of upright pages and pages on their side; a heading goes with the table that follows it."""
    runs: list[dict[str, Any]] = [{"sideways": False, "blocks": []}]
    for one in _blocks(report):
        sideways = bool(one.pop("sideways", False))
        if sideways != runs[-1]["sideways"]:
            before = runs[-1]["blocks"]
            taken = [before.pop()] if sideways and before and before[-1]["kind"] == "heading" else []
            runs.append({"sideways": sideways, "blocks": taken})
        runs[-1]["blocks"].append(one)
    return [run for run in runs if run["blocks"]]


def _blocks(report: Report) -> list[dict[str, Any]]:
    """Give the blocks as the template takes them: stamps side by side, the contents after the summary."""
    found: list[dict[str, Any]] = []
    sections = 0
    for place, block in enumerate(report.blocks):
        if isinstance(block, Heading) and block.level == 2:  # noqa: PLR2004 - a section
            sections += 1
            if sections == 2:  # noqa: PLR2004 - the first one is the summary
                found.append({"kind": "contents", "title": "What is in this report"})
        if isinstance(block, Stamp) and found and found[-1]["kind"] == "stamps":
            found[-1]["texts"].append(block.text)
        else:
            found += _as_typst(block, report, place)
    return found


def _as_typst(block: Block, report: Report, place: int) -> list[dict[str, Any]]:
    match block:
        case Heading():
            return [{"kind": "heading", "text": block.text, "level": block.level}]
        case Paragraph():
            return [{"kind": "paragraph", "text": block.text, "style": block.style}]
        case Bullets():
            items = [with_links(item) if block.linked else [(item, "")] for item in block.items]
            return [{"kind": "bullets", "items": items, "ordered": block.ordered, "linked": block.linked}]
        case Stamp():
            return [{"kind": "stamps", "texts": [block.text]}]
        case Table():
            return [_table(part, fit) for part, fit in fitted(block)]
        case Figure():
            return [_figure(block, report.drawing(place))]
        case _:
            message = f"A block of this kind cannot be written: {block!r}"
            raise TypeError(message)


def _table(table: Table, fit: Fit) -> dict[str, Any]:
    return {
        "kind": "table",
        "caption": table.caption,
        "columns": table.columns,
        "rows": [[figures(cell) for cell in row] for row in table.rows],
        "breakable": [max(len(str(cell)) for cell in row) > LONG_CELL for row in table.rows],
        "numbers": sorted({place for row in table.rows for place, cell in enumerate(row) if place and isinstance(cell, int)}),
        "widths": fit.widths,
        "size": fit.size,
        "whole": fit.height <= TOGETHER,
        "sideways": fit.sideways,
    }


def _figure(figure: Figure, svg: str) -> dict[str, Any]:
    drawn = re.sub(r'font-family="[^"]*"', f'font-family="{FONT}"', svg)
    return {"kind": "figure", "title": figure.title, "alternative": figure.alternative, "svg": drawn, "width": drawn_width(svg)}
