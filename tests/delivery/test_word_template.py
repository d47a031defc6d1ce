"""House templates for Word: the report takes its place, and a hostile template is refused with a plain message."""

from __future__ import annotations

import shutil
import zipfile
from typing import TYPE_CHECKING, Any

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE

from partnership_model.delivery.report_word import write_word
from partnership_model.errors import PartnershipError
from tests.delivery.reporting import small
from tests.delivery.test_report import GOVERNORS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from docx.document import Document


def template(folder: Path, *paragraphs: str, change: Callable[[Document], object] = lambda _: None) -> Path:
    """Write a house template."""
    document = docx.Document()
    document.core_properties.author = "Somebody of the house"
    document.sections[0].header.paragraphs[0].text = "House and Sons: {{ title }}"
    for text in paragraphs:
        document.add_paragraph(text)
    change(document)
    document.save(str(folder / "house.docx"))
    return folder / "house.docx"


def filled(folder: Path, house: Path, text: str = "A text") -> Document:
    """Write a report into a template and open the document."""
    write_word(small(text), folder / "report.docx", house)
    return docx.Document(str(folder / "report.docx"))


def test_the_report_stands_between_what_the_house_writes_before_and_after_it(tmp_path: Path) -> None:
    house = template(tmp_path, "Our own cover: {{ title }} ({{ stamps }})", "{{ report }}", "Our own last page. {{ about }}")
    document = filled(tmp_path, house, "Fish & <chips> {{ 7 * 7 }}")
    said = [one.text for one in document.paragraphs]
    assert said[0] == f"Our own cover: Fish & <chips> {{{{ 7 * 7 }}}} ({GOVERNORS}. Fish & <chips> {{{{ 7 * 7 }}}})"
    assert said[1] == "Fish & <chips> {{ 7 * 7 }}"
    assert said[-1].startswith("Our own last page.")
    assert document.sections[0].header.paragraphs[0].text == "House and Sons: Fish & <chips> {{ 7 * 7 }}"
    assert GOVERNORS in document.sections[0].footer.paragraphs[0].text
    assert len(document.tables) == 1
    assert document.core_properties.author == ""


def test_styles_are_those_of_the_house_and_missing_ones_are_made(tmp_path: Path) -> None:
    def styled(document: Document) -> None:
        document.styles["Heading 1"].font.name = "House Sans"
        document.styles["List Bullet"].delete()
        document.styles.add_style("House", WD_STYLE_TYPE.PARAGRAPH)

    document = filled(tmp_path, template(tmp_path, "{{ report }}", change=styled))
    assert document.styles["Heading 1"].font.name == "House Sans"
    assert any(one.style.name == "List Bullet" for one in document.paragraphs)


