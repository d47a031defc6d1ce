"""Saving, opening and comparing in a real browser: what arrives as a file gives the page's own numbers on the command line."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from playwright.sync_api import expect

from partnership_model.delivery import cli
from partnership_model.display import phrases, words
from partnership_model.knowledge.schema import Range

if TYPE_CHECKING:
    from pathlib import Path

    import pytest
    from playwright.sync_api import Page

PATIENCE = 60_000
RANGES = "[data-key='table-Overall values'] tbody tr"


def visit(page: Page, address: str) -> None:
    """Open the dashboard as somebody who was never there."""
    page.set_default_timeout(PATIENCE)
    page.goto(address)
    page.evaluate("sessionStorage.clear()")
    page.goto(address)
    page.wait_for_selector("#workbook .pm h1")


def step(page: Page, name: str) -> None:
    page.click(f"nav [data-step={name}]")
    page.wait_for_selector(f".step[data-step={name}]")


def overall(page: Page) -> list[list[str]]:
    """Read each option, its overall value and how often it comes first from the page's table, in its order."""
    step(page, "what_follows")
    return page.locator(RANGES).evaluate_all("rows => rows.map(row => [...row.children].map(cell => cell.textContent.trim()))")


def result_of(path: Path) -> tuple[dict[str, Any], list[list[str]]]:
    """Read a result, and say of it what the page's table says."""
    result = json.loads(path.read_text(encoding="utf-8"))
    options = {one["id"]: one for one in result["options"]}
    rows = [options[key] for place in result["ranking"] for key in place]
    return result, [[one["label"], words.span(Range(**one["overall"])), phrases.of_hundred(one["rank_acceptability"][0])] for one in rows]


def choose_file(page: Page, path: Path, *, beside: bool) -> None:
    page.set_input_files(f"input[type=file][data-beside={'true' if beside else 'false'}]", path)


def weighed_and_judged(page: Page, address: str) -> None:
    """Weigh, and put the group's own figures in the place of a starting assumption."""
    visit(page, address)
    step(page, "what_matters")
    page.click("[data-of=case]")
    expect(page.locator(".history summary")).to_contain_text("(1)")
    page.fill("input.swing-number[data-criterion=staff]", "40")
    page.press("input.swing-number[data-criterion=staff]", "Tab")
    expect(page.locator(".history summary")).to_contain_text("(2)")
    step(page, "what_follows")
    page.click("[data-opens=federation-autonomy]")
    form = page.locator("[data-panel]")
    form.locator("summary:has-text('Change it')").click()
    for name, figure in (("low", "20"), ("likely", "30"), ("high", "45")):
        form.locator(f"[name={name}]").fill(figure)
    form.locator("[name=note]").fill("We counted, and asked.")
    form.locator("[data-on-click=judge]").click()
    expect(page.locator(".history summary")).to_contain_text("(3)")


def test_what_is_saved_arrives_gives_the_same_numbers_elsewhere_and_is_opened_again_and_beside(
    page: Page, dashboard_address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    weighed_and_judged(page, dashboard_address)
    shown = overall(page)
    page.click(".history summary")
    page.click("[data-to=keep]")
    expect(page.locator("#keep")).to_be_focused()
    page.click("[data-on-click=save]")
    expect(page.locator("#problem-save")).to_contain_text("Say who you are")
    page.fill("[name=by]", "Governors of <Infant> A")
    page.fill("[name=people]", "7")
    with page.expect_download() as waiting:
        page.click("[data-on-click=save]")
    assert waiting.value.suggested_filename.startswith("ember-2016-governors-of-infant-a-")
    saved = tmp_path / "saved.zip"
    waiting.value.save_as(saved)
    expect(page.locator(".told")).to_contain_text("Saved as ember-2016-governors-of-infant-a-")

    monkeypatch.chdir(tmp_path)
    cli.commands.main(["appraise", "saved.zip", "--to", "json", "--out", "out"], standalone_mode=False)
    result, said = result_of(tmp_path / "out" / "saved" / "result.json")
    assert said == shown
    ours = next(one for one in result["elicitation"] if one["group"] == "Governors of <Infant> A")
    assert ours["weighings"][0]["people"] == 7

    visit(page, dashboard_address)
    step(page, "next")
    choose_file(page, tmp_path / "out" / "saved" / "result.json", beside=False)
    expect(page.locator("#problem-open-file")).to_contain_text("a case is a folder with case.yaml")
    choose_file(page, saved, beside=False)
    expect(page.locator(".told")).to_contain_text("Opened what Governors of <Infant> A saved.")
    assert overall(page) == shown
    assert page.locator(".history summary").inner_text() != "What we changed (0)"

    step(page, "what_matters")
    page.fill("input.swing-number[data-criterion=autonomy]", "0")
    page.press("input.swing-number[data-criterion=autonomy]", "Tab")
    step(page, "next")
    choose_file(page, saved, beside=True)
    card = page.locator("#beside-1")
    expect(card).to_contain_text("Saved by Governors of <Infant> A")
    expect(page.locator("#part-beside_weights_1 h2")).to_contain_text("The weights differ most in autonomy: 0 here")
    expect(page.locator("#part-beside_weights_1 svg")).to_have_count(1)
    expect(page.locator("#part-beside_weights_1 .chart")).to_have_attribute("aria-label", re.compile("Autonomy: 0 here"))
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 800})
        expect(page.locator("#part-beside_weights_1 svg")).to_have_count(1)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    card.locator("[data-on-click=put_away]").click()
    expect(card).to_have_count(0)
