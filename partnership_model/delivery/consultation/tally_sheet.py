"""Writes the sheet on which ballots of paper are typed, one row a ballot, as CSV or as Excel with drop-downs."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

import xlsxwriter

from partnership_model.delivery.fact_list import as_cell
from partnership_model.delivery.writing import write_new
from partnership_model.errors import PartnershipError
from partnership_model.knowledge.surveys.paper_sheet import GROUP, SCHOOL, paper_headings, paper_mapping, support_words

if TYPE_CHECKING:
    from pathlib import Path

    from xlsxwriter.worksheet import Worksheet

    from partnership_model.knowledge.consultation.question_set import QuestionSet

ROWS = 500  # to which drop-downs reach
LISTS = "Lists"
HEAD = {"bold": True, "bg_color": "#DCE6F1", "text_wrap": True, "valign": "top"}
NOT_IN_LIST = "Choose one of the list, or leave the cell empty."


def write_tally_sheet(path: Path, questions: QuestionSet) -> None:
    """Write the sheet, and nothing over a file that is there.

    Raises:
        PartnershipError: another kind of file is asked for, or the name is taken.
    """
    kind = path.suffix.lower()
    if kind == ".csv":
        held = io.StringIO(newline="")
        csv.writer(held, lineterminator="\r\n").writerow(map(as_cell, paper_headings(questions)))
        write_new(path, held.getvalue().encode("utf-8-sig"))  # the mark by which Excel knows the encoding
    elif kind == ".xlsx":
        write_new(path, _workbook(questions))
    else:
        message = f"{path} will hold a table; give it a name that ends in .csv or .xlsx."
        raise PartnershipError(message)


def _workbook(questions: QuestionSet) -> bytes:
    held = io.BytesIO()
    about = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(held, about) as book:
        sheet, lists = book.add_worksheet("Ballots"), book.add_worksheet(LISTS)
        lists.hide()
        head = book.add_format(HEAD)
        headings, mapping = paper_headings(questions), paper_mapping(questions)
        for column, heading in enumerate(headings):
            sheet.write_string(0, column, heading, head)
        sheet.set_column(0, len(headings) - 1, 18)
        sheet.freeze_panes(1, 1)
        choices = {GROUP: [one.group for one in questions.adults], SCHOOL: list(questions.schools)}
        choices |= {column: list(support_words()) for column in (mapping.support.columns.values() if mapping.support else ())}
        for column, heading in enumerate(headings):
            if choices.get(heading):
                _offer(sheet, lists, column, choices[heading])
        places = [headings.index(column) for column in (mapping.order.item_columns.values() if mapping.order else ())]
        whole = {"validate": "integer", "criteria": "between", "minimum": 1, "maximum": len(places)}
        says = {"error_title": "Place", "error_message": f"A whole number from 1 to {len(places)}, 1 for what matters most, or nothing."}
        sheet.data_validation(1, places[0], ROWS, places[-1], {**whole, **says})
    return held.getvalue()


def _offer(sheet: Worksheet, lists: Worksheet, column: int, words: list[str]) -> None:
    """Let a column choose among words, which stand in the same column of the hidden sheet."""
    lists.write_column(0, column, words)
    cells: Any = f"={LISTS}!{_cell(0, column)}:{_cell(len(words) - 1, column)}"
    sheet.data_validation(1, column, ROWS, column, {"validate": "list", "source": cells, "error_message": NOT_IN_LIST})


def _cell(row: int, column: int) -> str:
    from xlsxwriter.utility import xl_rowcol_to_cell  # noqa: PLC0415 - beside what it is for

    return str(xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True))
