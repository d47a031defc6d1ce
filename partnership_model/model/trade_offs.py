"""Weights from trade-offs: each answer leaves fewer weights, and the middle of what is left stands for them all."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from partnership_model.errors import PartnershipError
from partnership_model.knowledge.weighings import Implied

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from partnership_model.knowledge.weighings import Comparison

STEPS = 200
NEAR = 0.25  # Newton's decrement from which whole steps are safe
STEADY = 1e-12
LEAST_GAP = 1e-12


def conditions(criteria: Sequence[str], answers: Sequence[Comparison]) -> NDArray[np.float64]:
    """Give the conditions that answers set to weights, as rows that must not be negative: conditions x criteria.

    An answer says w[more] >= times w[than]. Weights are not negative either. What follows from other rows is left
    out, so that the rows depend on what was said and not on how often.

    Raises:
        PartnershipError: the answers cannot all hold, or leave two criteria exactly level.
    """
    place = {name: column for column, name in enumerate(criteria)}
    _hold(answers)
    tightest: dict[tuple[str, str], float] = {}
    for one in answers:
        tightest[one.more, one.than] = max(tightest.get((one.more, one.than), 0.0), one.times)
    needed = [pair for pair in tightest if not _follows(pair, tightest)]
    rows = np.zeros((len(needed), len(criteria)))
    for row, (more, than) in enumerate(needed):
        rows[row, place[more]], rows[row, place[than]] = 1.0, -tightest[more, than]
    above = {more for more, _ in needed}
    free = [place[name] for name in criteria if name not in above]
    return np.vstack([rows, np.eye(len(criteria))[free]])


def _hold(answers: Sequence[Comparison]) -> None:
    said = Implied()
    for one in answers:
        if said.refutes(one):
            message = f"The answers cannot all hold: {one.than} is worth at least {said.at_least(one.than, one.more):g} times {one.more}."
            raise PartnershipError(message)
        said.add(one)


def _follows(pair: tuple[str, str], tightest: dict[tuple[str, str], float]) -> bool:
    """Say whether one condition follows from the others."""
    best = {pair[0]: 1.0}
    for _ in range(len(tightest)):
        before = dict(best)
        for (more, than), times in tightest.items():
            if (more, than) != pair and more in best:
                best[than] = max(best.get(than, 0.0), best[more] * times)
        if best == before:
            break
    return best.get(pair[1], 0.0) >= tightest[pair]


def centre(criteria: Sequence[str], answers: Sequence[Comparison]) -> dict[str, float]:
    """Give the middle of the weights that the answers leave: the analytic centre, which keeps clear of every condition.

    It maximises the product of the gaps by which the conditions hold. Without an answer all weights are equal; where
    the answers are a whole order, it is the rank order centroid. Bous, Fortemps, Glineur and Pirlot, ACUTA: A novel
    method for eliciting additive value functions on the basis of holistic preference statements, European Journal of
    Operational Research 206 (2010), pages 435 to 444, take the same centre. Found by Newton's steps.

    Raises:
        PartnershipError: the answers cannot all hold.

    >>> from partnership_model.knowledge.weighings import Comparison
    >>> {name: round(share, 4) for name, share in centre(["a", "b"], [Comparison(more="a", than="b")]).items()}
    {'a': 0.75, 'b': 0.25}
    """
    rows = conditions(criteria, answers)
    weights = _inside(criteria, answers)
    pull = len(rows)  # each gap grows in proportion with the weights, so this holds their sum at one
    for _ in range(STEPS):
        gaps = rows @ weights
        slope = pull - rows.T @ (1 / gaps)
        scaled = rows / gaps[:, None]
        step = -np.linalg.solve(scaled.T @ scaled, slope)
        decrement = math.sqrt(max(-float(slope @ step), 0.0))
        weights = weights + step * (1.0 if decrement < NEAR else 1 / (1 + decrement))
        if decrement < STEADY:
            break
    weights = weights / weights.sum()
    return dict(zip(criteria, map(float, weights), strict=True))


def _inside(criteria: Sequence[str], answers: Sequence[Comparison]) -> NDArray[np.float64]:
    """Find weights for which every answer holds with room to spare: the longest chains of slightly raised answers."""
    place = {name: row for row, name in enumerate(criteria)}
    room = 1.0
    while room > LEAST_GAP:
        best = np.full((len(criteria), len(criteria)), -np.inf)
        for one in answers:
            more, than = place[one.more], place[one.than]
            best[more, than] = max(float(best[more, than]), math.log(one.times) + room)
        for via in range(len(criteria)):
            best = np.maximum(best, best[:, via, None] + best[None, via, :])
        if (np.diag(best) < 0).all():
            longest: NDArray[np.float64] = best.max(axis=1)
            raised = np.exp(np.maximum(longest, 0.0))
            return np.asarray(raised / raised.sum(), dtype=np.float64)
        room /= 2
    message = "The answers leave no room for any weights. Take one of them back."
    raise PartnershipError(message)
