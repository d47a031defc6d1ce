"""The transition map in a browser: it changes with the option and the school, keeps its table, and is read on a telephone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page

MAP = "[data-chart=doors] svg"
LEAST_ON_A_PHONE = 14
SIZES = """[...document.querySelectorAll('[data-chart=doors] svg text')].map(
  one => parseFloat(getComputedStyle(one).fontSize) * one.closest('svg').getScreenCTM().a)"""


def test_the_map_moves_with_the_option_and_the_school_and_is_read_on_a_phone(page: Page, dashboard_address: str) -> None:
    page.set_default_timeout(60_000)
    page.goto(dashboard_address)
    page.wait_for_selector("#workbook .pm h1")
    page.click("nav [data-step=doors]")
    page.wait_for_selector(MAP)
    card = page.locator("[data-key=part-map]")
    expect(card.locator("h2")).to_contain_text("out again it would be another kind of school")
    page.evaluate("document.querySelector('[data-chart=doors] svg').dataset.first = 'yes'")
    before = page.inner_html(MAP)
    page.select_option("#stand", "established_mat")
    expect(card.locator("h2")).to_contain_text("no way back to what it is today was found")
    page.wait_for_function("before => document.querySelector('[data-chart=doors] svg').innerHTML !== before", arg=before)
    # The chart that stands there moved; it was not drawn anew.
    assert page.get_attribute(MAP, "data-first") == "yes"
    assert "Closed: only maintained schools can federate" in page.text_content(MAP)
    card.locator("summary:has-text('The same as a table')").click()
    row = card.locator("tbody tr", has=page.locator("th:text-is('Council-maintained federation')"))
    expect(row).to_contain_text("Closed: only maintained schools can federate")
    assert "Umbrella trust" in page.get_attribute("[data-chart=doors]", "aria-label")
    page.select_option("#stand", "federation")
    page.select_option("#school", "Secondary F")
    expect(card).to_contain_text("An academy cannot federate")
    expect(page.locator(MAP)).to_have_count(0)
    page.set_viewport_size({"width": 360, "height": 800})
    page.select_option("#school", "Primary E")
    page.wait_for_selector(MAP)
    # Until the map for phones is drawn, the wide one stands there, made smaller.
    page.wait_for_function(f"Math.min(...{SIZES}) >= {LEAST_ON_A_PHONE}")
    assert page.evaluate("document.querySelector('[data-chart=doors] svg').getBoundingClientRect().width") <= 300
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    beyond = page.evaluate(
        "[...document.querySelectorAll('[data-chart=doors] svg text')].filter(one =>"
        " one.getBoundingClientRect().right > one.closest('svg').getBoundingClientRect().right + 1).map(one => one.textContent)"
    )
    assert beyond == []
