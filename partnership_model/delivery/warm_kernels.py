"""Kernels that start with everything imported: each is forked from one warm parent, where the system can fork.

A `jupyter_client` kernel provisioner: Voila, papermill and nbclient use it without knowing. Where there is no
fork, or the parent is gone, or the kernel is not this very Python, a plain kernel is started instead.
This is the side of those who want kernels; `warm_forks` is the parent itself.
"""

from __future__ import annotations

import asyncio
import atexit
import contextlib
import os
import select
import signal
import socket
import subprocess
import sys
import threading
import time
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jupyter_client.provisioning import KernelProvisionerFactory, LocalProvisioner

from partnership_model.delivery.warm_forks import LAUNCHER, Rehearsal, receive, send

if TYPE_CHECKING:
    from jupyter_client.connect import KernelConnectionInfo

NAME = "partnership-warm"
CAN_FORK = os.name == "posix" and hasattr(socket, "send_fds")
FORK_SIDE = "partnership_model.delivery.warm_forks"
ANSWERS_WITHIN = 60


def provisioner_name() -> str:
    """Make the provisioner known, installed or not, and name the one to use on this system."""
    KernelProvisionerFactory.provisioners.setdefault(
        NAME, EntryPoint(NAME, f"{__name__}:WarmProvisioner", KernelProvisionerFactory.GROUP_NAME)
    )
    return NAME if CAN_FORK else "local-provisioner"


class WarmProvisioner(LocalProvisioner):
    """Asks the warm parent for a process instead of starting one."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:  # noqa: ANN401
        """Fork a kernel, or start a plain one."""
        if not _fits(cmd, kwargs):
            return await super().launch_kernel(cmd, **kwargs)
        try:
            pid = await asyncio.to_thread(_fork, cmd, kwargs)
        except (ConnectionError, TimeoutError):
            close()
            return await super().launch_kernel(cmd, **kwargs)
        except OSError:
            return await super().launch_kernel(cmd, **kwargs)
        self.process = ForkedKernel(pid)
        self.pid = self.pgid = pid
        self.cwd = Path(kwargs.get("cwd") or Path.cwd())
        return self.connection_info


def _fits(cmd: list[str], kwargs: dict[str, Any]) -> bool:
    """Say whether the warm parent can be this kernel: the same Python, which writes to files if anywhere."""
    outputs = [kwargs.get(name) for name in ("stdout", "stderr")]
    files = all(output is None or hasattr(output, "fileno") for output in outputs)
    return CAN_FORK and not WarmParent.hopeless and cmd[0] == sys.executable and LAUNCHER in cmd and files


def _fork(cmd: list[str], kwargs: dict[str, Any]) -> int:
    """Tell the parent what the kernel should be like."""
    outputs = [kwargs.get("stdout"), kwargs.get("stderr")]
    handles = [number if output is None else output.fileno() for number, output in enumerate(outputs, start=1)]
    request = {
        "argv": cmd[cmd.index(LAUNCHER) + 1 :],
        "env": dict(kwargs.get("env") or os.environ),
        "cwd": str(kwargs.get("cwd") or Path.cwd()),
    }
    return warm_up().fork(request, handles)


class ForkedKernel:
    """A process that is somebody else's child, used like one's own."""

    stdin = stdout = stderr = None

    def __init__(self, pid: int) -> None:
        """Hold on to the process where the system lets one; its number alone might be given to another."""
        self.pid = pid
        self.returncode: int | None = None
        self._handle: int | None = None
        if hasattr(os, "pidfd_open"):
            try:
                self._handle = os.pidfd_open(pid)
            except ProcessLookupError:
                self.returncode = 1
            except OSError:  # an older Linux, or one that forbids it
                pass

    def poll(self) -> int | None:
        """Say None while it runs; how it ended is not known."""
        if self.returncode is None and not self._runs():
            self.returncode = 1
            if self._handle is not None:
                os.close(self._handle)
        return self.returncode

    def _runs(self) -> bool:
        """Look whether the process is there; a handle can be read from once it has ended."""
        if self._handle is not None:
            poller = select.poll()
            poller.register(self._handle, select.POLLIN)
            return not poller.poll(0)
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return False
        return True

    def wait(self, timeout: float | None = None) -> int:
        """Wait until it has ended."""
        end = None if timeout is None else time.monotonic() + timeout
        while self.poll() is None:
            if end is not None and time.monotonic() > end:
                raise subprocess.TimeoutExpired(LAUNCHER, timeout)
            time.sleep(0.02)
        return self.returncode

    def send_signal(self, number: int) -> None:
        """Send a signal to a process that is still there."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End it."""
        self.send_signal(signal.SIGKILL)


class WarmParent:
    """The process that has imported everything, seen from the one that wants kernels."""

    hopeless = False  # one that ended before its first kernel would only do so again

    def __init__(self, rehearsal: Rehearsal | None = None) -> None:
        """Start it; what it has to import is imported while others work."""
        self.owner = os.getpid()
        self._forks = False
        self._lock = threading.Lock()
        self._line, theirs = socket.socketpair()
        self._line.settimeout(ANSWERS_WITHIN)
        number = theirs.fileno()
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603
                [sys.executable, "-P", "-c", f"from {FORK_SIDE} import tend; tend({number}, {rehearsal and tuple(rehearsal)!r})"],
                # Threads of a linear algebra library would not survive the fork.
                env={**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"},
                pass_fds=[number],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,  # Ctrl-C in the terminal is not for it
            )

    def is_ours(self) -> bool:
        """Say whether it runs and belongs to this process, not to the one that this was forked from."""
        return self.owner == os.getpid() and self._process.poll() is None

    def fork(self, request: dict[str, Any], outputs: list[int]) -> int:
        """Get the number of a new kernel's process."""
        with self._lock:
            try:
                send(self._line, request, outputs)
                answer, _ = receive(self._line)
            except ConnectionError:
                answer = None
        if answer is None:
            WarmParent.hopeless = not self._forks
            message = "the warm parent has gone"
            raise ConnectionError(message)
        if "pid" not in answer:
            raise OSError(answer["error"])
        self._forks = True
        return int(answer["pid"])

    def close(self) -> None:
        """Let it end: its kernels notice and end too."""
        if self.owner != os.getpid():
            self._line.close()
            return
        with contextlib.suppress(OSError):
            self._line.shutdown(socket.SHUT_RDWR)  # wakes a thread that is waiting for an answer
        self._line.close()
        try:
            self._process.wait(1)
        except subprocess.TimeoutExpired:  # still importing
            self._process.kill()
            self._process.wait()


_guard = threading.Lock()
_parent: WarmParent | None = None
_rehearsal: Rehearsal | None = None


def warm_up(rehearsal: Rehearsal | None = None) -> WarmParent:
    """Start the warm parent of this process, or give the one that is there.

    Args:
        rehearsal: what it goes through, and every later one that has to take its place.
    """
    global _parent, _rehearsal  # noqa: PLW0603
    with _guard:
        _rehearsal = rehearsal or _rehearsal
        if _parent is None or not _parent.is_ours():
            if _parent is not None:
                _parent.close()
            _parent = WarmParent(_rehearsal)
        return _parent


def close() -> None:
    """End the warm parent of this process."""
    global _parent  # noqa: PLW0603
    with _guard:
        if _parent is not None:
            _parent.close()
            _parent = None


atexit.register(close)
