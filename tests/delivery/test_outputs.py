"""Six files from one executed notebook: the same numbers in all, whole or not at all, and each says which edition it is."""

from __future__ import annotations

import json
import os
import re
import resource
import subprocess
import sys
import zipfile
from pathlib import Path

import docx
import nbformat
import openpyxl
import pdfua
import pypdf
import pytest

from partnership_model.analysis.overall import whole
from partnership_model.delivery.outputs import FORMATS, Wanted, write_outputs
from partnership_model.delivery.report import report_of
from partnership_model.display.blocks import Figure
from tests.delivery.reporting import ember_notebook, table_rows
from tests.delivery.test_report import GOVERNORS
from tests.display.test_blocks import Reader, squeezed
from tests.display.test_notebook import ember

ROOT = Path(__file__).resolve().parents[2]
POINTS, OVERALL = "Points from each criterion", "Overall values"


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Write all files of the Ember case once."""
    folder = tmp_path_factory.mktemp("outputs")
    write_outputs(ember_notebook(), folder, Wanted())
    return {form: folder / name for form, name in Wanted().names.items()}


@pytest.fixture(scope="module")
def result(files: dict[str, Path]) -> dict[str, dict[str, object]]:
    """Read the options of the result by their names."""
    return {one["label"]: one for one in json.loads(files["json"].read_text(encoding="utf-8"))["options"]}


@pytest.fixture(scope="module")
def pages(files: dict[str, Path]) -> list[str]:
    """Read the pages of the PDF as text."""
    return [page.extract_text() for page in pypdf.PdfReader(files["pdf"]).pages]


def word_table(path: Path, caption: str) -> list[list[str]]:
    """Read the cells of the table that follows a caption."""
    document = docx.Document(str(path))
    table = next(one for one in document.tables if one._tbl.tblPr.xpath("./w:tblCaption/@w:val")[0].startswith(caption))  # noqa: SLF001
    return [[cell.text for cell in row.cells] for row in table.rows]


def sheet_of(path: Path, caption: str, *, values: bool = True) -> openpyxl.worksheet.worksheet.Worksheet:
    """Open the sheet of a table."""
    book = openpyxl.load_workbook(path, data_only=values)
    return next(sheet for sheet in book.worksheets[2:] if sheet["A1"].value.startswith(caption))


def test_every_format_is_written_and_none_is_empty(files: dict[str, Path]) -> None:
    assert tuple(files) == FORMATS
    assert all(path.stat().st_size > 10_000 for path in files.values())


# The same numbers


def test_totals_in_word_are_those_of_the_result(files: dict[str, Path], result: dict[str, dict[str, object]]) -> None:
    head, *rows = word_table(files["docx"], POINTS)
    assert head[-1] == "Total"
    assert len(rows) == 7
    assert [row[-1] for row in rows] == [str(whole(result[row[0]]["overall"]["likely"])) for row in rows]


def test_totals_in_pdf_are_those_of_the_result(pages: list[str], result: dict[str, dict[str, object]]) -> None:
    page = next(one for one in pages if POINTS in one)
    table = squeezed(page.partition(POINTS)[2])
    found = re.findall(r"(?:\b\d+ ){8}\d+\b", table)  # a long name may stand in two lines
    options = [result[row[0]] for row in table_rows(report_of(ember_notebook()), POINTS)[1:]]
    wanted = [[*(whole(one) for one in option["contributions"].values()), whole(option["overall"]["likely"])] for option in options]
    assert [list(map(int, row.split())) for row in found] == wanted


def test_totals_in_excel_are_those_of_the_result_and_sums_of_what_stands_beside_them(
    files: dict[str, Path], result: dict[str, dict[str, object]]
) -> None:
    shown, written = sheet_of(files["xlsx"], POINTS), sheet_of(files["xlsx"], POINTS, values=False)
    found = [[cell.value for cell in row] for row in shown.iter_rows(min_row=5, max_row=11)]
    for number, row in enumerate(found, 5):
        option = result[row[0]]
        assert row[1:-1] == list(option["contributions"].values())
        assert row[-1] == option["overall"]["likely"]
        assert written.cell(number, len(row)).value == "=" + "+".join(f"{letter}{number}" for letter in "BCDEFGHI")
        assert sum(row[1:-1]) == pytest.approx(row[-1], abs=1e-5)
        assert {cell.number_format for cell in shown[number][1:]} == {"0"}
    assert "may differ" in shown["A13"].value


def test_ranges_in_excel_are_numbers_and_those_of_the_result(files: dict[str, Path], result: dict[str, dict[str, object]]) -> None:
    sheet = sheet_of(files["xlsx"], OVERALL)
    assert [cell.value for cell in sheet[4]][-3:] == ["Low", "Likely", "High"]
    for row in sheet.iter_rows(min_row=5, max_row=11, values_only=True):
        assert list(row[-3:]) == [result[row[0]]["overall"][name] for name in ("low", "likely", "high")]


def test_tables_are_the_same_in_html_word_and_excel(files: dict[str, Path]) -> None:
    report = report_of(ember_notebook())
    reader = Reader(files["html"].read_text(encoding="utf-8"))
    for caption in (OVERALL, "How often each option takes each place", "Weights of 100", "The options at a glance"):
        rows = table_rows(report, caption)
        assert reader.rows(caption) == word_table(files["docx"], caption) == rows
        sheet = sheet_of(files["xlsx"], caption)
        found = sheet.iter_rows(min_row=4, max_row=3 + len(rows), max_col=len(rows[0]), values_only=True)
        assert [["" if cell is None else str(cell) for cell in row] for row in found] == rows


# For everybody's eyes and ears


def test_a_checker_of_pdf_for_everybody_finds_nothing(files: dict[str, Path]) -> None:
    found = pdfua.validate(str(files["pdf"]))
    assert [(one.rule_id, one.message) for one in found.findings] == []


def test_the_pdf_says_its_language_and_title_and_carries_its_fonts(files: dict[str, Path]) -> None:
    reader = pypdf.PdfReader(files["pdf"])
    assert reader.trailer["/Root"]["/Lang"] == "en-GB"
    assert reader.metadata["/Title"] == "The Ember schools, spring 2016"
    assert {"/Author", "/CreationDate"} & set(reader.metadata) == set()
    fonts = {name.partition("+")[2] for page in reader.pages for name in fonts_of(page)}
    assert {name.partition("-")[0] for name in fonts} == {"LibertinusSerif"}


def fonts_of(page: pypdf.PageObject) -> list[str]:
    """Name the fonts of a page."""
    return [str(one.get_object()["/BaseFont"])[1:] for one in page["/Resources"]["/Font"].values()]


def test_every_page_says_which_edition_it_is(files: dict[str, Path], pages: list[str]) -> None:
    assert all(GOVERNORS.replace("'", "\u2019") in page.replace("'", "\u2019").replace("\n", " ") for page in pages)
    assert GOVERNORS in Reader(files["html"].read_text(encoding="utf-8")).texts("header")[0]
    document = docx.Document(str(files["docx"]))
    assert all(GOVERNORS in section.footer.paragraphs[0].text for section in document.sections)
    book = openpyxl.load_workbook(files["xlsx"])
    assert all(GOVERNORS in sheet["A2"].value for sheet in book.worksheets)
    assert json.loads(files["json"].read_text(encoding="utf-8"))["edition"] == "governors"
    assert GOVERNORS in files["ipynb"].read_text(encoding="utf-8")
    assert all("-governors." in path.name for form, path in files.items() if form != "json")


def test_the_summary_fits_on_the_first_page_with_its_table(pages: list[str]) -> None:
    assert "The options at a glance" in pages[0]
    assert "not legal advice" in pages[0]
    assert "What is in this report" in pages[1]


def test_the_html_is_small_and_speaks_english(files: dict[str, Path]) -> None:
    assert files["html"].stat().st_size < 600_000
    assert '<html lang="en-GB">' in files["html"].read_text(encoding="utf-8")


# Whole or not at all

LIMITED = """
import resource, signal, sys
from pathlib import Path
import nbformat
from partnership_model.delivery import appraise
from tests.delivery.appraising import order
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
appraise.run_notebook = lambda *_: nbformat.read(sys.argv[1], as_version=4)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), int(sys.argv[3])))
print(appraise.appraise_case(order(Path("ember-2016"), Path(sys.argv[2]), sys.argv[4].split(","))).says)
"""


@pytest.mark.skipif(not hasattr(resource, "RLIMIT_FSIZE"), reason="the system knows no such limit")
@pytest.mark.parametrize("forms", [*FORMATS[:-1], ",".join(FORMATS)])
def test_a_disk_that_refuses_in_the_middle_of_any_file_leaves_no_file_at_all(files: dict[str, Path], tmp_path: Path, forms: str) -> None:
    """Files may be no larger than this, so the disk refuses in the middle of one; of all of them, in that of the PDF."""
    (tmp_path / "results").mkdir()
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, files["ipynb"], tmp_path / "results", "20000" if forms in FORMATS else "700000", forms],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(tmp_path), "PYTHONPATH": str(ROOT)},
    )
    assert "the results cannot be written there: File too large" in done.stdout, done.stderr
    assert list((tmp_path / "results").iterdir()) == []


# Word and Excel open without a complaint


def test_word_has_real_headings_repeated_heads_and_text_alternatives(files: dict[str, Path]) -> None:
    document = docx.Document(str(files["docx"]))
    styles = [one.style.name for one in document.paragraphs]
    assert styles.count("Title") == 1
    assert styles.count("Heading 1") == len(ember_sections())
    assert len(document.tables) >= 77
    assert all(one.rows[0]._tr.xpath("./w:trPr/w:tblHeader") for one in document.tables)  # noqa: SLF001
    pictures = document.element.xpath("//wp:docPr")
    assert len(pictures) == sum(isinstance(one, Figure) for one in report_of(ember_notebook()).blocks) > 10
    assert all(len(one.get("descr")) > 60 for one in pictures)


def ember_sections() -> list[str]:
    """Name the sections of the report."""
    return [one.text for one in report_of(ember_notebook()).blocks if getattr(one, "level", 0) == 2]


def test_what_opens_word_and_excel_finds_no_path_and_no_name_of_a_person(files: dict[str, Path]) -> None:
    for form in ("docx", "xlsx"):
        with zipfile.ZipFile(files[form]) as parts:
            about = parts.read("docProps/core.xml").decode() + parts.read("docProps/app.xml").decode()
        assert not re.search(r"<(?:dc:creator|cp:lastModifiedBy)>[^<]+<", about)
        assert "python" not in about


def test_the_notebook_can_be_read_again_and_says_the_same(files: dict[str, Path]) -> None:
    found = nbformat.read(files["ipynb"], as_version=4)
    assert report_of(found).blocks == report_of(ember_notebook()).blocks
    assert ember().result().data == json.loads(files["json"].read_text(encoding="utf-8"))
