"""What most visits to the dashboard begin with."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

PATIENCE = 60_000
# Holds back what the kernel says, so that only what the server sent is there.
HOLD = """
(() => {
  const held = [];
  let holds = true;
  Object.defineProperty(WebSocket.prototype, "onmessage", {
    set(hear) { this.addEventListener("message", (event) => (holds ? held.push(() => hear(event)) : hear(event))); },
  });
  window.hold = () => { holds = true; };
  window.release = () => {
    holds = false;
    held.splice(0).forEach((hear) => hear());
  };
})();
"""
RELEASE = "release()"


def enter(page: Page, address: str) -> None:
    """Open the dashboard and wait for its first page."""
    page.set_default_timeout(PATIENCE)
    page.goto(address)
    page.wait_for_selector("#workbook .pm h1")


def answered(page: Page) -> None:
    """Wait for the answer to what was done last: it may move what stands below the heading from under the mouse."""
    page.wait_for_function("() => !document.querySelector('.pm[aria-busy]')")


def go(page: Page, step: str) -> None:
    """Open a step."""
    page.click(f"nav [data-step={step}]")
    page.wait_for_selector(f".step[data-step={step}]")


def weigh(page: Page) -> None:
    """Take the case's own weights."""
    go(page, "what_matters")
    page.click("[data-of=case]")
    page.wait_for_selector("text=Every lift has a weight.")
