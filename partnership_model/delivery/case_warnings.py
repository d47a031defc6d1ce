"""What `partnership check` says of cases without a fault: the mistakes that their appraisals show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partnership_model.analysis.appraisal import appraise
from partnership_model.analysis.mistakes.search import find_mistakes
from partnership_model.display import mistake_parts, phrases
from partnership_model.knowledge.cases import read_case
from partnership_model.model.problem import build_problem

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from partnership_model.knowledge.base import KnowledgeBase


def case_warnings(folders: Sequence[Path], base: KnowledgeBase, today: dt.date) -> Iterator[str]:
    """Give a line for each case and a line for each warning about it, as its report will show them."""
    for folder in folders:
        case = read_case(folder, base)
        knowledge = base.on(case.as_of(today))
        appraisal = appraise(build_problem(case, knowledge))
        found = find_mistakes(case, appraisal, knowledge, today)
        yield f"{case.name}: {phrases.counted(len(found), 'warning') if found else mistake_parts.NONE}"
        yield from (f"  {line}" for line in mistake_parts.lines(found, appraisal))
