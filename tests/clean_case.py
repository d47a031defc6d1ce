"""A case in which none of the known mistakes is to be found."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from partnership_model.analysis.appraisal import Appraisal, appraise
from partnership_model.model.problem import build_problem
from tests.making import make_case, make_group, make_knowledge, make_range

if TYPE_CHECKING:
    from partnership_model.knowledge.base import KnowledgeOfDay
    from partnership_model.knowledge.cases import Case


def clean() -> tuple[Case, Appraisal, KnowledgeOfDay]:
    """Make it: three options that are far apart and good at different things, all looked at, weighed by swings.

    By hand: on autonomy staying has 60, the federation 80 and the trust 20; on cost 85, 72 and 97; at 70 to 30 that is 68, 78 and 43.
    """
    case = make_case(weights=(make_group(values={"autonomy": 70, "cost": 30}),), who_counts="group")
    knowledge = make_knowledge({("running_cost", "federation"): (30, 30, 30), ("savings", "new_mat"): (40, 40, 40)})
    problem = build_problem(case, knowledge)
    for option, figure in (("stay", 60), ("federation", 80), ("new_mat", 20)):
        own = replace(problem.judgements[option, "autonomy"], amount=make_range(figure), grade="B", origin="group", confirmed=True)
        problem = problem.with_judgement(own)
        problem = problem.with_judgement(replace(problem.judgements[option, "cost"], confirmed=True))
    return case, appraise(problem, 1), knowledge
