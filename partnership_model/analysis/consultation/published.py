"""Figures as they are published: whole points of 100 for weights, one decimal for ranks, two for agreement."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from partnership_model.analysis.consultation import support as counting
from partnership_model.analysis.consultation.ballot_weights import group_mean
from partnership_model.analysis.consultation.ranks import standings
from partnership_model.analysis.consultation.small_counts import FEWEST_SHOWN, finest_split, merged, without_small
from partnership_model.analysis.overall import whole, whole_parts
from partnership_model.knowledge.consultation import ballots as said

if TYPE_CHECKING:
    from collections.abc import Sequence

    from partnership_model.analysis.consultation.concordance import Concordance
    from partnership_model.analysis.consultation.release import Release

Cells = tuple[tuple[said.Support, ...], ...]


@dataclass(frozen=True)
class Point:
    """What one criterion weighs in a group.

    Attributes:
        weight: of 100; all of a group's sum to 100.
        low, high: the interval within which it would lie in 95 of 100 draws of as many people from these.
        mean_rank, median_rank: 1 for what matters most.
        first: how many put it first, alone or level; None for a group, and where too few did or where it would give a number away.
        ranked: how many gave it a place; None for a group, and where only a few left it out.
        polarisation: from 0 (one rank) to 1 (one half first, one half last).
    """

    criterion: str
    weight: int
    low: int
    high: int
    mean_rank: float
    median_rank: float
    first: int | None
    ranked: int | None
    polarisation: float


@dataclass(frozen=True)
class WhatMatters:
    """What matters to a group.

    Attributes:
        counted: how many said what matters.
        by_points: how many of them shared out points; None for a group, and for a few.
        partial: how many left a criterion out, which then counts last; None as before.
    """

    counted: int
    by_points: int | None
    partial: int | None
    points: tuple[Point, ...]

    @property
    def order(self) -> tuple[Point, ...]:
        """Give the criteria from the heaviest; equals stay in the order in which they were asked."""
        return tuple(sorted(self.points, key=lambda point: -point.weight))

    @property
    def heaviest(self) -> tuple[str, ...]:
        """Give the criteria with the largest weight; several where they tie."""
        most = max(point.weight for point in self.points)
        return tuple(point.criterion for point in self.points if point.weight == most)


@dataclass(frozen=True)
class AtSchool:
    """What matters to those who named one school.

    Attributes:
        groups: those of which five or more said so there; nobody else is counted.
    """

    groups: tuple[str, ...]
    said: WhatMatters


def at_school(name: str, said: Release, criteria: Sequence[str], resamples: int, seed: int) -> AtSchool | None:
    """Round what matters at one school; None for nobody."""
    found = what_matters(said.schools[name], criteria, resamples, seed, all_of_them=False)
    return AtSchool(said.counted_at[name], found) if found else None


def what_matters(
    ballots: Sequence[said.Ballot], criteria: Sequence[str], resamples: int, seed: int, *, all_of_them: bool
) -> WhatMatters | None:
    """Round what matters to a group, or to all of them, whose counts nobody can then subtract from each other; None for nobody."""
    mean = group_mean(ballots, criteria, resamples, seed)
    if mean is None:
        return None
    weights = whole_parts({name: 100 * share for name, share in mean.shares.items()})
    rows = standings(ballots, criteria)
    first = without_small({one.criterion: one.named_first for one in rows}) if all_of_them else {}
    points = tuple(
        Point(
            one.criterion,
            weights[one.criterion],
            min(whole(100 * mean.intervals[one.criterion].low), weights[one.criterion]),
            max(whole(100 * mean.intervals[one.criterion].high), weights[one.criterion]),
            round(one.mean, 1),
            round(one.median, 1),
            first.get(one.criterion),
            one.ranked if all_of_them and _not_a_few(one.of - one.ranked) else None,
            round(one.polarisation, 2),
        )
        for one in rows
    )
    return WhatMatters(
        mean.counted,
        mean.by_points if all_of_them and _not_a_few(mean.by_points) and _not_a_few(mean.counted - mean.by_points) else None,
        mean.partial if all_of_them and _not_a_few(mean.partial) else None,
        points,
    )


def _not_a_few(count: int) -> bool:
    return count == 0 or count >= FEWEST_SHOWN


@dataclass(frozen=True)
class Support:
    """What people think of one option.

    Attributes:
        cells: which levels are counted together, from strongly for to strongly against; nothing where none can be shown.
        together: the count in each cell.
        group_cells: the same for groups, as fine or coarser.
        by_group: the count of each group in each of those; nothing where that would show fewer than five.
        agreement: van der Eijk's A over all in these cells, from -1 (two camps at the ends) to 1 (all in one); None for two cells.
        answered: how many said what they think of it; None for fewer than five.
    """

    option: str
    cells: Cells
    together: tuple[int, ...]
    group_cells: Cells
    by_group: dict[str, tuple[int, ...]]
    agreement: float | None
    answered: int | None


def support(option: str, release: Release) -> Support:
    """Count support by the finest levels that can be shown, over all and by group.

    What a group shows is held against all, and against all less the groups: what may be subtracted is five or more as well.
    """
    heard = release.saying(lambda ballot: option in ballot.support)
    parts = {name: counting.counts_by_level(ballots, option) for name, ballots in heard.groups.items()}
    everybody = counting.counts_by_level(heard.together or (), option)
    answered = sum(everybody.values())
    cells = finest_split(counting.SPLITS, [everybody], None) if answered else None
    group_cells = finest_split(counting.SPLITS, list(parts.values()), everybody) if cells and parts else None
    counts = tuple(merged(everybody, cells).values()) if cells else ()
    spread = counting.agreement(counts)
    return Support(
        option,
        cells or (),
        counts,
        group_cells or (),
        {name: tuple(merged(row, group_cells).values()) for name, row in parts.items()} if group_cells else {},
        None if spread is None else round(spread, 1),
        answered or None,
    )


def rounded(found: Concordance) -> Concordance:
    """Round agreement to two decimals."""
    return replace(
        found,
        within={name: _two(one) for name, one in found.within.items()},
        between=_two(found.between),
        together=_two(found.together),
        pairs=tuple(replace(pair, alike=round(pair.alike, 2) + 0.0) for pair in found.pairs),
    )


def _two(value: float | None) -> float | None:
    return None if value is None else round(value, 2)
