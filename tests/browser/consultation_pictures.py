"""Takes the README's pictures of a consultation from the real thing: `python -m tests.browser.consultation_pictures`."""

from __future__ import annotations

import html
import os
import re
import runpy
import signal
import subprocess
import sys
import tempfile
import urllib.parse
import urllib.request
from pathlib import Path

import numpy as np
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / "docs" / "img"
PARTNERSHIP = Path(sys.executable).with_name("partnership")
CHROMIUM = runpy.run_path(str(Path(__file__).with_name("chromium.py")))
PEOPLE = 140
# How often each group answers, and what it leans to; invented, as the example's own weights are.
LEANINGS = {
    "Parents and carers": (10, "school_improvement community_voice resilience autonomy cost reversibility staff effort_of_change"),
    "Staff": (5, "staff resilience school_improvement community_voice autonomy effort_of_change reversibility cost"),
    "Governors": (2, "autonomy reversibility school_improvement cost resilience staff community_voice effort_of_change"),
    "Neighbours and community": (1, "community_voice autonomy school_improvement cost resilience staff reversibility effort_of_change"),
}


def send_ballots(form: str, count: int) -> None:
    """Fill in the form as so many people would, each leaning to their group's order."""
    drawn = np.random.default_rng(2026)
    names, shares = list(LEANINGS), np.array([often for often, _ in LEANINGS.values()], dtype=float)
    for _ in range(count):
        group = names[drawn.choice(len(names), p=shares / shares.sum())]
        leaning = LEANINGS[group][1].split()
        order = sorted(leaning, key=lambda name: leaning.index(name) + drawn.normal(0, 2))
        page = urllib.request.urlopen(form).read().decode()  # noqa: S310 - our own server
        fields = {name: html.unescape(value) for name, value in re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page)}
        fields |= {"group": group, **{f"place.{name}": str(at) for at, name in enumerate(order, start=1)}}
        urllib.request.urlopen(form, urllib.parse.urlencode(fields).encode()).close()  # noqa: S310 - our own server


def main() -> None:
    """Open a consultation in a store of its own, answer it, and take the pictures."""
    with tempfile.TemporaryDirectory() as folder:
        server = subprocess.Popen(
            [PARTNERSHIP, "consult", "ember-2016", "--no-browser", "--port", "0"],
            env={**os.environ, "PARTNERSHIP_STORE": f"sqlite:///{folder}/ballots.db"},
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            address = next(found[0] for line in server.stdout if (found := re.search(r"http://\S+token=\S+", line)))
            with sync_playwright() as playwright:
                switches = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
                _pictures(playwright.chromium.launch(executable_path=CHROMIUM["find"](), args=switches), address)
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(20)


def _pictures(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(address)
    page.get_by_label("What it is called").fill("Evening at Infant A")
    page.get_by_role("button", name="Open it").click()
    form = page.locator(".code").first.inner_text()
    send_ballots(form, PEOPLE)
    page.wait_for_selector(f"[data-answers]:text-is('{PEOPLE}')")
    page.get_by_role("button", name="Show the hall").click()
    page.wait_for_load_state()
    page.goto(page.url.split("?")[0].rstrip("/") + "/projector")
    page.screenshot(path=PICTURES / "consultation_wall.png", full_page=True)
    phone = browser.new_page(viewport={"width": 360, "height": 640})
    phone.goto(form)
    phone.get_by_role("radio", name="Staff", exact=True).check()
    phone.get_by_role("button", name="Up: Cost").click()
    phone.get_by_role("button", name="Up: Staff").click()
    phone.get_by_role("button", name="Up: Staff").click()
    phone.screenshot(path=PICTURES / "consultation_form.png", clip={"x": 0, "y": 0, "width": 360, "height": 1500}, full_page=True)


if __name__ == "__main__":
    main()
