"""What a server does by itself: it erases, freezes and deletes while it runs, and stops once nothing is left to be served."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import json
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from partnership_model.analysis.consultation.live_pictures import Live, next_pictures
from partnership_model.delivery.consultation import erasing, upkeep
from partnership_model.delivery.consultation.desk import Desk
from partnership_model.delivery.consultation.erasing import BUSY
from partnership_model.delivery.consultation.freezing import close_frozen, frozen_of
from partnership_model.delivery.consultation.kept_rows import StoreDownError
from partnership_model.delivery.consultation.retention import delete_consultation, kept
from partnership_model.delivery.consultation.store import Store
from partnership_model.delivery.consultation.upkeep import GONE, LookedAfter, keep_up, looked_after
from tests.delivery.consultation.clocks import due_today, seen_this_morning
from tests.delivery.consultation.own_postgres import rows
from tests.delivery.consultation.voting import DAY, ballot, mark

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from partnership_model.delivery.consultation.kept_rows import Consultation, Session
    from partnership_model.knowledge.consultation.question_set import QuestionSet
    from tests.delivery.consultation.own_postgres import OwnPostgres


@contextlib.contextmanager
def reading(store: Store) -> Iterator[None]:
    """Read the ballots as another program, in a transaction that does not end."""
    other = sa.create_engine(store.engine.url)
    with other.connect() as connection:
        if other.dialect.name == "sqlite":
            connection.exec_driver_sql("BEGIN")
        connection.execute(sa.text("SELECT * FROM ballot")).all()
        yield
    other.dispose()


NOW = dt.datetime.combine(DAY, dt.time(), dt.UTC)


def test_a_server_deletes_while_it_runs_says_so_once_and_stops(
    store: Store, consultation: Consultation, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upkeep, "EVERY", 0.05)
    store.cast(session.id, mark(1), ballot(1))
    told: list[str] = []
    stopped: list[int] = []
    desk = Desk(store, consultation, tell=told.append)

    async def run() -> None:
        running = asyncio.ensure_future(keep_up(desk, lambda: stopped.append(1)))
        await asyncio.sleep(0.3)
        assert (told, stopped) == ([], [])
        due_today(store)
        await asyncio.sleep(0.5)
        assert len(told) == 1
        assert len(kept(store)) == 1
        seen_this_morning(store)
        async with asyncio.timeout(10):
            await running

    asyncio.run(run())
    desk.close()
    assert "The ballots of ember-2016 are to be gone by" in told[0]
    assert told[1].startswith("Deleted: 1 ballot and 0 comments of ember-2016")
    assert told[2:] == [GONE]
    assert stopped == [1]


@pytest.mark.parametrize("address", ["sqlite"], indirect=True)
def test_neither_a_fault_nor_a_database_that_was_down_for_a_while_stops_the_upkeep(
    store: Store, consultation: Consultation, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(upkeep, "EVERY", 0.01)
    monkeypatch.setattr("partnership_model.delivery.consultation.desk.RESTS", 0.0)
    asked: list[int] = []

    def look(*_: object) -> LookedAfter:
        asked.append(1)
        if len(asked) == 1:
            return {}["no such key"]  # type: ignore[return-value]
        if len(asked) < 4:
            message = "The store of ballots does not answer."
            raise StoreDownError(message)
        delete_consultation(store, consultation.id)
        return LookedAfter(("It is up.",))

    monkeypatch.setattr(upkeep, "looked_after", look)
    told: list[str] = []
    desk = Desk(store, consultation, tell=told.append)
    asyncio.run(asyncio.wait_for(keep_up(desk, lambda: told.append("stopped")), 10))
    desk.close()
    assert [one.message for one in caplog.records] == ["What was to be done by itself could not be done"]
    assert told[1:] == ["The store of ballots answers again.", "It is up.", GONE, "stopped"]


def test_traces_that_another_program_keeps_are_erased_once_it_is_gone(
    tmp_path: Path, store: Store, consultation: Consultation, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same for a reader of the file and for one of a server's tables."""
    monkeypatch.setattr(erasing, "PATIENCE", 1)
    store.cast(session.id, mark(1), ballot(1))
    with reading(store):
        close_frozen(store, consultation.id, DAY)
        assert looked_after(store, NOW) == LookedAfter((BUSY,))
        assert store.consultation(consultation.id).closed == DAY  # the store itself goes on
    assert looked_after(store, NOW) == LookedAfter(())
    assert rows(store.engine, "SELECT * FROM erasure") == []
    if store.engine.dialect.name == "sqlite":
        assert not [path.name for path in tmp_path.iterdir() if mark(1).encode() in path.read_bytes()]


def test_a_server_that_still_shows_somebody_what_was_deleted_has_not_erased_it(postgres: OwnPostgres, questions: QuestionSet) -> None:
    """Who began to look before the deletion, if at another table, sees it as it was; until they are done PostgreSQL keeps it."""
    store = Store(postgres.emptied())
    mine = store.open_consultation("/cases/mine", questions, DAY)
    store.cast(store.open_session(mine.id, "An evening", "session", DAY).id, mark(1), ballot(1, group="Staff of the third kind"))
    other = sa.create_engine(store.engine.url, isolation_level="REPEATABLE READ")
    with other.connect() as connection:
        connection.execute(sa.text("SELECT * FROM alembic_version")).all()
        assert not delete_consultation(store, mine.id)
    other.dispose()
    assert looked_after(store, NOW) == LookedAfter(())
    store.close()
    postgres.run("CHECKPOINT")
    assert not [path for path in (postgres.data / "base").rglob("*") if path.is_file() and b"Staff of the third kind" in path.read_bytes()]


def test_what_an_older_version_closed_is_frozen_as_that_version_would_have_shown_it(
    store: Store, consultation: Consultation, session: Session
) -> None:
    """Its marks were made without a key, and its secret is gone."""
    for person in range(12):
        store.cast(session.id, mark(person), ballot(person % 3))
    said = {one.id: one.ballot for one in store.ballots(consultation.id)}
    live = next_pictures(Live(), said, consultation.questions)
    with store.transaction() as connection:
        values = {"live": json.dumps(live.as_json()), "day": DAY.isoformat()}
        connection.execute(sa.text("UPDATE consultation SET live = :live, secret = NULL, closed = :day"), values)
    assert looked_after(store, NOW) == LookedAfter(())
    assert store.consultation(consultation.id).live == "{}"
    assert json.loads(frozen_of(store, consultation.id).record)["response"]["everybody"]["answered"] == 12
