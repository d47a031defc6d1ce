"""Sittings that are over are remembered, without end only as far as memory allows."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from partnership_model.delivery.consultation import sittings
from partnership_model.delivery.consultation.codes import receipt_code
from partnership_model.delivery.consultation.desk import Desk
from partnership_model.delivery.consultation.freezing import close_frozen
from partnership_model.delivery.consultation.kept_rows import StoreDownError
from partnership_model.delivery.consultation.marks import mark_of
from partnership_model.delivery.consultation.sittings import Sittings
from partnership_model.delivery.consultation.store import Store
from tests.delivery.consultation.own_postgres import rows
from tests.delivery.consultation.voting import DAY

if TYPE_CHECKING:
    from partnership_model.delivery.consultation.kept_rows import Consultation, Session


def test_a_sitting_is_over_once_the_next_person_began_and_not_before() -> None:
    here = Sittings(str)
    mine, other = receipt_code(), receipt_code()
    assert not here.over(mine)
    here.leave(mine, "a ballot")
    assert here.over(mine)
    assert not here.over(other)


def test_what_has_not_the_shape_of_a_sitting_is_not_given_back() -> None:
    here = Sittings(str)
    for made_up in ("", "x" * 10_000, "' OR 1=1", "abcdefghabcdefgh"):
        assert here.named(made_up) != made_up
    own = receipt_code()
    assert here.named(own) == own


def test_only_so_many_are_remembered_the_latest_among_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sittings, "MOST", 20)
    here = Sittings(str)
    all_of_them = [receipt_code() for _ in range(sittings.MOST + 2)]
    for one in all_of_them:
        here.leave(one, sent=one)
    assert not here.over(all_of_them[0])
    assert here.over(all_of_them[2])
    assert here.over(all_of_them[-1])
    assert here.unkept() == frozenset(all_of_them[2:])


def test_whoever_sends_one_ballot_again_and_again_pushes_nobody_elses_sitting_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sittings, "MOST", sittings.EACH + 10)
    here, mine, theirs = Sittings(str), receipt_code(), [receipt_code() for _ in range(sittings.MOST + 5)]
    here.leave(mine, "my ballot")
    for one in theirs:
        here.leave(one, "theirs")
        here.leave(one, "theirs")
    assert here.over(mine)
    assert [here.over(one) for one in theirs].count(True) == sittings.EACH


def test_a_sitting_that_is_over_stays_over_when_the_server_starts_again(
    store: Store, address: str, consultation: Consultation, session: Session
) -> None:
    here, secret = receipt_code(), consultation.secret
    first = Desk(store, consultation)
    for _ in range(2):
        asyncio.run(first.leave(session, here, first.proofs.leaving(session.code, here, "a ballot")))
    first.close()
    store.close()
    again = Store(address)
    second = Desk(again, again.consultation(consultation.id))
    assert second.sittings.over(here)
    assert not second.sittings.over(receipt_code())
    assert rows(again.engine, "SELECT mark FROM sitting") == [(mark_of(secret, f"sitting {here}"),)]  # and nothing that says who sat there
    close_frozen(again, session.consultation, DAY)
    assert rows(again.engine, "SELECT mark FROM sitting") == []
    second.close()
    again.close()


@pytest.mark.parametrize("address", ["sqlite"], indirect=True)
def test_a_store_that_was_down_when_the_next_person_began_hears_of_it_with_the_one_after(
    store: Store, consultation: Consultation, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, later = receipt_code(), receipt_code()
    desk = Desk(store, consultation, tell=lambda _: None)
    monkeypatch.setattr("partnership_model.delivery.consultation.desk.RESTS", 0.0)
    with monkeypatch.context() as down:
        down.setattr("partnership_model.delivery.consultation.desk.keep_over", _down)
        asyncio.run(desk.leave(session, here, desk.proofs.leaving(session.code, here, "a ballot")))
    assert desk.sittings.over(here)
    assert sittings.sittings_over(store, consultation.id) == ()
    asyncio.run(desk.leave(session, later, desk.proofs.leaving(session.code, later, "another")))
    assert len(sittings.sittings_over(store, consultation.id)) == 2
    desk.close()


def _down(*_: object) -> None:
    message = "The store of ballots does not answer."
    raise StoreDownError(message)


@pytest.mark.parametrize("address", ["sqlite"], indirect=True)
def test_the_store_takes_no_more_sittings_than_memory_does(
    store: Store, consultation: Consultation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sittings, "MOST", 3)
    for marks in (["a", "b"], ["b", "c", "d"], ["e"]):
        sittings.keep_over(store, consultation.id, marks)
    assert sorted(sittings.sittings_over(store, consultation.id)) == ["a", "b", "c"]
