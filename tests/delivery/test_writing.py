"""Files that a user asks for: whole or not at all, and nothing written over that is no file of ours."""

from __future__ import annotations

import errno
import os
import re
import socket
import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import pytest

from partnership_model.delivery import writing
from partnership_model.delivery.writing import write_whole
from partnership_model.errors import PartnershipError
from tests.delivery.appraising import contents

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

TAKEN = "cannot be written: it is there and is no ordinary file (a folder, link, pipe or device). Name another file."
NOT_OURS = "was not written by this command, so it is not written over. Move it away, or name another folder."
MARK = "Written by a machine."
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows has other rights, and neither pipes nor links for everybody")


@pytest.fixture
def mask() -> Iterator[Callable[[int], int]]:
    """Give the function that sets the rights which new files lack, and set them back."""
    before = os.umask(0o022)
    yield os.umask
    os.umask(before)


def linked(path: Path) -> None:
    """Make a link to a file."""
    path.with_name("target").write_text("ours", encoding="utf-8")
    path.symlink_to(path.with_name("target"))


def listening(path: Path) -> None:
    """Make a socket."""
    with socket.socket(socket.AF_UNIX) as one:
        one.bind(str(path))


# Whole


def test_files_are_written_as_they_are_in_folders_that_are_made(tmp_path: Path) -> None:
    files = {tmp_path / "a" / "b" / "c.txt": "first\r\nsecond\nthird\x85\u2028", tmp_path / "d.txt": ""}
    write_whole(files)
    assert {path: path.read_bytes().decode("utf-8") for path in files} == files
    assert sorted(one.name for one in tmp_path.rglob("*")) == ["a", "b", "c.txt", "d.txt"]


def test_a_file_is_put_in_place_of_an_older_one(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("long before", encoding="utf-8")
    write_whole({tmp_path / "a": "new"})
    assert contents(tmp_path) == {"a": "new"}


@POSIX
@pytest.mark.parametrize("lacking", [0o022, 0o002, 0o077])
def test_a_file_has_the_rights_that_any_new_file_has(lacking: int, mask: Callable[[int], int], tmp_path: Path) -> None:
    mask(lacking)
    (tmp_path / "plain").write_text("", encoding="utf-8")
    write_whole({tmp_path / "a": "new"})
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == stat.S_IMODE((tmp_path / "plain").stat().st_mode) == 0o666 & ~lacking
    assert mask(lacking) == lacking


# Taken


@POSIX
@pytest.mark.parametrize(
    "make",
    [os.mkfifo, linked, lambda path: path.symlink_to("nowhere"), Path.mkdir, listening],
    ids=["pipe", "link", "link to nothing", "folder", "socket"],
)
def test_what_is_there_and_no_ordinary_file_is_refused(
    make: Callable[[Path], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # the path of a socket has to be short
    taken = Path("taken")
    make(taken)
    before = taken.lstat()
    with pytest.raises(PartnershipError, match=f"^taken {re.escape(TAKEN)}$"):
        write_whole({Path("first"): "new", taken: "new"})
    assert taken.lstat().st_ino == before.st_ino
    assert {one.name for one in tmp_path.iterdir()} <= {"taken", "target"}


@POSIX
def test_a_device_is_refused() -> None:
    with pytest.raises(PartnershipError, match=f"^/dev/null {re.escape(TAKEN)}$"):
        write_whole({Path("/dev/null"): "new"})


@pytest.mark.parametrize("there", ["", "ours", f"It says: {MARK}", "\n" * writing.HEAD + MARK])
def test_a_text_with_the_mark_replaces_no_file_without_it(there: str, tmp_path: Path) -> None:
    (tmp_path / "a").write_text(there, encoding="utf-8")
    with pytest.raises(PartnershipError, match=f"^{re.escape(str(tmp_path / 'a'))} {re.escape(NOT_OURS)}$"):
        write_whole({tmp_path / "b": "new", tmp_path / "a": f"# A\n\n{MARK}\n"}, mark=MARK)
    assert contents(tmp_path) == {"a": there}


def test_a_file_in_another_encoding_is_not_one_of_ours(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(PartnershipError, match=re.escape(NOT_OURS)):
        write_whole({tmp_path / "a": MARK}, mark=MARK)
    assert (tmp_path / "a").read_bytes() == b"\xff\xfe\x00"


@pytest.mark.parametrize(("there", "new"), [(f"old\r\n{MARK}\r\n", f"new\n{MARK}"), ("ours", "without the mark")])
def test_a_text_replaces_a_file_with_the_mark_and_without_a_mark_any_file(there: str, new: str, tmp_path: Path) -> None:
    (tmp_path / "a").write_text(there, encoding="utf-8", newline="")
    write_whole({tmp_path / "a": new}, mark=MARK)
    assert contents(tmp_path) == {"a": new}


# Not at all


def test_where_the_second_file_does_not_fit_the_first_is_not_written_either(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a").write_text("before", encoding="utf-8")
    write = Path.write_text

    def filling(path: Path, text: str, encoding: str, newline: str) -> int:
        if text != "long":
            return write(path, text, encoding=encoding, newline=newline)
        write(path, text[:2], encoding=encoding, newline=newline)
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_text", filling)
    with pytest.raises(PartnershipError, match=r"b cannot be written: No space left on device\. Name another file\.$"):
        write_whole({tmp_path / "a": "new", tmp_path / "b": "long"})
    assert contents(tmp_path) == {"a": "before"}


def test_where_a_file_cannot_be_put_in_its_place_nothing_half_made_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> NoReturn:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "replace", refused)
    with pytest.raises(PartnershipError, match=r"a cannot be written: Permission denied\. Name another file\.$"):
        write_whole({tmp_path / "a": "new", tmp_path / "b": "new"})
    assert contents(tmp_path) == {}


@pytest.mark.parametrize("end", [KeyboardInterrupt, SystemExit])
def test_somebody_who_ends_it_finds_nothing_half_written(end: type[BaseException], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = Path.write_text

    def ended(path: Path, text: str, encoding: str, newline: str) -> NoReturn:
        write(path, text[:1], encoding=encoding, newline=newline)
        raise end

    monkeypatch.setattr(Path, "write_text", ended)
    with pytest.raises(end, match=r"^$"):
        write_whole({tmp_path / "a": "new"})
    assert contents(tmp_path) == {}


def test_a_part_of_another_run_and_files_of_the_user_are_left_alone(tmp_path: Path) -> None:
    """The name of the part is new each time, so a file or link that somebody put there is never written to."""
    (tmp_path / ".a.part").write_text("ours", encoding="utf-8")
    write_whole({tmp_path / "a": "new"})
    assert contents(tmp_path) == {".a.part": "ours", "a": "new"}


@pytest.mark.parametrize("name", ["x" * 5000, "file/below"])
def test_a_place_where_nothing_can_be_written_is_one_sentence(name: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("ours", encoding="utf-8")
    with pytest.raises(PartnershipError, match=r" cannot be written: [A-Z][a-z ]+\. Name another file\.$"):
        write_whole({tmp_path / name: "new"})
    assert contents(tmp_path) == {"file": "ours"}


def test_a_disk_that_knows_no_rights_is_written_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> NoReturn:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(Path, "chmod", refused)
    write_whole({tmp_path / "a": "new"})
    assert contents(tmp_path) == {"a": "new"}
