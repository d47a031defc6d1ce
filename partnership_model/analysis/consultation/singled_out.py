"""Whether sums and differences of pictures single out a few ballots, found exactly as a small cut of a graph."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Mapping

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


def cut_below(ballots: Iterable[Ends], fewest: int) -> Cut | None:
    """Find fewer ballots than that of which any sum or difference of shown sets is made; None where there are none.

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
        fewest: how many would be enough.

    >>> people = [("Staff", "Ash")] * 9 + [("Governors", "Ash")] * 2 + [("Governors", "Elm")] * 7
    >>> cut_below(people, 5).ballots
    2
    """
    weights: dict[Hashable, Counter[Hashable]] = {}
    for one, other in ballots:
        weights.setdefault(one, Counter())
        weights.setdefault(other, Counter())
        if one != other:
            weights[one][other] += 1
            weights[other][one] += 1
    for part in _parts(weights):
        if cut := _stoer_wagner(weights, part, fewest):
            return cut
    return None


def _parts(weights: Mapping[Hashable, Counter[Hashable]]) -> Iterator[list[Hashable]]:
    """Find what hangs together."""
    left = set(weights)
    while left:
        part, reached = [], [left.pop()]
        while reached:
            part.append(reached.pop())
            near = left.intersection(weights[part[-1]])
            left -= near
            reached += near
        yield part


def _stoer_wagner(weights: Mapping[Hashable, Counter[Hashable]], part: list[Hashable], fewest: int) -> Cut | None:
    """Find a small cut of one part, or show that there is none.

    Nodes are put in a row, each time the one that most ballots join to those before. The last of them is then cut off from
    the others by just those ballots; and no cut between two neighbours in the row has fewer than join the second one to those
    before it, so that they are made one node where these are enough (Stoer and Wagner, A simple min-cut algorithm, Journal of
    the ACM 44 (1997), pages 585 to 591: their lemma holds for the beginning of a row as well).
    """
    work = np.array([[weights[one][other] for other in part] for one in part], dtype=np.float64)
    merged = [frozenset([node]) for node in part]
    while len(merged) > 1:
        row, joined = _row(work)
        if joined[-1] < fewest:
            return Cut(int(joined[-1]), merged[row[-1]])
        ones = np.zeros(len(row), dtype=np.intp)
        ones[row] = np.cumsum([int(count < fewest) for count in joined]) - 1  # the first begins a node of its own
        sums = np.eye(ones.max() + 1, dtype=work.dtype)[ones]
        work = sums.T @ work @ sums
        np.fill_diagonal(work, 0)
        merged = [frozenset().union(*(merged[at] for at in np.flatnonzero(ones == one))) for one in range(ones.max() + 1)]
    return None


def _row(work: NDArray[np.float64]) -> tuple[list[int], list[int]]:
    """Put nodes in a row, and say how many ballots join each to those before it; none joins the first."""
    held = np.zeros(len(work))
    row, joined = [], []
    for _ in range(len(work)):
        node = int(np.argmax(held))
        row.append(node)
        joined.append(int(held[node]))
        held += work[node]
        held[row[-1]] = -np.inf
    return row, joined
