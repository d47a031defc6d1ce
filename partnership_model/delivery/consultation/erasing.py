"""What is deleted is gone: from the file, from the log beside it, and from the order in which rows lie.

Where another program has the database open that cannot be done at once. So it is written down that it has to be, in the same
transaction as what is deleted, and tried again until it is done.
"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoRoomError

from partnership_model.delivery.consultation.marks import new_id
from partnership_model.delivery.consultation.schema import erasures, metadata

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

    from partnership_model.delivery.consultation.store import Store

BUSY = (
    "The traces of what was deleted are not erased from the store yet, because another program has it open: a backup, say. This is tried "
    "again every minute while the server runs, and whenever it starts."
)
PATIENCE = 1  # seconds for another program; ballots may be waiting
STILL_SEEN = """
SELECT EXISTS (
    SELECT FROM pg_stat_activity AS other, erasure
    WHERE other.datname = current_database() AND other.pid <> pg_backend_pid() AND age(other.backend_xmin) >= age(erasure.xmin)
)
"""
CANNOT_PROMISE = "Backups and copies of the store, and the log of a PostgreSQL server, may still hold it; whoever keeps them says how long."


def to_be_erased(connection: Connection) -> None:
    """Write down that what is deleted in this transaction has to be erased from the files too."""
    connection.execute(insert(erasures).values(id=new_id()))


def erase(store: Store) -> bool:
    """Erase what was deleted and still stands in the files; say whether nothing of it is left."""
    with store.transaction() as connection:
        waiting = connection.execute(select(erasures.c.id)).scalars().all()
    if not waiting:
        return True
    rewrite = _rewrite_sqlite if store.engine.dialect.name == "sqlite" else _rewrite_postgres
    try:
        if not rewrite(store.engine):
            return False
    except (DBAPIError, sqlite3.Error, NoRoomError):
        return False
    with store.transaction() as connection:
        connection.execute(delete(erasures).where(erasures.c.id.in_(waiting)))
    return True


def _rewrite_sqlite(engine: Engine) -> bool:
    """Write the whole database anew, in the order of its random ids, and empty the log; say whether nobody was in the way."""
    pooled = engine.raw_connection()
    try:
        connection = pooled.driver_connection
        (before,) = connection.execute("PRAGMA busy_timeout").fetchone()
        try:
            connection.execute(f"PRAGMA busy_timeout={1000 * PATIENCE}")
            connection.execute("VACUUM")  # which goes through the log too
            (busy, _, _) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        finally:
            connection.execute(f"PRAGMA busy_timeout={before}")
    finally:
        pooled.close()
    return not busy


def _rewrite_postgres(engine: Engine) -> bool:
    """Write each table anew, in the order of its random ids, if nobody is in the way: others wait behind whoever waits here.

    What somebody still sees who began to look before it was deleted would be written anew with the rest.
    """
    with engine.begin() as connection:
        if connection.execute(text(STILL_SEEN)).scalar_one():
            return False
    for table in metadata.sorted_tables:  # their names are ours
        with engine.begin() as connection:
            connection.execute(text(f"SET LOCAL lock_timeout = '{PATIENCE}s'"))
            connection.execute(text("SET LOCAL statement_timeout = 0"))
            connection.execute(text(f'CLUSTER "{table.name}" USING "pk_{table.name}"'))
    return True
