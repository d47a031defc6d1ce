"""Every address of both doors stands in docs/consultation-server.md and answers what it says there; an outsider gets nothing else."""

from __future__ import annotations

import http.client
import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import pytest

from partnership_model.delivery.consultation.ballot_writing import Cast
from partnership_model.delivery.consultation.forms import form_routes
from partnership_model.delivery.consultation.serving import Hall
from partnership_model.delivery.consultation.store import Store
from partnership_model.display.consultation.answer_warnings import BURST
from tests.delivery.consultation.voting import DAY, ballot, mark
from tests.delivery.test_reachability import ELSEWHERE, METHODS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from peers.consulting import Consulting

    from partnership_model.delivery.consultation.kept_rows import Consultation, Session

ROOT = Path(__file__).resolve().parents[3]
DOCUMENT = ROOT / "docs" / "consultation-server.md"
FORMS = re.compile(r"^\| `(/[^`]*)` \| (\d+) \| (\d+) \| (\d+) \|", re.MULTILINE)
FACILITATOR = re.compile(r"^\| `(/consultation[^`]*)` \| [^\d|]", re.MULTILINE)
ALSO = (
    "/consult",
    "/consult/api/results",
    "/consult/api/stream",
    "/consult/f/ABCDEF",
    "/governors",
    "/partnership/vega.js",
    "/consultation/",
)
SHOWN = ("GET", "HEAD", "POST")


@pytest.fixture(scope="module")
def served() -> Iterator[Consulting]:
    """Serve a consultation as a person does, with an evening open."""
    sys.path.insert(0, str(ROOT / "benchmarks"))
    from peers.consulting import consulting  # noqa: PLC0415 - found from here on only

    with consulting() as found:
        yield found


@pytest.fixture(scope="module")
def evening(served: Consulting) -> Session:
    """Open an evening."""
    return served.open_session()


@pytest.fixture(scope="module")
def cookie(served: Consulting) -> str:
    """Let the facilitator's browser in."""
    port, token = served.token
    status, _, headers = ask(port, f"/?token={token}", "GET")
    assert status == 303
    return headers["Set-Cookie"].split(";")[0]


