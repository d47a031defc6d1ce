"""What is deleted is gone: no byte of a ballot or of a comment stands in any file of the store afterwards."""

from __future__ import annotations

import datetime as dt
import itertools
import json
import random
import sqlite3
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from partnership_model.delivery.consultation import consult_command, retention
from partnership_model.delivery.consultation.erasing import erase
from partnership_model.delivery.consultation.freezing import close_frozen
from partnership_model.delivery.consultation.moderation import comments_of, moderate
from partnership_model.delivery.consultation.retention import delete_consultation, kept
from partnership_model.delivery.consultation.store import Store
from partnership_model.delivery.consultation.upkeep import looked_after
from tests.delivery.consultation.clocks import due_today, seen_this_morning
from tests.delivery.consultation.own_postgres import rows
from tests.delivery.consultation.voting import DAY, ballot, mark

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from partnership_model.delivery.consultation.kept_rows import Consultation, Session
    from partnership_model.knowledge.consultation.question_set import QuestionSet
    from tests.delivery.commanding import Said
    from tests.delivery.consultation.own_postgres import OwnPostgres

PEOPLE = 40
TELLING = ("Staff of the third kind", "zebra crossing", "quagga stable", "okapi reason", '"places"')


def held(store: Store, questions: QuestionSet, place: str = "/cases/mine") -> tuple[Consultation, Session, list[str]]:
    """Open a consultation, cast ballots, change some, and decide on some comments; give the marks in the order in which they came."""
    consultation = store.open_consultation(place, questions, DAY)
    session = store.open_session(consultation.id, "An evening", "session", DAY)
    people = list(range(PEOPLE))
    random.Random(5).shuffle(people)  # noqa: S311 - an order for a test
    for person in people:
        store.cast(session.id, mark(person), ballot(person, group="Staff of the third kind", comment=f"A zebra crossing, {person}. " * 20))
    for person in people[::4]:
        store.cast(session.id, mark(person), ballot(person + 1, group="Staff of the third kind", comment="Rather a quagga stable."))
    for one in comments_of(store, consultation.id)[:10]:
        moderate(store, consultation.id, one.id, "redacted", shown="A crossing.", reason="okapi reason")
    return consultation, session, [mark(person) for person in people]


def files(place: Path) -> dict[str, bytes]:
    """Everything in a folder."""
    return {str(path): path.read_bytes() for path in place.rglob("*") if path.is_file()}


def holding(place: Path, words: tuple[str, ...]) -> dict[str, set[str]]:
    """In which files which words stand."""
    found = {
        name: {word for word in words if word.encode() in held or word.encode("utf-16-le") in held} for name, held in files(place).items()
    }
    return {name: words for name, words in found.items() if words}


def test_nothing_of_a_deleted_consultation_stands_in_any_file_of_sqlite(tmp_path: Path, questions: QuestionSet) -> None:
    store = Store(f"sqlite:///{tmp_path / 'x.db'}")
    other = store.open_consultation("/cases/other", questions, DAY)
    other_session = store.open_session(other.id, "Other", "session", DAY)
    store.cast(other_session.id, mark(900), ballot(1, comment="An emu."))
    mine, session, marks = held(store, questions)
    secret = bytes(mine.secret or b"")
    words = (*TELLING[:4], *marks, mine.id, session.id)
    assert set().union(*holding(tmp_path, words).values()) == set(words)  # else the search finds nothing at all
    delete_consultation(store, mine.id)
    for moment in ("open", "closed"):
        assert holding(tmp_path, words) == {}, moment
        assert not [name for name, held in files(tmp_path).items() if secret in held], moment
        assert holding(tmp_path, ("An emu.",)), moment
        store.close()
    assert [path.name for path in tmp_path.iterdir()] == ["x.db"]
    again = Store(f"sqlite:///{tmp_path / 'x.db'}")
    assert [one.ballot for one in again.ballots(other.id)] == [ballot(1)]
    assert [one.place for one in kept(again)] == ["/cases/other"]
    again.close()


