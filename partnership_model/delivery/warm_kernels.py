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
import socket
import subprocess
import sys
import threading
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jupyter_client.provisioning import KernelProvisionerFactory, LocalProvisioner

from partnership_model.delivery.forked_kernel import ForkedKernel
from partnership_model.delivery.warm_forks import LAUNCHER, Rehearsal, receive, send

if TYPE_CHECKING:
    from collections.abc import Iterator

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


class ForkingLine:
    """A line to a process that has imported everything and forks kernels for whoever asks."""

    def __init__(self, line: socket.socket) -> None:
        """Hold on to the line."""
        self.owner = os.getpid()
        self._forks = False
        self._lock = threading.Lock()
        self._line = line
        self._line.settimeout(ANSWERS_WITHIN)

    def is_ours(self) -> bool:
        """Say whether it belongs to this process, not to the one that this was forked from."""
        return self.owner == os.getpid()

    def fork(self, request: dict[str, Any], outputs: list[int]) -> int:
        """Get the number of a new kernel's process."""
        with self._lock:
            try:
                send(self._line, request, outputs)
                answer, _ = receive(self._line)
            except ConnectionError:
                answer = None
        if answer is None:
            self._note_loss()
            message = "the warm parent has gone"
            raise ConnectionError(message)
        if "pid" not in answer:
            raise OSError(answer["error"])
        self._forks = True
        return int(answer["pid"])

    def _note_loss(self) -> None:
        """Be told that nobody answers any more."""

    def close(self) -> None:
        """Ask no more: the kernels that were asked for here are ended."""
        self._line.close()


class WarmParent(ForkingLine):
    """The process that has imported everything, seen from the one that has started it and with which it ends."""

    hopeless = False  # one that ended before its first kernel would only do so again

    def __init__(self, rehearsal: Rehearsal | None = None, door: socket.socket | None = None) -> None:
        """Start it; what it has to import is imported while others work.

        Args:
            rehearsal: what it goes through before it forks.
            door: where other processes of this user may knock that want kernels too.
        """
        ours, theirs = socket.socketpair()
        super().__init__(ours)
        numbers = [theirs.fileno(), *([door.fileno()] if door else [])]
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603
                [sys.executable, "-P", "-c", f"from {FORK_SIDE} import tend; tend({numbers!r}, {rehearsal and tuple(rehearsal)!r})"],
                # Threads of a linear algebra library would not survive the fork.
                env={**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"},
                pass_fds=numbers,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,  # Ctrl-C in the terminal is not for it
            )

    def is_ours(self) -> bool:
        """Say whether it runs, too."""
        return super().is_ours() and self._process.poll() is None

    def _note_loss(self) -> None:
        WarmParent.hopeless = not self._forks

    def close(self) -> None:
        """Let it end: its kernels notice and end too."""
        if self.owner != os.getpid():
            super().close()
            return
        with contextlib.suppress(OSError):
            self._line.shutdown(socket.SHUT_RDWR)  # wakes a thread that is waiting for an answer
        super().close()
        try:
            self._process.wait(1)
        except subprocess.TimeoutExpired:  # still importing
            self._process.kill()
            self._process.wait()


_guard = threading.Lock()
_parent: ForkingLine | None = None
_rehearsal: Rehearsal | None = None


def warm_up(rehearsal: Rehearsal | None = None) -> ForkingLine:
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


@contextlib.contextmanager
def shared(rehearsal: Rehearsal, folder: Path) -> Iterator[Path]:
    """Start one warm parent for several processes, and give the place at which they find it.

    Args:
        rehearsal: what it goes through before it forks.
        folder: which no other user can enter.
    """
    place = folder / "warm"
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(str(place))
        door.listen()
        parent = WarmParent(rehearsal, door)
    try:
        yield place
    finally:
        parent.close()


def join(place: Path, rehearsal: Rehearsal) -> None:
    """Take kernels from a warm parent that somebody else has started; from one's own once that has gone."""
    global _parent, _rehearsal  # noqa: PLW0603
    with _guard:
        _rehearsal = rehearsal
        line = socket.socket(socket.AF_UNIX)
        try:
            line.connect(str(place))
        except OSError:
            line.close()
        else:
            _parent = ForkingLine(line)


def close() -> None:
    """End the warm parent of this process."""
    global _parent  # noqa: PLW0603
    with _guard:
        if _parent is not None:
            _parent.close()
            _parent = None


atexit.register(close)
