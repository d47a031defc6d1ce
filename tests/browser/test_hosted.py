"""Behind HTTPS and a login: the dashboard works through a proxy, for several visitors at once, and not past the proxy."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.tls_proxy import LOGIN, TlsProxy
from tests.delivery.serving import Server, running
from tests.delivery.test_sessions import eventually

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext, Page

# Not by Playwright's own choice, which ends with a page: what a page sends as it is left would be lost.
SWITCHES = ["--ignore-certificate-errors"]
PATIENCE = 60_000
WHOLE = """
import sys
from partnership_model.delivery.server import serve
from partnership_model.knowledge.shipped import find_case
serve(find_case("ember-2016"), port=0, open_browser=False, sessions=int(sys.argv[2]), behind=sys.argv[3])
"""


@pytest.fixture(scope="module")
def proxy() -> Iterator[TlsProxy]:
    """A proxy with HTTPS and a login."""
    started = TlsProxy()
    yield started
    started.close()


@pytest.fixture(scope="module")
def hosted(proxy: TlsProxy, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The Ember dashboard behind it, with two places."""
    with running(tmp_path_factory.mktemp("hosted"), 2, behind=proxy.origin, start=WHOLE) as server:
        proxy.to, proxy.proof = server.port, lambda: server.kept.read_text().strip()
        yield server


def comes_in(browser: Browser, **more: object) -> BrowserContext:
    """Give a browser of its own to somebody who knows the password."""
    name, word = LOGIN
    context = browser.new_context(http_credentials={"username": name, "password": word}, **more)
    context.set_default_timeout(PATIENCE)
    return context


def weigh(page: Page, value: str) -> None:
    """Start from the case's weights, and move one."""
    page.click("nav [data-step=what_matters]")
    page.click("[data-of=case]")
    page.wait_for_selector("text=Every lift has a weight.")
    page.click("nav [data-step=what_follows]")
    page.wait_for_selector("[data-chart=points] svg")
    page.fill("input[type=text][data-criterion=community_voice]", value)
    page.press("input[type=text][data-criterion=community_voice]", "Tab")


def test_two_visitors_do_not_mix_a_third_waits_and_nobody_comes_past_the_proxy(browser: Browser, hosted: Server, proxy: TlsProxy) -> None:
    first, second, third = (comes_in(browser) for _ in range(3))
    stranger = browser.new_context(ignore_https_errors=True)
    try:
        pages = [first.new_page(), second.new_page()]
        sockets: list[str] = []
        pages[0].on("websocket", lambda socket: sockets.append(socket.url))
        for page in pages:
            page.goto(proxy.origin)
            page.wait_for_selector("#workbook .pm h1")
        assert all(page.url == f"{proxy.origin}/governors" for page in pages)
        (cookie,) = [cookie for cookie in first.cookies() if cookie["name"].startswith("__Host-partnership")]
        assert (cookie["secure"], cookie["httpOnly"], cookie["sameSite"]) == (True, True, "Strict")
        # What one does, the other does not see.
        for page, value in zip(pages, ("100", "0"), strict=True):
            weigh(page, value)
        for page, value in zip(pages, ("100", "0"), strict=True):
            expect(page.locator("#range-community_voice")).to_have_value(value)
        assert pages[0].inner_text("h1") != pages[1].inner_text("h1")
        assert sockets
        assert all(url.startswith(f"wss://localhost:{proxy.port}/api/kernels/") for url in sockets)
        # All places are taken: the third is told, and comes in when one goes.
        waiting = third.new_page()
        waiting.goto(proxy.origin)
        expect(waiting.locator("h1")).to_have_text("The workbook is open in too many places")
        pages[1].goto("about:blank")
        waiting.wait_for_selector("#workbook .pm h1", timeout=15_000)
        # Without a login there is no page; past the proxy there is none for anybody.
        past = stranger.new_page()
        past.goto(f"http://localhost:{hosted.port}/")
        expect(past.locator("h1")).to_have_text("The workbook does not answer to this address")
        answer = stranger.request.get(proxy.origin)
        assert answer.status == 401
        for page in (pages[0], waiting):
            page.goto("about:blank")
        assert eventually(lambda: hosted.kernels() == [])
    finally:
        for context in (first, second, third, stranger):
            context.close()
    # Of what the visitors chose nothing is written down; only that somebody had to wait.
    (log,) = hosted.home.rglob("dashboards.log")
    assert all("503 GET /governors" in line for line in log.read_text().splitlines())
