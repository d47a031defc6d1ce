"""The store: what is acknowledged is kept, once; the same on SQLite and on PostgreSQL."""

from __future__ import annotations

import datetime as dt
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, inspect, select

from partnership_model.delivery.consultation.ballot_writing import write_ballot
from partnership_model.delivery.consultation.freezing import close_frozen
from partnership_model.delivery.consultation.kept_rows import ClosedError, VoucherError
from partnership_model.delivery.consultation.moderation import DecisionError, comments_of, moderate
from partnership_model.delivery.consultation.schema import sessions, vouchers
from partnership_model.delivery.consultation.store import Store
from partnership_model.delivery.consultation.voucher_store import vouchers_used
from tests.delivery.consultation.own_postgres import rows
from tests.delivery.consultation.voting import DAY, at_once, ballot, mark

if TYPE_CHECKING:
    from collections.abc import Callable

    from partnership_model.delivery.consultation.kept_rows import Consultation, Session
    from partnership_model.knowledge.consultation.question_set import QuestionSet

TAPS = 8


def test_a_ballot_comes_back_as_it_was_cast(store: Store, consultation: Consultation, session: Session) -> None:
    cast = ballot(3, comment="Keep the breakfast club.\n“Please”, says Zoë.")
    assert store.cast(session.id, mark(1), cast) == 1
    assert store.ballot_of(consultation.id, mark(1)) == cast
    (kept,) = store.ballots(consultation.id)
    assert (kept.session, kept.revision) == (session.id, 1)
    assert kept.ballot == ballot(3)  # its comment stands among those to be moderated


def test_what_was_kept_is_there_after_a_restart(store: Store, address: str, consultation: Consultation, session: Session) -> None:
    store.cast(session.id, mark(1), ballot(3))
    store.close()
    again = Store(address)
    assert again.latest(consultation.place) == consultation
    assert again.consultation(consultation.id).secret == consultation.secret
    assert again.session(session.code) == session
    assert [one.ballot for one in again.ballots(consultation.id)] == [ballot(3)]
    again.close()


def test_sending_the_same_again_keeps_the_revision_and_a_change_counts_once(
    store: Store, consultation: Consultation, session: Session
) -> None:
    sent = [ballot(1), ballot(1), ballot(2), ballot(2), ballot(1)]
    assert [store.cast(session.id, mark(1), one) for one in sent] == [1, 1, 2, 2, 3]
    assert [(one.revision, one.ballot) for one in store.ballots(consultation.id)] == [(3, ballot(1))]


def test_a_comment_that_alone_was_changed_is_a_change_and_one_that_is_sent_again_is_none(
    store: Store, consultation: Consultation, session: Session
) -> None:
    sent = ["Good.", "Good.", "Better.", "", "", "Good."]
    assert [store.cast(session.id, mark(1), ballot(1, comment=one)) for one in sent] == [1, 1, 2, 3, 3, 4]
    assert [store.cast(session.id, mark(1), ballot(1, group=one, comment="Good.")) for one in ("Staff", "Neighbours")] == [4, 5]
    assert [one.group for one in comments_of(store, consultation.id)] == ["Neighbours"]


def test_a_double_tap_in_parallel_is_one_ballot(store: Store, consultation: Consultation, session: Session) -> None:
    for person in range(5):
        said = at_once([partial(store.cast, session.id, mark(person), ballot(person, comment=f"Comment {person}"))] * TAPS)
        assert said == [1] * TAPS
    assert sorted(one.revision for one in store.ballots(consultation.id)) == [1] * 5
    assert sorted(one.written for one in comments_of(store, consultation.id)) == [f"Comment {person}" for person in range(5)]


def test_changes_in_parallel_end_as_one_of_them(store: Store, consultation: Consultation, session: Session) -> None:
    store.cast(session.id, mark(1), ballot(0))
    said = at_once([partial(store.cast, session.id, mark(1), ballot(number)) for number in range(1, TAPS)])
    assert sorted(said) == list(range(2, TAPS + 1))
    (kept,) = store.ballots(consultation.id)
    assert kept.revision == TAPS
    assert kept.ballot == ballot(1 + said.index(TAPS))


