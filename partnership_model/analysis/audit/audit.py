"""The whole audit of a scoring table."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from partnership_model.analysis.audit.adding_errors import AddingError, adding_errors
from partnership_model.analysis.audit.blanks import Blanks, blanks
from partnership_model.analysis.audit.criteria import Alike, Idle, alike, idle_criteria
from partnership_model.analysis.audit.panels import Panels, panels
from partnership_model.analysis.audit.places import (
    Moved,
    RankedApart,
    WrongRank,
    best_total,
    first_place,
    lowest_ranked_first,
    moved,
    ranked_apart,
    wrong_ranks,
)
from partnership_model.analysis.audit.precision import Precision, Tie, precision, ties
from partnership_model.analysis.audit.reproduction import Reproduction, reproduction
from partnership_model.analysis.audit.weightings import Weightings, weightings

if TYPE_CHECKING:
    from partnership_model.knowledge.scoring_table import Better, Scheme, ScoringTable

ABOUT_A_HUNDRED = (90, 110)
ABOUT_ONE = (Fraction(9, 10), Fraction(11, 10))


@dataclass(frozen=True)
class WeightsSum:
    """What the weights add up to, where that is not what it is meant to be.

    Attributes:
        meant: what the table says they add up to, or the 100 or 1 to which they come near.
        stated: whether the table says so.
    """

    found: Fraction
    meant: Fraction
    stated: bool


@dataclass(frozen=True)
class SchemeAudit:
    """What was found for one set of weights and its totals.

    Attributes:
        better: which total comes first.
        first, right_first: the options that come first by the stated totals, and by the right ones.
    """

    scheme: Scheme
    reproduction: Reproduction
    better: Better
    weights_sum: WeightsSum | None
    errors: tuple[AddingError, ...]
    wrong_ranks: tuple[WrongRank, ...]
    ranked_apart: tuple[RankedApart, ...]
    moved: tuple[Moved, ...]
    first: tuple[int, ...]
    right_first: tuple[int, ...]
    ties: tuple[Tie, ...]
    precision: Precision
    blanks: Blanks
    idle: tuple[Idle, ...]
    alike: tuple[Alike, ...]
    panels: Panels | None


@dataclass(frozen=True)
class Audit:
    """Everything that was found.

    Attributes:
        turned: whether less was taken to be better on every criterion because the stated ranks say so.
    """

    table: ScoringTable
    schemes: tuple[SchemeAudit, ...]
    weightings: Weightings
    turned: bool


def audit(table: ScoringTable) -> Audit:
    """Recompute a table and look for what is wrong with it, or weak in it."""
    turned = any(lowest_ranked_first(table, scheme) for scheme in table.schemes)
    if turned:
        table = replace(table, criteria=tuple(replace(one, better="lower") for one in table.criteria))
    return Audit(table, tuple(_of_scheme(table, scheme) for scheme in table.schemes), weightings(table), turned)


def _of_scheme(table: ScoringTable, scheme: Scheme) -> SchemeAudit:
    found = reproduction(table, scheme)
    best = found.best
    better = best_total(table)
    known = found.verdict in ("all", "most")
    return SchemeAudit(
        scheme,
        found,
        better,
        weights_sum(scheme),
        adding_errors(table, found),
        wrong_ranks(scheme, best.totals, better),
        ranked_apart(scheme),
        moved(scheme, best.totals, better) if found.wrong else (),
        first_place(scheme.stated, better),
        first_place(best.totals, better),
        ties(scheme, best.totals) if known else (),
        precision(table, scheme, best, better),
        blanks(table, scheme, best.rule, better),
        idle_criteria(table, best),
        alike(table, best, better),
        panels(table, best, better),
    )


def weights_sum(scheme: Scheme) -> WeightsSum | None:
    """Say what the weights add up to where the table says otherwise, or where they nearly make 100 or 1 and do not."""
    if not scheme.weights:
        return None
    found = sum((one.value for one in scheme.weights), Fraction(0))
    loose = sum((one.slack for one in scheme.weights), Fraction(0))
    if scheme.weights_sum is not None:
        meant, loose = scheme.weights_sum.value, loose + scheme.weights_sum.half * (scheme.weights_sum.step < 1)
        return WeightsSum(found, meant, stated=True) if abs(found - meant) > loose else None
    for (low, high), meant in ((ABOUT_A_HUNDRED, Fraction(100)), (ABOUT_ONE, Fraction(1))):
        if low <= found <= high and abs(found - meant) > loose:
            return WeightsSum(found, meant, stated=False)
    return None
