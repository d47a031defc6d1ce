"""The files of a case as texts, from a folder or from a zip file that the dashboard saved."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from partnership_model.errors import Fault, FaultsError, shown
from partnership_model.knowledge.case_archive import CASE, FILES, LARGEST_ARCHIVE, OWN, unpack
from partnership_model.knowledge.files import read_text, text_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

Texts = dict[str, str]


def case_name(path: Path) -> str:
    """Name a case as its folder, or its file without the ending, is called."""
    return path.stem if path.is_file() else path.resolve().name


def read_texts(path: Path) -> tuple[Texts, list[Fault]]:
    """Read the files that a case has.

    Returns:
        The texts that could be read, and what is wrong with the others.

    Raises:
        FaultsError: there is no such folder or file, or it is none of a case.
    """
    try:
        if path.is_file():
            return texts_of(_archive(path), shown(path))
        says = "" if path.is_dir() else "this is neither a folder nor a file" if path.exists() else "there is no such folder"
    except OSError as error:
        says = f"there can be no such folder: {error.strerror}"
    if says:
        raise FaultsError([Fault(shown(path), None, "", says)])
    return _texts({name: path / name for name in FILES if name == CASE or (path / name).exists() or (path / name).is_symlink()}, path)


def _archive(path: Path) -> bytes:
    size = path.stat().st_size
    if size > LARGEST_ARCHIVE:
        says = f"a case is a folder with case.yaml, or a file that the dashboard saved; this file has {size:,} bytes"
        raise FaultsError([Fault(shown(path), None, "", f"{says}, and the largest that is read has {LARGEST_ARCHIVE:,}")])
    return path.read_bytes()


def texts_of(data: bytes, name: str) -> tuple[Texts, list[Fault]]:
    """Read the files in a zip file, and say what is wrong with those that cannot be read.

    Raises:
        FaultsError: it is no such file.
    """
    texts: Texts = {}
    faults: list[Fault] = []
    files = unpack(data, name)
    for file, raw in files.items():
        try:
            texts[file] = text_of(raw, file)
        except FaultsError as error:
            faults += error.faults
    if CASE not in files:
        faults.append(Fault(CASE, None, "", "there is no such file"))
    return texts, faults


def _texts(files: Mapping[str, Path], folder: Path) -> tuple[Texts, list[Fault]]:
    texts: Texts = {}
    faults: list[Fault] = []
    for name, path in files.items():
        try:
            texts[name] = read_text(path, inside=folder)
        except FaultsError as error:
            faults += error.faults
    return texts, faults


def digest(texts: Mapping[str, str]) -> str:
    """Hash what the case itself says, however its lines end."""
    found = hashlib.sha256()
    for name in OWN:
        if name in texts:
            found.update(name.encode() + b"\0" + texts[name].replace("\r\n", "\n").encode() + b"\0")
    return found.hexdigest()


def hash_of(text: str) -> str:
    """Hash one file, however its lines end."""
    return hashlib.sha256(text.replace("\r\n", "\n").encode()).hexdigest()
