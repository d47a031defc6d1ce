"""Writes a new case as an Excel workbook: drop-downs, notes on the columns, and what 0 and 100 mean beside each judgement, protected."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, get_args

import xlsxwriter

from partnership_model.delivery.new_case import first_schools
from partnership_model.delivery.writing import write_new
from partnership_model.knowledge.assumptions import GRADES
from partnership_model.knowledge.case_sheets import (
    CASE_SHEET,
    CRITERIA,
    FLAGS,
    FOR,
    JUDGEMENTS,
    OPTIONS,
    PLANS,
    SCHOOLS,
    USE,
    WEIGHING_METHODS,
    WEIGHTS,
)
from partnership_model.knowledge.cases import Articles, CaseFile, DiocesePolicy, School
from partnership_model.knowledge.editions import EDITIONS
from partnership_model.knowledge.grids import column_name
from partnership_model.knowledge.shipped import shipped
from partnership_model.knowledge.yaml_file import read_yaml

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from xlsxwriter.worksheet import Worksheet

    from partnership_model.knowledge.base import KnowledgeBase

ENDING = ".xlsx"
LISTS = "Lists"
SPARE_ROWS = 40
WIDE, NARROW, WIDEST = 34, 14, 60
PLAIN = {"valign": "top", "text_wrap": True}
HEAD = {**PLAIN, "bold": True, "bg_color": "#DCE6F1"}
READ_ONLY = {**PLAIN, "bg_color": "#F1F3F5"}
NOTE = {"x_scale": 2.6, "y_scale": 1.6, "author": "Partnership Model"}
ALLOWED = {"format_columns": True, "format_rows": True, "insert_rows": True}  # on a sheet that is protected, without a password
NARROW_COLUMNS = (
    "phase",
    "pupils",
    "budget",
    "form",
    "role",
    "balance",
    "low",
    "likely",
    "high",
    "evidence",
    FOR,
    USE,
    "on",
    "people",
    "method",
)
OF_SCHOOLS = {
    "category": "categories",
    "phase": "phases",
    "form": "forms",
    "role": "roles",
    "diocese_policy": "policies",
    "balance_for": "editions",
}
NOT_IN_LIST = "Choose one of the list, or leave the cell empty."
MADE_UP = "The schools and their figures were made up so that a new case can be opened. They still have to be replaced."


def write_workbook(name: str, into: Path, base: KnowledgeBase, day: dt.date, schools: Path | None = None) -> Path:
    """Write the workbook of a new case, whole or not at all, and never over anything; called as `write_case` is.

    Raises:
        PartnershipError: a name that no file should have, one that is taken, or a disk that refuses.
        FaultsError: what is wrong with the table of schools.
    """
    found = first_schools(name, schools, base)
    path = into / f"{name}{ENDING}"
    write_new(path, _Making(base, day).book(name, found, made_up=schools is None))
    return path


@dataclass(frozen=True)
class _Column:
    """A column of a sheet.

    Attributes:
        values: those of its first rows.
        choose: the name of the list to choose from.
        free: whether it may be changed; what may not is there for the reader.
        width: in letters; by its head where nothing is said.
    """

    head: str
    values: Sequence[Any] = ()
    choose: str = ""
    free: bool = True
    width: int = 0


class _Making:
    """Makes the sheets; a text that begins like a formula is written as text."""

    def __init__(self, base: KnowledgeBase, day: dt.date) -> None:
        self.base = base
        self.words: Mapping[str, Any] = read_yaml(shipped("data", "new_case", "workbook.yaml")).value
        self.held = io.BytesIO()
        self.workbook = xlsxwriter.Workbook(self.held, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
        self.head, self.fixed = self.workbook.add_format(HEAD), self.workbook.add_format(READ_ONLY)
        self.free = self.workbook.add_format({**PLAIN, "locked": False})
        self.options = base.on(day).options
        self.criteria = [key for key, one in base.criteria.items() if one.default]

    def book(self, title: str, schools: Sequence[Mapping[str, str | int]], *, made_up: bool) -> bytes:
        """Give the bytes of the workbook."""
        plans = {plan.name: (*plan.needed, *plan.more) for plan in PLANS}
        self._case(title, made_up=made_up)
        self._sheet(SCHOOLS, [_Column(name, [one.get(name) for one in schools], OF_SCHOOLS.get(name, "")) for name in plans[SCHOOLS]])
        of_options = {"articles": "articles", "ranked": "flags"}
        named = _Column("(in plain words)", [one.label for one in self.options.values()], free=False)
        more = [_Column(name, choose=of_options.get(name, "")) for name in plans[OPTIONS][1:]]
        self._sheet(OPTIONS, [_Column("option", list(self.options), "options"), named, *more])
        used = ["yes" if one.default else "no" for one in self.base.criteria.values()]
        self._sheet(CRITERIA, [*self._anchors(list(self.base.criteria)), _Column(USE, used, "flags")], spare=0)
        of_weights = {"method": "methods", FOR: "editions"}
        self._sheet(WEIGHTS, [_Column(name, choose=of_weights.get(name, "")) for name in (*plans[WEIGHTS], *self.criteria)])
        self._judgements(plans[JUDGEMENTS])
        self._lists()
        self.workbook.close()
        return self.held.getvalue()

    def _lists(self) -> None:
        """Write the lists to choose from on a sheet of their own; a list inside a drop-down may have 255 letters only."""
        sheet = self.workbook.add_worksheet(LISTS)
        sheet.hide()
        lists: dict[str, Iterable[str]] = {
            "options": self.options,
            "criteria": self.base.criteria,
            "categories": self.base.categories,
            "forms": self.base.forms,
            "phases": get_args(School.model_fields["phase"].annotation),
            "roles": get_args(School.model_fields["role"].annotation),
            "policies": get_args(DiocesePolicy),
            "articles": get_args(Articles),
            "editions": EDITIONS,
            "methods": WEIGHING_METHODS,
            "grades": GRADES,
            "flags": FLAGS,
            "states": get_args(CaseFile.model_fields["status"].annotation),
        }
        for at, (name, values) in enumerate(lists.items()):
            column = [name, *values]
            sheet.write_column(0, at, column)
            letter = column_name(at + 1)
            self.workbook.define_name(name, f"={LISTS}!${letter}$2:${letter}${len(column)}")

    def _case(self, title: str, *, made_up: bool) -> None:
        keys = self.words["case"]
        values = {"title": title} | ({"illustrative": "yes", "illustrative_note": MADE_UP} if made_up else {})
        columns = [
            _Column("key", [one["key"] for one in keys]),
            _Column("value", [values.get(one["key"], one.get("value")) for one in keys], width=WIDEST),
            _Column("source"),
            _Column(FOR, choose="editions"),
            _Column("(what stands here)", [one["note"] for one in keys], free=False, width=WIDEST),
        ]
        sheet = self._sheet(CASE_SHEET, columns)
        for row, one in enumerate(keys, 1):
            if "choose" in one:
                _choose(sheet, one["choose"], 1, row, row)

    def _anchors(self, criteria: Sequence[str]) -> list[_Column]:
        """Give criteria with what 0 and 100 mean."""
        of = [self.base.criteria[key] for key in criteria]
        return [
            _Column("criterion", criteria, free=False),
            _Column("(in plain words)", [one.label for one in of], free=False),
            _Column("(what 0 means)", [one.worst for one in of], free=False),
            _Column("(what 100 means)", [one.best for one in of], free=False),
        ]

    def _judgements(self, names: Sequence[str]) -> None:
        """Write a row for each starting assumption of the options and criteria that the case begins with."""
        cells = [(option, key) for option in self.options for key in self.criteria if (option, key) in self.base.assumptions]
        amounts = [self.base.assumptions[cell].amount for cell in cells]
        starts = [f"{one.low:g}, {one.likely:g}, {one.high:g}" for one in amounts]
        units = [self.base.criteria[key].scale.unit.replace("_", " ") for _, key in cells]
        lists = {"evidence": "grades", FOR: "editions"}
        columns = [
            _Column("option", [option for option, _ in cells], "options"),
            _Column("criterion", [key for _, key in cells], "criteria"),
            *self._anchors([key for _, key in cells])[2:],
            _Column("(unit)", units, free=False),
            _Column("(starting low, likely, high)", starts, free=False),
            *(_Column(name, choose=lists.get(name, "")) for name in names[2:]),
        ]
        self._sheet(JUDGEMENTS, columns)

    def _sheet(self, name: str, columns: Sequence[_Column], spare: int = SPARE_ROWS) -> Worksheet:
        sheet = self.workbook.add_worksheet(name)
        notes = self.words["columns"][name]
        last = max(len(column.values) for column in columns) + spare
        for at, column in enumerate(columns):
            sheet.set_column(at, at, column.width or (NARROW if column.head in NARROW_COLUMNS else WIDE))
            sheet.write_string(0, at, column.head, self.head)
            if column.head in notes:
                sheet.write_comment(0, at, notes[column.head], NOTE)
            style = self.free if column.free else self.fixed
            for row in range(1, last + 1):
                sheet.write(row, at, column.values[row - 1] if row <= len(column.values) else None, style)
            if column.choose and column.free:
                _choose(sheet, column.choose, at, 1, last)
        sheet.freeze_panes(1, 1)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.protect("", ALLOWED)
        return sheet


def _choose(sheet: Worksheet, name: str, column: int, first: int, last: int) -> None:
    rule = {"validate": "list", "source": f"={name}", "error_title": "Not in the list", "error_message": NOT_IN_LIST}
    sheet.data_validation(first, column, last, column, rule)
