"""Whole batches as a user runs them, in processes that are killed on the way: every appraisal is there once, and nothing is left."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import psutil
import pytest

from partnership_model.delivery import warm_kernels
from partnership_model.delivery.run_record import read_run
from tests.delivery.appraising import contents
from tests.display.test_notebook import copied

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

WITHIN = 240
NAMES = ("a", "b", "c", "d", "e")
WHOLE = {"result.json", "run.json"}

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not warm_kernels.CAN_FORK, reason="this system cannot fork")]


@pytest.fixture
def cases(tmp_path: Path) -> list[Path]:
    """Make five cases."""
    (tmp_path / "cases").mkdir()
    return [copied(tmp_path / "cases", name) for name in NAMES]


@contextmanager
def appraising(cases: list[Path], out: Path, *more: str) -> Iterator[subprocess.Popen[str]]:
    """Start the command."""
    command = [sys.executable, "-m", "partnership_model.delivery.cli", "appraise", *map(str, cases), "--out", str(out)]
    process = subprocess.Popen(
        [*command, "--to", "json", "--samples", "1", *more],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=out.parent,
        start_new_session=True,
    )
    with process:
        try:
            yield process
        finally:
            process.kill()


def below(pid: int) -> list[psutil.Process]:
    """Give all processes that a process has started."""
    return psutil.Process(pid).children(recursive=True)


def assert_all_end(processes: list[psutil.Process]) -> None:
    """Wait for processes that have lost their reason to be."""
    _, alive = psutil.wait_procs(processes, timeout=30)
    assert not alive


def done_in(out: Path) -> set[str]:
    """Name the cases whose results are there, which must be there whole."""
    folders = [path for path in out.iterdir() if path.is_dir() and not path.name.startswith(".")]
    assert all({file.name for file in path.iterdir()} == WHOLE for path in folders)
    records = {path.name: read_run(path, "governors") for path in folders}
    assert all(record and record.state == "done" for record in records.values())
    return set(records)


def a_worker(main: int) -> psutil.Process:
    """Find a worker of the pool once a kernel runs: all are children of one process that forks them."""
    each = {" ".join(child.cmdline()): child.children() for child in psutil.Process(main).children()}
    if not any(found for name, found in each.items() if "warm_forks" in name):
        raise IndexError
    return next(found[0] for name, found in each.items() if "forkserver" in name)


def test_a_batch_that_is_stopped_killed_and_robbed_of_a_worker_is_complete_in_the_end(cases: list[Path], tmp_path: Path) -> None:
    out = tmp_path / "results"
    with appraising(cases, out, "--jobs", "2") as process:  # a person presses Ctrl-C
        assert process.stdout
        first = process.stdout.readline()
        assert first.startswith("done: ")
        started = below(process.pid)
        os.killpg(process.pid, signal.SIGINT)
        _, said = process.communicate(timeout=WITHIN)
        assert process.returncode == 130
        assert said.rstrip().endswith("of 5 are done. The same command goes on from here.")
        assert "Traceback" not in said
        assert_all_end(started)
    assert 1 <= len(done_in(out)) < len(NAMES)
    assert not list(out.glob(".*"))

    with appraising(cases, out, "--jobs", "2") as process:  # the computer runs out of power
        assert process.stdout
        while not (line := process.stdout.readline()).startswith("done: "):
            assert line.startswith("done already: ")
        started = below(process.pid)
        process.kill()
        process.wait(WITHIN)
        assert_all_end(started)
    before = done_in(out)
    assert 2 <= len(before) < len(NAMES)

    with appraising([*cases, copied(tmp_path / "cases", "f")], out, "--jobs", "2") as process:  # a worker needs too much memory
        assert process.stdout
        lines = [process.stdout.readline() for _ in before]
        assert {line.strip() for line in lines} == {f"done already: {name}" for name in before}
        end = time.monotonic() + WITHIN
        while time.monotonic() < end:
            try:
                worker = a_worker(process.pid)
                break
            except IndexError:
                time.sleep(0.1)
        started = below(process.pid)
        worker.kill()
        said, wrong = process.communicate(timeout=WITHIN)
        assert (process.returncode, wrong) == (0, "")
        assert_all_end(started)
    assert done_in(out) == {*NAMES, "f"}
    assert sorted(path.name for path in out.iterdir() if path.is_file()) == ["batch.json", "failures.csv", "index.html", "summary.xlsx"]


@contextmanager
def dask(folder: Path, workers: int) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """Start a scheduler and workers on this computer alone, and give their address."""
    file = folder / "scheduler.json"
    common = ["--scheduler-file", str(file), "--host", "127.0.0.1", "--no-dashboard"]
    alone = ["--nthreads", "1", "--no-nanny", "--local-directory", str(folder)]
    started = [dask_part("dask_scheduler", *common, "--port", "0", cwd=folder)]
    try:
        started += [dask_part("dask_worker", *common, *alone, cwd=folder) for _ in range(workers)]
        end = time.monotonic() + WITHIN
        while not file.exists() and time.monotonic() < end:
            time.sleep(0.1)
        yield json.loads(file.read_text(encoding="utf-8"))["address"], started[1:]
    finally:
        for process in started:
            process.kill()
            process.wait()


def dask_part(name: str, *choices: str, cwd: Path) -> subprocess.Popen[bytes]:
    """Start a part of Dask, which has much to say."""
    command = [sys.executable, "-m", f"distributed.cli.{name}", *choices]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=cwd)


def test_a_cluster_that_loses_a_worker_leaves_every_appraisal_once_and_no_kernel(cases: list[Path], tmp_path: Path) -> None:
    out = tmp_path / "results"
    (tmp_path / "dask").mkdir()
    with dask(tmp_path / "dask", 2) as (address, workers), appraising(cases, out, "--cluster", address) as process:
        assert process.stdout
        first = process.stdout.readline()
        assert first.startswith("done: ")
        running = [worker for worker in workers if below(worker.pid)]
        started = below(running[0].pid)
        assert started
        running[0].kill()
        said, wrong = process.communicate(timeout=WITHIN)
        assert (process.returncode, wrong) == (0, "")
        assert sorted(line.split()[1].rstrip(",") for line in [first, *said.splitlines()[:-1]]) == list(NAMES)
        assert_all_end(started)
        started = [child for worker in workers if worker is not running[0] for child in below(worker.pid)]
    assert_all_end(started)
    assert done_in(out) == set(NAMES)
    assert not [name for name in contents(out) if name.startswith(".")]
