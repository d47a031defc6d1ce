"""The first page of a dashboard is written beforehand, and only shown while it is true."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import psutil

from partnership_model.delivery.first_page import FirstPage
from partnership_model.display.widgets import first_page
from tests.delivery.serving import WAIT
from tests.display.test_notebook import copied, swapped

if TYPE_CHECKING:
    from pathlib import Path


async def written(page: FirstPage) -> str:
    """Wait until the page has been written, and give it."""
    for _ in range(600):
        if found := page.html():
            return found
        await asyncio.sleep(0.1)
    return ""


def test_it_is_the_page_that_the_dashboard_opens_with(tmp_path: Path) -> None:
    case = copied(tmp_path)

    async def read() -> tuple[str, str]:
        page = FirstPage(case)
        before = page.html()
        found = await written(page)
        await page.stop()
        return before, found

    before, found = asyncio.run(read())
    assert before == ""
    assert found == first_page(str(case))
    assert "<h1" in found
    assert "<script" not in found


def test_a_case_that_was_changed_is_never_shown_as_it_was(tmp_path: Path) -> None:
    case = copied(tmp_path)

    async def read() -> tuple[str, str, str]:
        page = FirstPage(case)
        old = await written(page)
        swapped(case / "case.yaml", "How should our schools work together", "Whom should our schools join")
        at_once = page.html()
        new = await written(page)
        await page.stop()
        return old, at_once, new

    old, at_once, new = asyncio.run(read())
    assert "How should our schools work together" in old
    assert at_once == ""
    assert "Whom should our schools join" in new


def test_a_case_that_cannot_be_read_has_no_first_page_and_is_not_tried_again_until_it_changes(tmp_path: Path) -> None:
    case = copied(tmp_path)
    (case / "case.yaml").write_text("title: [", encoding="utf-8")

    async def read() -> tuple[str, bool]:
        page = FirstPage(case)
        page.start()
        await page.task
        first, task = page.html(), page.task
        return first, page.task is task

    assert asyncio.run(read()) == ("", True)


def test_a_server_that_stops_leaves_no_process_behind(tmp_path: Path) -> None:
    case = copied(tmp_path)

    async def run() -> None:
        page = FirstPage(case)
        page.start()
        while not any(map(writes, psutil.process_iter())):  # noqa: ASYNC110 - another process sets no event
            await asyncio.sleep(0.05)
        await page.stop()

    def writes(process: psutil.Process) -> bool:
        try:
            return str(case) in process.cmdline()
        except psutil.Error:
            return False

    asyncio.run(asyncio.wait_for(run(), WAIT))
    psutil.wait_procs([process for process in psutil.process_iter() if writes(process)], timeout=10)
    assert not any(map(writes, psutil.process_iter()))
