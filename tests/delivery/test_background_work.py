"""Work in another process: what it wrote comes back, what went wrong is told, and nobody waits who has gone."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import psutil
import pytest

from partnership_model.delivery.background_work import worked_out
from tests.delivery.serving import WAIT

if TYPE_CHECKING:
    from pathlib import Path


def test_what_was_written_comes_back_and_a_fault_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit('a module of the folder was taken')")
    monkeypatch.chdir(tmp_path)
    done = asyncio.run(worked_out("import sys, json; print(json.dumps(sys.argv[1:]))", "one", "$(two)"))
    assert (done.wrote.split(), done.complaint, done.well) == ([b'["one",', b'"$(two)"]'], "", True)
    failed = asyncio.run(worked_out("raise ValueError('what was wrong')"))
    assert (failed.well, failed.complaint.strip().endswith("ValueError: what was wrong")) == (False, True)


def test_work_that_nobody_waits_for_any_more_is_ended() -> None:
    async def begin() -> None:
        task = asyncio.ensure_future(worked_out("import time; time.sleep(600)", "so long"))
        while not running():  # noqa: ASYNC110 - another process sets no event
            await asyncio.sleep(0.05)
        task.cancel()
        with pytest.raises(asyncio.CancelledError, match=r"^$"):
            await task

    def running() -> list[psutil.Process]:
        return [child for child in psutil.Process().children() if "so long" in child.cmdline()]

    asyncio.run(asyncio.wait_for(begin(), WAIT))
    assert running() == []
