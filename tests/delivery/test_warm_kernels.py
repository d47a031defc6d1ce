"""Kernels forked from a warm parent: like plain ones in everything but the time they take to start."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import psutil
import pytest
from jupyter_client.manager import start_new_kernel
from jupyter_client.provisioning import KernelProvisionerFactory

from partnership_model.delivery import warm_kernels

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from jupyter_client import BlockingKernelClient, KernelManager

pytestmark = pytest.mark.skipif(not warm_kernels.CAN_FORK, reason="this system cannot fork")
WAIT = 60
NOTHING = warm_kernels.Rehearsal("", "")


@pytest.fixture(autouse=True)
def warm() -> Iterator[None]:
    """Let kernels come from the warm parent during a test."""
    factory = KernelProvisionerFactory.instance()
    before = factory.default_provisioner_name
    factory.default_provisioner_name = warm_kernels.provisioner_name()
    warm_kernels.close()  # one that an earlier test has left
    yield
    factory.default_provisioner_name = before
    warm_kernels.close()


@contextmanager
def kernel(folder: Path, **environment: str) -> Iterator[tuple[KernelManager, BlockingKernelClient]]:
    """Start a kernel that writes what it has to say about itself to a file."""
    with (folder / "said.txt").open("wb") as said:
        manager, client = start_new_kernel(
            kernel_name="python3",
            cwd=str(folder),
            env={**os.environ, **environment},
            stdout=said,
            stderr=said,
            startup_timeout=WAIT,
        )
    try:
        yield manager, client
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def value(client: BlockingKernelClient, expression: str) -> str:
    """Evaluate an expression in the kernel."""
    reply = client.execute("", user_expressions={"value": expression}, reply=True, timeout=WAIT)
    return reply["content"]["user_expressions"]["value"]["data"]["text/plain"].strip("'")


def test_a_warm_kernel_has_its_own_surroundings(tmp_path: Path) -> None:
    """Folder, environment and process group are those that were asked for, and the libraries are there."""
    with kernel(tmp_path, PARTNERSHIP_CASE="somewhere") as (manager, client):
        assert isinstance(manager.provisioner.process, warm_kernels.ForkedKernel)
        assert value(client, "__import__('os').getcwd()") == str(tmp_path)
        assert value(client, "__import__('os').environ['PARTNERSHIP_CASE']") == "somewhere"
        assert value(client, "__import__('os').getpgrp()") == str(manager.provisioner.pid)
        assert value(client, "'pandas' in __import__('sys').modules") == "True"


def test_two_warm_kernels_draw_different_numbers(tmp_path: Path) -> None:
    """A fork copies the state of a random generator."""
    drawn = []
    for _ in range(2):
        with kernel(tmp_path) as (_, client):
            drawn += [
                value(client, "__import__('random').random()"),
                value(client, "__import__('numpy').random.rand()"),
            ]
    assert len(set(drawn)) == len(drawn)


def test_a_warm_kernel_that_dies_is_seen_to_be_dead(tmp_path: Path) -> None:
    """Its parent is another process, which clears it away."""
    with kernel(tmp_path) as (manager, _):
        assert manager.is_alive()
        os.kill(manager.provisioner.pid, signal.SIGKILL)
        assert manager.provisioner.process.wait(WAIT) == 1
        assert not manager.is_alive()


def test_kernels_end_with_their_parent_and_the_next_one_starts(tmp_path: Path) -> None:
    """A lost parent costs its kernels, and nothing after that."""
    with kernel(tmp_path) as (manager, client):
        os.kill(int(value(client, "__import__('os').getppid()")), signal.SIGKILL)
        assert manager.provisioner.process.wait(WAIT) == 1
    with kernel(tmp_path) as (_, client):
        assert value(client, "1 + 1") == "2"


def test_without_a_parent_a_plain_kernel_starts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A parent that cannot start is not tried again."""
    warm_kernels.close()
    monkeypatch.setattr(warm_kernels.WarmParent, "hopeless", False)
    monkeypatch.setattr(warm_kernels, "FORK_SIDE", "no_such_module")
    with kernel(tmp_path) as (manager, client):
        assert not isinstance(manager.provisioner.process, warm_kernels.ForkedKernel)
        assert value(client, "1 + 1") == "2"
    assert warm_kernels.WarmParent.hopeless


def test_processes_that_share_a_parent_get_kernels_from_it_which_end_with_whoever_asked(tmp_path: Path) -> None:
    """One of two askers goes: its kernel ends at once, the other one's lives."""
    said = []
    with warm_kernels.shared(NOTHING, tmp_path) as place:
        for _ in range(2):
            warm_kernels.join(place, NOTHING)
            line = warm_kernels.warm_up()
            manager, client = start_new_kernel(kernel_name="python3", cwd=str(tmp_path), startup_timeout=WAIT)
            said.append((line, manager, client, value(client, "__import__('os').getppid()")))
        (first, gone, _, parent), (_, stays, client, other) = said
        assert parent == other
        assert parent != str(os.getpid())
        first.close()
        assert gone.provisioner.process.wait(WAIT) == 1
        assert value(client, "1 + 1") == "2"
        assert stays.is_alive()
        assert psutil.Process(int(parent)).children() == [psutil.Process(stays.provisioner.pid)]
    assert stays.provisioner.process.wait(WAIT) == 1
    for _, manager, client, _ in said:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def test_whoever_has_lost_a_shared_parent_starts_one_of_its_own(tmp_path: Path) -> None:
    with warm_kernels.shared(NOTHING, tmp_path) as place:
        warm_kernels.join(place, NOTHING)
        with kernel(tmp_path) as (_, client):
            parent = int(value(client, "__import__('os').getppid()"))
            os.kill(parent, signal.SIGKILL)
        with kernel(tmp_path) as (manager, client):
            assert not isinstance(manager.provisioner.process, warm_kernels.ForkedKernel)
            assert value(client, "1 + 1") == "2"
        with kernel(tmp_path) as (_, client):
            assert value(client, "__import__('os').getppid()") not in (str(parent), str(os.getpid()))


def test_a_place_at_which_nobody_answers_costs_nothing(tmp_path: Path) -> None:
    warm_kernels.join(tmp_path / "nobody", NOTHING)
    with kernel(tmp_path) as (manager, _):
        assert isinstance(manager.provisioner.process, warm_kernels.ForkedKernel)


@pytest.mark.parametrize(
    ("cmd", "outputs", "fits"),
    [
        ([sys.executable, "-m", "ipykernel_launcher", "-f", "x"], {}, True),
        (["/another/python", "-m", "ipykernel_launcher", "-f", "x"], {}, False),
        ([sys.executable, "-m", "xeus", "-f", "x"], {}, False),
        ([sys.executable, "-m", "ipykernel_launcher", "-f", "x"], {"stdout": -1}, False),
    ],
)
def test_only_this_python_with_files_for_outputs_fits(cmd: list[str], outputs: dict[str, int], *, fits: bool) -> None:
    """Any other kernel is started as usual."""
    assert warm_kernels._fits(cmd, outputs) is fits  # noqa: SLF001
