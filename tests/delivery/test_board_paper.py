"""The board paper as a file: two pages of A4, tagged, the same in PDF, page and Word, and nothing cut where it is longer."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pdfua
import pypdf
import pytest
from docx import Document
from docx.shared import Mm

from partnership_model.delivery.board_paper import PAGES, write_board_html, write_board_pdf
from partnership_model.delivery.board_word import write_board_word
from partnership_model.delivery.report import Report
from partnership_model.display.blocks import Bullets, Heading, Paragraph
from partnership_model.display.notebook import open_appraisal
from tests.display.test_blocks import HOSTILE
from tests.display.test_notebook import ember
from tests.knowledge.test_editions import CASE, HEADING, HIDDEN, ROWS

if TYPE_CHECKING:
    from pathlib import Path


def report() -> Report:
    """Make the paper of the Ember case as its writers get it."""
    blocks = ember().board_paper().blocks
    return Report("The Ember schools, spring 2016", tuple(blocks), "Case ember-2016, as of 15 April 2016")


PAPER = report()
RESOLUTIONS = f"""\
resolutions:
  - {{body: other, called: "{HIDDEN} body", says: "{HIDDEN} resolution", state: asked, on: 2016-05-10, quorum: "{HIDDEN} quorum"}}
  - {{body: governing_body, says: We say that we resolve., state: not_asked, for: public}}
"""


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
    write_board_word(PAPER, word)
    html = page.read_text(encoding="utf-8")
    document = "\n".join(paragraph.text for paragraph in Document(str(word)).paragraphs)
    for block in PAPER.blocks:
        if isinstance(block, Heading):
            assert block.text.replace("'", "&#39;") in html
            assert block.text in document


def test_the_word_document_is_set_closely_and_a_house_template_keeps_its_look(tmp_path: Path) -> None:
    ours, house, template = (tmp_path / f"{name}.docx" for name in ("ours", "house", "template"))
    own = Document()
    own.add_paragraph("{{ report }}")
    own.sections[0].left_margin = Mm(40)
    own.save(str(template))
    write_board_word(PAPER, ours)
    write_board_word(PAPER, house, template)
    margins = [round(Document(str(path)).sections[0].left_margin.mm) for path in (ours, house)]
    assert margins == [14, 40]
    sizes = {run.font.size.pt for table in Document(str(ours)).tables for cell in table.rows[0].cells for run in cell.paragraphs[0].runs}
    assert sizes == {8.0}


def test_the_public_paper_holds_no_secret_and_what_is_public(tmp_path: Path) -> None:
    (tmp_path / "case.yaml").write_text(CASE + RESOLUTIONS, encoding="utf-8")
    (tmp_path / "judgements.csv").write_text(HEADING + ROWS, encoding="utf-8")
    for edition, hidden in (("public", False), ("governors", True)):
        run = open_appraisal(str(tmp_path), samples=1, edition=edition)
        paper = Report("Three schools", tuple(run.board_paper().blocks))
        write_board_html(paper, tmp_path / "board.html")
        write_board_pdf(paper, tmp_path / "board.pdf")
        write_board_word(paper, tmp_path / "board.docx")
        document = Document(str(tmp_path / "board.docx"))
        cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        word = "".join([*cells, *(one.text for one in document.paragraphs)])
        for text in ((tmp_path / "board.html").read_text(encoding="utf-8"), text_of(tmp_path / "board.pdf"), word):
            assert (letters(HIDDEN) in letters(text)) is hidden
            assert letters("We say that we resolve.") in letters(text)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_stay_words(tmp_path: Path, text: str) -> None:
    paper = replace(PAPER, blocks=(PAPER.blocks[0], Heading(text, 2), Paragraph(text)))
    write_board_html(paper, tmp_path / "board.html")
    assert "<script" not in (tmp_path / "board.html").read_text(encoding="utf-8")
    assert write_board_pdf(paper, tmp_path / "board.pdf") == 1
