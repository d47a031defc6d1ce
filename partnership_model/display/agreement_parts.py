"""Where the stakeholder groups agree and where they do not, so that no mean hides it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partnership_model.analysis.agreement import apart
from partnership_model.analysis.overall import whole
from partnership_model.display.blocks import Block, Heading, Table

if TYPE_CHECKING:
    from partnership_model.analysis.appraisal import Appraisal


def part(appraisal: Appraisal) -> list[Block]:
    """Say on which criteria the groups lie furthest apart; nothing for a single group."""
    problem = appraisal.problem
    found = apart(problem)
    if not found:
        return []
    rows = tuple((problem.criteria[one.criterion].label, whole(one.low * 100), one.least, whole(one.high * 100), one.most) for one in found)
    return [
        Heading("Where the groups agree and where they do not", 3),
        Table("How far the groups lie apart, in weights of 100", ("Criterion", "Lowest", "By", "Highest", "By whom"), rows),
    ]
