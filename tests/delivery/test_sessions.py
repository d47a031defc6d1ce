"""Kernels end with their page, are not replaced, and take no more places than there are."""

from __future__ import annotations

import asyncio
import http.client
import os
import signal
import socket
import time
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING
from unittest.mock import AsyncMock

import pytest
from tornado.web import HTTPError

from partnership_model.delivery import sessions
from partnership_model.delivery.sessions import Sessions
from tests.delivery.serving import CAP, WAIT, Server, children, running

if TYPE_CHECKING:
    from collections.abc import Callable


def test_leaving_the_page_frees_its_kernel(server: Server) -> None:
    """Only the page's own origin can say so."""
    kernel = server.ask("/toy").kernel
    foreign = server.ask(f"/partnership/leave/{kernel}", "POST", Origin="http://example.org")
    assert foreign.status == http.HTTPStatus.FORBIDDEN
    assert server.lives(kernel)
    assert server.leave(kernel).status == http.HTTPStatus.NO_CONTENT
    assert not server.lives(kernel)
    assert server.leave(kernel).status == http.HTTPStatus.NO_CONTENT


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="lists processes as Linux does")
def test_a_dead_kernel_is_not_replaced(server: Server) -> None:
    """The page is told instead, and the place is free again."""
    kernel = server.ask("/toy").kernel
    (process,) = server.kernels()
    os.kill(process, signal.SIGKILL)
    assert eventually(lambda: server.ask(f"/partnership/alive/{kernel}").status == http.HTTPStatus.GONE)
    time.sleep(4)  # the restarter that Jupyter has on by default looks every three seconds
    assert server.kernels() == []


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="lists processes as Linux does")
def test_a_page_left_while_it_arrives_frees_its_kernel(server: Server) -> None:
    """A visitor who goes away before the page is there leaves nothing behind."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=WAIT) as connection:
        connection.sendall(f"GET /toy HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nCookie: {server.cookie}\r\n\r\n".encode())
        connection.recv(100)
    assert eventually(lambda: server.kernels() == [])


def eventually(holds: Callable[[], bool]) -> bool:
    """Say whether something comes true soon."""
    for _ in range(10 * WAIT):
        if holds():
            return True
        time.sleep(0.1)
    return False


def test_when_all_places_are_taken_a_page_says_so(server: Server) -> None:
    """The cap counts living kernels; a freed place can be taken at once, and a reload gets its own place again."""
    kernels = [server.ask("/toy").kernel for _ in range(CAP)]
    full = server.ask("/toy")
    assert full.status == http.HTTPStatus.SERVICE_UNAVAILABLE
    assert full.headers["Retry-After"] == "5"
    assert "too many places" in full.text
    server.leave(kernels.pop())
    kernels.append(server.ask("/toy").kernel)
    reloaded = server.ask("/toy", cookie=f"{server.cookie}; partnership-leaving={kernels.pop()}")
    kernels.append(reloaded.kernel)
    for kernel in kernels:
        server.leave(kernel)


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="lists processes as Linux does")
def test_stopping_leaves_no_kernel(tmp_path: Path) -> None:
    """Ctrl-C and a polite kill end the kernels of open pages too, without a word."""
    with running(tmp_path) as server:
        server.enter()
        server.ask("/toy")
        processes = [*server.kernels(), *children(server.process.pid)]
        assert processes
        server.process.send_signal(signal.SIGINT)
        server.process.wait(WAIT)
    assert not [process for process in processes if Path(f"/proc/{process}").exists()]
    assert (server.said, server.process.returncode) == (("", ""), 0)


class Started(Sessions):
    """Sessions whose kernels are only noted."""

    async def start_kernel(self, **_: object) -> str:
        """Note a kernel that lives."""
        kernel_id = f"kernel-{len(self._kernels)}"
        self._kernels[kernel_id] = SimpleNamespace(is_alive=AsyncMock(return_value=True))
        return kernel_id

    async def shutdown_kernel(self, kernel_id: str, **_: object) -> None:
        """Forget it."""
        self.remove_kernel(kernel_id)


@pytest.mark.parametrize(("silent", "connections", "given_up"), [(61, 0, True), (59, 0, False), (61, 1, False)])
def test_a_page_that_went_without_a_word_gives_its_place_to_who_waits(
    monkeypatch: pytest.MonkeyPatch, silent: float, connections: int, *, given_up: bool
) -> None:
    """A phone that was switched off sends no farewell; one that is only slow still has its connection, or asks."""
    now = [0.0]
    monkeypatch.setattr(sessions, "time", SimpleNamespace(monotonic=lambda: now[0]))

    async def visit() -> bool:
        places = Started(cap=1)
        first = await places.start_for("one")
        places._kernel_connections[first] = connections  # noqa: SLF001 - what a page's websocket is counted in
        now[0] += 30
        places.heard_from(first)
        now[0] += silent
        try:
            return bool(await places.start_for("other"))
        except HTTPError:
            return False

    assert asyncio.run(visit()) is given_up