def test_closing_and_casting_cannot_race(store: Store, consultation: Consultation, session: Session) -> None:
    acknowledged: list[int] = []
    refused: list[int] = []
    half = threading.Event()

    def vote(number: int) -> int:
        for person in range(number, 6000, 6):
            time.sleep(0.05)  # people are slower than that
            if len(acknowledged) >= 30:
                half.set()
            try:
                store.cast(session.id, mark(person), ballot(person))
                acknowledged.append(person)
            except ClosedError:
                refused.append(person)
                break
        return -1

    def close() -> int:
        half.wait(timeout=20)
        store.close_session(session.id, DAY)
        return len(store.ballots(consultation.id))

    at_the_close = at_once([close, *(partial(vote, number) for number in range(6))])[0]
    kept = {one.ballot.answers for one in store.ballots(consultation.id)}
    assert len(store.ballots(consultation.id)) == at_the_close == len(acknowledged)
    assert kept == {ballot(person).answers for person in acknowledged}
    assert len(refused) == 6  # each voted until it was told


def test_closing_a_consultation_waits_for_a_ballot_that_is_being_written_and_neither_stops_the_other(
    store: Store, consultation: Consultation, session: Session
) -> None:
    with ThreadPoolExecutor(1) as window:
        with store.transaction() as connection:
            connection.execute(select(sessions).where(sessions.c.id == session.id).with_for_update(read=True))
            closing = window.submit(close_frozen, store, consultation.id, DAY)
            time.sleep(0.3)
            assert write_ballot(connection, consultation.id, session.id, mark(1), ballot(1)) == 1
        closing.result(20)
    assert len(store.ballots(consultation.id)) == 1
    assert store.consultation(consultation.id).closed == DAY


def test_a_closed_session_takes_neither_a_ballot_nor_a_change(store: Store, consultation: Consultation, session: Session) -> None:
    store.cast(session.id, mark(1), ballot(1))
    store.close_session(session.id, DAY)
    store.close_session(session.id, DAY + dt.timedelta(days=1))  # closing it again changes nothing
    for person in (1, 2):
        with pytest.raises(ClosedError, match="closed"):
            store.cast(session.id, mark(person), ballot(5))
    assert [(one.revision, one.ballot) for one in store.ballots(consultation.id)] == [(1, ballot(1))]
    assert [one.closed for one in store.sessions(consultation.id)] == [DAY]
    with pytest.raises(ClosedError, match="closed"):
        store.cast("no such session", mark(1), ballot(1))


def test_a_ballot_stays_in_the_session_in_which_it_was_cast(store: Store, consultation: Consultation, session: Session) -> None:
    later = store.open_session(consultation.id, "A form open for weeks", "open_form", DAY)
    store.cast(session.id, mark(1), ballot(1))
    assert store.cast(later.id, mark(1), ballot(2)) == 2
    (kept,) = store.ballots(consultation.id)
    assert (kept.session, kept.ballot.channel) == (session.id, "session")
    store.close_session(session.id, DAY)
    with pytest.raises(ClosedError, match="was said is closed"):
        store.cast(later.id, mark(1), ballot(3))
    assert store.ballots(consultation.id) == (kept,)


def test_a_voucher_is_good_for_one_ballot_and_another_is_refused(
    store: Store, address: str, consultation: Consultation, session: Session
) -> None:
    with store.transaction() as connection:
        connection.execute(insert(vouchers).values(mark=mark(90), consultation=consultation.id, used=False))
    assert store.cast(session.id, mark(1), ballot(1), mark(90)) == 1
    assert store.cast(session.id, mark(1), ballot(2), mark(90)) == 2
    assert rows(store.engine, "SELECT used FROM voucher") in ([(True,)], [(1,)])
    store.close()
    store = Store(address)  # that it was used outlives a restart, and it still leads to the same ballot
    assert vouchers_used(store, consultation.id) == 1
    assert store.cast(session.id, mark(1), ballot(3), mark(90)) == 3
    with pytest.raises(VoucherError, match="not one of this"):
        store.cast(session.id, mark(2), ballot(1), mark(91))
    assert len(store.ballots(consultation.id)) == 1
    store.close()


