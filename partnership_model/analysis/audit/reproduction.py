"""Which rule reproduces the stated totals: for all options, for most, or for none that can be told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from partnership_model.analysis.audit.rules import Fitted, Rule, fitted, rules_for

if TYPE_CHECKING:
    from fractions import Fraction

    from partnership_model.knowledge.scoring_table import Scheme, ScoringTable

Verdict = Literal["all", "most", "none", "not_stated"]


@dataclass(frozen=True)
class Reproduction:
    """What was found.

    Attributes:
        verdict: `most` where the rule fits more than half of the stated totals; `none` where no rule does; `not_stated` where
            there are no totals to reproduce.
        best: the rule that fits best; with no totals, or none that fits, the one that the table's own parts suggest.
        same: other rules that give the same totals here.
        tried: every rule, the best first.
    """

    verdict: Verdict
    best: Fitted
    same: tuple[Rule, ...]
    tried: tuple[Fitted, ...]

    @property
    def wrong(self) -> tuple[int, ...]:
        """Give the options whose stated total the rule does not give; none where no rule is known."""
        return tuple(row.option for row in self.best.rows if row.fits == "differs") if self.verdict == "most" else ()


def reproduction(table: ScoringTable, scheme: Scheme) -> Reproduction:
    """Find the rule that gives most of the stated totals; of equals the one with the smaller differences, then the plainer."""
    every = [fitted(table, scheme, rule) for rule in rules_for(table, scheme)]
    ranked = sorted(every, key=lambda one: (-one.count("agrees", "within_rounding"), -one.count("agrees")))
    best, stated = ranked[0], sum(one is not None for one in scheme.totals)
    fits = best.count("agrees", "within_rounding")
    verdict: Verdict = "not_stated" if not stated else "all" if fits == stated else "most" if 2 * fits > stated else "none"
    if verdict == "none":
        ranked.sort(key=_furthest)
    same = tuple(one.rule for one in ranked[1:] if one.totals == best.totals)
    return Reproduction(verdict, best if verdict != "none" else ranked[0], same, tuple(ranked))


def _furthest(one: Fitted) -> Fraction:
    """Give the largest difference, in parts of the total that is stated."""
    return max(abs(row.off) / (abs(row.stated.value) or 1) for row in one.rows if row.stated)
