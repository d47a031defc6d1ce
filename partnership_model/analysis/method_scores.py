"""Scores of options by other methods, each in its published form and with 0 and 100 fixed; and by adding up scaled values.

Everything here takes values from 0 to 100, the more the better (options x criteria), and weights that sum to one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

MethodName = Literal["topsis", "vikor", "promethee_ii", "weighted_product"]
Scores = Callable[["NDArray[np.float64]", "NDArray[np.float64]"], "NDArray[np.float64]"]
GROUP_UTILITY = 0.5  # VIKOR's v: as much weight to the sum of regrets as to the largest one
FULL = 100.0
TIE = 1e-9  # scores that lie no further apart are level


@dataclass(frozen=True)
class Method:
    """One method, higher scores better, and what tells its rule from its normalisation.

    Attributes:
        usual: its scores as published, scaled to the options at hand where the method does that.
        fixed: the same rule with 0 and 100 fixed as worst and best, whichever options there are.
        scaled: the additive model on values that are scaled as the method scales them.
        unseparated: the rows of the options that the method itself does not separate from its first, where it has a rule for that.
    """

    name: MethodName
    usual: Scores
    fixed: Scores
    scaled: Scores
    unseparated: Callable[[NDArray[np.float64], NDArray[np.float64]], tuple[int, ...]] | None = None


def methods() -> tuple[Method, ...] | None:
    """Give the four methods as the package `pymcdm` computes them, or None where it cannot be loaded.

    It is an extra, and loading it takes about a second because it loads its drawing library too; so it is loaded here, when somebody
    asks for other methods, and nowhere else.
    """
    try:
        from pymcdm import methods as package  # noqa: PLC0415 - an extra, and slow to load
        from pymcdm.normalizations import vector_normalization  # noqa: PLC0415 - the same
    except ImportError:
        return None

    def topsis(values: NDArray[np.float64], weights: NDArray[np.float64]) -> NDArray[np.float64]:
        return _on_what_separates(values, weights, lambda kept, shares: _call(package.TOPSIS(vector_normalization), kept, shares))

    def topsis_fixed(values: NDArray[np.float64], weights: NDArray[np.float64]) -> NDArray[np.float64]:
        return _call(package.TOPSIS(_of_full), _with_ends(values), weights)[:-2]

    def vikor(values: NDArray[np.float64], weights: NDArray[np.float64]) -> NDArray[np.float64]:
        return _on_what_separates(values, weights, lambda kept, shares: 0.0 - _compromise(*_regrets(package, kept, shares)))

    def vikor_fixed(values: NDArray[np.float64], weights: NDArray[np.float64]) -> NDArray[np.float64]:
        return (0.0 - _compromise(*_regrets(package, _with_ends(values), weights)))[:-2]

    def unseparated(values: NDArray[np.float64], weights: NDArray[np.float64]) -> tuple[int, ...]:
        kept, shares = _what_separates(values, weights)
        return _unseparated(*_regrets(package, kept, shares)) if len(shares) else tuple(range(len(values)))

    def promethee(values: NDArray[np.float64], weights: NDArray[np.float64]) -> NDArray[np.float64]:
        return _call(package.PROMETHEE_II("usual"), values, weights)

    def product(values: NDArray[np.float64], weights: NDArray[np.float64]) -> NDArray[np.float64]:
        return _call(package.WPM(_of_full), values, weights)

    return (
        Method("topsis", topsis, topsis_fixed, added_by_length),
        Method("vikor", vikor, vikor_fixed, added_by_range, unseparated),
        Method("promethee_ii", promethee, promethee, added),
        Method("weighted_product", product, product, added),
    )


def _call(method: Any, values: NDArray[np.float64], weights: NDArray[np.float64]) -> NDArray[np.float64]:  # noqa: ANN401 - untyped package
    """Score without the package's own checks, which warn of dominated options and of weights that are nought."""
    return np.asarray(method(values, weights, np.ones(len(weights)), validation=False), dtype=np.float64)


