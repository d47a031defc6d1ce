"""Opens pages in a real browser that may talk to this computer only."""

from __future__ import annotations

import http.client
import importlib.util
import os
import re
import signal
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.browser.visiting import PATIENCE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

HERE = Path(__file__).resolve().parent
CASE = HERE.parents[1] / "data" / "cases" / "ember-2016"
SWITCHES = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
OURS = {"127.0.0.1", "localhost", "[::1]"}
WITHOUT_HOST = {"data", "blob", "file", "about"}
ANSWERS_WITHIN = 60
STOPS_WITHIN = 20
expect.set_options(timeout=PATIENCE)  # how soon something has to be there, a test measures for itself


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder, so that `-m "not browser"` leaves them out."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


def _browser_path() -> str:
    """Find the browser; a missing one is a failure, not a reason to skip."""
    spec = importlib.util.spec_from_file_location("chromium", HERE / "chromium.py")
    chromium = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(chromium)
    return chromium.find() or pytest.fail(chromium.ADVICE, pytrace=False)


# Not for the whole session: while Playwright runs, no other test could start an event loop of its own.
@pytest.fixture(scope="module")
def browser(request: pytest.FixtureRequest) -> Iterator[Browser]:
    """Start the browser once for the tests of a file, with the switches that the file adds."""
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    path = _browser_path()
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=path,
            headless=True,
            args=[*SWITCHES, *getattr(request.module, "SWITCHES", []), *(["--no-sandbox"] if as_root else [])],
        )
        yield started
        started.close()


@pytest.fixture
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """Open an empty page; the test fails if the page asks another computer for anything, or breaks."""
    context = browser.new_context()
    if "dashboard_address" in request.fixturenames:
        context.add_cookies([request.getfixturevalue("dashboard").cookie])
    opened = context.new_page()
    foreign: list[str] = []
    broken: list[str] = []
    context.on("request", lambda asked: foreign.append(asked.url) if _leaves(asked.url) else None)
    opened.on("websocket", lambda socket: foreign.append(socket.url) if _leaves(socket.url) else None)
    opened.on("pageerror", lambda error: broken.append(str(error)))
    yield opened
    context.close()
    assert not foreign, f"The page asked another computer: {foreign}"
    assert not broken, f"The page broke: {broken}"


def _leaves(url: str) -> bool:
    """Say whether a request goes to another computer."""
    parts = urlsplit(url)
    return parts.scheme not in WITHOUT_HOST and parts.netloc.rsplit(":", 1)[0] not in OURS


@pytest.fixture(scope="session")
def dashboard() -> Iterator[SimpleNamespace]:
    """Run `partnership explore` on the example case."""
    with explored(CASE) as running:
        yield running


@contextmanager
def explored(case: Path = CASE, *arguments: str, command: str = "explore", **environment: str) -> Iterator[SimpleNamespace]:
    """Run `partnership explore`, or another command that serves, on a case, at a free port, and exchange its token for the cookie."""
    name = command
    command = [sys.executable, "-m", "partnership_model.delivery.cli"]
    script = Path(sys.executable).with_name("partnership")
    command = [str(script)] if script.exists() else command
    process = subprocess.Popen(
        [*command, name, "--no-browser", str(case), "--port", "0", *arguments],
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield SimpleNamespace(process=process, **vars(_enter(_printed_address(process))))
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.communicate(timeout=STOPS_WITHIN)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            pytest.fail(f"`partnership {name}` did not stop when asked to.")


@pytest.fixture(scope="session")
def dashboard_address(dashboard: SimpleNamespace) -> str:
    """Give the address of the example case's dashboard; `page` already has the cookie for it."""
    return dashboard.address


def _printed_address(process: subprocess.Popen[str]) -> str:
    """Wait for the line with the address; a server that gives up ends the wait by closing its output."""
    for line in process.stdout:
        found = None if line.startswith("The forms are at") else re.search(r"http://\S+", line)
        if found:
            return found[0]
    return pytest.fail(f"`partnership explore` did not start: {process.stderr.read()}", pytrace=False)


def _enter(address: str) -> SimpleNamespace:
    """Spend the one-time token here, so that every test's page can be given the cookie."""
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.netloc, timeout=ANSWERS_WITHIN)
    try:
        connection.request("GET", f"/?{parts.query}")
        name, _, value = connection.getresponse().headers["Set-Cookie"].split(";")[0].partition("=")
    finally:
        connection.close()
    base = f"{parts.scheme}://{parts.netloc}/"
    return SimpleNamespace(address=base, cookie={"name": name, "value": value, "url": base, "sameSite": "Strict"})
