"""An environment of its own for each peer, made once with pip and kept in the user's cache folder."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

import platformdirs

HERE = Path(__file__).resolve().parent
READY = "ready"


def requirements(peer: str) -> Path:
    """Name the file with the peer's pinned packages."""
    return HERE / f"requirements-{peer}.txt"


def pinned(peer: str, package: str) -> str:
    """Give the version of a package that a peer is pinned to."""
    pins = dict(line.split("==") for line in requirements(peer).read_text(encoding="utf-8").split())
    return pins[package]


def python_of(peer: str) -> str:
    """Give the Python of the peer's environment; other pins or another Python make another environment.

    Raises:
        SystemExit: if pip cannot install what is pinned.
    """
    digest = hashlib.sha256(requirements(peer).read_bytes() + sys.version.encode()).hexdigest()[:8]
    folder = platformdirs.user_cache_path("partnership-model", appauthor=False) / "benchmarks" / f"{peer}-{digest}"
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not (folder / READY).exists():
        _make(peer, folder, python)
    return str(python)


def _make(peer: str, folder: Path, python: Path) -> None:
    """Make the environment; one that was left half made is made anew."""
    print(f"Making an environment for {peer.capitalize()} in {folder} with pip; once, it takes a minute or two.", file=sys.stderr)
    shutil.rmtree(folder, ignore_errors=True)
    venv.create(folder, with_pip=True)
    command = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement", requirements(peer)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{done.stderr}\npip could not install what {requirements(peer)} pins; without it: --only ours,stock")
    (folder / READY).touch()
