"""A command with all that it starts: how long it takes, what it costs, and how much memory its parts hold."""

from __future__ import annotations

import subprocess
import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import psutil

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

EVERY = 0.1  # seconds between two looks
MEGABYTE = 1 << 20
GONE = (psutil.NoSuchProcess, psutil.AccessDenied)


@dataclass(frozen=True)
class Spent:
    """What a command has cost.

    Attributes:
        wall: seconds from its start to its end.
        processor: seconds of all processors, of it and all that it started, as last seen of each.
        memory: the largest sum of resident memory seen at a time in MB; what forks share counts with each.
        kept: at each line that it printed, the resident memory in MB of its oldest processes that are still there at the end.
    """

    wall: float
    processor: float
    memory: float
    kept: tuple[float, ...] = field(default=(), repr=False)


class _Watch:
    """Looks at a process and its descendants again and again: those of a warm parent are never waited for."""

    def __init__(self, pid: int) -> None:
        self.top = psutil.Process(pid)
        self.times: dict[tuple[int, float], float] = {}
        self.largest = 0.0
        self.kept: list[float] = []
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def _look(self) -> None:
        while not self._over.wait(EVERY):
            self.look()

    def look(self) -> None:
        """Note the processor time of each and the memory of all."""
        memory = 0
        for process in self._all():
            try:
                with process.oneshot():
                    times = process.cpu_times()
                    self.times[process.pid, process.create_time()] = times.user + times.system
                    memory += process.memory_info().rss
            except GONE:
                continue
        self.largest = max(self.largest, memory / MEGABYTE)

    def line(self) -> None:
        """Note the memory of what stays for the whole batch: the command, its workers and their warm parents, no kernel."""
        found = 0
        for process in self._all():
            try:
                found += process.memory_info().rss if "forkserver" in " ".join(process.cmdline()) or process == self.top else 0
            except GONE:
                continue
        self.kept.append(found / MEGABYTE)

    def _all(self) -> list[psutil.Process]:
        try:
            return [self.top, *self.top.children(recursive=True)]
        except GONE:
            return []

    def end(self) -> None:
        """Look no more."""
        self._over.set()
        self._thread.join()


def spent(command: Sequence[str | Path], cwd: Path) -> Spent:
    """Run a command and say what it cost.

    Raises:
        subprocess.CalledProcessError: it failed.
    """
    begun = time.monotonic()
    with subprocess.Popen(list(map(str, command)), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=cwd) as process:
        watch, said = _Watch(process.pid), []
        for line in process.stdout or ():
            said.append(line)
            if line.startswith("done"):
                watch.line()
        process.wait()
    wall = time.monotonic() - begun
    watch.end()
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command, "".join(said[-20:]))
    return Spent(wall, sum(watch.times.values()), watch.largest, tuple(watch.kept))
