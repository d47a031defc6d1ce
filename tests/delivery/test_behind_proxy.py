"""Behind a proxy: who does not come through it gets nothing, whatever they know; who does has kernels of their own."""

from __future__ import annotations

import http.client
import stat
from typing import TYPE_CHECKING

import pytest

from partnership_model.delivery.behind_proxy import HEADER, BehindProxy, public_origin
from partnership_model.delivery.kept_secrets import proxy_proof
from partnership_model.delivery.server import serve
from partnership_model.errors import PartnershipError
from tests.delivery.serving import UPGRADE, Answer, Server, running

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ADDRESS = "https://appraisal.example.org"
HOST = "appraisal.example.org"
NAVIGATES = {"Sec_Fetch_Site": "none", "Sec_Fetch_Mode": "navigate"}
BEHIND_LOGIN = "behind a login"


@pytest.fixture(scope="module")
def hosted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that waits for its proxy."""
    with running(tmp_path_factory.mktemp("hosted"), behind=ADDRESS) as server:
        yield server
    assert server.said == ("", "")


def through(server: Server, path: str, method: str = "GET", *, cookie: str = "", **headers: str) -> Answer:
    """Ask as the proxy does for somebody who has logged in."""
    headers = {"Host": HOST, HEADER: server.kept.read_text().strip(), **headers}
    return server.ask(path, method, cookie=cookie, **headers)


def visitor(server: Server) -> str:
    """Come in, and give the cookie."""
    answer = through(server, "/", **NAVIGATES)
    assert (answer.status, answer.headers["Location"]) == (http.HTTPStatus.SEE_OTHER, "/?entered")
    return answer.headers["Set-Cookie"].split(";")[0]


def test_it_stays_on_this_computer_and_keeps_the_proof_for_its_user_alone(hosted: Server) -> None:
    assert ADDRESS in hosted.line
    assert HEADER in hosted.line
    assert stat.S_IMODE(hosted.kept.stat().st_mode) == stat.S_IRUSR | stat.S_IWUSR
    assert hosted.kept.read_text().strip() not in hosted.line
    with pytest.raises(PartnershipError, match="on this computer only"):
        serve(hosted.home, host="0.0.0.0", port=0, behind=ADDRESS)  # noqa: S104


@pytest.mark.parametrize("proof", [None, "", "x", "{proof}x", "{proof}, {proof}", "é"])
@pytest.mark.parametrize("path", ["/", "/toy", "/partnership/vega.js", "/?token="])
def test_without_the_proof_nothing_answers_even_with_a_cookie(hosted: Server, proof: str | None, path: str) -> None:
    """Whoever reaches the port without the proxy is nobody, and starts nothing."""
    sent = {} if proof is None else {HEADER: proof.format(proof=hosted.kept.read_text().strip())}
    for cookie in ("", visitor(hosted)):
        answer = hosted.ask(path, cookie=cookie, Host=HOST, **sent, **NAVIGATES)
        assert answer.status == http.HTTPStatus.FORBIDDEN
        assert BEHIND_LOGIN in answer.text
        assert "Set-Cookie" not in answer.headers
    assert hosted.kernels() == []


@pytest.mark.parametrize("host", ["127.0.0.1:{port}", "localhost", "example.org", HOST + ":8443", HOST + ".example.org", "", "x@" + HOST])
def test_with_the_proof_and_another_host_nothing_answers(hosted: Server, host: str) -> None:
    answer = through(hosted, "/", Host=host.format(port=hosted.port))
    assert answer.status in (http.HTTPStatus.FORBIDDEN, http.HTTPStatus.BAD_REQUEST)
    assert "Set-Cookie" not in answer.headers


def test_the_cookie_is_for_https_and_for_this_host_alone(hosted: Server) -> None:
    cookie = through(hosted, "/", **NAVIGATES).headers["Set-Cookie"]
    assert cookie.startswith("__Host-partnership-443=")
    assert {part.strip() for part in cookie.split(";")[1:]} == {"HttpOnly", "Path=/", "SameSite=Strict", "Secure"}


def test_the_page_may_connect_to_its_own_address_alone(hosted: Server) -> None:
    cookie = visitor(hosted)
    page = through(hosted, "/toy", cookie=cookie, **NAVIGATES)
    assert page.status == http.HTTPStatus.OK
    assert f"connect-src 'self' wss://{HOST} data: blob:;" in page.headers["Content-Security-Policy"]
    assert "ws://" not in page.headers["Content-Security-Policy"]
    leave(hosted, page.kernel, cookie)


def leave(server: Server, kernel: str, cookie: str) -> Answer:
    """Send what a closing page sends."""
    return through(server, f"/partnership/leave/{kernel}", "POST", cookie=cookie, Origin=ADDRESS)


def test_a_visitors_kernel_is_there_for_that_visitor_alone(hosted: Server) -> None:
    """Its number stands in the proxy's log, and opens nothing for another visitor."""
    one, other = visitor(hosted), visitor(hosted)
    assert one != other
    kernel = through(hosted, "/toy", cookie=one).kernel
    alive = f"/partnership/alive/{kernel}"
    assert through(hosted, alive, cookie=one).status == http.HTTPStatus.NO_CONTENT
    assert through(hosted, alive, cookie=other).status == http.HTTPStatus.NOT_FOUND
    assert through(hosted, f"/api/kernels/{kernel}", cookie=other).status == http.HTTPStatus.NOT_FOUND
    channels = f"/api/kernels/{kernel}/channels"
    assert through(hosted, channels, cookie=other, Origin=ADDRESS, **UPGRADE).status == http.HTTPStatus.NOT_FOUND
    assert leave(hosted, kernel, other).status == http.HTTPStatus.NOT_FOUND
    # Nor is it given up for another visitor when all places are taken.
    second = through(hosted, "/toy", cookie=one).kernel
    full = through(hosted, "/toy", cookie=f"{other}; partnership-leaving={kernel}")
    assert full.status == http.HTTPStatus.SERVICE_UNAVAILABLE
    for mine in (kernel, second):
        assert through(hosted, f"/partnership/alive/{mine}", cookie=one).status == http.HTTPStatus.NO_CONTENT
        assert leave(hosted, mine, one).status == http.HTTPStatus.NO_CONTENT


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "navigate"},
        {"Sec_Fetch_Site": "same-site", "Sec_Fetch_Mode": "navigate"},
        {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "no-cors"},
        {"Origin": "https://example.org"},
        {"Origin": "http://appraisal.example.org"},
        {"Origin": "null"},
    ],
)
def test_from_another_site_nothing_starts_before_the_visitor_presses(hosted: Server, headers: dict[str, str]) -> None:
    """A link in a message, or the way back from a login elsewhere, leads to a page with one link; and so does an attack."""
    for cookie in ("", visitor(hosted)):
        answer = through(hosted, "/toy", cookie=cookie, **headers)
        assert '<a href="/">Open the workbook</a>' in answer.text
        assert "http-equiv" not in answer.text
    assert hosted.kernels() == []