def test_nothing_of_a_deleted_consultation_stands_in_the_tables_of_postgresql_or_in_what_it_knows_of_them(
    postgres: OwnPostgres, questions: QuestionSet
) -> None:
    store = Store(postgres.emptied())
    mine, *_ = held(store, questions)
    with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(sa.text("ANALYZE"))
        connection.execute(sa.text("CHECKPOINT"))
    tables = postgres.data / "base"
    assert set().union(*holding(tables, TELLING).values()) >= set(TELLING)
    taken = "most_common_vals::text LIKE '%third kind%' OR histogram_bounds::text LIKE '%zebra%'"
    assert rows(store.engine, f"SELECT tablename, attname FROM pg_stats WHERE {taken}") == []  # noqa: S608 - our own words
    delete_consultation(store, mine.id)
    store.close()
    postgres.run("CHECKPOINT")
    assert holding(tables, TELLING) == {}


def test_closing_erases_the_secret_and_every_mark_from_the_files_too(tmp_path: Path, questions: QuestionSet) -> None:
    store = Store(f"sqlite:///{tmp_path / 'x.db'}")
    mine, _, marks = held(store, questions)
    secret = bytes(mine.secret or b"")
    assert [name for name, held in files(tmp_path).items() if secret in held]
    close_frozen(store, mine.id, DAY)
    assert erase(store)
    assert not [name for name, held in files(tmp_path).items() if secret in held]
    assert holding(tmp_path, tuple(marks)) == {}
    assert len(store.ballots(mine.id)) == PEOPLE
    store.close()


def test_after_the_closing_no_file_says_in_what_order_ballots_came(tmp_path: Path, questions: QuestionSet) -> None:
    store = Store(f"sqlite:///{tmp_path / 'x.db'}")
    mine, *_ = held(store, questions)
    ids = [one.id for one in store.ballots(mine.id)]

    def turns() -> int:
        """How often the ids of ballots, as they lie in the file, do not go down: once a page, where a page says nothing else."""
        with sqlite3.connect(tmp_path / "x.db") as connection:
            connection.execute("PRAGMA wal_checkpoint(FULL)")
        connection.close()
        held = (tmp_path / "x.db").read_bytes()
        lie = sorted(ids, key=lambda one: held.index((one + mine.id).encode()))
        return sum(one < two for one, two in itertools.pairwise(lie))

    assert turns() > 10  # within a page the ballots lie as they came
    close_frozen(store, mine.id, DAY)
    assert erase(store)
    assert turns() <= 8
    store.close()


def test_after_the_closing_postgresql_says_neither_by_place_nor_by_number_in_what_order_ballots_came(
    postgres: OwnPostgres, questions: QuestionSet
) -> None:
    store = Store(postgres.emptied())
    mine, *_ = held(store, questions)
    for table in ("ballot", "comment"):
        assert len(rows(store.engine, f"SELECT DISTINCT xmin::text FROM {table}")) > 10  # noqa: S608 - our names
    close_frozen(store, mine.id, DAY)
    assert erase(store)
    for table in ("ballot", "comment"):
        assert len(rows(store.engine, f"SELECT DISTINCT xmin::text FROM {table}")) == 1  # noqa: S608 - our names
        lie = [one for (one,) in rows(store.engine, f"SELECT id FROM {table} ORDER BY ctid")]  # noqa: S608 - our names
        assert lie == sorted(lie)
    store.close()


# By the day


def clock(day: dt.date, hour: int = 0, minute: int = 0) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(hour, minute), dt.UTC)


@pytest.fixture
def long_ago(store: Store, questions: QuestionSet) -> Callable[[str], Consultation]:
    """Open consultations of which the facilitator did everything in June 2026; their ballots are to be gone by 1 May 2027."""

    def opened(name: str) -> Consultation:
        found = store.open_consultation(f"/cases/{name}", questions, DAY)
        session = store.open_session(found.id, "An evening", "session", DAY)
        store.cast(session.id, mark(1), ballot(1, comment="Good."))
        with store.transaction() as connection:
            connection.execute(sa.text("UPDATE audit SET at = '2026-06-01'"))
        return found

    return opened


def said_at(store: Store, now: dt.datetime) -> tuple[str, ...]:
    """Look after a store at some moment, without a fault, and give what is said."""
    found = looked_after(store, now)
    assert found.failed == ()
    return found.says


