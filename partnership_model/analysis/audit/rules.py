"""Rules by which a table's totals may have been worked out, and how well each reproduces what is stated."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from partnership_model.knowledge.scoring_table import Printed, Scheme, Score, ScoringTable

Adds = Literal["weighted_mean", "weighted_sum", "weighted_sum_of_percent", "sum", "mean"]
Blanks = Literal["none", "zero", "left_out"]
Fits = Literal["agrees", "within_rounding", "differs", "not_stated"]
HUNDRED = Fraction(100)
NEARLY = 20  # parts of a whole, of which rounded weights may miss one


@dataclass(frozen=True)
class Rule:
    """One way to work out a total.

    Attributes:
        adds: what is added up.
        blanks: whether a blank counts as nought, or is left out of a mean together with its weight.
        subtracts: whether scores of which less is better are taken away.
    """

    adds: Adds
    blanks: Blanks
    subtracts: bool

    @property
    def weighted(self) -> bool:
        """Whether it uses the weights."""
        return self.adds.startswith("weighted")

    @property
    def averages(self) -> bool:
        """Whether it divides by the weights or the number of scores."""
        return self.adds.endswith("mean")


@dataclass(frozen=True)
class Recomputed:
    """One option's total by a rule, beside the stated one.

    Attributes:
        total: None where every score is blank and blanks are left out.
        low, high: between which it lies if scores and weights with decimals were rounded to what is printed.
        stated: what the table says.
        fits: `agrees` but for the rounding of the stated total; `within_rounding` if scores or weights were rounded too.
    """

    option: int
    total: Fraction | None
    low: Fraction | None
    high: Fraction | None
    stated: Printed | None
    fits: Fits

    @property
    def off(self) -> Fraction:
        """Give by how much the stated total is more than the recomputed one."""
        return self.stated.value - self.total if self.stated and self.total is not None else Fraction(0)


@dataclass(frozen=True)
class Fitted:
    """A rule and what it makes of every option.

    Attributes:
        factors: what one more point on each criterion adds where nothing is blank.
    """

    rule: Rule
    rows: tuple[Recomputed, ...]
    factors: tuple[Fraction, ...]

    def count(self, *fits: Fits) -> int:
        """Count the options of which that is so."""
        return sum(row.fits in fits for row in self.rows)

    @property
    def totals(self) -> tuple[Fraction | None, ...]:
        """Give the recomputed totals by option."""
        return tuple(row.total for row in self.rows)


def rules_for(table: ScoringTable, scheme: Scheme) -> list[Rule]:
    """List the rules that are tried, the likeliest first."""
    adds: list[Adds] = ["weighted_mean", "weighted_sum", "weighted_sum_of_percent", "sum", "mean"]
    lower = any(one.better == "lower" for one in table.criteria)
    found = []
    for name in adds:
        if name.startswith("weighted") and not scheme.weights:
            continue
        ways: list[Blanks] = ["none"] if not table.blanks else ["left_out", "zero"] if name.endswith("mean") else ["zero"]
        found += [Rule(name, blanks, subtracts) for blanks in ways for subtracts in ([False, True] if lower else [False])]
    return found


def fitted(table: ScoringTable, scheme: Scheme, rule: Rule) -> Fitted:
    """Work out every total by a rule, and set it beside the stated one."""
    signs = [-1 if rule.subtracts and one.better == "lower" else 1 for one in table.criteria]
    weights = [one.value for one in scheme.weights] if rule.weighted else [Fraction(1)] * len(signs)
    slack = _weights_slack(scheme) if rule.weighted and not rule.averages else [Fraction(0)] * len(signs)
    whole = _divisor(rule, weights)
    rows = []
    for option, scores in enumerate(table.scores):
        stated = scheme.totals[option] if scheme.totals else None
        divisor = _divisor(rule, [weight for weight, score in zip(weights, scores, strict=True) if score.number or rule.blanks == "zero"])
        if not divisor:
            rows.append(Recomputed(option, None, None, None, stated, "differs" if stated else "not_stated"))
            continue
        low, total, high = (_added(scores, weights, slack, signs, end) / divisor for end in (-1, 0, 1))
        rows.append(Recomputed(option, total, low, high, stated, _fits(stated, low, total, high)))
    factors = tuple(sign * weight / whole for sign, weight in zip(signs, weights, strict=True))
    return Fitted(rule, tuple(rows), factors)


def _weights_slack(scheme: Scheme) -> list[Fraction]:
    """Give how far off weights can be by rounding: only where they miss 1 or 100 by no more than that, as three times 0.33 do."""
    loose = [one.half for one in scheme.weights]
    found = sum((one.value for one in scheme.weights), Fraction(0))
    nearly = any(0 < abs(found - whole) <= min(sum(loose), whole / NEARLY) for whole in (Fraction(1), HUNDRED))
    return loose if nearly else [Fraction(0)] * len(loose)


def _divisor(rule: Rule, weights: Sequence[Fraction]) -> Fraction:
    if rule.averages:
        return sum(weights, Fraction(0))
    return HUNDRED if rule.adds == "weighted_sum_of_percent" else Fraction(1)


def _added(scores: Sequence[Score], weights: Sequence[Fraction], slack: Sequence[Fraction], signs: Sequence[int], end: int) -> Fraction:
    """Add up, with every score and weight as printed, or at the end of its rounding that makes the sum least or greatest."""
    found = Fraction(0)
    for score, weight, loose, sign in zip(scores, weights, slack, signs, strict=True):
        if score.number is not None:
            moved = score.number.value + end * sign * score.number.slack
            found += sign * moved * (weight + end * (1 if sign * moved >= 0 else -1) * loose)
    return found


def _fits(stated: Printed | None, low: Fraction, total: Fraction, high: Fraction) -> Fits:
    if stated is None:
        return "not_stated"
    if abs(stated.value - total) <= stated.half:
        return "agrees"
    return "within_rounding" if low - stated.half <= stated.value <= high + stated.half else "differs"
