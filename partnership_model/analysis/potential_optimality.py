"""Whether any weights put an option first, and where none do, the mix of other options that is ahead whatever the weights."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np

from partnership_model.analysis.linear_programme import cheapest
from partnership_model.analysis.overall import whole_parts
from partnership_model.analysis.switching import TOLERANCE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from partnership_model.analysis.overall import Values
    from partnership_model.model.plausible_weights import OrderedWeights

Figures = Literal["likely", "best", "surely"]
Steps = tuple[tuple[int, ...], ...]
SCALE = 100.0  # leads are scaled to at most one


@dataclass(frozen=True)
class Potential:
    """How far ahead of all others the weights that suit an option best can put it.

    Attributes:
        figures: `likely` takes all likely figures; `best` the option's own best ends against the others' worst; `surely`
            its own worst ends against the others' best, so that what holds then holds wherever in their ranges they lie.
        margin: points of 100 by which it is ahead of the next at those weights; negative where it is behind even then.
        weights: weights at which that is so.
        mix: shares of other options that sum to one, in hundredths where these are proof enough, where the option is
            never ahead; else none. Of a mix that is ahead at some weighting at least one part is ahead there too.
        behind: by how many points it is at least behind that mix at every weighting allowed.
    """

    option: str
    figures: Figures
    margin: float
    weights: dict[str, float]
    mix: dict[str, float]
    behind: float

    @property
    def ahead(self) -> bool:
        """Whether some weights put it ahead of all that differ from it."""
        return self.margin > TOLERANCE

    @property
    def level(self) -> bool:
        """Whether it can draw level with the best, and no more."""
        return abs(self.margin) <= TOLERANCE


def potential_optimality(values: Values, order: OrderedWeights | None = None) -> dict[tuple[str, Figures], Potential]:
    """Say for each option whether any weights put it first, on three readings of the judgements.

    Hazen, Partial information, dominance, and potential optimality in multiattribute utility theory, Operations
    Research 34 (1986), pages 296 to 310. The weights that suit an option best are those of a linear programme: the
    widest smallest lead. Its prices are the proof where that lead is not positive: a mix of other options that no
    weights put behind. No single one of them need be ahead everywhere (plain dominance is the mix of one).

    Args:
        values: of the ranked options; at least one.
        order: weights that keep this order of importance; any weights where it is left out.

    Returns:
        By option and reading of the judgements.
    """
    columns = range(len(values.criteria))
    steps = _steps(values, order) if order else (tuple(columns),)
    return {(option, figures): _potential(values, option, figures, steps) for option in values.options for figures in get_args(Figures)}


def _steps(values: Values, order: OrderedWeights) -> Steps:
    return tuple(tuple(values.criteria.index(name) for name in step) for step in order.steps)


def _potential(values: Values, option: str, figures: Figures, steps: Steps) -> Potential:
    row = values.row(option)
    mine = {"likely": values.likely, "best": values.high, "surely": values.low}[figures][row]
    theirs = {"likely": values.likely, "best": values.low, "surely": values.high}[figures]
    leads = mine - theirs
    rivals = [other for other in range(len(leads)) if other != row and np.abs(leads[other]).max() > TOLERANCE]
    used = [column for step in steps for column in step]
    if not rivals:
        even = {name: 1 / len(used) if column in used else 0.0 for column, name in enumerate(values.criteria)}
        return Potential(option, figures, 0.0, even, {}, 0.0)
    weights, prices = _widest_lead(leads[rivals], steps)
    margin = float((leads[rivals] @ weights).min())
    share = dict(zip(values.criteria, weights.tolist(), strict=True))
    if margin > TOLERANCE:
        return Potential(option, figures, margin, share, {}, 0.0)
    mix, behind = _plainest_mix(prices, leads[rivals], steps)
    named = {values.options[other]: float(part) for other, part in zip(rivals, mix, strict=True) if part > 0}
    return Potential(option, figures, margin, share, named, behind)


def _plainest_mix(mix: NDArray[np.float64], leads: NDArray[np.float64], steps: Steps) -> tuple[NDArray[np.float64], float]:
    """Give a mix in hundredths if it is ahead at every weighting, else as it is; and by how much it is at least ahead."""
    parts = whole_parts({str(place): float(100 * share) for place, share in enumerate(mix)})
    in_hundredths = np.array(list(parts.values())) / 100
    behind = _least_behind(in_hundredths, leads, steps)
    return (in_hundredths, behind) if behind > 0 else (mix, _least_behind(mix, leads, steps))


def _least_behind(mix: NDArray[np.float64], leads: NDArray[np.float64], steps: Steps) -> float:
    lead = mix @ leads
    return -float(lead @ best_corner(steps, lead))


def _widest_lead(leads: NDArray[np.float64], steps: Steps) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Find the weights with the widest smallest lead, and the mix of rivals that keeps it from being wider.

    That is a game between weights and rivals (Dantzig, Linear Programming and Extensions, 1963, chapter 13), solved on
    a few corners of the weights; while the best corner against the mix is not among them it is added, which comes to an
    end, since there are only so many. One that is among them already can be ahead by the programme's rounding alone.

    Args:
        leads: rivals x criteria, in points of 100.
        steps: columns, the most important first; those in no step get no weight.

    Returns:
        The weights, and a share for each rival.
    """
    corners = [best_corner(steps, lead) for lead in (*leads, leads.mean(axis=0))]
    while True:
        held = np.unique(corners, axis=0)
        game = 2 * SCALE + leads @ held.T  # all positive, so that its value is one over the least total of amounts
        found = cheapest(np.ones(len(held)), game / SCALE, np.ones(len(leads)))
        if found is None:  # not where every amount helps
            message = "No weights were found, although there are some."
            raise ArithmeticError(message)
        weights, mix = held.T @ found.amounts / found.amounts.sum(), found.prices / found.prices.sum()
        corner = best_corner(steps, mix @ leads)
        if (held == corner).all(axis=1).any() or corner @ (mix @ leads) <= (leads @ weights).min() + TOLERANCE:
            return weights, mix
        corners.append(corner)


def best_corner(steps: Steps, amounts: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give the weights that keep an order of importance and have the greatest weighted sum of these amounts.

    They lie at a corner, where the first so many criteria weigh the same and the rest nothing; of those that share a
    step the ones with the greatest amounts come first.

    >>> best_corner(((0,), (1, 2)), np.array([4.0, 2.0, 6.0])).tolist()
    [0.5, 0.0, 0.5]
    """
    order = [column for step in steps for column in sorted(step, key=lambda column: -amounts[column])]
    means = amounts[order].cumsum() / np.arange(1, len(order) + 1)
    weights = np.zeros(len(amounts))
    count = int(means.argmax()) + 1
    weights[order[:count]] = 1 / count
    return weights
