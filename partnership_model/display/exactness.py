"""How exact the drawn numbers are: their standard errors, for the annex of the report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partnership_model.display import uncertainty_parts

if TYPE_CHECKING:
    from partnership_model.analysis.appraisal import Appraisal

TOPIC = "How exact the drawn numbers are"


def sentences(appraisal: Appraisal) -> list[str]:
    """Say the largest standard error of each kind of number that was drawn at random; nothing where nothing was drawn."""
    said = [_places(appraisal), _details(appraisal), _sets(appraisal), _information(appraisal), _uncertainty(appraisal)]
    return [one for one in said if one]


def _places(appraisal: Appraisal) -> str:
    drawn = appraisal.robustness
    if drawn is None:
        return ""
    error = max(drawn.first_place_error(key) for key in drawn.options)
    return f"How often each option comes first: {drawn.samples:,} draws; the standard error of a share is at most {error * 100:.1f} of 100."


def _details(appraisal: Appraisal) -> str:
    drawn = appraisal.robustness
    if drawn is None:
        return ""
    shares = max(float(drawn.pairwise_error.max()), max((one.error for one in appraisal.confidence.values() if one), default=0.0))
    weights = max((error for errors in drawn.central_weights_error.values() for error in (errors or {}).values()), default=0.0)
    spreads = appraisal.spread.values()
    ends = max(quantile.error for one in spreads for quantile in one.quantiles)
    return (
        f"How each option fares: largest standard errors of a share {_error(100 * shares)} of 100, of an average weight "
        f"{_error(100 * weights)} of 100, of a mean overall value {_error(max(one.error for one in spreads))} points, and of the ends "
        f"of a range {_error(ends)} points."
    )


def _error(error: float) -> str:
    """Say a standard error with two decimals, rounded up."""
    if error == 0:
        return "0"
    return "under 0.01" if error < 0.01 else f"{error + 0.005:.2f}"


def _sets(appraisal: Appraisal) -> str:
    errors = [error for one in appraisal.under_each_set for error in one.errors.values()]
    return f"Under other ways of weighing the standard error of a share is at most {max(errors) * 100:.1f} of 100." if errors else ""


def _information(appraisal: Appraisal) -> str:
    found = appraisal.information
    if found is None:
        return ""
    error = max(one.error for one in (found.judgements, found.weights, found.everything))
    return f"What finding out could be worth: the standard error of a figure for several things together is at most {error:.2f} of a point."


def _uncertainty(appraisal: Appraisal) -> str:
    found = appraisal.uncertainty
    if found is None or not uncertainty_parts.clear(found):
        return ""
    error = max(one.error for one in (found.weights, found.judgements, found.both))
    return f"More weighing or more evidence: the standard error of a share of the doubt is at most {100 * error:.1f} of 100."
