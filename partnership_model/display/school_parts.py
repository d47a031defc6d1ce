"""School by school: who pays and who saves with each option, and what happens when one of them says no."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partnership_model.analysis.overall import whole
from partnership_model.display import cash_words, phrases, tables
from partnership_model.display.blocks import Block, Heading, Paragraph, Table

if TYPE_CHECKING:
    from partnership_model.analysis.appraisal import Appraisal
    from partnership_model.knowledge.base import KnowledgeOfDay
    from partnership_model.knowledge.cases import Case

SAYS_NO = "one_school_says_no"
CONSENTS = "consents"


def part(case: Case, appraisal: Appraisal, knowledge: KnowledgeOfDay) -> list[Block]:
    """Say for each school what it pays or saves in each option, and for each option what the no of a school would do."""
    problem = appraisal.problem
    rows = []
    for school in case.members:
        groups: dict[str, list[str]] = {"saves": [], "pays": [], "neither": [], "unknown": [], "out": []}
        for option in problem.options:
            if option.key != "stay":
                groups[_money(case, option.key, school.name, appraisal)].append(option.label)
        rows.append((school.name, *map(phrases.listed, groups.values())))
    asked = tuple(
        (
            option.label,
            *(
                tables.by_answer([(one.name, knowledge.fact(name, option.key, one.category, one.form)) for one in case.members])
                for name in (SAYS_NO, CONSENTS)
            ),
        )
        for option in problem.options
        if option.key != "stay"
    )
    return [
        Heading("School by school", 3),
        Table(
            "Who saves and who pays, on the likely figures and against staying",
            ("School", "Saves with", "Pays with", "Neither", "Not known with", "Not in"),
            tuple(rows),
        ),
        *(
            [Table("What the no of one school does, and who must agree", ("Option", "If one school says no", "Who must agree"), asked)]
            if asked
            else []
        ),
        Paragraph(
            "What each option is worth to each school is not worked out: the weights are those of groups, the judgements one set.", "note"
        ),
    ]


def _money(case: Case, option: str, school: str, appraisal: Appraisal) -> str:
    cash = cash_words.of_schools(case, appraisal.problem.option(option))
    if school not in cash:
        return "out"
    found = cash[school]
    if found is None:
        return "unknown"
    likely = whole(found.over().likely)
    return "saves" if likely < 0 else "pays" if likely > 0 else "neither"
