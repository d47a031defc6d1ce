"""Writes a new case as an Excel workbook: drop-downs, notes on the columns, and what 0 and 100 mean beside each judgement, protected."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, get_args

import openpyxl
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties

from partnership_model.delivery.new_case import read_schools, refuse_name
from partnership_model.delivery.writing import write_new
from partnership_model.knowledge.case_sheets import (
    CASE_SHEET,
    CRITERIA,
    FOR,
    JUDGEMENTS,
    OPTIONS,
    PLANS,
    SCHOOLS,
    USE,
    WEIGHING_METHODS,
    WEIGHTS,
)
from partnership_model.knowledge.cases import Articles, DiocesePolicy, School
from partnership_model.knowledge.editions import EDITIONS
from partnership_model.knowledge.files import read_yaml
from partnership_model.knowledge.shipped import shipped

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from partnership_model.knowledge.base import KnowledgeBase

ENDING = ".xlsx"
LISTS = "Lists"
SPARE_ROWS = 40
WIDE, NARROW, WIDEST = 34, 14, 60
HEAD, READ_ONLY = PatternFill("solid", fgColor="DCE6F1"), PatternFill("solid", fgColor="F1F3F5")
TOP = Alignment(vertical="top", wrap_text=True)
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
MADE_UP = "The schools and their figures were made up so that a new case can be opened. They still have to be replaced."


def write_workbook(name: str, into: Path, base: KnowledgeBase, day: dt.date, schools: Path | None = None) -> Path:
    """Write the workbook of a new case, whole or not at all, and never over anything.

    Args:
        name: what the group calls itself; the file's name and the case's title.
        into: the folder in which it is made.
        base: names the options, criteria and categories of school.
        day: today; options that do not exist on it are left out.
        schools: a table of the group's schools; without one the case begins with made-up ones, and is stamped.

    Raises:
        PartnershipError: a name that no file should have, one that is taken, or a disk that refuses.
        FaultsError: what is wrong with the table of schools.
    """
    refuse_name(name)
    found = read_schools(schools or shipped("data", "new_case", "schools.csv"), base)
    path = into / f"{name}{ENDING}"
    write_new(path, _Making(base, day).book(name, found, made_up=schools is None))
    return path


@dataclass(frozen=True)
class _Column:
    """A column of a sheet.

    Attributes:
        values: those of its first rows.
        choose: the name of the list to choose from.
        open: whether it may be changed; what may not is there for the reader.
    """

    head: str
    values: Sequence[Any] = ()
    choose: str = ""
    open: bool = True


class _Making:
    def __init__(self, base: KnowledgeBase, day: dt.date) -> None:
        self.base = base
        self.words: Mapping[str, Any] = read_yaml(shipped("data", "new_case", "workbook.yaml")).value
        self.workbook = openpyxl.Workbook()
        self.options = base.on(day).options
        self.criteria = [key for key, one in base.criteria.items() if one.default]

    def book(self, title: str, schools: Sequence[Mapping[str, str | int]], *, made_up: bool) -> bytes:
        self._lists()
        self._case(title, made_up=made_up)
        plans = {plan.name: (*plan.needed, *plan.more) for plan in PLANS}
        lists = {
            "category": "categories",
            "phase": "phases",
            "form": "forms",
            "role": "roles",
            "diocese_policy": "policies",
            "balance_for": "editions",
        }
        self._sheet(SCHOOLS, [_Column(name, [one.get(name) for one in schools], lists.get(name, "")) for name in plans[SCHOOLS]])
        self._sheet(
            OPTIONS,
            [
                _Column("option", list(self.options), "options"),
                _Column("(in plain words)", [one.label for one in self.options.values()], open=False),
                *(_Column(name, choose={"articles": "articles", "ranked": "flags"}.get(name, "")) for name in plans[OPTIONS][1:]),
            ],
        )
        self._sheet(
            CRITERIA,
            [*self._anchors(list(self.base.criteria)), _Column(USE, [_word(one.default) for one in self.base.criteria.values()], "flags")],
            spare=0,
        )
        heads = {"method": "methods", FOR: "editions"}
        self._sheet(WEIGHTS, [_Column(name, choose=heads.get(name, "")) for name in (*plans[WEIGHTS], *self.criteria)])
        self._judgements(plans[JUDGEMENTS])
        del self.workbook[self.workbook.sheetnames[0]]
        self.workbook.move_sheet(LISTS, len(self.workbook.sheetnames))
        self.workbook[LISTS].sheet_state = "hidden"
        self.workbook.active = 0
        held = io.BytesIO()
        self.workbook.save(held)
        return held.getvalue()

    def _lists(self) -> None:
        """Write the lists to choose from on a sheet of their own; a list inside a drop-down may have 255 letters only."""
        sheet = self.workbook.create_sheet(LISTS)
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
            "grades": "ABCD",
            "flags": ("yes", "no"),
            "states": ("exploring", "consulting", "emerging", "decided"),
        }
        for at, (name, values) in enumerate(lists.items(), 1):
            column = [name, *values]
            for row, value in enumerate(column, 1):
                sheet.cell(row, at, value)
            letter = get_column_letter(at)
            self.workbook.defined_names[name] = DefinedName(name, attr_text=f"{LISTS}!${letter}$2:${letter}${len(column)}")

    def _case(self, title: str, *, made_up: bool) -> None:
        keys = self.words["case"]
        values = {"title": title} | ({"illustrative": "yes", "illustrative_note": MADE_UP} if made_up else {})
        sheet = self._sheet(
            CASE_SHEET,
            [
                _Column("key", [one["key"] for one in keys]),
                _Column("value", [values.get(one["key"], one.get("value")) for one in keys]),
                _Column("source"),
                _Column(FOR, choose="editions"),
                _Column("(what stands here)", [one["note"] for one in keys], open=False),
            ],
        )
        for row, one in enumerate(keys, 2):
            if "choose" in one:
                self._choose(sheet, "states" if one["key"] == "status" else "flags", f"B{row}")
        sheet.column_dimensions["B"].width = sheet.column_dimensions["E"].width = WIDEST

    def _anchors(self, criteria: Sequence[str]) -> list[_Column]:
        """Give criteria with what 0 and 100 mean."""
        of = [self.base.criteria[key] for key in criteria]
        return [
            _Column("criterion", criteria, open=False),
            _Column("(in plain words)", [one.label for one in of], open=False),
            _Column("(what 0 means)", [one.worst for one in of], open=False),
            _Column("(what 100 means)", [one.best for one in of], open=False),
        ]

    def _judgements(self, names: Sequence[str]) -> None:
        """Write a row for each starting assumption of the options and criteria that the case begins with."""
        cells = [(option, key) for option in self.options for key in self.criteria if (option, key) in self.base.assumptions]
        anchors = self._anchors([key for _, key in cells])
        amounts = [self.base.assumptions[cell].amount for cell in cells]
        starts = [f"{one.low:g}, {one.likely:g}, {one.high:g}" for one in amounts]
        units = [self.base.criteria[key].scale.unit.replace("_", " ") for _, key in cells]
        columns = [
            _Column("option", [option for option, _ in cells], "options"),
            _Column("criterion", [key for _, key in cells], "criteria"),
            *anchors[2:],
            _Column("(unit)", units, open=False),
            _Column("(starting low, likely, high)", starts, open=False),
            *(_Column(name, choose={"evidence": "grades", FOR: "editions"}.get(name, "")) for name in names[2:]),
        ]
        self._sheet(JUDGEMENTS, columns)

    def _sheet(self, name: str, columns: Sequence[_Column], spare: int = SPARE_ROWS) -> Any:  # noqa: ANN401 - openpyxl has no types
        sheet = self.workbook.create_sheet(name)
        notes = self.words["columns"][name]
        last = 1 + max(len(column.values) for column in columns) + spare
        for at, column in enumerate(columns, 1):
            head = sheet.cell(1, at, column.head)
            head.font, head.fill, head.alignment = Font(bold=True), HEAD, TOP
            if column.head in notes:
                head.comment = Comment(notes[column.head], "Partnership Model", height=120, width=320)
            for row in range(2, last + 1):
                cell = sheet.cell(row, at, column.values[row - 2] if row - 2 < len(column.values) else None)
                cell.data_type = "s" if isinstance(cell.value, str) else cell.data_type  # a name that begins with = is a name
                cell.protection, cell.alignment = Protection(locked=not column.open), TOP
                if not column.open:
                    cell.fill = READ_ONLY
            letter = get_column_letter(at)
            sheet.column_dimensions[letter].width = NARROW if column.head in NARROW_COLUMNS else WIDE
            if column.choose and column.open:
                self._choose(sheet, column.choose, f"{letter}2:{letter}{last}")
        sheet.freeze_panes = "B2"
        sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)  # as wide as a page
        sheet.print_title_rows = "1:1"
        sheet.protection.sheet = True
        sheet.protection.formatColumns = sheet.protection.formatRows = sheet.protection.insertRows = False  # which allows them
        return sheet

    def _choose(self, sheet: Any, name: str, cells: str) -> None:  # noqa: ANN401 - openpyxl has no types
        rule = DataValidation(type="list", formula1=f"={name}", allow_blank=True, showErrorMessage=True)
        rule.errorTitle, rule.error = "Not in the list", "Choose one of the list, or leave the cell empty."
        rule.add(cells)
        sheet.add_data_validation(rule)


def _word(flag: bool) -> str:  # noqa: FBT001 - the flag itself is what is put into words
    return "yes" if flag else "no"
