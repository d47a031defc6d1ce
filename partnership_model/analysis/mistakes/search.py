"""Looks for every kind of mistake in one case and in what follows from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partnership_model.analysis.mistakes import case as told
from partnership_model.analysis.mistakes import criteria, scores, weighing
from partnership_model.analysis.mistakes.found import KINDS, Mistake

if TYPE_CHECKING:
    import datetime as dt

    from partnership_model.analysis.appraisal import Appraisal
    from partnership_model.knowledge.base import KnowledgeOfDay
    from partnership_model.knowledge.cases import Case


def find_mistakes(case: Case, appraisal: Appraisal, knowledge: KnowledgeOfDay, today: dt.date) -> tuple[Mistake, ...]:
    """Find every mistake, in the order of the kinds.

    Args:
        case: who chooses between what, in whose words.
        appraisal: what follows.
        knowledge: the facts of the case's day.
        today: the day on which facts are old or not.
    """
    found = (
        *criteria.double_counting(case, appraisal),
        *weighing.weights_without_ranges(case),
        *criteria.equal_scores(appraisal),
        *criteria.local_scale(appraisal),
        *scores.blanks(appraisal),
        *weighing.adding_errors(case),
        *scores.false_precision(appraisal),
        *scores.no_do_nothing(appraisal),
        *weighing.weights_after_scores(case),
        *weighing.strategic_voting(appraisal),
        *weighing.who_counts(case, appraisal),
        *weighing.averaged_conflict(case, appraisal),
        *scores.rank_reversal(appraisal.leaders, appraisal.left_out),
        *criteria.cost_twice(appraisal),
        *told.cost_per_point(case),
        *scores.dominated(appraisal),
        *scores.deal_breaker(appraisal),
        *told.optimism(case, appraisal),
        *told.predetermination(case),
        *told.stale_facts(case, appraisal, knowledge, today),
        *told.built_to_lose(appraisal),
    )
    return tuple(sorted(found, key=lambda one: KINDS.index(one.kind)))
