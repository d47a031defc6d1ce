"""The result of an appraisal as plain data: what `result.json` holds (its schema is docs/result.schema.json)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from partnership_model.display import how_sure, screening_words
from partnership_model.display.rounding import number

if TYPE_CHECKING:
    from partnership_model.analysis.appraisal import Appraisal
    from partnership_model.analysis.switching import SwitchingValue
    from partnership_model.model.problem import ProblemOption

SCHEMA_VERSION = 1


def result_data(appraisal: Appraisal, case: str, run: dict[str, Any], warnings: list[str]) -> dict[str, Any]:
    """Give everything that a machine may want to read, from the same object that pages and reports show.

    Args:
        appraisal: what follows.
        case: the case's name.
        run: `version`, `seed`, `samples`, `edition` and `input_hash`.
        warnings: sentences that a reader must see.
    """
    problem = appraisal.problem
    return {
        "schema_version": SCHEMA_VERSION,
        "case": case,
        "as_of": problem.day.isoformat(),
        **run,
        "warnings": warnings,
        "options": [_option(appraisal, option) for option in problem.options],
        "weights": None if problem.weights is None else {name: number(share) for name, share in problem.weights.shares.items()},
        "ranking": None if appraisal.ranking is None else [list(place) for place in appraisal.ranking],
        "withheld": appraisal.withheld,
        "dominated": [{"option": one.option, "by": one.by, "certain": one.certain} for one in appraisal.dominated],
        "switching_values": [row for one in appraisal.switching for row in _switching(one)],
        "cannot_separate": [sorted(pair) for pair in appraisal.cannot_separate],
        "unconfirmed": len(problem.unconfirmed),
        "to_confirm": [{"option": one.option, "criterion": one.criterion} for one in appraisal.to_confirm],
        "exclusion": {
            "smallest_sets": [list(one) for one in appraisal.exclusion.smallest_sets],
            "reopened": {gate: list(options) for gate, options in appraisal.exclusion.reopened.items()},
        },
        "how_sure": how_sure.data(appraisal),
    }


def _option(appraisal: Appraisal, option: ProblemOption) -> dict[str, Any]:
    key = option.key
    overall = (appraisal.overall or {}).get(key)
    points = (appraisal.contributions or {}).get(key)
    drawn = appraisal.robustness if option.ranked else None
    places = [place for place, tied in enumerate(_places(appraisal), 1) if key in tied]
    central = drawn.central_weights[key] if drawn else None
    spread = drawn.central_weights_error[key] if drawn else None
    row = drawn.options.index(key) if drawn else 0
    return {
        "id": key,
        "label": option.label,
        "status": option.status,
        "because": screening_words.because(option),
        "membership": {one.school: "full" if one.membership == "conditional" else one.membership for one in option.screening.schools},
        "overall": None if overall is None else {name: number(value) for name, value in overall.model_dump().items()},
        "rank": places[0] if places else None,
        "rank_acceptability": None if drawn is None else [number(share) for share in drawn.acceptability[row]],
        "rank_acceptability_error": None if drawn is None else [number(share) for share in drawn.acceptability_error[row]],
        "contributions": None if points is None else {name: number(value) for name, value in points.items()},
        "central_weights": None if central is None else {name: number(share) for name, share in central.items()},
        "central_weights_error": None if spread is None else {name: number(share) for name, share in spread.items()},
    }


def _places(appraisal: Appraisal) -> list[tuple[str, ...]]:
    """Give the options at each place; a tie of two at the front leaves the second place empty."""
    places: list[tuple[str, ...]] = []
    for tied in appraisal.ranking or ():
        places += [tied, *[()] * (len(tied) - 1)]
    return places


def _switching(one: SwitchingValue) -> list[dict[str, Any]]:
    base = {"criterion": one.criterion, "current": number(one.current), "from": number(one.lowest), "to": number(one.highest)}
    found = []
    if one.leader_below:
        found.append(base | {"side": "below", "new_leader": list(one.leader_below)})
    if one.leader_above:
        found.append(base | {"side": "above", "new_leader": list(one.leader_above)})
    return found or [base | {"side": None, "new_leader": None}]
