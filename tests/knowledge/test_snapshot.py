"""The kept copy of the checked knowledge base: the same as what was read, never out of date, and no harm where it fails."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, Self

import platformdirs
import pytest

from partnership_model.errors import FaultsError
from partnership_model.knowledge import reading, snapshot
from partnership_model.knowledge.reading import check_knowledge, read_knowledge
from partnership_model.knowledge.shipped import shipped
from partnership_model.knowledge.snapshot import KEPT_FOR_OLD_VERSIONS, fingerprint, kept, load, save
from tests.knowledge.small import EMPLOYER, GRANT

if TYPE_CHECKING:
    from collections.abc import Callable

    from partnership_model.knowledge.parts import Parts


POSIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows has other rights, and neither pipes nor links for everybody")


def change(folder: Path, file: str, old: str, new: str) -> None:
    """Change a file of a knowledge base."""
    text = (folder / file).read_text(encoding="utf-8")
    assert text.count(old) == 1
    (folder / file).write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture
def unchecked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail where a knowledge base is checked."""

    def checks(folder: Path) -> NoReturn:
        pytest.fail(f"{folder} was checked again")

    monkeypatch.setattr(reading, "check_knowledge", checks)


def full(*_: object, **__: object) -> NoReturn:
    """Behave like a disk that is full."""
    raise OSError(errno.ENOSPC, "No space left on device")


# The same as what was read


def test_what_was_kept_is_what_was_read(data: Callable[..., Path]) -> None:
    folder = data()
    read_knowledge(folder)
    assert load(kept(folder)) == check_knowledge(folder)


def test_the_knowledge_base_that_ships_comes_back_as_it_was_checked(cache: Path) -> None:
    parts = check_knowledge()
    save(parts, kept(shipped("data")))
    assert len(list(cache.iterdir())) == 1
    again = load(kept(shipped("data")))
    assert again == parts
    assert again is not None
    assert [one.model_fields_set for one in again.moves.transitions] == [one.model_fields_set for one in parts.moves.transitions]


@pytest.mark.usefixtures("unchecked")
def test_without_a_kept_copy_a_knowledge_base_is_checked(data: Callable[..., Path]) -> None:
    with pytest.raises(pytest.fail.Exception, match="was checked again"):
        read_knowledge(data())


def test_what_was_checked_once_is_not_checked_again(data: Callable[..., Path], request: pytest.FixtureRequest) -> None:
    folder = data()
    first = read_knowledge(folder)
    request.getfixturevalue("unchecked")
    again = read_knowledge(folder)
    assert dict(again.attributes) == dict(first.attributes)
    assert dict(again.assumptions) == dict(first.assumptions)
    assert again.moves == first.moves


# Never out of date


def test_one_changed_byte_is_read_anew(data: Callable[..., Path]) -> None:
    folder = data()
    assert read_knowledge(folder).attributes["employer"].codes["trust"] == "The trust"
    change(folder, EMPLOYER, "trust: The trust", "trust: the trust")
    assert read_knowledge(folder).attributes["employer"].codes["trust"] == "the trust"


def test_a_fault_that_came_later_is_found(data: Callable[..., Path]) -> None:
    folder = data()
    read_knowledge(folder)
    change(folder, EMPLOYER, "code: trust", "code: trusst")
    with pytest.raises(FaultsError, match=r"facts/employer\.yaml:24: .*\n1 fault found\."):
        read_knowledge(folder)


def test_a_knowledge_base_with_a_fault_is_never_kept(data: Callable[..., Path], cache: Path) -> None:
    with pytest.raises(FaultsError, match=r"1 fault found\."):
        read_knowledge(data((EMPLOYER, "code: trust", "code: trusst")))
    assert not cache.exists()


@pytest.mark.parametrize(
    "spoil",
    [
        lambda folder: (folder / "facts" / "more.yaml").write_text("", encoding="utf-8"),
        lambda folder: (folder / GRANT).unlink(),
        lambda folder: (folder / GRANT).rename(folder / "facts" / "grants.yaml"),
        lambda folder: (folder / "parameters").rename(folder / "params"),
        lambda folder: (folder / "starting_assumptions.csv").write_bytes(b""),
        lambda folder: (folder / GRANT).write_bytes((folder / GRANT).read_bytes() + b"\n"),
    ],
    ids=["a new file", "a file gone", "a file renamed", "a folder renamed", "a table emptied", "one byte more"],
)
def test_whatever_changes_in_the_folder_changes_its_fingerprint(spoil: Callable[[Path], object], data: Callable[..., Path]) -> None:
    folder = data()
    before = fingerprint(folder)
    assert fingerprint(folder) == before
    spoil(folder)
    assert fingerprint(folder) != before


