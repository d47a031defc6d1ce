"""Whatever becomes of one part of a server, each of the others is ended too, and the server ends."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING
from unittest.mock import AsyncMock

import pytest

from partnership_model.delivery import server as module
from partnership_model.delivery.access import Access, VisitorIdentity
from partnership_model.delivery.orderly_end import Part, end_each
from partnership_model.delivery.server import DashboardServer
from partnership_model.knowledge.shipped import shipped

if TYPE_CHECKING:
    from pathlib import Path


async def never() -> None:
    await asyncio.Event().wait()


async def bare_timeout() -> None:
    raise TimeoutError


def test_a_part_that_does_not_end_and_one_that_cannot_keep_no_other_from_its_end(caplog: pytest.LogCaptureFixture) -> None:
    ended = AsyncMock()
    parts = [Part("First", never, 0.01), Part("Second", bare_timeout, None), Part("Third", ended, 10)]
    asyncio.run(asyncio.wait_for(end_each(*parts), 10))
    ended.assert_awaited_once()
    assert [one.message for one in caplog.records] == ["First did not end within 0.01 seconds", "Second could not be ended"]


def test_who_is_cancelled_while_parts_end_ends_those_that_are_left() -> None:
    ended = AsyncMock()

    async def run() -> None:
        running = asyncio.ensure_future(end_each(Part("First", never, 10), Part("Second", ended, 10)))
        await asyncio.sleep(0.01)
        running.cancel()
        await asyncio.wait([running])
        assert running.cancelled()

    asyncio.run(asyncio.wait_for(run(), 10))
    ended.assert_awaited_once()


@pytest.mark.parametrize("fault", ["begin", "end"])
def test_a_server_ends_its_kernels_whatever_becomes_of_what_it_serves_beside_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    monkeypatch.setattr(module, "ENDS_WITHIN", 0.05)
    monkeypatch.setattr(module.warm_kernels, "CAN_FORK", False)
    beside = AsyncMock(home="governors", routes=list)
    getattr(beside, fault).side_effect = KeyError("a fault of ours")
    server = DashboardServer(
        Access(8866, b"s" * 32),
        tmp_path,
        beside,
        notebooks={"toy": str(shipped("dashboards", "governors.ipynb"))},
        identity_provider_class=VisitorIdentity,
        connection_dir=str(tmp_path),
        config=module._configuration(tmp_path, 1, tmp_path / "log"),  # noqa: SLF001 - as `serve` does
    )
    server.initialize()
    monkeypatch.setattr(server.bundle, "start", lambda: None)
    monkeypatch.setattr(server.bundle, "stop", AsyncMock(side_effect=never))
    monkeypatch.setattr(server, "_listen_for_signals", lambda: asyncio.get_running_loop().call_soon(server.stopping.set))
    running = server._run([], "ready", "")  # noqa: SLF001 - `serve_on` needs a terminal to stop it
    if fault == "begin":
        with pytest.raises(KeyError, match="a fault of ours"):
            asyncio.run(asyncio.wait_for(running, 10))
    else:
        asyncio.run(asyncio.wait_for(running, 10))
    beside.end.assert_awaited_once()
    server.bundle.stop.assert_awaited_once()
    assert server.kernel_manager.closed
