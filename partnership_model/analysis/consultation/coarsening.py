"""Cells of five or more: the one division of ballots of which everything that is shown is a sum."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from partnership_model.analysis.consultation.small_counts import FEWEST_SHOWN

if TYPE_CHECKING:
    from collections.abc import Sequence

OTHERS = ""  # the group of those whose group is not shown, or who would rather not say
ELSEWHERE = ""  # the school of those whose school is not shown, or who would rather not say
Cell = tuple[str, str]  # a group and a school


@dataclass(frozen=True)
class Protection:
    """How few are too few. Every surface takes it as it stands; only tests switch parts of it off.

    Attributes:
        fewest: ballots in a cell.
        secondary: whether a cell is given up, too, so that another cannot be computed.
        batch: ballots that are new or changed from one live picture of a group to its next.
        held_back: the ballots by which a live picture trails, so that the closing picture, which has all, differs by as many.
    """

    fewest: int = FEWEST_SHOWN
    secondary: bool = True
    batch: int = FEWEST_SHOWN
    held_back: int = FEWEST_SHOWN


FULL = Protection()


@dataclass(frozen=True)
class Division:
    """The cell of each ballot.

    Attributes:
        cells: in the order of the ballots.
        takes_in: the group among whose ballots are those of groups that are too small together; "" where there are none.
    """

    cells: tuple[Cell, ...]
    takes_in: str

    @property
    def sizes(self) -> Counter[Cell]:
        """Count the ballots of each cell."""
        return Counter(self.cells)


def coarsen(cells: Sequence[Cell], takes_in: str = "", fewest: int = FEWEST_SHOWN) -> Division | None:
    """Put cells together until each has at least so many; what was together stays together.

    1. Groups that are too small make one cell, with those who did not say. Where that is too small as well, the largest group takes
       it in: its picture changes least, and no other picture is lost. A group that took some in before takes in these too.
    2. In each group, schools that are too few make one cell. Where that is too small as well, the smallest school joins it.

    So whatever is a sum of cells, and whatever can be computed from such sums, is a sum of parts of at least so many. (To put
    categories together like that is global recoding: Hundepool and others, Statistical Disclosure Control, 2012, chapter 3.)

    Args:
        cells: of each ballot, as it was given or as an earlier division put it.
        takes_in: that of the earlier division.
        fewest: ballots in a cell.

    Returns:
        None where there are fewer ballots in all.

    >>> coarsen([("Staff", "Ash")] * 6 + [("Staff", "Elm")] * 3).sizes
    Counter({('Staff', ''): 9})
    """
    if len(cells) < fewest:
        return None
    sizes = Counter(group for group, _ in cells)
    shown = {group: size for group, size in sizes.items() if group != OTHERS and size >= fewest}
    others = len(cells) - sum(shown.values())
    # One group takes others in, and the same throughout: else a group would count some of whom nothing says that it does.
    taker = takes_in if takes_in in shown else max(shown, key=lambda group: (shown[group], group), default="")
    taken_by = taker if 0 < others < fewest else ""
    in_groups = [(group, school) if group in shown else (taken_by, ELSEWHERE) for group, school in cells]
    kept = _kept_schools(in_groups, fewest)
    return Division(
        tuple((group, school if (group, school) in kept else ELSEWHERE) for group, school in in_groups),
        taken_by or (takes_in if takes_in in shown else ""),
    )


def _kept_schools(cells: Sequence[Cell], fewest: int) -> set[Cell]:
    """Find the schools that stand apart in their group, so that what is left of it is nothing or enough."""
    kept = {cell for cell, size in Counter(cells).items() if size >= fewest and cell[0] != OTHERS and cell[1] != ELSEWHERE}
    sizes = Counter(cells)
    for group in {group for group, _ in cells}:
        own = sorted((cell for cell in kept if cell[0] == group), key=lambda cell: (sizes[cell], cell))
        left = sum(size for cell, size in sizes.items() if cell[0] == group and cell not in kept)
        while own and 0 < left < fewest:
            smallest = own.pop(0)
            kept.discard(smallest)
            left += sizes[smallest]
    return kept


def flattened(cells: Sequence[Cell], groups: set[str]) -> list[Cell]:
    """Give up the schools of some groups."""
    return [(group, ELSEWHERE if group in groups else school) for group, school in cells]


def given_up(cells: Sequence[Cell], gone: str) -> list[Cell]:
    """Give up a group: its ballots count among the others."""
    return [(OTHERS, ELSEWHERE) if group == gone else (group, school) for group, school in cells]
