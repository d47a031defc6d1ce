"""The first page can be read before any script or widget is there, and what is chosen on it meanwhile is not lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.visiting import HOLD, PATIENCE, RELEASE, go

if TYPE_CHECKING:
    from playwright.sync_api import Page

VISITS = 30
# Keeps what scripts write into a tick box.
WATCHED = """() => {
  const box = document.querySelector("[data-option=co_operative_trust]");
  const { get, set } = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "checked");
  window.written = [];
  Object.defineProperty(box, "checked", { get() { return get.call(this); }, set(is) { written.push(is); set.call(this, is); } });
}"""


@pytest.fixture
def early(page: Page, dashboard_address: str) -> Page:
    """Visit until the server has written its first page, which it begins to do when it starts."""
    page.set_default_timeout(PATIENCE)
    for _ in range(VISITS):
        page.goto(dashboard_address)
        if "partnership.first();" in page.content():
            page.add_init_script(HOLD)
            return page
        page.wait_for_timeout(1000)
    return pytest.fail("The server wrote no first page.")


def test_the_question_is_there_although_nothing_comes_from_the_kernel(early: Page, dashboard_address: str) -> None:
    early.goto(dashboard_address)
    first = early.locator("#first")
    expect(first.locator("h1")).to_have_text("How should our schools work together from the school year 2016 to 2017?")
    expect(first.locator(".bar")).to_contain_text("illustrative")
    expect(first).to_contain_text("Infant A")
    expect(early.locator("#loading")).to_have_text("Getting the controls ready…")


def test_a_press_that_the_widget_overtakes_still_opens_its_step(early: Page, dashboard_address: str) -> None:
    early.goto(dashboard_address, wait_until="commit")
    early.hover("#first nav [data-step=facts]")
    early.mouse.down()
    early.evaluate(RELEASE)
    early.wait_for_selector(".step[data-step=facts]")
    early.mouse.up()
    expect(early.locator("#first")).to_have_count(0)


def test_a_step_that_is_chosen_too_early_opens_when_the_controls_are_ready(early: Page, dashboard_address: str) -> None:
    early.goto(dashboard_address, wait_until="commit")
    early.click("#first nav [data-step=facts]")
    early.evaluate(RELEASE)
    early.wait_for_selector(".step[data-step=facts]")
    expect(early.locator("#first")).to_have_count(0)
    expect(early.locator("#loading")).to_have_count(0)
    expect(early.locator("h1")).to_have_count(1)


def test_a_tick_that_waits_for_its_turn_is_not_undone_by_the_answer_to_an_earlier_one(early: Page, dashboard_address: str) -> None:
    early.goto(dashboard_address)
    early.evaluate(RELEASE)
    early.wait_for_selector("#workbook .pm h1")
    go(early, "facts")
    early.wait_for_function("() => !document.querySelector('.pm[aria-busy]')")
    early.evaluate("hold()")
    early.uncheck("[data-option=established_mat]")
    early.uncheck("[data-option=co_operative_trust]")
    early.evaluate(WATCHED)
    early.evaluate(RELEASE)
    expect(early.locator("thead").first).not_to_contain_text("Co-operative trust")
    assert True not in early.evaluate("written")
    expect(early.locator("[data-option=co_operative_trust]")).not_to_be_checked()
