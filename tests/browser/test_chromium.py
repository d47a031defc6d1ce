"""Finding a browser on a machine that has none, one, or may get one."""

from __future__ import annotations

import runpy
from pathlib import Path
from types import SimpleNamespace

import pytest


@pytest.fixture
def chromium() -> SimpleNamespace:
    return SimpleNamespace(**runpy.run_path(str(Path(__file__).with_name("chromium.py"))))


def without_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda _: None)
    monkeypatch.setattr("pathlib.Path.is_file", lambda _: False)


def test_where_there_is_no_browser_none_is_found_and_nothing_breaks(chromium: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    without_browser(monkeypatch)
    assert chromium.find() is None


def test_a_missing_browser_that_may_not_be_installed_is_one_line_and_a_failure(
    chromium: SimpleNamespace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    without_browser(monkeypatch)
    assert chromium.main() == 1
    assert capsys.readouterr().out == f"{chromium.ADVICE}\n"