HOSTILE = {
    "code": "{{ ''.__class__.__mro__[1].__subclasses__() }}{{ report }}",
    "a call": "{{ report.format() }}",
    "a loop": "{% for a in report %}{{ report }}{% endfor %}",
    "a sum": "{{ 'a' * 999999999 }}{{ report }}",
    "a filter": "{{ report | upper }}",
    "an unfinished place": "{{ report",
    "another place": "{{ reprot }}",
    "what Jinja brings": "{{ lipsum() }}{{ report }}",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_template_that_asks_for_more_than_places_is_refused_before_anything_runs(text: str, tmp_path: Path) -> None:
    with pytest.raises(PartnershipError, match=r"house\.docx: this template cannot be filled in: ") as error:
        filled(tmp_path, template(tmp_path, text))
    assert not (tmp_path / "report.docx").exists()
    assert "Traceback" not in str(error.value)


def test_a_mistyped_place_is_named_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(PartnershipError, match=r'"reprot" is not a place of a report\. Did you mean "report"\?'):
        filled(tmp_path, template(tmp_path, "{{ reprot }}"))


@pytest.mark.parametrize("paragraphs", [(), ("no place",), ("text before {{ report }} and after",), ("{{ title }}",)])
def test_a_template_without_a_place_for_the_report_says_where_to_put_it(paragraphs: tuple[str, ...], tmp_path: Path) -> None:
    with pytest.raises(PartnershipError, match=r"no place for the report\. Write \{\{ report \}\} into it, in a paragraph of its own"):
        filled(tmp_path, template(tmp_path, *paragraphs))


def with_part(house: Path, name: str, text: bytes) -> Path:
    """Put a part into a template, or change it."""
    made = house.with_name("made.docx")
    with zipfile.ZipFile(house) as old, zipfile.ZipFile(made, "w") as new:
        for one in old.namelist():
            if one != name:
                new.writestr(one, old.read(one))
        new.writestr(name, text)
    return made


def macro(house: Path) -> Path:
    """Make a document with macros."""
    return with_part(house, "word/vbaProject.bin", b"a macro")


def enabled(house: Path) -> Path:
    """Make a document that says that it has macros."""
    with zipfile.ZipFile(house) as parts:
        kinds = parts.read("[Content_Types].xml")
    return with_part(
        house,
        "[Content_Types].xml",
        kinds.replace(b"vnd.openxmlformats-officedocument.wordprocessingml.document.main", b"vnd.ms-word.document.macroEnabled.main"),
    )


def words(house: Path) -> Path:
    """Make a file that is no document at all."""
    house.write_text("{{ report }}", encoding="utf-8")
    return house


def spreadsheet(house: Path) -> Path:
    """Make an Excel file with the name of a Word document."""
    import openpyxl  # noqa: PLC0415 - here alone

    openpyxl.Workbook().save(house)
    return house


def bomb(house: Path) -> Path:
    """Make a small file that unpacks to a large one."""
    made = with_part(house, "word/media/large.bin", b"")
    with zipfile.ZipFile(made, "a", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("word/media/larger.bin", b"\0" * 60_000_000)
    return made


@pytest.mark.parametrize(
    ("made", "says"),
    [
        (macro, "has macros, which are not taken over"),
        (enabled, "has macros, which are not taken over"),
        (words, "is not a Word document that can be read"),
        (spreadsheet, r"is not a Word document\. Expected a \.docx file"),
        (bomb, "at most 50,000,000 are read"),
        (lambda house: house.parent, "is not a Word document that can be read"),
        (lambda house: house.with_name("none.docx"), "is not a Word document that can be read"),
    ],
    ids=["macros", "said to have macros", "a text", "a spreadsheet", "too large", "a folder", "nothing"],
)
def test_what_is_no_plain_word_document_is_refused(made: Any, says: str, tmp_path: Path) -> None:  # noqa: ANN401 - a function
    with pytest.raises(PartnershipError, match=says):
        filled(tmp_path, made(template(tmp_path, "{{ report }}")))
    assert not (tmp_path / "report.docx").exists()


def test_the_place_of_the_houses_own_template_on_somebodys_machine_is_not_passed_on(tmp_path: Path) -> None:
    house = template(tmp_path, "{{ report }}")
    with zipfile.ZipFile(house) as parts:
        settings = parts.read("word/settings.xml")
    namespace = b'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    attached = b"<w:attachedTemplate " + (b"" if namespace in settings else namespace) + b' r:id="rId99"/>'
    made = with_part(house, "word/settings.xml", settings.replace(b"</w:settings>", attached + b"</w:settings>"))
    shutil.move(made, house)
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"
    rels = (
        '<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId99" Type="{kind}" Target="file:///C:/Users/somebody/House.dotm" TargetMode="External"/></Relationships>'
    )
    made = with_part(house, "word/_rels/settings.xml.rels", rels.encode())
    filled(tmp_path, made)
    with zipfile.ZipFile(tmp_path / "report.docx") as parts:
        assert not any(b"somebody" in parts.read(name) for name in parts.namelist())
