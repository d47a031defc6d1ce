"""Where the copy cannot be kept, or what was kept is broken, that costs time and nothing else."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, Self

import platformdirs
import pytest

from partnership_model.knowledge import snapshot
from partnership_model.knowledge.reading import check_knowledge, read_knowledge
from partnership_model.knowledge.snapshot import KEPT_FOR_OLD_VERSIONS, kept, load

if TYPE_CHECKING:
    from collections.abc import Callable


def full(*_: object, **__: object) -> NoReturn:
    """Behave like a disk that is full."""
    raise OSError(errno.ENOSPC, "No space left on device")


def test_a_user_without_a_home_reads_without_a_cache(data: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    def homeless(_: str) -> NoReturn:
        message = "could not determine the home directory"
        raise RuntimeError(message)

    monkeypatch.setattr(platformdirs, "user_cache_path", homeless)
    folder = data()
    assert kept(folder) is None
    for _ in range(2):
        assert list(read_knowledge(folder).options) == ["stay", "federation"]


def test_what_the_killed_left_is_forgotten_after_a_day(data: Callable[..., Path], cache: Path) -> None:
    cache.mkdir()
    now = cache.stat().st_mtime
    for name, age in (("knowledge-old", 2 * snapshot.A_DAY), ("knowledge-new", snapshot.A_DAY / 2)):
        (cache / name).write_text("{", encoding="utf-8")
        os.utime(cache / name, (now - age, now - age))
    folder = data()
    read_knowledge(folder)
    assert {path.name for path in cache.iterdir()} == {"knowledge-new", kept(folder).name}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\xff\xfe",
        b"{",
        b"[]",
        b"null",
        b'{"options": {}}',
        b'{"title": "something else"}',
        b"[" * 100_000,
        '{"\u00e9": 1}'.encode("latin-1"),
    ],
    ids=["empty", "no text", "cut off", "a list", "nothing", "half", "foreign", "deep", "latin 1"],
)
def test_a_broken_or_foreign_file_in_the_cache_is_ignored_and_replaced(content: bytes, data: Callable[..., Path], cache: Path) -> None:
    folder = data()
    cache.mkdir()
    kept(folder).write_bytes(content)
    assert load(kept(folder)) is None
    assert list(read_knowledge(folder).attributes) == ["employer", "grant"]
    assert load(kept(folder)) == check_knowledge(folder)


def test_a_kept_copy_that_was_cut_short_or_added_to_is_ignored(data: Callable[..., Path]) -> None:
    folder = data()
    read_knowledge(folder)
    whole = kept(folder).read_bytes()
    for content in (whole[:-1], whole[: len(whole) // 2], whole + b"}", whole.replace(b'"nation":', b'"country":', 1)):
        kept(folder).write_bytes(content)
        assert load(kept(folder)) is None


def test_a_folder_in_place_of_the_kept_copy_is_left_alone(data: Callable[..., Path], cache: Path) -> None:
    folder = data()
    (kept(folder) / "something").mkdir(parents=True)
    assert list(read_knowledge(folder).options) == ["stay", "federation"]
    assert list(cache.iterdir()) == [kept(folder)]


def test_a_cache_folder_that_cannot_be_made_costs_nothing_but_time(data: Callable[..., Path], cache: Path) -> None:
    folder = data()
    cache.write_text("a file where the folder should be", encoding="utf-8")
    for _ in range(2):
        assert list(read_knowledge(folder).options) == ["stay", "federation"]
    assert cache.read_text(encoding="utf-8") == "a file where the folder should be"


def test_a_disk_that_is_full_before_anything_is_written_costs_nothing_but_time(
    data: Callable[..., Path], cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snapshot.tempfile, "mkstemp", full)
    assert list(read_knowledge(data()).options) == ["stay", "federation"]
    assert list(cache.iterdir()) == []


def test_nothing_half_written_stays_where_the_disk_fills_up(
    data: Callable[..., Path], cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Filling:
        """A file that takes ten letters."""

        def __init__(self, handle: int) -> None:
            self.handle = handle

        def __enter__(self) -> Self:
            return self

        def __exit__(self, *_: object) -> None:
            os.close(self.handle)

        def write(self, text: str) -> None:
            os.write(self.handle, text[:10].encode())
            full()

    monkeypatch.setattr(snapshot.os, "fdopen", lambda handle, *_, **__: Filling(handle))
    assert list(read_knowledge(data()).options) == ["stay", "federation"]
    assert list(cache.iterdir()) == []


def test_nothing_half_written_stays_where_the_copy_cannot_be_put_in_its_place(
    data: Callable[..., Path], cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "replace", full)
    assert list(read_knowledge(data()).options) == ["stay", "federation"]
    assert list(cache.iterdir()) == []


def test_while_it_is_written_nobody_reads_half_of_it(data: Callable[..., Path], cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The copy gets its name last of all, when it is whole."""
    folder = data()
    replace, seen = Path.replace, []

    def watched(source: Path, target: Path) -> Path:
        assert source.parent == target.parent == cache
        assert not target.exists()
        seen.append(load(source))
        return replace(source, target)

    monkeypatch.setattr(Path, "replace", watched)
    read_knowledge(folder)
    assert seen == [check_knowledge(folder)]
    assert list(cache.iterdir()) == [kept(folder)]


def test_copies_of_old_versions_are_forgotten_and_nothing_else(data: Callable[..., Path], cache: Path) -> None:
    folder = data()
    cache.mkdir()
    for age in range(KEPT_FOR_OLD_VERSIONS + 2):
        path = cache / f"knowledge-{age}.json"
        path.write_text("{}", encoding="utf-8")
        os.utime(path, (1_000_000 - age, 1_000_000 - age))
    (cache / "vega-1.js").write_text("", encoding="utf-8")
    os.utime(cache / "vega-1.js", (1, 1))
    read_knowledge(folder)
    younger = [f"knowledge-{age}.json" for age in range(KEPT_FOR_OLD_VERSIONS - 1)]
    assert sorted(path.name for path in cache.iterdir()) == sorted([*younger, kept(folder).name, "vega-1.js"])
