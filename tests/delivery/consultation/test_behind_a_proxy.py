"""A consultation over the internet: through a proxy with HTTPS, a login before the facilitator's pages, and none before the forms."""

from __future__ import annotations

import base64
import http.client
import re
import ssl
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest

from partnership_model.delivery.behind_proxy import HEADER
from partnership_model.delivery.consultation.wrong_codes import MOST
from tests.browser.tls_proxy import CERTIFICATE, LOGIN, TlsProxy
from tests.delivery.consultation.hall_serving import Answer
from tests.delivery.consultation.test_outsiders import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from peers.consulting import Consulting

KNOWS = {"Authorization": "Basic " + base64.b64encode(":".join(LOGIN).encode()).decode()}
OPENS = {"Sec-Fetch-Mode": "navigate", "Sec-Fetch-Site": "none"}


@pytest.fixture(scope="module")
def proxies() -> Iterator[tuple[TlsProxy, TlsProxy]]:
    """Run a proxy for the facilitator's pages, and one for the forms."""
    pages, forms = TlsProxy(), TlsProxy(login=False)
    yield pages, forms
    pages.close()
    forms.close()


@pytest.fixture(scope="module")
def served(proxies: tuple[TlsProxy, TlsProxy]) -> Iterator[Consulting]:
    """Serve a consultation behind both, as docs/consultation-server.md says."""
    sys.path.insert(0, str(ROOT / "benchmarks"))
    from peers.consulting import consulting  # noqa: PLC0415 - found from here on only

    pages, forms = proxies
    with consulting(options=["--behind", pages.origin, "--forms-at", forms.origin]) as found:
        forms.to = found.port
        pages.to = int(re.search(r"waits at http://127\.0\.0\.1:(\d+)/", "".join(found.said))[1])
        pages.proof = lambda: (found.folder / "partnership-model" / "proxy-proof").read_text().strip()
        yield found


def ask(to: TlsProxy | int, path: str, typed: Mapping[str, str] | None = None, *, source: str = "127.0.0.1", **headers: str) -> Answer:
    """Ask through a proxy, or go past it to a port."""
    trusted = ssl.create_default_context(cafile=str(CERTIFICATE))
    line = (
        http.client.HTTPConnection("127.0.0.1", to, timeout=30, source_address=(source, 0))
        if isinstance(to, int)
        else http.client.HTTPSConnection("localhost", to.port, timeout=30, context=trusted, source_address=(source, 0))
    )
    form = {} if typed is None else {"Content-Type": "application/x-www-form-urlencoded"}
    try:
        line.request("GET" if typed is None else "POST", path, None if typed is None else urlencode(typed), {**form, **headers})
        got = line.getresponse()
        return Answer(got.status, dict(got.getheaders()), got.read().decode())
    finally:
        line.close()


@pytest.mark.usefixtures("served")
def test_the_facilitators_pages_need_the_login_the_proxy_and_a_page_of_their_own(proxies: tuple[TlsProxy, TlsProxy]) -> None:
    pages, forms = proxies
    for path in ("/", "/consultation", "/consultation/now", "/consultation/rows"):
        assert ask(pages, path).status == 401
        assert ask(pages, path, {}).status == 401
    entered = ask(pages, "/", **KNOWS, **OPENS)
    assert entered.status == 303
    set_by = entered.headers["Set-Cookie"]
    assert set_by.startswith("__Host-partnership-")
    assert {"secure", "httponly", "samesite=strict", "path=/"} <= {one.strip().lower() for one in set_by.split(";")}
    cookie = {"Cookie": set_by.split(";")[0]}
    page = ask(pages, "/consultation", **KNOWS, **cookie)
    assert page.status == 200
    proof, xsrf = re.search(r'name="_xsrf" value="([^"]+)"', page.text)[1], page.headers["Set-Cookie"].split(";")[0]
    mine = {**KNOWS, "Cookie": f"{cookie['Cookie']}; {xsrf}", "Origin": pages.origin, "Sec-Fetch-Site": "same-origin"}
    act = {"_xsrf": proof, "act": "open", "title": "Over the weeks", "channel": "open_form"}
    for elsewhere in ({"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": forms.origin}):
        assert "Over the weeks" not in ask(pages, "/consultation", act, **{**mine, **elsewhere}).text
    assert ask(pages, "/consultation", {**act, "_xsrf": ""}, **mine).status == 403
    assert "Over the weeks" not in ask(pages, "/consultation", **KNOWS, **cookie).text
    assert ask(pages, "/consultation", act, **mine).status == 303
    page = ask(pages, "/consultation", **KNOWS, **cookie).text
    address = re.search(r'class="code">([^<]+)<', page)[1]
    assert re.fullmatch(re.escape(forms.origin) + "/[A-Z2-9]{6}", address)
    wall = ask(pages, "/consultation/projector", **KNOWS, **cookie).text
    assert address.rpartition("/")[2] in wall
    for text in (page, wall):
        assert not re.search(r"http://(?!www\.w3\.org)", text), "every address is one of HTTPS"
    past = [{**cookie}, {**cookie, **KNOWS}, {**cookie, "Host": pages.origin[8:]}, {**cookie, HEADER: "x" * 43, "Host": pages.origin[8:]}]
    for headers in past:
        answer = ask(pages.to, "/consultation", **headers, **{"X-Forwarded-For": "127.0.0.1", "X-Forwarded-Proto": "https"})
        assert answer.status == 403
        assert "Over the weeks" not in answer.text


def test_the_forms_count_wrong_codes_of_whoever_asks_and_believe_only_the_proxy(
    served: Consulting, proxies: tuple[TlsProxy, TlsProxy]
) -> None:
    _, forms = proxies
    session = served.open_session()
    fields = ask(forms, f"/{session.code}").fields
    for origin, status in ((forms.origin, 200), ("https://evil.example", 403), ("null", 403)):
        assert ask(forms, f"/{session.code}", {**fields, "place.cost": "1"}, Origin=origin).status == status

    def guesses(to: TlsProxy | int, source: str, *, made_up: bool) -> list[int]:
        def one(number: int) -> int:
            said = f"198.51.100.{number}"
            headers = {"X-Forwarded-For": said, "X-Real-Ip": said, "Forwarded": f"for={said}"} if made_up else {}
            return ask(to, "/AAAAAA", source=source, **headers).status

        with ThreadPoolExecutor(MOST + 5) as threads:
            return sorted(threads.map(one, range(MOST + 5)))

    limited = [404] * MOST + [429] * 5
    assert guesses(forms, "127.0.0.5", made_up=True) == limited, "what a visitor writes there is not believed"
    assert ask(forms, f"/{session.code}", source="127.0.0.5").status == 200
    assert ask(forms, "/AAAAAA", source="127.0.0.6").status == 404, "others behind the same proxy are others"
    assert guesses(served.port, "127.0.0.7", made_up=True) == limited, "only from this computer's own address is it believed at all"
    assert ask(served.port, "/AAAAAA").status == 404, "nor is the proxy's own address counted"
