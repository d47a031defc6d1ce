"""Every step can be reached and used by hand and by keyboard, at four times the size, and on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.visiting import enter, go, weigh

if TYPE_CHECKING:
    from playwright.sync_api import Page

STEPS = ("why", "facts", "must_haves", "research", "what_matters", "what_follows", "how_sure", "doors", "next")
ORDERED = ("staff", "cost", "autonomy")
LEAST_TARGET = {1280: 24, 360: 44}
LEAST_OUTLINE = 2  # pixels, of WCAG 2.4.13; ours is 4
A4 = {"width": 680, "height": 960}  # what the margins leave, in CSS pixels
CONTROLS = ".pm :is(button, select, input, summary, a[href], textarea)"

# A control inside its own label is as large as the label; a link inside a sentence is as large as its line may be.
SMALL = f"""least => [...document.querySelectorAll({CONTROLS!r})].filter((one) => {{
  const seen = one.getClientRects().length && getComputedStyle(one).visibility !== "hidden";
  if (!seen || one.closest(".unseen") || (one.nodeName === "A" && one.closest("p, li, td, dd"))) return false;
  const at = (one.matches("[type=checkbox], [type=radio]") && one.closest("label") || one).getBoundingClientRect();
  return at.width < least - 0.5 || at.height < least - 0.5;
}}).map((one) => {{
  const at = one.getBoundingClientRect();
  return `${{Math.round(at.width)}} x ${{Math.round(at.height)}}: ${{one.outerHTML.slice(0, 90)}}`;
}})"""
FOCUSED = """() => {
  const one = document.activeElement, style = getComputedStyle(one), at = one.getBoundingClientRect();
  const shown = one.closest("label")?.getBoundingClientRect() ?? at;
  return {
    inside: Boolean(one.closest(".pm")), key: (window.seen ??= []).includes(one) ? "again" : (window.seen.push(one), "new"),
    width: style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth), size: Math.min(shown.width, shown.height),
    html: one.outerHTML.slice(0, 110),
  };
}"""
WIDER = """width => [...document.querySelectorAll(".pm *")].filter((one) => {
  const at = one.getBoundingClientRect();
  return at.width && at.height && (at.right > width + 1 || at.left < -1) && !one.closest(".unseen, .skip") && !one.closest("svg");
}).map((one) => one.outerHTML.slice(0, 90))"""
UNFOLD = "document.querySelectorAll('.pm details').forEach((one) => { one.open = true; })"


@pytest.fixture
def opened(page: Page, dashboard_address: str) -> Page:
    """Open the dashboard and weigh."""
    enter(page, dashboard_address)
    weigh(page)
    return page


def drawn(page: Page) -> None:
    page.wait_for_function("[...document.querySelectorAll('.pm [data-chart]')].every(one => one.querySelector('svg'))")


@pytest.mark.parametrize("width", [1280, 360])
def test_every_control_of_every_step_is_large_enough_for_a_finger(opened: Page, width: int) -> None:
    opened.set_viewport_size({"width": width, "height": 800})
    small: dict[str, Any] = {}
    for step in STEPS:
        go(opened, step)
        drawn(opened)
        opened.evaluate(UNFOLD)
        small[step] = opened.evaluate(SMALL, LEAST_TARGET[width])
    go(opened, "what_matters")
    for way in ("points", "order", "pairs", "trade_offs"):
        opened.evaluate(UNFOLD)
        opened.click(f"[data-on-click=way][data-value={way}]")
        opened.wait_for_selector(f"[data-on-click=way][data-value={way}]", state="detached")
        small[way] = opened.evaluate(SMALL, LEAST_TARGET[width])
    assert sorted({f"{step}: {one}" for step, found in small.items() for one in found}) == []


def test_the_keyboard_reaches_every_control_shows_where_it_is_and_is_never_caught(opened: Page) -> None:
    for step in STEPS:
        go(opened, step)
        drawn(opened)
        opened.evaluate("window.seen = []; const step = document.querySelector('.step'); step.tabIndex = -1; step.focus()")
        wanted = opened.evaluate(
            f"[...document.querySelectorAll({CONTROLS!r})].filter(one => one.checkVisibility() && !one.disabled"
            " && one.tabIndex >= 0 && !(one.type === 'radio' && !one.checked)).length"
        )
        reached = 0
        for _ in range(wanted + 20):
            opened.keyboard.press("Tab")
            found = opened.evaluate(FOCUSED)
            if not found["inside"] and reached:
                break
            if found["inside"]:
                assert found["key"] == "new", f"{step}: caught at {found['html']}"
                assert found["width"] >= LEAST_OUTLINE, f"{step}: no focus to be seen on {found['html']}"
                reached += 1
        assert reached >= wanted, step


def test_at_four_times_the_size_nothing_is_lost(opened: Page) -> None:
    """A window of 1280 by 1024 pixels at 400% is one of 320 by 256; what stays in place there must leave room for the rest."""
    width, height = 320, 256
    opened.set_viewport_size({"width": width, "height": height})
    for step in STEPS:
        go(opened, step)
        drawn(opened)
        opened.evaluate(UNFOLD)
        assert opened.evaluate("document.documentElement.scrollWidth") <= width, step
        assert opened.evaluate(WIDER, width) == [], step
        opened.evaluate("window.scrollTo(0, document.documentElement.scrollHeight)")
        covered = opened.evaluate(
            "[...document.querySelectorAll('.pm *, #lost')].filter(one => ['fixed', 'sticky'].includes(getComputedStyle(one).position))"
            ".map(one => one.getBoundingClientRect()).filter(at => at.top >= 0 && at.bottom <= innerHeight)"
            ".reduce((sum, at) => sum + at.height, 0)"
        )
        assert covered < height / 2, step
    opened.evaluate("window.scrollTo(0, 0)")
    opened.click("[data-key=present]")
    opened.wait_for_selector(".slide[data-slide='0']")
    for number in range(1, int(opened.get_attribute(".slide", "data-slides"))):
        opened.keyboard.press("ArrowRight")
        opened.wait_for_selector(f".slide[data-slide='{number}']")
        drawn(opened)
        assert opened.evaluate("document.querySelector('.slide').scrollWidth") <= width, number
        assert opened.evaluate(WIDER, width) == [], number


def test_each_step_prints_complete_without_controls_and_inside_the_page(opened: Page) -> None:
    opened.set_viewport_size(A4)
    for step in STEPS:
        go(opened, step)
        drawn(opened)
        opened.evaluate(
            "window.filled = () => [...document.querySelectorAll('.pm td')].filter(one => one.textContent.trim()"
            " && [...one.querySelectorAll('*')].some(part => part.textContent.trim() && !part.children.length"
            " && !part.closest('.unseen') && !part.checkVisibility())).map(one => one.outerHTML.slice(0, 120))"
        )
        closed = opened.locator(".pm details:not([open])").count()
        opened.emulate_media(media="print")
        opened.evaluate("window.dispatchEvent(new Event('beforeprint'))")
        assert (
            opened.evaluate(
                f"[...document.querySelectorAll({'.pm nav, .pm button:not(td button), .pm [type=range], #lost'!r})]"
                ".filter(one => one.checkVisibility()).length"
            )
            == 0
        ), step
        assert opened.locator(".pm details:not([open]):visible").count() == 0, step
        assert opened.evaluate(WIDER, A4["width"]) == [], step
        assert opened.evaluate("window.filled()") == [], step
        wide = opened.evaluate(
            "width => [...document.querySelectorAll('.pm svg')].filter(one => one.checkVisibility()"
            " && one.getBoundingClientRect().right > width + 1).length",
            A4["width"],
        )
        assert wide == 0, step
        said = opened.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--printed')")
        assert "The Ember schools, spring 2016" in said
        assert "15 April 2016" in said
        assert "Illustrative" in said
        opened.evaluate("window.dispatchEvent(new Event('afterprint'))")
        opened.emulate_media(media="screen")
        assert opened.locator(".pm details:not([open])").count() == closed, step
    assert len(opened.pdf(prefer_css_page_size=True)) > 20_000


def test_who_wants_no_motion_gets_none_and_pages_name_their_language(opened: Page) -> None:
    opened.emulate_media(reduced_motion="reduce")
    for step in STEPS:
        go(opened, step)
        moving = opened.evaluate(
            "[...document.querySelectorAll('*')].filter(one => { const style = getComputedStyle(one);"
            " return parseFloat(style.transitionDuration) > 0 || parseFloat(style.animationDuration) > 0"
            " || style.scrollBehavior === 'smooth'; }).length"
        )
        assert moving == 0, step
        assert opened.title() == f"{opened.inner_text('h1').strip()} | Partnership Model"
    assert opened.get_attribute("html", "lang") == "en"


def test_a_lift_at_an_end_of_the_order_cannot_be_pushed_beyond_it(opened: Page) -> None:
    go(opened, "what_matters")
    opened.click("[data-on-click=way][data-value=order]")
    for name in ORDERED:
        opened.click(f"[data-criterion={name}][data-where=next]")
        opened.wait_for_selector(f"[data-criterion={name}][data-where=out]")
    last = opened.locator(f"[data-criterion={ORDERED[-1]}][data-where=up]")
    for _ in ORDERED[1:]:
        last.focus()
        opened.keyboard.press("Enter")
        opened.wait_for_function("!document.querySelector('[aria-busy]')")
    assert opened.evaluate("document.activeElement.dataset.where") == "up"
    disabled = opened.locator(".order button[aria-disabled]").evaluate_all(
        "all => all.map(one => [one.dataset.criterion, one.dataset.where])"
    )
    assert disabled == [[ORDERED[-1], "up"], [ORDERED[1], "down"]]
    before = opened.inner_text(".order")
    opened.keyboard.press("Enter")
    opened.wait_for_timeout(200)
    assert opened.inner_text(".order") == before
