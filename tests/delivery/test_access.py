"""Who gets in: nobody without the cookie, and the one-time token gives it once."""

from __future__ import annotations

import http.client
import json
import os
import stat
import time
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from partnership_model.delivery.access import Access
from partnership_model.delivery.kept_secrets import cookie_secret
from tests.delivery.serving import NOTHING, PRIVATE, UPGRADE, Server, running

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/toy",
        "/nowhere",
        "/voila/files/toy.ipynb",
        "/partnership/vega.js",
        f"/partnership/alive/{NOTHING}",
        f"/api/kernels/{NOTHING}/channels",
        "/?token=wrong",
        "/toy?token=",
    ],
)
def test_without_the_cookie_nothing_answers(stranger: Server, path: str) -> None:
    """A stranger is told to use the printed address, whatever they ask for."""
    answer = stranger.ask(path, cookie="")
    assert answer.status == http.HTTPStatus.FORBIDDEN
    assert PRIVATE in answer.text
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("method", ["HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"])
def test_without_the_cookie_no_method_answers(stranger: Server, method: str) -> None:
    """The door does not look at the method, and only a visit spends the token."""
    assert stranger.ask(f"/toy?token={stranger.token}", method, cookie="").status == http.HTTPStatus.FORBIDDEN


def test_without_the_cookie_no_websocket_opens(stranger: Server) -> None:
    """A kernel's channel is behind the same door."""
    answer = stranger.ask(f"/api/kernels/{NOTHING}/channels", cookie="", **UPGRADE)
    assert answer.status == http.HTTPStatus.FORBIDDEN


@pytest.mark.parametrize("host", ["example.org", "127.0.0.1", "127.0.0.1:1", "127.0.0.1.example.org:{port}", ""])
def test_another_host_is_refused_even_with_the_token(stranger: Server, host: str) -> None:
    """A name that merely leads here gets nothing, so that no other site can read through it."""
    answer = stranger.ask(f"/?token={stranger.token}", cookie="", Host=host.format(port=stranger.port))
    assert answer.status in (http.HTTPStatus.FORBIDDEN, http.HTTPStatus.BAD_REQUEST)
    assert "Set-Cookie" not in answer.headers


def test_the_token_works_once(tmp_path: Path) -> None:
    """The first visit gets a cookie that scripts and other sites cannot use; the second gets nothing."""
    with running(tmp_path) as server:
        first = server.enter()
        assert first.status == http.HTTPStatus.SEE_OTHER
        assert first.headers["Location"] == "/"
        attributes = {part.strip() for part in first.headers["Set-Cookie"].split(";")[1:]}
        assert attributes == {"HttpOnly", "Path=/", "SameSite=Strict"}
        second = server.ask(f"/?token={server.token}", cookie="")
        assert second.status == http.HTTPStatus.FORBIDDEN
        again = server.ask(f"/toy?token={server.token}")
        assert (again.status, again.headers["Location"]) == (http.HTTPStatus.SEE_OTHER, "/")
        assert server.kernels() == []
    assert (server.said, server.process.returncode) == (("", ""), 0)


def test_from_another_page_the_browser_asks_again_by_itself(tmp_path: Path) -> None:
    """A strict cookie does not follow a redirect that another site began."""
    with running(tmp_path) as server:
        answer = server.ask(f"/?token={server.token}", cookie="", Sec_Fetch_Site="cross-site")
        assert answer.status == http.HTTPStatus.OK
        assert 'http-equiv="refresh" content="0; url=/"' in answer.text


def test_the_cookie_opens_the_dashboard(server: Server) -> None:
    """The bare address leads to the dashboard, whose kernel knows the case."""
    home = server.ask("/")
    assert (home.status, home.headers["Location"]) == (http.HTTPStatus.SEE_OTHER, "/toy")
    page = server.ask("/toy")
    assert page.status == http.HTTPStatus.OK
    assert "<title>Partnership Model</title>" in page.text
    assert json.dumps(str(server.home.parent / "case")).strip('"') in page.text
    assert "Loading the workbook…" in page.text
    assert page.headers["Cache-Control"] == "no-store"
    assert server.lives(page.kernel)
    assert server.leave(page.kernel).status == http.HTTPStatus.NO_CONTENT


@pytest.mark.parametrize("days", [4000, -4000, 2])
def test_a_clock_that_is_set_meanwhile_shuts_nobody_out_and_a_day_still_ends_the_cookie(days: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """A laptop whose battery was empty learns the time from the hall's network, in the middle of an evening."""
    access = Access(8866, b"s" * 32, "case")
    asks = SimpleNamespace(cookies={access.cookie_name: SimpleNamespace(value=access.cookie_value())})
    name = access.visitor(asks)
    assert name
    began, running = time.time(), time.monotonic()
    monkeypatch.setattr(time, "time", lambda: began + days * 86_400)
    assert access.visitor(asks) == name
    late = SimpleNamespace(cookies={access.cookie_name: SimpleNamespace(value=access.cookie_value())})
    assert access.visitor(late)
    monkeypatch.setattr(time, "monotonic", lambda: running + 86_400 + 60)
    assert access.visitor(asks) == ""


@pytest.mark.parametrize("cookie", ["partnership-{port}=visitor", "partnership-1={value}", "partnership-{port}={value}x"])
def test_a_made_up_cookie_is_refused(server: Server, cookie: str) -> None:
    """Only a cookie that this server signed for this port is good."""
    value = server.cookie.partition("=")[2].strip('"')
    assert server.ask("/", cookie=cookie.format(port=server.port, value=value)).status == http.HTTPStatus.FORBIDDEN


@pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX's")
def test_the_cookie_secret_is_kept_and_private(tmp_path: Path) -> None:
    """The secret survives a restart, and is made anew once others could have read it."""
    first = cookie_secret(tmp_path)
    path = tmp_path / "cookie-secret"
    assert stat.S_IMODE(path.stat().st_mode) == stat.S_IRUSR | stat.S_IWUSR
    assert cookie_secret(tmp_path) == first
    path.chmod(0o644)
    assert cookie_secret(tmp_path) != first


@pytest.mark.parametrize("site", ["same-site", "cross-site"])
def test_a_page_of_another_server_on_this_computer_cannot_fill_the_places(server: Server, site: str) -> None:
    """Cookies do not know ports, but the browser says on whose behalf it asks."""
    before = server.kernels()
    assert server.ask("/toy", Sec_Fetch_Site=site).status == http.HTTPStatus.FORBIDDEN
    assert server.kernels() == before


def test_a_cookie_is_good_for_its_own_case_only() -> None:
    """The secret outlives a run, and the next one on this port may show another case."""
    secret = b"s" * 32
    ours, other = Access(8866, secret, about="ours"), Access(8866, secret, about="other")
    request = SimpleNamespace(cookies={ours.cookie_name: SimpleNamespace(value=ours.cookie_value().decode())})
    assert ours.visitor(request)
    assert not other.visitor(request)


def test_on_the_browsers_own_port_the_bare_names_are_known() -> None:
    assert Access(80, b"s" * 32).knows_host(SimpleNamespace(host="127.0.0.1"))
    assert not Access(8866, b"s" * 32).knows_host(SimpleNamespace(host="127.0.0.1"))
