"""The kernels behind the open pages: how many there may be, where they run and when they end."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from typing import TYPE_CHECKING

from jupyter_client.kernelspec import NATIVE_KERNEL_NAME
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager, ServerKernelManager
from tornado.web import HTTPError
from traitlets import Dict, Integer, Unicode, default

from partnership_model.delivery import warm_kernels

if TYPE_CHECKING:
    from partnership_model.delivery.pages import DashboardHandler

CLOSES_WITHIN = 5


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

    async def start_kernel(self, leaving: str = "", **kwargs: object) -> str:  # type: ignore[override]
        """Start a kernel if there is a free place, or that of a page which is being left; else say so with 503."""
        if not await self._has_place() and leaving:
            await self.end(leaving)
        if self.closed or not await self._has_place():
            raise HTTPError(503, "all %d places are taken", self.cap)
        self._starting += 1
        env = {**os.environ, **self.environment}
        try:
            with Path(self.log_file).open("ab") as log:  # noqa: ASYNC230
                return await super().start_kernel(kernel_name=NATIVE_KERNEL_NAME, path="", env=env, stdout=log, stderr=log, **kwargs)
        finally:
            self._starting -= 1

    async def _has_place(self) -> bool:
        """Count the kernels that live or are about to, burying the dead first if that makes room."""
        if len(self) + self._starting < self.cap:
            return True
        for kernel_id in list(self._kernels):
            await self.lives(kernel_id)
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
