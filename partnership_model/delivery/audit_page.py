"""Writes an audit as one HTML page that needs nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partnership_model.delivery import block_page
from partnership_model.display.audit_blocks import blocks

if TYPE_CHECKING:
    from pathlib import Path

    from partnership_model.analysis.audit.audit import Audit


def write_page(audit: Audit, path: Path) -> None:
    """Write the page, whole or not at all.

    Raises:
        PartnershipError: the disk refuses.
    """
    block_page.write_page(f"Audit of {audit.table.where}", blocks(audit), path, blocks(audit, narrow=True))
