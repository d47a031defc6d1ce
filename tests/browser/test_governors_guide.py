"""The guide for governors fits on one sheet of paper, printed on both sides."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

if TYPE_CHECKING:
    from playwright.sync_api import Page

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "governors.md"
STYLE = "body{font:11pt/1.35 sans-serif;margin:0}td,th{padding:2pt 6pt;text-align:left;vertical-align:top}td img{width:4.4cm}"


def test_the_guide_prints_on_two_sides(page: Page, tmp_path: Path) -> None:
    html = MarkdownIt("commonmark").enable("table").render(GUIDE.read_text(encoding="utf-8"))
    printed = tmp_path / "governors.html"
    base = GUIDE.parent.as_uri()
    printed.write_text(f'<!DOCTYPE html><base href="{base}/"><meta charset="utf-8"><style>{STYLE}</style>{html}', encoding="utf-8")
    page.goto(printed.as_uri())
    assert page.evaluate("[...document.images].every((one) => one.complete && one.naturalWidth > 0)")
    margin = dict.fromkeys(("top", "right", "bottom", "left"), "1.6cm")
    paper = page.pdf(format="A4", margin=margin)
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) in (1, 2)
