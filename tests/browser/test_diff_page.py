"""The page of a comparison keeps WCAG 2.2 AA as far as axe-core can see, and fits a phone."""

from __future__ import annotations

from importlib import resources
from typing import TYPE_CHECKING

import pytest

from partnership_model.analysis.run_comparison import compare
from partnership_model.delivery.block_page import write_page
from partnership_model.display.comparison_blocks import blocks
from tests import two_runs
from tests.browser.test_accessibility import broken_rules
from tests.display.test_notebook import BASE

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page


@pytest.mark.parametrize("width", [1280, 320])
def test_the_page_breaks_no_rule_and_does_not_scroll_sideways(page: Page, tmp_path: Path, width: int) -> None:
    other = two_runs.data() | {"as_of": "2026-06-01", "ranking": [["stay"]]}
    found = compare(two_runs.run(), two_runs.run(other), BASE)
    write_page("Two runs of ember-2016", blocks(found, BASE), tmp_path / "page.html")
    page.set_viewport_size({"width": width, "height": 900})
    page.goto((tmp_path / "page.html").as_uri())
    axe = resources.files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
    assert broken_rules(page, axe) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
