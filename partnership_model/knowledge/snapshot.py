"""The knowledge base as it was checked, kept in the user's cache so that a dashboard need not check it again."""

from __future__ import annotations

import contextlib
import gc
import hashlib
import os
import stat
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs
from pydantic import ValidationError

from partnership_model import __version__
from partnership_model.knowledge.parts import Parts

if TYPE_CHECKING:
    from collections.abc import Iterator

KEPT_FOR_OLD_VERSIONS = 4
A_DAY = 24 * 60 * 60
MOST_BYTES = 64 * 2**20  # ours has about two million


def fingerprint(folder: Path) -> str:
    """Hash every file of the knowledge base, and the code that checks it: another byte, another fingerprint."""
    digest = hashlib.sha256(__version__.encode())
    code = sorted(Path(__file__).parent.glob("*.py"))
    files = sorted(path for path in folder.rglob("*") if path.suffix in (".yaml", ".csv") and "cases" not in path.relative_to(folder).parts)
    for path in (*code, *files):
        name = path.relative_to(folder).as_posix() if path.is_relative_to(folder) else path.name
        with contextlib.suppress(OSError):
            digest.update(name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def kept(folder: Path) -> Path | None:
    """Say where the knowledge base in a folder is kept once it was checked; None for a user without a home, who has no cache."""
    try:
        cache = platformdirs.user_cache_path("partnership-model")
    except RuntimeError:
        return None
    return cache / f"knowledge-{fingerprint(folder)[:32]}.json"


def load(place: Path) -> Parts | None:
    """Read what was kept; None where there is nothing, nothing of use, or what somebody else could have written."""
    with _no_collecting():
        try:
            digest, _, text = _own_bytes(place).partition(b"\n")
            return Parts.model_validate_json(text) if digest == _digest(text) else None
        except (OSError, ValidationError):
            return None


def _digest(text: bytes) -> bytes:
    """Give the first line of a kept copy, which tells a whole one from one that lacks a part."""
    return hashlib.sha256(text).hexdigest().encode()


def _own_bytes(place: Path) -> bytes:
    """Read an ordinary file of this user in a folder of this user.

    Raises:
        OSError: there is none, or somebody else may write to it.
    """
    # We neither follow a link nor wait for a pipe; Windows has neither flag.
    handle = os.open(place, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    try:
        about = os.fstat(handle)
        if not (stat.S_ISREG(about.st_mode) and about.st_size < MOST_BYTES and _ours(about) and _ours(place.parent.stat())):
            message = "not a file that this user kept"
            raise OSError(message)
        with os.fdopen(handle, "rb", closefd=False) as file:
            return file.read(MOST_BYTES)
    finally:
        os.close(handle)


def _ours(about: os.stat_result) -> bool:
    """Say whether a file or folder is this user's, and nobody else may write to it; Windows keeps the cache by rights of its own."""
    return _belongs_to_us(about) and not (hasattr(os, "getuid") and about.st_mode & (stat.S_IWGRP | stat.S_IWOTH))


def _belongs_to_us(about: os.stat_result) -> bool:
    return not hasattr(os, "getuid") or about.st_uid == os.getuid()


@contextlib.contextmanager
def _no_collecting() -> Iterator[None]:
    """Make many objects that stay without looking for garbage among them, which would take longer than making them."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def save(parts: Parts, place: Path) -> None:
    """Keep what was checked, whole or not at all, for this user alone; a disk that refuses costs time and nothing else."""
    with contextlib.suppress(OSError):
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        about = place.parent.stat()
        if not _belongs_to_us(about):
            return
        if not _ours(about):  # or what we keep here would never be read
            place.parent.chmod(stat.S_IMODE(about.st_mode) & ~(stat.S_IWGRP | stat.S_IWOTH))
        text = parts.model_dump_json(by_alias=True, exclude_unset=True)
        handle, name = tempfile.mkstemp(dir=place.parent, prefix=place.stem)
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
                file.write(f"{_digest(text.encode()).decode()}\n{text}")
            Path(name).replace(place)
        finally:
            Path(name).unlink(missing_ok=True)  # there only where it could not be written or moved
        _forget_old(place)


def _forget_old(place: Path) -> None:
    older = sorted(place.parent.glob("knowledge-*.json"), key=lambda path: path.stat().st_mtime, reverse=True)
    now = place.stat().st_mtime
    left_by_the_killed = [
        path for path in place.parent.glob("knowledge-*") if path.suffix != ".json" and now - path.stat().st_mtime > A_DAY
    ]
    for path in (*older[KEPT_FOR_OLD_VERSIONS:], *left_by_the_killed):
        path.unlink(missing_ok=True)
