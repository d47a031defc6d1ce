"""The database: set up as its promises need, brought up to date or refused with a sentence; a password is never printed."""

from __future__ import annotations

import json
import os
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext

from partnership_model.analysis.consultation.live_pictures import keyed
from partnership_model.delivery.consultation import database
from partnership_model.delivery.consultation.database import bring_up_to_date, engine_of
from partnership_model.delivery.consultation.erasing import erase
from partnership_model.delivery.consultation.kept_rows import StoreDownError
from partnership_model.delivery.consultation.schema import metadata
from partnership_model.delivery.consultation.store import Store
from partnership_model.errors import PartnershipError
from tests.delivery.consultation.own_postgres import rows
from tests.delivery.consultation.voting import DAY, ballot, mark

if TYPE_CHECKING:
    from partnership_model.delivery.consultation.kept_rows import Consultation, Session
    from partnership_model.knowledge.consultation.question_set import QuestionSet
    from tests.delivery.consultation.own_postgres import OwnPostgres

NOBODY = 65_534
NEXT_STEP = '''"""A step of a later version."""
import sqlalchemy as sa
from alembic import op
revision = "0004"
down_revision = "0003"
def upgrade() -> None:
    op.add_column("session", sa.Column("place", sa.Text(), nullable=False, server_default="the hall"))
    {more}
'''


def refusal(address: str) -> str:
    with pytest.raises(PartnershipError, match=r".") as refused:
        engine_of(address)
    assert type(refused.value) is PartnershipError
    assert "\n" not in str(refused.value)
    return str(refused.value)


# Set up as promised


def test_sqlite_writes_to_the_disk_before_a_receipt_and_overwrites_what_is_deleted(tmp_path: Path) -> None:
    engine = engine_of(f"sqlite:///{tmp_path / 'x.db'}")
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}
    assert {name: rows(engine, f"PRAGMA {name}")[0][0] for name in wanted} == wanted
    engine.dispose()
    again = engine_of(f"sqlite:///{tmp_path / 'x.db'}")
    assert {name: rows(again, f"PRAGMA {name}")[0][0] for name in wanted} == wanted
    again.dispose()


def test_postgresql_writes_to_the_disk_before_a_receipt_whatever_the_habit_of_the_server(postgres: OwnPostgres) -> None:
    address = postgres.emptied()
    name = sa.make_url(address).database
    postgres.run(f"ALTER DATABASE {name} SET synchronous_commit = off")
    postgres.run(f"ALTER DATABASE {name} SET default_transaction_isolation = 'serializable'")
    engine = engine_of(address)
    postgres.run(f"ALTER DATABASE {name} RESET ALL")
    assert rows(engine, "SHOW synchronous_commit") == [("on",)]
    assert rows(engine, "SHOW transaction_isolation") == [("read committed",)]
    assert rows(engine, "SHOW statement_timeout") == [("10s",)]
    engine.dispose()


def test_a_file_of_ballots_is_its_users_alone_with_all_that_lies_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "new" / "x.db"
    store = Store(f"sqlite:///{path}")
    store.close()
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    path.chmod(0o644)  # as a copy that somebody put back
    store = Store(f"sqlite:///{path}")
    assert {name: stat.S_IMODE(Path(f"{path}{name}").stat().st_mode) for name in ("", "-wal", "-shm")} == dict.fromkeys(
        ("", "-wal", "-shm"), 0o600
    )
    store.close()


# Migrations


def test_the_tables_are_those_of_the_schema(store: Store) -> None:
    with store.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection, opts={"compare_server_default": True}), metadata) == []


def test_ballots_lie_in_no_table_that_keeps_their_order_in_sqlite(tmp_path: Path) -> None:
    engine = engine_of(f"sqlite:///{tmp_path / 'x.db'}")
    for table in ("ballot", "comment", "voucher"):
        assert "WITHOUT ROWID" in rows(engine, f"SELECT sql FROM sqlite_master WHERE name = '{table}'")[0][0]  # noqa: S608 - our names
    engine.dispose()


