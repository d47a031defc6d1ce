"""What a hall, or somebody on its Wi-Fi, may send to the forms: none of it is kept, and none of it keeps others from answering."""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
import random
import re
import socket
import time
from collections import Counter
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest

from partnership_model.delivery.consultation import form_server
from partnership_model.delivery.consultation.ballot_forms import BallotHandler
from partnership_model.delivery.consultation.codes import LETTERS
from partnership_model.delivery.consultation.kept_rows import StoreDownError
from partnership_model.delivery.consultation.moderation import comments_of
from partnership_model.delivery.consultation.wrong_codes import MOST
from tests.delivery.consultation.hall_serving import Hall, hall

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ELSEWHERE = "127.0.0.9"  # an address that can be told from all others in a log
MEGABYTE = 1_000_000
SCRIPT = '</textarea><script>alert(1)</script> =HYPERLINK("http://x") {{7*7}} \' " <b>'


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Hall]:
    """Serve the forms."""
    with hall(tmp_path) as found:
        yield found


def raw(port: int, sent: bytes, *, patience: float = 10, then: bytes = b"") -> bytes:
    """Send bytes from elsewhere and give all that comes back until the line is closed."""
    with socket.create_connection(("127.0.0.1", port), timeout=patience, source_address=(ELSEWHERE, 0)) as line:
        try:
            line.sendall(sent)
            got = b""
            if then:
                time.sleep(0.05)
                line.sendall(then)
            while chunk := line.recv(65_536):
                got += chunk
        except (ConnectionError, TimeoutError):
            return got if "got" in locals() else b""
        return got


def post(path: str, body: bytes, kind: str = "application/x-www-form-urlencoded", length: int | None = None) -> bytes:
    head = f"POST {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: {kind}\r\n"
    return f"{head}Content-Length: {len(body) if length is None else length}\r\n\r\n".encode() + body


def works(served: Hall) -> None:
    """Make sure that somebody else can still answer."""
    before = len(served.store.ballots(served.consultation.id))
    assert served.send(place__cost="1").status == 200
    assert len(served.store.ballots(served.consultation.id)) == before + 1


# Forms that are not ours


def test_a_forged_form_is_not_kept_and_what_was_typed_is(served: Hall) -> None:
    fields = served.ask(served.form).fields
    other = served.ask(served.form).fields
    forged = [
        {"proof": "0" * 64},
        {"proof": ""},
        {"proof": "é" * 64},
        {"participant": other["participant"]},
        {"participant": "AAAABBBBCCCCDDDD"},
        {"participant": "", "proof": ""},
        {"participant": "' OR 1=1 --"},
    ]
    for one in forged:
        answer = served.ask(served.form, {**fields, "place.cost": "1", "comment": SCRIPT, **one})
        assert answer.status == 403
        assert answer.fields["place.cost"] == "1"
        assert "&lt;script&gt;" in answer.text
        assert answer.fields["participant"] not in (fields["participant"], other["participant"], one.get("participant"))
    assert served.store.ballots(served.consultation.id) == ()
    again = served.ask(served.form, {**answer.fields, "place.cost": "1"})
    assert again.status == 200, "what comes back with the typed answers can be sent"


def test_a_form_of_one_session_is_none_of_another(served: Hall) -> None:
    other = served.store.open_session(served.consultation.id, "Another", "session", served.session.opened)
    fields = served.ask(served.form).fields
    time.sleep(0.3)
    assert served.ask(f"/{other.code}", {**fields, "place.cost": "1"}).status == 403
    assert served.store.ballots(served.consultation.id) == ()


def test_a_form_that_is_sent_again_and_again_counts_once(served: Hall) -> None:
    fields = {**served.ask(served.form).fields, "place.cost": "1", "comment": SCRIPT}
    assert len({served.ask(served.form, fields).receipt for _ in range(5)}) == 1
    (kept,) = served.store.ballots(served.consultation.id)
    assert kept.revision == 1
    assert [one.written for one in comments_of(served.store, served.consultation.id)] == [SCRIPT]


def test_a_form_that_breaks_off_is_not_kept(served: Hall) -> None:
    fields = served.ask(served.form).fields
    body = f"participant={fields['participant']}&proof={fields['proof']}&place.cost=1".encode()
    with socket.create_connection(("127.0.0.1", served.port), timeout=10) as line:
        line.sendall(post(served.form, body, length=len(body) + 50))
    works(served)
    assert len(served.store.ballots(served.consultation.id)) == 1


def test_a_form_without_its_end_is_asked_about_and_not_kept(served: Hall) -> None:
    fields = served.ask(served.form).fields
    body = f"participant={fields['participant']}&proof={fields['proof'][:20]}".encode()
    assert raw(served.port, post(served.form, body)).startswith(b"HTTP/1.1 403")
    assert served.store.ballots(served.consultation.id) == ()


