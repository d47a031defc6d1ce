"""Writes an audit as one HTML page that needs nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partnership_model.delivery.report_html import shipped_style
from partnership_model.delivery.writing import write_whole
from partnership_model.display.audit_blocks import blocks
from partnership_model.display.blocks import TEMPLATES, Figure, Heading, html

if TYPE_CHECKING:
    from pathlib import Path

    from partnership_model.analysis.audit.audit import Audit


def write_page(audit: Audit, path: Path) -> None:
    """Write the page, whole or not at all.

    Raises:
        PartnershipError: the disk refuses.
    """
    made, narrow = blocks(audit), blocks(audit, narrow=True)
    drawings = {
        place: f'<div class="wide">{one.svg()}</div><div class="narrow">{other.svg()}</div>'
        for place, (one, other) in enumerate(zip(made, narrow, strict=True))
        if isinstance(one, Figure) and isinstance(other, Figure)
    }
    contents = [(one.anchor, "Summary" if one.level == 1 else one.text) for one in made if isinstance(one, Heading) and one.anchor]
    page = TEMPLATES.get_template("audit.html.j2").render(
        title=f"Audit of {audit.table.where}", contents=contents, style=shipped_style(), body=html(made, drawings)
    )
    write_whole({path: page})
