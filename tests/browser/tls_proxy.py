"""A small proxy as a host would run one: HTTPS and a login in front; the proof, and whom it asks for, added to what it passes on."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import ssl
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from partnership_model.delivery.behind_proxy import HEADER

if TYPE_CHECKING:
    from collections.abc import Callable

CERTIFICATE = Path(__file__).with_name("localhost.pem")
LOGIN = ("governor", "correct horse")
_ASK = b'HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm="governors"\r\nContent-Length: 0\r\nConnection: close\r\n\r\n'
_DROPPED = ("authorization", "connection", "keep-alive", HEADER.lower())


class TlsProxy:
    """Listens with HTTPS on a free port of this computer, and passes on what comes from those who know the password."""

    def __init__(self, *, login: bool = True) -> None:
        """Begin to listen; where to pass things on to, and the proof, is said later. Forms that everybody may open need no login."""
        self.to = 0
        self._login = login
        self.proof: Callable[[], str] = str
        self._ready = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True)
        self._thread.start()
        assert self._ready.wait(10)

    @property
    def origin(self) -> str:
        """The address that visitors see."""
        return f"https://localhost:{self.port}"

    def close(self) -> None:
        """Stop listening."""
        self._loop.call_soon_threadsafe(self._ended.set)
        self._thread.join(10)

    async def _serve(self) -> None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(CERTIFICATE)
        self._loop, self._ended = asyncio.get_running_loop(), asyncio.Event()
        server = await asyncio.start_server(self._answer, "127.0.0.1", 0, ssl=context)
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        await self._ended.wait()
        server.close()
        left = asyncio.all_tasks() - {asyncio.current_task()}
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            await self._pass_on(head, reader, writer)
        except (OSError, asyncio.IncompleteReadError, ssl.SSLError):
            pass
        finally:
            writer.close()

    async def _pass_on(self, head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        first, *lines = head.decode("latin-1").strip().split("\r\n")
        headers = [tuple(part.strip() for part in line.split(":", 1)) for line in lines]
        sent = {name.lower(): value for name, value in headers}
        if self._login and sent.get("authorization") != "Basic " + base64.b64encode(":".join(LOGIN).encode()).decode():
            writer.write(_ASK)
            await writer.drain()
            return
        kept = [(name, value) for name, value in headers if name.lower() not in _DROPPED]
        kept += [(HEADER, self.proof()), ("Connection", "Upgrade" if "upgrade" in sent else "close")]
        # After what a visitor may have written there, as nginx does.
        kept += [("X-Forwarded-For", writer.get_extra_info("peername")[0]), ("X-Forwarded-Proto", "https")]
        behind_reader, behind = await asyncio.open_connection("127.0.0.1", self.to)
        behind.write("\r\n".join([first, *(f"{name}: {value}" for name, value in kept), "", ""]).encode("latin-1"))
        tasks = [asyncio.ensure_future(_pump(reader, behind)), asyncio.ensure_future(_pump(behind_reader, writer))]
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        behind.close()


async def _pump(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError, ssl.SSLError):
        while piece := await source.read(65536):
            target.write(piece)
            await target.drain()