def test_a_refused_voucher_marks_nothing_as_used(store: Store, consultation: Consultation, session: Session) -> None:
    with store.transaction() as connection:
        connection.execute(insert(vouchers).values(mark=mark(90), consultation=consultation.id, used=False))
    store.close_session(session.id, DAY)
    with pytest.raises(ClosedError, match="closed"):
        store.cast(session.id, mark(1), ballot(1), mark(90))
    assert rows(store.engine, "SELECT used FROM voucher") in ([(False,)], [(0,)])


def test_a_comment_that_was_changed_has_to_be_read_again_and_one_that_was_not_stays_as_decided(
    store: Store, consultation: Consultation, session: Session
) -> None:
    store.cast(session.id, mark(1), ballot(1, comment="Good."))
    (first,) = comments_of(store, consultation.id)
    moderate(store, consultation.id, first.id, "approved")
    store.cast(session.id, mark(1), ballot(2, comment="Good."))
    assert [(one.state, one.shown) for one in comments_of(store, consultation.id)] == [("approved", "Good.")]
    store.cast(session.id, mark(1), ballot(2, comment="Mrs X is bad."))
    assert [(one.state, one.shown) for one in comments_of(store, consultation.id)] == [("waiting", "")]
    store.cast(session.id, mark(1), ballot(2))
    assert comments_of(store, consultation.id) == ()


def test_what_looks_like_a_name_is_shown_only_where_somebody_means_it(store: Store, consultation: Consultation, session: Session) -> None:
    store.cast(session.id, mark(1), ballot(1, comment="Ask\nMrs Oak."))
    (one,) = comments_of(store, consultation.id)
    for state, shown in (("approved", ""), ("redacted", "Write to a.b@example.org")):
        with pytest.raises(DecisionError, match=r"Take it out, or tick that you mean it\.$"):
            moderate(store, consultation.id, one.id, state, shown=shown, reason="Too long")
    assert comments_of(store, consultation.id)[0].state == "waiting"
    moderate(store, consultation.id, one.id, "redacted", shown="Ask.", reason="A name")
    moderate(store, consultation.id, one.id, "approved", sure=True)
    assert comments_of(store, consultation.id)[0].shown == "Ask\nMrs Oak."


def test_the_latest_consultation_is_the_one_that_was_opened_last_whatever_the_clock_said(store: Store, questions: QuestionSet) -> None:
    opened = []
    for day in (DAY, DAY, dt.date(2031, 1, 1), dt.date(1999, 12, 31), DAY):
        opened.append(store.open_consultation("/cases/x", questions, day))
        assert store.latest("/cases/x") == opened[-1]
        close_frozen(store, opened[-1].id, day)
        assert store.latest("/cases/x").id == opened[-1].id
    assert store.latest("/cases/y") is None


def test_closing_a_consultation_cuts_every_link_and_takes_nothing_more(store: Store, consultation: Consultation, session: Session) -> None:
    store.cast(session.id, mark(1), ballot(1, comment="Good."))
    with store.transaction() as connection:
        connection.execute(insert(vouchers).values(mark=mark(90), consultation=consultation.id, used=True))
    close_frozen(store, consultation.id, DAY)
    assert store.consultation(consultation.id).secret is None
    assert store.ballot_of(consultation.id, mark(1)) is None
    assert rows(store.engine, "SELECT participant FROM ballot") == [(None,)]
    assert rows(store.engine, "SELECT ballot FROM comment") == [(None,)]
    assert rows(store.engine, "SELECT * FROM voucher") == []
    assert [one.ballot for one in store.ballots(consultation.id)] == [ballot(1)]
    refused: list[Callable[[], object]] = [
        partial(store.cast, session.id, mark(2), ballot(1)),
        partial(close_frozen, store, consultation.id, DAY),
        partial(store.open_session, consultation.id, "Another", "session", DAY),
    ]
    for one in refused:
        with pytest.raises(ClosedError, match="closed"):
            one()