def test_answers_that_are_none_are_refused_with_what_was_typed(served: Hall) -> None:
    wrong = [
        {"group": "The council"},
        {"school": "Another school"},
        {"place__cost": "9"},
        {"place__cost": "0"},
        {"place__cost": "1.5"},
        {"place__cost": "²"},
        {"place__cost": "1" * 5000},
        {"place__cost": "1", "place__staff": "1"},
        {"points__cost": "101"},
        {"points__cost": "60"},
        {"support__federation": "yes"},
        {},
        {"comment": "\x00\x01"},
        {"comment": "é" * 2001},
    ]
    for one in wrong:
        answer = served.send(**one)
        assert answer.status == 422, one
        assert answer.headers["Cache-Control"] == "no-store"
    assert served.store.ballots(served.consultation.id) == ()


def test_a_closed_session_takes_nothing_and_says_so(served: Hall) -> None:
    fields = served.ask(served.form).fields
    served.store.close_session(served.session.id, served.session.opened)
    assert served.ask(served.form, {**fields, "place.cost": "1"}).status == 410
    time.sleep(1.1)
    assert served.ask(served.form).status == 410
    assert served.store.ballots(served.consultation.id) == ()


def test_scripts_and_formulas_are_kept_as_they_were_written_and_shown_as_text(served: Hall) -> None:
    fields = {**served.ask(served.form).fields, "place.cost": "1", "comment": SCRIPT}
    answer = served.ask(f"{served.form}/change", {"typed": served.ask(served.form, fields).receipt})
    assert answer.fields["comment"] == SCRIPT
    assert "<script>alert" not in answer.text
    answer = served.ask(served.form, {**fields, "place.cost": SCRIPT, "group": SCRIPT, "lang": SCRIPT})
    assert answer.status == 422
    assert "<script>alert" not in answer.text
    assert "<script>alert" not in served.ask(served.form, {**fields, "sitting": SCRIPT, "proof": SCRIPT}).text


# Too much of it


