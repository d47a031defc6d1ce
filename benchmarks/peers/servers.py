"""The products that are compared: how each is started on this computer, found and ended."""

from __future__ import annotations

import asyncio
import http.client
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import psutil
from peers.environments import pinned, python_of
from peers.what_follows import CRITERION
from peers.widget import LIBRARY_VARIABLE

from partnership_model.delivery.server import DASHBOARD
from partnership_model.delivery.vega_bundle import VegaBundle

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

HERE = Path(__file__).resolve().parent
NOTEBOOK = HERE / "what_follows.ipynb"
STARTS_WITHIN = 120
STOPS_WITHIN = 10


@dataclass(frozen=True)
class Product:
    """One of those that are compared.

    Attributes:
        name: as it stands in the table, with what was measured.
        command: gives the command that starts it, for a port and for a folder of its own.
        path: where its page is; empty where the server prints its own address.
        slider: finds the slider on its page.
        chart: finds a chart that lives; one that was drawn beforehand has still to be replaced.
        environment: what its server finds in its environment, beside what we have.
    """

    name: str
    command: Callable[[int, Path], list[str]]
    path: str
    slider: str
    chart: str = "svg.marks"
    environment: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Server:
    """A product that runs; the cookie is the one that its page needs, if any."""

    product: Product
    process: psutil.Popen
    address: str
    cookie: dict[str, str] | None = None


def _ours(_port: int, _folder: Path) -> list[str]:
    return [sys.executable, str(HERE / "explore.py")]


def _stock(port: int, folder: Path) -> list[str]:
    """Serve the same notebook, with the drawing library as a file: lighter than the copy in each widget that is usual."""
    shutil.copy(NOTEBOOK, folder)
    (folder / "vega.js").write_bytes(asyncio.run(VegaBundle().read()))
    options = ["--no-browser", f"--port={port}", "--Voila.ip=127.0.0.1", r"--VoilaConfiguration.file_allowlist=['.*\.js']"]
    return [sys.executable, "-P", "-m", "voila", *options, NOTEBOOK.name]


def _panel(port: int, _folder: Path) -> list[str]:
    options = [f"--port={port}", "--address=127.0.0.1", f"--allow-websocket-origin=127.0.0.1:{port}"]
    return [python_of("panel"), "-P", "-m", "panel", "serve", str(HERE / "panel_app.py"), *options]


def _streamlit(port: int, _folder: Path) -> list[str]:
    options = ["address=127.0.0.1", f"port={port}", "headless=true", "fileWatcherType=none"]
    server = [f"--server.{option}" for option in options]
    return [python_of("streamlit"), "-P", "-m", "streamlit", "run", str(HERE / "streamlit_app.py"), *server]


_SLIDER = f"#range-{CRITERION}"
_LIBRARY = {LIBRARY_VARIABLE: "/voila/files/vega.js"}
_NO_STATISTICS = {"STREAMLIT_BROWSER_GATHER_USAGE_STATS": "false"}
PRODUCTS = {
    "ours": Product("this workbook", _ours, "", f"#workbook {_SLIDER}", "#workbook .vega-embed svg.marks"),
    "stock": Product(f"stock Voila {version('voila')}", _stock, "/", _SLIDER, environment=_LIBRARY),
    "panel": Product(f"Panel {pinned('panel', 'panel')}", _panel, "/panel_app", "[role=slider]"),
    "streamlit": Product(f"Streamlit {pinned('streamlit', 'streamlit')}", _streamlit, "/", "input[type=range]", environment=_NO_STATISTICS),
}


@contextmanager
def running(product: Product) -> Iterator[Server]:
    """Start a product and end it with everything that it has started."""
    with tempfile.TemporaryDirectory(prefix="benchmark-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        port = _free_port()
        command = product.command(port, folder)
        path = os.pathsep.join([str(HERE.parents[1]), str(HERE.parent)])
        with (folder / "log.txt").open("wb") as log:
            process = psutil.Popen(
                command,
                cwd=folder,
                env={**os.environ, **product.environment, "PYTHONPATH": path},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C reaches it through us, so that it ends in an orderly way
            )
        try:
            yield _found(product, process, port, folder / "log.txt")
        finally:
            _end(process)


def _found(product: Product, process: psutil.Popen, port: int, log: Path) -> Server:
    """Wait until the server answers."""
    end = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < end and process.poll() is None:
        said = log.read_text(encoding="utf-8", errors="replace")
        printed = re.search(r"http://\S+token=\S+", said)
        if not product.path and printed:
            return _entered(product, process, printed[0])
        if product.path and _listens(port):
            return Server(product, process, f"http://127.0.0.1:{port}{product.path}")
        time.sleep(0.1)
    sys.exit(f"{product.name} did not start:\n{log.read_text(encoding='utf-8', errors='replace')[-2000:]}")


def _entered(product: Product, process: psutil.Popen, printed: str) -> Server:
    """Spend the one-time token here, so that every browser context can be given the cookie."""
    parts = urlsplit(printed)
    connection = http.client.HTTPConnection(parts.netloc, timeout=STARTS_WITHIN)
    try:
        connection.request("GET", f"/?{parts.query}")
        name, _, value = connection.getresponse().headers["Set-Cookie"].split(";")[0].partition("=")
    finally:
        connection.close()
    address = f"http://{parts.netloc}/{DASHBOARD}"
    return Server(product, process, address, {"name": name, "value": value, "url": address, "sameSite": "Strict"})


def _end(process: psutil.Popen) -> None:
    """End a server, and whatever of its processes is left a moment later."""
    with suppress(psutil.NoSuchProcess):
        family = [process, *process.children(recursive=True)]
        process.terminate()
        _, left = psutil.wait_procs(family[:1], STOPS_WITHIN)
        for member in {*left, *(one for one in family if one.is_running())}:
            with suppress(psutil.NoSuchProcess):
                member.kill()
        psutil.wait_procs(family, STOPS_WITHIN)


def _listens(port: int) -> bool:
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as bound:
        return bound.getsockname()[1]
