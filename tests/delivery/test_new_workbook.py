"""`partnership new NAME --excel`: a workbook that works as it stands, and that guides the hand."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from partnership_model.delivery.new_workbook import write_workbook
from partnership_model.errors import PartnershipError
from partnership_model.knowledge.case_sheets import PLANS
from partnership_model.knowledge.shipped import shipped
from partnership_model.knowledge.yaml_file import read_yaml

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from partnership_model.knowledge.base import KnowledgeBase
    from tests.delivery.commanding import Said

DAY = dt.date(2026, 3, 2)


@pytest.fixture(scope="module")
def folder(base: KnowledgeBase, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make one workbook."""
    made = tmp_path_factory.mktemp("made")
    write_workbook("=Hilltop", made, base, DAY)
    return made


@pytest.fixture(scope="module")
def book(folder: Path) -> Any:  # noqa: ANN401 - openpyxl has no types
    """Open it."""
    return openpyxl.load_workbook(folder / "=Hilltop.xlsx")


def test_all_sheets_are_there_and_the_lists_are_hidden(book: Any) -> None:  # noqa: ANN401 - openpyxl has no types
    assert book.sheetnames == [*(plan.name for plan in PLANS), "Lists"]
    assert book["Lists"].sheet_state == "hidden"


def test_every_column_that_is_read_has_a_note(book: Any) -> None:  # noqa: ANN401 - openpyxl has no types
    words = read_yaml(shipped("data", "new_case", "workbook.yaml")).value
    for plan in PLANS:
        heads = {cell.value: cell.comment for cell in book[plan.name][1]}
        named = {head for head in heads if not head.startswith("(")}
        assert {*plan.needed, *plan.more} <= named
        assert {*plan.needed, *plan.more} == set(words["columns"][plan.name])
        assert all(heads[name] is not None for name in (*plan.needed, *plan.more))


def test_anchors_cannot_be_overwritten_and_answers_can(book: Any) -> None:  # noqa: ANN401 - openpyxl has no types
    sheet = book["Judgements"]
    heads = {cell.value: cell.column for cell in sheet[1]}
    assert sheet.protection.sheet
    assert sheet.cell(2, heads["(what 0 means)"]).protection.locked
    assert sheet.cell(2, heads["(starting low, likely, high)"]).value
    assert not sheet.cell(2, heads["note"]).protection.locked
    assert sheet.cell(1, heads["note"]).protection.locked


def test_what_can_be_chosen_is_chosen_from_a_list_that_exists(book: Any) -> None:  # noqa: ANN401 - openpyxl has no types
    for plan in PLANS:
        rules = book[plan.name].data_validations.dataValidation
        assert rules
        for rule in rules:
            assert rule.formula1.removeprefix("=") in book.defined_names
    lists = {name: one.attr_text for name, one in book.defined_names.items()}
    cells = [cell.value for (cell,) in book["Lists"][lists["categories"].partition("!")[2].replace("$", "")]]
    assert "voluntary_aided" in cells
    assert None not in cells


def test_a_name_that_begins_like_a_formula_is_text(book: Any) -> None:  # noqa: ANN401 - openpyxl has no types
    titles = {row[0].value: row[1] for row in book["Case"].iter_rows(min_row=2)}
    assert (titles["title"].value, titles["title"].data_type) == ("=Hilltop", "s")


def test_a_name_that_is_taken_is_refused_and_nothing_is_written_over(folder: Path, base: KnowledgeBase) -> None:
    before = (folder / "=Hilltop.xlsx").read_bytes()
    with pytest.raises(PartnershipError, match="is there already"):
        write_workbook("=Hilltop", folder, base, DAY)
    assert (folder / "=Hilltop.xlsx").read_bytes() == before
    assert [one.name for one in folder.iterdir()] == ["=Hilltop.xlsx"]


def test_a_name_that_leads_elsewhere_is_refused(tmp_path: Path, base: KnowledgeBase) -> None:
    with pytest.raises(PartnershipError, match="cannot be the name of a case"):
        write_workbook("../x", tmp_path, base, DAY)


def test_the_command_makes_a_workbook_that_check_accepts(command: Callable[..., Said], tmp_path: Path) -> None:
    schools = tmp_path / "s.csv"
    schools.write_text(
        "name,category,phase,pupils,budget\nOurs,community,primary,90,500000\nTheirs,academy,secondary,900,6000000\n", encoding="utf-8"
    )
    made = command("new", "Hilltop", "--excel", "--into", tmp_path, "--schools", schools)
    assert made.out.splitlines()[0] == str(tmp_path / "Hilltop.xlsx")
    checked = command("check", tmp_path / "Hilltop.xlsx")
    assert (checked.code, checked.out.splitlines()[0]) == (0, "No faults found.")