def ask(port: int, path: str, method: str, cookie: str = "", **headers: str) -> tuple[int, str, dict[str, str]]:
    """Ask as somebody who has nothing but what is given here."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        line.putrequest(method, path, skip_host="Host" in headers)
        for name, value in ({"Cookie": cookie} if cookie else {}).items() | headers.items():
            line.putheader(name, value)
        if method in ("POST", "PUT", "PATCH"):
            line.putheader("Content-Length", "0")
        line.endheaders()
        got = line.getresponse()
        return got.status, got.read().decode(), dict(got.getheaders())
    finally:
        line.close()


@pytest.mark.parametrize("address", ["sqlite"], indirect=True)
def test_the_document_names_every_address_of_both_doors(store: Store, consultation: Consultation) -> None:
    says = DOCUMENT.read_text(encoding="utf-8")
    hall = Hall(store, consultation, [], "http://127.0.0.1:8080")
    try:
        forms = [re.sub(r"\(\?P<code>.*?\)", "CODE", path) for path, *_ in form_routes(hall.desk, None, None)]  # type: ignore[arg-type]
        assert sorted(path for path, *_ in FORMS.findall(says)) == sorted(forms)
        named = [re.sub(r"\(\?P<(\w+)>.*?\)", lambda found: found[1].upper(), path) for path, *_ in hall.routes()]
        assert sorted(FACILITATOR.findall(says)) == sorted(named)
    finally:
        hall.desk.close()


def test_the_forms_answer_what_the_document_says_and_everything_else_is_nowhere(served: Consulting, evening: Session) -> None:
    rows = FORMS.findall(DOCUMENT.read_text(encoding="utf-8"))
    for path, *statuses in rows:
        expected = dict.fromkeys(METHODS, 405) | dict(zip(SHOWN, map(int, statuses), strict=True))
        for code in (evening.code, evening.code.lower()):
            found = {method: ask(served.port, path.replace("CODE", code), method)[0] for method in METHODS}
            assert found == expected, path
    wrong = {ask(served.port, path.replace("CODE", "ZZZZZZ"), "GET")[0] for path, *_ in rows if "CODE" in path and "next" not in path}
    assert wrong <= {404, 429}
    for number, path in enumerate((*ELSEWHERE, *ALSO, f"/{evening.code}/", f"/{evening.code}/results", f"/{evening.code}X")):
        for method in METHODS if number % 10 == 0 else ("GET",):
            status, page, headers = ask(served.port, path, method)
            assert status in (404, 400), (method, path, status)
            assert "Server" not in headers
            assert "Set-Cookie" not in headers
            assert not re.search(r"tornado|jupyter|voila|traceback|version", page, re.IGNORECASE), path


def test_an_outsider_gets_nothing_at_the_facilitators_door(served: Consulting, evening: Session) -> None:
    port, _ = served.token
    own = FACILITATOR.findall(DOCUMENT.read_text(encoding="utf-8"))
    for number, path in enumerate((*own, "/", f"/{evening.code}", *ALSO, *ELSEWHERE[::4])):
        for method in METHODS if number % 5 == 0 else ("GET", "POST"):
            status, page, headers = ask(port, path, method)
            assert status == 403, (method, path)
            assert "Set-Cookie" not in headers
            assert evening.code not in page
            assert "answers" not in page
    assert ask(port, "/consultation", "GET", cookie=f"partnership-{port}=2|1:0|10:1|x:y|z")[0] == 403
    assert ask(port, "/?token=" + "A" * 32, "GET")[0] == 403
    for cookie in (f"_xsrf=1; partnership-{port}=", "username=1"):
        assert ask(port, "/consultation?_xsrf=1", "POST", cookie=cookie)[0] == 403


def test_the_facilitator_gets_in_and_what_other_sites_begin_does_not(served: Consulting, evening: Session, cookie: str) -> None:
    port, token = served.token
    assert ask(port, f"/?token={token}", "GET")[0] == 403, "the token opens once"
    status, page, _ = ask(port, "/consultation", "GET", cookie)
    assert status == 200
    assert evening.code in page
    assert ask(port, "/consultation", "POST", cookie)[0] == 403, "without the page's own proof nothing is done"
    assert ask(port, "/consultation", "GET", cookie, **{"Sec-Fetch-Site": "cross-site"})[0] == 403
    assert ask(port, "/consultation", "GET", cookie, Host="evil.example")[0] == 403
    assert ask(served.port, "/consultation", "GET", cookie)[0] == 404


def test_no_page_of_the_facilitators_is_kept_framed_or_read_by_another_site(served: Consulting, cookie: str) -> None:
    port, _ = served.token
    for path in FACILITATOR.findall(DOCUMENT.read_text(encoding="utf-8")):
        status, _, headers = ask(port, path, "GET", cookie)
        assert status in (200, 302, 400, 404, 405, 422)
        assert headers["Cache-Control"] == "no-store", path
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"], path
        assert headers["Referrer-Policy"] == "same-origin", path
        assert headers["X-Content-Type-Options"] == "nosniff", path
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin", path
        assert "Server" not in headers, path
        for method in ("POST", "PUT", "DELETE", "PATCH"):
            assert ask(port, path, method, cookie, Origin=f"http://127.0.0.1:{port}")[0] == 403, (
                "nothing is done without a page's own proof"
            )
    assert re.match(r"_xsrf=.*; SameSite=Strict", ask(port, "/consultation", "GET", cookie)[2]["Set-Cookie"])
    for host in ("evil.example", f"evil.example:{port}", f"127.0.0.1.evil.example:{port}", "127.0.0.1", f"127.0.0.1:{served.port}"):
        assert ask(port, "/consultation/now", "GET", cookie, Host=host)[0] == 403
        assert ask(port, "/consultation/now", "GET", cookie, Host=host, **{"X-Forwarded-Host": f"127.0.0.1:{port}"})[0] == 403
    for path in ("//consultation", "/consultation/", "/CONSULTATION", "/%63onsultation", "/consultation/./now", "/consultation%2fnow"):
        assert ask(port, path, "GET", cookie)[0] == 404


def test_the_facilitator_is_told_of_a_burst_and_of_a_form_that_is_nearly_full(served: Consulting, evening: Session, cookie: str) -> None:
    port, _ = served.token

    def told() -> dict[str, str]:
        return json.loads(ask(port, "/consultation/now", "GET", cookie)[1])["warned"]

    assert told() == {}
    store = Store(served.store)
    try:
        store.cast_all([Cast(evening.id, mark(number), ballot(number)) for number in range(BURST)])
        assert told()[evening.id].startswith("100 answers or more came within a minute.")
        assert "100 answers or more" in ask(port, "/consultation", "GET", cookie)[1]
        store.close_session(evening.id, DAY)
        assert told() == {}, "nothing can be done about a session that is closed"
    finally:
        store.close()


def test_the_two_doors_are_where_they_were_said_to_be_and_nowhere_else(served: Consulting) -> None:
    port, _ = served.token
    listening = {
        one.laddr
        for process in [psutil.Process(served.process.pid), *psutil.Process(served.process.pid).children(recursive=True)]
        for one in process.net_connections("inet")
        if one.status == psutil.CONN_LISTEN
    }
    assert {(one.ip, one.port) for one in listening} == {("127.0.0.1", port), ("127.0.0.1", served.port)}
