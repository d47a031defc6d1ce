"""Charts that stand on the page get new rows; whatever was moved before, they look like charts that are drawn anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.visiting import enter, go, weigh

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

WIDE, PHONE = 1280, 360
WIDTHS = pytest.mark.parametrize("width", [WIDE, PHONE])
Marks = dict[str, list[list[str | None]]]
# A chart's marks and words, not its nodes: some numbers in their names count the charts that were drawn before.
MARKS = """() => Object.fromEntries([...document.querySelectorAll("[data-chart]")].map((place) => {
  const svg = place.querySelector("svg");
  const parts = svg ? [svg, ...svg.querySelectorAll("path, text, line")] : [];
  const said = ["d", "transform", "fill", "stroke", "font-weight", "width", "height", "x2", "y2"];
  const marks = (node) => [...said.map((name) => node.getAttribute(name)), node.matches("text") ? node.textContent : ""];
  return [place.dataset.chart, parts.map(marks)];
}))"""
AT_REST = (
    "() => !document.querySelector('[aria-busy]') && [...document.querySelectorAll('[data-chart]')].every(one => one.querySelector('svg'))"
)


@pytest.fixture
def opened(page: Page, dashboard_address: str) -> Page:
    """Open the dashboard with the case's weights in use."""
    enter(page, dashboard_address)
    weigh(page)
    return page


def settled(page: Page) -> Marks:
    """Give the charts' marks once nothing is on its way and nothing changes any more."""
    page.wait_for_function(AT_REST)
    before, now = None, page.evaluate(MARKS)
    while before != now:
        page.wait_for_timeout(200)
        page.wait_for_function(AT_REST)
        before, now = now, page.evaluate(MARKS)
    assert all(now.values())
    return now


def anew(page: Page, step: str) -> Marks:
    """Leave the step and come back: every chart is drawn from nothing."""
    go(page, "why")
    go(page, step)
    return settled(page)


def changed(page: Page, act: Callable[[], object]) -> Marks:
    """Do something and wait until a chart has changed."""
    before = settled(page)
    act()
    page.wait_for_function(f"before => JSON.stringify(({MARKS})()) !== JSON.stringify(before)", arg=before)
    return settled(page)


def type_points(page: Page, points: int) -> Marks:
    """Type a weight on the step What follows; the case's own are no whole numbers."""

    def typed() -> None:
        field = page.locator("input[type=text][data-criterion=community_voice]")
        field.fill(str(points))
        field.press("Tab")

    return changed(page, typed)


def press(page: Page, key: str) -> Callable[[], object]:
    """Give what presses a key on a slider."""
    return lambda: page.locator("#range-community_voice").press(key)


def keep(page: Page, chart: str) -> None:
    page.evaluate("chart => { document.querySelector(`[data-chart=${chart}] svg`).kept = true; }", chart)


def kept(page: Page, chart: str) -> bool:
    return page.evaluate("chart => document.querySelector(`[data-chart=${chart}] svg`).kept === true", chart)


@WIDTHS
def test_a_chart_stays_when_a_weight_moves_and_its_marks_and_words_change(opened: Page, width: int) -> None:
    opened.set_viewport_size({"width": width, "height": 800})
    go(opened, "what_follows")
    before = settled(opened)
    place = opened.locator("[data-chart=ranges]")
    words = place.get_attribute("aria-label")
    for chart in before:
        keep(opened, chart)
    now = changed(opened, press(opened, "PageUp"))
    for chart in ("ranges", "points"):
        assert kept(opened, chart)
        assert now[chart] != before[chart]
        expect(opened.locator(f"[data-chart={chart}] > *")).to_have_attribute("aria-hidden", "true")
    assert words.startswith("Range of the overall value")
    expect(place).not_to_have_attribute("aria-label", words)
    assert anew(opened, "what_follows") == now


@WIDTHS
def test_after_many_moves_charts_look_like_new_ones(opened: Page, width: int) -> None:
    """The end of a slider puts the options in another order; keys that follow fast overtake one another."""
    opened.set_viewport_size({"width": width, "height": 800})
    go(opened, "what_follows")
    first = type_points(opened, 60)
    far = changed(opened, press(opened, "End"))
    assert far != first

    def hurry() -> None:
        for key in ("Home", "ArrowRight", "ArrowRight", "PageUp", "ArrowLeft", "End", "ArrowLeft"):
            press(opened, key)()

    near = changed(opened, hurry)
    assert anew(opened, "what_follows") == near
    assert type_points(opened, 60) == first


def test_a_step_that_is_left_and_a_window_that_narrows_meanwhile_leave_the_right_charts(opened: Page) -> None:
    go(opened, "what_follows")
    wide = type_points(opened, 60)
    opened.set_viewport_size({"width": PHONE, "height": 800})
    opened.wait_for_function("document.querySelector('[data-chart=ranges] svg')?.getAttribute('width') < 360")
    narrow = settled(opened)
    press(opened, "ArrowRight")()
    opened.set_viewport_size({"width": WIDE, "height": 800})
    opened.wait_for_function("document.querySelector('[data-chart=ranges] svg')?.getAttribute('width') > 400")
    moved = settled(opened)
    assert moved != wide
    press(opened, "ArrowLeft")()
    go(opened, "how_sure")
    assert set(settled(opened)) >= {"shares", "switching", "one-way", "two-way"}
    go(opened, "what_follows")
    assert settled(opened) == wide
    opened.set_viewport_size({"width": PHONE, "height": 800})
    opened.wait_for_function("document.querySelector('[data-chart=ranges] svg')?.getAttribute('width') < 360")
    assert settled(opened) == narrow


@WIDTHS
def test_what_a_must_have_closes_leaves_the_charts_and_comes_back(opened: Page, width: int) -> None:
    opened.set_viewport_size({"width": width, "height": 800})
    go(opened, "what_follows")
    every = type_points(opened, 60)
    go(opened, "must_haves")
    opened.check("[data-gate=way_out]")
    expect(opened.locator("h1")).to_have_text("3 of 7 options are left")
    go(opened, "what_follows")
    few = settled(opened)
    assert len(few["points"]) < len(every["points"])
    assert changed(opened, press(opened, "ArrowRight")) != few
    assert changed(opened, press(opened, "ArrowLeft")) == few
    go(opened, "must_haves")
    opened.uncheck("[data-gate=way_out]")
    expect(opened.locator("h1")).to_have_text("All 7 options are left")
    go(opened, "what_follows")
    assert settled(opened) == every


@WIDTHS
def test_the_charts_of_how_sure_follow_a_choice_and_look_like_new_ones(opened: Page, width: int) -> None:
    opened.set_viewport_size({"width": width, "height": 800})
    go(opened, "how_sure")
    settled(opened)
    keep(opened, "shares")
    changed(opened, lambda: opened.select_option("#ways", "any"))
    assert kept(opened, "shares")
    opened.locator("[data-key=part-sweep] summary").first.click()
    now = changed(opened, lambda: opened.select_option("#sweep-alone", "staff"))
    assert anew(opened, "how_sure") == now
