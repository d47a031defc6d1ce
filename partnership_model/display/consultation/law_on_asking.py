"""What the law asks for before each option, beside a consultation that was held: facts of the knowledge base, each with its source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partnership_model.display import fact_words, phrases
from partnership_model.display.blocks import Block, Heading, Paragraph, Table

if TYPE_CHECKING:
    from partnership_model.knowledge.base import KnowledgeOfDay
    from partnership_model.knowledge.cases import Case
    from partnership_model.knowledge.facts import Fact
    from partnership_model.model.problem import DecisionProblem

ATTRIBUTE = "consultation"
EVIDENCE = (
    "What people said in a session, on a form or on paper is evidence for a consultation that the law asks for. It is not that "
    "consultation itself, which has its own form, its own days and its own people to be asked. Check each line with whoever advises you."
)


def law_on_asking(case: Case, problem: DecisionProblem, knowledge: KnowledgeOfDay) -> list[Block]:
    """Say for each option what has to be asked of whom, by which law, school by school where they differ."""
    titles = {key: source.title for key, source in knowledge.base.sources.items()}
    rows = []
    for option in problem.options:
        if option.status == "closed":
            continue
        shared: dict[tuple[str, str, str], list[str]] = {}
        for school in case.members:
            fact = knowledge.fact(ATTRIBUTE, option.key, school.category, school.form)
            shared.setdefault((fact_words.told(fact), _in_words(fact), fact_words.footnote(fact, titles)), []).append(school.name)
        for (answer, says, source), schools in shared.items():
            of = option.label if len(shared) == 1 else f"{option.label}: {phrases.listed(schools)}"
            rows.append({"Option": of, "What the law asks for": answer, "In words": says, "Source": source})
    if not rows:
        return []
    table = Table.of_rows("What the law asks for before each option that is open", rows)
    return [Heading("What the law asks for besides", 3), Paragraph(EVIDENCE, "note"), table]


def _in_words(fact: Fact) -> str:
    return fact.says if fact.answer and fact.says != fact.answer else ""
