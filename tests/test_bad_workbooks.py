"""Bad workbooks and scoring tables: each fault has one file in `bad_data/` and one row here that says what its message must hold."""

from __future__ import annotations

import importlib.util
from typing import TYPE_CHECKING

import openpyxl
import pytest

from partnership_model.errors import FaultsError
from partnership_model.knowledge.foreign_table import read_table
from partnership_model.knowledge.printed_numbers import Printed
from tests.checking import BAD_DATA
from tests.test_bad_data import PROGRAMMERS_WORDS

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType

    from tests.checking import Check

EXCEL, TABLES = BAD_DATA / "excel", BAD_DATA / "scoring_tables"
# file, sheet and cell, words that the message about it must hold
CASES: list[tuple[str, str, tuple[str, ...]]] = [
    ("key_unknown", "Case!B8", ("unknown key", 'Did you mean "title"?')),
    ("key_repeated", "Case!A8", ("stands in Case!B2 already", "keep one")),
    ("key_without_a_name", "Case!A8", ("name the key",)),
    ("key_of_another_sheet", "Case!A8", ("stands on the sheet Schools",)),
    ("key_below_a_value", "Case!A8", ('"title" has a value of its own in Case!B2',)),
    ("date_as_text", "Case!B6", ("04/03/2017", "such as 2016-04-15")),
    ("date_where_pupils_stand", "Schools!D2", ("2026-03-02", "a whole number")),
    ("number_as_text", "Schools!D2", ('the text "180"', "typed again")),
    ("formula_never_worked_out", "Schools!E2", ("a formula whose result was never saved", "LibreOffice")),
    ("formula_in_error", "Schools!E2", ("the error #DIV/0!", "mend it")),
    ("cell_left_empty", "Schools!A2", ("budget: this key is missing",)),
    ("category_mistyped", "Schools!B2", ('"comunity"', 'Did you mean "community"?')),
    ("school_twice", "Schools!A3", ('two schools are called "Infant A"',)),
    ("option_mistyped", "Options!A3", ('"federaton"', 'Did you mean "federation"?')),
    ("stay_missing", "Options!A3", ('add "stay"',)),
    ("use_neither_yes_nor_no", "Criteria!B2", ('"perhaps"', "yes or no")),
    ("weights_missing", "Weights!A2", ("lacks a weight for each criterion",)),
    ("weights_by_pairs", "Weights!B2", ('"pairs"', "written in case.yaml")),
    ("judgement_without_a_note", "Judgements!G2", ("say why",)),
    ("judgement_grade_unknown", "Judgements!F2", ('"E"', "from A (strong) to D (opinion)")),
    ("column_unknown", "Schools!F1", ('"balance fur"', 'Did you mean "balance_for"?')),
    ("column_missing", "Criteria!row 1", ('the column "criterion" is missing',)),
    ("column_repeated", "Options!C1", ('"label" is repeated',)),
    ("cells_merged", "Schools!B2:C2", ("merged", "split them")),
    ("sheet_missing", "Criteria", ("there is no such sheet", "--excel")),
    ("sheet_mistyped", "Criterias", ("not read", 'Did you mean "Criteria"?')),
    ("sheet_of_resolutions", "Resolutions", ("not read", "the sheet Case", "resolutions.1.body")),
    ("resolution_of_an_unknown_body", "Case!B8", ("'bord'", "governing_body")),
    ("resolution_of_an_unknown_school", "Case!B10", ('"Infent A"', 'Did you mean "Infant A"?')),
    ("resolution_without_its_day", "Case!B8", ("have a day",)),
    ("password", "", ("protected by a password", "Save a copy without one")),
]
MORE_THAN_ONE = ("sheet_mistyped", "use_neither_yes_nor_no", "weights_by_pairs")  # what follows from the fault is said too
SCORING: list[tuple[str, str, tuple[str, ...]]] = [
    ("cells_merged.xlsx", "Scores!A3:A4", ("merged", "split them")),
    ("date_among_scores.xlsx", "Scores!B3", ("the date 2026-03-02", "type the number again")),
    ("date_as_text.xlsx", "Scores!B3", ("04/03/2017", "looks like a date")),
    ("formula_in_error.xlsx", "Scores!B3", ("the error #REF!",)),
    ("formula_never_worked_out.xlsx", "Scores!B3", ("never saved",)),
    ("word_among_scores.xlsx", "Scores!B3", ('"seven"', "a number was expected")),
    ("two_options_alike.csv", "A3", ('called "A"', "row 2")),
    ("zeros.csv", "", ("a binary file",)),
    ("password.xlsx", "", ("protected by a password",)),
    ("half_a_file.xlsx", "", ("damaged",)),
]


