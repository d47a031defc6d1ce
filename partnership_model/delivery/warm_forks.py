"""The warm parent of kernels: it imports everything, rehearses, and then forks a kernel for each request."""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import select
import signal
import socket
import struct
import sys
import time
import traceback
from typing import Any, NamedTuple, NoReturn

LAUNCHER = "ipykernel_launcher"
# In the order in which they are imported; what is missing costs the kernel its own import, no more.
MODULES = (
    "sqlite3",
    "ipykernel.kernelapp",
    "ipykernel.ipkernel",
    "ipykernel.zmqshell",
    "IPython.core.completer",
    "IPython.core.debugger",
    "psutil",
    "numpy.random",
    "pandas",
    "altair",
    "ipywidgets",
    "anywidget",
    "partnership_model.display",
    "partnership_model.display.widgets",
)
WITHOUT = "debugpy"  # which ipykernel imports where it is there, and no kernel of ours needs
_LENGTH = struct.Struct("!Q")


class Rehearsal(NamedTuple):
    """What the parent goes through once before it forks, so that its kernels share what that has made.

    Attributes:
        function: its module and name, as in "package.module:function".
        about: what it is called with.
    """

    function: str
    about: str


def send(line: socket.socket, message: dict[str, Any], handles: list[int]) -> None:
    """Send a message, and open files along with its first bytes."""
    body = json.dumps(message).encode()
    head = _LENGTH.pack(len(body))
    if handles:
        socket.send_fds(line, [head], handles)
    else:
        line.sendall(head)
    line.sendall(body)


def receive(line: socket.socket) -> tuple[dict[str, Any] | None, list[int]]:
    """Receive a message, or None when the other side has gone."""
    head, handles, _, _ = socket.recv_fds(line, _LENGTH.size, 2)
    if len(head) < _LENGTH.size:
        return None, list(handles)
    (wanted,) = _LENGTH.unpack(head)
    body = b""
    while len(body) < wanted:
        piece = line.recv(wanted - len(body))
        if not piece:
            return None, list(handles)
        body += piece
    return json.loads(body), list(handles)


def tend(numbers: list[int], rehearsal: tuple[str, str] | None = None) -> None:
    """Be the warm parent: import, rehearse, then fork a kernel for each request until the one that started it has gone.

    Args:
        numbers: of the line to whoever has started it, and of the door at which others knock, if there is one.
        rehearsal: what is gone through; whoever waits already comes first, unless there will be many.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sys.modules[WITHOUT] = None
    for name in MODULES:
        with contextlib.suppress(Exception):  # a broken module is for the kernel that wants it to report
            importlib.import_module(name)
    _freeze()
    first, *doors = (socket.socket(fileno=number) for number in numbers)
    asking = Asking(first, doors)
    while True:
        if rehearsal and (doors or not asking.ready(0)):
            _rehearse(Rehearsal(*rehearsal))
            rehearsal = None
        for one in asking.ready():
            if one in doors:
                asking.kernels[one.accept()[0]] = set()
            elif not asking.answer(one) and one is first:
                return


class Asking:
    """Those who ask for kernels, each with the kernels that were forked for it, which end with it."""

    def __init__(self, first: socket.socket, doors: list[socket.socket]) -> None:
        """Listen to the first and to whoever comes through a door."""
        self.kernels: dict[socket.socket, set[int]] = {first: set()}
        self._doors = doors
        self._left: set[int] = set()  # of those who have gone
        # A kernel that has ended keeps its number until it is cleared away, so that none is ended in the place of another.
        self._ended, wake = socket.socketpair()
        for one in (self._ended, wake):
            one.setblocking(False)  # noqa: FBT003 - as it is called
        self._wake = wake
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(wake.fileno(), warn_on_full_buffer=False)

    def ready(self, within: float | None = None) -> list[socket.socket]:
        """Wait for somebody who says something, or goes; clear away meanwhile which kernels have ended."""
        found, _, _ = select.select([*self.kernels, *self._doors, self._ended], [], [], within)
        if self._ended in found:
            found.remove(self._ended)
            with contextlib.suppress(BlockingIOError):
                while self._ended.recv(1024):
                    pass
            for each in (*self.kernels.values(), self._left):
                each.difference_update([pid for pid in each if os.waitpid(pid, os.WNOHANG)[0]])
        return found

    def answer(self, line: socket.socket) -> bool:
        """Fork the kernel that is asked for; say whether there was somebody who asked."""
        request, handles = receive(line)
        if request is None:
            self._end(line)
            return False
        try:
            pid = os.fork()
        except OSError as error:
            answer = {"error": str(error)}
        else:
            if pid == 0:
                self._leave()
                _be_kernel(request, handles)
            answer = {"pid": pid}
            self.kernels[line].add(pid)
        for handle in handles:
            os.close(handle)
        with contextlib.suppress(ConnectionError):  # who has gone meanwhile is heard of at the next look
            send(line, answer, [])
        return True

    def _end(self, line: socket.socket) -> None:
        """End the kernels of somebody who has gone."""
        line.close()
        kernels = self.kernels.pop(line)
        for pid in kernels:
            os.kill(pid, signal.SIGKILL)
        self._left |= kernels

    def _leave(self) -> None:
        """Be none of this any more, in a fork."""
        signal.set_wakeup_fd(-1)
        for one in (*self.kernels, *self._doors, self._ended, self._wake):
            one.close()


def _rehearse(rehearsal: Rehearsal) -> None:
    """Go through what was asked for; what fails here fails in the kernels too, where somebody is told."""
    module, _, name = rehearsal.function.partition(":")
    with contextlib.suppress(Exception, SystemExit):
        getattr(importlib.import_module(module), name)(rehearsal.about)
    _freeze()


def _freeze() -> None:
    """Let what is shared with the kernels stay shared."""
    gc.collect()
    gc.freeze()


def _be_kernel(request: dict[str, Any], handles: list[int]) -> NoReturn:
    """Turn this fork into the kernel that was asked for."""
    code = 1
    try:
        _settle(request, handles)
        _run(request["argv"])
        code = 0
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else 1
    except BaseException:  # noqa: BLE001
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _settle(request: dict[str, Any], handles: list[int]) -> None:
    """Take over the surroundings that a process of its own would have had."""
    os.setsid()  # its own group, so that signals meant for it reach nobody else
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for target, handle in enumerate([os.open(os.devnull, os.O_RDONLY), *handles]):
        os.dup2(handle, target)
        os.close(handle)
    os.chdir(request["cwd"])
    os.environ.clear()
    os.environ.update(request["env"])
    time.tzset()
    import random  # noqa: PLC0415

    random.seed()
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed()


def _run(argv: list[str]) -> None:
    """Run the kernel; it watches its parent, because it was not there when `ipykernel` was imported."""
    from ipykernel.kernelapp import IPKernelApp  # noqa: PLC0415

    sys.argv = [LAUNCHER, *argv]
    app = IPKernelApp.instance(parent_handle=os.getppid())
    app.initialize(argv)
    if "ipywidgets" in sys.modules:
        # Done on import where there is a kernel already.
        sys.modules["ipywidgets"].load_ipython_extension(app.shell)
    app.start()
