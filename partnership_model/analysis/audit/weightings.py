"""What the scores say whatever the weights: dominated options, options that are never first, and how often each comes first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from partnership_model.analysis.block_values import BlockValues
from partnership_model.analysis.exact_places import mean_places
from partnership_model.analysis.overall import Values
from partnership_model.analysis.place_counts import PlaceCounts
from partnership_model.analysis.potential_optimality import potential_optimality
from partnership_model.analysis.weight_draws import draw_weights
from partnership_model.analysis.weight_simplices import at_corners, simplices_of
from partnership_model.model.plausible_weights import AnyWeights, OrderedWeights

if TYPE_CHECKING:
    from fractions import Fraction

    from numpy.typing import NDArray

    from partnership_model.knowledge.scoring_table import Scheme, ScoringTable
    from partnership_model.model.plausible_weights import PlausibleWeights

How = Literal["computed", "sampled"]
Scale = Literal["as_it_stands", "each_stretched"]
FAR_APART = 10  # times as large: scores of one criterion beside those of another, so that they cannot be on one scale
BLOCKS = 6  # of 16,384 draws, where nothing can be worked out without drawing
SEED = 2016
FINE = 2.0**16  # parts of a point, in which values are drawn


@dataclass(frozen=True)
class Dominated:
    """An option that another one equals or beats on every criterion, and beats on one: no weights rescue it."""

    option: int
    by: int


@dataclass(frozen=True)
class FirstPlaces:
    """Of all weightings of a kind, the share that puts each option first.

    Attributes:
        shares: by option; with blanks, the lower of two counts.
        most: the higher of the two: blanks filled with the worst, and with the best score given on each criterion.
        how: `computed`, no further from the truth than `error`; or `sampled`, `error` being the largest standard error.
    """

    shares: tuple[float, ...]
    most: tuple[float, ...]
    how: How
    error: float


@dataclass(frozen=True)
class Weightings:
    """What holds whatever the weights.

    Attributes:
        scale: whether scores are weighed as they stand, or each criterion is stretched from its worst to its best score, since
            they are on scales that differ.
        never_first: options that no weights put first, though no single option dominates them; only where nothing is blank.
        every: over all weightings.
        in_order: by scheme, over the weightings that keep its order of importance; None where it has no order.
    """

    scale: Scale
    dominated: tuple[Dominated, ...]
    never_first: tuple[int, ...]
    every: FirstPlaces
    in_order: tuple[FirstPlaces | None, ...]


def weightings(table: ScoringTable) -> Weightings:
    """Count ways of weighing; scores of which less is better are turned round."""
    worst, best, scale = _values(table)
    names = tuple(str(column) for column in range(len(table.criteria)))
    found = dominated(table)
    never: tuple[int, ...] = ()
    if not table.blanks:
        keys = tuple(map(str, range(len(table.options))))
        potential = potential_optimality(Values(keys, names, best, best, best))
        beaten = {one.option for one in found}
        never = tuple(
            row
            for row, key in enumerate(keys)
            if potential[key, "likely"].margin < 0 and not potential[key, "likely"].level and row not in beaten
        )
    every = _first_places(worst, best, AnyWeights(names), names)
    orders = tuple(_order(scheme, names) for scheme in table.schemes)
    in_order = tuple(None if order is None else _first_places(worst, best, order, names) for order in orders)
    return Weightings(scale, found, never, every, in_order)


def dominated(table: ScoringTable) -> tuple[Dominated, ...]:
    """Find, for each dominated option, the first that dominates it; an option with a blank is compared with none."""
    signs = [-1 if one.better == "lower" else 1 for one in table.criteria]
    rows: list[list[Fraction] | None] = [
        [score.number.value * sign for score, sign in zip(row, signs, strict=True) if score.number] for row in table.scores
    ]
    rows = [row if row and len(row) == len(signs) else None for row in rows]
    found = []
    for option, row in enumerate(rows):
        for other, beside in enumerate(rows):
            if row and beside and all(one >= two for one, two in zip(beside, row, strict=True)) and beside != row:
                found.append(Dominated(option, other))
                break
    return tuple(found)


def _values(table: ScoringTable) -> tuple[NDArray[np.float64], NDArray[np.float64], Scale]:
    """Give scores from 0 to 100, blanks filled with the worst and with the best of their criterion: options x criteria."""
    signs = np.array([-1.0 if one.better == "lower" else 1.0 for one in table.criteria])
    raw = np.array([[float(score.number.value) if score.number else np.nan for score in row] for row in table.scores])
    turned = raw * signs
    least, most = np.nanmin(turned, axis=0), np.nanmax(turned, axis=0)
    sizes = [float(size) for size in np.nanmax(np.abs(raw), axis=0) if size > 0]
    apart = bool(sizes) and max(sizes) > FAR_APART * min(sizes)
    widths = most - least if apart else np.full(len(least), (most - least).max())
    points = 100 / np.where(widths > 0, widths, 1.0)
    turned, most, least = (turned - least) * points, (most - least) * points, np.zeros(len(least))
    worst, best = np.where(np.isnan(turned), least, turned), np.where(np.isnan(turned), most, turned)
    return worst, best, "each_stretched" if apart else "as_it_stands"


def _order(scheme: Scheme, names: tuple[str, ...]) -> OrderedWeights | None:
    """Give the weights that keep a scheme's order of importance; None without weights, or where all are equal or only one counts."""
    weights = {name: one.value for name, one in zip(names, scheme.weights, strict=False) if one.value}
    steps = tuple(tuple(name for name, of in weights.items() if of == value) for value in sorted(set(weights.values()), reverse=True))
    return OrderedWeights(steps) if len(steps) > 1 else None


def _first_places(
    worst: NDArray[np.float64], best: NDArray[np.float64], plausible: PlausibleWeights, names: tuple[str, ...]
) -> FirstPlaces:
    counted = [_counted(worst, plausible, names)]
    if (worst != best).any():
        counted.append(_counted(best, plausible, names))
    shares = np.array([one[0] for one in counted])
    how: How = "sampled" if any(one[1] == "sampled" for one in counted) else "computed"
    least, most = (tuple(map(float, ends)) for ends in (shares.min(axis=0), shares.max(axis=0)))
    return FirstPlaces(least, most, how, max(one[2] for one in counted))


def _counted(values: NDArray[np.float64], plausible: PlausibleWeights, names: tuple[str, ...]) -> tuple[NDArray[np.float64], How, float]:
    """Give the share of first places: worked out where that can be done, else drawn."""
    simplices = simplices_of(plausible, names)
    if simplices is not None:
        found = mean_places([at_corners(values, corners) for corners in simplices])
        if found.acceptability is not None:
            return found.acceptability[:, 0], "computed", found.error
    counts = PlaceCounts(*values.shape)
    for block in range(BLOCKS):
        counts.add(draw_weights(plausible, names, SEED, block), BlockValues(np.round(values * FINE) / FINE, {}))
    shares = counts.places[:, 0] / counts.samples
    return shares, "sampled", float(np.sqrt(shares * (1 - shares) / counts.samples).max())
