"""A file that the dashboard saved, on the command line: taken as it is like the folder in it, and refused without anything written."""

from __future__ import annotations

import os
import stat
import zipfile
from typing import TYPE_CHECKING

import pytest

from partnership_model.delivery import cli
from partnership_model.knowledge.case_archive import pack
from partnership_model.knowledge.case_files import texts_of
from partnership_model.knowledge.cases import read_case
from tests.delivery.commanding import Said
from tests.display.test_keeping import WEIGHED, file_of
from tests.display.test_notebook import BASE, EMBER
from tests.knowledge.test_case_archive import linked, made

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FILE = file_of(WEIGHED)


@pytest.fixture(name="said")
def _said(capsys: pytest.CaptureFixture[str]) -> Callable[..., Said]:
    def run(*arguments: str | Path) -> Said:
        code: object = 0
        try:
            cli.main([str(one) for one in arguments])
        except SystemExit as error:
            code = error.code
        return Said(code, *capsys.readouterr())

    return run


def written_below(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def test_a_saved_file_is_checked_as_it_is_and_is_called_like_the_file(tmp_path: Path, said: Callable[..., Said]) -> None:
    file = tmp_path / "ours (1).zip"
    file.write_bytes(FILE)
    answer = said("check", file)
    assert (answer.code, answer.out.splitlines()[0]) == (0, "No faults found.")
    case = read_case(file, BASE)
    assert (case.name, case.file.weights_in_use.group) == ("ours (1)", "Staff (on the dashboard)")
    assert case.changes.saved.by == "Staff"
    assert written_below(tmp_path) == ["ours (1).zip"]


def test_the_folder_in_a_saved_file_is_the_same_case(tmp_path: Path) -> None:
    (tmp_path / "saved.zip").write_bytes(FILE)
    with zipfile.ZipFile(tmp_path / "saved.zip") as archive:
        archive.extractall(tmp_path)
    assert written_below(tmp_path / "ember-2016") == ["case.yaml", "changes.json", "judgements.csv"]
    one, other = read_case(tmp_path / "saved.zip", BASE), read_case(tmp_path / "ember-2016", BASE)
    assert (one.file, one.judgements, one.texts, one.digest) == (other.file, other.judgements, other.texts, other.digest)


def test_a_fault_in_a_saved_file_is_said_with_its_file_and_line(tmp_path: Path, said: Callable[..., Said]) -> None:
    texts = {**EMBER.texts, "case.yaml": EMBER.texts["case.yaml"].replace("  - federation\n", "  - federaton\n", 1)}
    (tmp_path / "bad.zip").write_bytes(pack("x", texts))
    (tmp_path / "good.zip").write_bytes(FILE)
    answer = said("check", tmp_path / "bad.zip", tmp_path / "good.zip")
    assert answer.code == 2
    assert f"{tmp_path / 'bad.zip'}/case.yaml:" in answer.err
    assert 'Did you mean "federation"?' in answer.err


HOSTILE = {
    "out of the folder": made(("../../case.yaml", b"x")),
    "a link": linked(stat.S_IFLNK),
    "cut off": FILE[:-9],
    "no zip file": b"PK",
}


# `check` also checks the knowledge base, which takes long: once is enough.
@pytest.mark.parametrize(("command", "name"), [("check", "a link"), *(("appraise", name) for name in HOSTILE), ("explore", "a link")])
def test_a_hostile_file_is_refused_and_nothing_is_written(
    command: str, name: str, tmp_path: Path, said: Callable[..., Said], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "sent.zip").write_bytes(HOSTILE[name])
    monkeypatch.chdir(tmp_path)
    answer = said(command, tmp_path / "in" / "sent.zip")
    assert answer.code == 2
    assert "sent.zip" in answer.err
    assert answer.err.endswith("1 fault found.\n")
    assert written_below(tmp_path) == ["in", "in/sent.zip"]


def test_a_pipe_and_a_file_without_an_end_are_no_case(tmp_path: Path, said: Callable[..., Said]) -> None:
    os.mkfifo(tmp_path / "pipe.zip")
    answer = said("appraise", tmp_path / "pipe.zip")
    assert (answer.code, "neither a folder nor a file" in answer.err) == (2, True)
    with (tmp_path / "large.zip").open("wb") as file:
        file.truncate(2**40)
    answer = said("appraise", tmp_path / "large.zip")
    assert (answer.code, "the largest that is read has 1,048,576" in answer.err) == (2, True)


def test_two_files_of_one_case_do_not_write_over_each_other(tmp_path: Path, said: Callable[..., Said]) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "saved.zip").write_bytes(FILE)
    answer = said("appraise", tmp_path / "a" / "saved.zip", tmp_path / "b" / "saved.zip")
    assert (answer.code, "Two cases have the same name" in answer.err) == (2, True)


def test_what_the_file_says_of_the_changes_stands_a_change_and_a_move_a_line() -> None:
    lines = texts_of(FILE, "x")[0]["changes.json"].splitlines()
    assert sum(line.startswith('  {"do": ') for line in lines) == len(WEIGHED.visit.log)
