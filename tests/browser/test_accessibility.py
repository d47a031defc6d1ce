"""Every step of the dashboard keeps WCAG 2.2 AA as far as axe-core can see, with contrast decided and not left open."""

from __future__ import annotations

from importlib import resources
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

STEPS = ("why", "facts", "must_haves", "research", "what_matters", "what_follows", "how_sure", "doors", "next")
UNFOLD = "document.querySelectorAll('.pm details').forEach(one => { one.open = true; })"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# To bring what passed over to here as well would take as long as the search.
RUN = "options => axe.run(document, options).then(({ violations, incomplete }) => ({ violations, incomplete }))"
LEAST_CONTRAST, LEAST_CONTRAST_LARGE = 4.5, 3.0

# Axe leaves the contrast of a text open where something lies over or under it. Here every ground is a plain colour of
# one of the ancestors: whatever is not is named, and fails.
DECIDE = """targets => targets.map(selector => {
  const node = document.querySelector(selector);
  const parse = colour => (colour.match(/[\\d.]+/g) ?? []).map(Number);
  const light = ([r, g, b]) => [r, g, b].map(part => part / 255)
    .map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
    .reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0);
  let ground = null, plain = true;
  for (let one = node; one && !ground; one = one.parentElement) {
    const style = getComputedStyle(one), colour = parse(style.backgroundColor);
    if (style.backgroundImage !== "none" || style.opacity !== "1") plain = false;
    if (colour.length === 3 || colour[3] === 1) ground = colour;
    else if (colour[3] > 0) plain = false;
  }
  const style = getComputedStyle(node), ink = node.closest("svg") ? parse(style.fill) : parse(style.color);
  const both = [light(ink), light(ground ?? [255, 255, 255])].sort((a, b) => b - a);
  const size = parseFloat(style.fontSize), large = size >= 24 || (size >= 18.66 && parseInt(style.fontWeight) >= 700);
  return { selector, plain, large, ratio: (both[0] + 0.05) / (both[1] + 0.05) };
})"""


@pytest.fixture(scope="module")
def axe() -> str:
    """Give axe-core's script."""
    return resources.files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")


def prepared(page: Page, address: str, width: int) -> None:
    """Open the dashboard, weigh, and wait for the first results."""
    page.set_default_timeout(60_000)
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(address)
    page.wait_for_selector("#workbook .pm h1")
    page.click("nav [data-step=what_matters]")
    page.click("[data-of=case]")
    page.wait_for_selector("text=Every lift has a weight.")


def shown(page: Page, step: str) -> None:
    """Open a step with everything unfolded, a judgement open where all of them stand, and every chart drawn."""
    page.click(f"nav [data-step={step}]")
    page.wait_for_selector(f".step[data-step={step}]")
    page.evaluate(UNFOLD)
    if step == "what_follows":
        page.click("[data-opens=federation-cost]")
        page.wait_for_selector("[data-panel]")
        page.evaluate(UNFOLD)
    page.wait_for_function("[...document.querySelectorAll('[data-chart]')].every(one => one.querySelector('svg'))")


def broken_rules(page: Page, axe: str) -> list[str]:
    """Give what axe finds wrong, and each text whose contrast it leaves open and that has too little."""
    page.evaluate(axe)
    found: dict[str, Any] = page.evaluate(RUN, {"runOnly": TAGS})
    wrong = [f"{rule['id']}: {node['html'][:160]}" for rule in found["violations"] for node in rule["nodes"]]
    for rule in found["incomplete"]:
        if rule["id"] != "color-contrast":
            wrong += [f"undecided {rule['id']}: {node['html'][:160]}" for node in rule["nodes"]]
            continue
        for one in page.evaluate(DECIDE, [node["target"][0] for node in rule["nodes"]]):
            least = LEAST_CONTRAST_LARGE if one["large"] else LEAST_CONTRAST
            if not one["plain"] or one["ratio"] < least:
                wrong.append(f"contrast {one['ratio']:.1f} on {'a plain' if one['plain'] else 'an unknown'} ground: {one['selector']}")
    return wrong


@pytest.mark.parametrize("width", [1280, 320])
def test_no_step_breaks_a_rule(page: Page, dashboard_address: str, axe: str, width: int) -> None:
    prepared(page, dashboard_address, width)
    assert {step: wrong for step in STEPS if (shown(page, step), wrong := broken_rules(page, axe))[1]} == {}


def test_what_is_wrong_is_found(page: Page, dashboard_address: str, axe: str) -> None:
    """A page that is made worse on purpose: pale letters, a field without a name, no language."""
    prepared(page, dashboard_address, 1280)
    shown(page, "what_follows")
    page.evaluate("""() => {
      document.querySelector(".pm h1").style.color = "#bbb";
      document.querySelector("#range-cost").id = "nameless";
      document.documentElement.removeAttribute("lang");
    }""")
    said = " ".join(broken_rules(page, axe))
    assert [rule for rule in ("color-contrast", "label", "html-has-lang") if rule not in said] == [], said
