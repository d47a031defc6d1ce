"""The page that lists many appraisals keeps WCAG 2.2 AA as far as axe-core can see, fits a phone, and leads to each file."""

from __future__ import annotations

from importlib import resources
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import pytest

from partnership_model.delivery import batch
from tests.browser.test_accessibility import broken_rules
from tests.delivery.test_batch import Runs, orders
from tests.display.test_notebook import copied

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

FOUND = "A collaborative partnership, a co-operative trust and staying as we are cannot be separated by what we know about {}"
WHY = "cases/b/case.yaml:12: options: found “federaton”, which is no option that the workbook knows. Did you mean “federation”?"
NAMES = (
    "a",
    "b",
    "St Mary and All Saints Church of England Voluntary Aided Primary School",
    "Bartholomew-Featherstonehaugh-Partnership-of-Schools",
)


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """List four cases in two editions, of which one failed."""
    folder = tmp_path_factory.mktemp("batch")
    (folder / "cases").mkdir()
    cases = [copied(folder / "cases", name) for name in NAMES]
    for edition in ("governors", "public"):
        batch.run_batch(orders(cases, folder / "out", edition=edition), Runs("b", why=WHY, finding=FOUND), lambda _: None)
    return folder / "out"


@pytest.mark.parametrize("width", [1280, 320])
def test_the_page_breaks_no_rule_and_does_not_scroll_sideways(page: Page, out: Path, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto((out / "index.html").as_uri())
    assert "2 failed" in page.title()
    axe = resources.files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
    assert broken_rules(page, axe) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_every_link_leads_to_a_file_that_is_there(page: Page, out: Path) -> None:
    page.goto((out / "index.html").as_uri())
    links = [one.evaluate("one => one.href") for one in page.locator("a[href]").all()]
    files = [out / unquote(urlsplit(link).path) for link in links if link.startswith("file:") and not urlsplit(link).fragment]
    assert len(files) > 2 * len(NAMES)
    assert [path for path in files if not path.is_file()] == []
