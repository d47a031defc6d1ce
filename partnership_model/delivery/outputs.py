"""The files of one appraisal: every format from the same executed notebook, named so that no edition is taken for the other."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import nbformat

from partnership_model.delivery.board_paper import write_board_html, write_board_pdf
from partnership_model.delivery.board_word import write_board_word
from partnership_model.delivery.public_notebook import without_places
from partnership_model.delivery.report import draw_charts, report_of, result_of
from partnership_model.delivery.report_excel import write_excel
from partnership_model.delivery.report_html import write_html
from partnership_model.delivery.report_pdf import write_pdf
from partnership_model.delivery.report_word import write_word
from partnership_model.display.blocks import BOARD_MIME

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from partnership_model.knowledge.editions import Edition

NAMES = {
    "html": "report-{edition}.html",
    "pdf": "report-{edition}.pdf",
    "docx": "report-{edition}.docx",
    "xlsx": "tables-{edition}.xlsx",
    "ipynb": "option_appraisal-{edition}.ipynb",
    "json": "result.json",  # for machines; of the public edition `result-public.json`
}
FORMATS = tuple(NAMES)
BOARD = "board"
BOARD_NAMES = {f"{BOARD}.{form}": f"board_paper-{{edition}}.{form}" for form in ("html", "pdf", "docx")}  # all three for `board`
UNDRAWN = {"json", "xlsx", BOARD}  # formats in which no chart is drawn


@dataclass(frozen=True)
class Wanted:
    """What is to be written: which formats of which edition, and into which house template for Word."""

    formats: Sequence[str] = FORMATS
    edition: Edition = "governors"
    word_template: Path | None = None

    @property
    def names(self) -> dict[str, str]:
        """Give the name of each file by its format."""
        found = {form: file_name(form, self.edition) for form in FORMATS if form in self.formats}
        board = BOARD_NAMES if BOARD in self.formats else {}
        return found | {form: name.format(edition=self.edition) for form, name in board.items()}


def file_name(form: str, edition: Edition = "governors") -> str:
    """Name the file of a format, so that nobody mails the wrong edition.

    >>> file_name("pdf"), file_name("pdf", "public"), file_name("json"), file_name("json", "public")
    ('report-governors.pdf', 'report-public.pdf', 'result.json', 'result-public.json')
    """
    if form == "json" and edition == "public":
        return "result-public.json"
    return NAMES[form].format(edition=edition)


def write_outputs(notebook: Any, folder: Path, wanted: Wanted) -> None:  # noqa: ANN401 - a notebook node
    """Write the files of an executed notebook into a folder.

    Raises:
        PartnershipError: a file cannot be made, such as a Word document from a template that is none.
    """
    if set(wanted.formats) - UNDRAWN:
        draw_charts(notebook)
    report, found = report_of(notebook), result_of(notebook)
    if wanted.edition == "public":
        notebook = without_places(notebook, found["case"])
    result = json.dumps(found, indent=2, ensure_ascii=False) + "\n"
    board = report_of(notebook, BOARD_MIME)
    writers: dict[str, Callable[[Path], object]] = {
        "html": lambda path: write_html(report, path),
        "pdf": lambda path: write_pdf(report, path),
        "docx": lambda path: write_word(report, path, wanted.word_template),
        "xlsx": lambda path: write_excel(report, path),
        "ipynb": lambda path: nbformat.write(notebook, path),
        "json": lambda path: path.write_text(result, encoding="utf-8"),
        "board.html": lambda path: write_board_html(board, path),
        "board.pdf": lambda path: write_board_pdf(board, path),
        "board.docx": lambda path: write_board_word(board, path, wanted.word_template),
    }
    for form, name in wanted.names.items():
        writers[form](folder / name)
