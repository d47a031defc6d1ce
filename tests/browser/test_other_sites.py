"""A page of another site, or of another server on this computer, can start and end nothing: only the visitor can, by a press."""

from __future__ import annotations

import threading
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.delivery.serving import Server, running
from tests.delivery.test_sessions import eventually

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

ATTACK = """<!DOCTYPE html><html lang="en"><title>Another site</title><body>
<img src="BASE/toy"><img src="BASE/"><script src="BASE/toy"></script>
<link rel="stylesheet" href="BASE/toy"><link rel="prefetch" href="BASE/toy">
<iframe name="inside" src="BASE/toy"></iframe><object data="BASE/toy"></object><video src="BASE/toy"></video>
<form id="form" method="post" action="BASE/partnership/leave/KERNEL" target="inside"></form>
<a id="link" href="BASE/toy#kept">The workbook</a>
<script>
const told = [];
const note = (what) => (answer) => told.push(`${what} ${answer && answer.type}`);
const tried = [];
for (const mode of ["no-cors", "cors"]) for (const path of ["/toy", "/api/kernels/KERNEL", "/partnership/alive/KERNEL"])
  tried.push(fetch("BASE" + path, { mode, credentials: "include" }).then(note(mode + path), () => {}));
tried.push(fetch("BASE/partnership/leave/KERNEL", { method: "POST", mode: "no-cors", credentials: "include" }).catch(() => {}));
navigator.sendBeacon("BASE/partnership/leave/KERNEL");
document.getElementById("form").submit();
tried.push(new Promise((end) => {
  const line = new WebSocket("BASE/api/kernels/KERNEL/channels".replace("http", "ws"));
  line.onopen = () => { told.push("the websocket opened"); end(); };
  line.onerror = end;
}));
window.over = Promise.all(tried).then(() => told);
</script></body></html>"""


class OtherSite(BaseHTTPRequestHandler):
    """Serves the page that attacks."""

    def __init__(self, page: list[str], *given: object) -> None:
        """Take the page to serve."""
        self.page = page
        super().__init__(*given)

    def do_GET(self) -> None:
        """Answer every path with the page."""
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(self.page[0].encode())

    def log_message(self, *_: object) -> None:
        """Write nothing."""


@pytest.fixture
def other_site() -> Iterator[tuple[list[str], int]]:
    """A server on this computer whose page can be written, and its port."""
    page = [""]
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(OtherSite, page))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield page, server.server_address[1]
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="module")
def toy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with a small page, which the browser below has entered."""
    with running(tmp_path_factory.mktemp("toy"), 3) as server:
        server.enter()
        yield server


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"], ids=["another site", "another port, which gets the cookies too"])
def test_another_sites_page_starts_and_ends_nothing_until_the_visitor_presses(
    browser: Browser, toy: Server, other_site: tuple[list[str], int], host: str
) -> None:
    kernel = toy.ask("/toy").kernel
    content, port = other_site
    content[0] = ATTACK.replace("BASE", toy.origin).replace("KERNEL", kernel)
    name, _, value = toy.cookie.partition("=")
    context = browser.new_context()
    context.add_cookies([{"name": name, "value": value, "url": toy.origin, "sameSite": "Strict", "httpOnly": True}])
    try:
        page = context.new_page()
        page.goto(f"http://{host}:{port}/")
        told = page.evaluate("window.over")
        assert [one for one in told if not one.endswith(" opaque")] == []
        page.wait_for_timeout(1000)
        assert (len(toy.kernels()), toy.lives(kernel)) == (1, True)
        # A link leads to a page that starts nothing either, and keeps what stands behind the #.
        page.click("#link")
        expect(page.locator("h1")).to_have_text("A link on another page led here")
        page.wait_for_timeout(500)
        assert len(toy.kernels()) == 1
        page.click("text=Open the workbook")
        page.wait_for_url(f"{toy.origin}/toy#kept")
        assert eventually(lambda: len(toy.kernels()) == 2)
        page.goto("about:blank")
        assert eventually(lambda: len(toy.kernels()) == 1)
    finally:
        context.close()
    toy.leave(kernel)
