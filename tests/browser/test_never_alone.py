"""Nobody is left alone with a page that does not work, and nothing that was chosen is lost: undo, reload, link, lost connection."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import psutil
import pytest
from playwright.sync_api import expect

from tests.browser.conftest import CASE, explored
from tests.browser.visiting import answered

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import SimpleNamespace

    from playwright.sync_api import Page

PATIENCE = 60_000
SAID_WITHIN = 5
COST = "input[type=text][data-criterion=cost]"


@pytest.fixture
def opened(page: Page, dashboard_address: str) -> Page:
    """Open the dashboard and weigh: two changes, on the step What follows."""
    page.set_default_timeout(PATIENCE)
    page.goto(dashboard_address)
    weigh(page)
    return page


def weigh(page: Page, cost: str = "77") -> None:
    page.wait_for_selector("#workbook .pm h1")
    page.click("nav [data-step=what_matters]")
    page.click("[data-of=case]")
    page.wait_for_selector("text=Every lift has a weight.")
    page.click("nav [data-step=what_follows]")
    page.wait_for_selector(".step[data-step=what_follows]")
    page.fill(COST, cost)
    page.press(COST, "Tab")
    expect(page.locator("#range-cost")).to_have_value(cost)
    expect(page.locator(".history summary")).to_have_text("What we changed (2)")


def is_as_it_was(page: Page, cost: str = "77") -> None:
    page.wait_for_selector("#workbook .step[data-step=what_follows]")
    expect(page.locator(COST)).to_have_value(cost)
    expect(page.locator("#range-cost")).to_have_value(cost)
    expect(page.locator(".history summary")).to_have_text("What we changed (2)")


def is_said_and_brought_back(page: Page, begun: float) -> None:
    """See that the loss is said in time, and that the button brings the weights back."""
    button = page.locator("#lost button")
    button.wait_for()
    took = time.monotonic() - begun
    expect(page.locator("#lost")).to_contain_text("The connection was lost.")
    expect(button).to_have_text("Open it again with what you chose")
    assert took < SAID_WITHIN
    button.click()
    page.wait_for_selector("#lost button", state="detached")
    is_as_it_was(page)


def processes_of(server: SimpleNamespace) -> tuple[psutil.Process, list[psutil.Process]]:
    """Give the warm parent and the kernels that it has forked."""
    parent = next(one for one in psutil.Process(server.process.pid).children() if "tend(" in " ".join(one.cmdline()))
    return parent, parent.children()


# Undo


def test_a_change_is_listed_undone_and_brought_back_by_keyboard_and_by_mouse(opened: Page) -> None:
    row = opened.locator(".history")
    row.locator("summary").click()
    expect(row.locator("li").first).to_have_text(re.compile(r"^Weight of cost: 77, before \d+$"))
    before = re.search(r"before (\d+)", row.locator("li").first.inner_text())[1]
    undo = row.get_by_role("button", name=re.compile("^Undo ?: Weight of cost: 77"))
    undo.focus()
    opened.keyboard.press("Enter")
    expect(opened.locator(COST)).to_have_value(before)
    expect(row.locator("[data-on-click=undo]")).to_be_focused()
    expect(row.locator(".told")).to_contain_text("Undone: weight of cost: 77")
    expect(opened.locator("[role=status].unseen")).to_contain_text("Undone: weight of cost: 77")
    expect(row.locator("li")).to_have_count(1)
    row.get_by_role("button", name=re.compile("^Bring it back")).click()
    expect(opened.locator(COST)).to_have_value("77")
    expect(row.locator("[data-on-click=undo]")).to_be_focused()
    opened.locator("#range-cost").focus()
    opened.keyboard.press("Control+z")
    expect(opened.locator(COST)).to_have_value(before)
    expect(opened.locator("#range-cost")).to_be_focused()
    row.locator("[data-on-click=start_again]").click()
    expect(opened.locator("h1")).to_have_text("Nobody has weighed yet, so nothing is put in order")
    expect(opened.locator(".step")).to_have_attribute("data-step", "what_follows")
    expect(row.locator("summary")).to_have_text("What we changed (0)")
    row.locator("[data-on-click=undo]").click()
    expect(row.locator("summary")).to_have_text("What we changed (1)")
    expect(opened.locator(COST)).to_have_value(before)


def test_a_slider_that_is_dragged_is_one_change(opened: Page) -> None:
    opened.click("nav [data-step=what_follows]")
    slider = opened.locator("#range-staff")
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    opened.mouse.move(box["x"] + 20, box["y"] + box["height"] / 2)
    opened.mouse.down()
    for part in range(10):
        opened.mouse.move(box["x"] + 20 + part * box["width"] / 15, box["y"] + box["height"] / 2)
    opened.mouse.up()
    answered(opened)
    expect(opened.locator(".history summary")).to_have_text("What we changed (3)")


# Reload and link


def test_a_reload_keeps_what_was_chosen_the_step_and_the_place_on_the_page(opened: Page) -> None:
    opened.set_viewport_size({"width": 1000, "height": 600})
    opened.wait_for_selector("[data-chart=points] svg")
    opened.evaluate("window.scrollTo(0, 400)")
    opened.reload()
    is_as_it_was(opened)
    expect(opened.locator(".told")).to_have_text("What you had chosen is back.")
    opened.wait_for_function("window.scrollY === 400")
    assert opened.evaluate("document.activeElement === document.body")


def test_a_link_opens_the_state_elsewhere_and_leaves_the_address_bar(opened: Page, dashboard: SimpleNamespace) -> None:
    opened.context.grant_permissions(["clipboard-read", "clipboard-write"])
    opened.click(".history summary")
    opened.click("[data-on-click=copy]")
    expect(opened.locator(".copied")).to_have_text("The link is copied.")
    link = opened.evaluate("navigator.clipboard.readText()")
    other = opened.context.browser.new_context()
    other.add_cookies([dashboard.cookie])
    theirs = other.new_page()
    theirs.set_default_timeout(PATIENCE)
    theirs.goto(link)
    is_as_it_was(theirs)
    assert "#" not in theirs.url
    expect(theirs.locator(".told")).to_have_text("Opened, with 2 changes.")
    # Two visitors do not mix: what one of them changes, the other does not see.
    theirs.fill(COST, "5")
    theirs.press(COST, "Tab")
    expect(theirs.locator("#range-cost")).to_have_value("5")
    opened.evaluate("text => { window.location.hash = text; }", "#state=1.broken")
    expect(opened.locator(".history .problem")).to_contain_text("This is no link or code of this workbook")
    assert "#" not in opened.url
    is_as_it_was(opened)
    # The same text, pasted, takes the place of what was chosen here; undoing brings that back.
    theirs.click(".history summary")
    theirs.fill("#open", link)
    theirs.click("[data-on-click=open]")
    is_as_it_was(theirs)
    theirs.click("[data-on-click=undo]")
    expect(theirs.locator(COST)).to_have_value("5")
    other.close()


def test_a_store_that_was_forged_is_refused_with_words(opened: Page) -> None:
    opened.evaluate("for (const name of Object.keys(sessionStorage)) sessionStorage.setItem(name, '1.<img src=x onerror=alert(1)>')")
    opened.reload()
    expect(opened.locator(".history .problem")).to_contain_text("This is no link or code of this workbook")
    assert opened.locator("img").count() == 0
    expect(opened.locator(".history summary")).to_have_text("What we changed (0)")


@pytest.mark.parametrize("store", ["full", "blocked"])
def test_where_the_browser_keeps_nothing_the_button_still_brings_back_what_was_chosen(
    page: Page, dashboard_address: str, store: str
) -> None:
    page.set_default_timeout(PATIENCE)
    page.add_init_script(
        {
            "full": "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };",
            "blocked": "Object.defineProperty(window, 'sessionStorage', { get() { throw new DOMException('no', 'SecurityError'); } });",
        }[store]
    )
    page.goto(dashboard_address)
    weigh(page)
    page.context.set_offline(True)
    page.click("#lost button")
    page.context.set_offline(False)
    expect(page.locator(".told")).to_have_text("Opened, with 2 changes.")
    is_as_it_was(page)
    assert "#" not in page.url


# Lost connections


@pytest.fixture(scope="module")
def server() -> Iterator[SimpleNamespace]:
    """Run a server whose processes may be killed."""
    with explored(CASE) as running:
        yield running


@pytest.fixture
def breakable(page: Page, server: SimpleNamespace) -> Page:
    """Open a page of that server and weigh."""
    page.set_default_timeout(PATIENCE)
    page.context.add_cookies([server.cookie])
    page.goto(server.address)
    weigh(page)
    return page


def test_a_computer_that_is_offline_is_told_and_goes_on_when_it_is_back(opened: Page) -> None:
    begun = time.monotonic()
    opened.context.set_offline(True)
    opened.wait_for_selector("#lost button")
    assert time.monotonic() - begun < SAID_WITHIN
    opened.context.set_offline(False)
    opened.wait_for_selector("#lost button", state="detached")
    opened.fill(COST, "5")
    opened.press(COST, "Tab")
    expect(opened.locator("#range-cost")).to_have_value("5")


LINES = """
window.lines = [];
window.WebSocket = class extends WebSocket {
  constructor(...about) {
    super(...about);
    lines.push(this);
  }
};
"""


def test_a_line_that_is_cut_is_opened_again_and_neither_a_move_nor_its_answer_is_lost(page: Page, dashboard_address: str) -> None:
    """Proxies cut lines that were silent, and laptops sleep; the kernel goes on meanwhile."""
    page.set_default_timeout(PATIENCE)
    page.add_init_script(LINES)
    page.goto(dashboard_address)
    weigh(page)
    assert page.evaluate("lines.length") == 1
    page.evaluate("lines[0].close()")
    page.fill(COST, "5")
    page.press(COST, "Tab")
    expect(page.locator("#range-cost")).to_have_value("5")
    assert page.evaluate("lines.length") == 2
    moved = "(node) => { node.value = '6'; node.dispatchEvent(new Event('change', { bubbles: true })); lines[1].close(); }"
    page.locator(COST).evaluate(moved)
    expect(page.locator("#range-cost")).to_have_value("6")
    answered(page)
    assert page.evaluate("lines.length") == 3


def test_a_killed_kernel_is_said_and_what_was_chosen_comes_back(breakable: Page, server: SimpleNamespace) -> None:
    _, kernels = processes_of(server)
    assert len(kernels) == 1
    begun = time.monotonic()
    kernels[0].kill()
    is_said_and_brought_back(breakable, begun)


def test_a_killed_warm_parent_is_said_and_what_was_chosen_comes_back(breakable: Page, server: SimpleNamespace) -> None:
    parent, _ = processes_of(server)
    begun = time.monotonic()
    parent.kill()
    is_said_and_brought_back(breakable, begun)


def test_a_stopped_server_is_said_and_what_was_chosen_comes_back_once_it_runs_again(page: Page) -> None:
    page.set_default_timeout(PATIENCE)
    with explored(CASE) as running:
        page.context.add_cookies([running.cookie])
        page.goto(running.address)
        weigh(page)
        begun = time.monotonic()
        running.process.kill()
        page.wait_for_selector("#lost button")
        assert time.monotonic() - begun < SAID_WITHIN
    page.click("#lost button")
    expect(page.locator("#lost")).to_contain_text("The workbook does not answer.")
    with explored(CASE, "--port", str(urlsplit(running.address).port)):
        page.wait_for_selector("#lost button", state="detached")
        is_as_it_was(page)
        page.goto("about:blank")
