"""The transition map in the report: from the options that are in front, for a school that could take part in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partnership_model.display import door_map, fact_words, phrases, words
from partnership_model.display.blocks import Block, Figure, Heading, Paragraph, Table
from partnership_model.model.doors import doors_of

if TYPE_CHECKING:
    from partnership_model.analysis.appraisal import Appraisal
    from partnership_model.knowledge.base import KnowledgeOfDay
    from partnership_model.knowledge.cases import Case

MOST_MAPS = 2


def maps(case: Case, appraisal: Appraisal, knowledge: KnowledgeOfDay) -> list[Block]:
    """Draw the doors that lead on from the options in front; nothing while no option is.

    Each map is drawn for the first school that could be inside the option; doors differ from category to category.
    """
    problem = appraisal.problem
    blocks: list[Block] = []
    for key in words.level_with_leader(appraisal)[:MOST_MAPS] if appraisal.withheld is None else ():
        inside = [one.school for one in problem.option(key).screening.schools if one.takes_part]
        school = next(one for one in case.members if one.name in inside or not inside)
        every = doors_of(school, case, knowledge)
        if not every[key].doors:
            continue
        kind = phrases.one_of(fact_words.kind_of_school(knowledge.base, school.category, school.form))
        blocks += [
            Figure.of(door_map.finding(problem, every[key]), door_map.chart_doors(problem, every, key)),
            Table.of(f"Where {school.name} could go on from {problem.option(key).in_a_sentence}", door_map.door_table(problem, every[key])),
            Paragraph(f"Drawn for {school.name}, {kind}; doors differ from category to category. {door_map.LEGEND}", "note"),
        ]
    return [Heading("Where the options in front lead on", 3), *blocks] if blocks else []
