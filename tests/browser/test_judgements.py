"""The evidence behind any figure, in a real browser: by mouse, by keyboard and on a phone, with the focus where it belongs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.test_dashboard import drawn, go, opened, weigh

if TYPE_CHECKING:
    from playwright.sync_api import Page

__all__ = ["opened"]
PANEL = "[data-panel]"
FOCUSED = "document.activeElement.dataset.opens ?? document.activeElement.id"


@pytest.fixture
def weighed(opened: Page) -> Page:
    """Use the case's weights and open the step What follows."""
    weigh(opened)
    go(opened, "what_follows")
    return opened


def test_a_figure_of_the_points_leads_to_its_judgement_and_a_change_to_what_follows(weighed: Page) -> None:
    page = weighed
    ranges = drawn(page, "ranges")
    page.locator("summary:has-text('The same as a table')").nth(1).click()
    page.locator("button[aria-label$='what stands behind it'][data-option=federation][data-criterion=autonomy]").click()
    panel = page.locator(PANEL)
    expect(panel.locator("h3")).to_have_text("Council-maintained federation, autonomy: 25 to 68, likely 45 points of 100")
    expect(panel.locator("h3")).to_be_focused()
    expect(panel.locator(".grounds > li").first).to_contain_text("What would our own governing body still decide? sourced")
    assert panel.locator(".grounds a").first.get_attribute("href").startswith("https://www.legislation.gov.uk/")
    panel.locator("summary:has-text('Change it')").click()
    for name, figure in (("low", "90"), ("likely", "95"), ("high", "100")):
        panel.locator(f"[name={name}]").fill(figure)
    panel.locator("button:has-text('Use our figures')").click()
    expect(panel.locator(".problem")).to_contain_text("every change has a reason")
    expect(panel.locator("[name=low]")).to_have_value("90")
    expect(panel.locator(".followed")).to_have_count(0)
    panel.locator("[name=note]").fill("We asked the diocese.")
    panel.locator("button:has-text('Use our figures')").click()
    expect(panel.locator("[role=status]")).to_contain_text("The overall value of a council-maintained federation was")
    expect(panel).to_contain_text("We asked the diocese.")
    expect(panel).to_contain_text("In its place stood 25 to 68, likely 45")
    page.wait_for_function("html => document.querySelector('[data-chart=ranges] svg')?.innerHTML !== html", arg=ranges)
    panel.locator("button:has-text('Close')").click()
    expect(panel).to_have_count(0)
    assert page.evaluate(FOCUSED) == "federation-autonomy"
    expect(page.locator("[data-opens=federation-autonomy]")).to_contain_text("our own")


def test_by_keyboard_a_judgement_is_opened_looked_at_and_closed_with_escape(weighed: Page) -> None:
    page = weighed
    page.locator("[data-opens=umbrella_trust-staff]").focus()
    page.keyboard.press("Enter")
    expect(page.locator(f"{PANEL} h3")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent").startswith("We have looked at it and leave it")
    page.keyboard.press("Enter")
    expect(page.locator(f"{PANEL} .followed")).to_contain_text("The same as before")
    expect(page.locator(f"{PANEL} h3")).to_be_focused()  # the button that had the focus has gone
    expect(page.locator(PANEL)).to_contain_text("Looked at by the group.")
    page.keyboard.press("Escape")
    expect(page.locator(PANEL)).to_have_count(0)
    assert page.evaluate(FOCUSED) == "umbrella_trust-staff"
    expect(page.locator("[data-opens=umbrella_trust-staff]")).to_contain_text("looked at")
    page.keyboard.press("Shift+Tab")
    assert page.evaluate(FOCUSED) == "umbrella_trust-school_improvement"


def test_on_a_phone_the_panel_stands_below_its_option_and_nothing_scrolls_sideways(weighed: Page) -> None:
    page = weighed
    page.set_viewport_size({"width": 360, "height": 800})
    page.click("[data-key=part-judgements] summary")
    figure = page.locator("[data-opens=federation-cost]")
    figure.tap() if page.evaluate("navigator.maxTouchPoints") else figure.click()
    expect(page.locator(f"{PANEL} h3")).to_be_focused()
    page.evaluate(f"document.querySelectorAll('{PANEL} details').forEach(one => {{ one.open = true; }})")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    tops = {
        name: page.locator(f"[data-key={name}]").evaluate("one => one.getBoundingClientRect().top")
        for name in ("judgements-federation", "panel-federation-cost", "judgements-umbrella_trust")
    }
    assert sorted(tops.values()) == list(tops.values())
    heights = page.locator(f"button.figure, {PANEL} button, {PANEL} input").evaluate_all("all => all.map(one => one.offsetHeight)")
    assert min(heights) >= 44
    page.keyboard.press("Escape")
    expect(page.locator(PANEL)).to_have_count(0)
    assert page.evaluate(FOCUSED) == "federation-cost"
    go(page, "how_sure")
    expect(page.locator("h1")).to_be_focused()
    page.click("[data-key=part-judgements] summary")
    page.click("[data-opens=stay-cost]")
    expect(page.locator(f"{PANEL} h3")).to_contain_text("Stay as we are, cost: £0")


def test_a_replayed_day_is_said_on_every_page_changes_charts_and_is_left_by_one_button(weighed: Page) -> None:
    page = weighed
    ranges = drawn(page, "ranges")
    go(page, "facts")
    page.click("[data-key=replay] summary")
    page.fill("#replay-day", "2001-01-01")
    page.click("[data-key=part-replay] button:has-text('Show this day')")
    expect(page.locator("#problem-replay")).to_contain_text("Choose a day from 1 September 2010")
    page.fill("#replay-day", "2011-01-01")
    page.keyboard.press("Tab")
    while page.evaluate("document.activeElement.textContent") != "Show this day":
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".bar")).to_contain_text("Facts as of 1 January 2011.")
    expect(page.locator(".replayed")).to_contain_text("Against 15 April 2016, the case’s own day: a council-maintained federation")
    go(page, "what_follows")
    page.wait_for_function("html => (document.querySelector('[data-chart=ranges] svg')?.innerHTML ?? html) !== html", arg=ranges)
    page.set_viewport_size({"width": 320, "height": 800})
    expect(page.locator(".replayed")).to_contain_text("replay")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.click(".replayed button")
    expect(page.locator(".replayed")).to_have_count(0)
    expect(page.locator(".bar")).to_contain_text("Facts as of 15 April 2016.")
