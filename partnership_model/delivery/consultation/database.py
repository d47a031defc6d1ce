"""The database of the ballots: SQLite in the user's data folder, or PostgreSQL by its address; its tables brought up to date."""

from __future__ import annotations

import os
import sqlite3
import stat
from pathlib import Path
from typing import TYPE_CHECKING, Any

import platformdirs
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, create_engine, event, inspect, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.exc import TimeoutError as NoRoomError

from partnership_model.errors import PartnershipError, printable

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

STORE = "PARTNERSHIP_STORE"  # where the address may stand, since a command line can be read by others
POSTGRES = "postgresql"
WAITS = 10  # seconds for a database that is busy or does not answer
MIGRATIONS = Path(__file__).parent / "migrations"
VERSION_TABLE = "alembic_version"
LOCK = 7_304_157  # drawn once; two programs that start at the same time on one server bring its tables up to date in turn
# A write-ahead log that is on the disk before a receipt is given; what is deleted is overwritten.
PRAGMAS = {"journal_mode": "wal", "synchronous": "FULL", "foreign_keys": "ON", "secure_delete": "ON"}
# A server that is no longer there is found out within seconds, also where nobody answers at all.
ALIVE = {"connect_timeout": WAITS, "keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3, "tcp_user_timeout": 15_000}
EXAMPLE = "postgresql://ballots@db.example.org/consultations"
ADVICE = {
    "not a database": "This file is no store of ballots, or it is damaged. Put a copy of it back, or name another file.",
    "malformed": "The file is damaged. Put a copy of it back, or name another file.",
    "readonly": "You may read this file and not write to it.",
    "unable to open": "You may not write there, or it is a folder.",
    "Permission denied": "You may not write there.",
    "full": "Make room on the disk.",
    "password authentication": "Its password may stand in ~/.pgpass or in PGPASSWORD.",
    "does not exist": "Have the database made first; the tables in it are made by this program.",
}


def default_address() -> str:
    """Give the address of the store: what the environment says, or a file in the user's data folder."""
    return os.environ.get(STORE) or f"sqlite:///{platformdirs.user_data_path('partnership-model', appauthor=False) / 'consultations.db'}"


def records_folder(engine: Engine) -> Path:
    """Give the folder in which records of closed consultations are kept: beside the file of the ballots, or among the user's data."""
    file = engine.url.database if engine.dialect.name == "sqlite" else None
    home = Path(file).parent if file and file != ":memory:" else platformdirs.user_data_path("partnership-model", appauthor=False)
    return home / "records"


def engine_of(address: str) -> Engine:
    """Connect to a store and bring its tables up to date.

    Raises:
        PartnershipError: the address is none, or the database cannot be used.
    """
    url = _url(address)
    engine = None
    try:
        engine = _sqlite(url) if url.get_backend_name() == "sqlite" else _postgres(url)
        with engine.begin() as connection:
            bring_up_to_date(connection)
    except (DBAPIError, sqlite3.Error, NoRoomError, OSError, PartnershipError) as error:
        if engine is not None:
            engine.dispose()
        message = f"The store of ballots {_place(url)} cannot be used: {_why(error)}"
        raise PartnershipError(message) from None
    return engine


def bring_up_to_date(connection: Connection) -> None:
    """Bring the tables up to date, all or none.

    Raises:
        PartnershipError: a newer version of this program wrote them, or they are another program's.
    """
    if connection.dialect.name == POSTGRES:
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        connection.execute(text("SET LOCAL statement_timeout = 0"))
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    steps = ScriptDirectory.from_config(config)
    found = MigrationContext.configure(connection).get_current_revision()
    if found is None:
        others = sorted(set(inspect(connection).get_table_names()) - {VERSION_TABLE})
        if others:
            message = f'it holds something else: a table "{printable(others[0])[:60]}". Give the ballots a database of their own.'
            raise PartnershipError(message)
    elif found not in {one.revision for one in steps.walk_revisions()}:
        message = "a newer version of this program wrote it. Bring the program up to date; nothing was changed."
        raise PartnershipError(message)
    if found != steps.get_current_head():
        command.upgrade(config, "head")


def _place(url: URL) -> str:
    """Name a database without the password, wherever in the address it stands."""
    bare = URL.create(url.get_backend_name(), url.username, None, url.host, url.port, url.database)
    return f"at {printable(bare.render_as_string())}"


def _why(error: BaseException) -> str:
    """Say in one line what the database said, and what may be done about it."""
    if isinstance(error, PartnershipError):
        return str(error)
    if isinstance(error, NoRoomError):
        return "another program keeps it busy."
    told = str(error.strerror if isinstance(error, OSError) else getattr(error, "orig", error))
    said = printable(" ".join(told.split())) or type(error).__name__
    advice = next((says for word, says in ADVICE.items() if word in said), "")
    return f"{said.rstrip('.')}. {advice}".strip()


def _url(address: str) -> URL:
    try:
        url = make_url(address)
    except (ArgumentError, ValueError):  # a port that is no number
        url = URL.create("none")
    kind = url.get_backend_name()
    if kind not in ("sqlite", POSTGRES):
        message = f"The address of a store begins with postgresql:// or sqlite:///, such as {EXAMPLE}."
        raise PartnershipError(message)
    if kind == "sqlite" and (not url.database or url.database.startswith((":", "file:")) or url.query or url.host):
        message = "A store in SQLite is a file, such as sqlite:///ballots.db or, by its whole path, sqlite:////srv/ballots.db."
        raise PartnershipError(message)
    return url.set(drivername="postgresql+psycopg") if kind == POSTGRES else url.set(drivername="sqlite")


def _sqlite(url: URL) -> Engine:
    """Open a file that is this user's alone; one connection, since SQLite has one writer anyway."""
    path = Path(str(url.database))
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.touch(mode=0o600)
    _keep_private(path)
    one = {"pool_size": 1, "max_overflow": 0, "pool_timeout": WAITS, "hide_parameters": True}
    engine = create_engine(url, connect_args={"check_same_thread": False, "timeout": WAITS}, **one)

    @event.listens_for(engine, "connect")
    def _set_up(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None  # transactions begin where we say
        for pragma, value in PRAGMAS.items():
            connection.execute(f"PRAGMA {pragma}={value}")
        (mode,) = connection.execute("PRAGMA journal_mode").fetchone()
        (sound,) = connection.execute("PRAGMA quick_check(1)").fetchone()
        problem = "" if sound == "ok" else "database disk image is malformed"
        problem = problem or ("" if mode == "wal" else "the disk it is on takes no write-ahead log; use a disk of this computer")
        if problem:
            raise sqlite3.DatabaseError(problem)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def _keep_private(path: Path) -> None:
    """Let nobody else on this computer read the ballots; what SQLite lays beside the file gets the same rights."""
    if os.name == "posix":
        about = path.stat()
        if about.st_uid == os.geteuid() and stat.S_ISREG(about.st_mode) and about.st_mode & 0o077:
            path.chmod(0o600)


def _postgres(url: URL) -> Engine:
    few = {"pool_size": 4, "max_overflow": 0, "pool_pre_ping": True, "pool_timeout": WAITS, "hide_parameters": True}
    alive = {name: value for name, value in ALIVE.items() if name not in url.query}
    try:
        engine = create_engine(url, connect_args=alive, isolation_level="READ COMMITTED", **few)
    except ModuleNotFoundError:
        message = "a store on PostgreSQL needs the extra `postgres`: pip install 'partnership-model[postgres]'."
        raise PartnershipError(message) from None

    @event.listens_for(engine, "connect")
    def _set_up(connection: Any, _record: object) -> None:  # noqa: ANN401 - psycopg's own, an extra
        # A receipt is given once the ballot is on the disk, whatever the server's habit; and nobody waits for ever.
        for setting in ("synchronous_commit = on", f"statement_timeout = '{WAITS}s'", f"lock_timeout = '{WAITS}s'"):
            connection.execute(f"SET {setting}")
        connection.commit()

    return engine
