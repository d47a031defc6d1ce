"""A kernel's process that was forked by the warm parent, used like a process that one has started oneself."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import time

from partnership_model.delivery.warm_forks import LAUNCHER


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
