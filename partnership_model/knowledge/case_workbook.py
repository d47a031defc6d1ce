"""Reads a case that is written in Excel into the texts of a case, and names faults by sheet and cell."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from partnership_model.errors import Fault, FaultsError, meant, nearest, shown
from partnership_model.knowledge.case_archive import CASE
from partnership_model.knowledge.case_archive import JUDGEMENTS as JUDGEMENTS_FILE
from partnership_model.knowledge.case_sheets import (
    CASE_SHEET,
    CRITERIA,
    FLAGS,
    FOR,
    IN_NUMBERS,
    JUDGEMENTS,
    KEY,
    NONE_OF_THEM,
    ON_THE_CASE_SHEET,
    OPTIONS,
    PLANS,
    SAYINGS,
    SCHOOLS,
    SHOWN,
    SOURCE,
    USE,
    VALUE,
    WEIGHING_METHODS,
    WEIGHTS,
    SheetPlan,
)
from partnership_model.knowledge.files import LARGEST_FILE
from partnership_model.knowledge.placed_yaml import Leaf, Node, PlacedYaml, Tree, first_place, written
from partnership_model.knowledge.workbooks import OLD, WORKBOOK_PART, read_workbook

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from partnership_model.knowledge.grids import Grid, GridCell

ELSEWHERE = {"schools": SCHOOLS, "options": OPTIONS, "criteria": CRITERIA, "weights": WEIGHTS}
UNREAD = "?"  # stands for what cannot be read, which is reported by itself
ENDINGS = (".xlsx", ".xlsm")
_LINE = re.compile(r"\bline ([0-9]+)")
Cells = dict[str, "GridCell"]


@dataclass(frozen=True)
class CaseSheets:
    """A workbook as the texts of a case.

    Attributes:
        cells: by file and line, the cell and the path of keys of what stands there.
        columns: by line of the judgements, the cell of each column.
        faults: what is wrong with the workbook itself.
    """

    where: str
    texts: dict[str, str]
    cells: dict[tuple[str, int], tuple[str, str]]
    columns: dict[int, dict[str, str]]
    faults: tuple[Fault, ...]

    def located(self, faults: Iterable[Fault]) -> Iterator[Fault]:
        """Say where in the workbook the faults of its texts are; what is reported of a cell already is not said again."""
        known = {fault.field for fault in self.faults}
        for fault in faults:
            found = self._located(fault)
            if found.field not in known:
                yield found

    def _located(self, fault: Fault) -> Fault:
        says = _LINE.sub(lambda line: self.cells.get((fault.where, int(line[1])), (line[0], ""))[0], fault.says)
        if fault.where == JUDGEMENTS_FILE and fault.line in self.columns:
            row = self.columns[fault.line]
            place = row.get(fault.field) or row["option"]
            return Fault(self.where, None, place, says if fault.field in row or not fault.field else f"{fault.field}: {says}")
        place, path = self.cells.get((fault.where, fault.line or 0), (CASE_SHEET, ""))
        rest = _rest(fault.field, path)
        place = CASE_SHEET if rest == fault.field else place  # a key that is nowhere has no cell
        return Fault(self.where, None, place, f"{rest}: {says}" if rest else says)


def _rest(field: str, path: str) -> str:
    """Give what a fault names beyond what its cell says.

    >>> _rest("schools.0.budget", "schools.0.name"), _rest("schools.0.name", "schools.0.name"), _rest("decides", "")
    ('budget', '', 'decides')
    """
    names, said = field.split("."), path.split(".")
    while names and said and names[0] == said[0]:
        names, said = names[1:], said[1:]
    return ".".join(names)


def is_case_workbook(path: Path) -> bool:
    """Say whether a path is a workbook, by its name or by what is in it; the files that the dashboard saves are packed too."""
    try:
        if not path.is_file() or path.stat().st_size > LARGEST_FILE:
            return False
        with path.open("rb") as file:
            old = file.read(len(OLD)) == OLD
        if old or path.suffix.lower() in ENDINGS:
            return True
        with zipfile.ZipFile(path) as archive:
            return WORKBOOK_PART in archive.namelist()
    except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError):
        return False


def read_case_sheets(path: Path) -> CaseSheets:
    """Read a workbook.

    Raises:
        FaultsError: it is none, it has a password, or a sheet or a column is missing: each by its name.
    """
    return _Reading(shown(path), read_workbook(path).sheets).sheets()


class _Reading:
    def __init__(self, where: str, sheets: dict[str, Grid]) -> None:
        self.where, self.grids = where, sheets
        self.faults: list[Fault] = []
        self.rows: dict[str, list[Cells]] = {}

    def refuse(self, place: str, says: str) -> None:
        self.faults.append(Fault(self.where, None, place, says))

    def sheets(self) -> CaseSheets:
        for plan in PLANS:
            self._sheet(plan)
        for name in self.grids:
            like = meant(name, [plan.name for plan in PLANS])
            if like and name != like and like not in self.grids:
                self.refuse(name, f'this sheet is not read. Did you mean "{like}"?')
                continue
            said = name.strip().lower().replace(" ", "_").removesuffix("s")
            for key in (key for part, key in ON_THE_CASE_SHEET.items() if part.removesuffix("s") == said):
                self.refuse(name, f"this sheet is not read. Write its rows on the sheet {CASE_SHEET}, each with its key, such as {key}")
        if self.faults:
            raise FaultsError(self.faults)
        yaml = PlacedYaml()
        yaml.write(self._tree())
        text, columns = self._judgements()
        texts = {CASE: yaml.text} | ({JUDGEMENTS_FILE: text} if columns else {})
        cells = {(CASE, line): cell for line, cell in yaml.cells.items()}
        cells |= {(JUDGEMENTS_FILE, line): (row["option"], "") for line, row in columns.items()}
        return CaseSheets(self.where, texts, cells, columns, tuple(self.faults))

    def _sheet(self, plan: SheetPlan) -> None:
        """Take the rows of a sheet, each as its cells by column."""
        self.rows[plan.name] = []
        if plan.name not in self.grids:
            if plan.required:
                self.refuse(
                    plan.name, "there is no such sheet, or nothing is on it; `partnership new NAME --excel` makes one with all sheets"
                )
            return
        grid = self.grids[plan.name]
        for cells in grid.merged:
            self.refuse(f"{plan.name}!{cells}", "these cells are merged; split them and fill each one")
        heads = [str(cell.content).strip().lower() if cell.content is not None else "" for cell in grid.rows[0]]
        known = (*plan.needed, *plan.more)
        for at, head in enumerate(heads):
            unknown = head and head not in known and not head.startswith(SHOWN) and not plan.free
            if unknown:
                self.refuse(f"{plan.name}!{grid.rows[0][at].place}", f'unknown column "{head}". {nearest(head, known)}')
            elif head and heads.index(head) < at and not head.startswith(SHOWN):
                self.refuse(f"{plan.name}!{grid.rows[0][at].place}", f'the column "{head}" is repeated; keep one')
        for missing in (one for one in plan.needed if one not in heads):
            self.refuse(f"{plan.name}!row 1", f'the column "{missing}" is missing')
        read = [at for at, head in enumerate(heads) if head and not head.startswith(SHOWN)]
        for row in grid.rows[1:]:
            cells_ = {heads[at]: replace(row[at], place=f"{plan.name}!{row[at].place}") for at in read}
            if any(cell.content is not None or cell.trouble for cell in cells_.values()):
                self.rows[plan.name].append(cells_)

    def _leaf(self, cell: GridCell, *, number: bool = False, text: bool = False) -> Leaf:
        """Give what a cell holds; a name that is all digits is a text, and what cannot be read is reported."""
        if cell.trouble:
            self.refuse(cell.place, cell.trouble)
            return Leaf(UNREAD, cell.place)
        content = cell.content
        if text and isinstance(content, int | float) and not isinstance(content, bool):
            content = written(content)
        if number and isinstance(content, str) and content.strip():
            self.refuse(
                cell.place, f'found the text "{content[:40]}"; a number was expected (a number that is kept as text has to be typed again)'
            )
            return Leaf(UNREAD, cell.place)
        return Leaf(content, cell.place)

    def _leaves(self, row: Cells, columns: Iterable[str]) -> Tree:
        return {
            name: self._leaf(row[name], number=name in IN_NUMBERS, text=name not in IN_NUMBERS)
            for name in columns
            if name in row and (row[name].content is not None or row[name].trouble)
        }

    def _tree(self) -> Tree:
        tree = self._keys()
        plans = {plan.name: (*plan.needed, *plan.more) for plan in PLANS}
        tree["schools"] = [self._leaves(row, plans[SCHOOLS]) for row in self.rows[SCHOOLS]]
        tree["options"] = [_flagged(self._leaves(row, plans[OPTIONS]), "ranked") for row in self.rows[OPTIONS]]
        tree["criteria"] = [leaf for row in self.rows[CRITERIA] if (leaf := self._used(row))]
        weights: list[Node] = [entry for row in self.rows[WEIGHTS] if (entry := self._weighing(row))]
        if weights:
            tree["weights"] = weights
        return {key: node for key, node in tree.items() if not isinstance(node, list) or node or key in ("schools", "options", "criteria")}

    def _used(self, row: Cells) -> Leaf | None:
        said = self._leaf(row[USE])
        word = str(said.value).strip().lower() if said.value is not None else "no"
        if word not in FLAGS and not isinstance(said.value, bool) and said.value != UNREAD:
            self.refuse(said.place, f'found "{word[:40]}"; expected yes or no')
        return self._leaf(row["criterion"], text=True) if FLAGS.get(word, said.value is True) else None

    def _weighing(self, row: Cells) -> Tree:
        """Give one group's weights; of a ranking the figures are places."""
        plan = next(one for one in PLANS if one.name == WEIGHTS)
        entry = self._leaves(row, ("group", "method"))
        method = entry.get("method")
        if isinstance(method, Leaf) and method.value not in (*WEIGHING_METHODS, UNREAD):
            self.refuse(
                method.place, f'found "{method.value}"; {nearest(str(method.value), WEIGHING_METHODS)} Others are written in case.yaml'
            )
        figures: Tree = {}
        for name in row:
            if name not in (*plan.needed, *plan.more) and (row[name].content is not None or row[name].trouble):
                figures[name] = self._leaf(row[name], number=True)
        ranked = isinstance(method, Leaf) and method.value == "ranking"
        entry["values"] = _order(figures) if ranked else figures
        elicited = self._leaves(row, ("on", "how", "people"))
        if not figures or not elicited:
            missing = "a weight for each criterion" if not figures else "the day, how they were asked, and how many (on, how, people)"
            self.refuse(row["group"].place, f"this row lacks {missing}")
            return {}
        return {**entry, "elicited": elicited, **self._leaves(row, (FOR,))}

    def _keys(self) -> Tree:
        """Give the keys of the sheet Case: `money.years` lies in a part, `why` may stand in several rows."""
        tree: Tree = {}
        for row in self.rows[CASE_SHEET]:
            key, value = self._leaf(row[KEY], text=True), self._leaf(row[VALUE])
            if value.value is None:
                continue
            name = str(key.value or "").strip()
            parts = name.split(".")
            if not name or not all(parts):
                self.refuse(key.place, "name the key of this value, such as title or money.years")
            elif parts[0] in ELSEWHERE:
                self.refuse(key.place, f"this stands on the sheet {ELSEWHERE[parts[0]]}; take the row away")
            elif name in SAYINGS:
                says: Tree = {"says": Leaf(str(value.value), value.place), **self._leaves(row, (SOURCE, FOR))}
                found = tree.setdefault(name, [])
                if isinstance(found, list):
                    found.append(says)
            else:
                self._put(tree, parts, key.place, value)
        return _with_lists(tree)

    def _put(self, tree: Tree, parts: list[str], place: str, value: Leaf) -> None:
        said = str(value.value).strip().lower()
        none = said == NONE_OF_THEM and parts[0] in ("appraisal", "recommendation")
        parts = parts[:-1] if none and parts[-1].isdecimal() else parts  # of the list, and not of its first entry
        at = tree
        for part in parts[:-1]:
            below = at.setdefault(part, {})
            if not isinstance(below, dict):
                self.refuse(place, f'"{part}" has a value of its own in {first_place(below)}; keep one of the two')
                return
            at = below
        if parts[-1] in at:
            self.refuse(place, f"this key stands in {first_place(at[parts[-1]])} already; keep one")
            return
        flag = parts[-1] in ("illustrative", "cost_in_score", "learners", "option_order") and said in FLAGS
        text = parts[-1] in ("title", "decision", "decides") and isinstance(value.value, int | float)
        at[parts[-1]] = [] if none else replace(value, value=FLAGS[said] if flag else written(value.value) if text else value.value)

    def _judgements(self) -> tuple[str, dict[int, dict[str, str]]]:
        """Write the rows that somebody filled as `judgements.csv`, each on one line."""
        plan = next(one for one in PLANS if one.name == JUDGEMENTS)
        names = [name for name in (*plan.needed, *plan.more) if any(name in row for row in self.rows[JUDGEMENTS])]
        made = io.StringIO(newline="")
        writer = csv.writer(made, lineterminator="\n")
        writer.writerow(names)
        columns: dict[int, dict[str, str]] = {}
        for row in self.rows[JUDGEMENTS]:
            said = self._leaves(row, names[2:])
            if not said:
                continue  # nobody has looked at it
            both = self._leaves(row, names[:2])
            cells = {**both, **said}
            writer.writerow([_one_line(cells[name]) if name in cells else "" for name in names])
            columns[len(columns) + 2] = {name: row[name].place for name in names}
        return made.getvalue(), columns


def _one_line(node: Node) -> str:
    value = node.value if isinstance(node, Leaf) else ""
    return " ".join((value if isinstance(value, str) else written(value)).split())


def _flagged(tree: Tree, name: str) -> Tree:
    leaf = tree.get(name)
    if isinstance(leaf, Leaf):
        tree[name] = replace(leaf, value=FLAGS.get(str(leaf.value).lower(), leaf.value))
    return tree


def _order(figures: Tree) -> list[Node]:
    """Turn places into an order, those that share a place in an inner list."""
    placed: dict[float, list[Node]] = {}
    for name, leaf in figures.items():
        if isinstance(leaf, Leaf) and isinstance(leaf.value, int | float):
            placed.setdefault(float(leaf.value), []).append(Leaf(name, leaf.place))
    return [placed[place] for place in sorted(placed)]


def _with_lists(tree: Tree) -> Tree:
    """Turn parts whose keys are 1, 2, 3 into lists."""
    found: Tree = {}
    for key, node in tree.items():
        below = _with_lists(node) if isinstance(node, dict) else node
        if isinstance(below, dict) and below and all(name.isdecimal() for name in below):
            below = [below[name] for name in sorted(below, key=int)]
        found[key] = below
    return found
