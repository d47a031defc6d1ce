"""Who leads when one thing is left out: a criterion, an option or a stakeholder group."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from partnership_model.analysis.switching import TOLERANCE, shown_leaders
from partnership_model.model.weights import blend, without

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from partnership_model.analysis.overall import Values
    from partnership_model.model.problem import DecisionProblem
    from partnership_model.model.weights import Weights

What = Literal["criterion", "option", "group"]


@dataclass(frozen=True)
class LeftOut:
    """What follows where one thing is left out and everything else stays as it is.

    Attributes:
        what: whether a criterion, an option or a stakeholder group is left out.
        name: the criterion's or option's key, or the group's name.
        leaders: the options that come first without it, ties in whole numbers together; none where nothing is left.
        changed: whether others come first than now, or fewer, or more.
    """

    what: What
    name: str
    leaders: tuple[str, ...]
    changed: bool


def leave_out(problem: DecisionProblem, values: Values) -> tuple[LeftOut, ...]:
    """Leave out each criterion, each stakeholder group and each option in turn; nothing where nobody has weighed.

    Groups are left out only where the weights in use are what at least two groups said together.

    Args:
        problem: its weights, and those of its groups, are used.
        values: the values of its ranked options.
    """
    if problem.weights is None or not values.options:
        return ()
    return (
        *without_each_criterion(values, problem.weights),
        *without_each_group(values, problem),
        *without_each_option(values, problem.weights),
    )


def without_each_criterion(values: Values, weights: Weights) -> tuple[LeftOut, ...]:
    """Leave out one criterion at a time and scale the other weights up to one.

    That is the end of the interval at which the criterion's own weight is nought (see `switching_values`). A criterion
    that carries all the weight leaves nothing to weigh.
    """
    now = _leaders(values, weights.array(values.criteria))
    found = []
    for name in values.criteria:
        rest = without(weights, name)
        found.append(_left_out("criterion", name, _leaders(values, rest.array(values.criteria)) if rest else (), now))
    return tuple(found)


def without_each_option(values: Values, weights: Weights) -> tuple[LeftOut, ...]:
    """Leave out one option at a time, with judgements, anchors and weights as they are.

    What 0 and 100 mean is fixed on every criterion and does not hang on which options there are. So every other
    option keeps its overall value, the order of the others cannot change, and only the leader's going changes who
    leads. Where a method scales values to the options at hand it can: Belton and Gear, On a short-coming of Saaty's
    method of analytic hierarchies, Omega 11 (1983), pages 228 to 230.
    """
    totals = values.likely @ weights.array(values.criteria)
    now = _named(values, shown_leaders(totals))
    found = []
    for row, name in enumerate(values.options):
        others = [other for other in range(len(values.options)) if other != row]
        first = shown_leaders(totals[others]) if others else []
        found.append(_left_out("option", name, _named(values, (others[place] for place in first)), now))
    return tuple(found)


def without_each_group(values: Values, problem: DecisionProblem) -> tuple[LeftOut, ...]:
    """Leave out one stakeholder group at a time and put the weights of the others together, each by its voices.

    Nothing is found for a single group, nor where the weights in use are others than what the groups said together.
    """
    groups, weights = problem.group_weights, problem.weights
    if weights is None or len(groups) < 2:  # noqa: PLR2004 - without the only one nobody has weighed
        return ()
    voices = {name: problem.voices.get(name, 1) for name in groups}
    together = blend(list(groups.values()), list(voices.values()))
    if any(abs(share - weights.shares[name]) > TOLERANCE for name, share in together.items()):
        return ()
    now = _leaders(values, weights.array(values.criteria))
    found = []
    for name in groups:
        rest = [other for other in groups if other != name]
        shares = blend([groups[other] for other in rest], [voices[other] for other in rest])
        array = np.array([shares[criterion] for criterion in values.criteria])
        found.append(_left_out("group", name, _leaders(values, array), now))
    return tuple(found)


def _left_out(what: What, name: str, leaders: tuple[str, ...], now: tuple[str, ...]) -> LeftOut:
    return LeftOut(what, name, leaders, bool(leaders) and leaders != now)


def _leaders(values: Values, weights: NDArray[np.float64]) -> tuple[str, ...]:
    return _named(values, shown_leaders(values.likely @ weights))


def _named(values: Values, rows: Iterable[int]) -> tuple[str, ...]:
    return tuple(values.options[row] for row in rows)
