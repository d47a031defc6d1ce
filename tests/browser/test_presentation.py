"""The presentation view as a chair uses it: full screen, by keys, read from the back of a hall, and out again."""

from __future__ import annotations

import re
from importlib import resources
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.test_accessibility import RUN, TAGS

if TYPE_CHECKING:
    from playwright.sync_api import Page

LEAST_TEXT, LEAST_IN_CHARTS = 28, 20

# The size at which each text is seen: a chart is scaled to its place. What is only heard or hidden has no size.
SMALLEST = """() => {
  const seen = [];
  for (const node of document.querySelectorAll(".slide :is(li, td, th, label, output, h1, .note, p, button, caption), .slide svg text")) {
    if (!node.getClientRects().length || !node.textContent.trim()) continue;
    const svg = node.closest("svg");
    const scale = svg ? svg.getScreenCTM().a : 1;
    seen.push([parseFloat(getComputedStyle(node).fontSize) * scale, node.nodeName, node.textContent.slice(0, 40)]);
  }
  return seen;
}"""
FITS = """() => {
  const slide = document.querySelector(".slide"), foot = slide.querySelector(".slide-foot").getBoundingClientRect();
  const low = [...slide.querySelectorAll(".slide-body *")].filter(one => one.getClientRects().length)
    .filter(one => one.getBoundingClientRect().bottom > foot.top + 1).map(one => one.outerHTML.slice(0, 90));
  return [slide.scrollHeight - slide.clientHeight, slide.scrollWidth - slide.clientWidth, low];
}"""


@pytest.fixture
def opened(page: Page, dashboard_address: str) -> Page:
    """Open the dashboard and weigh."""
    page.set_default_timeout(60_000)
    page.set_viewport_size({"width": 1280, "height": 720})
    page.goto(dashboard_address)
    page.wait_for_selector("#workbook .pm h1")
    page.click("nav [data-step=what_matters]")
    page.click("[data-of=case]")
    page.wait_for_selector("text=Every lift has a weight.")
    return page


def slide(page: Page) -> int:
    return int(page.get_attribute(".slide", "data-slide"))


def drawn(page: Page) -> None:
    page.wait_for_function("[...document.querySelectorAll('.slide [data-chart]')].every(one => one.querySelector('svg'))")


def at(page: Page, number: int) -> None:
    page.wait_for_selector(f".slide[data-slide='{number}']")


def test_a_slide_is_read_from_the_back_of_a_hall_and_fits_the_screen(opened: Page) -> None:
    axe = resources.files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
    opened.click("[data-key=present]")
    at(opened, 0)
    count = int(opened.get_attribute(".slide", "data-slides"))
    assert 9 <= count <= 12
    opened.evaluate(axe)
    for number in range(count):
        at(opened, number)
        for width, height in ((1280, 720), (1920, 1080)):
            opened.set_viewport_size({"width": width, "height": height})
            drawn(opened)
            below, beside, low = opened.evaluate(FITS)
            assert (below, beside, low) == (0, 0, []), (number, width)
            heights = opened.evaluate("[...document.querySelectorAll('.slide svg')].map(one => one.getBoundingClientRect().height)")
            assert all(one > height / 2 for one in heights), (number, width)
            sizes = opened.evaluate(SMALLEST)
            assert len(sizes) > 3
            assert [one for one in sizes if one[0] < LEAST_IN_CHARTS] == [], (number, width)
            lines = [one for one in sizes if one[1] in ("LI", "H1")]
            assert [one for one in lines if one[0] < LEAST_TEXT] == [], (number, width)
        found = opened.evaluate(RUN, {"runOnly": TAGS})
        assert [(one["id"], one["nodes"][0]["html"][:120]) for one in found["violations"]] == [], number
        opened.keyboard.press("ArrowRight")


def test_keys_and_buttons_go_back_and_forward_and_escape_leaves_the_full_screen(opened: Page) -> None:
    opened.evaluate("window.history.replaceState(null, '', '#state')")
    opened.locator("[data-key=present]").focus()
    opened.keyboard.press("Enter")
    at(opened, 0)
    expect(opened.locator(".slide h1")).to_be_focused()
    assert opened.evaluate("document.fullscreenElement !== null")
    assert "#" not in opened.url
    assert "token" not in opened.url
    assert opened.title().startswith(opened.inner_text(".slide h1"))
    assert opened.locator("[data-key=slide-back]").count() == 0
    opened.keyboard.press("ArrowLeft")
    for key, number in (("ArrowRight", 1), ("PageDown", 2), ("PageUp", 1)):
        opened.keyboard.press(key)
        at(opened, number)
    for _ in range(30):
        opened.keyboard.press("ArrowRight")
    last = int(opened.get_attribute(".slide", "data-slides")) - 1
    at(opened, last)
    assert opened.locator("[data-key=slide-next]").count() == 0
    opened.click("[data-key=slide-back]")
    at(opened, last - 1)
    opened.keyboard.press("Escape")
    opened.wait_for_selector(".step[data-step=what_matters]")
    assert opened.evaluate("document.fullscreenElement === null")
    opened.keyboard.press("ArrowRight")
    assert opened.locator(".slide").count() == 0


def test_a_weight_that_is_moved_before_the_hall_changes_the_slides_that_follow(opened: Page) -> None:
    opened.click("[data-key=present]")
    for number in range(4):
        at(opened, number)
        opened.keyboard.press("ArrowRight")
    at(opened, 4)
    before = opened.inner_text("#share-cost")
    opened.locator("#weight-cost").focus()
    opened.keyboard.press("End")
    expect(opened.locator("#share-cost")).not_to_have_text(before)
    opened.keyboard.press("ArrowLeft")  # the slider's own key while it has the focus
    expect(opened.locator("#weight-cost")).to_have_value("99")
    assert slide(opened) == 4
    opened.click("[data-key=slide-next]")
    at(opened, 5)
    drawn(opened)
    likely = opened.text_content("[data-chart=slide-follows] svg")
    assert re.search(r"\d+ to \d+", likely)
    opened.click("[data-key=slide-back]")
    at(opened, 4)
    opened.locator("#weight-cost").focus()
    opened.keyboard.press("Home")
    expect(opened.locator("#share-cost")).to_have_text("0 of 100")
    opened.click("[data-key=slide-next]")
    at(opened, 5)
    drawn(opened)
    assert opened.text_content("[data-chart=slide-follows] svg") != likely
    opened.click("[data-key=slide-leave]")
    opened.wait_for_selector(".step[data-step=what_matters]")
    expect(opened.locator("#range-cost")).to_have_value("0")
