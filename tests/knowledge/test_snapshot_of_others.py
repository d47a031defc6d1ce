"""The kept copy is this user's own: one that somebody else made, or could have changed, is never read."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from partnership_model.knowledge import snapshot
from partnership_model.knowledge.reading import check_knowledge, read_knowledge
from partnership_model.knowledge.shipped import shipped
from partnership_model.knowledge.snapshot import kept, load

if TYPE_CHECKING:
    from collections.abc import Callable

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows has other rights, and neither pipes nor links for everybody")


@pytest.fixture
def copied(data: Callable[..., Path]) -> Path:
    """Give the place of a good copy."""
    folder = data()
    read_knowledge(folder)
    place = kept(folder)
    assert place
    assert load(place) == check_knowledge(folder)
    return place


@POSIX
@pytest.mark.parametrize("mode", [0o620, 0o602, 0o666])
def test_a_copy_that_others_may_write_is_ignored(mode: int, copied: Path) -> None:
    copied.chmod(mode)
    assert load(copied) is None
    copied.chmod(0o644)
    assert load(copied) is not None


@POSIX
@pytest.mark.parametrize("mode", [0o770, 0o707, 0o1777])
def test_a_copy_in_a_folder_that_others_may_write_to_is_ignored_and_the_folder_closed(mode: int, copied: Path, tmp_path: Path) -> None:
    copied.parent.chmod(mode)
    assert load(copied) is None
    read_knowledge(tmp_path / "data")
    assert copied.parent.stat().st_mode & 0o7777 == mode & ~0o022
    assert load(copied) is not None


@POSIX
def test_a_copy_of_another_user_is_ignored(copied: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "getuid", lambda: copied.stat().st_uid + 1)
    assert load(copied) is None


@POSIX
def test_a_copy_in_the_folder_of_another_user_is_ignored_and_none_is_put_there(
    copied: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stat, others = Path.stat, copied.parent

    def told(path: Path, **follow: bool) -> os.stat_result:
        found = stat(path, **follow)
        return os.stat_result((*found[:4], found.st_uid + 1, *found[5:])) if path == others else found

    monkeypatch.setattr(Path, "stat", told)
    assert load(copied) is None
    copied.unlink()
    assert list(read_knowledge(tmp_path / "data").options) == ["stay", "federation"]
    assert list(others.iterdir()) == []


@POSIX
def test_a_link_to_a_good_copy_is_not_followed(copied: Path) -> None:
    target = copied.rename(copied.with_name("elsewhere"))
    copied.symlink_to(target)
    assert load(copied) is None


@POSIX
def test_a_pipe_in_place_of_the_copy_is_not_waited_for(copied: Path, tmp_path: Path) -> None:
    """In a process of its own, for whoever waits for a pipe waits for ever."""
    copied.unlink()
    os.mkfifo(copied, 0o600)
    program = "import sys, pathlib; from partnership_model.knowledge.snapshot import load; print(load(pathlib.Path(sys.argv[1])))"
    done = subprocess.run([sys.executable, "-c", program, copied], capture_output=True, text=True, timeout=30, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "None\n", "")
    read_knowledge(tmp_path / "data")
    assert load(copied) is not None


def test_a_copy_of_no_sane_size_is_not_read(copied: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert snapshot.MOST_BYTES == 64 * 1024 * 1024
    monkeypatch.setattr(snapshot, "MOST_BYTES", copied.stat().st_size + 1)
    assert load(copied) is not None
    monkeypatch.setattr(snapshot, "MOST_BYTES", copied.stat().st_size)
    assert load(copied) is None


@pytest.mark.parametrize("lacking", ["attributes", "sources", "parameters"])
def test_a_copy_that_lacks_a_part_counts_as_none(lacking: str, copied: Path, tmp_path: Path) -> None:
    content = copied.read_text(encoding="utf-8")
    start = content.index("{")
    parts = json.loads(content[start:])
    parts[lacking].popitem()
    copied.write_text(content[:start] + json.dumps(parts), encoding="utf-8")
    assert load(copied) is None
    assert list(read_knowledge(tmp_path / "data").attributes) == ["employer", "grant"]


def test_where_the_system_knows_no_users_and_flags_a_copy_is_read(copied: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on Windows."""
    for name in ("getuid", "O_NOFOLLOW", "O_NONBLOCK"):
        monkeypatch.delattr(os, name, raising=False)
    copied.chmod(0o666)
    assert load(copied) is not None


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other rights")
def test_what_is_kept_is_for_this_user_alone(data: Callable[..., Path], cache: Path) -> None:
    folder = data()
    read_knowledge(folder)
    assert [path.stat().st_mode & 0o777 for path in (cache, kept(folder))] == [0o700, 0o600]


@pytest.mark.skipif(sys.platform != "linux", reason="where the user's cache lies is each system's own")
def test_the_copy_lies_in_the_users_own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    place = kept(shipped("data"))
    assert place.parent == tmp_path / "partnership-model"
    assert place.name.startswith("knowledge-")
