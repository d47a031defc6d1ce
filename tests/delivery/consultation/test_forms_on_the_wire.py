"""What an attacker writes on a line to the forms: names that only lead here, two requests in one, ways round the table of addresses."""

from __future__ import annotations

import re
import socket
from typing import TYPE_CHECKING

import pytest

from tests.delivery.consultation.hall_serving import Hall, hall

if TYPE_CHECKING:
    from collections.abc import Iterator

CLOSE = "Connection: close\r\n\r\n"
POLICY = ("default-src 'none'", "form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    """Serve the forms."""
    with hall(tmp_path_factory.mktemp("wire"), languages=("en",)) as opened:
        yield opened


def said(served: Hall, sent: str) -> tuple[list[int], str]:
    """Write something, and give the status of every answer that comes back until the line is closed or nothing comes any more."""
    got = b""
    with socket.create_connection(("127.0.0.1", served.port), timeout=1) as line:
        try:
            line.sendall(sent.encode("latin-1"))
            while chunk := line.recv(65_536):
                got += chunk
        except (TimeoutError, ConnectionError):
            pass
    text = got.decode("latin-1")
    return [int(one) for one in re.findall(r"HTTP/1\.1 (\d+)", text)], text


def test_a_name_that_was_only_made_to_lead_here_reads_no_form_and_sends_none(served: Hall) -> None:
    fields = served.ask(served.form).fields
    for host in ("evil.example", "evil.example:8080", "127.0.0.1.evil.example", "0x7f.1"):
        for path in ("/", served.form, f"{served.form}/privacy", "/nothing"):
            answer = served.ask(path, Host=host)
            assert answer.status == 421
            assert not answer.fields
        assert served.ask(served.form, {**fields, "place.cost": "1"}, Host=host).status == 421
    assert served.store.ballots(served.consultation.id) == ()
    for host in ("192.168.1.20:8080", "laptop:8080", "LAPTOP.local", "[fd00::1]:8080", "localhost"):
        assert served.ask(served.form, Host=host).status == 200


@pytest.mark.parametrize(
    "framed",
    [
        "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n",
        "Content-Length: 0\r\nContent-Length: 5\r\n\r\n",
        "Content-Length: +0\r\n\r\n",
        "Content-Length: 0x0\r\n\r\n",
        "Content-Length: 1_0\r\n\r\n",
        "X: a\rContent-Length: 99\r\n\r\n",
        "X: a\0b\r\nContent-Length: 0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n0x0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n-1\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n0\n\n",
        "Transfer-Encoding: chunked\r\n\r\n" + "0" * 20_000 + "\r\n\r\n",
        "Host: evil.example\r\nContent-Length: 0\r\n\r\n",
    ],
)
def test_a_request_of_which_two_programs_could_see_different_ends_is_none(served: Hall, framed: str) -> None:
    """Else what one visitor sends behind a proxy could become the beginning of another's."""
    hidden = f"GET {served.form} HTTP/1.1\r\nHost: x\r\n{CLOSE}"
    statuses, text = said(served, f"POST {served.form} HTTP/1.1\r\nHost: x\r\n{framed}{hidden}")
    assert statuses in ([400], [])
    assert "participant" not in text


def test_no_other_way_to_write_an_address_leads_anywhere(served: Hall) -> None:
    code = served.session.code
    ways = [f"//{code}", f"/./{code}", f"/%2e/{code}", f"/x/../{code}", f"/{code}/", f"/{code}%2f", f"/{code}%00", f"/{code};x"]
    ways += [f"/{code}/../change", f"/{code}/%63hange", f"/{code}/CHANGE", f"/%{ord(code[0]):x}{code[1:]}", f"/{code}\\change"]
    ways += [f"http://evil.example/{code}", "*", f"/{code}/change/next", "/consultation", f"/{code}#x"]
    for way in ways:
        statuses, text = said(served, f"GET {way} HTTP/1.1\r\nHost: x\r\n{CLOSE}")
        assert statuses in ([404], [400]), way
        assert "Location" not in text
    for upgrade in ("websocket", "h2c"):
        sent = f"GET /{code} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, close\r\nUpgrade: {upgrade}\r\n\r\n"
        assert said(served, sent)[0] == [200], "a page like any other"


def test_every_answer_is_kept_by_nobody_framed_by_nobody_and_tells_no_other_site_the_code(served: Hall) -> None:
    asked = [("GET", path) for path in ("/", served.form, f"{served.form}/change", f"{served.form}/privacy", "/nothing", "/AAAAAA")]
    asked += [
        ("POST", served.form),
        ("POST", f"{served.form}/next"),
        ("POST", f"{served.form}/change"),
        ("PUT", "/"),
        ("OPTIONS", served.form),
    ]
    for method, path in asked:
        _, text = said(served, f"{method} {path} HTTP/1.1\r\nHost: x\r\nOrigin: https://evil.example\r\nContent-Length: 0\r\n{CLOSE}")
        head = text.partition("\r\n\r\n")[0]
        for line in ("Cache-Control: no-store", "Referrer-Policy: same-origin", "X-Content-Type-Options: nosniff", *POLICY):
            assert line in head, (method, path, line)
        assert not re.search(r"Access-Control|Set-Cookie|Server:|Etag", head, re.IGNORECASE), (method, path)
        assert "evil.example" not in text
