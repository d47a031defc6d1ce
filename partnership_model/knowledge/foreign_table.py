"""Reads somebody else's scoring table from CSV or Excel: which cells are scores, weights, totals and ranks, and what is wrong with each."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from partnership_model.errors import Fault, FaultsError, printable, shown
from partnership_model.knowledge.foreign_layout import DIRECTION, LONGEST_LABEL, PANEL, PEOPLE, LayoutReader
from partnership_model.knowledge.grids import Grid, bytes_of, column_name, csv_grid
from partnership_model.knowledge.printed_numbers import Mark, decimal_mark, is_blank, number_of
from partnership_model.knowledge.scoring_table import Criterion, Printed, Rank, Scheme, Score, ScoringTable
from partnership_model.knowledge.workbooks import is_workbook, workbook_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from partnership_model.knowledge.scoring_table import Better

HIGHER = ("higher", "higher is better", "more", "more is better", "high", "max", "+", "benefit")
LOWER = ("lower", "lower is better", "less", "less is better", "low", "min", "cost")
_PLACE = re.compile(r"(?:joint )?=?\s*([0-9]{1,4})\s*(?:st|nd|rd|th)?\s*=?(?: equal)?", re.IGNORECASE)
_OUT_OF = re.compile(r"(?:/|out of)\s*([0-9]+)\s*$")


@dataclass(frozen=True)
class ReadAs:
    """What the user says about a table.

    Attributes:
        sheet: of a workbook; "" for the first that shows.
        lower: headings of the columns of which less is better.
        total, rank: headings of those columns, where they have another name than usual.
        decimal: the decimal mark, where the file does not show it.
    """

    sheet: str = ""
    lower: tuple[str, ...] = ()
    total: str = ""
    rank: str = ""
    decimal: Mark | None = None


def read_table(path: Path, read_as: ReadAs | None = None) -> ScoringTable:
    """Read a table.

    Raises:
        FaultsError: everything that is wrong with it, each with its cell.
    """
    read_as = read_as or ReadAs()
    raw, name = bytes_of(path), shown(path)
    if not is_workbook(raw):
        if read_as.sheet:
            raise FaultsError([Fault(name, None, "", "this is no workbook, so it has no sheets; leave out --sheet")])
        return table_of(csv_grid(raw, name), read_as)
    workbook = workbook_of(raw, name)
    seen = [sheet for sheet in workbook.sheets if sheet not in workbook.hidden] or list(workbook.sheets)
    grid = workbook.sheet(read_as.sheet or seen[0])
    others = [sheet for sheet in workbook.sheets if sheet != grid.sheet]
    if others:
        told = ", ".join(f'"{printable(sheet)}"' for sheet in others[:5])
        grid = replace(
            grid, notes=(*grid.notes, f'Sheet "{printable(grid.sheet)}" was read; not read: {told}. Choose another with --sheet.')
        )
    return table_of(grid, read_as)


def table_of(grid: Grid, read_as: ReadAs) -> ScoringTable:
    """Find the parts of the table in a grid.

    Raises:
        FaultsError: everything that is wrong with it, each with its cell.
    """
    return _Reading(grid, read_as).table()


class _Reading(LayoutReader):
    """Reads the figures of a grid."""

    def __init__(self, grid: Grid, read_as: ReadAs) -> None:
        super().__init__(grid)
        self.read_as = read_as
        self.mark: Mark = read_as.decimal or "point"

    def table(self) -> ScoringTable:
        self.refuse_merged()
        self._stop_if_wrong()  # all else would be said of cells that are only empty because others cover them
        self.columns(self.read_as.total, self.read_as.rank, self.read_as.lower)
        self.rows()
        self._stop_if_wrong()
        self._find_mark()
        criteria = self._criteria()
        scores = tuple(
            tuple(Score(self.cell(row, at).place, self._number(row, at)) for at in self.layout.criteria) for row in self.layout.options
        )
        for column in self.layout.criteria:
            self._one_denominator(column)
            if all(is_blank(self.cell(row, column)) for row in self.layout.options):
                self.refuse(self.layout.head, column, "there is no score in this column; take it out, or fill it")
        schemes = self._schemes()
        self._stop_if_wrong()
        self._note_hidden()
        options = tuple(self.text(row, 0) for row in self.layout.options)
        name = Path(self.grid.where).name  # a page that is handed on tells nobody the folders of a machine
        where = f"{name}, sheet {self.grid.sheet}" if self.grid.sheet else name
        return ScoringTable(where, options, criteria, _evened_table(scores), schemes, tuple(self.notes))

    def _stop_if_wrong(self) -> None:
        if self.faults:
            raise FaultsError(self.faults)

    def _find_mark(self) -> None:
        if self.read_as.decimal:
            return
        rows = [*self.layout.options, *self.layout.weights.values()]
        columns = [*self.layout.criteria, *self.layout.totals.values()]
        texts = [content for row in rows for column in columns if isinstance(content := self.cell(row, column).content, str)]
        found = decimal_mark(texts)
        if found not in ("point", "comma"):
            raise FaultsError([Fault(self.grid.where, None, self.grid.sheet, found)])
        self.mark = "comma" if found == "comma" else "point"
        if self.mark == "comma":
            self.notes.append("Numbers were read with a decimal comma.")

    def _number(self, row: int, column: int) -> Printed | None:
        cell = self.cell(row, column)
        if is_blank(cell):
            return None
        found = number_of(cell, self.mark)
        if isinstance(found, Printed):
            return found
        self.refuse(row, column, found)
        return None

    def _criteria(self) -> tuple[Criterion, ...]:
        heads = {column: self.text(self.layout.head, column) for column in self.layout.criteria}
        panels, people, better = (self.layout.others.get(kind[0]) for kind in (PANEL, PEOPLE, DIRECTION))
        times = Counter(heads.values())
        found = []
        for column, head in heads.items():
            name = column_name(column + 1)
            panel = self.text(panels, column) if panels is not None else ""
            label = f"{head} ({panel or f'column {name}'})" if times[head] > 1 else head
            size = self._number(people, column) if people is not None else None
            if size is not None and size.value <= 0 and people is not None:
                self.refuse(people, column, f"found {size.shown}; a number of people was expected")
            found.append(Criterion(label, name, self._better(better, column, head), panel, size))
        self._named_directions(heads.values())
        if people is not None and any(one.people is None for one in found) and not self.faults:
            self.refuse(people, 0, "the number of people is missing for a column; fill each")
        return _told_apart(found)

    def _better(self, row: int | None, column: int, head: str) -> Better:
        said = self.text(row, column).lower() if row is not None else ""
        if said and said not in (*HIGHER, *LOWER):
            self.refuse(row or 0, column, f'found "{printable(said)}"; "higher" or "lower" was expected: which is better?')
        return "lower" if said in LOWER or head.lower() in (one.lower() for one in self.read_as.lower) else "higher"

    def _named_directions(self, heads: Iterable[str]) -> None:
        for asked in self.read_as.lower:
            if asked.lower() not in (head.lower() for head in heads) and not self.faults:
                self.refuse(0, None, f'"{asked}" is no column of scores, so it cannot be one of which less is better')

    def _schemes(self) -> tuple[Scheme, ...]:
        names = list(dict.fromkeys([*self.layout.weights, *self.layout.totals, *self.layout.ranks]))
        shared = self.layout.weights.get("") if len(self.layout.weights) == 1 else None
        if shared is not None and len(names) > 1 and "" not in (*self.layout.totals, *self.layout.ranks):
            names = [name for name in names if name]
        found = [self._scheme(name, self.layout.weights.get(name, shared)) for name in names or [""]]
        if self.layout.weights and any(not one.weights for one in found) and not self.faults:
            said = ", ".join(f'"{one.name}"' for one in found if not one.weights)
            self.refuse(self.layout.head, None, f"there are several rows of weights, and none for {said or 'the column `total`'}")
        return tuple(found)

    def _scheme(self, name: str, row: int | None) -> Scheme:
        weights = () if row is None else self._weights(row)
        total, rank = self.layout.totals.get(name), self.layout.ranks.get(name)
        totals = () if total is None else _evened([self._number(at, total) for at in self.layout.options])
        ranks = () if rank is None else tuple(self._rank(at, rank) for at in self.layout.options)
        if total is not None:
            self._one_denominator(total)
        weights_sum = self._number(row, total) if row is not None and total is not None else None
        return Scheme(name, weights, weights_sum, totals, ranks)

    def _weights(self, row: int) -> tuple[Printed, ...]:
        found = []
        for column in self.layout.criteria:
            weight = self._number(row, column)
            if weight is None and is_blank(self.cell(row, column)):
                self.refuse(row, column, "the weight is missing; write 0 if the criterion carries none")
            elif weight is not None and weight.value < 0:
                self.refuse(row, column, f"found {weight.shown}; a weight is 0 or more. Where less is better, say so in a row `direction`")
            elif weight is not None:
                found.append(weight)
        if found and len(found) == len(self.layout.criteria) and not any(one.value for one in found):
            self.refuse(row, 0, "all weights are zero")
        finest = min((one.step for one in found), default=None)
        return tuple(replace(one, step=finest) for one in found) if finest else ()

    def _rank(self, row: int, column: int) -> Rank | None:
        cell = self.cell(row, column)
        if is_blank(cell):
            return None
        said = self.text(row, column).removesuffix(".0")
        place = _PLACE.fullmatch(said)
        if cell.trouble or place is None or int(place[1]) < 1:
            found = printable(said[:LONGEST_LABEL])
            self.refuse(row, column, cell.trouble or f'found "{found}"; a place was expected, such as 1, 2nd or =3')
            return None
        return Rank(cell.place, said, int(place[1]))

    def _one_denominator(self, column: int) -> None:
        found = {part[1] for row in self.layout.options if (part := _OUT_OF.search(self.text(row, column)))}
        if len(found) > 1:
            says = f"figures are out of {' and out of '.join(sorted(found))}; they cannot be compared as they stand"
            self.refuse(self.layout.head, column, says)

    def _note_hidden(self) -> None:
        """Say which rows and columns that count are hidden."""
        columns = (*self.layout.criteria, *self.layout.totals.values(), *self.layout.ranks.values())
        used = {f"column {column_name(column + 1)}" for column in columns}
        used |= {f"row {row + 1}" for row in (*self.layout.options, *self.layout.weights.values())}
        found = [name for name in self.grid.hidden if name in used]
        if found:
            self.notes.append(f"Hidden in the workbook, and read all the same: {', '.join(found)}.")


def _evened(column: Sequence[Printed | None]) -> tuple[Printed | None, ...]:
    """Give all numbers of a column its finest step: whoever prints 5.95 above 6 prints no noughts at the end."""
    finest = min((one.step for one in column if one), default=None)
    return tuple(one and replace(one, step=finest or one.step) for one in column)


def _evened_table(scores: Sequence[Sequence[Score]]) -> tuple[tuple[Score, ...], ...]:
    columns = [_evened([row[place].number for row in scores]) for place in range(len(scores[0]))]
    return tuple(tuple(replace(score, number=columns[at][place]) for at, score in enumerate(row)) for place, row in enumerate(scores))


def _told_apart(criteria: Sequence[Criterion]) -> tuple[Criterion, ...]:
    """Add the column's name where two criteria still have the same label."""
    times = Counter(one.label for one in criteria)
    return tuple(replace(one, label=f"{one.label}, column {one.column}") if times[one.label] > 1 else one for one in criteria)