def test_what_stands_in_one_file_or_the_next_is_not_the_same(data: Callable[..., Path]) -> None:
    """The last line of one file moved to the head of the next leaves the same bytes one after the other."""
    folder = data()
    before = fingerprint(folder)
    first, second = (folder / name for name in ("categories.yaml", "criteria.yaml"))
    lines = first.read_bytes().splitlines(keepends=True)
    first.write_bytes(b"".join(lines[:-1]))
    second.write_bytes(lines[-1] + second.read_bytes())
    assert fingerprint(folder) != before


def test_another_version_of_the_package_checks_for_itself(data: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    folder = data()
    before = kept(folder)
    monkeypatch.setattr(snapshot, "__version__", "999")
    assert kept(folder) != before


def test_cases_and_notes_do_not_count(data: Callable[..., Path]) -> None:
    folder = data()
    before = fingerprint(folder)
    (folder / "cases" / "our-schools").mkdir(parents=True)
    (folder / "cases" / "our-schools" / "case.yaml").write_text("title: x", encoding="utf-8")
    (folder / "README.md").write_text("What it is.", encoding="utf-8")
    assert fingerprint(folder) == before


def test_a_folder_that_lies_under_one_called_cases_counts(data: Callable[..., Path], tmp_path: Path) -> None:
    folder = tmp_path / "cases" / "data"
    folder.parent.mkdir()
    data().rename(folder)
    before = fingerprint(folder)
    change(folder, EMPLOYER, "trust: The trust", "trust: the trust")
    assert fingerprint(folder) != before


def test_what_changed_while_it_was_checked_is_not_kept(data: Callable[..., Path], cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The old text was checked, and must not be read back under the fingerprint of any other."""
    folder = data()

    def slow(checked: Path) -> Parts:
        parts = check_knowledge(checked)
        change(checked, EMPLOYER, "trust: The trust", "trust: the trust")
        return parts

    monkeypatch.setattr(reading, "check_knowledge", slow)
    assert read_knowledge(folder).attributes["employer"].codes["trust"] == "The trust"
    assert not cache.exists()


def test_what_changed_back_after_it_was_read_is_checked_again(data: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """The fault that stands in the folder at the end is found, though its fingerprint was taken at the start."""
    folder = data((EMPLOYER, "code: trust", "code: trusst"))

    def slow(checked: Path) -> Parts:
        change(checked, EMPLOYER, "code: trusst", "code: trust")
        return check_knowledge(checked)

    with monkeypatch.context() as patch:
        patch.setattr(reading, "check_knowledge", slow)
        read_knowledge(folder)
    change(folder, EMPLOYER, "code: trust\n", "code: trusst\n")
    with pytest.raises(FaultsError, match=r"1 fault found\."):
        read_knowledge(folder)


# Held in memory


@pytest.fixture
def ships(data: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let a small knowledge base be the one that ships."""
    folder = data()
    monkeypatch.setattr(reading, "shipped", lambda *_: folder)
    return folder


def test_what_ships_is_held_while_no_byte_changes(ships: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = read_knowledge()
    monkeypatch.setattr(reading, "load", lambda _place: pytest.fail("It was read again."))
    assert read_knowledge() is first
    monkeypatch.undo()
    assert read_knowledge(ships) is not first


def test_what_ships_is_read_anew_once_a_byte_changes_and_never_with_a_fault(ships: Path) -> None:
    first = read_knowledge()
    change(ships, EMPLOYER, "trust: The trust", "trust: the trust")
    assert read_knowledge().attributes["employer"].codes["trust"] == "the trust"
    change(ships, EMPLOYER, "code: trust\n", "code: trusst\n")
    with pytest.raises(FaultsError, match=r"1 fault found\."):
        read_knowledge()
    change(ships, EMPLOYER, "code: trusst\n", "code: trust\n")
    change(ships, EMPLOYER, "trust: the trust", "trust: The trust")
    assert dict(read_knowledge().attributes) == dict(first.attributes)


def test_what_ships_and_changed_while_it_was_checked_is_not_held(ships: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(checked: Path) -> Parts:
        parts = check_knowledge(checked)
        change(checked, EMPLOYER, "trust: The trust", "trust: the trust")
        return parts

    with monkeypatch.context() as patch:
        patch.setattr(reading, "check_knowledge", slow)
        assert read_knowledge().attributes["employer"].codes["trust"] == "The trust"
    assert read_knowledge().attributes["employer"].codes["trust"] == "the trust"
    change(ships, EMPLOYER, "trust: the trust", "trust: The trust")
    assert read_knowledge().attributes["employer"].codes["trust"] == "The trust"


# Nobody else's


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


# No harm


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


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other rights")
def test_what_is_kept_is_for_this_user_alone(data: Callable[..., Path], cache: Path) -> None:
    folder = data()
    read_knowledge(folder)
    assert [path.stat().st_mode & 0o777 for path in (cache, kept(folder))] == [0o700, 0o600]


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


@pytest.mark.skipif(sys.platform != "linux", reason="where the user's cache lies is each system's own")
def test_the_copy_lies_in_the_users_own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    place = kept(shipped("data"))
    assert place.parent == tmp_path / "partnership-model"
    assert place.name.startswith("knowledge-")
