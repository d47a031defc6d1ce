"""What tests of the knowledge base share: a cache folder of their own, and a small knowledge base and a case to spoil."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import platformdirs
import pytest

from tests.knowledge import small
from tests.knowledge.three_schools import write_case

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a folder, not yet there, in which checked knowledge is kept instead of in the user's own."""
    folder = tmp_path / "cache"
    monkeypatch.setattr(platformdirs, "user_cache_path", lambda _: folder)
    return folder


@pytest.fixture
def data(tmp_path: Path, cache: Path) -> Callable[..., Path]:
    """Write the small knowledge base with changes: file, the words to replace, the new words."""
    assert not cache.exists()
    return lambda *changes: small.write(tmp_path / "data", *changes)


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Write the case of three schools with changes: the words to replace, the new words."""
    return partial(write_case, tmp_path / "three-schools")


@pytest.fixture
def write_file(tmp_path: Path) -> Callable[..., Path]:
    """Write a file, with every byte as given."""

    def at(content: str | bytes, name: str = "file.yaml") -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return at
