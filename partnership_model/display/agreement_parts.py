"""Where the stakeholder groups agree and where they do not, so that no mean hides it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partnership_model.analysis.agreement import apart, leaders_of_groups
from partnership_model.analysis.overall import whole
from partnership_model.display import phrases, words
from partnership_model.display.blocks import Block, Heading, Paragraph, Table

if TYPE_CHECKING:
    from partnership_model.analysis.appraisal import Appraisal


def part(appraisal: Appraisal) -> list[Block]:
    """Say on which criteria the groups lie furthest apart and, once there is an order, who leads by each group's weights alone."""
    problem = appraisal.problem
    found = apart(problem)
    if not found:
        return []
    rows = tuple((problem.criteria[one.criterion].label, whole(one.low * 100), one.least, whole(one.high * 100), one.most) for one in found)
    blocks: list[Block] = [
        Heading("Where the groups agree and where they do not", 3),
        Table("How far the groups lie apart, in weights of 100", ("Criterion", "Lowest", "By", "Highest", "By whom"), rows),
    ]
    if appraisal.withheld is not None:
        return blocks
    leaders = leaders_of_groups(problem)
    same = set(leaders.values())
    said = [f"{group}: {words.labels(problem, keys)}{' (tied)' if len(keys) > 1 else ''}" for group, keys in leaders.items()]
    opening = (
        "By the weights of each group alone the same comes first on the likely figures"
        if len(same) == 1
        else ("By the weights of each group alone not the same comes first on the likely figures")
    )
    return [*blocks, Paragraph(f"{opening}. {phrases.capital('; '.join(said))}.")]
