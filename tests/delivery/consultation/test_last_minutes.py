"""Who is typing when a session closes loses nothing: two minutes, and then what was typed comes back."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING
from unittest.mock import Mock

import pytest
from tornado.httputil import HTTPHeaders, HTTPServerRequest, RequestStartLine
from tornado.web import Application

from partnership_model.delivery.consultation.kept_rows import StoreDownError
from partnership_model.delivery.consultation.last_minutes import LastMinutes, OpenForms
from partnership_model.delivery.consultation.session_closing import CloseSessionHandler
from tests.delivery.consultation.hall_serving import TODAY, Hall, hall

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def evening(tmp_path: Path) -> Iterator[Hall]:
    with hall(tmp_path) as found:
        yield found


TYPED = {"group": "Staff", "place.cost": "1", "place.staff": "2", "comment": "<i>The bus</i>"}


def test_in_the_last_minutes_an_open_form_is_sent_and_no_new_one_is_handed_out(evening: Hall) -> None:
    fields = evening.ask(evening.form).fields
    evening.do(evening.desk.last_minutes.begin, evening.session.id)
    late = evening.ask(evening.form)
    assert late.status == 410
    assert "takes no new forms any more" in late.text
    assert "This session is closed" not in late.text
    answer = evening.ask(evening.form, {**fields, **TYPED, "place.cost": "99"})
    assert answer.status == 422
    assert evening.ask(evening.form, {**answer.fields, **TYPED}).status == 200
    assert len(evening.store.ballots(evening.consultation.id)) == 1
    for unproven in ({"x": "1"}, TYPED, {**TYPED, "switch": "en"}, {**fields, **TYPED, "proof": "0" * 64}):
        refused = evening.ask(evening.form, unproven)
        assert refused.status == 410
        assert "participant" not in refused.fields
        assert ("&lt;i&gt;The bus&lt;/i&gt;" in refused.text) is ("comment" in unproven), "what was typed is shown"
    assert evening.ask(evening.form, {**fields, **TYPED, "switch": "en"}).status == 200, "an open form changes its language"
    evening.do(evening.desk.last_minutes.stop, evening.session.id)
    assert evening.ask(evening.form).status == 200


def test_a_form_that_comes_too_late_shows_what_was_typed_and_says_that_it_is_not_counted(evening: Hall) -> None:
    fields = evening.ask(evening.form).fields
    evening.store.close_session(evening.session.id, TODAY)
    answer = evening.ask(evening.form, {**fields, **TYPED})
    assert answer.status == 410
    assert "was not counted" in answer.text
    assert "<dd>1: Cost</dd><dd>2: Staff</dd>" in answer.text
    assert "&lt;i&gt;The bus&lt;/i&gt;" in answer.text
    assert not evening.store.ballots(evening.consultation.id)


def test_the_next_person_on_the_device_does_not_see_what_came_too_late(evening: Hall) -> None:
    fields = evening.ask(evening.form).fields
    evening.store.close_session(evening.session.id, TODAY)
    late = evening.ask(evening.form, {**fields, **TYPED})
    assert evening.ask(f"{evening.form}/next", late.fields).status == 303
    again = evening.ask(evening.form, {**fields, **TYPED})
    assert again.status == 410
    assert "The bus" not in again.text


def test_an_empty_form_that_comes_too_late_shows_nothing(evening: Hall) -> None:
    fields = evening.ask(evening.form).fields
    evening.store.close_session(evening.session.id, TODAY)
    assert "was not counted. Copy it" not in evening.ask(evening.form, fields).text


def test_forms_are_open_from_when_they_are_handed_out_until_they_are_sent(evening: Hall) -> None:
    for _ in range(3):
        evening.ask(evening.form)
    evening.send(group="Staff", place__cost="1")
    assert evening.desk.open_forms.count(evening.session.id) == 3
    assert evening.desk.open_forms.count("another") == 0


def test_forms_that_are_given_back_are_open_too_each_once(evening: Hall) -> None:
    def count() -> int:
        return evening.desk.open_forms.count(evening.session.id)

    fields = evening.ask(evening.form).fields
    for wrong in ({"place.cost": "99"}, {"switch": "en"}):
        assert "participant" in evening.ask(evening.form, {**fields, **TYPED, **wrong}).fields
        assert count() == 1
    sent = evening.ask(evening.form, {**fields, **TYPED})
    assert count() == 0
    given = evening.ask(f"{evening.form}/change", {"typed": sent.receipt})
    assert count() == 1
    evening.ask(evening.form, {**given.fields, **TYPED})
    assert count() == 0
    stale = evening.ask(evening.form, TYPED)
    assert stale.status == 403
    assert count() == 1
    evening.ask(evening.form, {**stale.fields, **TYPED})
    assert count() == 0


def test_a_form_that_lies_for_a_quarter_of_an_hour_is_not_open_any_more() -> None:
    now = [0.0]
    forms = OpenForms(lambda: now[0])
    forms.handed_out("a", "1")
    now[0] = 800.0
    forms.handed_out("a", "2")
    assert forms.count("a") == 2
    now[0] = 901.0
    assert forms.count("a") == 1


def test_the_form_that_was_given_out_longest_ago_is_forgotten_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("partnership_model.delivery.consultation.last_minutes.MOST", 2)
    forms = OpenForms()
    for session in ("a", "b", "a", "c"):
        forms.handed_out(session, "1")
    assert [forms.count(session) for session in "abc"] == [1, 0, 1]


def test_a_session_closes_by_itself_also_where_the_store_was_down_for_a_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("partnership_model.delivery.consultation.last_minutes.TRIED_AGAIN", 0.0)
    tried: list[str] = []

    async def play() -> None:
        closed = asyncio.Event()

        async def close(session: str) -> None:
            tried.append(session)
            if len(tried) == 1:
                message = "down"
                raise StoreDownError(message)
            closed.set()

        last = LastMinutes(close, grace=0.01)
        last.begin("kept open")
        last.stop("kept open")
        last.begin("a")
        assert last.until("a") is not None
        await closed.wait()
        await asyncio.sleep(0)
        assert last.until("a") is None

    asyncio.run(asyncio.wait_for(play(), 10))
    assert tried == ["a", "a"]


def test_a_fault_of_ours_is_written_down_once_and_the_session_closes_all_the_same(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("partnership_model.delivery.consultation.last_minutes.TRIED_AGAIN", 0.0)
    tried: list[str] = []

    async def play() -> None:
        closed = asyncio.Event()

        async def close(session: str) -> None:
            tried.append(session)
            if len(tried) < 4:
                raise KeyError(session)
            closed.set()

        last = LastMinutes(close, grace=0.01)
        last.begin("a")
        await closed.wait()
        await asyncio.sleep(0)
        assert last.until("a") is None

    asyncio.run(asyncio.wait_for(play(), 10))
    assert len(tried) == 4
    assert [one.message for one in caplog.records] == ["A session could not be closed at the end of its last minutes"]


@pytest.mark.parametrize("down", [True, False])
def test_a_session_that_is_closed_at_once_keeps_its_last_minutes_until_it_is_closed(
    evening: Hall, monkeypatch: pytest.MonkeyPatch, *, down: bool
) -> None:
    """While the store is down it closes in two minutes, as it was to before."""
    last, asked = evening.desk.last_minutes, []

    async def close(session: str) -> None:
        asked.append(last.until(session))
        if down:
            message = "The store of ballots does not answer."
            raise StoreDownError(message)

    monkeypatch.setattr(evening.desk, "close_session", close)
    typed = {"session": evening.session.id, "act": "now"}

    async def press() -> None:
        last.begin(evening.session.id)
        start = RequestStartLine("POST", "/consultation/close-session", "HTTP/1.1")
        request = HTTPServerRequest(start_line=start, headers=HTTPHeaders(Host="localhost"), connection=Mock())
        handler = CloseSessionHandler(Application(), request, desk=evening.desk, wall=Mock(), live=Mock())
        handler.current_user = "facilitator"
        monkeypatch.setattr(handler, "get_body_argument", lambda name, _="": typed[name])
        monkeypatch.setattr(handler, "redirect", Mock())
        await handler.post()

    ended = asyncio.run_coroutine_threadsafe(press(), evening.loop)
    with pytest.raises(StoreDownError, match="does not answer") if down else contextlib.nullcontext():
        ended.result(30)
    assert asked[0] is not None, "closed first, and then the last minutes end"
    assert (evening.do(last.until, evening.session.id) is not None) is down
    evening.do(last.close)
