"""How far stakeholder groups agree on what matters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from partnership_model.model.problem import DecisionProblem


@dataclass(frozen=True)
class Apart:
    """How far the groups lie apart on one criterion, as shares of all weight.

    Attributes:
        least, most: the groups that give it least and most.
    """

    criterion: str
    low: float
    high: float
    least: str
    most: str

    @property
    def distance(self) -> float:
        """Give how far they lie apart."""
        return self.high - self.low


def apart(problem: DecisionProblem) -> tuple[Apart, ...]:
    """Give each criterion, the one on which the groups lie furthest apart before the others; nothing for fewer than two groups."""
    groups = problem.group_weights
    if len(groups) < 2:  # noqa: PLR2004 - nobody agrees alone
        return ()
    found = []
    for name in problem.criteria:
        shares = {group: weights.shares[name] for group, weights in groups.items()}
        least, most = min(shares, key=lambda one: shares[one]), max(shares, key=lambda one: shares[one])
        found.append(Apart(name, shares[least], shares[most], least, most))
    return tuple(sorted(found, key=lambda one: -one.distance))
