"""The last section of an option appraisal: what stands behind the numbers, and what this appraisal does not give."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partnership_model.display import checklist, exactness, fact_sections, other_methods_parts, record_parts, tables, weight_set_words
from partnership_model.display.blocks import Block, Bullets, Heading, Paragraph, Table
from partnership_model.display.checklist_items import Seen
from partnership_model.display.how_sure import report_parts

if TYPE_CHECKING:
    from partnership_model.analysis.appraisal import Appraisal
    from partnership_model.knowledge.base import KnowledgeOfDay
    from partnership_model.knowledge.cases import Case

BY_ANALOGY = (
    "Treasury guidance on options is used by analogy: it is written for public spending, not for schools' structures. Its guidance on "
    "multi-criteria decision analysis (May 2024) places scoring at the stage of the long list. So here too scores narrow and explain; "
    "the shortlist is compared on money, risk, consultation and law."
)
GIVES_ALL = "Nothing is missing of what the workbook asks for."


def annex(case: Case, appraisal: Appraisal, knowledge: KnowledgeOfDay, run: dict[str, str]) -> list[Block]:
    """Give every judgement with its reason, the sources, the method and what is missing."""
    problem = appraisal.problem
    return [
        Heading("Behind the numbers", 2, "annex"),
        *([Table.of("Every judgement in use", tables.judgement_table(problem))] if problem.ranked_options else []),
        Heading("Sources of the facts", 3),
        fact_sections.references(case, appraisal, knowledge),
        Heading("Method", 3),
        *_method(appraisal),
        *(block for part in report_parts(appraisal, annex=True) for block in part.blocks),
        *([Heading(exactness.TOPIC, 3), Bullets(tuple(exact))] if (exact := exactness.sentences(appraisal)) else []),
        *other_methods_parts.part(appraisal),
        *record_parts.logs(case, knowledge),
        *what_is_missing(case, appraisal),
        Table("How to run it again", ("What", "Value"), tuple(run.items())),
    ]


def _method(appraisal: Appraisal) -> list[Block]:
    problem = appraisal.problem
    return [
        Paragraph(
            "Additive values: each judgement becomes a value from 0 to 100 by a shown value function, and the overall value is the sum "
            "of weight times value (Keeney and Raiffa 1976). How each group's weights were taken stands under “What matters”. Robustness "
            f"counts places over {weight_set_words.weights(problem, problem.set_in_use)} and judgements drawn between low and high, most "
            "often near the likely figure unless a judgement says otherwise (Lahdelma and Salminen 2001).",
        ),
        Paragraph(BY_ANALOGY),
    ]


def what_is_missing(case: Case, appraisal: Appraisal) -> list[Block]:
    """Name what a full appraisal has and this one does not, so that nobody takes it for left out by chance."""
    seen = Seen(case, appraisal.problem, appraisal.withheld)
    lacks = checklist.lacking(seen)
    if appraisal.withheld is None and appraisal.other_methods is None:
        lacks.append("A check by other methods: not made. It needs the extra `methods` and two or more options.")
    return [
        Heading("What this appraisal does not give", 3),
        Paragraph(checklist.counted(seen)),
        Bullets(tuple(lacks)) if lacks else Paragraph(GIVES_ALL),
        checklist.table(seen),
    ]