@pytest.fixture
def next_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the folder of the steps as a later version would have it, with one step more to be written."""
    folder = tmp_path / "migrations"
    (folder / "versions").mkdir(parents=True)
    for path in [database.MIGRATIONS / "env.py", *(database.MIGRATIONS / "versions").glob("*.py")]:
        (folder / path.relative_to(database.MIGRATIONS)).write_text(path.read_text())
    monkeypatch.setattr(database, "MIGRATIONS", folder)
    return folder / "versions" / "next_step.py"


def test_the_marks_of_an_older_store_are_keyed_and_erased_as_they_were(address: str, tmp_path: Path) -> None:
    plain = "0123456789abcdef01234567"
    engine = sa.create_engine(sa.make_url(address).set(drivername="sqlite" if address.startswith("sqlite") else "postgresql+psycopg"))
    config = Config()
    config.set_main_option("script_location", str(database.MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        for name, secret in (("open", b"s" * 32), ("closed", None)):
            live = json.dumps({"tallies": {}, "seen": {plain: [name, 1, None]}})
            values = {"id": name, "secret": secret, "live": live, "day": DAY.isoformat(), "no": False}
            columns = "(id, place, questions, opened, keep_until, secret, live, revealed)"
            connection.execute(
                sa.text(f"INSERT INTO consultation {columns} VALUES (:id, '', '', :day, :day, :secret, :live, :no)"),  # noqa: S608 - our words
                values,
            )
    engine.dispose()
    store = Store(address)
    kept = dict(rows(store.engine, "SELECT id, live FROM consultation"))
    assert json.loads(kept["open"])["seen"] == {keyed(plain, b"s" * 32): ["open", 1, None]}
    assert json.loads(kept["closed"])["seen"] == {plain: ["closed", 1, None]}  # until it is frozen: its secret is gone
    with store.transaction() as connection:
        connection.execute(sa.text("DELETE FROM consultation WHERE id = 'closed'"))
    assert rows(store.engine, "SELECT count(*) FROM erasure") == [(1,)]
    assert erase(store)
    assert not [path.name for path in tmp_path.iterdir() if plain.encode() in path.read_bytes()]
    store.close()


def test_an_older_store_is_brought_up_to_date_with_all_that_is_in_it(
    store: Store, address: str, consultation: Consultation, session: Session, next_version: Path
) -> None:
    store.cast(session.id, mark(1), ballot(1))
    store.close()
    next_version.write_text(NEXT_STEP.format(more=""))
    engine = engine_of(address)
    assert rows(engine, "SELECT place FROM session") == [("the hall",)]
    assert rows(engine, "SELECT count(*), min(consultation) FROM ballot") == [(1, consultation.id)]
    engine.dispose()


def test_a_step_that_fails_leaves_the_store_as_it_was(store: Store, address: str, session: Session, next_version: Path) -> None:
    store.close()
    next_version.write_text(NEXT_STEP.format(more='op.execute("INSERT INTO nowhere VALUES (1)")'))
    assert "nowhere" in refusal(address)
    next_version.unlink()
    again = Store(address)
    assert again.session(session.code) == session
    assert rows(again.engine, "SELECT version_num FROM alembic_version") == [("0003",)]
    again.close()


def test_a_store_of_a_newer_version_is_refused_and_left_as_it_is(store: Store, address: str) -> None:
    with store.transaction() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    store.close()
    assert "a newer version of this program wrote it. Bring the program up to date; nothing was changed." in refusal(address)


def test_a_database_that_holds_something_else_is_refused_and_left_as_it_is(address: str) -> None:
    other = sa.create_engine(sa.make_url(address).set(drivername="sqlite" if address.startswith("sqlite") else "postgresql+psycopg"))
    with other.begin() as connection:
        connection.execute(sa.text("CREATE TABLE bookmarks (id INTEGER)"))
    assert 'it holds something else: a table "bookmarks". Give the ballots a database of their own.' in refusal(address)
    assert sa.inspect(other).get_table_names() == ["bookmarks"]
    other.dispose()


def test_three_programs_that_start_at_once_on_a_new_store_do_not_disturb_each_other(address: str) -> None:
    code = f"from partnership_model.delivery.consultation.store import Store; print(flush=True); input(); Store({address!r})"
    pipes = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
    running = [subprocess.Popen([sys.executable, "-c", code], text=True, **pipes) for _ in range(3)]
    for one in running:  # all have read the program, and wait for the word
        one.stdout.readline()
    for one in running:
        one.stdin.write("\n")
        one.stdin.flush()
    assert [one.communicate(timeout=60)[1] for one in running] == [""] * 3


def test_postgresql_takes_samples_of_no_column_of_the_store(postgres: OwnPostgres) -> None:
    engine = engine_of(postgres.emptied())
    sampled = "SELECT attrelid::regclass::text FROM pg_attribute WHERE attnum > 0 AND NOT attisdropped AND attstattarget IS DISTINCT FROM 0"
    tables = {name for (name,) in rows(engine, f"{sampled} AND attrelid IN (SELECT oid FROM pg_class WHERE relkind = 'r')")}  # noqa: S608 - our words
    assert not {name.strip('"') for name in tables} & set(metadata.tables)
    engine.dispose()


# What cannot be used


def test_what_is_no_address_is_refused(tmp_path: Path) -> None:
    for address in ("", "nothing", "mysql://a@b/c", "postgresql", "postgresql://h:port/db", "file:///x"):
        assert refusal(address).startswith("The address of a store begins with postgresql:// or sqlite:///")
    for address in (
        "sqlite://",
        "sqlite+pysqlcipher://x",
        "sqlite:///:memory:",
        "sqlite:///file:x?mode=memory&uri=true",
        f"sqlite:///{tmp_path}/x.db?mode=ro",
    ):
        assert refusal(address).startswith("A store in SQLite is a file, such as sqlite:///ballots.db")


def test_a_password_is_never_printed_wherever_it_stands(postgres: OwnPostgres) -> None:
    not_there = sa.make_url(postgres.address).set(database="not_there", password="hidden").render_as_string(hide_password=False)  # noqa: S106 - of nobody
    for address in (
        "postgresql://somebody:hidden@127.0.0.1:1/consultations",
        "postgresql://somebody@127.0.0.1:1/consultations?password=hidden",
        not_there,
        "postgresql://somebody:hidden@h:port/db",
        "mysql://somebody:hidden@127.0.0.1/db",
    ):
        assert "hidden" not in refusal(address)
    assert "postgresql://somebody@127.0.0.1:1/consultations" in refusal("postgresql://somebody:hidden@127.0.0.1:1/consultations")
    assert "Have the database made first" in refusal(not_there)


def test_a_file_that_is_no_database_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "minutes.docx"
    path.write_bytes(b"PK\x03\x04" + b"not a database " * 100)
    before = path.read_bytes()
    assert "This file is no store of ballots, or it is damaged." in refusal(f"sqlite:///{path}")
    assert path.read_bytes() == before
    assert "or it is a folder" in refusal(f"sqlite:///{tmp_path}")


def test_a_damaged_file_is_refused(tmp_path: Path, questions: QuestionSet) -> None:
    path = tmp_path / "x.db"
    store = Store(f"sqlite:///{path}")
    consultation = store.open_consultation("/cases/x", questions, DAY)
    session = store.open_session(consultation.id, "An evening", "session", DAY)
    for person in range(40):
        store.cast(session.id, mark(person), ballot(person))
    store.close()
    whole = path.read_bytes()
    middle = whole.index(b'{"places"') // 4096 * 4096
    for damaged in (whole[:middle] + bytes(4096) + whole[middle + 4096 :], whole[: len(whole) // 2]):
        path.write_bytes(damaged)
        assert "damaged" in refusal(f"sqlite:///{path}")


def test_a_file_that_may_be_read_and_not_written_or_is_somebody_elses_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    Store(f"sqlite:///{path}").close()
    tmp_path.chmod(0o755)
    path.chmod(0o444)
    code = "import os, sys\nfrom partnership_model.delivery.consultation.database import engine_of\nimport alembic.command\n"
    if os.geteuid() == 0:
        code += f"os.setgroups([]); os.setegid({NOBODY}); os.seteuid({NOBODY})\n"  # nothing is closed to root
        for parent in path.parents:
            if parent.stat().st_uid == 0 and parent != Path("/") and parent.stat().st_mode & 0o055 != 0o055:
                parent.chmod(parent.stat().st_mode | 0o055)
    code += "try:\n    engine_of(sys.argv[1])\nexcept Exception as error:\n    print(type(error).__name__, error)\n"
    done = subprocess.run([sys.executable, "-c", code, f"sqlite:///{path}"], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.startswith(f"PartnershipError The store of ballots at sqlite:///{path} cannot be used: ")
    assert "You may" in done.stdout


# What happens while it is used


def test_a_full_disk_refuses_a_ballot_and_takes_it_once_there_is_room(tmp_path: Path, questions: QuestionSet) -> None:
    store = Store(f"sqlite:///{tmp_path / 'x.db'}")
    consultation = store.open_consultation("/cases/x", questions, DAY)
    session = store.open_session(consultation.id, "An evening", "session", DAY)
    with store.engine.connect() as connection:
        (pages,) = connection.exec_driver_sql("PRAGMA page_count").fetchone()
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")
    acknowledged = []

    def fill() -> None:
        for person in range(400):
            store.cast(session.id, mark(person), ballot(person, comment="Room? " * 300))
            acknowledged.append(person)

    with pytest.raises(StoreDownError, match="does not answer"):
        fill()
    assert len(store.ballots(consultation.id)) == len(acknowledged)
    with store.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count=100000")
    assert store.cast(session.id, mark(len(acknowledged)), ballot(len(acknowledged))) == 1
    store.close()


def test_a_file_that_another_program_keeps_busy_is_down_and_nothing_else(
    tmp_path: Path, questions: QuestionSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "WAITS", 0.2)
    path = tmp_path / "x.db"
    store = Store(f"sqlite:///{path}")
    consultation = store.open_consultation("/cases/x", questions, DAY)
    session = store.open_session(consultation.id, "An evening", "session", DAY)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(StoreDownError, match="does not answer"):
        store.cast(session.id, mark(1), ballot(1))
    other.execute("ROLLBACK")
    other.close()
    assert store.cast(session.id, mark(1), ballot(1)) == 1
    store.close()


def test_a_killed_postgresql_is_down_until_it_is_back_and_loses_nothing(postgres: OwnPostgres, questions: QuestionSet) -> None:
    store = Store(postgres.emptied())
    consultation = store.open_consultation("/cases/x", questions, DAY)
    session = store.open_session(consultation.id, "An evening", "session", DAY)
    for person in range(5):
        store.cast(session.id, mark(person), ballot(person))
    postgres.kill()
    try:
        for _ in range(3):
            with pytest.raises(StoreDownError, match="does not answer"):
                store.cast(session.id, mark(5), ballot(5))
    finally:
        postgres.start()
    assert store.cast(session.id, mark(5), ballot(5)) == 1
    assert {one.ballot.answers for one in store.ballots(consultation.id)} == {ballot(person).answers for person in range(6)}
    store.close()


def test_what_goes_wrong_is_said_without_what_was_to_be_written(store: Store, consultation: Consultation, session: Session) -> None:
    with pytest.raises(StoreDownError, match="does not answer") as down, store.transaction() as connection:
        connection.execute(sa.text("INSERT INTO nowhere (written) VALUES (:written)"), {"written": "a secret comment"})
    told: BaseException | None = down.value
    while told is not None:
        assert "a secret comment" not in str(told)
        told = told.__cause__
    assert store.cast(session.id, mark(1), ballot(1)) == 1
    assert len(store.ballots(consultation.id)) == 1


def test_bringing_up_to_date_twice_changes_nothing(store: Store) -> None:
    before = sa.inspect(store.engine).get_table_names()
    with store.engine.begin() as connection:
        bring_up_to_date(connection)
    assert sorted(sa.inspect(store.engine).get_table_names()) == sorted(before)
