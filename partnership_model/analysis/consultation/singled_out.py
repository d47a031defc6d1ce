"""The fewest ballots that sums and differences of pictures single out, found exactly as the smallest cut of a graph."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Sequence

    from numpy.typing import NDArray

    Ends = tuple[Hashable, Hashable]


@dataclass(frozen=True)
class Cut:
    """A part of the graph that few ballots hold to the rest.

    Attributes:
        ballots: how many.
        side: one of the two parts.
    """

    ballots: int
    side: frozenset[Hashable]


def smallest_cut(ballots: Iterable[Ends]) -> Cut | None:
    """Find the fewest ballots that any sum or difference of shown sets is made of.

    Where each ballot lies in one set of one division and in one set of another (in one group and in one school; in one live
    picture's batch and in one cell of the closing picture), let the sets be nodes and each ballot the edge between its two.
    A sum of sets, each times any number, gives a ballot the sum of the numbers of its two sets. This is nought for all but a
    few exactly if the numbers (those of the second division with the other sign) are equal at both ends of all but a few
    edges: the few are the edges between parts of the graph with different numbers, and the fewest are its smallest cut.
    So the question of which cells a table gives away is one of graphs (Gusfield, A graph theoretic approach to statistical
    data security, SIAM Journal on Computing 17 (1988), pages 552 to 571).

    Parts that no edge joins are no cut: their sets are made of the same ballots, and their difference is nothing.

    Args:
        ballots: the two ends of each.

    Returns:
        None where no part can be cut off.

    >>> smallest_cut([("Staff", "Ash")] * 9 + [("Governors", "Ash")] * 2 + [("Governors", "Elm")] * 7).ballots
    2
    """
    nodes: dict[Hashable, int] = {}
    edges = [(nodes.setdefault(one, len(nodes)), nodes.setdefault(other, len(nodes))) for one, other in ballots]
    weights = np.zeros((len(nodes), len(nodes)), dtype=np.int64)
    for one, other in edges:
        if one != other:
            weights[one, other] += 1
            weights[other, one] += 1
    names = list(nodes)
    cuts = [_stoer_wagner(weights, part) for part in _parts(len(names), edges) if len(part) > 1]
    least, side = min(cuts, key=lambda cut: cut[0], default=(0, []))
    return Cut(least, frozenset(names[at] for at in side)) if cuts else None


def _parts(count: int, edges: Sequence[tuple[int, int]]) -> list[list[int]]:
    """Find what hangs together."""
    parent = list(range(count))

    def root(node: int) -> int:
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for one, other in edges:
        parent[root(one)] = root(other)
    parts: dict[int, list[int]] = {}
    for node in range(count):
        parts.setdefault(root(node), []).append(node)
    return list(parts.values())


def _stoer_wagner(weights: NDArray[np.int64], part: list[int]) -> tuple[int, list[int]]:
    """Find the smallest cut of one part (Stoer and Wagner, A simple min-cut algorithm, Journal of the ACM 44 (1997), 585 to 591)."""
    work = weights[np.ix_(part, part)].copy()
    merged = [[node] for node in part]
    left = list(range(len(part)))
    cuts: list[tuple[int, list[int]]] = []
    while len(left) > 1:
        held = work[left[0]].copy()
        order, waiting = [left[0]], left[1:]
        while waiting:
            order.append(waiting.pop(int(np.argmax(held[waiting]))))
            cut_off = int(held[order[-1]])
            held = held + work[order[-1]]
        last, before = order[-1], order[-2]
        cuts.append((cut_off, list(merged[last])))
        merged[before] += merged[last]
        work[before] += work[last]
        work[:, before] += work[:, last]
        work[before, before] = 0
        left.remove(last)
    return min(cuts, key=lambda cut: cut[0])
