"""A dashboard that opens at a step with charts shows them before any widget wakes; the living ones take their place without a jump."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from partnership_model.display.widgets import STEP_VARIABLE
from tests.browser.conftest import explored
from tests.browser.visiting import HOLD, PATIENCE, RELEASE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import SimpleNamespace

    from playwright.sync_api import Browser, Page

VISITS = 30
PLACES = """(root) => [...document.querySelectorAll(`${root} h1, ${root} .card, ${root} .chart svg, ${root} .swing-range`)]
  .map((node) => [node.nodeName, node.getBoundingClientRect()]).filter(([, box]) => box.width)
  .map(([name, box]) => [name, ...[box.x, box.y, box.width, box.height].map(Math.round)])"""
SHIFTS = """window.shifts = [];
new PerformanceObserver((list) => shifts.push(...list.getEntries().filter((one) => !one.hadRecentInput).map((one) => one.value)))
  .observe({ type: "layout-shift", buffered: true });"""


@pytest.fixture(scope="module")
def at_what_follows() -> Iterator[SimpleNamespace]:
    """Run `partnership explore`, started at the step What follows."""
    with explored(**{STEP_VARIABLE: "what_follows"}) as dashboard:
        yield dashboard


@pytest.fixture
def arriving(browser: Browser, at_what_follows: SimpleNamespace, request: pytest.FixtureRequest) -> Iterator[Page]:
    """Open the page, and hold back what its kernel says, so that only what the server sent is there."""
    context = browser.new_context(viewport={"width": request.param, "height": 900})
    context.add_cookies([at_what_follows.cookie])
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.add_init_script(SHIFTS)
    for _ in range(VISITS):  # until the server has written its first page
        page.goto(at_what_follows.address)
        if 'id="first"' in page.content():
            break
        page.wait_for_timeout(1000)
    page.add_init_script(HOLD)
    page.goto(at_what_follows.address, wait_until="commit")
    page.wait_for_selector("#first [data-chart=points] svg >> visible=true")
    yield page
    context.close()


@pytest.mark.parametrize("arriving", [1280, 360], indirect=True)
def test_the_living_charts_take_the_place_of_those_drawn_before_without_a_jump(arriving: Page) -> None:
    page = arriving
    assert "cannot be separated" in page.inner_text("#first h1")
    before = page.evaluate(PLACES, "#first")
    page.evaluate("shifts.length = 0")
    assert [name for name, *_ in before].count("svg") == 2
    page.evaluate(RELEASE)
    for chart in ("ranges", "points"):
        page.wait_for_selector(f"#workbook [data-chart={chart}] .vega-embed:not([hidden]) svg")
    page.wait_for_function("() => !document.querySelector('[aria-busy]')")
    assert page.evaluate(PLACES, "#workbook") == before
    assert page.evaluate("shifts") == []


@pytest.mark.parametrize("arriving", [1280], indirect=True)
def test_a_weight_that_is_moved_too_early_counts_and_keeps_the_focus(arriving: Page) -> None:
    page = arriving
    slider = page.locator("#first .for-wide #range-community_voice")
    slider.focus()
    begins = slider.input_value()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    page.evaluate(RELEASE)
    moved = page.locator("#workbook #range-community_voice")
    expect(moved).to_have_value(str(int(begins) + 3))
    expect(moved).to_be_focused()
    expect(page.locator("#workbook input[type=text][data-criterion=community_voice]")).to_have_value(str(int(begins) + 3))
