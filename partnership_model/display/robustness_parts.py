"""What would change the answer, as parts of "How sure": something left out, or several weights moved together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partnership_model.display import robustness_tables, robustness_words
from partnership_model.display.blocks import Bullets, Heading, Paragraph, Table

if TYPE_CHECKING:
    from partnership_model.analysis.appraisal import Appraisal
    from partnership_model.display.blocks import Block


def left_out(appraisal: Appraisal, *, narrow: bool = False) -> list[Block]:  # noqa: ARG001 - it draws nothing
    """Say what comes first without one criterion, group or option."""
    if not appraisal.left_out:
        return []
    return [
        Heading("If something were left out", 3),
        Bullets(tuple(robustness_words.left_out(appraisal))),
        Table.of("What comes first if one thing is left out", robustness_tables.leave_out_table(appraisal)),
        Paragraph(robustness_words.fixed(appraisal), "note"),
    ]


def weights_moved(appraisal: Appraisal, *, narrow: bool = False) -> list[Block]:  # noqa: ARG001 - it draws nothing
    """Say how few points of weight would put each other option first."""
    if not appraisal.smallest_changes:
        return []
    return [
        Heading("If several weights moved together", 3),
        Bullets(tuple(robustness_words.smallest_changes(appraisal))),
        Table.of("The smallest move of weights that puts each other option first", robustness_tables.smallest_change_table(appraisal)),
        Paragraph(robustness_words.LEVEL, "note"),
    ]
