"""The first page of a dashboard, written before anybody asks, so that it can be read while a kernel is still starting."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
from typing import TYPE_CHECKING

from partnership_model.delivery.background_work import worked_out

if TYPE_CHECKING:
    from pathlib import Path

# In another process, since the server imports neither pandas nor Altair.
_WRITE = "import sys; from partnership_model.display.widgets import first_page; sys.stdout.buffer.write(first_page(sys.argv[1]).encode())"
READ = ("", "case.yaml", "judgements.csv")  # the first is a case that is one file
Stamp = tuple[dt.date, tuple[tuple[str, int, int], ...]]


class FirstPage:
    """The page's HTML, as long as the case's files and the day are those that it was written for.

    Attributes:
        task: the writing of it, once that has begun.
    """

    def __init__(self, case: Path) -> None:
        """Take the case's folder."""
        self._case = case
        self._written: tuple[Stamp, str] | None = None
        self.task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to write it in the background."""
        if self.task is None or self.task.done():
            self.task = asyncio.get_running_loop().create_task(self._write())

    def html(self) -> str:
        """Give the page if it is there and still true; else nothing, and have it written for the next visitor."""
        if self._written is not None and self._written[0] == self._stamp():
            return self._written[1]
        self.start()
        return ""

    async def stop(self) -> None:
        """End what is still being written."""
        if self.task is not None:
            self.task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self.task

    def _stamp(self) -> Stamp:
        """Say what the page depends on: the day, and when each file of the case was changed."""
        found = []
        for name in READ:
            with contextlib.suppress(OSError):
                about = (self._case / name).stat()
                found.append((name, about.st_mtime_ns, about.st_size))
        return dt.datetime.now(dt.UTC).date(), tuple(found)

    async def _write(self) -> None:
        """Let another process write it; where that fails, the kernel's own page says what is wrong."""
        stamp = self._stamp()
        done = await worked_out(_WRITE, str(self._case))
        self._written = (stamp, done.wrote.decode() if done.well else "")
