"""The kept copy of the checked knowledge base: the same as what was read, and never out of date."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

import pytest

from partnership_model.errors import FaultsError
from partnership_model.knowledge import reading, snapshot
from partnership_model.knowledge.reading import check_knowledge, read_knowledge
from partnership_model.knowledge.shipped import shipped
from partnership_model.knowledge.snapshot import fingerprint, kept, load, save
from tests.knowledge.small import EMPLOYER, GRANT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from partnership_model.knowledge.parts import Parts


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
