"""`partnership consult` as a person starts it: run, killed, started again, and held against what the crowd said."""

from __future__ import annotations

import datetime as dt
import http.client
import os
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

from partnership_model.delivery.consultation.marks import mark_of
from partnership_model.delivery.consultation.moderation import comments_of
from partnership_model.delivery.consultation.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from peers.crowd import Person

    from partnership_model.delivery.consultation.kept_rows import Session
    from tests.delivery.consultation.own_postgres import OwnPostgres

CASE = "ember-2016"
ROOT = Path(__file__).resolve().parents[2]
STOPS_WITHIN = 20
ASKS_EVERY = 0.5
MEBIBYTE = 1 << 20


def free_port() -> int:
    """Give a port at which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as bound:
        return int(bound.getsockname()[1])


class Consulting:
    """One consultation that is served, and may be killed."""

    def __init__(self, folder: Path, store: str = "", options: Sequence[str] = ()) -> None:
        """Take a folder that stands for the user's home, the address of the store, and further options of the command."""
        self.folder = folder
        self.options = tuple(options)
        self.store = store or f"sqlite:///{folder / 'ballots.db'}"
        self.port = free_port()
        self.said: list[str] = []
        self.process: subprocess.Popen[str] | None = None
        self._reader: threading.Thread | None = None

    def start(self, *, again: bool = False) -> None:
        """Start it and wait until the forms are there, and the first time the facilitator's pages too."""
        command = [sys.executable, "-m", "partnership_model.delivery.cli", "consult", CASE, "--no-browser", "--port", "0"]
        own = dict.fromkeys(("HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"), str(self.folder))
        self.process = subprocess.Popen(
            [*command, "--hall-port", str(self.port), *self.options],
            env={**os.environ, **own, "PYTHONPATH": str(ROOT), "PARTNERSHIP_STORE": self.store},
            cwd=self.folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        for line in self.process.stdout:
            self.said.append(line)
            if "The workbook " in line or (again and "The forms are at" in line):
                break
        else:
            sys.exit(f"partnership consult did not start:\n{''.join(self.said)}")
        self._reader = threading.Thread(target=self.said.extend, args=[self.process.stdout], daemon=True)
        self._reader.start()

    @property
    def token(self) -> tuple[int, str]:
        """Give the port of the facilitator's pages and the token that opens them, of the last start."""
        found = re.findall(r"http://127\.0\.0\.1:(\d+)/\?token=(\S+)", "".join(self.said))[-1]
        return int(found[0]), found[1]

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Have the facilitator's page and the wall ask for the number of answers and for pictures meanwhile, as their scripts do."""
        port, token = self.token
        cookie = _asked(port, f"/?token={token}", "")[1].split(";")[0]
        over = threading.Event()

        def watch() -> None:
            while not over.wait(ASKS_EVERY):
                for path in ("/consultation/now", "/consultation/now", "/consultation/pictures"):
                    _asked(port, path, cookie)

        thread = threading.Thread(target=watch)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()

    def kill(self) -> None:
        """End it in the middle of whatever it does; its children go as they notice."""
        family = [psutil.Process(self.process.pid), *psutil.Process(self.process.pid).children(recursive=True)]
        self.process.kill()
        for one in family[1:]:
            with suppress(psutil.NoSuchProcess):
                one.kill()
        self._end()

    def _end(self) -> None:
        """Read what it said last."""
        self.process.wait()
        if self._reader:
            self._reader.join(STOPS_WITHIN)
        self.process.stdout.close()

    def stop(self) -> None:
        """End it in good order."""
        if self.process and self.process.poll() is None:
            self.process.terminate()
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(STOPS_WITHIN)
            if self.process.poll() is None:
                self.kill()
            else:
                self._end()

    def memory(self) -> float:
        """Give the memory of the server itself in MiB, without the kernels that its dashboards have."""
        return psutil.Process(self.process.pid).memory_full_info().pss / MEBIBYTE

    def worked(self) -> float:
        """Give the seconds of processor time that the server itself has used."""
        times = psutil.Process(self.process.pid).cpu_times()
        return times.user + times.system

    def busy(self, for_seconds: float = 1.0) -> float:
        """Give how much of one processor it uses, with all that it started."""
        family = [psutil.Process(self.process.pid), *psutil.Process(self.process.pid).children(recursive=True)]
        for one in family:
            one.cpu_percent()
        time.sleep(for_seconds)
        used = 0.0
        for one in family:
            with suppress(psutil.NoSuchProcess):
                used += one.cpu_percent() / 100
        return used

    def open_session(self) -> Session:
        """Open an evening, as the facilitator's page does."""
        store = Store(self.store)
        try:
            (about,) = [one for one in [store.latest(self.place())] if one]
            return store.open_session(about.id, "An evening", "session", dt.datetime.now(dt.UTC).date())
        finally:
            store.close()

    @staticmethod
    def place() -> str:
        """Give the folder of the case, as the store knows it."""
        return str((ROOT / "data" / "cases" / CASE).resolve())

    def held_against(self, persons: Sequence[Person]) -> Kept:
        """Hold what the store has against what the crowd said."""
        store = Store(self.store)
        try:
            about = store.latest(self.place())
            lost, altered = 0, 0
            for one in (one for one in persons if one.acknowledged):
                found = store.ballot_of(about.id, mark_of(about.secret, f"participant {one.receipt}"))
                lost += found is None
                said = (one.group, one.places, one.comment)
                altered += found is not None and (found.group, dict(found.places), found.comment) != said
            rows, comments = len(store.ballots(about.id)), len(comments_of(store, about.id))
        finally:
            store.close()
        return Kept(sum(one.acknowledged for one in persons), rows, comments, lost, altered)


def _asked(port: int, path: str, cookie: str) -> tuple[int, str]:
    """Ask for a page of the facilitator; give the status and the cookie that came with it."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        line.request("GET", path, headers={"Cookie": cookie} if cookie else {})
        answer = line.getresponse()
        answer.read()
        return answer.status, answer.headers["Set-Cookie"] or ""
    finally:
        line.close()


@dataclass(frozen=True)
class Kept:
    """What became of a crowd's ballots."""

    acknowledged: int
    rows: int
    comments: int
    lost: int
    altered: int

    def whole(self, people: int) -> bool:
        """Say whether each person is in, once and as they said it."""
        return (self.acknowledged, self.rows, self.comments, self.lost, self.altered) == (people, people, people, 0, 0)


@contextmanager
def own_postgres() -> Iterator[OwnPostgres]:
    """Run a PostgreSQL of our own that waits for the disk."""
    sys.path.append(str(ROOT))
    from tests.delivery.consultation.own_postgres import OwnPostgres  # noqa: PLC0415 - the tests' own, in the same repository

    server = OwnPostgres(careful=True)
    try:
        yield server
    finally:
        server.remove()


@contextmanager
def consulting(store: str = "", options: Sequence[str] = ()) -> Iterator[Consulting]:
    """Serve a consultation in a folder of its own, and leave nothing behind."""
    with tempfile.TemporaryDirectory(prefix="consulting-", ignore_cleanup_errors=True) as name:
        served = Consulting(Path(name), store, options)
        try:
            served.start()
            yield served
        finally:
            served.stop()
