"""What a kernel for each participant would cost: stock Voila with a page of widgets, opened by several people at once."""

from __future__ import annotations

import asyncio
import contextlib
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import nbformat
import psutil
from peers.consulting import MEBIBYTE, free_port

STARTS_WITHIN = 60
STOPS_WITHIN = 10
READY_WITHIN = 300
# As little as a form could be: a choice for each of eight criteria, a comment and a button. It imports nothing else.
FORM = """
import ipywidgets as w
places = [w.Dropdown(options=["no place", *range(1, 9)], description=f"Criterion {n}") for n in range(1, 9)]
w.VBox([*places, w.Textarea(description="Comment"), w.Button(description="Send")])
"""
SHOWN = b"application/vnd.jupyter.widget-view+json"


@dataclass(frozen=True)
class Kernels:
    """What was measured.

    Attributes:
        pages: how many people opened a page at once.
        seconds: until all pages were there.
        server, each: the memory of the server, and of one kernel, in MiB.
    """

    pages: int
    seconds: float
    server: float
    each: float

    @property
    def per_second(self) -> float:
        """Give how many people join in a second."""
        return self.pages / self.seconds

    def fit(self, room: float) -> float:
        """Give how many people some MiB have room for."""
        return (room - self.server) / self.each


def measured(pages: int) -> Kernels:
    """Run it, open the pages, and end it."""
    with tempfile.TemporaryDirectory(prefix="stock-", ignore_cleanup_errors=True) as name:
        notebook = Path(name) / "form.ipynb"
        nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(FORM)]), notebook)
        port = free_port()
        command = [sys.executable, "-P", "-m", "voila", "--no-browser", f"--port={port}", "--Voila.ip=127.0.0.1", notebook.name]
        process = psutil.Popen(command, cwd=name, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            _wait_for(port)
            asyncio.run(_page(port))  # the first page is slower than any other
            begin = time.monotonic()
            asyncio.run(_pages(port, pages))
            seconds = time.monotonic() - begin
            kernels = [one.memory_full_info().pss / MEBIBYTE for one in process.children(recursive=True)]
            server = process.memory_full_info().pss / MEBIBYTE
            return Kernels(pages, seconds, server, sum(kernels) / len(kernels))
        finally:
            _end(process)


def _wait_for(port: int) -> None:
    end = time.monotonic() + STARTS_WITHIN
    while True:
        try:
            asyncio.run(asyncio.wait_for(_open(port), 1))
        except OSError:
            if time.monotonic() > end:
                sys.exit("Stock Voila did not start.")
            time.sleep(0.1)
        else:
            return


async def _open(port: int) -> None:
    _, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.close()


async def _pages(port: int, pages: int) -> None:
    await asyncio.gather(*(_page(port) for _ in range(pages)))


async def _page(port: int) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(f"GET / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n".encode())
        page = await asyncio.wait_for(reader.read(-1), READY_WITHIN)
    finally:
        writer.close()
    if SHOWN not in page:
        sys.exit("Stock Voila showed no widgets.")


def _end(process: psutil.Popen) -> None:
    family = [process, *process.children(recursive=True)]
    process.terminate()
    _, left = psutil.wait_procs(family, STOPS_WITHIN)
    for one in left:
        with contextlib.suppress(psutil.NoSuchProcess):
            one.kill()