def _of_full(column: NDArray[np.float64], *, cost: bool = False) -> NDArray[np.float64]:  # noqa: ARG001 - the package's signature
    return column / FULL


def _with_ends(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Add an option that is best and one that is worst on everything, so that they are the ideal and its opposite."""
    ends = np.array([[FULL], [0.0]]) * np.ones(values.shape[1])
    return np.vstack([values, ends])


def _on_what_separates(values: NDArray[np.float64], weights: NDArray[np.float64], score: Scores) -> NDArray[np.float64]:
    """Score on the criteria that separate options; where there is none, all options are level."""
    kept, shares = _what_separates(values, weights)
    return score(kept, shares) if len(shares) else np.zeros(len(values))


def _what_separates(values: NDArray[np.float64], weights: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Keep the criteria that carry weight and on which options differ, and scale their weights up to one."""
    kept = (weights > 0) & (values.max(axis=0) > values.min(axis=0))
    return values[:, kept], weights[kept] / weights[kept].sum() if kept.any() else weights[kept]


def _regrets(
    package: Any,  # noqa: ANN401 - untyped package
    values: NDArray[np.float64],
    weights: NDArray[np.float64],
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Give VIKOR's sum of weighted regrets (S) and its largest one (R) for each option; every column must vary."""
    with np.errstate(invalid="ignore"):  # its own Q is 0/0 where all options have the same S or R
        steps = package.VIKOR()(values, weights, np.ones(len(weights)), validation=False, verbose=True).results
    found = {step.desc.label: np.asarray(step.data, dtype=np.float64) for step in steps}
    return found["s"], found["r"]


def _compromise(sums: NDArray[np.float64], largest: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give VIKOR's Q; a part on which all options are level separates none and counts nothing."""
    return GROUP_UTILITY * _within_range(sums) + (1 - GROUP_UTILITY) * _within_range(largest)


def _within_range(amounts: NDArray[np.float64]) -> NDArray[np.float64]:
    width = amounts.max() - amounts.min()
    return (amounts - amounts.min()) / width if width > TIE else np.zeros(len(amounts))


def _unseparated(sums: NDArray[np.float64], largest: NDArray[np.float64]) -> tuple[int, ...]:
    """Give the rows of VIKOR's compromise solution, conditions C1 and C2 of Opricovic and Tzeng (2004).

    The first stands alone if it is ahead by at least 1/(options - 1) and is also best by the sum of regrets or by the
    largest one. Where it is not far enough ahead, all that are less than that behind belong to it; where it is not best
    by either, the second does.
    """
    score = _compromise(sums, largest)
    best, second, *_ = np.argsort(score, kind="stable")
    behind = score - score[best]
    advantage = 1 / (len(score) - 1)
    if behind[second] < advantage - TIE:
        return tuple(int(row) for row in np.flatnonzero(behind < advantage - TIE))
    stable = sums[best] <= sums.min() + TIE or largest[best] <= largest.min() + TIE
    return (int(best),) if stable else tuple(sorted((int(best), int(second))))


def added(values: NDArray[np.float64], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Add up weight times value, 0 and 100 fixed: the additive model as it is used here."""
    return values @ weights


def added_by_range(values: NDArray[np.float64], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Add up values that are scaled so that the worst option at hand has 0 and the best 1 on each criterion."""
    return _on_what_separates(values, weights, lambda kept, shares: (kept - kept.min(axis=0)) / np.ptp(kept, axis=0) @ shares)


def added_by_length(values: NDArray[np.float64], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Add up values that are divided by the root of the sum of their squares on each criterion."""
    return _on_what_separates(values, weights, lambda kept, shares: kept / np.sqrt((kept**2).sum(axis=0)) @ shares)


def added_by_sum(values: NDArray[np.float64], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Add up values that are divided by their sum on each criterion, as the analytic hierarchy process does."""
    return _on_what_separates(values, weights, lambda kept, shares: kept / kept.sum(axis=0) @ shares)
