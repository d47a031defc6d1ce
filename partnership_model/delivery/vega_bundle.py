"""The Vega libraries as one JavaScript module, made on this machine from vl-convert and kept in the user's cache."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import os
import tempfile
from importlib.metadata import version
from pathlib import Path

import platformdirs

from partnership_model.delivery.background_work import worked_out
from partnership_model.errors import PartnershipError

# The bundle also has a name `vega`, but it is empty there: charts are updated with `view.data(name, rows)`.
SNIPPET = "export { vegaEmbed };\nexport default vegaEmbed;"
# In another process, which gives its 70 MB back.
_MAKE = "import sys, vl_convert; sys.stdout.buffer.write(vl_convert.javascript_bundle(sys.argv[1]).encode())"


def cache_file(folder: Path | None = None) -> Path:
    """Name the file in which this version's bundle is kept."""
    folder = folder or platformdirs.user_cache_path("partnership-model", appauthor=False)
    digest = hashlib.sha256(SNIPPET.encode()).hexdigest()[:8]
    return folder / f"vega-{version('vl-convert-python')}-{digest}.js"


class VegaBundle:
    """The module's bytes: read from the cache, or made once while the first requests wait."""

    def __init__(self, path: Path | None = None) -> None:
        """Take the file to keep the bundle in."""
        self._path = path or cache_file()
        self._task: asyncio.Task[bytes] | None = None

    def start(self) -> asyncio.Task[bytes]:
        """Begin in the background, again if an earlier attempt failed."""
        failed = self._task is not None and self._task.done() and (self._task.cancelled() or self._task.exception())
        if self._task is None or failed:
            self._task = asyncio.get_running_loop().create_task(self._load())
        return self._task

    async def read(self) -> bytes:
        """Wait for the module; a visitor who gives up does not stop it for the others."""
        return await asyncio.shield(self.start())

    async def stop(self) -> None:
        """End what is still being made."""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError, PartnershipError):
                await self._task

    async def _load(self) -> bytes:
        """Read the cache, or make the bundle and fill the cache."""
        with contextlib.suppress(OSError):
            kept = self._path.read_bytes()
            if kept:
                return kept
        made = await _make()
        with contextlib.suppress(OSError):  # no cache: made again at the next start
            _write(self._path, made)
        return made


async def _make() -> bytes:
    """Let vl-convert put the bundle together in another process."""
    done = await worked_out(_MAKE, SNIPPET)
    if not (done.well and done.wrote):
        last_line = done.complaint.strip().rpartition("\n")[2]
        message = f"The drawing library for charts could not be made: {last_line or 'vl-convert ended early'}."
        raise PartnershipError(message)
    return done.wrote


def _write(path: Path, content: bytes) -> None:
    """Write the file in one step, so that a second server never reads half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(temporary).replace(path)
    except OSError:
        Path(temporary).unlink(missing_ok=True)
        raise
