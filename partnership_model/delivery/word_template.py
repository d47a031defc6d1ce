"""Opens the Word document into which a report is written: ours, or a house template that is held to be hostile."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from partnership_model.delivery.report import shortened
from partnership_model.delivery.word_parts import add_field, element
from partnership_model.errors import PartnershipError, nearest

if TYPE_CHECKING:
    from pathlib import Path

    from docx.document import Document

    from partnership_model.delivery.report import Report

LANGUAGE = "en-GB"
FONT = "Arial"  # everybody has it, or one that is just as wide
HERE = "\ue000report\ue000"  # stands for the report until it is written there
LONGEST = 255  # letters of a property
MOST_BYTES = 50_000_000  # of a template, unpacked
STYLES = ("Title", "Heading 1", "Heading 2", "Caption", "List Bullet", "List Number")
PLACES = ("report", "title", "about", "stamps")


def open_template(report: Report, template: Path | None) -> tuple[Document, Any]:
    """Give a document with the report's properties, and the paragraph in whose place the report is written.

    Raises:
        PartnershipError: the template is no Word document, has macros, asks for something else, or has no place for the report.
    """
    document = _house(report, template) if template else _ours()
    for style in STYLES:
        if style not in [one.name for one in document.styles]:
            document.styles.add_style(style, WD_STYLE_TYPE.PARAGRAPH)
    core = document.core_properties
    core.title, core.subject, core.language = shortened(report.title, LONGEST), shortened(report.foot, LONGEST), LANGUAGE
    core.author = core.last_modified_by = core.comments = core.keywords = core.category = ""
    core.revision = 1
    _speak_english(document)
    for section in document.sections:
        for footer in (section.footer, section.first_page_footer, section.even_page_footer):
            if not footer.is_linked_to_previous or footer is section.footer:
                _foot(footer, report)
    place = next((one for one in document.paragraphs if one.text.strip() == HERE), None)
    if place is None:
        message = f"{template}: this template has no place for the report. Write {{{{ report }}}} into it, in a paragraph of its own."
        raise PartnershipError(message)
    return document, place._p  # noqa: SLF001 - the report is put before it


def _ours() -> Document:
    """Make a document on A4 in the type of our pages."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(16)
    section.top_margin, section.bottom_margin = Mm(17), Mm(18)
    for name, size, before, after in (
        ("Normal", 10, 0, 5),
        ("Title", 19, 0, 5),
        ("Heading 1", 14, 14, 5),
        ("Heading 2", 12, 12, 4),
        ("Caption", 9.5, 8, 3),
        ("List Bullet", 9.5, 0, 2),
        ("List Number", 8.5, 0, 2),
    ):
        style = document.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = FONT, Pt(size), RGBColor(0x17, 0x20, 0x2A)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts().attrib
        fonts.clear()  # the theme's own would go before ours
        fonts.update({qn(f"w:{kind}"): FONT for kind in ("ascii", "hAnsi", "cs", "eastAsia")})
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    document.styles["Title"].font.bold = True
    for border in document.styles["Title"].element.iter(qn("w:pBdr")):
        border.getparent().remove(border)
    document.add_paragraph(HERE)
    return document


def _house(report: Report, template: Path) -> Document:
    """Fill in a house template, in which nothing but our own words can be asked for."""
    _refuse_what_is_no_plain_document(template)
    filled = DocxTemplate(str(template))
    words = {"report": HERE, "title": report.title, "about": report.about, "stamps": ". ".join(report.stamps)}
    try:
        filled.render(words, jinja_env=_OnlyPlaces(autoescape=True, undefined=StrictUndefined))
    except TemplateError as error:
        message = f"{template}: this template cannot be filled in: {error.message or error}"
        raise PartnershipError(message) from None
    made = io.BytesIO()
    filled.save(made)
    made.seek(0)
    document = docx.Document(made)
    settings = document.part.part_related_by(RELATIONSHIP_TYPE.SETTINGS)
    for one in document.settings.element.findall(qn("w:attachedTemplate")):  # the place of a file on somebody's machine
        document.settings.element.remove(one)
        settings.rels.pop(one.get(qn("r:id")), None)
    return document


class _OnlyPlaces(ImmutableSandboxedEnvironment):
    """A sandbox in which a template can name places and do nothing else: no loops, sums, filters or calls."""

    def compile(self, source: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - as in Jinja
        """Look at what a template asks for before it is made to run."""
        tree = source if isinstance(source, nodes.Template) else self.parse(source)
        for one in tree.find_all(nodes.Node):
            if isinstance(one, nodes.Name) and one.name not in PLACES:
                message = f'"{one.name}" is not a place of a report. {nearest(one.name, PLACES)}'
                raise TemplateError(message)
            if not isinstance(one, nodes.Template | nodes.Output | nodes.TemplateData | nodes.Name):
                message = f"it holds an instruction, and only places such as {{{{ report }}}} are filled in. Known: {', '.join(PLACES)}."
                raise TemplateError(message)
        return super().compile(source, *args, **kwargs)


def _refuse_what_is_no_plain_document(template: Path) -> None:
    try:
        with zipfile.ZipFile(template) as parts:
            names = [one.filename for one in parts.infolist()]
            size = sum(one.file_size for one in parts.infolist())
            kinds = parts.read("[Content_Types].xml").decode(errors="replace") if "[Content_Types].xml" in names else ""
    except (OSError, zipfile.BadZipFile) as error:
        message = f"{template}: this is not a Word document that can be read ({error}). Expected a .docx file."
        raise PartnershipError(message) from None
    if size > MOST_BYTES:
        message = f"{template}: unpacked, this template has {size:,} bytes; at most {MOST_BYTES:,} are read."
        raise PartnershipError(message)
    if "macroEnabled" in kinds or any("vba" in name.lower() or "activex" in name.lower() for name in names):
        message = f"{template}: this document has macros, which are not taken over. Save it as a .docx without them."
        raise PartnershipError(message)
    if "wordprocessingml.document.main+xml" not in kinds or "word/document.xml" not in names:
        message = f"{template}: this is not a Word document. Expected a .docx file (a .dotx is saved as .docx first)."
        raise PartnershipError(message)


def _foot(footer: Any, report: Report) -> None:  # noqa: ANN401 - python-docx's own
    """Write what no page may be without, and its number."""
    paragraph = footer.paragraphs[0] if footer.paragraphs and not footer.paragraphs[0].text else footer.add_paragraph()
    paragraph.add_run(f"{report.foot}. Page ")
    add_field(paragraph, "PAGE")
    paragraph.add_run(" of ")
    add_field(paragraph, "NUMPAGES")
    for run in paragraph.runs:
        run.font.size, run.font.color.rgb = Pt(8.5), RGBColor(0x4A, 0x57, 0x63)


def _speak_english(document: Document) -> None:
    """Say for spelling and screen readers which language it is."""
    defaults = document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    if defaults is not None:
        for one in defaults.findall(qn("w:lang")):
            defaults.remove(one)
        defaults.append(element("lang", {"val": LANGUAGE, "eastAsia": LANGUAGE}))