def test_a_browser_that_takes_no_cookie_is_told_so(hosted: Server) -> None:
    answer = through(hosted, "/?entered", **NAVIGATES)
    assert answer.status == http.HTTPStatus.FORBIDDEN
    assert "needs one cookie" in answer.text


@pytest.mark.parametrize("path", ["/partnership/alive/x", "/api/kernels/x/channels", "/partnership/vega.js"])
def test_what_a_page_asks_for_by_itself_is_not_let_in_again(hosted: Server, path: str) -> None:
    """A page that outlives its cookie would otherwise open a new one every few seconds."""
    answer = through(hosted, path)
    assert answer.status == http.HTTPStatus.FORBIDDEN
    assert "Set-Cookie" not in answer.headers


def test_proof_and_cookies_outlive_a_restart(tmp_path: Path) -> None:
    kept, path = proxy_proof(tmp_path)
    assert proxy_proof(tmp_path) == (kept, path)
    assert kept not in str(path)


@pytest.mark.parametrize(
    ("content", "mode", "says"),
    [
        ("x" * 43, 0o644, "others on this computer can read it"),
        ("short", 0o600, "does not hold a proof"),
        ("", 0o600, "does not hold a proof"),
    ],
)
def test_a_proof_that_others_could_know_is_not_used(tmp_path: Path, content: str, mode: int, says: str) -> None:
    path = tmp_path / "proxy-proof"
    path.write_text(content)
    path.chmod(mode)
    with pytest.raises(PartnershipError, match=says):
        proxy_proof(tmp_path)


def test_a_proof_that_cannot_be_kept_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(PartnershipError, match="has to hold what the proxy proves itself with"):
        proxy_proof(tmp_path / "file")


@pytest.mark.parametrize(
    "address",
    [
        "http://appraisal.example.org",
        "appraisal.example.org",
        "https://",
        "https://example.org/appraisal",
        "https://example.org?x",
        "https://example.org/#x",
        "https://user:word@example.org",
        "https://example.org:99999",
        "https://exämple.org",
        "https://[::1",
        "https://a b",
        "https://example.org\r\nX: y",
        "",
    ],
)
def test_only_the_start_of_an_https_address_is_taken(address: str) -> None:
    with pytest.raises(PartnershipError, match=r"^--behind: .* was expected: with https"):
        public_origin(address)


@pytest.mark.parametrize(
    ("address", "origin"), [(ADDRESS + "/", HOST), ("https://A.example:443", "a.example"), ("https://a:8443", "a:8443")]
)
def test_the_address_is_known_as_browsers_name_it(address: str, origin: str) -> None:
    assert BehindProxy(address, "proof", b"s" * 32).origin == origin
