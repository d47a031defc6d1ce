"""Which rows and columns of somebody else's scoring table hold what: scores, weights, totals and ranks, by their names."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from partnership_model.errors import Fault, FaultsError, nearest, printable
from partnership_model.knowledge.printed_numbers import is_blank

if TYPE_CHECKING:
    from collections.abc import Sequence

    from partnership_model.knowledge.grids import Grid, GridCell

MOST_OPTIONS, MOST_CRITERIA = 60, 60
LONGEST_LABEL = 200
TOTALS = ("total", "totals", "total score", "weighted total", "weighted score", "overall", "overall score", "grand total", "sum")
RANKS = ("rank", "ranks", "ranking", "place", "position", "order")
WEIGHTS = ("weight", "weights", "weighting", "weightings")
DIRECTION, PANEL, PEOPLE = ("direction", "better"), ("panel", "scored by"), ("people", "n", "number of people", "panel size")
_NAMED = re.compile(r"(.+?)\s*(?::\s*(.+)|\((.+)\))")


@dataclass
class Layout:
    """Rows and columns, counted from 0; totals, ranks and weights by what they are called apart from that, `parents` or ""."""

    head: int
    criteria: list[int] = field(default_factory=list)
    totals: dict[str, int] = field(default_factory=dict)
    ranks: dict[str, int] = field(default_factory=dict)
    options: list[int] = field(default_factory=list)
    weights: dict[str, int] = field(default_factory=dict)
    others: dict[str, int] = field(default_factory=dict)


class LayoutReader:
    """Finds the parts of a grid, and collects faults and notes."""

    def __init__(self, grid: Grid) -> None:
        """Begin with the headings.

        Raises:
            FaultsError: there are none.
        """
        self.grid = grid
        self.faults: list[Fault] = []
        self.notes = list(grid.notes)
        self.layout = Layout(self._head())

    def refuse(self, row: int, column: int | None, says: str) -> None:
        """Keep a fault; rows and columns are counted from 0."""
        self.faults.append(self.grid.fault(row + 1, None if column is None else column + 1, says))

    def cell(self, row: int, column: int) -> GridCell:
        """Give a cell."""
        return self.grid.rows[row][column]

    def text(self, row: int, column: int) -> str:
        """Give what a cell says, in one line."""
        content = self.cell(row, column).content
        return " ".join(str(content).split()) if content is not None else ""

    def _head(self) -> int:
        """Find the row of headings: the first in which two cells are filled; what stands above is a title."""
        for row, cells in enumerate(self.grid.rows):
            filled = [cell for cell in cells if cell.content is not None or cell.trouble]
            if len(filled) > 1:
                if row:
                    self.notes.append(f"The headings stand in row {row + 1}; what is above them was not read.")
                return row
        raise FaultsError([self.grid.fault(1, None, "a table was expected: a row of headings, and below it a row for each option")])

    def columns(self, total: str, rank: str, lower: Sequence[str]) -> None:
        """Sort the columns: scores, totals, ranks.

        Args:
            total, rank: headings of those columns, where they have another name than usual.
            lower: headings that have to be there.
        """
        head = self.layout.head
        headings = {column: self.text(head, column) for column in range(1, len(self.grid.rows[0]))}
        for asked in filter(None, (total, rank, *lower)):
            if asked.lower() not in (text.lower() for text in headings.values()):
                self.refuse(head, None, f'there is no column "{asked}". {nearest(asked, filter(None, headings.values()))}')
        given = {total.lower(): TOTALS[0], rank.lower(): RANKS[0]}
        for column, heading in headings.items():
            if self.cell(head, column).trouble:
                self.refuse(head, column, self.cell(head, column).trouble)
            elif heading:
                self._column(column, heading, given.get(heading.lower(), heading))
            elif any(not is_blank(self.cell(row, column)) for row in range(head + 1, len(self.grid.rows))):
                self.refuse(head, column, "this column has no heading; name the criterion")
        found = len(self.layout.criteria)
        if not found:
            self.refuse(head, None, "there is no column of scores beside the first column, which names the options")
        elif found > MOST_CRITERIA:
            self.refuse(head, None, f"there are {found} columns of scores; {MOST_CRITERIA} are the most")

    def _column(self, column: int, heading: str, known_as: str) -> None:
        kind, name = kind_of(known_as, (TOTALS, RANKS))
        if kind is None:
            if len(heading) > LONGEST_LABEL:
                self.refuse(self.layout.head, column, f"the heading has {len(heading)} letters; {LONGEST_LABEL} are the most")
            self.layout.criteria.append(column)
            return
        found = self.layout.totals if kind == TOTALS else self.layout.ranks
        if name in found:
            self.refuse(self.layout.head, column, f"a second column of {kind[0]}s; name them apart, as in `{kind[0]}: parents`")
        found[name] = column

    def rows(self) -> None:
        """Sort the rows: options, weights, and what is said of each column."""
        seen: dict[str, int] = {}
        for row in range(self.layout.head + 1, len(self.grid.rows)):
            label = self.text(row, 0)
            filled = any(not is_blank(self.cell(row, column)) for column in range(1, len(self.grid.rows[row])))
            kind, name = kind_of(label, (WEIGHTS, DIRECTION, PANEL, PEOPLE, TOTALS))
            if self.cell(row, 0).trouble:
                self.refuse(row, 0, self.cell(row, 0).trouble)
            elif kind:
                self._named_row(row, label, kind, name)
            elif label and filled:
                self._option(row, label, seen)
            elif label:
                self.notes.append(f"Row {row + 1} has no figures, and was not read.")
            elif filled:
                self.refuse(row, 0, "this row has figures and no name; name the option")
        found = len(self.layout.options)
        if found < 2:  # noqa: PLR2004 - there is nothing to compare
            self.refuse(self.layout.head, None, f"at least two options were expected below the headings, each with scores; found {found}")
        elif found > MOST_OPTIONS:
            self.refuse(self.layout.head, None, f"there are {found} options; {MOST_OPTIONS} are the most")

    def _named_row(self, row: int, label: str, kind: tuple[str, ...], name: str) -> None:
        if kind == TOTALS:
            self.notes.append(f'Row {row + 1} ("{printable(label)}") adds up options, and was not read.')
            return
        found, key = (self.layout.weights, name) if kind == WEIGHTS else (self.layout.others, kind[0])
        if key in found:
            apart = "; name them apart, as in `weight: parents`" if kind == WEIGHTS else "; keep one"
            self.refuse(row, 0, f"a second row `{kind[0]}`{apart}")
        found[key] = row

    def _option(self, row: int, label: str, seen: dict[str, int]) -> None:
        if len(label) > LONGEST_LABEL:
            self.refuse(row, 0, f"the name has {len(label)} letters; {LONGEST_LABEL} are the most")
        elif label in seen:
            self.refuse(row, 0, f'two options are called "{label}"; the first stands in row {seen[label] + 1}. Name them apart')
        seen.setdefault(label, row)
        self.layout.options.append(row)

    def refuse_merged(self) -> None:
        """Refuse cells that were made one; in a title above the table they do no harm."""
        for cells in self.grid.merged:
            last = int(re.sub("[^0-9]", "", cells.rpartition(":")[2]))
            if last > self.layout.head:
                says = "these cells are merged; split them and fill each one"
                self.faults.append(Fault(self.grid.where, None, f"{self.grid.sheet}!{cells}", says))


def kind_of(label: str, kinds: Sequence[tuple[str, ...]]) -> tuple[tuple[str, ...] | None, str]:
    """Say which kind of row or column a label names, and what it is called apart from that.

    >>> kind_of("Weight (parents)", (WEIGHTS,))[1], kind_of("Weights %", (WEIGHTS,))[1], kind_of("Total cost", (TOTALS,))[0]
    ('parents', '', None)
    """
    plain = label.lower().removesuffix("%").removesuffix("(%)").strip(" :")
    for kind in kinds:
        if plain in kind:
            return kind, ""
    named = _NAMED.fullmatch(label)
    for kind in kinds if named else ():
        if named and named[1].lower() in kind:
            return kind, (named[2] or named[3]).strip()
    return None, ""
