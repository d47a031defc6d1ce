"""Mistakes in how criteria are chosen and used: counted twice, without a difference, with a small difference."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from partnership_model.analysis.mistakes.found import Mistake
from partnership_model.analysis.overall import whole
from partnership_model.analysis.switching import TOLERANCE
from partnership_model.model.problem import COST

if TYPE_CHECKING:
    from collections.abc import Iterator

    from partnership_model.analysis.appraisal import Appraisal
    from partnership_model.analysis.overall import Values
    from partnership_model.knowledge.cases import Case

ALIKE = 0.9  # correlation from which two criteria may say the same (appraisal-practice: above 0.9)
FEWEST_OPTIONS = 3  # two options always lie on a straight line
SMALL_SPREAD = 20  # points of 100: below it the whole scale is hardly used


def double_counting(case: Case, appraisal: Appraisal) -> Iterator[Mistake]:
    """Find pairs of criteria that may count the same thing twice.

    Either their values rise and fall together over the options, or the catalogue says that the two overlap and at
    least one of them is not among the criteria that were written to stand beside each other. The manual on
    multi-criteria analysis of the Department for Communities and Local Government (2009) names double counting among the
    tests of a set of criteria. A correlation over so few options is weak evidence: it is a question, not a proof. What
    the case says it has checked is not asked again.
    """
    problem, values = appraisal.problem, appraisal.values
    without = {one.name: one for one in appraisal.left_out if one.what == "criterion"}
    for first, second in combinations(problem.criteria, 2):
        one, other = problem.criteria[first], problem.criteria[second]
        checked = any({first, second} <= set(said.criteria) for said in case.file.appraisal.overlaps_checked or ())
        if checked or _weightless(appraisal, first) or _weightless(appraisal, second):
            continue
        alike = correlation(values, first, second)
        together = alike is not None and alike > ALIKE
        overlap = second in one.overlaps or first in other.overlaps
        if together or (overlap and not (one.default and other.default)):
            changed = {name: list(without[name].leaders) for name in (first, second) if name in without and without[name].changed}
            correlated = alike if together else None
            found = {"correlation": correlated, "options": len(values.options), "overlap": overlap, "leaders_without": changed}
            yield Mistake("double_counting", (first, second), found)


def _weightless(appraisal: Appraisal, criterion: str) -> bool:
    weights = appraisal.problem.weights
    return weights is not None and weights.shares[criterion] == 0


def correlation(values: Values, first: str, second: str) -> float | None:
    """Give the correlation of two criteria over the options; None where it says nothing: too few options, or no spread."""
    if len(values.options) < FEWEST_OPTIONS:
        return None
    one, other = (values.likely[:, values.criteria.index(name)] for name in (first, second))
    apart, away = one - one.mean(), other - other.mean()
    spread = float(np.sqrt((apart @ apart) * (away @ away)))
    return None if spread < TOLERANCE else float(apart @ away) / spread


def equal_scores(appraisal: Appraisal) -> Iterator[Mistake]:
    """Find criteria on which every option has the same likely value: their weight cannot change the order."""
    for name, spread, _ in _spreads(appraisal):
        if spread == 0:
            yield Mistake("equal_scores", (name,), _weighted(appraisal, name))


def local_scale(appraisal: Appraisal) -> Iterator[Mistake]:
    """Find criteria on which all options lie close together on a scale that is fixed.

    What 0 and 100 mean is fixed here, so a small difference stays small. But who weighs may have in mind the whole
    lift from 0 to 100, or only the small difference that there is. Monat, The benefits of global scaling in multi-criteria
    decision analysis, Judgment and Decision Making 4 (2009), pages 492 to 508, shows what scales stretched to the options at hand
    do instead.
    """
    for name, spread, exact in _spreads(appraisal):
        if 0 < spread < SMALL_SPREAD:
            found = _weighted(appraisal, name)
            weight = found["weight"]
            yield Mistake("local_scale", (name,), {"spread": spread, **found, "points": None if weight is None else exact * weight})


def _spreads(appraisal: Appraisal) -> Iterator[tuple[str, int, float]]:
    """Give for each criterion how far apart the likely values are, in whole points and exactly; nothing for a lonely option."""
    values = appraisal.values
    if len(values.options) > 1:
        for column, name in enumerate(values.criteria):
            likely = values.likely[:, column]
            yield name, whole(float(likely.max())) - whole(float(likely.min())), float(np.ptp(likely))


def _weighted(appraisal: Appraisal, name: str) -> dict[str, float | None]:
    weights = appraisal.problem.weights
    return {"weight": None if weights is None else weights.shares[name]}


def cost_twice(appraisal: Appraisal) -> Iterator[Mistake]:
    """Find criteria that count money once more while cost is in the score.

    The Scottish guidance on option appraisal warns against criteria that the costs cover already (Scottish Capital
    Investment Manual, A3.7).
    """
    criteria = appraisal.problem.criteria
    if COST not in criteria:
        return
    for name, one in criteria.items():
        if name != COST and not one.default and (COST in one.overlaps or name in criteria[COST].overlaps):
            yield Mistake("cost_twice", (COST, name), {"with": "criterion"})
