"""Orders of options that follow from what people support, by four rules of voting: they need not agree, and ties are ties.

An order is off unless a case asks for it (`option_order`), since a consultation is no vote.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from partnership_model.knowledge.consultation.ballots import SUPPORTS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from partnership_model.knowledge.consultation.ballots import Ballot

Steps = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class OptionOrders:
    """How options stand against each other, two by two, and what four rules make of that.

    Attributes:
        voices: how many ballots say anything of two or more options.
        by_borda, by_copeland, by_ranked_pairs: the order by each rule; ties share a step.
        condorcet: the option that more people prefer to each other one than the other way round; None where there is none.
        cycle: options that beat each other in a circle; nothing where they do not.
    """

    voices: int
    by_borda: Steps
    by_copeland: Steps
    by_ranked_pairs: Steps
    condorcet: str | None
    cycle: tuple[str, ...]


def levels_of_support(ballots: Sequence[Ballot], options: Sequence[str]) -> list[dict[str, float]]:
    """Give what each ballot says of the options as places, 0 for strongly for; an option of which it says nothing has none."""
    rank = {level: float(place) for place, level in enumerate(SUPPORTS)}
    return [{name: rank[ballot.support[name]] for name in options if name in ballot.support} for ballot in ballots]


def preferred(orders: Sequence[Mapping[str, float]], options: Sequence[str]) -> NDArray[np.int64]:
    """Count for each two options how many put the one (row) before the other (column).

    Whoever puts two level, or says nothing of one of them, prefers neither.

    Args:
        orders: a place for each option that was put in order, the smaller the better.
        options: the rows and columns.
    """
    places = np.array([[one.get(name, np.nan) for name in options] for one in orders]).reshape(len(orders), len(options))
    before = places[:, :, np.newaxis] < places[:, np.newaxis, :]
    found: NDArray[np.int64] = before.sum(axis=0, dtype=np.int64)
    return found


def orders_of(orders: Sequence[Mapping[str, float]], options: Sequence[str]) -> OptionOrders:
    """Put options in order by what people prefer, two by two.

    Borda (1781, see `borda_points`); Condorcet (1785); Copeland (1951): wins less losses; ranked pairs (Tideman,
    Independence of clones as a criterion for voting rules, Social Choice and Welfare 4 (1987), pages 185 to 206).
    """
    wins = preferred(orders, options)
    margins = wins - wins.T
    heard = sum(len(order) > 1 for order in orders)
    net = np.sign(margins).sum(axis=1)
    beaten = _reachable(margins > 0)
    circle = [name for row, name in enumerate(options) if beaten[row, row]]
    winner = [name for row, name in enumerate(options) if (np.delete(margins[row], row) > 0).all()]
    return OptionOrders(
        voices=heard,
        by_borda=_steps(options, np.array(list(borda_points(orders, options).values()))),
        by_copeland=_steps(options, net),
        by_ranked_pairs=_ranked_pairs(options, margins),
        condorcet=winner[0] if len(winner) == 1 and len(options) > 1 else None,
        cycle=tuple(circle),
    )


def borda_points(orders: Sequence[Mapping[str, float]], options: Sequence[str]) -> dict[str, float]:
    """Give each option a point for every other that somebody puts below it, and half a point for each that somebody puts level.

    An option of which somebody says nothing is level with the others for that person.
    """
    wins = preferred(orders, options)
    points = (len(orders) * (len(options) - 1) + (wins - wins.T).sum(axis=1)) / 2
    return dict(zip(options, map(float, points), strict=True))


def _steps(options: Sequence[str], scores: NDArray[np.float64]) -> Steps:
    return tuple(
        tuple(name for name, one in zip(options, scores, strict=True) if one == score) for score in sorted(set(scores), reverse=True)
    )


def _reachable(beats: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Say whether one option beats another directly or through others (Warshall 1962)."""
    found = beats.copy()
    for between in range(len(found)):
        found |= np.outer(found[:, between], found[between])
    return found


def _ranked_pairs(options: Sequence[str], margins: NDArray[np.int64]) -> Steps:
    """Keep the clearest majorities first, unless they contradict what is kept.

    Majorities that are equally clear are looked at together, and those of them that lie on a circle with what is kept are
    all left out, so that no name or number decides between equals: with no two equally clear it is Tideman's rule.

    Options that no kept majority joins, directly or through others, stand on the highest step that they can have: a step says what
    is unbeaten once all above it are gone, and not that more people prefer each option above to each below.
    """
    kept = np.zeros(margins.shape, dtype=bool)
    for clear in sorted({int(one) for one in margins[margins > 0]}, reverse=True):
        together = _reachable(kept | (margins == clear))
        kept |= (margins == clear) & ~together.T
    beats, left, steps = _reachable(kept), list(range(len(options))), []
    while left:
        unbeaten = [row for row in left if not any(beats[other, row] for other in left)]
        steps.append(tuple(options[row] for row in unbeaten))
        left = [row for row in left if row not in unbeaten]
    return tuple(steps)
