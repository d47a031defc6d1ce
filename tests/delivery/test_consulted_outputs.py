"""What people told us in every output: with the same weights in all, and in the public edition nothing but what may be shown."""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from typing import TYPE_CHECKING

import openpyxl
import pytest

from partnership_model.delivery.appraise import appraise_case
from partnership_model.delivery.outputs import BOARD, FORMATS, Wanted
from tests.consulting import EXAMPLE, PARENTS, STAFF
from tests.delivery.appraising import PARAMETERS, order
from tests.delivery.test_public_outputs import readable

if TYPE_CHECKING:
    from pathlib import Path

HIDDEN = "Tell-Nobody"
HOW = "What people told us"


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Appraise the example for the public in every format, with one answer that is for governors."""
    folder = shutil.copytree(EXAMPLE, tmp_path_factory.mktemp("consulted") / "elm-hill")
    case = folder / "case.yaml"
    text = case.read_text(encoding="utf-8")
    answer = "why: The governing bodies agree that this matters."
    assert answer in text
    case.write_text(text.replace(answer, f"why: {HIDDEN} why\n      for: governors"), encoding="utf-8")
    out = folder.parent / "results"
    out.mkdir()
    wanted = Wanted((*FORMATS, BOARD), "public")
    outcome = appraise_case(order(folder, out, wanted=wanted, parameters=PARAMETERS | {"edition": "public"}))
    assert outcome.state == "done", outcome.says
    return {path.name: path for path in outcome.files}


def plain(path: Path) -> str:
    return re.sub(r"\s+", " ", readable(path))


def test_the_section_stands_in_every_output(public: dict[str, Path]) -> None:
    told = {name: HOW in plain(path) for name, path in public.items() if "board" not in name and path.suffix not in (".json", ".xlsx")}
    assert told == dict.fromkeys(told, True)
    assert {name.rsplit(".", 1)[1] for name in told} == {"html", "pdf", "docx", "ipynb"}
    result = next(path for path in public.values() if path.suffix == ".json")
    assert json.loads(result.read_text(encoding="utf-8"))["consultation"]["answered"] == 78
    sheets = openpyxl.load_workbook(next(path for path in public.values() if path.suffix == ".xlsx"), read_only=True)
    cells = {str(cell) for sheet in sheets for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None}
    assert {HOW, "What matters to whom, in weights of 100", "What was said, and what those who decide answer"} <= cells


def test_what_is_for_governors_is_in_no_public_output_and_neither_is_the_store(public: dict[str, Path]) -> None:
    for name, path in public.items():
        text = plain(path)
        assert HIDDEN not in text, name
        assert "sqlite" not in text, name


def test_the_boards_paper_says_what_people_told_us_and_how_many_they_were(public: dict[str, Path]) -> None:
    for name, path in public.items():
        if "board" in name:
            text = plain(path) if path.suffix != ".docx" else _words(path)
            assert "78 answers" in text, name
            assert f"{PARENTS} (55 of 200 people" in text, name
            assert f"{STAFF} (23 of 42 people" in text, name


def _words(path: Path) -> str:
    with zipfile.ZipFile(path) as parts:
        return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", parts.read("word/document.xml").decode()))
