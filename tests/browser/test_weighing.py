"""Weighing in other ways than by lifts, in a real browser: by keyboard, on a phone, and twice."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page

PATIENCE = 60_000
CRITERIA = ("autonomy", "cost", "reversibility", "school_improvement", "staff", "community_voice", "resilience", "effort_of_change")


@pytest.fixture
def opened(page: Page, dashboard_address: str) -> Page:
    """Open the step What matters."""
    page.set_default_timeout(PATIENCE)
    page.goto(dashboard_address)
    page.wait_for_selector("#workbook .pm h1")
    page.click("nav [data-step=what_matters]")
    page.wait_for_selector(".step[data-step=what_matters]")
    return page


def choose(page: Page, way: str) -> None:
    page.click(f"[data-on-click=way][data-value={way}]")


def order(page: Page) -> list[str]:
    return page.locator("[data-key^=order-]").evaluate_all("all => all.map(one => one.dataset.key.slice(6))")


def press(page: Page, criterion: str, where: str, times: int = 1) -> None:
    button = page.locator(f"[data-where={where}][data-criterion={criterion}]")
    button.focus()
    for _ in range(times):
        page.keyboard.press("Enter")


def test_an_order_is_made_and_changed_by_keyboard_alone_and_the_focus_stays_with_the_lift(opened: Page) -> None:
    choose(opened, "order")
    expect(opened.locator("h1")).to_have_text("Imagine everything at its worst. In which order would you lift them?")
    for place, criterion in enumerate(reversed(CRITERIA), 1):
        press(opened, criterion, "next")
        expect(opened.locator(f"[data-key=order-{criterion}] .order-place")).to_have_text(str(place))
    assert order(opened) == list(reversed(CRITERIA))
    expect(opened.locator(".body")).to_contain_text("In use.")
    press(opened, "autonomy", "up", times=3)
    expect(opened.locator("[data-key=order-autonomy] .order-place")).to_have_text("5")
    focused = "document.activeElement.dataset.criterion + ' ' + document.activeElement.dataset.where"
    assert opened.evaluate(focused) == "autonomy up"
    press(opened, "autonomy", "level")
    expect(opened.locator("[data-key=order-autonomy]")).to_contain_text("level with Staff")
    assert opened.locator("[data-key=order-autonomy] .order-place").inner_text() == "4"
    expect(opened.locator("[role=status].unseen")).to_contain_text("Staff level with Autonomy")
    opened.click("button:has-text('See what follows')")
    opened.wait_for_selector(".step[data-step=what_follows]")
    assert opened.locator("h1").inner_text() != "Nobody has weighed yet, so nothing is put in order"


def test_what_is_left_of_a_hundred_points_is_shown_and_nothing_that_was_typed_is_lost(opened: Page) -> None:
    choose(opened, "points")
    left = opened.locator(".left-to-give")
    expect(left).to_have_text("100 left of 100")
    for criterion, typed in (("autonomy", "60"), ("cost", "50")):
        opened.fill(f"#points-{criterion}", typed)
        opened.press(f"#points-{criterion}", "Tab")
    expect(left).to_have_text("10 too many")
    expect(opened.locator("#points-reversibility")).to_be_focused()
    opened.keyboard.type("some")
    opened.keyboard.press("Tab")
    expect(opened.locator("[data-key=points-reversibility] .problem")).to_contain_text("“some” is not a number")
    expect(opened.locator("#points-reversibility")).to_have_value("some")
    opened.fill("#points-cost", "30")
    opened.press("#points-cost", "Tab")
    expect(left).to_have_text("10 left of 100")
    expect(opened.locator("#points-autonomy")).to_have_value("60")
    choose(opened, "order")
    expect(opened.locator("[data-where=next]")).to_have_count(8)
    choose(opened, "points")
    expect(opened.locator("#points-autonomy")).to_have_value("60")
    expect(opened.locator("#points-cost")).to_have_value("30")
    opened.fill("#points-reversibility", "10")
    opened.press("#points-reversibility", "Tab")
    expect(left).to_have_text("0 left of 100")
    opened.click("text=The rest gets nothing")
    expect(opened.locator(".body")).to_contain_text("In use.")


def test_questions_are_answered_by_keyboard_until_one_stops_and_the_answer_taken_back(opened: Page) -> None:
    choose(opened, "trade_offs")
    asked = opened.locator(".either").inner_text()
    opened.locator("[data-said=one]").focus()
    opened.keyboard.press("Enter")
    expect(opened.locator(".either")).not_to_have_text(asked, use_inner_text=True)
    expect(opened.locator("[data-said=one]")).to_be_focused()
    opened.keyboard.press("Enter")
    expect(opened.locator(".finding")).to_have_text(re.compile(r"^After 2 answers, \d options can still lead on the likely figures\.$"))
    opened.click("text=Take the last answer back")
    expect(opened.locator(".finding")).to_have_text(re.compile(r"^After 1 answer, "))
    opened.click("text=Stop here and use what was said")
    expect(opened.locator(".body")).to_contain_text("In use: the middle of the weights that fit these answers.")


def test_somebody_weighs_twice_without_seeing_the_first_answer_and_then_sees_both(opened: Page) -> None:
    opened.click("[data-of=case]")
    opened.wait_for_selector("text=Every lift has a weight.")
    opened.click("text=Weigh again, without seeing this answer")
    expect(opened.locator(".body")).to_contain_text("The first answer is put aside and is not shown")
    expect(opened.locator("input[type=text][data-criterion=staff]")).to_have_value("")
    choose(opened, "order")
    for criterion in CRITERIA:
        press(opened, criterion, "next")
        expect(opened.locator(f"[data-key=order-{criterion}] [data-where=up]")).to_have_count(1)
    opened.click("text=Done: put the two side by side")
    expect(opened.locator("h1")).to_have_text("The second time points moved and the order changed")
    expect(opened.locator("table caption:has-text('The two weighings side by side')")).to_have_count(1)
    expect(opened.locator("input[name=use][value=mean]")).to_be_checked()
    opened.check("input[name=use][value=first]")
    expect(opened.locator("input[name=use][value=first]")).to_be_checked()


@pytest.mark.parametrize("width", [320, 360])
def test_no_way_of_weighing_scrolls_sideways_and_targets_are_large_enough(opened: Page, width: int) -> None:
    opened.set_viewport_size({"width": width, "height": 800})
    for way in ("points", "order", "trade_offs", "pairs"):
        opened.evaluate("document.querySelectorAll('.pm details').forEach((one) => { one.open = true; })")
        choose(opened, way)
        opened.wait_for_selector(f"[data-key=part-{way.split('_')[0]}]")
        if way == "order":
            press(opened, "staff", "next")
            expect(opened.locator("[data-key=order-staff] [data-where=up]")).to_have_count(1)
        assert opened.evaluate("document.documentElement.scrollWidth") <= width
        small = opened.evaluate(
            "[...document.querySelectorAll('.pm button, .pm select, .pm input, .pm summary')].map(n => [n.outerHTML.slice(0, 80),"
            "n.getBoundingClientRect()]).filter(([, r]) => r.width && (r.width < 24 || r.height < 24)).map(([html]) => html)"
        )
        assert small == []
