"""Each change that somebody made, in one plain sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from partnership_model.analysis.overall import whole
from partnership_model.analysis.trade_offs import Question
from partnership_model.display import phrases, weight_set_words, words
from partnership_model.display.exploration import after
from partnership_model.display.moves import ChooseWays, Gate, Judge, Look, Swing, UseWeights
from partnership_model.display.weighing_moves import Pair, Place, Points, Rule, Trade, Weigh
from partnership_model.display.weighing_words import HOW, answer_said

if TYPE_CHECKING:
    from collections.abc import Callable

    from partnership_model.display.exploration import Exploration
    from partnership_model.display.moves import Move

RULES = {"centroid": "the rank order centroid", "rank_sum": "the rank sum"}
WHERE = {
    "next": "put next",
    "up": "moved up",
    "down": "moved down",
    "level": "put level with the one above",
    "out": "taken out",
}
WEIGHED = {
    "back": "Last answer taken back",
    "again": "Weighed again: a second weighing begun",
    "done": "Second weighing done, and put beside the first",
    "mean": "Of two weighings the mean is used",
    "first": "Of two weighings the first is used",
    "second": "Of two weighings the second is used",
    "drop": "Comparison of two weighings left",
}


def change_said(before: Exploration, move: Move) -> str:
    """Say what a move changes, in the state that it is made in.

    Args:
        before: the state; the move can be made in it.
        move: a move that changes something.
    """
    say = cast("Callable[[Exploration, Any], str]", SAID[type(move)])
    return say(before, move)


def _label(state: Exploration, criterion: str) -> str:
    return phrases.uncapital(state.problem.criteria[criterion].label)


def _figure(value: float | None) -> str:
    return "none" if value is None else str(whole(value))


def _swing(before: Exploration, move: Swing) -> str:
    now = after(before, move.model_dump()).swings.get(move.criterion)
    return f"Weight of {_label(before, move.criterion)}: {_figure(now)}, before {_figure(before.swings.get(move.criterion))}"


def _points(before: Exploration, move: Points) -> str:
    now = after(before, move.model_dump()).weighing.points.get(move.criterion)
    return f"Points for {_label(before, move.criterion)}: {_figure(now)}, before {_figure(before.weighing.points.get(move.criterion))}"


def _gate(before: Exploration, move: Gate) -> str:
    says = next(gate.says for gate in before.offered_gates if gate.id == move.gate)
    return f"Must-have {'named' if move.on else 'given up'}: {phrases.uncapital(says).rstrip('.')}"


def _weights(before: Exploration, move: UseWeights) -> str:
    if move.of == "case":
        return "The weights of the case taken over"
    if move.of == "nobody":
        return "Every weight taken away"
    criteria = before.problem.criteria
    left = [name for name in criteria if name not in before.weighing.points] if before.weighing.way == "points" else before.unweighed
    return f"Nothing given to the rest: {phrases.listed(_label(before, name) for name in left)}"


def _ways(before: Exploration, move: ChooseWays) -> str:
    return f"Ways of weighing that count as plausible: {phrases.uncapital(weight_set_words.choice(before.problem, move.value))}"


def _cell(before: Exploration, move: Look | Judge) -> str:
    return f"{before.problem.option(move.option).in_a_sentence} on {_label(before, move.criterion)}"


def _look(before: Exploration, move: Look) -> str:
    return f"Judgement of {_cell(before, move)}: looked at and left as it is"


def _judge(before: Exploration, move: Judge) -> str:
    unit = before.problem.criteria[move.criterion].scale.unit
    cell = (move.option, move.criterion)
    now = after(before, move.model_dump()).judgements[cell]
    was = words.judged(before.problem.judgements[cell], unit)
    because = phrases.uncapital(now.reasoning).rstrip(".")
    return f"Judgement of {_cell(before, move)}: {words.judged(now, unit)} (before {was}), because {because}"


def _place(before: Exploration, move: Place) -> str:
    return f"Order: {_label(before, move.criterion)} {WHERE[move.where]}"


def _rule(_before: Exploration, move: Rule) -> str:
    return f"Order turned into weights by {RULES[move.value]}"


def _pair(before: Exploration, move: Pair) -> str:
    one, other = _label(before, move.one), _label(before, move.other)
    if not move.value:
        return f"Not compared any more: {one} and {other}"
    times = int(move.value)
    if times == 1:
        return f"Compared: {one} and {other} are worth the same"
    more, less = (one, other) if times > 0 else (other, one)
    return f"Compared: {more} is worth {abs(times)} times {less}"


def _trade(before: Exploration, move: Trade) -> str:
    answer = answer_said(Question(move.one, move.other, float(move.part)), move.said, before.problem.criteria)
    return f"Question answered: {phrases.uncapital(answer).rstrip('.')}"


def _weigh(before: Exploration, move: Weigh) -> str:
    return WEIGHED.get(move.value) or f"In use now: {HOW[before.weighing.way]}"


SAID = {
    Swing: _swing,
    Points: _points,
    Gate: _gate,
    UseWeights: _weights,
    ChooseWays: _ways,
    Look: _look,
    Judge: _judge,
    Place: _place,
    Rule: _rule,
    Pair: _pair,
    Trade: _trade,
    Weigh: _weigh,
}