def test_the_day_is_the_latest_on_which_anything_is_there(
    store: Store, questions: QuestionSet, long_ago: Callable[[str], Consultation]
) -> None:
    """Whoever reads "deleted on 1 May at the latest" finds nothing on that day, and only what was asked for is deleted."""
    long_ago("open")
    closed, later = long_ago("closed"), long_ago("later")
    close_frozen(store, closed.id, DAY)
    day = questions.keep_until
    with store.transaction() as connection:
        connection.execute(sa.text("UPDATE consultation SET keep_until = '2030-01-01' WHERE id = :id"), {"id": later.id})
        connection.execute(sa.text("UPDATE audit SET at = '2026-06-01'"))
    assert said_at(store, clock(day - dt.timedelta(days=2), 23, 59)) == ()
    for hour in (0, 12, 23):  # the day before, once or often
        says = said_at(store, clock(day - dt.timedelta(days=1), hour))
        assert len(says) == 2
        assert "are to be gone by 1 May 2027. They are deleted the next time this is looked at from 1 May 2027, 00:00 UTC on" in says[0]
    assert len(kept(store)) == 3
    says = said_at(store, clock(day, 0, 1))
    assert sorted(says) == [
        f"Deleted: 1 ballot and 1 comment of {name}, which were to be gone by 1 May 2027." for name in ("closed", "open")
    ]
    assert [one.place for one in kept(store)] == ["/cases/later"]
    assert rows(store.engine, "SELECT count(*) FROM frozen") == [(0,)]
    assert rows(store.engine, "SELECT count(*) FROM due") == [(0,)]


def test_one_reading_of_a_clock_deletes_nothing_and_says_what_a_second_would(
    store: Store, questions: QuestionSet, long_ago: Callable[[str], Consultation]
) -> None:
    long_ago("x")
    late = questions.keep_until + dt.timedelta(days=30)
    (says,) = said_at(store, clock(late, 19))
    assert "from 1 June 2027, 07:00 UTC on" in says
    assert said_at(store, clock(late, 23, 59)) == (says,)  # in the same evening, however often
    assert said_at(store, clock(DAY + dt.timedelta(days=90))) == ()  # it was wrong, and is set right
    assert "from 1 June 2027, 20:00 UTC on" in said_at(store, clock(late + dt.timedelta(days=1), 8))[0]  # so this is the first again
    assert "from 1 June 2027, 14:00 UTC on" in said_at(store, clock(late + dt.timedelta(days=1), 2))[0]  # and this, since it went back
    assert len(kept(store)) == 1
    assert said_at(store, clock(late + dt.timedelta(days=1), 14))[0].startswith("Deleted: ")
    assert said_at(store, clock(DAY)) == ()
    assert kept(store) == ()  # and no clock that goes back brings anything back


def test_a_clock_that_jumps_far_ahead_deletes_nothing_and_says_so(store: Store, long_ago: Callable[[str], Consultation]) -> None:
    long_ago("x")
    for hour in (0, 23):
        (says,) = said_at(store, clock(dt.date(2099, 1, 1), hour))
        assert "They are still there, in case the clock is wrong." in says
        assert "partnership consult --delete /cases/x" in says
    assert said_at(store, clock(dt.date(1970, 1, 1))) == ()
    assert len(kept(store)) == 1