def test_a_comment_of_a_megabyte_is_refused_with_all_that_was_typed_before_it(served: Hall) -> None:
    for letter in ("x", "é", "😀"):
        comment = letter * (MEGABYTE // len(letter.encode()) // 3)
        answer = served.send(place__cost="2", group="Staff", comment=comment)
        assert answer.status == 422
        assert answer.fields["place.cost"] == "2"
        assert set(answer.fields["comment"]) == {letter}
        assert "There is room for" in answer.text or "there is room for" in answer.text
    assert served.store.ballots(served.consultation.id) == ()


def test_what_is_larger_than_any_form_is_cut_off(served: Hall) -> None:
    body = b"comment=" + b"x" * (3 * MEGABYTE)
    answer = raw(served.port, post(served.form, body))
    assert answer[:12] in (b"", b"HTTP/1.1 400")
    chunked = f"POST {served.form} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n".encode()
    chunks = b"".join(b"10000\r\n" + b"x" * 65_536 + b"\r\n" for _ in range(50))
    assert raw(served.port, chunked + chunks)[:12] in (b"", b"HTTP/1.1 400")
    works(served)


def test_odd_bodies_and_heads_get_an_answer_that_tells_nothing(served: Hall) -> None:
    fields = served.ask(served.form).fields
    mine = f"participant={fields['participant']}&proof={fields['proof']}"
    sent = [
        post(served.form, b"\xff\xfe%ff%fe=%00&comment=%ff"),
        post(served.form, f"{mine}&comment=%ff%fe".encode()),
        post(served.form, b"&".join(b"a%d=1" % number for number in range(5000))),
        post(served.form, b"&" * 60_000),
        post(served.form, b"%" * 60_000),
        post(served.form, b'{"place.cost": 1}', "application/json"),
        post(served.form, b"--x\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--x--", "multipart/form-data; boundary=x"),
        post(served.form, b"--x" * 20_000, "multipart/form-data; boundary=x"),
        f"GET {served.form}?lang=%ff HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode(),
        f"GET {served.form} HTTP/1.1\r\nHost: x\r\nX: {'y' * 20_000}\r\n\r\n".encode(),
        b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 5000,
        b"GET / HTTP/9.9\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" * 20 + b"\r\n\r\n",  # somebody tries HTTPS
        f"POST {served.form} HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n".encode(),
        f"POST {served.form} HTTP/1.1\r\nHost: x\r\nContent-Length: 5, 6\r\n\r\nhello".encode(),
        f"POST {served.form} HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n".encode(),
    ]
    for one in sent:
        answer = raw(served.port, one, patience=5)
        status = int(answer.split(b" ", 2)[1]) if answer else 0
        assert status in (0, 200, 400, 403, 404, 422), (one[:60], answer[:200])
        assert b"Traceback" not in answer
        assert b"tornado" not in answer.lower()
    works(served)
    assert len(served.store.ballots(served.consultation.id)) == 1


def test_a_clock_that_jumps_changes_nothing_of_a_ballot(served: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    before = {**served.ask(served.form).fields, "place.cost": "1"}
    began = time.time()
    for years in (20, -20, 1):
        clock = began + years * 365 * 86_400
        monkeypatch.setattr(time, "time", lambda clock=clock: clock)
        assert str(dt.datetime.now(dt.UTC).year + years) in served.ask("/").headers["Date"], "the server has jumped"
        receipt = served.ask(served.form, {**before, "place.cost": str(years % 3 + 1)}).receipt
        works(served)
    opened = served.ask(f"{served.form}/change", {"typed": receipt})
    assert opened.fields["place.cost"] == "2"
    assert len(served.store.ballots(served.consultation.id)) == 4


def test_all_places_alike_are_an_answer_where_that_is_meant_and_some_may_be_missing(served: Hall) -> None:
    criteria = [name for name in served.ask(served.form).fields if name.startswith("place.")]
    alike = dict.fromkeys((name.replace(".", "__") for name in criteria), "3")
    asked = served.send(**alike)
    assert asked.status == 422
    assert "you gave place 3 to all of these" in asked.text
    assert served.send(**alike, level="yes").status == 200
    assert served.send(**{criteria[0].replace(".", "__"): "7"}).status == 200
    assert served.send(**dict.fromkeys(alike, "")).status == 422
    kept = sorted(len(one.ballot.places) for one in served.store.ballots(served.consultation.id))
    assert kept == [1, len(criteria)]


def test_telephones_that_never_finish_cost_nobody_anything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(form_server, "FORM_WITHIN", 1)
    with hall(tmp_path) as served:
        half = [b"GET / HT", b"GET / HTTP/1.1\r\nHost:", post(served.form, b"comment=", length=5000), b""]
        lines = [socket.create_connection(("127.0.0.1", served.port), timeout=10) for _ in range(80)]
        for number, line in enumerate(lines):
            line.sendall(half[number % len(half)])
        works(served)
        for line in lines:
            while line.recv(65_536):
                pass  # until the server has hung up
            line.close()
        works(served)


def test_a_flood_of_connections_makes_the_oldest_of_them_go_and_keeps_nobody_from_answering(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(form_server, "MOST_CONNECTIONS", 20)
    with hall(tmp_path) as served:
        lines = [socket.create_connection(("127.0.0.1", served.port), timeout=10) for _ in range(60)]
        works(served)
        assert lines[0].recv(10) == b""
        for line in lines:
            line.close()
        works(served)


def test_whoever_opens_all_connections_pushes_out_their_own_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(form_server, "MOST_CONNECTIONS", 60)
    with hall(tmp_path) as served:
        fields = served.ask(served.form).fields
        body = urlencode({**fields, "place.cost": "1"}).encode()
        whole = post(served.form, body).replace(b"Connection: close\r\n", b"")
        phone = socket.create_connection(("127.0.0.1", served.port), timeout=10)
        waiting = socket.create_connection(("127.0.0.1", served.port), timeout=10)
        phone.sendall(whole[:-5])  # a ballot on its way
        attackers = []
        for number in range(300):
            one = socket.create_connection(("127.0.0.1", served.port), timeout=10, source_address=("127.0.0.2", 0))
            if number % 2:
                one.sendall(post(served.form, b"comment=", length=5000))  # it begins to send, and never ends
            attackers.append(one)
        phone.sendall(whole[-5:])
        assert phone.recv(100).startswith(b"HTTP/1.1 200")
        waiting.sendall(f"GET {served.form} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        assert waiting.recv(100).startswith(b"HTTP/1.1 200")
        works(served)
        for one in (phone, waiting, *attackers):
            one.close()


def test_a_form_that_is_full_sends_people_to_paper_keeps_what_they_typed_and_lets_those_who_are_in_change(served: Hall) -> None:
    """A script that has the code from the wall cannot fill the disk; another session has room."""
    served.desk.most = 5
    first = {**served.ask(served.form).fields, "place.cost": "1"}
    assert served.ask(served.form, first).status == 200
    for _ in range(4):
        assert served.send(place__cost="1").status == 200
    late = {**served.ask(served.form).fields, "place.cost": "2", "comment": "I came by bus."}
    for _ in range(2):
        answer = served.ask(served.form, late)
        assert answer.status == 409
        assert "Ask the person who runs the consultation for a sheet of paper" in answer.text
        assert {name: answer.fields[name] for name in late if name != "sitting"} == {
            name: value for name, value in late.items() if name != "sitting"
        }
    assert served.ask(served.form, {**first, "place.cost": "2"}).status == 200, "who is in can still change"
    assert len(served.store.ballots(served.consultation.id)) == 5
    other = served.store.open_session(served.consultation.id, "Another", "session", served.session.opened)
    time.sleep(0.3)
    assert served.ask(f"/{other.code}", {**served.ask(f"/{other.code}").fields, "place.cost": "1"}).status == 200
    served.desk.most = 6
    assert served.ask(served.form, answer.fields).status == 200, "what was kept on the page can be sent once there is room"


# Codes


async def guess(port: int, codes: list[str], source: str) -> list[int]:
    """Try codes on one connection, all of them sent at once."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port, local_addr=(source, 0))
    ends = [""] * (len(codes) - 1) + ["Connection: close\r\n"]
    writer.write("".join(f"GET /{code} HTTP/1.1\r\nHost: x\r\n{end}\r\n" for code, end in zip(codes, ends, strict=True)).encode())
    got = await reader.read(-1)
    writer.close()
    return [int(status) for status in re.findall(rb"HTTP/1\.1 (\d+)", got)]


def test_of_ten_thousand_wrong_codes_twenty_are_looked_at_and_every_right_one_is_let_in(served: Hall) -> None:
    """From one address at once, as a hall behind a router is one: in the middle and at the end somebody has the right code."""
    connections, each = 400, 26
    drawn = random.Random(7)  # noqa: S311 - drawn for a test
    codes = [["".join(drawn.choices(LETTERS, k=6)) for _ in range(each)] for _ in range(connections)]
    for at in range(0, connections, 4):
        codes[at][each // 2], codes[at][-1] = served.session.code, served.session.code.lower()

    async def hammer() -> list[list[int]]:
        return await asyncio.gather(*(guess(served.port, one, ELSEWHERE) for one in codes))

    said = asyncio.run(hammer())
    found = [
        (code.upper() == served.session.code, status)
        for tried, statuses in zip(codes, said, strict=True)
        for code, status in zip(tried, statuses, strict=True)
    ]
    wrong = [status for right, status in found if not right]
    assert len(wrong) >= 10_000
    assert Counter(wrong) == {404: MOST, 429: len(wrong) - MOST}
    assert Counter(status for right, status in found if right) == {200: connections // 2}
    assert len(served.wrong) == 1
    assert raw(served.port, post("/", f"typed={served.session.code.lower()}".encode())).startswith(b"HTTP/1.1 303")
    assert served.ask("/AAAAAA").status == 404, "another address has its own count"
    works(served)


# The store is down


def test_while_the_store_is_down_a_form_is_shown_kept_and_taken_afterwards(served: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    fields = {**served.ask(served.form).fields, "place.cost": "3", "group": "Staff", "comment": "Do not lose me."}

    def down(*_: object) -> None:
        message = "The store of ballots does not answer."
        raise StoreDownError(message)

    with monkeypatch.context() as broken:
        for name in ("cast_all", "sessions"):
            broken.setattr(served.store, name, down)
        time.sleep(1.1)  # until what is known of the sessions is no longer fresh
        answer = served.ask(served.form, fields)
        assert answer.status == 503
        assert answer.headers["Retry-After"] == "10"
        assert 'http-equiv="refresh"' not in answer.text  # which would lose it
        kept = answer.fields
        assert {name: kept[name] for name in fields if name != "sitting"} == {
            name: value for name, value in fields.items() if name != "sitting"
        }
        assert served.ask(served.form).status == 200
        unknown = served.ask("/AAAAAA")
        assert (unknown.status, unknown.headers["Retry-After"]) == (503, "10")
    time.sleep(1.1)
    assert served.ask(served.form, kept).status == 200
    assert [one.ballot.places for one in served.store.ballots(served.consultation.id)] == [{"cost": 3}]


def test_no_log_holds_an_address_whatever_goes_wrong(
    served: Hall, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)

    def broken(*_: object, **__: object) -> None:
        raise KeyError(1)

    fields = served.ask(served.form).fields
    monkeypatch.setattr(served.desk.blank, "page", broken)
    monkeypatch.setattr(BallotHandler, "proven", broken)
    assert raw(served.port, f"GET {served.form} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode()).startswith(b"HTTP/1.1 500")
    answer = raw(served.port, post(served.form, f"participant={fields['participant']}&proof=0&comment=secret".encode()))
    assert answer.startswith(b"HTTP/1.1 500")
    assert b"KeyError" not in answer
    assert (
        raw(served.port, f"PUT {served.form} HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode())[9:12]
        == b"405"
    )
    assert "A form could not be answered." in caplog.text
    assert ELSEWHERE not in caplog.text
    assert "secret" not in caplog.text
    assert served.session.code not in caplog.text
