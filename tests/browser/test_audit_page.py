"""The page of an audit keeps WCAG 2.2 AA as far as axe-core can see, and fits a phone."""

from __future__ import annotations

from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from partnership_model.analysis.audit.audit import audit
from partnership_model.delivery.audit_page import write_page
from partnership_model.knowledge.foreign_table import read_table
from tests.browser.test_accessibility import broken_rules

if TYPE_CHECKING:
    from playwright.sync_api import Page

HEIGHTS = """[...document.querySelectorAll("figure svg text")].filter(one => one.checkVisibility() && one.textContent.trim())
    .map(one => one.getBoundingClientRect().height)"""
EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "scores.csv"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Write the page."""
    path = tmp_path_factory.mktemp("audit") / "page.html"
    write_page(audit(read_table(EXAMPLE)), path)
    return path.as_uri()


@pytest.mark.parametrize("width", [1280, 320])
def test_the_page_breaks_no_rule_and_does_not_scroll_sideways(page: Page, address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(address)
    axe = resources.files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
    assert broken_rules(page, axe) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert [one.is_visible() for one in page.query_selector_all("figure svg")] == [width > 720, width < 720] * 2
    letters = page.evaluate(HEIGHTS)
    assert min(letters) >= 12