def test_a_store_that_another_program_reads_is_deleted_and_the_trace_of_it_is_said(
    tmp_path: Path, questions: QuestionSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("partnership_model.delivery.consultation.erasing.PATIENCE", 0)
    store = Store(f"sqlite:///{tmp_path / 'x.db'}")
    mine = store.open_consultation("/cases/mine", questions, DAY)
    reader = sqlite3.connect(tmp_path / "x.db", isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM consultation").fetchall()
    assert not delete_consultation(store, mine.id)
    assert kept(store) == ()
    assert holding(tmp_path, (mine.id,)) != {}
    store.close()
    store = Store(f"sqlite:///{tmp_path / 'x.db'}")  # that it is still to be done outlives a restart
    assert not erase(store)
    reader.execute("ROLLBACK")
    reader.close()
    assert erase(store)
    assert holding(tmp_path, (mine.id,)) == {}
    store.close()


# By command


def test_a_scheduler_deletes_what_is_due_and_nothing_else_without_a_question(filled: str, command: Callable[..., Said]) -> None:
    assert command("consult", "--delete-overdue", "--store", filled).out == "Nothing is to be deleted today.\n"
    store = Store(filled)
    due_today(store)
    assert "mine are to be gone by" in command("consult", "--delete-overdue", "--store", filled).out
    assert len(kept(store)) == 1
    seen_this_morning(store)
    store.close()
    assert "Deleted: 40 ballots and 40 comments of mine" in command("consult", "--delete-overdue", "--store", filled).out
    said = command("consult", "--store", filled)
    assert (said.code, "Missing argument 'CASE'" in said.err) == (2, True)


def test_a_consultation_that_cannot_be_looked_after_is_named_and_keeps_no_other_from_being_deleted(
    filled: str, questions: QuestionSet, command: Callable[..., Said], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """One that an older version closed and whose record cannot be written, and one that cannot be deleted."""
    store = Store(filled)
    stuck = store.open_consultation("/cases/stuck", questions, DAY)
    due_today(store)
    looked_after(store, dt.datetime.now(dt.UTC))
    seen_this_morning(store)
    torn = store.open_consultation("/cases/torn", questions.model_copy(update={"keep_until": dt.date(2099, 1, 1)}), DAY)
    with store.transaction() as connection:
        connection.execute(sa.text("UPDATE consultation SET live = 'torn', closed = '2026-05-02' WHERE id = :id"), {"id": torn.id})
    store.close()
    real = retention.delete_consultation
    monkeypatch.setattr(retention, "delete_consultation", lambda store, one: real(store, one) if one != stuck.id else {}["no such row"])
    done = command("consult", "--delete-overdue", "--store", filled)
    assert "Deleted: 40 ballots and 40 comments of mine" in done.out
    assert done.code == 2
    assert done.err.splitlines()[-2:] == [
        "The ballots of stuck could not be deleted. They are still there. Try by hand: partnership consult --delete /cases/stuck",
        (
            "What the closed consultation on torn says could not be written. Its 0 ballots and 0 comments stay as they are until they are "
            "deleted. Report this with the lines above."
        ),
    ]
    assert [one.exc_info[0] for one in caplog.records] == [KeyError, json.JSONDecodeError]
    store = Store(filled)
    assert [one.id for one in kept(store)] == [stuck.id, torn.id]
    store.close()


@pytest.fixture
def filled(tmp_path: Path, questions: QuestionSet, monkeypatch: pytest.MonkeyPatch) -> str:
    """Give the address of a store with the ballots of a case whose folder is here."""
    monkeypatch.chdir(tmp_path)
    address = f"sqlite:///{tmp_path / 'x.db'}"
    store = Store(address)
    held(store, questions, str(tmp_path / "mine"))
    store.close()
    return address


def answer(monkeypatch: pytest.MonkeyPatch, says: bool | None) -> None:  # noqa: FBT001 - yes or no
    """Answer the question, or have nobody there who could."""

    def confirm(text: str, *, abort: bool) -> bool:
        assert text == "Delete all of them? They cannot be brought back"
        assert abort
        if not says:
            raise consult_command.click.Abort
        return True

    monkeypatch.setattr(consult_command.click, "confirm", confirm)


def test_a_consultation_is_deleted_on_command_after_a_question_also_where_the_case_is_gone(
    filled: str,
    tmp_path: Path,
    command: Callable[..., Said],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answer(monkeypatch, says=True)
    said = command("consult", "mine", "--delete", "--store", filled)
    assert said.code == 0, said
    assert "mine, opened on 1 May 2026: 40 ballots and 40 comments." in said.out
    assert "They are deleted." in said.out
    assert "Backups and copies of the store" in said.out
    assert holding(tmp_path, TELLING[:4]) == {}


def test_nothing_is_deleted_unless_somebody_says_so(
    filled: str,
    tmp_path: Path,
    command: Callable[..., Said],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answer(monkeypatch, says=False)
    said = command("consult", "mine", "--delete", "--store", filled)
    assert said.code == 1
    assert holding(tmp_path, TELLING[:4])


def test_a_case_of_which_nothing_is_kept_is_named_with_those_of_which_something_is(
    filled: str, tmp_path: Path, command: Callable[..., Said]
) -> None:
    said = command("consult", "another", "--delete", "--store", filled)
    assert said.code != 0
    assert f"Nothing is kept of {tmp_path / 'another'}. The store has ballots of: {tmp_path / 'mine'}." in said.err
    assert retention.BELIEVED.days > 365
