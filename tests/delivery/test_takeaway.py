"""`partnership takeaway`: one file, written whole or not at all, over no file of the user's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from partnership_model.delivery import takeaway
from partnership_model.display.takeaway import MARK
from tests.knowledge.test_editions import CASE, HEADING, HIDDEN, ROWS

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Write a case with secrets."""
    case = tmp_path / "three-schools"
    case.mkdir()
    (case / "case.yaml").write_text(CASE, encoding="utf-8")
    (case / "judgements.csv").write_text(HEADING + ROWS, encoding="utf-8")
    return case


def test_the_file_is_named_and_what_is_not_in_it_is_said(folder: Path, tmp_path: Path, command: Any) -> None:  # noqa: ANN401
    path = tmp_path / "new" / "three.html"
    said = command("takeaway", str(folder), "--out", str(path))
    assert (said.code, said.out) == (0, f"{path}\n")
    assert "Left out, for governors only: why: 2 of 4.\n" in said.err
    assert "Left out, for governors only: the recommendation, its conditions and its dissent.\n" in said.err
    assert HIDDEN not in path.read_text(encoding="utf-8")


def test_the_day_counts_that_is_asked_for(folder: Path, tmp_path: Path, command: Any) -> None:  # noqa: ANN401
    path = tmp_path / "three.html"
    assert command("takeaway", str(folder), "--out", str(path), "--as-of", "2019-05-06").code == 0
    assert "Facts as of 6 May 2019." in path.read_text(encoding="utf-8")


def test_an_earlier_file_is_written_over_and_any_other_is_left_alone(folder: Path, tmp_path: Path, command: Any) -> None:  # noqa: ANN401
    path = tmp_path / "three.html"
    path.write_text("my own page", encoding="utf-8")
    said = command("takeaway", str(folder), "--out", str(path))
    assert (said.code, path.read_text(encoding="utf-8")) == (2, "my own page")
    assert "was not written by this command" in said.err
    path.write_text(f"<!DOCTYPE html>\n{MARK}\nan earlier one", encoding="utf-8")
    assert command("takeaway", str(folder), "--out", str(path)).code == 0
    assert "an earlier one" not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("case", "more", "says"),
    [
        ("", ("--out", "three.txt"), 'Give it a name that ends in ".html"'),
        ("", ("--out", "three.html", "--as-of", "2008-01-01"), "These options do not exist on 2008-01-01"),
        ("", ("--out", "three.html", "--as-of", "May"), "expected a date that exists"),
        ("no-such-case", ("--out", "three.html"), "there is no such folder"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_written(  # noqa: PLR0913, PLR0917 - a row of a table
    case: str,
    more: tuple[str, ...],
    says: str,
    folder: Path,
    tmp_path: Path,
    command: Any,  # noqa: ANN401
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    said = command("takeaway", case or str(folder), *more)
    assert said.code == 2
    assert says in said.err
    assert [one.name for one in tmp_path.iterdir()] == ["three-schools"]


def test_a_file_too_large_to_be_mailed_is_not_written(
    folder: Path,
    tmp_path: Path,
    command: Any,  # noqa: ANN401
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(takeaway, "MOST_BYTES", 1000)
    said = command("takeaway", str(folder), "--out", str(tmp_path / "three.html"))
    assert said.code == 2
    assert "to be mailed it may have 1,000" in said.err
    assert not (tmp_path / "three.html").exists()