def test_codes_are_never_shared_and_lead_to_one_session(store: Store, consultation: Consultation, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = iter(["AAAAAA", "AAAAAA", "BBBBBB"])
    monkeypatch.setattr("partnership_model.delivery.consultation.store.session_code", lambda: next(drawn))
    first, second = (store.open_session(consultation.id, title, "session", DAY) for title in ("One", "Two"))
    assert (first.code, second.code) == ("AAAAAA", "BBBBBB")
    assert store.session("BBBBBB") == second
    assert store.session("CCCCCC") is None


def test_nothing_that_tells_of_a_person_or_of_a_time_has_a_column(store: Store) -> None:
    names = {
        name: {column["name"]: str(column["type"]) for column in inspect(store.engine).get_columns(name)}
        for name in ("ballot", "comment", "voucher", "sitting")
    }
    assert set(names["ballot"]) == {
        "id", "consultation", "session", "participant", "channel", "stakeholders", "school", "answers", "revision",
    }  # fmt: skip
    assert set(names["comment"]) == {"id", "consultation", "ballot", "stakeholders", "written", "state", "shown", "reason", "themes"}
    assert set(names["voucher"]) == {"mark", "consultation", "used", "until"}
    assert set(names["sitting"]) == {"mark", "consultation"}
    del names["voucher"]["until"]  # the last day on which it can be used, printed on it
    assert not [kind for one in names.values() for kind in one.values() if "DATE" in kind or "TIME" in kind]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sent=st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=12))
def test_whatever_is_sent_in_whatever_order_each_person_counts_once_with_what_was_said_last(
    store: Store, questions: QuestionSet, sent: list[tuple[int, int]]
) -> None:
    consultation = store.open_consultation("/cases/any", questions, DAY)
    session = store.open_session(consultation.id, "An evening", "session", DAY)
    said: dict[int, list[int]] = {}
    for person, number in sent:
        history = said.setdefault(person, [])
        if not history or history[-1] != number:
            history.append(number)
        assert store.cast(session.id, mark(person), ballot(number)) == len(history)
    for person in range(4):
        expected = ballot(said[person][-1]) if person in said else None
        assert store.ballot_of(consultation.id, mark(person)) == expected
    assert len(store.ballots(consultation.id)) == len(said)


def test_what_is_shown_and_what_the_facilitator_did_outlives_a_restart(store: Store, consultation: Consultation, session: Session) -> None:
    assert store.keep_live(consultation.id, {"Staff": 5}, consultation.live)
    store.reveal(consultation.id, revealed=True)
    found = store.consultation(consultation.id)
    assert (found.live, found.revealed) == ('{"Staff": 5}', True)
    acts = store.acts(consultation.id)
    assert [act for _, act, _ in acts] == ["consultation opened", "session opened", "pictures shown"]
    assert acts[0][2] == consultation.questions.digest
    assert all(at.second == at.microsecond == 0 for at, _, _ in acts)
    assert session.title in acts[1][2]


def test_nothing_is_shown_beside_what_another_process_showed_or_after_closing(store: Store, consultation: Consultation) -> None:
    """Two pictures that were each held against the same earlier one, but not against each other, could give somebody away."""
    assert store.keep_live(consultation.id, {"Staff": 5}, consultation.live)
    assert not store.keep_live(consultation.id, {"Staff": 6}, consultation.live)
    assert store.consultation(consultation.id).live == '{"Staff": 5}'
    close_frozen(store, consultation.id, DAY)
    for before in ('{"Staff": 5}', "{}"):
        assert not store.keep_live(consultation.id, {"Staff": 10}, before)
    assert store.consultation(consultation.id).live == "{}"


def test_a_transaction_that_fails_leaves_nothing_behind(store: Store, consultation: Consultation, session: Session) -> None:
    def half() -> None:
        with store.transaction() as connection:
            connection.execute(insert(vouchers).values(mark=mark(1), consultation=consultation.id, used=False))
            raise KeyError(1)

    with pytest.raises(KeyError, match="1"):
        half()
    assert rows(store.engine, "SELECT * FROM voucher") == []
    assert store.cast(session.id, mark(1), ballot(1)) == 1
