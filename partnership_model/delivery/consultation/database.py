"""The database of the ballots: SQLite in the user's data folder, or PostgreSQL by its address; its tables brought up to date."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import platformdirs
from alembic import command
from alembic.config import Config
from sqlalchemy import URL, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from partnership_model.errors import PartnershipError

if TYPE_CHECKING:
    from sqlalchemy import Engine

STORE = "PARTNERSHIP_STORE"  # where the address may stand, since a command line can be read by others
POSTGRES = "postgresql"
WAITS = 10  # seconds for a database that is busy or does not answer
MIGRATIONS = Path(__file__).parent / "migrations"


def default_address() -> str:
    """Give the address of the store: what the environment says, or a file in the user's data folder."""
    return os.environ.get(STORE) or f"sqlite:///{platformdirs.user_data_path('partnership-model', appauthor=False) / 'consultations.db'}"


def engine_of(address: str) -> Engine:
    """Connect to a store and bring its tables up to date.

    Raises:
        PartnershipError: the address is none, or the database cannot be used.
    """
    url = _url(address)
    try:
        engine = _sqlite(url) if url.get_backend_name() == "sqlite" else _postgres(url)
        with engine.begin() as connection:
            upgrade(connection)
    except (DBAPIError, OSError) as error:
        why = getattr(error, "orig", error)
        message = f"The store of ballots at {url.render_as_string()} cannot be used: {type(why).__name__}: {why}"
        raise PartnershipError(message.strip()) from None
    return engine


def upgrade(connection: Any) -> None:  # noqa: ANN401 - a connection of SQLAlchemy
    """Bring the tables up to date, all or none."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _url(address: str) -> URL:
    try:
        url = make_url(address)
    except ArgumentError:
        url = URL.create("none")
    if url.get_backend_name() not in ("sqlite", POSTGRES):
        message = (
            "The address of a store begins with postgresql:// or sqlite:///, such as postgresql://ballots@db.example.org/consultations."
        )
        raise PartnershipError(message)
    return url.set(drivername="postgresql+psycopg") if url.get_backend_name() == POSTGRES else url.set(drivername="sqlite")


def _sqlite(url: URL) -> Engine:
    """Open a file that is this user's alone; one connection, since SQLite has one writer anyway."""
    if url.database and url.database != ":memory:":
        path = Path(url.database)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.touch(mode=0o600)
    one = {"pool_size": 1, "max_overflow": 0, "pool_timeout": WAITS}
    engine = create_engine(url, connect_args={"check_same_thread": False, "timeout": WAITS}, **one)

    @event.listens_for(engine, "connect")
    def _set_up(connection: Any, _record: object) -> None:  # noqa: ANN401 - sqlite3's own
        connection.isolation_level = None  # transactions begin where we say
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:  # noqa: ANN401 - a connection of SQLAlchemy
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def _postgres(url: URL) -> Engine:
    few = {"pool_size": 4, "max_overflow": 0, "pool_pre_ping": True, "pool_timeout": WAITS}
    try:
        return create_engine(url, connect_args={"connect_timeout": WAITS}, **few)
    except ModuleNotFoundError:
        message = "A store on PostgreSQL needs the extra `postgres`: pip install 'partnership-model[postgres]'."
        raise PartnershipError(message) from None
