"""The strict reader of text: what it accepts, what it refuses, and on which line."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from partnership_model.errors import Fault, FaultsError, nearest
from partnership_model.knowledge.files import LARGEST_FILE, read_text
from tests.knowledge.file_faults import faults_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


# Faults


def test_a_fault_names_file_line_and_field() -> None:
    assert str(Fault("case.yaml", 12, "options.1", "it is wrong")) == "case.yaml:12: options.1: it is wrong"
    assert str(Fault("case.yaml", None, "", "it is empty")) == "case.yaml: it is empty"


def test_faults_stand_in_the_order_of_file_and_line_and_each_once() -> None:
    two, one, ten = Fault("a", 2, "", "two"), Fault("a", None, "", "none"), Fault("a", 10, "", "ten")
    error = FaultsError([Fault("b", 1, "", "other"), ten, two, two, one])
    assert str(error) == "a: none\na:2: two\na:10: ten\nb:1: other\n4 faults found."


def test_one_fault_is_counted_in_the_singular() -> None:
    assert str(FaultsError([Fault("a", 1, "", "wrong")])).endswith("\n1 fault found.")


@pytest.mark.parametrize("character", ["\x1b", "\n", "\r", "\x07", "\x9b"], ids=ascii)
def test_a_fault_is_one_line_and_cannot_steer_the_terminal(character: str) -> None:
    text = str(Fault("case.yaml", 2, f"ti{character}tle", f'"{character}[31m" is not an option'))
    assert character not in text
    assert "is not an option" in text


def test_the_nearest_known_name_is_suggested_or_else_all_are_listed() -> None:
    assert nearest("federatoin", ["stay", "federation"]) == 'Did you mean "federation"?'
    assert nearest("zzz", ["stay", "federation"]) == "Known: federation, stay."


def test_of_many_known_names_the_first_are_listed_and_among_too_many_none_is_looked_for() -> None:
    many = [f"name_{number:03}" for number in range(501)]
    assert nearest("zzz", many[:21]) == f"Known: {', '.join(many[:20])} and 1 more."
    assert nearest("nane_007", many[:500]) == 'Did you mean "name_007"?'
    assert nearest("nane_007", many) == f"Known: {', '.join(many[:20])} and 481 more."
    assert nearest("x" * 121, ["x" * 120]) == f"Known: {'x' * 120}."


# Plain text


def test_a_file_of_the_largest_size_is_read_and_one_byte_more_is_not(write_file: Callable[..., Path]) -> None:
    assert len(read_text(write_file(b"x" * LARGEST_FILE))) == LARGEST_FILE
    ((line, _, says),) = faults_of(lambda: read_text(write_file(b"x" * (LARGEST_FILE + 1))))
    assert line is None
    assert "2,097,153 bytes" in says


@pytest.mark.parametrize("content", [b"", b" \n\t\r\n", b"\xef\xbb\xbf", b"\xef\xbb\xbf \n"], ids=repr)
def test_a_file_with_nothing_in_it_is_empty(content: bytes, write_file: Callable[..., Path]) -> None:
    assert faults_of(lambda: read_text(write_file(content))) == [(None, "", "the file is empty")]


def test_a_byte_order_mark_is_dropped(write_file: Callable[..., Path]) -> None:
    assert read_text(write_file(b"\xef\xbb\xbftitle: x")) == "title: x"


def test_text_that_is_not_utf_8_is_refused_with_the_line_of_the_first_wrong_byte(write_file: Callable[..., Path]) -> None:
    ((line, _, says),) = faults_of(lambda: read_text(write_file("one\ntwo\ncaf\u00e9\n\u00e9".encode("latin-1"))))
    assert line == 3
    assert "UTF-8" in says


def test_a_zero_byte_makes_a_binary_file(write_file: Callable[..., Path]) -> None:
    ((line, _, says),) = faults_of(lambda: read_text(write_file(b"one\ntwo\0")))
    assert line == 2
    assert "binary" in says


def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert faults_of(lambda: read_text(tmp_path / "pipe")) == [(None, "", "this is not an ordinary file")]


def test_a_file_is_named_relative_to_its_folder(tmp_path: Path) -> None:
    with pytest.raises(FaultsError, match=r"^facts/x\.yaml: there is no such file\n"):
        read_text(tmp_path / "facts" / "x.yaml", inside=tmp_path)


def test_a_file_outside_its_folder_is_refused_by_any_way(tmp_path: Path) -> None:
    (tmp_path / "case").mkdir()
    (tmp_path / "secret").write_text("x", encoding="utf-8")
    for name in ("../secret", "link"):
        if name == "link":
            (tmp_path / "case" / name).symlink_to(tmp_path / "secret")
        with pytest.raises(FaultsError, match="outside the folder"):
            read_text(tmp_path / "case" / name, inside=tmp_path / "case")


def test_a_linked_folder_is_no_link_out_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "case.yaml").write_text("x", encoding="utf-8")
    (tmp_path / "linked").symlink_to("real")
    assert read_text(tmp_path / "linked" / "case.yaml", inside=tmp_path / "linked") == "x"


def test_a_file_that_cannot_be_opened_is_a_fault(write_file: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_file("x")

    def refuses(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(type(path), "read_bytes", refuses)
    with pytest.raises(FaultsError, match=r"file\.yaml"):
        read_text(path)
