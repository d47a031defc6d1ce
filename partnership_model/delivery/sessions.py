"""The kernels behind the open pages: how many there may be, where they run and when they end."""

from __future__ import annotations

import asyncio
import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

from jupyter_client.kernelspec import NATIVE_KERNEL_NAME
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager, ServerKernelManager
from tornado.web import HTTPError
from traitlets import Dict, Integer, Unicode, default

from partnership_model.delivery import warm_kernels

if TYPE_CHECKING:
    from typing import BinaryIO

    from partnership_model.delivery.pages import DashboardHandler

CLOSES_WITHIN = 5
SILENT_SECONDS = 60
# Colours and source lines can take IPython half a minute, while somebody waits for the page to say that it is broken.
PLAIN_TRACEBACKS = ["--InteractiveShell.xmode=Plain"]


def _appended(log_file: str) -> BinaryIO:
    """Open the log for what kernels say; a folder that was taken away meanwhile costs their words, not the visit."""
    try:
        return Path(log_file).open("ab")
    except OSError:
        return Path(os.devnull).open("ab")


class OneKernel(ServerKernelManager):
    """One page's kernel; jupyter_server looks for its sentence in place of tracebacks here, and would break without it."""

    traceback_replacement_message = "Something went wrong in the workbook."


class Sessions(AsyncMappingKernelManager):
    """One kernel for each open page, up to a cap."""

    @default("kernel_manager_class")
    def _one_kernel(self) -> str:
        return f"{__name__}.OneKernel"

    cap = Integer(8, config=True, help="How many kernels may live at a time.")
    environment = Dict(Unicode(), config=True, help="What each kernel finds in its environment.")
    log_file = Unicode(os.devnull, config=True, help="Where kernels write what they would say in the terminal.")

    def __init__(self, **kwargs: object) -> None:
        """Begin with nobody at the door."""
        super().__init__(**kwargs)
        self.pages: set[DashboardHandler] = set()
        self.closed = False
        self._starting = 0
        self._ending: dict[str, asyncio.Task[None]] = {}
        self._visitors: dict[str, str] = {}
        self._heard: dict[str, float] = {}

    async def start_for(self, visitor: str, leaving: str = "") -> str:
        """Start a kernel if there is a free place, or that of a page which the visitor is leaving; else say so with 503."""
        if not await self._has_place() and leaving and self.is_of(leaving, visitor):
            await self.end(leaving)
        if self.closed or not await self._has_place():
            raise HTTPError(503, "all %d places are taken", self.cap)
        self._starting += 1
        env = {**os.environ, **self.environment}
        try:
            with _appended(self.log_file) as log:
                kernel_id: str = await self.start_kernel(
                    kernel_name=NATIVE_KERNEL_NAME, path="", env=env, stdout=log, stderr=log, extra_arguments=PLAIN_TRACEBACKS
                )
        finally:
            self._starting -= 1
        self._visitors[kernel_id] = visitor
        self.heard_from(kernel_id)
        return kernel_id

    def heard_from(self, kernel_id: str) -> None:
        """Note that the kernel's page is there, as it says every few seconds."""
        if kernel_id in self:
            self._heard[kernel_id] = time.monotonic()

    def _is_forsaken(self, kernel_id: str) -> bool:
        """Say whether the page has gone without a word: a phone that was switched off, a browser that was ended."""
        silent = time.monotonic() - self._heard.get(kernel_id, time.monotonic())
        return silent > SILENT_SECONDS and not self._kernel_connections.get(kernel_id, 0)

    def is_of(self, kernel_id: str, visitor: str) -> bool:
        """Say whether the kernel is this visitor's, or nobody's since it has gone: its number alone opens nothing."""
        return self._visitors.get(kernel_id, visitor) == visitor

    def remove_kernel(self, kernel_id: str) -> object:
        """Forget whose it was."""
        self._visitors.pop(kernel_id, None)
        self._heard.pop(kernel_id, None)
        return super().remove_kernel(kernel_id)

    async def _has_place(self) -> bool:
        """Count the kernels that live or are about to, ending those that are dead or forsaken first if that makes room."""
        if len(self) + self._starting < self.cap:
            return True
        for kernel_id in list(self._kernels):
            if await self.lives(kernel_id) and self._is_forsaken(kernel_id):
                await self.end(kernel_id)
        return len(self) + self._starting < self.cap

    async def lives(self, kernel_id: str) -> bool:
        """Say whether the kernel is still there; one that died is never replaced, only cleared away."""
        if kernel_id not in self:
            return False
        if await self.get_kernel(kernel_id).is_alive():
            return True
        await self.end(kernel_id)
        return False

    async def close(self) -> None:
        """End every kernel, those that are only being started too."""
        self.closed = True
        for page in list(self.pages):
            page.leave()
        await self._end_all()
        warm_kernels.close()  # wakes who still waits for a kernel from it
        for _ in range(CLOSES_WITHIN * 20):
            if not self.pages and not self._starting:
                break
            await asyncio.sleep(0.05)
        await self._end_all()

    async def _end_all(self) -> None:
        """End the kernels that there are, while their parent is there to clear them away."""
        await asyncio.gather(*map(self.end, list(self._kernels)), return_exceptions=True)

    async def end(self, kernel_id: str) -> None:
        """Stop the kernel at once: there is nothing in it to save."""
        ending = self.end_soon(kernel_id)
        if ending is not None:
            await asyncio.shield(ending)

    def end_soon(self, kernel_id: str) -> asyncio.Task[None] | None:
        """Stop the kernel in the background, once for however many ask."""
        if kernel_id in self and kernel_id not in self._ending:
            task = asyncio.get_running_loop().create_task(self.shutdown_kernel(kernel_id, now=True))
            self._ending[kernel_id] = task
            task.add_done_callback(lambda _: self._ending.pop(kernel_id, None))
        return self._ending.get(kernel_id)
