"""What is measured of a page in the browser, and of its server's memory."""

from __future__ import annotations

import importlib.util
import os
import sys
import time
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import Error, sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator

    from peers.servers import Server
    from playwright.sync_api import Browser, Page

HERE = Path(__file__).resolve().parent
PROBE = (HERE / "probe.js").read_text(encoding="utf-8")
SWITCHES = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # What a page asks of other computers fails at once, with a network and without one.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]
SHOWN_WITHIN = 60_000  # milliseconds, as all below
ANSWERED_WITHIN = 400  # then the key is pressed again; Streamlit waits for 200 before it sends a move
SETTLED_WITHIN = 10_000
QUIET = 500
PRESSES = 5
EARLY_PRESSES = 200
SETTLING = 3  # seconds until a session's memory is looked at
KEY = "ArrowRight"
MEGABYTE = 1 << 20


@dataclass(frozen=True)
class Load:
    """One load of a page in a fresh browser context.

    Attributes:
        key_moves: seconds from the beginning of the navigation until a key on a slider had changed every chart.
        content: seconds until the step's headline and all its charts were painted, by whatever drew them.
        answers: milliseconds from a key press to the last change of the charts, for each press after that.
    """

    key_moves: float
    content: float
    answers: tuple[float, ...]


@contextmanager
def open_browser() -> Iterator[Browser]:
    """Start the installed Chromium."""
    spec = importlib.util.spec_from_file_location("chromium", HERE.parents[1] / "tests" / "browser" / "chromium.py")
    chromium = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(chromium)
    path = chromium.find()
    if path is None:
        sys.exit(chromium.ADVICE)
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    switches = [*SWITCHES, *(["--no-sandbox"] if as_root else [])]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=switches)
        try:
            yield browser
        finally:
            with suppress(Error):  # Ctrl-C in a terminal has ended it already
                browser.close()


@contextmanager
def opened(browser: Browser, server: Server, charts: int) -> Iterator[Page]:
    """Open the product's page in a fresh context and wait until it is drawn; it is left when the block ends."""
    context = browser.new_context()
    try:
        if server.cookie:
            context.add_cookies([server.cookie])
        probe = PROBE.replace("CHARTS = 0", f"CHARTS = {charts}")
        context.add_init_script(probe.replace('LIVING = "svg.marks"', f'LIVING = "{server.product.chart}"'))
        page = context.new_page()
        page.goto(server.address, wait_until="commit", timeout=SHOWN_WITHIN)
        page.wait_for_function("slider => probe.ready(slider)", arg=server.product.slider, timeout=SHOWN_WITHIN)
        yield page
    finally:
        with suppress(Error):
            context.close()


def load(browser: Browser, server: Server, charts: int) -> Load:
    """Load a product's page once and press keys on its slider.

    Raises:
        SystemExit: if no key changes the charts.
    """
    with opened(browser, server, charts) as page:
        slider = server.product.slider
        page.evaluate("slider => probe.aim(slider, true)", slider)
        for _ in range(EARLY_PRESSES):
            if _press(page, slider, ANSWERED_WITHIN):
                break
        else:
            sys.exit(f"{server.product.name}: the charts did not change.")
        content, key_moves = page.evaluate("[probe.seen.content, probe.seen.press.all]")
        answers = tuple(_answer(page, server) for _ in range(PRESSES))
        return Load(key_moves / 1000, content / 1000, answers)


def _press(page: Page, slider: str, patience: int) -> bool:
    page.evaluate("slider => probe.aim(slider, false)", slider)
    page.keyboard.press(KEY)
    return page.evaluate("([slider, patience]) => probe.answer(slider, patience)", [slider, patience])


def _answer(page: Page, server: Server) -> float:
    """Press a key on a page at rest; the time of the last change is known once it is at rest again."""
    settled = f"probe.settled({QUIET}, {SETTLED_WITHIN})"
    page.evaluate(settled)
    page.evaluate("slider => probe.aim(slider, true)", server.product.slider)
    if not (_press(page, server.product.slider, SETTLED_WITHIN) and page.evaluate(settled)):
        sys.exit(f"{server.product.name}: the charts did not come to rest after a key.")
    return page.evaluate("probe.seen.changed - probe.seen.press.at")


def further_session(browser: Browser, server: Server, charts: int, pages: int) -> float:
    """Open pages beside a first one, keep them open, and give the server's growth in megabytes for each.

    The memory is the proportional set size of the server and all its kernels: what several share is counted once.
    """
    with ExitStack() as open_pages:
        open_pages.enter_context(opened(browser, server, charts))
        time.sleep(SETTLING)
        before = _memory(server)
        for _ in range(pages):
            open_pages.enter_context(opened(browser, server, charts))
        time.sleep(SETTLING)
        return (_memory(server) - before) / pages / MEGABYTE


def _memory(server: Server) -> int:
    family = [server.process, *server.process.children(recursive=True)]
    return sum(member.memory_full_info().pss for member in family)
