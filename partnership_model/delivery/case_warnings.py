"""What `partnership check` says of a case without a fault: the mistakes that its appraisal shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partnership_model.analysis.appraisal import appraise
from partnership_model.analysis.mistakes.search import find_mistakes
from partnership_model.display import mistake_parts, phrases
from partnership_model.display.consultation.case_notes import case_notes
from partnership_model.knowledge.consultation.form_words import form_words
from partnership_model.model.problem import build_problem

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from partnership_model.knowledge.base import KnowledgeBase
    from partnership_model.knowledge.cases import Case


def case_warnings(case: Case, base: KnowledgeBase, today: dt.date) -> Iterator[str]:
    """Give a line for a case and a line for each warning about it, as its report will show them."""
    knowledge = base.on(case.as_of(today))
    appraisal = appraise(build_problem(case, knowledge))
    found = find_mistakes(case, appraisal, knowledge, today)
    yield f"{case.name}: {phrases.counted(len(found), 'warning') if found else mistake_parts.NONE}"
    yield from (f"  {line}" for line in mistake_parts.lines(found, appraisal))
    yield from (f"  {line}" for line in (*_unread_forms(case), *case_notes(case)))


def _unread_forms(case: Case) -> Iterator[str]:
    """Name each language of the consultation's form that no speaker has read."""
    plan = case.file.consultation
    for words in (form_words(code) for code in (plan.languages if plan else ())):
        if words.unchecked:
            yield f"The form of the consultation in {words.language}: {words.unchecked}"
