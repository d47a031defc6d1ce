"""Who comes where by the stated totals and by the right ones, and which stated ranks fit neither."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from partnership_model.knowledge.scoring_table import Better, Rank, Scheme, ScoringTable

Basis = Literal["stated", "recomputed"]


@dataclass(frozen=True)
class WrongRank:
    """A stated rank that the totals do not bear out.

    Attributes:
        expected: the places that would be right: several where options are level.
        basis: whether the stated totals were taken, or recomputed ones since none are stated.
    """

    option: int
    rank: Rank
    expected: tuple[int, ...]
    basis: Basis


@dataclass(frozen=True)
class Moved:
    """An option whose place changes when the sums are put right."""

    option: int
    stated: int
    right: int


def best_total(table: ScoringTable) -> Better:
    """Say whether the highest total is the best, or, where less is better on every criterion, the lowest."""
    return "lower" if all(one.better == "lower" for one in table.criteria) else "higher"


def lowest_ranked_first(table: ScoringTable, scheme: Scheme) -> bool:
    """Say whether the stated ranks put the lowest total first, in a table that does not say what is better.

    So it is where ranks were added up, as panels do. Three of four pairs of options have to stand in that order.
    """
    if any(one.better == "lower" for one in table.criteria):
        return False
    given = [(rank.number, total.value) for rank, total in zip(scheme.ranks, scheme.totals, strict=False) if rank and total]
    pairs = [(one, other) for one in given for other in given if one[0] < other[0] and one[1] != other[1]]
    lowest = sum(one[1] < other[1] for one, other in pairs)
    return bool(pairs) and 4 * lowest > 3 * len(pairs)


def places(totals: Sequence[Fraction | None], better: Better) -> tuple[tuple[int, ...], ...]:
    """Give the places that each option may be said to have: several where options are level; none without a total."""
    known = [total for total in totals if total is not None]
    found: list[tuple[int, ...]] = []
    for total in totals:
        if total is None:
            found.append(())
            continue
        ahead = [other for other in known if (other > total if better == "higher" else other < total)]
        first = len(ahead) + 1
        level = tuple(range(first, first + sum(other == total for other in known)))
        dense = len(set(ahead)) + 1  # 1, 1, 2 as some number places
        found.append(tuple(sorted({dense, *level})))
    return tuple(found)


def first_place(totals: Sequence[Fraction | None], better: Better) -> tuple[int, ...]:
    """Give the options that come first, level ones together."""
    known = [total for total in totals if total is not None]
    most = (max if better == "higher" else min)(known, default=None)
    return tuple(option for option, total in enumerate(totals) if total is not None and total == most)


def wrong_ranks(scheme: Scheme, recomputed: Sequence[Fraction | None], better: Better) -> tuple[WrongRank, ...]:
    """Find the stated ranks that are not those of the stated totals; where none are stated, of the recomputed ones."""
    basis: Basis = "stated" if any(scheme.totals) else "recomputed"
    totals = scheme.stated if basis == "stated" else recomputed
    expected = places(totals, better)
    return tuple(
        WrongRank(option, rank, expected[option], basis)
        for option, rank in enumerate(scheme.ranks)
        if rank and expected[option] and rank.number not in expected[option]
    )


@dataclass(frozen=True)
class RankedApart:
    """Options that print the same total, and are ranked in different places all the same."""

    options: tuple[int, ...]
    shown: str


def ranked_apart(scheme: Scheme) -> tuple[RankedApart, ...]:
    """Find options that print the same total and do not share a rank."""
    printed: dict[str, list[int]] = {}
    for option, (total, rank) in enumerate(zip(scheme.totals, scheme.ranks, strict=False)):
        if total and rank:
            printed.setdefault(total.shown, []).append(option)
    ranks = {option: rank.number for option, rank in enumerate(scheme.ranks) if rank}
    return tuple(RankedApart(tuple(options), shown) for shown, options in printed.items() if len({ranks[option] for option in options}) > 1)


def moved(scheme: Scheme, recomputed: Sequence[Fraction | None], better: Better) -> tuple[Moved, ...]:
    """Find the options whose place by the stated totals is not their place by the right ones."""
    stated = places(scheme.stated, better)
    right = places([total if one else None for one, total in zip(scheme.totals, recomputed, strict=False)], better)
    return tuple(
        Moved(option, was[0], now[0])
        for option, (was, now) in enumerate(zip(stated, right, strict=True))
        if was and now and now[0] not in was
    )
