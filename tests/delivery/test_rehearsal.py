"""What the warm parent rehearses: its kernels share it, whatever goes wrong with it stops nobody, and no number changes."""

from __future__ import annotations

import hashlib
import importlib
import json
import os
import signal
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import psutil
import pytest

from partnership_model.delivery import warm_kernels
from partnership_model.delivery.server import REHEARSE
from partnership_model.delivery.warm_kernels import Rehearsal
from partnership_model.display.notebook import open_appraisal
from partnership_model.display.widgets import governors_dashboard
from tests.delivery.test_warm_kernels import WAIT, kernel, value, warm

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from jupyter_client import BlockingKernelClient, KernelManager

__all__ = ["warm"]  # a fixture for every test here
pytestmark = pytest.mark.skipif(not warm_kernels.CAN_FORK, reason="this system cannot fork")
MOST_OF_ITS_OWN = 70 << 20  # bytes; without a rehearsal a kernel with an open dashboard has more than 80 million
STAGE = """
import sys, threading
from pathlib import Path
from partnership_model.display.widgets import rehearse

def whole(folder):
    rehearse("ember-2016")
    Path(folder, "said").write_text(f"{threading.active_count()} {'vl_convert' in sys.modules}")

def short(folder):
    Path(folder, "said").write_text("done")

def wrong(folder):
    Path(folder, "said").write_text("begun")
    raise ValueError("a detail for developers")

def ends(folder):
    Path(folder, "said").write_text("begun")
    sys.exit(3)
"""


@pytest.fixture
def stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put functions that can be rehearsed where the parent finds them."""
    folder = tmp_path / "stage"
    folder.mkdir()
    (folder / "stage.py").write_text(STAGE)
    monkeypatch.setenv("PYTHONPATH", str(folder), prepend=os.pathsep)
    monkeypatch.setattr(warm_kernels, "_rehearsal", None)
    return folder


def wait_for(path: Path) -> str:
    """Wait until a file is written, and give what it says."""
    end = time.monotonic() + WAIT
    while time.monotonic() < end:
        if path.exists() and path.read_text():
            return path.read_text()
        time.sleep(0.05)
    return pytest.fail("Nothing was rehearsed.")


@contextmanager
def rehearsed(stage: Path, name: str = "whole") -> Iterator[tuple[KernelManager, BlockingKernelClient]]:
    """Let the parent rehearse, and start a kernel after that."""
    warm_kernels.warm_up(Rehearsal(f"stage:{name}", str(stage)))
    wait_for(stage / "said")
    with kernel(stage) as found:
        assert isinstance(found[0].provisioner.process, warm_kernels.ForkedKernel)
        yield found


def test_the_dashboard_rehearses_and_leaves_no_thread_and_no_drawing_library_behind(stage: Path) -> None:
    with rehearsed(stage) as (_, client):
        assert wait_for(stage / "said") == "1 False"
        assert value(client, "len(__import__('partnership_model.knowledge.reading', fromlist=['x'])._held)") == "1"
    module, _, name = REHEARSE.partition(":")
    assert callable(getattr(importlib.import_module(module), name))


def test_numbers_and_pages_after_a_rehearsal_are_those_without_one(stage: Path) -> None:
    moves = [{"do": "weights", "of": "case"}, {"do": "go", "step": "how_sure"}, {"do": "width", "narrow": True}]
    opened = governors_dashboard("ember-2016")
    for move in moves:
        opened.move(move)
    result = json.dumps(open_appraisal("ember-2016").result().data, sort_keys=True)
    page = json.dumps([opened.html, opened.templates, opened.rows, opened.names], sort_keys=True)
    expected = [hashlib.sha256(one.encode()).hexdigest() for one in (result, page)]
    again = f"""
import hashlib, json
from partnership_model.display.notebook import open_appraisal
from partnership_model.display.widgets import governors_dashboard
opened = governors_dashboard("ember-2016")
for move in {moves!r}:
    opened.move(move)
result = json.dumps(open_appraisal("ember-2016").result().data, sort_keys=True)
page = json.dumps([opened.html, opened.templates, opened.rows, opened.names], sort_keys=True)
found = [hashlib.sha256(one.encode()).hexdigest() for one in (result, page)]
"""
    with rehearsed(stage) as (_, client):
        client.execute(again, reply=True, timeout=WAIT)
        assert [value(client, f"found[{place}]") for place in (0, 1)] == expected


@pytest.mark.skipif(not os.path.exists("/proc/self/smaps"), reason="only Linux tells what a process shares")  # noqa: PTH110
def test_a_kernel_with_an_open_dashboard_shares_most_of_its_memory(stage: Path) -> None:
    with rehearsed(stage) as (manager, client):
        code = "from partnership_model.display.widgets import governors_dashboard; opened = governors_dashboard('ember-2016')"
        client.execute(code, reply=True, timeout=WAIT)
        assert value(client, "'How should our schools' in opened.html") == "True"
        assert psutil.Process(manager.provisioner.pid).memory_full_info().uss < MOST_OF_ITS_OWN


@pytest.mark.parametrize("name", ["wrong", "ends"])
def test_a_rehearsal_that_fails_stops_nobody(stage: Path, name: str) -> None:
    with rehearsed(stage, name) as (_, client):
        assert value(client, "1 + 1") == "2"


@pytest.mark.parametrize("function", ["no_such_module:function", "stage:no_such_function", "stage", ""])
def test_a_rehearsal_that_there_is_not_stops_nobody(stage: Path, function: str) -> None:
    warm_kernels.warm_up(Rehearsal(function, str(stage)))
    for _ in range(2):
        with kernel(stage) as (manager, client):
            assert isinstance(manager.provisioner.process, warm_kernels.ForkedKernel)
            assert value(client, "1 + 1") == "2"


def test_whoever_waits_already_does_not_wait_for_the_rehearsal(stage: Path) -> None:
    """The parent is still importing when the first kernel is asked for."""
    warm_kernels.warm_up(Rehearsal("stage:short", str(stage)))
    with kernel(stage) as (_, client):
        assert value(client, "'stage' in __import__('sys').modules") == "False"
        assert wait_for(stage / "said") == "done"
    with kernel(stage) as (_, client):
        assert value(client, "'stage' in __import__('sys').modules") == "True"


def test_a_parent_that_takes_the_place_of_another_rehearses_too(stage: Path) -> None:
    with rehearsed(stage, "short") as (manager, client):
        (stage / "said").unlink()
        os.kill(int(value(client, "__import__('os').getppid()")), signal.SIGKILL)
        assert manager.provisioner.process.wait(WAIT) == 1
    with kernel(stage):
        assert wait_for(stage / "said") == "done"
