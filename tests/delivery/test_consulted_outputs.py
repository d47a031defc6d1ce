"""What people told us in every output: with the same weights in all, and in the public edition nothing but what may be shown."""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

import openpyxl
import pytest

from partnership_model.delivery.appraise import appraise_case
from partnership_model.delivery.consultation import freezing
from partnership_model.delivery.outputs import BOARD, FORMATS, Wanted
from tests.analysis.consultation import attacks
from tests.analysis.consultation.showing import only_the_small_hidden
from tests.consulting import CRITERIA, EXAMPLE, NEIGHBOURS, PARENTS, STAFF, close_example, evenings
from tests.delivery import told_tables
from tests.delivery.appraising import PARAMETERS, order
from tests.delivery.test_public_outputs import readable

if TYPE_CHECKING:
    from pathlib import Path

    from partnership_model.knowledge.base import KnowledgeBase
    from partnership_model.knowledge.consultation.ballots import Ballot

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


@cache
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
            assert f"{PARENTS} (55 answers; 200 people were invited)" in text, name
            assert f"{STAFF} (23 of 42 people" in text, name


def test_nobody_is_found_in_any_output_that_says_what_the_record_says(public: dict[str, Path]) -> None:
    record = json.loads((EXAMPLE / "consultation.json").read_text(encoding="utf-8"))
    expected = [one for one in attacks.record_tables(record) if "schools" not in one]
    came = Counter((one.group, one.school) for evening in evenings() for one in evening.ballots)
    surfaces = [path for name, path in public.items() if "board" not in name]
    assert sorted(path.suffix for path in surfaces) == [".docx", ".html", ".ipynb", ".json", ".pdf", ".xlsx"]
    for path in surfaces:
        tables = told_tables.tables_in(path)
        assert {one["n"] for one in tables} == {one["n"] for one in expected}, path
        if path.suffix != ".json":
            assert sorted(tables, key=_size) == sorted(expected, key=_size), path
            schools = told_tables.schools_in(path)
            assert sorted(one["n"] for one in schools) == [12, 43], path
            assert not attacks.margins([*tables, *schools], came), path
            support = told_tables.support_in(path)
            assert len(support["support"]) == 2, path
            assert not attacks.counts_of_support(support), path
        assert not [*attacks.small_tables(tables), *attacks.totals_minus_parts(tables)], path
        assert attacks.hidden_sizes(tables, [PARENTS, STAFF, NEIGHBOURS], 78) in ({}, {NEIGHBOURS: 0}), path


def test_in_every_output_of_a_record_that_hides_only_what_is_small_the_three_neighbours_are_found(
    tmp_path: Path, base: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(freezing, "closing", only_the_small_hidden)
    folder, out = tmp_path / "elm-hill", tmp_path / "results"
    close_example(folder, base)
    out.mkdir()
    outcome = appraise_case(order(folder, out, wanted=Wanted(FORMATS)))
    assert outcome.state == "done", outcome.says
    neighbours = [one for evening in evenings() for one in evening.ballots if one.group == NEIGHBOURS]
    for path in outcome.files:
        found = attacks.totals_minus_parts(told_tables.tables_in(path))
        assert {one.size for one in found} == {len(neighbours)}, path
        if path.suffix != ".json":
            for name, (low, high) in found[0].sums.items():
                assert low <= sum(_rank(one, name) for one in neighbours) <= high, path


def _rank(ballot: Ballot, name: str) -> float:
    places = {one: ballot.places.get(one, 99) for one in CRITERIA}
    here = places[name]
    return (1 + 2 * sum(one < here for one in places.values()) + sum(one == here for one in places.values())) / 2


def _size(table: dict[str, object]) -> object:
    return table["n"]


def _words(path: Path) -> str:
    with zipfile.ZipFile(path) as parts:
        return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", parts.read("word/document.xml").decode()))
