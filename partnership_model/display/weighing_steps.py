"""One move of weighing at a time: what is said is kept, and becomes the weights in use once nothing is missing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from partnership_model.analysis.overall import values_of
from partnership_model.analysis.trade_offs import Question
from partnership_model.display.typed import figure, known
from partnership_model.display.weighing import HUNDRED, Kept, Weighing, as_swings, asked, shared
from partnership_model.display.weighing_moves import ChooseWay, Pair, Place, Points, Rule, Trade, Weigh, WeighingMove
from partnership_model.errors import PartnershipError
from partnership_model.knowledge.weighings import Implied, Use
from partnership_model.model.weights import from_points, mean_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from partnership_model.display.exploration import Exploration


def weigh(state: Exploration, move: WeighingMove) -> Exploration:
    """Make one move of weighing.

    Raises:
        PartnershipError: it cannot be made; the words stand beside the field.
    """
    criteria = tuple(state.problem.criteria)
    now = state.weighing
    match move:
        case ChooseWay():
            return replace(state, weighing=replace(now, way=move.value))
        case Points():
            now = _points(now, move, criteria)
        case Place():
            now = _place(now, move, criteria)
        case Rule():
            now = replace(now, by=move.value)
        case Pair():
            now = _pair(now, move, criteria)
        case Trade():
            return _trade(state, move, criteria)
        case Weigh():
            return _weigh(state, move, criteria)
    return _in_use(replace(state, weighing=now), criteria)


def _in_use(state: Exploration, criteria: Sequence[str]) -> Exploration:
    """Use what was said, once nothing is missing."""
    found = shared(state.weighing, criteria)
    return replace(state, swings=as_swings({name: found.shares[name] for name in criteria})) if found else state


def _points(now: Weighing, move: Points, criteria: Sequence[str]) -> Weighing:
    known(move.criterion, criteria)
    rest = {name: points for name, points in now.points.items() if name != move.criterion}
    if not move.value.strip():
        return replace(now, points=rest)
    return replace(now, points=rest | {move.criterion: figure(move.value, 0, HUNDRED)})


def rest_gets_nothing(state: Exploration) -> Exploration:
    """Give every lift that has no points yet none of them."""
    criteria = tuple(state.problem.criteria)
    points = dict.fromkeys(criteria, 0.0) | state.weighing.points
    return _in_use(replace(state, weighing=replace(state.weighing, points=points)), criteria)


def _place(now: Weighing, move: Place, criteria: Sequence[str]) -> Weighing:
    known(move.criterion, criteria)
    steps = [list(step) for step in now.order]
    at = next((place for place, step in enumerate(steps) if move.criterion in step), None)
    if (at is None) != (move.where == "next"):
        message = "That lift has a place already." if at is not None else "That lift has no place yet."
        raise PartnershipError(message)
    if at is None:
        return replace(now, order=(*now.order, (move.criterion,)))
    alone = len(steps[at]) == 1
    steps[at].remove(move.criterion)
    if move.where == "level":
        if at == 0:
            message = "Nothing stands above it. Move it down first."
            raise PartnershipError(message)
        steps[at - 1].append(move.criterion)
    elif move.where == "up":
        steps.insert(max(at - alone, 0), [move.criterion])
    elif move.where == "down":
        steps.insert(at + 1 + alone, [move.criterion])
    return replace(now, order=tuple(tuple(step) for step in steps if step))


def _pair(now: Weighing, move: Pair, criteria: Sequence[str]) -> Weighing:
    known(move.one, criteria)
    known(move.other, criteria[criteria.index(move.one) + 1 :])
    rest = {pair: times for pair, times in now.pairs.items() if pair != (move.one, move.other)}
    said = {(move.one, move.other): int(move.value)} if move.value else {}
    return replace(now, pairs=rest | said)


def _trade(state: Exploration, move: Trade, criteria: Sequence[str]) -> Exploration:
    known(move.one, criteria)
    known(move.other, [name for name in criteria if name != move.one])
    now, question = state.weighing, Question(move.one, move.other, float(move.part))
    if question in [one for one, _ in now.answers]:
        message = "That question is answered already. Take the answer back to change it."
        raise PartnershipError(message)
    said = Implied(now.trade_offs)
    if move.said != "skip":
        for one in question.answered(move.said):
            if said.refutes(one):
                message = "That answer and those before it cannot all hold. Take one back first."
                raise PartnershipError(message)
            said.add(one)
    state = replace(state, weighing=replace(now, answers=(*now.answers, (question, move.said))))
    found = asked(state.weighing, values_of(state.problem))
    return _in_use(state, criteria) if found and found.settled else state


def _weigh(state: Exploration, move: Weigh, criteria: Sequence[str]) -> Exploration:
    now = state.weighing
    if move.value == "back":
        return replace(state, weighing=replace(now, answers=now.answers[:-1]))
    if move.value == "use":
        if shared(now, criteria) is None:
            message = "Something is missing still, so there is nothing to use yet."
            raise PartnershipError(message)
        return _in_use(state, criteria)
    if state.unweighed and move.value in ("again", "done"):
        state = _in_use(state, criteria)
    if move.value == "again":
        _weighed(state)
        kept = Kept(replace(now, first=None, second=None), state.swings)
        return replace(state, swings={}, weighing=replace(now.cleared(), first=kept, second=None, use="mean"))
    if now.first is None:
        message = "There is no first weighing that was put aside."
        raise PartnershipError(message)
    if move.value == "drop":
        return _without_comparison(state, now.first)
    if move.value == "done":
        _weighed(state)
        now = replace(now, second=Kept(replace(now, first=None, second=None), state.swings), use="mean")
    else:
        now = replace(now, use=move.value)
    if now.first is None or now.second is None:
        message = "Weigh a second time first."
        raise PartnershipError(message)
    return replace(state, weighing=now, swings=_of_two(now.first, now.second, now.use))


def _weighed(state: Exploration) -> None:
    if state.unweighed or not any(state.swings.values()):
        message = "Give every lift a weight first; 0 if it is worth nothing to you."
        raise PartnershipError(message)


def _without_comparison(state: Exploration, first: Kept) -> Exploration:
    """Leave the comparison: a second weighing that is not done gives way to the first."""
    if state.weighing.second is None:
        return replace(state, weighing=first.weighing, swings=first.swings)
    return replace(state, weighing=replace(state.weighing, first=None, second=None))


def _of_two(first: Kept, second: Kept, use: Use) -> dict[str, float]:
    if use != "mean":
        return (first if use == "first" else second).swings
    return as_swings(mean_of(from_points(first.swings, ""), from_points(second.swings, "")).shares)
