"""What is deleted is gone: from the file, from the log beside it, and from the order in which rows lie."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoRoomError

from partnership_model.delivery.consultation.schema import metadata
from partnership_model.errors import PartnershipError

if TYPE_CHECKING:
    from sqlalchemy import Engine

BUSY = "Another program has the store of ballots open, so that what was deleted may still stand in its files. Stop it, then try again."
CANNOT_PROMISE = "Backups and copies of the store, and the log of a PostgreSQL server, may still hold it; whoever keeps them says how long."


def rewrite(engine: Engine) -> None:
    """Write the whole database anew, in the order of its random ids, and empty the log.

    Raises:
        PartnershipError: another program keeps it open, or the disk refuses.
    """
    try:
        _rewrite_sqlite(engine) if engine.dialect.name == "sqlite" else _rewrite_postgres(engine)
    except (DBAPIError, sqlite3.Error, NoRoomError) as error:
        raise PartnershipError(BUSY) from error


def _rewrite_sqlite(engine: Engine) -> None:
    pooled = engine.raw_connection()
    try:
        connection = pooled.driver_connection
        connection.execute("VACUUM")  # which goes through the log too
        (busy, _, _) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if busy:
            raise PartnershipError(BUSY)
    finally:
        pooled.close()


def _rewrite_postgres(engine: Engine) -> None:
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("SET statement_timeout = 0"))
        try:
            for table in metadata.sorted_tables:  # their names are ours
                connection.execute(text(f'CLUSTER "{table.name}" USING "pk_{table.name}"'))
        finally:
            connection.execute(text("RESET statement_timeout"))
