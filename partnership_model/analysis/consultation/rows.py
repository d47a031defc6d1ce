"""An export of rows, one for each ballot, in which nobody stands in a cell of fewer than five."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from partnership_model.analysis.consultation.ballot_orders import order_of
from partnership_model.analysis.consultation.coarsening import ELSEWHERE, OTHERS, Cell, coarsen
from partnership_model.analysis.overall import whole

if TYPE_CHECKING:
    from collections.abc import Mapping

    from partnership_model.analysis.consultation.release import Release
    from partnership_model.knowledge.consultation.ballots import Ballot, Support
    from partnership_model.knowledge.consultation.question_set import QuestionSet

TEN = 10  # points are exported in tens: somebody's own 100 points in ones are as good as a name


@dataclass(frozen=True)
class Row:
    """One ballot in an export.

    Attributes:
        group, school: as far as five or more share both; OTHERS and ELSEWHERE beyond.
        with_others: whether answers of groups that are not shown stand among those of this group and school.
        points: in tens, so that they need not sum to 100.
    """

    group: str
    school: str
    with_others: bool
    places: dict[str, int] = field(default_factory=dict)
    points: dict[str, int] = field(default_factory=dict)
    support: dict[str, Support] = field(default_factory=dict)


def rows_of(release: Release, questions: QuestionSet, seed: int) -> tuple[Row, ...]:
    """Give the rows of an export: in the cells of the release, so that held against its tables they give no smaller ones.

    Schools are put together until five or more of each group stand in each, then groups; whoever is too few even so is in no row.
    A row says neither how a ballot came nor when, and has no comment. The order is drawn, and the same for the same ballots.

    Args:
        release: the same from which the tables are made. Export once, after closing: a row that is new since an earlier export
            is somebody's.
        questions: what was asked.
        seed: of the order.
    """
    cell_in, takes_in = _cells_of_rows(release, questions)
    rows = [
        _row(ballot, cell_in[cell], takes_in)
        for cell, ballots in release.cells.items()
        for ballot in ballots
        if len(ballots) >= release.protection.fewest
    ]
    rows = _without_few(rows, release.protection.fewest) if release.protection.secondary else rows
    # From an order that comes from the rows themselves, no order of arrival is left to be seen.
    rows.sort(key=_said)
    return tuple(rows[at] for at in np.random.default_rng(seed).permutation(len(rows)))


def _without_few(rows: list[Row], fewest: int) -> list[Row]:
    """Leave out of all rows what too few of one cell think of an option: else the rows would give the few whom the tables withhold.

    Places and points stay: they are one question, what matters, for which cells were put together before.
    """
    options = {name for row in rows for name in row.support}
    shown = {name for name in options if _enough([(row.group, row.school) for row in rows if name in row.support], fewest)}
    return [replace(row, support={name: said for name, said in row.support.items() if name in shown}) for row in rows]


def _enough(cells: list[Cell], fewest: int) -> bool:
    return min(Counter(cells).values(), default=fewest) >= fewest


def _cells_of_rows(release: Release, questions: QuestionSet) -> tuple[Mapping[Cell, Cell], str]:
    """Put cells together of which too few say what matters, as the tables of what matters do."""
    asked = [one.key for one in questions.criteria]
    same = {cell: cell for cell in release.cells}
    said = [cell for cell, ballots in release.cells.items() for ballot in ballots if order_of(ballot, asked)]
    if not release.protection.secondary or not said:
        return same, release.takes_in
    coarser = coarsen(said, release.takes_in, release.protection.fewest)
    if coarser is None:
        return dict.fromkeys(same, (OTHERS, ELSEWHERE)), OTHERS
    return same | dict(zip(said, coarser.cells, strict=True)), coarser.takes_in


def _row(ballot: Ballot, cell: Cell, takes_in: str) -> Row:
    group, school = cell
    points = {name: TEN * whole(share / TEN) for name, share in ballot.points.items()}
    return Row(group, school, bool(group) and group == takes_in and school == ELSEWHERE, dict(ballot.places), points, dict(ballot.support))


def _said(row: Row) -> tuple[object, ...]:
    parts = (sorted(part.items()) for part in (row.places, row.points, row.support))
    return (row.group, row.school, *parts)
