"""Two states of one case side by side: where they agree, where they differ, and which difference matters for who comes first."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import product
from typing import TYPE_CHECKING, Literal

from partnership_model.analysis.overall import overall_values, ranking, values_of
from partnership_model.analysis.switching import decisive_cells

if TYPE_CHECKING:
    from partnership_model.analysis.appraisal import Appraisal, Withheld
    from partnership_model.knowledge.catalogue import NonNegotiable
    from partnership_model.knowledge.schema import Range
    from partnership_model.model.problem import DecisionProblem

Whose = Literal["one", "other"]
What = Literal["weights", "judgements", "must_haves"]
BOTH: tuple[Whose, Whose] = ("one", "other")
WHAT: tuple[What, ...] = ("weights", "judgements", "must_haves")
HUNDRED = 100.0


@dataclass(frozen=True)
class Outcome:
    """Which options come first, ties together, or why nothing may be put in order yet."""

    leaders: tuple[str, ...]
    withheld: Withheld | None = None


@dataclass(frozen=True)
class Difference:
    """One judgement of which the figures differ.

    Attributes:
        one, other: the figures of each.
        points: how many points the likely overall value of its option gains in the one state with the other's figures; None where
            nobody has weighed there, or the option is closed.
        turns: whether that alone changes what comes first in the one state.
    """

    option: str
    criterion: str
    one: Range
    other: Range
    points: float | None
    turns: bool


@dataclass(frozen=True)
class SideBySide:
    """What two states of one case have in common and what not.

    Attributes:
        weights: of each criterion the weights in points of 100; None for a state in which nobody has weighed.
        only: the must-haves that only one of the two names.
        closed: the options that are closed in only one of the two.
        judgements: those that differ, what matters most first.
        seen: how many judgements were looked at in only one of the two.
        crossed: what comes first with whose judgements (first) and whose weights (second); must-haves are those of the judgements.
        swapped: what comes first in the one state if this alone were taken from the other.
    """

    weights: dict[str, tuple[float | None, float | None]]
    only: dict[Whose, tuple[NonNegotiable, ...]]
    closed: dict[Whose, tuple[str, ...]]
    judgements: tuple[Difference, ...]
    seen: dict[Whose, int]
    crossed: dict[tuple[Whose, Whose], Outcome]
    swapped: dict[What, Outcome]

    @property
    def one(self) -> Outcome:
        """Give what comes first in the one state."""
        return self.crossed["one", "one"]

    @property
    def other(self) -> Outcome:
        """Give what comes first in the other state."""
        return self.crossed["other", "other"]

    @property
    def same_leader(self) -> bool:
        """Whether both may say what comes first, and say the same."""
        return bool(self.one.leaders) and self.one == self.other

    @property
    def different(self) -> tuple[What, ...]:
        """Name what differs at all."""
        found: dict[What, bool] = {
            "weights": any(one != other for one, other in self.weights.values()),
            "judgements": bool(self.judgements),
            "must_haves": any(self.only.values()),
        }
        return tuple(what for what in WHAT if found[what])

    @property
    def matters(self) -> tuple[What, ...]:
        """Name what alone, taken from the other state, changes what comes first in the one."""
        return tuple(what for what in self.different if self.one.leaders and self.swapped[what].leaders not in ((), self.one.leaders))

    @property
    def largest(self) -> tuple[str, float] | None:
        """Give the criterion whose weights lie furthest apart, and by how many points; None while one has not weighed."""
        gaps = {name: other - one for name, (one, other) in self.weights.items() if one is not None and other is not None}
        return max(gaps.items(), key=lambda pair: abs(pair[1])) if gaps else None


def side_by_side(one: Appraisal, other: Appraisal) -> SideBySide:
    """Put two states of the same case on the same day side by side."""
    states: dict[Whose, DecisionProblem] = {"one": one.problem, "other": other.problem}
    gates = {whose: {result.gate.id: result.gate for result in problem.options[0].gates} for whose, problem in states.items()}
    closed = {whose: {option.key for option in problem.options if option.status == "closed"} for whose, problem in states.items()}
    seen = {whose: {cell for cell, said in problem.judgements.items() if said.confirmed} for whose, problem in states.items()}
    crossed = {(judged, weighed): _outcome(_mixed(states, weighed, judged, judged)) for judged, weighed in product(BOTH, BOTH)}
    return SideBySide(
        weights={name: (_points(one.problem, name), _points(other.problem, name)) for name in one.problem.criteria},
        only={whose: tuple(gate for key, gate in gates[whose].items() if key not in gates[rest]) for whose, rest in _pairs()},
        closed={whose: tuple(sorted(closed[whose] - closed[rest])) for whose, rest in _pairs()},
        judgements=_differences(states, crossed["one", "one"]),
        seen={whose: len(seen[whose] - seen[rest]) for whose, rest in _pairs()},
        crossed=crossed,
        swapped={
            "weights": crossed["one", "other"],
            "judgements": _outcome(_mixed(states, "one", "other", "one")),
            "must_haves": _outcome(_mixed(states, "one", "one", "other")),
        },
    )


def _pairs() -> tuple[tuple[Whose, Whose], ...]:
    return ("one", "other"), ("other", "one")


def _points(problem: DecisionProblem, criterion: str) -> float | None:
    return problem.weights.shares[criterion] * HUNDRED if problem.weights else None


def _mixed(states: dict[Whose, DecisionProblem], weights: Whose, judgements: Whose, must_haves: Whose) -> DecisionProblem:
    """Take each part of the problem from one of the two; must-haves are what the options carry."""
    return replace(
        states["one"],
        weights=states[weights].weights,
        judgements=states[judgements].judgements,
        options=states[must_haves].options,
    )


def _outcome(problem: DecisionProblem) -> Outcome:
    """Say what comes first, under the rules by which an appraisal withholds it."""
    values = values_of(problem)
    if not values.options:
        return Outcome((), "no_option")
    if problem.weights is None:
        return Outcome((), "nobody_weighed")
    weights = problem.weights.array(values.criteria)
    if any(not problem.judgements[cell].confirmed for cell in decisive_cells(values, weights)):
        return Outcome((), "unconfirmed")
    return Outcome(ranking(overall_values(values, weights))[0])


def _differences(states: dict[Whose, DecisionProblem], now: Outcome) -> tuple[Difference, ...]:
    one, other = states["one"], states["other"]
    found = [_difference(one, other, cell, now) for cell, said in one.judgements.items() if other.judgements[cell].amount != said.amount]
    return tuple(sorted(found, key=lambda each: (not each.turns, -abs(each.points or 0.0))))


def _difference(one: DecisionProblem, other: DecisionProblem, cell: tuple[str, str], now: Outcome) -> Difference:
    theirs = replace(one, judgements={**one.judgements, cell: other.judgements[cell]})
    points = None
    if one.weights and cell[0] in {option.key for option in one.ranked_options}:
        before, after = values_of(one), values_of(theirs)
        at = before.row(cell[0]), before.criteria.index(cell[1])
        points = float(after.likely[at] - before.likely[at]) * one.weights.shares[cell[1]]
    turns = bool(now.leaders) and _outcome(theirs).leaders not in ((), now.leaders)
    return Difference(*cell, one.judgements[cell].amount, other.judgements[cell].amount, points, turns)
