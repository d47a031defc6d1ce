"""What tests of the dashboards' server share: one that runs, before anybody entered it and after."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.delivery.serving import Server, running

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def stranger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that nobody has entered yet."""
    with running(tmp_path_factory.mktemp("server")) as server:
        yield server


@pytest.fixture(scope="module")
def server(stranger: Server) -> Server:
    """The same server, entered."""
    if not stranger.cookie:
        stranger.enter()
    return stranger
