"""Uses the dashboard as a person does, by mouse, by keyboard alone or by finger on a phone, and counts every step.

A control is found by what it is and what it is called, and only where it can be seen. A step is one click, tap, key or screenful
of scrolling; each letter of what is typed is one too. By keyboard a control counts as reached only by going there with Tab.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

DESK = {"width": 1280, "height": 800}
PHONE = {"width": 360, "height": 720}
WAYS = ("mouse", "keyboard", "phone")
FARTHEST = 60  # Tabs or screenfuls after which a person has given up
SCREEN = 0.8  # of the window's height; what was last read stays in sight
LEAST_TARGET = 24  # pixels
PATIENCE = 60_000
IN_SIGHT = """node => {
  const at = node.getBoundingClientRect(), middle = at.top + Math.min(at.height, innerHeight / 2) / 2;
  if (middle > 0 && middle < innerHeight - 8) return 0;
  return middle <= 0 ? -1 : 1;
}"""
UNCOVERED = """(node, [x, y]) => {
  const top = document.elementFromPoint(x, y);
  return Boolean(top && (node.contains(top) || top.contains(node) || [...(node.labels ?? [])].some((label) => label.contains(top))));
}"""
BEFORE_FOCUS = "node => Boolean(node.compareDocumentPosition(document.activeElement) & Node.DOCUMENT_POSITION_FOLLOWING)"
FOCUSED = "node => document.activeElement === node"
CHOSEN = "node => node.selectedOptions[0].label"
TYPING = "() => document.activeElement.matches('input, select, textarea')"


class Person:
    """Somebody at the dashboard.

    Attributes:
        steps: how many steps it took so far.
    """

    def __init__(self, page: Page, way: str) -> None:
        """Sit down in front of a page that is ready."""
        self.page, self.way, self.steps = page, way, 0

    # What a person does

    def press(self, name: str, inside: Locator | None = None) -> None:
        """Press the button of this name."""
        self._use(self._named("button", name, inside), "Enter")

    def unfold(self, name: str, inside: Locator | None = None) -> None:
        """Open what is folded away under this name, unless it stands open."""
        summary = (inside or self.page).locator("summary:visible", has_text=re.compile(name)).first
        if summary.evaluate("node => !node.parentElement.open"):
            self._use(summary, "Enter")

    def tick(self, name: str) -> None:
        """Tick a box, or clear it."""
        self._use(self._named("checkbox", name), " ")

    def choose(self, name: str, wanted: str) -> None:
        """Choose from a list: by pointer one click opens it and one chooses; by keyboard the arrows go there."""
        one = self._named("combobox", name)
        if one.evaluate(CHOSEN) == wanted:
            self._reveal(one)
            return
        if self.way != "keyboard":
            self._reveal(one)
            one.select_option(label=wanted)
            self.steps += 2
            self._settled()
            return
        self._tab_to(one)
        away = one.evaluate("(node, wanted) => [...node.options].findIndex((o) => o.label === wanted) - node.selectedIndex", wanted)
        for _ in range(abs(away)):
            self._key("ArrowDown" if away > 0 else "ArrowUp")
        assert one.evaluate(CHOSEN) == wanted
        self._settled()

    def type(self, name: str, text: str, inside: Locator | None = None) -> None:
        """Type into the field of this name, over what stands there, and leave it."""
        field = self._named("textbox", name, inside)
        if self.way == "keyboard":
            self._tab_to(field)  # which selects what stands in it
        else:
            self._point(field)
            field.select_text()
        for letter in text:
            self._key(letter)
        expect(field).to_have_value(text)

    def enter(self) -> None:
        """Send off what was typed."""
        self._key("Enter")
        self._settled()

    def read(self, seen: Locator) -> str:
        """Bring something into sight, and read it."""
        expect(seen).to_be_visible(timeout=PATIENCE)
        self._reveal(seen)
        return " ".join(seen.inner_text().split())

    # How

    def _named(self, role: str, name: str, inside: Locator | None = None) -> Locator:
        """Find the control of a name that can be seen; of several with one name the first."""
        pattern = re.compile(rf"^\W*{re.escape(name)}\b", re.IGNORECASE)
        return (inside or self.page).get_by_role(role, name=pattern).filter(visible=True).first

    def _use(self, one: Locator, key: str) -> None:
        if self.way == "keyboard":
            self._tab_to(one)
            self._key(key)
        else:
            self._point(one)
        self._settled()

    def _point(self, one: Locator) -> None:
        """Click or tap the middle of what can be seen, and of what is large enough to hit and not covered."""
        self._reveal(one)
        box = one.bounding_box()
        assert box is not None, "it has gone"
        assert min(box["width"], box["height"]) >= LEAST_TARGET - 0.5, f"too small to hit: {box}"
        at = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        assert one.evaluate(UNCOVERED, at), "something lies over it"
        if self.way == "phone":
            self.page.touchscreen.tap(*at)
        else:
            self.page.mouse.click(*at)
        self.steps += 1

    def _tab_to(self, one: Locator) -> None:
        """Go to a control with Tab, or back with Shift and Tab where it stands before the focus."""
        one.wait_for(timeout=PATIENCE)
        key = "Shift+Tab" if one.evaluate(BEFORE_FOCUS) else "Tab"
        for _ in range(FARTHEST):
            if one.evaluate(FOCUSED):
                return
            self._key(key)
        message = f"not reached with {FARTHEST} times {key}: {one}"
        raise AssertionError(message)

    def _reveal(self, one: Locator) -> None:
        """Scroll by screenfuls until it is in sight."""
        one.wait_for(timeout=PATIENCE)
        for _ in range(FARTHEST):
            where = one.evaluate(IN_SIGHT)
            if not where:
                return
            if self.way != "keyboard":
                self.page.evaluate("part => scrollBy({ top: part * innerHeight, behavior: 'instant' })", where * SCREEN)
                self.steps += 1
            elif self.page.evaluate(TYPING):  # where Page Down would change what stands there
                self._key("Tab")
            else:
                self._key("PageDown" if where > 0 else "PageUp")
                self.page.wait_for_timeout(100)  # the browser scrolls softly
        message = f"not in sight after {FARTHEST} screenfuls: {one}"
        raise AssertionError(message)

    def _key(self, key: str) -> None:
        self.page.keyboard.press(key)
        self.steps += 1

    def _settled(self) -> None:
        """Wait until the kernel has answered."""
        self.page.wait_for_function("() => !document.querySelector('[aria-busy]')", timeout=PATIENCE)


def sit_down(browser: Browser, way: str, address: str, cookie: dict[str, str]) -> Person:
    """Open a dashboard in a browser of one's own, on a screen that suits the way."""
    context = browser.new_context(
        viewport=PHONE if way == "phone" else DESK, has_touch=way == "phone", is_mobile=way == "phone", reduced_motion="reduce"
    )
    context.add_cookies([cookie])
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(address)
    page.wait_for_selector("#workbook .pm h1")
    return Person(page, way)
