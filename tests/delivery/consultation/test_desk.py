"""The desk asks the store as rarely as it can, and says once when it does not answer."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

import pytest

from partnership_model.delivery.consultation import desk as module
from partnership_model.delivery.consultation.ballot_writing import Cast
from partnership_model.delivery.consultation.codes import receipt_code
from partnership_model.delivery.consultation.desk import Desk
from partnership_model.delivery.consultation.kept_rows import ClosedError, StoreDownError
from partnership_model.display.consultation.form_page import form_page
from tests.delivery.consultation.voting import DAY, ballot, mark

if TYPE_CHECKING:
    from collections.abc import Iterator

    from partnership_model.delivery.consultation.kept_rows import Consultation, Session
    from partnership_model.delivery.consultation.store import Store
    from partnership_model.knowledge.consultation.question_set import QuestionSet

pytestmark = pytest.mark.parametrize("address", ["sqlite"], indirect=True)


@pytest.fixture
def told() -> list[str]:
    """What whoever runs it is told."""
    return []


@pytest.fixture
def desk(store: Store, consultation: Consultation, session: Session, told: list[str]) -> Iterator[Desk]:
    """Set up a desk."""
    assert session.consultation == consultation.id
    found = Desk(store, consultation, tell=told.append)
    yield found
    found.close()


def counted(store: Store, monkeypatch: pytest.MonkeyPatch, name: str) -> list[object]:
    """Count how often the store is asked for something."""
    asked: list[object] = []
    what = getattr(store, name)

    def ask(*about: object) -> object:
        asked.append(about)
        return what(*about)

    monkeypatch.setattr(store, name, ask)
    return asked


def test_ten_thousand_wrong_codes_cost_the_store_a_few_questions(
    desk: Desk, store: Store, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = counted(store, monkeypatch, "sessions")

    async def guess() -> list[object]:
        found = []
        for hundred in range(10):
            found += await asyncio.gather(*(desk.session(f"ZZ{1000 * hundred + number:04d}") for number in range(1000)))
        return found

    begin = time.monotonic()
    assert set(asyncio.run(guess())) == {None}
    assert len(asked) <= 2 + (time.monotonic() - begin) / module.ASKED_AGAIN
    assert asyncio.run(desk.session(session.code)) == session


def test_a_crowd_that_comes_at_once_asks_once(desk: Desk, store: Store, session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = counted(store, monkeypatch, "sessions")

    async def come() -> list[object]:
        return await asyncio.gather(*(desk.session(session.code) for _ in range(300)))

    assert asyncio.run(come()) == [session] * 300
    assert len(asked) == 1


def test_a_session_that_was_just_opened_or_closed_is_known_within_a_second(
    desk: Desk, store: Store, consultation: Consultation, session: Session
) -> None:
    assert asyncio.run(desk.session(session.code)) == session
    store.close_session(session.id, DAY)
    new = store.open_session(consultation.id, "Another", "session", DAY)
    assert asyncio.run(desk.session("ZZZZZZ")) is None
    assert asyncio.run(desk.session(new.code)) == new
    newer = store.open_session(consultation.id, "A third", "session", DAY)
    assert asyncio.run(desk.session("ZZZZZZ")) is None
    assert asyncio.run(desk.session(newer.code)) == newer
    time.sleep(module.KNOWN_FOR)
    found = asyncio.run(desk.session(session.code))
    assert found is not None
    assert found.closed == DAY


def test_a_session_of_another_consultation_is_not_this_ones(desk: Desk, store: Store, questions: QuestionSet) -> None:
    other = store.open_consultation("/cases/other", questions, DAY)
    theirs = store.open_session(other.id, "Theirs", "session", DAY)
    assert asyncio.run(desk.session(theirs.code)) is None


def test_a_store_that_is_down_is_said_once_and_not_asked_by_everybody_who_waits(
    desk: Desk, store: Store, session: Session, told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def down() -> None:
        asked.append(1)
        message = "The store of ballots does not answer: OperationalError."
        raise StoreDownError(message)

    async def try_all() -> list[object]:
        return await asyncio.gather(*(desk.ask(down) for _ in range(50)), return_exceptions=True)

    assert all(isinstance(one, StoreDownError) for one in asyncio.run(try_all()))
    assert len(asked) == 1
    time.sleep(module.RESTS)
    assert asyncio.run(desk.ask(store.session, session.code)) == session
    assert told == [
        "The store of ballots does not answer: OperationalError. Whoever sends a form keeps it and is told to try again.",
        "The store of ballots answers again.",
    ]
    monkeypatch.undo()


# The box


def test_ballots_that_come_together_wait_for_the_disk_once_and_each_gets_its_own_answer(
    desk: Desk, store: Store, consultation: Consultation, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.cast(session.id, mark(1), ballot(1))
    closed = store.open_session(consultation.id, "Over", "session", DAY)
    store.close_session(closed.id, DAY)
    asked = counted(store, monkeypatch, "cast_all")
    casts = [Cast(session.id, mark(person), ballot(person + 1)) for person in range(60)]
    casts[30:30] = [Cast(closed.id, mark(99), ballot(1)), Cast(session.id, mark(1), ballot(2))]

    async def come() -> list[object]:
        return await asyncio.gather(*(desk.box.cast(one) for one in casts), return_exceptions=True)

    said = asyncio.run(come())
    assert isinstance(said[30], ClosedError)
    assert [said[1], said[31]] == [2, 2]  # one change, sent twice
    assert [one for at, one in enumerate(said) if at not in (1, 30, 31)] == [1] * 59
    assert len(asked) <= 3
    assert len(store.ballots(consultation.id)) == 60


def test_nobody_gets_a_receipt_where_the_whole_batch_was_not_written(
    desk: Desk, store: Store, consultation: Consultation, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = store.cast_all

    def breaks(casts: list[Cast]) -> object:
        with store.transaction():
            pass
        if len(casts) > 1:
            message = "The store of ballots does not answer."
            raise StoreDownError(message)
        return real(casts)

    monkeypatch.setattr(store, "cast_all", breaks)

    async def come() -> list[object]:
        return await asyncio.gather(
            *(desk.box.cast(Cast(session.id, mark(person), ballot(1))) for person in range(5)), return_exceptions=True
        )

    said = asyncio.run(come())
    assert all(isinstance(one, StoreDownError) for one in said), said
    assert store.ballots(consultation.id) == ()
    time.sleep(module.RESTS)
    assert asyncio.run(desk.box.cast(Cast(session.id, mark(1), ballot(1)))) == 1


def test_whoever_closes_waits_for_what_was_put_in(desk: Desk, store: Store, consultation: Consultation, session: Session) -> None:
    async def come_and_close() -> int:
        waiting = [asyncio.ensure_future(desk.box.cast(Cast(session.id, mark(person), ballot(1)))) for person in range(120)]
        await asyncio.sleep(0)
        await desk.box.emptied()
        kept = len(store.ballots(consultation.id))
        await asyncio.gather(*waiting)
        return kept

    asyncio.run(desk.box.emptied())
    assert asyncio.run(come_and_close()) == 120


def test_a_fault_of_ours_stops_nobody_who_comes_after(desk: Desk, store: Store, session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(store, "cast_all", lambda _: {}["no such key"])
        with pytest.raises(KeyError, match="no such key"):
            asyncio.run(desk.box.cast(Cast(session.id, mark(1), ballot(1))))
    assert asyncio.run(desk.box.cast(Cast(session.id, mark(1), ballot(1)))) == 1


# Blank forms


def test_a_blank_form_is_the_form_in_every_language(desk: Desk, questions: QuestionSet) -> None:
    for language in ("en", "ur"):
        for _ in range(2):
            filled = {"participant": receipt_code(), "proof": "0a" * 32, "sitting": receipt_code()}
            assert desk.blank.page("/ABCDEF", language, **filled) == form_page(
                questions, "/ABCDEF", language, **filled, typed={}, fresh=True
            )
