"""What tests of the command line and of the dashboards' server share: the command in this process, and a server that runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from partnership_model.delivery import cli
from tests.delivery.commanding import Said
from tests.delivery.serving import Server, running

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


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


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str]) -> Any:  # noqa: ANN401 - a function
    """Give a function that runs the command in this process."""

    def run(*arguments: str | Path) -> Said:
        with pytest.raises(SystemExit, match=r"^\d*$") as ended:
            cli.main([str(argument) for argument in arguments])
        return Said(ended.value.code, *capsys.readouterr())

    return run


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the command in a folder with nothing in it."""
    monkeypatch.chdir(tmp_path)
    return tmp_path
