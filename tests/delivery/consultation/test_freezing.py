"""What was shown while people answered can be held against no guess: not by whoever has the store's files, and not after the closing."""

from __future__ import annotations

import asyncio
import dataclasses
import json
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

from partnership_model.analysis.consultation.live_pictures import keyed, mark_of
from partnership_model.delivery.consultation.desk import Desk
from partnership_model.delivery.consultation.erasing import erase
from partnership_model.delivery.consultation.freezing import close_frozen, frozen_of
from partnership_model.delivery.consultation.live import LivePictures
from partnership_model.delivery.consultation.on_wall import noted
from partnership_model.delivery.consultation.paper_store import enter, take_back
from partnership_model.errors import PartnershipError
from tests.delivery.consultation.own_postgres import rows
from tests.delivery.consultation.voting import DAY, ballot, mark

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from partnership_model.delivery.consultation.kept_rows import Consultation, Session
    from partnership_model.delivery.consultation.store import Store
    from partnership_model.knowledge.consultation.ballots import Ballot
    from tests.delivery.consultation.own_postgres import OwnPostgres

PEOPLE, ANSWERS = 24, 8  # all ballots that anybody casts here are among these


async def evening(store: Store, consultation: Consultation, session: Session) -> list[dict[str, Any]]:
    """Let people answer and change their minds; give what the store kept of the pictures each time."""
    desk = Desk(store, consultation)
    pictures, kept = LivePictures(desk), []
    for person in range(PEOPLE):
        store.cast(session.id, mark(person), ballot(person))
        store.cast(session.id, mark(person // 3), ballot(person + 1))
        await pictures.now()
        kept.append(json.loads(store.consultation(consultation.id).live))
    desk.close()
    return kept


def guesses(ids: Iterable[str]) -> dict[tuple[str, int], str]:
    """Make the mark of every answer that anybody could have given, as somebody who has the files and the program can."""
    return {(name, number): mark_of(name, ballot(number)) for name in ids for number in range(ANSWERS)}


def on_the_disk(store: Store, tmp_path: Path, request: pytest.FixtureRequest) -> bytes:
    """Give all bytes of the tables' files."""
    if store.engine.dialect.name == "sqlite":
        return b"".join(path.read_bytes() for path in sorted(tmp_path.rglob("*")) if path.is_file())
    server: OwnPostgres = request.getfixturevalue("postgres")
    server.run("CHECKPOINT")
    return b"".join(path.read_bytes() for path in sorted((server.data / "base").rglob("*")) if path.is_file())


def test_no_guess_at_an_answer_can_be_tried_while_people_answer_nor_after_the_closing(
    store: Store, consultation: Consultation, session: Session, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if connection.dialect.name == "postgresql":  # what is short enough is then not packed, and can be looked for
            connection.execute(sa.text("ALTER TABLE consultation ALTER live SET STORAGE EXTERNAL"))
    kept = asyncio.run(evening(store, consultation, session))
    seen = {one for live in kept for one in live.get("seen", {})}
    assert len(seen) > PEOPLE // 2
    tried = guesses([one.id for one in store.ballots(consultation.id)])
    assert seen.isdisjoint(tried.values())
    assert seen <= {keyed(one, consultation.secret) for one in tried.values()}  # else the guesses are not those that were to be tried
    held = on_the_disk(store, tmp_path, request)
    assert any(one.encode() in held for one in kept[-1]["seen"])
    before = store.ballots(consultation.id)
    close_frozen(store, consultation.id, DAY)
    assert erase(store)
    held = on_the_disk(store, tmp_path, request)
    assert not [one for one in (*seen, *tried.values()) if one.encode() in held]
    assert bytes(consultation.secret) not in held
    assert rows(store.engine, "SELECT secret, live FROM consultation") == [(None, "{}")]
    assert [one.ballot for one in store.ballots(consultation.id)] == [one.ballot for one in before]


def test_what_is_frozen_is_given_as_it_is_whatever_becomes_of_the_ballots(
    store: Store, consultation: Consultation, session: Session
) -> None:
    for person in range(7):
        store.cast(session.id, mark(person), ballot(person))
    with pytest.raises(PartnershipError, match="still open, and says nothing yet"):
        frozen_of(store, consultation.id)
    assert store.ballot_of(consultation.id, mark(1)) is not None  # and nothing was cut
    close_frozen(store, consultation.id, DAY)
    first = frozen_of(store, consultation.id)
    with store.transaction() as connection:
        connection.execute(sa.text("DELETE FROM ballot"))
    assert frozen_of(store, consultation.id) == first


def test_a_closing_that_fails_closes_nothing_and_cuts_nothing(
    store: Store, consultation: Consultation, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.cast(session.id, mark(1), ballot(1, comment="Good."))
    with monkeypatch.context() as broken:
        broken.setattr("partnership_model.delivery.consultation.freezing.results_of", lambda *_: {}["no such key"])
        with pytest.raises(KeyError, match="no such key"):
            close_frozen(store, consultation.id, DAY)
    assert store.consultation(consultation.id) == consultation
    assert store.cast(session.id, mark(1), ballot(2, comment="Good.")) == 2
    close_frozen(store, consultation.id, DAY)
    assert json.loads(frozen_of(store, consultation.id).record)["closed"] == DAY.isoformat()


def test_each_sessions_count_stays_its_own_after_the_closing_where_two_are_called_the_same(
    store: Store, consultation: Consultation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PostgreSQL gives rows that are level in the order in which they lie, and erasing lays them down by their ids."""
    ids = iter(["f" * 32, "0" * 32])
    with monkeypatch.context() as drawn:
        drawn.setattr("partnership_model.delivery.consultation.store.new_id", lambda: next(ids))
        counts = {store.open_session(consultation.id, "Hall", "session", DAY): count for count in (12, 7)}
    for session, count in counts.items():
        for person in range(count):
            store.cast(session.id, mark(person + 100 * count), ballot(person))
    close_frozen(store, consultation.id, DAY)
    assert erase(store)
    desk = Desk(store, store.consultation(consultation.id))
    now = asyncio.run(LivePictures(desk).now())
    desk.close()
    assert now.by_session == {session.id: count for session, count in counts.items()}


def on_paper(person: int, group: str) -> Ballot:
    return dataclasses.replace(ballot(person, group=group), channel="paper")


def test_a_paper_ballot_that_is_taken_back_and_entered_otherwise_between_two_looks_changes_what_is_shown(
    store: Store, consultation: Consultation, session: Session
) -> None:
    for person in range(9):
        enter(store, session, mark(person), on_paper(person, "Staff"))
    desk = Desk(store, consultation)

    async def looks() -> list[dict[str, int]]:
        pictures = LivePictures(desk)
        first = await pictures.now()
        for person in range(5):
            take_back(store, session.id, mark(person))
            enter(store, session, mark(person), on_paper(person, "Parents and carers"))
        return [first.by_group, (await pictures.now()).by_group]

    assert asyncio.run(looks()) == [{"Staff": 5}, {"Parents and carers": 5}]
    desk.close()


def test_what_is_done_on_the_wall_in_the_moment_of_the_closing_is_no_part_of_what_is_closed(
    store: Store, consultation: Consultation, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = store.consultation

    def closed_meanwhile(wanted: str) -> Consultation:
        found = real(wanted)
        monkeypatch.undo()
        close_frozen(store, wanted, DAY)
        return found

    monkeypatch.setattr(store, "consultation", closed_meanwhile)  # another window closes it once this one has looked
    noted(store, consultation.id, "comments shown")
    monkeypatch.undo()
    if real(consultation.id).closed is None:
        close_frozen(store, consultation.id, DAY)
    acts = [act for _, act, _ in store.acts(consultation.id)]
    noted(store, consultation.id, "comments hidden")
    assert [act for _, act, _ in store.acts(consultation.id)] == acts
    assert acts[-1] == "consultation closed"
