"""Whether other methods come to the same order, and where a disagreement comes from; and whether an order hangs on the list of options."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Literal

import numpy as np

from partnership_model.analysis.method_scores import TIE, Method, MethodName, added, added_by_range, added_by_sum, methods

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from partnership_model.analysis.method_scores import Scores
    from partnership_model.analysis.overall import Values

Cause = Literal["normalisation", "rule", "both", "either"]
Tested = Literal["additive", "additive_by_range", "additive_by_sum", MethodName]
Order = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class TurnedPair:
    """Two options that a method puts the other way round.

    Attributes:
        ahead_here: the option that is ahead in the ranking; `ahead_there` by the other method.
        cause: `normalisation` where only the method's scaling to the options at hand turns the pair round, `rule` where only its rule
            does, `either` where each does it alone, `both` where only the two together do.
    """

    ahead_here: str
    ahead_there: str
    cause: Cause


@dataclass(frozen=True)
class OtherMethod:
    """What one method makes of the likely values and the weights in use.

    Attributes:
        scores: higher is better; VIKOR's Q, of which less is better, has its sign turned.
        order: options from first to last; level scores share a place.
        same_first: whether everything that it puts first comes first in the ranking.
        compared: how many pairs the ranking separates.
        turned: those of them that it puts the other way round.
        unseparated: options that the method itself does not separate from its first, that one among them; none where it has no such rule.
    """

    name: MethodName
    scores: dict[str, float]
    order: Order
    same_first: bool
    compared: int
    turned: tuple[TurnedPair, ...]
    unseparated: tuple[str, ...]


@dataclass(frozen=True)
class Reversal:
    """Options whose going, or whose second copy, makes two options change places.

    Attributes:
        removed: for each option whose going does that, two of the others: the one that was ahead, and the one that then is.
        copied: for each option of which a copy is added, two options, itself perhaps among them.
    """

    name: Tested
    removed: dict[str, tuple[str, str]]
    copied: dict[str, tuple[str, str]]


@dataclass(frozen=True)
class OtherMethods:
    """What the other methods say.

    Attributes:
        reversals: of the additive model first, with 0 and 100 fixed and scaled in two ways, then of each method.
        level: criteria that carry weight and on which all options have the same value: methods that scale to the options at hand have to
            leave them out, and no method is moved by that.
        naught: options with a value of 0 on a criterion that carries weight: their weighted product is 0.
    """

    methods: tuple[OtherMethod, ...]
    reversals: tuple[Reversal, ...]
    level: tuple[str, ...]
    naught: tuple[str, ...]


def other_methods(values: Values, weights: NDArray[np.float64], ranking: Order) -> OtherMethods | None:
    """Compare the ranking with TOPSIS, VIKOR, PROMETHEE II and the weighted product; None where `pymcdm` cannot be loaded.

    TOPSIS: Hwang and Yoon, Multiple Attribute Decision Making, 1981, with vector normalisation. VIKOR: Opricovic and Tzeng, European
    Journal of Operational Research 156 (2004), pages 445 to 455, with v = 0.5. PROMETHEE II: Brans and Vincke, Management Science 31
    (1985), pages 647 to 656, with the usual preference function: any lead counts in full. Weighted product: Bridgman, Dimensional
    Analysis, 1922.

    Args:
        values: of two options or more; the likely ones are used.
        weights: one for each criterion, summing to one.
        ranking: the order that is compared, ties together.
    """
    found = methods()
    if found is None:
        return None
    likely = np.round(values.likely, 9)  # the same judgement must not be ahead of itself by the last digit
    places = {option: place for place, tied in enumerate(ranking) for option in tied}
    tested: dict[Tested, Scores] = {"additive": added, "additive_by_range": added_by_range, "additive_by_sum": added_by_sum}
    tested |= {method.name: method.usual for method in found}
    weighed = weights > 0
    return OtherMethods(
        methods=tuple(_compared(method, values.options, likely, weights, places) for method in found),
        reversals=tuple(reversal(name, score, values.options, likely, weights) for name, score in tested.items()),
        level=tuple(np.array(values.criteria)[weighed & (np.ptp(likely, axis=0) == 0)].tolist()),
        naught=tuple(option for option, row in zip(values.options, likely, strict=True) if np.any(row[weighed] == 0)),
    )


def _compared(
    method: Method, options: tuple[str, ...], likely: NDArray[np.float64], weights: NDArray[np.float64], places: dict[str, int]
) -> OtherMethod:
    scores, fixed, scaled = (score(likely, weights) for score in (method.usual, method.fixed, method.scaled))
    order = order_of(options, scores)
    pairs = [sorted(pair, key=lambda row: places[options[row]]) for pair in combinations(range(len(options)), 2)]
    separated = [(ahead, behind) for ahead, behind in pairs if places[options[ahead]] < places[options[behind]]]
    turned = tuple(
        TurnedPair(options[ahead], options[behind], _cause(_ahead(fixed, behind, ahead), _ahead(scaled, behind, ahead)))
        for ahead, behind in separated
        if _ahead(scores, behind, ahead)
    )
    return OtherMethod(
        name=method.name,
        scores=dict(zip(options, map(float, scores), strict=True)),
        order=order,
        same_first=all(places[option] == 0 for option in order[0]),
        compared=len(separated),
        turned=turned,
        unseparated=tuple(options[row] for row in method.unseparated(likely, weights)) if method.unseparated else (),
    )


def _cause(turned_by_rule: bool, turned_by_scaling: bool) -> Cause:  # noqa: FBT001 - two answers, one table
    """Say what turns a pair round: the method's rule with 0 and 100 fixed, the additive model on scaled values, either or only both."""
    if turned_by_rule:
        return "either" if turned_by_scaling else "rule"
    return "normalisation" if turned_by_scaling else "both"


