"""What the take-away file computes with: values, spreads, must-haves and the phrases that hang on them, as plain data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from partnership_model.analysis.appraisal import SAMPLES, SEED
from partnership_model.analysis.judgement_draws import spreads
from partnership_model.analysis.overall import values_of
from partnership_model.display import screening_words, words
from partnership_model.display.weighing import as_swings
from partnership_model.model.gates import apply_gate

if TYPE_CHECKING:
    from partnership_model.analysis.judgement_draws import Spreads
    from partnership_model.analysis.overall import Values
    from partnership_model.display.exploration import Exploration
    from partnership_model.model.gates import GateResult
    from partnership_model.model.problem import DecisionProblem, ProblemOption

COUNTED = ("order", "any")  # the sets of plausible weights that a page can draw from by sorting and subtracting alone


def model_of(state: Exploration, problem: DecisionProblem) -> dict[str, Any]:
    """Give the whole model, from which a page works out all that follows from weights and must-haves.

    Args:
        state: a case and the knowledge of its day; its weights are those offered as a start.
        problem: the same with no must-have in force, so that no option is left out that one could bring back.
    """
    values = values_of(problem)
    drawn = spreads(problem, values.options)
    rows = {key: row for row, key in enumerate(values.options)}
    options = []
    for option in problem.options:
        row = rows.get(option.key)
        options.append(_screened(state, option) | (_judged(problem, option.key, row, values, drawn) if row is not None else {}))
    return {
        "seed": SEED,
        "samples": SAMPLES,
        "set": problem.set_in_use,
        "criteria": [
            {"key": name, "label": one.label, "question": one.question, "worst": one.worst, "best": one.best}
            for name, one in problem.criteria.items()
        ],
        "options": options,
        "gates": [{"id": gate.id, "says": gate.says, "on": gate.id in state.gates} for gate in state.offered_gates],
        "caseSwings": as_swings(problem.weights.shares) if problem.weights else None,
        "statusWords": screening_words.STATUS,
        "unseen": [[origin, *said] for origin, said in words.UNSEEN.items()],
    }


def _screened(state: Exploration, option: ProblemOption) -> dict[str, Any]:
    """Give what the law and each must-have say of one option."""
    screening = option.screening
    results = [apply_gate(gate, screening, state.knowledge) for gate in state.offered_gates]
    return {
        "key": option.key,
        "label": option.label,
        "inASentence": option.in_a_sentence,
        "shownOnly": option.shown_only,
        "screening": screening.status,
        "closedBecause": screening_words.because(option) if screening.status == "closed" else "",
        "conditions": screening_words.conditions(option),
        "unknownAsks": [f"ask {one.fact.ask}" for one in screening.with_membership("unknown") if one.fact.ask],
        "gates": {result.gate.id: told for result in results if (told := _gate(result))},
    }


def _gate(result: GateResult) -> dict[str, Any]:
    """Give what one must-have says of one option; nothing where it passes on answers that somebody verified."""
    if result.failed:
        return {"failed": screening_words.closed_by(result)} | _undecided(result)
    said = screening_words.to_confirm(result)
    return _undecided(result) | ({"toConfirm": said} if said else {})


def _undecided(result: GateResult) -> dict[str, Any]:
    asked = [f"ask {fact.ask}" for _, fact in result.undecided if fact.ask]
    return {"undecided": asked, "quoted": f"“{result.gate.says}”"} if result.undecided else {}


def _judged(problem: DecisionProblem, key: str, row: int, values: Values, drawn: Spreads) -> dict[str, Any]:
    """Give one option's values, how each spreads, and whether anybody has looked at it."""
    judgements = [problem.judgements[key, name] for name in problem.criteria]
    certain = drawn.certain[row].tolist()
    return {
        "low": values.low[row].tolist(),
        "likely": values.likely[row].tolist(),
        "high": values.high[row].tolist(),
        "confirmed": [one.confirmed for one in judgements],
        "origin": [one.origin for one in judgements],
        "spreads": [
            {"shape": one.shape, "raw": one.raw, "shares": one.shares, "points": one.points or None}
            if (one := drawn.drawn.get((row, column)))
            else certain[column]
            for column in range(len(judgements))
        ],
    }
