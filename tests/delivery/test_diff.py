"""The command `partnership diff`: whatever a run wrote is found, compared and shown, and what is no run is refused."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from partnership_model.display.blocks import RESULT_MIME
from tests import two_runs
from tests.display.test_blocks import Reader

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.delivery.commanding import Said

    Command = Callable[..., Said]


@pytest.fixture
def runs(tmp_path: Path) -> Path:
    """Write two runs as `partnership appraise` does, each in a folder of its own: the second has another seed and warning."""
    other = two_runs.data() | {"seed": 7, "ranking": [["stay"]], "warnings": ["Another warning."]}
    for name, data in (("a", two_runs.data()), ("b", other)):
        (tmp_path / name / "ember-2016").mkdir(parents=True)
        (tmp_path / name / "ember-2016" / "result.json").write_text(json.dumps(data), encoding="utf-8")
    return tmp_path


def test_the_tables_say_what_changed(command: Command, runs: Path) -> None:
    answer = command("diff", runs / "a", runs / "b" / "ember-2016")
    assert (answer.code, answer.err) == (0, "")
    in_words = " ".join(answer.out.split())  # lines are as long as the terminal is wide
    assert in_words.startswith("The first place changed from Co-operative trust and Collaborative partnership (tied) to Stay as we are. ")
    assert " The seed of the draws 2016 7 " in in_words


def test_json_stands_alone_on_standard_output(command: Command, runs: Path) -> None:
    answer = command("diff", runs / "a", runs / "b", "--json", "--out", runs / "page.html")
    found = json.loads(answer.out)
    assert found["first_place"]["finding"] == "changed"
    assert {one["part"] for one in found["changes"]} == {"settings", "order", "warnings"}
    assert answer.err == f"{runs / 'page.html'}\n"


def test_the_page_needs_nothing_else_and_its_title_is_the_finding(command: Command, runs: Path) -> None:
    answer = command("diff", runs / "a", runs / "b", "--out", runs / "page.html")
    page = (runs / "page.html").read_text(encoding="utf-8")
    assert answer.out.endswith(f"{runs / 'page.html'}\n")
    read = Reader(page)
    assert read.faults == []
    assert read.of("script", "link", "img", "iframe") == []
    assert "<title>The first place changed from " in page
    assert "(Two runs of ember-2016)</title>" in page
    assert str(runs) not in page
    anchors = {one["id"] for _, one in read.elements if "id" in one}
    assert {one["href"].removeprefix("#") for one in read.of("a")} <= anchors


def test_the_executed_notebook_of_a_run_will_do_as_well(command: Command, runs: Path) -> None:
    output = new_output("display_data", {RESULT_MIME: two_runs.data()})
    nbformat.write(new_notebook(cells=[new_code_cell("run.result()", outputs=[output])]), runs / "run.ipynb")
    assert "nothing else differs" in command("diff", runs / "run.ipynb", runs / "a").out.replace("\n", " ")
    only = runs / "only"
    only.mkdir()
    (runs / "run.ipynb").rename(only / "option_appraisal-public.ipynb")
    assert "nothing else differs" in command("diff", runs / "a", only).out.replace("\n", " ")


def test_of_both_editions_in_a_folder_the_fuller_is_read(command: Command, runs: Path) -> None:
    public = json.dumps(two_runs.data() | {"edition": "public"})
    (runs / "a" / "ember-2016" / "result-public.json").write_text(public, encoding="utf-8")
    assert "A: ember-2016, as of 15 April 2016, governors" in command("diff", runs / "a", runs / "b").out
    (runs / "a" / "ember-2016" / "result.json").unlink()
    assert "One run is the public edition" in command("diff", runs / "a", runs / "b").out


def test_both_files_that_cannot_be_read_are_named_at_once(command: Command, runs: Path) -> None:
    (runs / "not.json").write_text("{", encoding="utf-8")
    answer = command("diff", runs / "not.json", runs / "nowhere", "--out", runs / "page.html")
    assert (answer.code, answer.out) == (2, "")
    assert "not.json: this is not JSON" in answer.err
    assert "nowhere: there is no such file" in answer.err
    assert "2 faults found." in answer.err
    assert not (runs / "page.html").exists()


@pytest.mark.parametrize(
    ("name", "raw", "says"),
    [
        ("report-governors.html", b"<html>", "this is what people read"),
        ("report-governors.pdf", b"%PDF", "this is what people read"),
        ("tables-governors.xlsx", b"PK", "this is what people read"),
        ("x.ipynb", b"{", "this is no notebook that can be read"),
        ("x.ipynb", b'{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}', "this notebook holds no result"),
        ("x.json", b"\xff\xfe", "this is not text in UTF-8"),
        ("x.json", b"", "this is not JSON"),
    ],
)
def test_what_is_no_result_is_refused_with_what_to_do(command: Command, runs: Path, name: str, raw: bytes, says: str) -> None:
    (runs / name).write_bytes(raw)
    answer = command("diff", runs / "a", runs / name)
    assert (answer.code, answer.out) == (2, "")
    assert f"{runs / name}: {says}" in answer.err
    assert "make it anew with `--to json`" in answer.err


def test_a_folder_without_a_run_and_one_with_several_are_refused(command: Command, runs: Path) -> None:
    (runs / "empty").mkdir()
    assert "found no result.json or result-public.json in this folder" in command("diff", runs / "a", runs / "empty").err
    (runs / "a" / "other-case").mkdir()
    (runs / "a" / "other-case" / "result.json").write_text("{}", encoding="utf-8")
    assert (
        "found the runs of 2 cases (ember-2016, other-case). Name the folder of one of them." in command("diff", runs / "a", runs / "b").err
    )
