"""The board paper as a file: two pages of A4, tagged, the same in PDF, page and Word, and nothing cut where it is longer."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pdfua
import pypdf
import pytest
from docx import Document

from partnership_model.delivery.board_paper import PAGES, write_board_html, write_board_pdf
from partnership_model.delivery.report import Report
from partnership_model.delivery.report_word import write_word
from partnership_model.display.blocks import Bullets, Heading, Paragraph
from tests.display.test_blocks import HOSTILE
from tests.display.test_notebook import ember

if TYPE_CHECKING:
    from pathlib import Path


def report() -> Report:
    """Make the paper of the Ember case as its writers get it."""
    blocks = ember().board_paper().blocks
    return Report("The Ember schools, spring 2016", tuple(blocks), "Case ember-2016, as of 15 April 2016")


PAPER = report()


def longer(lines: int) -> Report:
    """Make a paper that says more."""
    more = Bullets(tuple(f"Line {number} of a case that says a great deal about everything there is to say." for number in range(lines)))
    return replace(PAPER, blocks=(*PAPER.blocks, more))


def letters(text: str) -> str:
    """Keep letters and figures alone: where lines break and words are divided is the PDF's own."""
    return re.sub(r"[\W_]+", "", text)


def text_of(path: Path) -> str:
    """Read the letters of a PDF."""
    return letters("".join(page.extract_text() for page in pypdf.PdfReader(path).pages))


@pytest.fixture(scope="module")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the PDF once."""
    path = tmp_path_factory.mktemp("board") / "board.pdf"
    assert write_board_pdf(PAPER, path) == PAGES
    return path


def test_the_paper_of_the_ember_schools_has_exactly_two_pages_of_a4(pdf: Path) -> None:
    pages = pypdf.PdfReader(pdf).pages
    assert len(pages) == 2
    assert {(round(float(page.mediabox.width)), round(float(page.mediabox.height))) for page in pages} == {(595, 842)}


def test_every_heading_of_the_paper_stands_in_the_pdf(pdf: Path) -> None:
    text = text_of(pdf)
    for block in PAPER.blocks:
        if isinstance(block, Heading | Paragraph):
            assert letters(block.text) in text, block.text


def test_the_pdf_is_tagged_for_screen_readers(pdf: Path) -> None:
    found = pdfua.validate(str(pdf))
    assert [one for one in found.findings if one.severity is pdfua.Severity.ERROR] == []


def test_a_paper_that_two_pages_do_not_hold_loses_nothing_and_says_so_itself(tmp_path: Path) -> None:
    path = tmp_path / "long.pdf"
    pages = write_board_pdf(longer(90), path)
    assert pages == len(pypdf.PdfReader(path).pages) > 2
    text = text_of(path)
    assert letters(f"This paper has {pages} pages instead of two. Nothing was left out") in text
    assert all(letters(f"Line {number} of") in text for number in range(90))


def test_a_paper_that_says_a_little_more_is_set_in_smaller_letters(tmp_path: Path) -> None:
    path = tmp_path / "more.pdf"
    assert write_board_pdf(longer(12), path) == 2
    assert letters("instead of two") not in text_of(path)


def test_the_page_and_the_word_document_say_the_same(tmp_path: Path) -> None:
    page, word = tmp_path / "board.html", tmp_path / "board.docx"
    write_board_html(PAPER, page)
    write_word(PAPER, word)
    html = page.read_text(encoding="utf-8")
    document = "\n".join(paragraph.text for paragraph in Document(str(word)).paragraphs)
    for block in PAPER.blocks:
        if isinstance(block, Heading):
            assert block.text.replace("'", "&#39;") in html
            assert block.text in document


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_stay_words(tmp_path: Path, text: str) -> None:
    paper = replace(PAPER, blocks=(PAPER.blocks[0], Heading(text, 2), Paragraph(text)))
    write_board_html(paper, tmp_path / "board.html")
    assert "<script" not in (tmp_path / "board.html").read_text(encoding="utf-8")
    assert write_board_pdf(paper, tmp_path / "board.pdf") == 1
