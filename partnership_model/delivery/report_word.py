"""Writes a report as a Word document: real headings, repeated table heads, alternatives for pictures, page numbers."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt, RGBColor

from partnership_model.delivery.page_fit import SANS, drawn_width, fitted
from partnership_model.delivery.report import with_links
from partnership_model.delivery.typesetting import pictures
from partnership_model.delivery.word_parts import add_link, element, end_of_section, own_list, table_of
from partnership_model.delivery.word_template import open_template
from partnership_model.display.blocks import Bullets, Figure, Heading, Paragraph, Stamp, Table

if TYPE_CHECKING:
    from pathlib import Path

    from docx.document import Document
    from docx.text.paragraph import Paragraph as WordParagraph

    from partnership_model.delivery.report import Report

HEADINGS = {1: "Title", 2: "Heading 1", 3: "Heading 2"}
SOFT, BROWN = RGBColor(0x4A, 0x57, 0x63), RGBColor(0x8A, 0x53, 0x00)


def write_word(report: Report, path: Path, template: Path | None = None) -> None:
    """Write the Word document of a report.

    Args:
        report: what is written.
        path: the file.
        template: a house template, in which the report takes the place of `{{ report }}`; ours where none is given.

    Raises:
        PartnershipError: the template cannot be used.
    """
    document, place = open_template(report, template)
    writer = _Writer(document)
    drawings = {at: report.drawing(at) for at, block in enumerate(report.blocks) if isinstance(block, Figure)}
    drawn = dict(zip(drawings, pictures(list(drawings.values())), strict=True))
    for at, block in enumerate(report.blocks):
        match block:
            case Heading():
                writer.heading(block)
            case Paragraph():
                writer.paragraph(block)
            case Bullets():
                writer.bullets(block)
            case Stamp():
                writer.stamp(block)
            case Table():
                writer.table(block)
            case Figure():
                writer.figure(block, drawings[at], drawn[at])
            case _:
                message = f"A block of this kind cannot be written: {block!r}"
                raise TypeError(message)
    for one in writer.written:
        place.addprevious(one)
    place.getparent().remove(place)
    document.save(str(path))


class _Writer:
    """Adds blocks to the end of a document, and notes what was added, so that it can be moved to its place."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.written: list[Any] = []
        self._styles: dict[str, str | None] = {}
        self._stamps: WordParagraph | None = None
        self._sections = 0

    def _add(self, text: str, style: str) -> WordParagraph:
        if style not in self._styles:  # python-docx would look through all styles for each paragraph
            self._styles[style] = self.document.part.get_style_id(style, WD_STYLE_TYPE.PARAGRAPH)
        paragraph = self.document.add_paragraph(text)
        paragraph._p.style = self._styles[style]  # noqa: SLF001 - as above
        self._note(paragraph._p)  # noqa: SLF001 - it is moved as a whole
        return paragraph

    def _note(self, made: Any) -> None:  # noqa: ANN401 - lxml's own
        self._stamps = None
        self.written.append(made)

    def heading(self, block: Heading) -> None:
        paragraph = self._add(block.text, HEADINGS[block.level])
        if block.level == 2:  # noqa: PLR2004 - a section
            self._sections += 1
            paragraph.paragraph_format.page_break_before = True if self._sections == 2 else None  # noqa: PLR2004 - after the summary

    def paragraph(self, block: Paragraph) -> None:
        paragraph = self._add(block.text, "Normal")
        for run in paragraph.runs:
            if block.style in ("note", "missing"):
                run.font.size, run.font.color.rgb = Pt(9), SOFT
            elif block.style == "lead":
                run.font.size = Pt(11)
        if block.style == "missing":
            edge = element("left", {"val": "single", "sz": 12, "space": 8, "color": "6B7783"})
            paragraph._p.get_or_add_pPr().append(element("pBdr", None, edge))  # noqa: SLF001 - python-docx has no other way

    def bullets(self, block: Bullets) -> None:
        style = "List Number" if block.ordered else "List Bullet"
        numbers = own_list(self.document, style) if block.ordered else None
        for item in block.items:
            paragraph = self._add("", style)
            for text, address in with_links(item) if block.linked else [(item, "")]:
                if address:
                    add_link(paragraph, text, address)
                else:
                    paragraph.add_run(text)
            if numbers is not None:
                paragraph._p.get_or_add_pPr().append(numbers.__copy__())  # noqa: SLF001 - as above

    def stamp(self, block: Stamp) -> None:
        """Write a word in a box, beside the one before it."""
        paragraph = self._stamps or self._add("", "Normal")
        if paragraph.runs:
            paragraph.add_run("   ")
        run = paragraph.add_run(f"\u00a0{block.text}\u00a0")
        run.font.bold, run.font.size, run.font.color.rgb = True, Pt(9), BROWN
        run._r.get_or_add_rPr().append(element("bdr", {"val": "single", "sz": 6, "space": 0, "color": "8A5300"}))  # noqa: SLF001 - as above
        self._stamps = paragraph

    def table(self, block: Table) -> None:
        for part, fit in fitted(block, SANS):
            last = self.document.element.body.sectPr
            if fit.sideways:
                self._note(end_of_section(last, sideways=False))
            self._add(part.caption, "Caption").paragraph_format.keep_with_next = True
            self._note(table_of(part, fit))
            self._note(end_of_section(last, sideways=True) if fit.sideways else _gap())

    def figure(self, block: Figure, svg: str, png: bytes) -> None:
        self._add(block.title, "Caption").paragraph_format.keep_with_next = True
        paragraph = self._add("", "Normal")
        paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT
        picture = paragraph.add_run().add_picture(io.BytesIO(png))
        width = Mm(drawn_width(svg))
        picture.width, picture.height = width, round(picture.height * width / picture.width)
        about = picture._inline.docPr  # noqa: SLF001 - as above
        about.set("descr", block.alternative)
        about.set("title", block.title)


def _gap() -> Any:  # noqa: ANN401 - lxml's own
    """Make the small space below a table, without which Word joins two tables to one."""
    return element("p", None, element("pPr", None, element("spacing", {"before": 0, "after": 0, "line": 160, "lineRule": "exact"})))
