"""Takes the README's pictures from the real thing: `python tests/browser/pictures.py` writes docs/img/*.png."""

from __future__ import annotations

import contextlib
import re
import runpy
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import Browser, Page, sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / "docs" / "img"
PARTNERSHIP = Path(sys.executable).with_name("partnership")
CHROMIUM = runpy.run_path(str(Path(__file__).with_name("chromium.py")))
PHONE = {"width": 360, "height": 640}
STEPS = {"facts": 1400, "what_matters": 1280, "what_follows": 1180, "how_sure": 1500, "doors": 1240}


def main() -> None:
    """Start the dashboard, make a report and a take-away file of the example case, and take pictures of all."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    path = CHROMIUM["find"]()
    if path is None:
        sys.exit(CHROMIUM["ADVICE"])
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        )
        _dashboard(browser)
        _guide(browser)
        _report(browser)
        _takeaway(browser)


@contextlib.contextmanager
def _opened(browser: Browser, width: int) -> Iterator[Page]:
    """Serve the example case, and open it."""
    server = subprocess.Popen([PARTNERSHIP, "explore", "--no-browser"], stdout=subprocess.PIPE, text=True, cwd=ROOT)
    try:
        found = re.search(r"http://\S+", server.stdout.readline())
        page = browser.new_page(viewport={"width": width, "height": 1000})
        page.goto(found.group())
        page.wait_for_selector("#workbook .pm h1")
        yield page
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(20)


def _guide(browser: Browser) -> None:
    """Take the pictures of docs/governors.md, as a phone shows them."""
    folder = PICTURES / "governors"
    folder.mkdir(exist_ok=True)
    with _opened(browser, PHONE["width"]) as page:
        page.set_viewport_size(PHONE)
        page.click("nav [data-step=facts]")
        page.fill("#ask", "Who employs our head?")
        page.press("#ask", "Enter")
        page.wait_for_selector("[data-key=answers] h3")
        _shot(page, "[data-key=part-ask]", folder / "ask.png")
        page.click("nav [data-step=what_matters]")
        page.click("[data-of=case]")
        page.wait_for_selector("text=Every lift has a weight.")
        _shot(page, ".step .card", folder / "weigh.png")
        page.click("nav [data-step=what_follows]")
        page.wait_for_selector("[data-chart=ranges] svg")
        _shot(page, ".columns .card", folder / "follows.png")


def _shot(page: Page, top: str, path: Path) -> None:
    """Take what a phone shows from here on."""
    page.wait_for_timeout(800)
    page.locator(top).first.evaluate("node => scrollTo(0, node.getBoundingClientRect().top + scrollY - 16)")
    page.screenshot(path=path)


def _dashboard(browser: Browser) -> None:
    with _opened(browser, 1280) as page:
        _a_or_b(page)
        page.click("[data-of=case]")
        page.wait_for_selector("text=Every lift has a weight.")
        for step, height in STEPS.items():
            page.set_viewport_size({"width": 1280, "height": height})
            page.click(f"nav [data-step={step}]")
            page.wait_for_selector(f".step[data-step={step}]")
            if page.locator("[data-chart]").count():
                page.wait_for_selector("[data-chart] svg")
            page.wait_for_timeout(500)
            page.mouse.move(0, 0)
            page.screenshot(path=PICTURES / f"{step}.png")
        _slide(page)
        page.set_viewport_size({"width": 390, "height": 1100})
        page.click("nav [data-step=what_follows]")
        page.wait_for_selector("[data-chart] svg")
        page.wait_for_timeout(800)
        page.screenshot(path=PICTURES / "phone.png")


def _slide(page: Page) -> None:
    """Take the picture of a slide of the presentation view, and leave it again."""
    page.set_viewport_size({"width": 1280, "height": 720})
    page.click("[data-key=present]")
    for number in range(5):
        page.wait_for_selector(f".slide[data-slide='{number}']")
        page.keyboard.press("ArrowRight")
    page.wait_for_selector(".slide [data-chart] svg")
    page.wait_for_timeout(500)
    page.screenshot(path=PICTURES / "slide.png")
    page.click("[data-key=slide-leave]")
    page.wait_for_selector("nav [data-step=what_follows]")


def _a_or_b(page: Page) -> None:
    """Take the picture of docs/method/elicitation.md, and go back to the lifts."""
    page.click("nav [data-step=what_matters]")
    page.click("[data-on-click=way][data-value=trade_offs]")
    page.click("[data-key=said-one]")
    page.wait_for_selector("[data-key=said-one]")
    page.wait_for_timeout(800)
    page.locator(".step[data-step=what_matters] .card").first.screenshot(path=PICTURES / "method" / "elicitation.png")
    page.click("[data-on-click=way][data-value=swing]")
    page.wait_for_selector(".swing")


def _report(browser: Browser) -> None:
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([PARTNERSHIP, "appraise", "ember-2016", "--to", "html", "--out", folder], check=True, cwd=ROOT)
        page = browser.new_page(viewport={"width": 1100, "height": 1350})
        page.goto((Path(folder) / "ember-2016" / "report-governors.html").as_uri())
        page.screenshot(path=PICTURES / "report.png")


def _takeaway(browser: Browser) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ember.html"
        subprocess.run([PARTNERSHIP, "takeaway", "ember-2016", "--out", path], check=True, cwd=ROOT)
        page = browser.new_page(viewport={"width": 390, "height": 1500})
        page.goto(f"{path.as_uri()}#what_matters")
        page.click("#start-case")
        page.click("nav [href='#what_follows']")
        page.wait_for_selector("body:not([data-counting])")
        page.screenshot(path=PICTURES / "takeaway.png")


if __name__ == "__main__":
    main()
