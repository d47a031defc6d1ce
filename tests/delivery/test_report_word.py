"""The Word document: real headings, lists, links and stamps, and text that stays text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import docx
import pytest
from docx.oxml.ns import qn

from partnership_model.delivery.report import Report, writable
from partnership_model.delivery.report_word import write_word
from partnership_model.display.blocks import Bullets, Heading, Paragraph, Table
from tests.delivery.reporting import INSTRUCTIONS, small

if TYPE_CHECKING:
    from pathlib import Path

    from docx.document import Document


def written(report: Report, folder: Path) -> Document:
    """Write a report and open the document."""
    write_word(report, folder / "report.docx")
    return docx.Document(str(folder / "report.docx"))


@pytest.mark.parametrize("text", INSTRUCTIONS)
def test_any_text_stands_as_it_is_in_every_kind_of_block(text: str, tmp_path: Path) -> None:
    document = written(small(text), tmp_path)
    said = [one.text for one in document.paragraphs]
    assert said.count(writable(text)) == 9  # title, four paragraphs, heading, bullet, and two captions
    assert f"See https://example.org/a?b=1&c=2, and {writable(text)}" in said
    table = document.tables[0]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [["Option", writable(text)], [writable(text), "1"], ["Other", "23"]]
    assert document.core_properties.title == writable(text)
    assert writable(text) in document.sections[0].footer.paragraphs[0].text
    (picture,) = document.element.xpath("//wp:docPr")
    assert (picture.get("descr"), picture.get("title")) == (f"What {writable(text)} shows", writable(text))


def test_the_document_says_its_language_and_names_nobody(tmp_path: Path) -> None:
    document = written(small(), tmp_path)
    core = document.core_properties
    assert (core.language, core.author, core.last_modified_by, core.comments) == ("en-GB", "", "", "")
    assert document.styles.element.xpath("./w:docDefaults//w:lang/@w:val") == ["en-GB"]


def test_pages_are_numbered_and_stand_on_a4(tmp_path: Path) -> None:
    document = written(small(), tmp_path)
    (section,) = document.sections
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    fields = [one.text.strip() for one in section.footer._element.iter(qn("w:instrText"))]  # noqa: SLF001
    assert fields == ["PAGE", "NUMPAGES"]


def test_columns_have_widths_that_together_fit_the_page(tmp_path: Path) -> None:
    table = Table("A table", ("Option", "Why", "Points"), (("Stay as we are", "long " * 200, 5),))
    document = written(Report("A title", (Heading("A title", 1), table)), tmp_path)
    widths = [int(one.get(qn("w:w"))) for one in document.element.iter(qn("w:gridCol"))]
    assert len(widths) == 3
    assert sum(widths) * 25.4 / 1440 <= 178.1
    assert widths[1] > widths[0] > widths[2]
    assert [int(one.get(qn("w:w"))) for one in document.tables[0].rows[1]._tr.iter(qn("w:tcW"))] == widths  # noqa: SLF001


def test_a_wide_table_lies_on_its_side_and_what_follows_stands_upright(tmp_path: Path) -> None:
    columns = ("Option", *(f"School number {number}" for number in range(1, 15)))
    wide = Table("Wide", columns, (("Stay as we are", *["costs £10 to saves £120, likely £30"] * 14),))
    document = written(Report("A title", (Heading("A title", 1), wide, Paragraph("Upright again."))), tmp_path)
    assert [one.page_width > one.page_height for one in document.sections] == [False, True, False]
    assert [one.orientation for one in document.sections] == [0, 1, 0]


def test_each_numbered_list_begins_at_one_and_its_addresses_are_links(tmp_path: Path) -> None:
    lists = tuple(Bullets(("See https://example.org/a.", "b"), ordered=True, linked=True) for _ in range(2))
    document = written(Report("A title", (Heading("A title", 1), *lists)), tmp_path)
    numbers = [one.get(qn("w:val")) for one in document.element.body.iter(qn("w:numId"))]
    assert len(numbers) == 4
    assert len(set(numbers)) == 2
    links = list(document.element.body.iter(qn("w:hyperlink")))
    addresses = [document.part.rels[one.get(qn("r:id"))].target_ref for one in links]
    assert addresses == ["https://example.org/a"] * 2


def test_a_block_of_an_unknown_kind_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(TypeError, match="cannot be written"):
        write_word(Report("A title", ("no block",)), tmp_path / "report.docx")  # type: ignore[arg-type]
    assert not (tmp_path / "report.docx").exists()


def test_stamps_stand_side_by_side_in_boxes(tmp_path: Path) -> None:
    document = written(small("illustrative"), tmp_path)
    boxed = [run.text.strip() for one in document.paragraphs for run in one.runs if run._r.xpath("./w:rPr/w:bdr")]  # noqa: SLF001
    assert boxed == ["Governors' edition: not for publication", "illustrative"]
    assert sum(bool(one.runs and one.runs[0]._r.xpath("./w:rPr/w:bdr")) for one in document.paragraphs) == 1  # noqa: SLF001
