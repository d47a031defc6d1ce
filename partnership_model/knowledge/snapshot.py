"""The knowledge base as it was checked, kept in the user's cache so that a dashboard need not check it again."""

from __future__ import annotations

import contextlib
import gc
import hashlib
import os
import tempfile
import time
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


def kept(folder: Path) -> Path:
    """Say where the knowledge base in a folder is kept once it was checked."""
    return platformdirs.user_cache_path("partnership-model") / f"knowledge-{fingerprint(folder)[:32]}.json"


def load(place: Path) -> Parts | None:
    """Read what was kept; None where there is nothing, or nothing of use."""
    with _no_collecting():
        try:
            return Parts.model_validate_json(place.read_bytes())
        except (OSError, ValidationError):
            return None


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
        handle, name = tempfile.mkstemp(dir=place.parent, prefix=place.stem)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(parts.model_dump_json(by_alias=True, exclude_unset=True))
            Path(name).replace(place)
        finally:
            Path(name).unlink(missing_ok=True)  # there only where it could not be written or moved
        _forget_old(place)


def _forget_old(place: Path) -> None:
    older = sorted(place.parent.glob("knowledge-*.json"), key=lambda path: path.stat().st_mtime, reverse=True)
    left_by_the_killed = [
        path for path in place.parent.glob("knowledge-*") if path.suffix != ".json" and time.time() - path.stat().st_mtime > A_DAY
    ]
    for path in (*older[KEPT_FOR_OLD_VERSIONS:], *left_by_the_killed):
        path.unlink(missing_ok=True)
