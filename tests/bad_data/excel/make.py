"""Makes the bad workbooks that lie here and in `../scoring_tables`, one fault each: `python tests/bad_data/excel/make.py`."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

HERE = Path(__file__).parent
TABLES = HERE.parent / "scoring_tables"
DAY = dt.date(2026, 3, 2)
FIXED = dt.datetime(2026, 3, 2)  # noqa: DTZ001 - when every file says it was made
GOOD: Mapping[str, Sequence[Sequence[Any]]] = {
    "Case": (
        ("key", "value", "source", "for"),
        ("title", "Hilltop"),
        ("decision", "How should our schools work together?"),
        ("decides", "Each school's governing body."),
        ("status", "exploring"),
        ("as_of", DAY),
        ("illustrative", "yes"),
    ),
    "Schools": (
        ("name", "category", "phase", "pupils", "budget"),
        ("Infant A", "community", "primary", 180, 900000),
        ("Junior B", "foundation", "primary", 240, 1100000),
    ),
    "Options": (("option", "label"), ("stay", None), ("federation", None), ("collaboration", None)),
    "Criteria": (("criterion", "use"), ("autonomy", "yes"), ("cost", "yes"), ("staff", "yes")),
    "Weights": (
        ("group", "method", "on", "how", "people", "for", "autonomy", "cost", "staff"),
        ("Governors", "points", DAY, "cards", 12, None, 50, 20, 30),
    ),
    "Judgements": (
        ("option", "criterion", "low", "likely", "high", "evidence", "note"),
        ("federation", "staff", 30, 50, 70, "C", "Two heads retire."),
    ),
}
SCORES: Sequence[Sequence[Any]] = (("Option", "Cost", "Say", "Total"), ("weight", 3, 2, 5), ("A", 7, 4, 29), ("B", 5, 3, 21))
LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")  # as Excel packs a file with a password

RESOLUTION: Mapping[str, Any] = {
    "Case!A8": "resolutions.1.body",
    "Case!B8": "governing_body",
    "Case!A9": "resolutions.1.state",
    "Case!B9": "not_asked",
}

# By name of file: the cells that are changed in the good workbook; None of a whole sheet takes it away.
CASES: Mapping[str, Mapping[str, Any]] = {
    "key_unknown": {"Case!A8": "titel", "Case!B8": "Hilltop"},
    "key_repeated": {"Case!A8": "title", "Case!B8": "Hilltop"},
    "key_without_a_name": {"Case!B8": "Hilltop"},
    "key_of_another_sheet": {"Case!A8": "schools.1.name", "Case!B8": "Infant A"},
    "key_below_a_value": {"Case!A8": "title.more", "Case!B8": "Hilltop"},
    "date_as_text": {"Case!B6": "04/03/2017"},
    "date_where_pupils_stand": {"Schools!D2": DAY},
    "number_as_text": {"Schools!D2": "180"},
    "formula_never_worked_out": {"Schools!E2": "=900000+1"},
    "formula_in_error": {"Schools!E2": "#DIV/0!"},
    "cell_left_empty": {"Schools!E2": None},
    "category_mistyped": {"Schools!B2": "comunity"},
    "school_twice": {"Schools!A3": "Infant A"},
    "option_mistyped": {"Options!A3": "federaton"},
    "stay_missing": {"Options!A2": None},
    "use_neither_yes_nor_no": {"Criteria!B2": "perhaps"},
    "weights_missing": {"Weights!G2": None, "Weights!H2": None, "Weights!I2": None},
    "weights_by_pairs": {"Weights!B2": "pairs"},
    "judgement_without_a_note": {"Judgements!G2": None},
    "judgement_grade_unknown": {"Judgements!F2": "E"},
    "column_unknown": {"Schools!F1": "balance fur", "Schools!F2": 1},
    "column_missing": {"Criteria!A1": None},
    "column_repeated": {"Options!C1": "label"},
    "cells_merged": {"Schools!B2:C2": "merged"},
    "sheet_missing": {"Criteria": None},
    "sheet_mistyped": {"Criterias": GOOD["Criteria"], "Criteria": None},
    "sheet_of_resolutions": {"Resolutions": (("body", "state"), ("governing_body", "not_asked"))},
    "resolution_of_an_unknown_body": {**RESOLUTION, "Case!B8": "bord"},
    "resolution_of_an_unknown_school": {**RESOLUTION, "Case!A10": "resolutions.1.schools.1", "Case!B10": "Infent A"},
    "resolution_without_its_day": {**RESOLUTION, "Case!B9": "passed"},
}
SCORING: Mapping[str, Mapping[str, Any]] = {
    "cells_merged": {"Scores!A3:A4": "merged"},
    "date_among_scores": {"Scores!B3": DAY},
    "date_as_text": {"Scores!B3": "04/03/2017"},
    "formula_in_error": {"Scores!B3": "#REF!"},
    "formula_never_worked_out": {"Scores!B3": "=1+1"},
    "word_among_scores": {"Scores!B3": "seven"},
}
TEXTS: Mapping[str, bytes] = {  # tables as text, and files that are no table
    "accepted_semicolons_in_cp1252.csv": "Möglichkeit;Kosten;Mitsprache\nBündnis;7,5;4\nÜbergang;5;3,5\n".encode("cp1252"),
    "accepted_like_formulas.csv": b"Option,Cost,Say\n=1+1,7,4\n@SUM(A1),5,3\n-x,1,2\n",
    "two_options_alike.csv": b"Option,Cost,Say\nA,7,4\nA,5,3\n",
    "zeros.csv": b"Option,Cost\n\0\0,1\n",
    "password.xlsx": LOCKED,
    "half_a_file.xlsx": b"PK\x03\x04",
}


def workbook(sheets: Mapping[str, Sequence[Sequence[Any]]], changes: Mapping[str, Any]) -> openpyxl.Workbook:
    """Make a workbook with some cells changed."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    for place, value in changes.items():
        name, _, cell = place.partition("!")
        if ":" in cell:
            book[name].merge_cells(cell)
        elif cell:
            book[name][cell] = value
        elif value is None:
            del book[name]
        else:
            sheet = book.create_sheet(name)
            for row in value:
                sheet.append(row)
    book.properties.created = book.properties.modified = FIXED
    return book


def make(cases: Path = HERE, tables: Path = TABLES) -> None:
    """Write every file anew."""
    workbook(GOOD, {}).save(cases / "accepted.xlsx")
    for name, changes in CASES.items():
        workbook(GOOD, changes).save(cases / f"{name}.xlsx")
    (cases / "password.xlsx").write_bytes(LOCKED)
    for name, changes in SCORING.items():
        workbook({"Scores": SCORES}, changes).save(tables / f"{name}.xlsx")
    for name, raw in TEXTS.items():
        (tables / name).write_bytes(raw)


if __name__ == "__main__":
    make()