def _ahead(scores: NDArray[np.float64], row: int, other: int) -> bool:
    return bool(scores[row] > scores[other] + TIE)


def order_of(options: Sequence[str], scores: NDArray[np.float64]) -> Order:
    """Order options from the highest score to the lowest; those within the tolerance of the one before share its place.

    >>> order_of(("a", "b", "c"), np.array([0.2, 0.5, 0.2]))
    (('b',), ('a', 'c'))
    """
    places: list[list[int]] = []
    for row in np.argsort(-scores, kind="stable").tolist():
        if places and not _ahead(scores, places[-1][-1], row):
            places[-1].append(row)
        else:
            places.append([row])
    return tuple(tuple(options[row] for row in sorted(tied)) for tied in places)


def reversal(name: Tested, score: Scores, options: tuple[str, ...], values: NDArray[np.float64], weights: NDArray[np.float64]) -> Reversal:
    """Take each option away, then add a copy of each, and find whether two options change places.

    With fixed anchors the additive model never does that. Scaled to the options at hand it can: Belton and Gear, On a short-coming of
    Saaty's method of analytic hierarchies, Omega 11 (1983), pages 228 to 230.

    Args:
        name: of the method.
        score: gives scores for values (options x criteria) and weights, higher better.
        options: names of the rows.
        values: from 0 to 100.
        weights: one for each criterion, summing to one.
    """
    before = score(values, weights)
    removed, copied = {}, {}
    for row, option in enumerate(options):
        others = [other for other in range(len(options)) if other != row]
        if len(others) > 1:
            after = np.zeros(len(options))
            after[others] = score(values[others], weights)
            if turned := _turned(options, before, after, others):
                removed[option] = turned
        twice = score(np.vstack([values, values[row]]), weights)
        if turned := _turned(options, before, twice, range(len(options))):
            copied[option] = turned
    return Reversal(name, removed, copied)


def _turned(options: Sequence[str], before: NDArray[np.float64], after: NDArray[np.float64], rows: Iterable[int]) -> tuple[str, str] | None:
    """Give two options that change places, those nearest the top first."""
    for ahead, behind in combinations(sorted(rows, key=lambda row: -before[row]), 2):
        if _ahead(before, ahead, behind) and _ahead(after, behind, ahead):
            return options[ahead], options[behind]
    return None
