"""How far people agree on the order: within each group, between the groups, and all together."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from partnership_model.analysis.consultation.ballot_orders import rank_table
from partnership_model.analysis.consultation.kendall import kendalls_w, mid_ranks

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from partnership_model.knowledge.consultation.ballots import Ballot

WEAK, MODERATE, STRONG = 0.3, 0.5, 0.7  # Schmidt's table, see `Concordance`
OPPOSED = -0.5  # as far below nought as moderate agreement lies above it
SAME_RANK = 1e-9


@dataclass(frozen=True)
class Pair:
    """How alike two groups' orders are: Spearman's correlation of their mean ranks, from -1 (opposite) to 1 (the same)."""

    one: str
    other: str
    alike: float


@dataclass(frozen=True)
class Concordance:
    """Kendall's W from 0 (no common order) to 1 (all the same); None where nobody put anything in order.

    Around 0.3 agreement is weak, around 0.5 moderate, from 0.7 strong (Schmidt, Managing Delphi surveys using nonparametric
    statistical techniques, Decision Sciences 28 (1997), table 2). Ballots are no random sample, so no test goes with it.

    Attributes:
        within: of the ballots of each group.
        between: of the groups, each with the order of its mean ranks and one voice.
        together: of all ballots; None where those may not be shown together.
        pairs: how alike each two groups are, the least alike first.
    """

    within: dict[str, float | None]
    between: float | None
    together: float | None
    pairs: tuple[Pair, ...]

    @property
    def likeness(self) -> float | None:
        """Give the mean of how alike each two groups are; None where there are no two that put something before something.

        For m orders without ties W is (1 + (m - 1) x this) / m (Kendall, 1948, chapter 6): of two that have nothing in common it is a half.
        So this, and not W, says how far a few orders agree.
        """
        return sum(one.alike for one in self.pairs) / len(self.pairs) if self.pairs else None

    @property
    def opposed(self) -> tuple[Pair, ...]:
        """Give the pairs of groups that each agree among themselves and have opposite orders.

        "No agreement" over all people is then two agreements.
        """
        return tuple(one for one in self.pairs if one.alike <= OPPOSED and all(self._agrees(name) for name in (one.one, one.other)))

    def _agrees(self, group: str) -> bool:
        return (self.within[group] or 0.0) >= MODERATE


def concordance(groups: Mapping[str, Sequence[Ballot]], together: Sequence[Ballot] | None, criteria: Sequence[str]) -> Concordance:
    """Say how far people agree within and between groups, and all together."""
    ranks = {name: rank_table(ballots, criteria) for name, ballots in groups.items()}
    # Means that differ by the computer's rounding alone are level.
    means = {name: np.round(table.mean(axis=0), 9) for name, table in ranks.items() if len(table)}
    orders = {name: mid_ranks(mean[np.newaxis])[0] for name, mean in means.items()}
    pairs = [
        Pair(one, other, alike) for one, other in combinations(orders, 2) if (alike := spearman(orders[one], orders[other])) is not None
    ]
    return Concordance(
        within={name: kendalls_w(table) for name, table in ranks.items()},
        between=kendalls_w(np.array(list(orders.values()))) if orders else None,
        together=None if together is None else kendalls_w(rank_table(together, criteria)),
        pairs=tuple(sorted(pairs, key=lambda pair: (pair.alike, pair.one, pair.other))),
    )


def spearman(one: np.ndarray, other: np.ndarray) -> float | None:
    """Give Spearman's correlation of two rows of mid-ranks, from -1 to 1; None where one of them puts nothing before anything."""
    if np.ptp(one) < SAME_RANK or np.ptp(other) < SAME_RANK:
        return None
    return float(np.corrcoef(one, other)[0, 1])