def test_every_file_has_exactly_one_row() -> None:
    assert sorted(f"{name}.xlsx" for name in [*(row[0] for row in CASES), "accepted"]) == sorted(path.name for path in EXCEL.glob("*.xlsx"))
    accepted = ("accepted_like_formulas.csv", "accepted_semicolons_in_cp1252.csv")
    assert sorted([*(row[0] for row in SCORING), *accepted]) == sorted(path.name for path in TABLES.iterdir())


@pytest.mark.parametrize(("name", "place", "words"), CASES, ids=[row[0] for row in CASES])
def test_a_fault_of_a_workbook_names_its_sheet_and_cell(name: str, place: str, words: tuple[str, ...], check: Check) -> None:
    path = EXCEL / f"{name}.xlsx"
    answer = check(path)
    assert (answer.code, answer.out) == (2, "")
    found = [one for one in answer.messages if one.startswith(f"{path}: {place}: " if place else f"{path}: ")]
    assert len(found) == 1, answer.err
    assert len(answer.messages) == 1 or name in MORE_THAN_ONE, answer.err
    assert [word for word in words if word not in found[0]] == []
    assert not PROGRAMMERS_WORDS.search(answer.err), answer.err


def test_the_workbook_from_which_they_are_made_has_no_fault(check: Check) -> None:
    answer = check(EXCEL / "accepted.xlsx")
    assert (answer.code, answer.err) == (0, "")


@pytest.mark.parametrize(("name", "place", "words"), SCORING, ids=[row[0] for row in SCORING])
def test_a_fault_of_a_scoring_table_names_its_cell(name: str, place: str, words: tuple[str, ...]) -> None:
    with pytest.raises(FaultsError, match="1 fault found") as error:
        read_table(TABLES / name)
    (fault,) = error.value.faults
    assert fault.field == place
    assert [word for word in words if word not in fault.says] == []


def test_a_table_of_another_country_and_another_alphabet_is_read_and_it_is_said_how() -> None:
    found = read_table(TABLES / "accepted_semicolons_in_cp1252.csv")
    assert found.options == ("Bündnis", "Übergang")
    assert isinstance(found.scores[0][0].number, Printed)
    assert float(found.scores[0][0].number.value) == 7.5
    assert [word for word in ("cp1252", "semicolons", "decimal comma") if word not in " ".join(found.notes)] == []


def test_names_that_look_like_formulas_are_names() -> None:
    assert read_table(TABLES / "accepted_like_formulas.csv").options == ("=1+1", "@SUM(A1)", "-x")


def maker() -> ModuleType:
    """Load the script that lies beside the files."""
    found = importlib.util.spec_from_file_location("make_bad_workbooks", EXCEL / "make.py")
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


def cells(path: Path) -> object:
    """Give what stands in a workbook, or the bytes of any other file."""
    if path.suffix != ".xlsx" or not path.read_bytes().startswith(b"PK\x03\x04\x14"):
        return path.read_bytes()
    book = openpyxl.load_workbook(path)
    return {
        sheet.title: ([[cell.value for cell in row] for row in sheet.rows], [str(one) for one in sheet.merged_cells.ranges])
        for sheet in book.worksheets
    }


def test_the_files_are_those_that_their_script_makes(tmp_path: Path) -> None:
    (tmp_path / "excel").mkdir()
    (tmp_path / "tables").mkdir()
    maker().make(tmp_path / "excel", tmp_path / "tables")
    for folder, made in ((EXCEL, tmp_path / "excel"), (TABLES, tmp_path / "tables")):
        there = {path.name: cells(path) for path in folder.iterdir() if path.suffix in (".xlsx", ".csv")}
        assert there == {path.name: cells(path) for path in made.iterdir()}
