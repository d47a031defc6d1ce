"""Writes the board paper as a Word document that a clerk can change: ours is set closely, a house template keeps its own look."""

from __future__ import annotations

from typing import TYPE_CHECKING

import docx
from docx.shared import Length, Mm, Pt

from partnership_model.delivery.board_paper import share
from partnership_model.delivery.report_word import write_word

if TYPE_CHECKING:
    from pathlib import Path

    from docx.document import Document
    from docx.table import Table as WordTable
    from docx.text.paragraph import Paragraph as WordParagraph

    from partnership_model.delivery.report import Report

MARGIN, WIDTH = Mm(14), 182.0  # millimetres between the margins
SMALLER = 0.84  # of every size of type and every gap
SMALLEST = Pt(7.5)


def write_board_word(report: Report, path: Path, template: Path | None = None) -> None:
    """Write the paper as a Word document.

    Raises:
        PartnershipError: the template cannot be used.
    """
    write_word(report, path, template)
    if template is None:
        document = docx.Document(str(path))
        _set_closely(document)
        document.save(str(path))


def _set_closely(document: Document) -> None:
    for section in document.sections:
        section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = MARGIN
        section.header_distance = section.footer_distance = Mm(7)
    for style in document.styles:
        font = getattr(style, "font", None)
        if font is not None and font.size is not None:
            font.size = _smaller(font.size)
        spacing = getattr(style, "paragraph_format", None)
        if spacing is not None:
            for gap in ("space_before", "space_after"):
                found = getattr(spacing, gap)
                if found:
                    setattr(spacing, gap, Length(int(found * SMALLER / 2)))
            spacing.line_spacing = 1.0
    for paragraph in document.paragraphs:
        _shrink(paragraph)
    for table in document.tables:
        _set_table(table)


def _shrink(paragraph: WordParagraph) -> None:
    for run in paragraph.runs:
        if run.font.size is not None:
            run.font.size = _smaller(run.font.size)


def _smaller(size: Length) -> Length:
    return Length(max(int(size * SMALLER), SMALLEST))


def _set_table(table: WordTable) -> None:
    """Share the width of the page among the columns as the PDF does."""
    columns = [[cell.text for cell in column.cells] for column in table.columns]
    shares = [share(cells) for cells in columns]
    for column, part in zip(table.columns, shares, strict=True):
        width = Mm(WIDTH * part / sum(shares))
        column.width = width
        for cell in column.cells:
            cell.width = width
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(0.5)
                for run in paragraph.runs:
                    run.font.size = Pt(8)
