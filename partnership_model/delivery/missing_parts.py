"""Says of a case, before it is run, what a full appraisal has and this one will not give."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partnership_model.analysis.appraisal import withheld
from partnership_model.display.checklist import counted, missing
from partnership_model.display.checklist_items import Seen
from partnership_model.model.problem import build_problem

if TYPE_CHECKING:
    import datetime as dt

    from partnership_model.knowledge.base import KnowledgeBase
    from partnership_model.knowledge.cases import Case


def missing_lines(case: Case, base: KnowledgeBase, today: dt.date) -> list[str]:
    """Name each missing part with the key of the case to fill in."""
    problem = build_problem(case, base.on(case.as_of(today)))
    seen = Seen(case, problem, withheld(problem))
    return [f"{case.name}: {counted(seen)}", *(f"  {one.item.number:2} {one.sentence}" for one in missing(seen))]
