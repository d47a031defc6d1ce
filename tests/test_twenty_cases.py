"""Twenty cases, each with a mistake and with parts that are missing: every output of each names all of them."""

from __future__ import annotations

import json
import re
import zipfile
from typing import TYPE_CHECKING

import pypdf
import pytest

from partnership_model.analysis.mistakes.found import KINDS
from partnership_model.delivery.outputs import BOARD, FORMATS, Wanted, write_outputs
from partnership_model.display import checklist
from partnership_model.display.checklist_items import Seen
from partnership_model.display.mistake_names import NAMES
from partnership_model.display.mistake_words import said
from tests.twenty_cases import CASES, executed, made

if TYPE_CHECKING:
    from pathlib import Path

    from partnership_model.display.notebook import AppraisalRun

CANNOT_HAPPEN = {"rank_reversal"}
# No case can be read without these, or the workbook gives them of itself.
ALWAYS_GIVEN = {
    *("1.asked", "1.decides", "1.status", "3.schools", "4.options", "5.same_sheet", "5.sources", "6.wording", "7.matrix", "8.swing"),
    *("11.gains", "11.places", "11.vetoes", "12.break_even", "12.cash", "12.discounted", "12.once", "12.sensitivity"),
    *("16.map", "16.way_out", "19.again", "19.data_log", "19.method", "19.version", "20.summary", "20.tables"),
}
NOT_WORDS = re.compile(r"[\W_]+")


def letters(text: str) -> str:
    """Keep letters and figures alone: how lines are broken, words divided and marks written is each format's own."""
    return NOT_WORDS.sub("", text)


def read(path: Path) -> str:
    """Read all words of a file."""
    if path.suffix == ".pdf":
        return "".join(page.extract_text() for page in pypdf.PdfReader(path).pages)
    if path.suffix in (".docx", ".xlsx"):
        with zipfile.ZipFile(path) as parts:
            texts = [parts.read(name).decode() for name in sorted(parts.namelist()) if name.endswith(".xml")]
        return _unescaped(re.sub(r"<[^>]*>", " ", " ".join(texts)))
    if path.suffix in (".json", ".ipynb"):
        return json.dumps(json.loads(path.read_text(encoding="utf-8")), ensure_ascii=False)
    return _unescaped(re.sub(r"<[^>]*>", " ", path.read_text(encoding="utf-8")))


def _unescaped(text: str) -> str:
    for name, letter in (("&#39;", "'"), ("&#34;", '"'), ("&quot;", '"'), ("&apos;", "'"), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        text = text.replace(name, letter)
    return text


def missing(run: AppraisalRun) -> list[checklist.Checked]:
    """Give the parts of a full appraisal that a case does not give."""
    return checklist.missing(Seen(run.case, run.appraisal.problem, run.appraisal.withheld))


def test_each_of_twenty_cases_is_made_for_one_mistake_and_together_they_have_all_that_can_happen() -> None:
    assert len(CASES) == 20
    assert set(CASES) == set(KINDS) - CANNOT_HAPPEN
    for name in CASES:
        assert name in {one.kind for one in made(name).mistakes}, name


def test_together_they_lack_every_part_that_a_case_can_lack() -> None:
    runs = [made(name) for name in CASES]
    every = {one.name for run in runs for one in checklist.checklist(Seen(run.case, run.appraisal.problem, run.appraisal.withheld))}
    assert every - {one.name for run in runs for one in missing(run)} == ALWAYS_GIVEN


@pytest.mark.parametrize("name", CASES)
def test_every_output_names_each_mistake_and_each_missing_part(name: str, tmp_path: Path) -> None:
    run = made(name)
    wanted = Wanted((*FORMATS, BOARD))
    write_outputs(executed(run), tmp_path, wanted)
    sentences = [said(one, run.appraisal).says for one in run.mistakes] + [one.sentence for one in missing(run)]
    assert len(sentences) > 10
    for form, file in wanted.names.items():
        text = letters(read(tmp_path / file))
        if form.startswith(BOARD):
            assert all(letters(NAMES[one.kind]).lower() in text.lower() for one in run.mistakes), file
        else:
            assert [one for one in sentences if letters(one) not in text] == [], file
