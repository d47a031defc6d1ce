"""The PDF: text is shown as it is and never does anything, pictures are described, and no page is too narrow for its tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pdfua
import pypdf
import pytest
import typst

from partnership_model.delivery import typesetting
from partnership_model.delivery.report import Report
from partnership_model.delivery.report_pdf import write_pdf
from partnership_model.display.blocks import Figure, Heading, Paragraph, Stamp, Table
from partnership_model.errors import PartnershipError
from tests.delivery.reporting import INSTRUCTIONS, small
from tests.delivery.test_report import SMALL
from tests.display.test_blocks import squeezed

if TYPE_CHECKING:
    from pathlib import Path

    from partnership_model.display.blocks import Block


def text_of(report: Report, folder: Path) -> str:
    """Write a report and read all of its text."""
    write_pdf(report, folder / "report.pdf")
    return squeezed(" ".join(page.extract_text() for page in pypdf.PdfReader(folder / "report.pdf").pages))


def test_instructions_in_any_language_are_text_everywhere_and_the_checker_finds_nothing(tmp_path: Path) -> None:
    """All at once, since no instruction can do anything to another."""
    for number, text in enumerate(INSTRUCTIONS):
        write_pdf(small(text), tmp_path / f"{number}.pdf")
    said = text_of(small('#read("/etc/passwd") *bold* #sys.version'), tmp_path)
    assert said.count('#read("/etc/passwd") *bold* #sys.version') > 8
    assert "root:" not in said
    assert pdfua.validate(str(tmp_path / "report.pdf")).findings == ()


def test_what_no_font_at_hand_can_show_is_marked_and_the_rest_is_written(tmp_path: Path) -> None:
    said = text_of(Report("A title", (Heading("A title", 1), Paragraph("before 中文 😀 after, Ŵrexham and £5"))), tmp_path)
    assert "before \ufffd\ufffd \ufffd after, Ŵrexham and £5" in said


def test_the_template_can_read_no_file() -> None:
    """Should text ever become an instruction, there is nothing that it could reach."""
    for tried in ('#read("/etc/passwd")', '#read("../../../etc/passwd")', '#include "/etc/hostname"', '#import "@preview/a:1.0.0"'):
        with pytest.raises(typst.TypstError, match=r"not found|access denied|would escape|failed"):
            typesetting._compiled(f'#set document(title: "a")\n{tried}')  # noqa: SLF001 - the only way in


def test_a_chart_without_a_text_alternative_is_refused(tmp_path: Path) -> None:
    nameless = Figure("A title", "", {})
    with pytest.raises(PartnershipError, match=r"The PDF cannot be written: .*alt"):
        write_pdf(Report("A title", (Heading("A title", 1), nameless), drawings={1: SMALL}), tmp_path / "report.pdf")
    assert not (tmp_path / "report.pdf").exists()


def test_a_table_with_many_columns_lies_on_its_side_and_one_with_more_is_divided(tmp_path: Path) -> None:
    columns = ("Option", *(f"School number {number}" for number in range(1, 15)))
    wide = Table("Wide", columns, (("Stay as we are", *["costs £10 to saves £120, likely £30"] * 14),))
    widest = Table("Widest", columns * 3, ((("Stay as we are", *["somewhat"] * 14) * 3),))
    blocks = (Heading("A title", 1), Paragraph("Upright."), wide, Paragraph("Upright again."), widest)
    write_pdf(Report("A title", blocks), tmp_path / "report.pdf")
    pages = pypdf.PdfReader(tmp_path / "report.pdf").pages
    on_side = [page.mediabox.width > page.mediabox.height for page in pages]
    assert on_side[:2] == [False, True]
    said = [squeezed(page.extract_text()) for page in pages]
    assert "Upright again." in said[2]
    assert not on_side[2]
    assert any("Widest (first columns)" in one for one in said)
    assert any("Widest (further columns)" in one for one in said)


def test_a_heading_and_its_stamp_stand_on_the_page_of_what_follows_them(tmp_path: Path) -> None:
    blocks: list[Block] = [Heading("A title", 1)]
    for at in range(200):
        filler = [Paragraph(f"Filler of section {at}.")] * (at % 5)
        blocks += [Heading(f"Heading {at}!", 2), Stamp("illustrative"), Paragraph(f"First of section {at}!"), *filler]
    write_pdf(Report("A title", tuple(blocks)), tmp_path / "report.pdf")
    pages = [squeezed(page.extract_text()) for page in pypdf.PdfReader(tmp_path / "report.pdf").pages]
    assert len(pages) > 5
    for at in range(200):
        assert any(f"Heading {at}! illustrative First of section {at}!" in page for page in pages), at


def test_the_head_of_a_long_table_is_on_each_of_its_pages(tmp_path: Path) -> None:
    table = Table("Long", ("An option", "A number"), tuple((f"Option {number}", number) for number in range(120)))
    write_pdf(Report("A title", (Heading("A title", 1), table)), tmp_path / "report.pdf")
    pages = pypdf.PdfReader(tmp_path / "report.pdf").pages
    assert len(pages) > 2
    assert all("An option" in page.extract_text() for page in pages)


def test_links_lead_to_sources_and_nowhere_else(tmp_path: Path) -> None:
    write_pdf(small("http://example.org/typed"), tmp_path / "report.pdf")
    found = [one.get_object() for page in pypdf.PdfReader(tmp_path / "report.pdf").pages for one in page.get("/Annots", [])]
    out = {str(one["/A"]["/URI"]) for one in found if "/URI" in one.get("/A", {})}
    assert out == {"https://example.org/a?b=1&c=2", "http://example.org/typed"}  # of the linked list alone


def test_a_block_of_an_unknown_kind_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(TypeError, match="cannot be written"):
        write_pdf(Report("A title", ("no block",)), tmp_path / "report.pdf")  # type: ignore[arg-type]


def test_the_same_report_is_the_same_file(tmp_path: Path) -> None:
    for name in ("one", "other"):
        write_pdf(small(), tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "other").read_bytes()
