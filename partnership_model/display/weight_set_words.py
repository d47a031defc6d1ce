"""The sets of weights that can count as plausible, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partnership_model.knowledge.weight_sets import added

if TYPE_CHECKING:
    from collections.abc import Mapping

    from partnership_model.knowledge.weight_sets import AtLeast, SetName, SumOfWeights
    from partnership_model.model.problem import DecisionProblem


def head(problem: DecisionProblem, kind: SetName) -> str:
    """Name a set in two or three words, as the head of a column."""
    names: dict[SetName, str] = {
        "order": "Order kept",
        "near": f"Within {_near(problem)}",
        "any": "Any weights",
        "groups": "Groups' own",
        "conditions": "Our conditions",
    }
    return names[kind]


def choice(problem: DecisionProblem, kind: SetName) -> str:
    """Name a set as a choice in a list."""
    names: dict[SetName, str] = {
        "order": "All that keep our order",
        "near": f"All within {_near(problem)}",
        "any": "Any weights at all",
        "groups": "The groups' own" + (", or near them" if problem.weight_set.spread else ""),
        "conditions": "Our conditions",
    }
    return names[kind]


def within(problem: DecisionProblem) -> str:
    """Say inside which set of weights something holds, at the beginning of a sentence."""
    names: dict[SetName, str] = {
        "order": "Within the order of importance",
        "near": f"Within {_near(problem)} of our weights",
        "any": "Over all weights",
        "groups": "Within what the groups said",
        "conditions": "Within the case’s conditions",
    }
    return names[problem.set_in_use]


def ways(problem: DecisionProblem) -> str:
    """Say which ways of weighing count, inside a sentence: those of the set in use."""
    return f"ways of weighing {_which(problem)}"


def weightings(problem: DecisionProblem) -> str:
    """Say the same of weightings alone, where judgements do not vary."""
    return f"weightings {_which(problem)}"


def _which(problem: DecisionProblem) -> str:
    names: dict[SetName, str] = {
        "order": "that keep the order of importance",
        "near": f"within {_near(problem)} of our weights",
        "any": "with any weights at all",
        "groups": f"with {weights(problem, 'groups')}",
        "conditions": "that meet the case's conditions",
    }
    return names[problem.set_in_use]


def weights(problem: DecisionProblem, kind: SetName) -> str:
    """Say which weights a set has, inside a sentence."""
    names: dict[SetName, str] = {
        "order": "weights that keep the order of importance",
        "near": f"weights within {_near(problem)} of ours",
        "any": "any weights at all",
        "groups": "the stakeholder groups' own weights" + (" or some near them" if problem.weight_set.spread else ""),
        "conditions": "weights that meet the case's conditions",
    }
    return names[kind]


def among(problem: DecisionProblem) -> str:
    """Say among which weights, of the set in use: `settling the weights, among ...`."""
    names: dict[SetName, str] = {
        "order": "all that keep the order of importance",
        "near": f"all within {_near(problem)} of ours",
        "any": "any at all",
        "groups": weights(problem, "groups").replace(" weights", ""),
        "conditions": "all that meet the case's conditions",
    }
    return names[problem.set_in_use]


def _near(problem: DecisionProblem) -> str:
    within = problem.weight_set.within
    return f"{within:g} point{'' if within == 1 else 's'}"


def conditions(problem: DecisionProblem) -> list[str]:
    """Say each condition that the case sets on weights in a sentence."""
    asked = problem.weight_set
    names = {name: criterion.label for name, criterion in problem.criteria.items()}
    return [
        *(f"{names[name]} carries {_ends(*ends)} of 100." for name, ends in asked.ranges.items()),
        *(_ratio(names, one) for one in asked.at_least),
        *(_sum(names, one) for one in asked.conditions),
    ]


def _ends(low: float, high: float) -> str:
    """Say an interval of a weight.

    >>> _ends(10, 30), _ends(20, 20), _ends(0, 30), _ends(10, 100)
    ('10 to 30', 'exactly 20', 'at most 30', 'at least 10')
    """
    if low == high:
        return f"exactly {low:g}"
    if low == 0:
        return f"at most {high:g}"
    return f"at least {low:g}" if high == 100 else f"{low:g} to {high:g}"


def _ratio(names: Mapping[str, str], one: AtLeast) -> str:
    times = {1: "as much as", 2: "twice as much as"}.get(one.times, f"{one.times:g} times as much as")
    return f"{names[one.criterion]} matters at least {times} {names[one.than].lower()}."


def _sum(names: Mapping[str, str], one: SumOfWeights) -> str:
    """Say a condition on a sum; those with plain factors as people say them."""
    low, high = one.at_least, one.at_most
    ends = f"at most {high:g}" if low is None else f"at least {low:g}" if high is None else _ends(low, high)
    plus = [names[name].lower() for name, factor in one.factors.items() if factor == 1]
    minus = [names[name].lower() for name, factor in one.factors.items() if factor == -1]
    if len(plus) + len(minus) < len([factor for factor in one.factors.values() if factor]) or not plus:
        said = added((names[name].lower(), factor) for name, factor in one.factors.items() if factor)
        return f"{said[:1].upper()}{said[1:]} is {ends} of 100."
    first = " and ".join(plus)
    together = f"{first[:1].upper()}{first[1:]}{' together' if len(plus) > 1 else ''} {'carry' if len(plus) > 1 else 'carries'}"
    if not minus:
        return f"{together} {ends} of 100."
    if (low, high) == (0, None):
        return f"{together} at least as much as {' and '.join(minus)}{' together' if len(minus) > 1 else ''}."
    return f"What {together[:1].lower()}{together[1:]}, less {' and '.join(minus)}, is {ends} of 100."
