"""The benchmarks say what they measure, and what the dashboard is compared with draws the same charts."""

from __future__ import annotations

import ast
import os
import runpy
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any
from unittest.mock import MagicMock

import pytest

from partnership_model.display.exploration import after
from partnership_model.display.pages import page_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

FOLDER = Path(__file__).resolve().parents[1] / "benchmarks"
PEERS = FOLDER / "peers"
SCRIPTS = sorted(FOLDER.glob("*.py"))
WEIGHT = 77
TOLD = {"usermeta", "autosize"}  # how a peer is told to draw as we do


@pytest.fixture
def what_follows(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Import what the peers' apps share, as they do."""
    monkeypatch.syspath_prepend(FOLDER)
    from peers import what_follows  # noqa: PLC0415 - found from here on only

    return what_follows


def ours(what_follows: ModuleType, value: int | None) -> dict[str, Any]:
    """Give the charts of the dashboard's own page at a weight."""
    state = what_follows.opened()
    if value is not None:
        state = after(state, {"do": "swing", "criterion": what_follows.CRITERION, "value": str(value)})
    return page_of(state).charts


def same(specs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Leave out what tells the peer how to draw; marks, encodings, rows and descriptions stay."""
    return [{key: value for key, value in spec.items() if key not in TOLD} for spec in specs]


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.stem)
def test_each_benchmark_says_what_it_measures(script: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(FOLDER.parent)}
    done = subprocess.run([sys.executable, script, "--help"], check=True, capture_output=True, text=True, timeout=60, env=environment)
    says = ast.get_docstring(ast.parse(script.read_text(encoding="utf-8")))
    assert says.splitlines()[0] in done.stdout


def test_each_peer_is_pinned_to_the_last_package() -> None:
    for peer in ("panel", "streamlit"):
        lines = (PEERS / f"requirements-{peer}.txt").read_text(encoding="utf-8").split()
        assert any(line.startswith(f"{peer}==") for line in lines)
        assert all(line.count("==") == 1 for line in lines)


def test_streamlit_draws_the_charts_of_the_page(what_follows: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    for value in (None, WEIGHT):
        streamlit = MagicMock()
        streamlit.session_state = {} if value is None else {"weight": value}
        monkeypatch.setitem(sys.modules, "streamlit", streamlit)
        runpy.run_path(str(PEERS / "streamlit_app.py"))
        drawn = [call.args[0] for call in streamlit.vega_lite_chart.call_args_list]
        assert same(drawn) == list(ours(what_follows, value).values())


def test_panel_draws_the_charts_of_the_page_and_draws_them_again(what_follows: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    panes: list[SimpleNamespace] = []
    moves: list[Callable[[object], None]] = []
    panel = MagicMock()
    panel.pane.Vega = lambda spec, **_: panes.append(SimpleNamespace(object=spec)) or panes[-1]
    panel.widgets.IntSlider.return_value.param.watch = lambda move, _name: moves.append(move)
    monkeypatch.setitem(sys.modules, "panel", panel)
    runpy.run_path(str(PEERS / "panel_app.py"))
    assert same([pane.object for pane in panes]) == list(ours(what_follows, None).values())
    panel.widgets.IntSlider.return_value.value = WEIGHT
    moves[0](None)
    assert same([pane.object for pane in panes]) == list(ours(what_follows, WEIGHT).values())


def test_a_goal_is_held_against_the_better_peer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(FOLDER)
    benchmark = runpy.run_path(str(FOLDER / "dashboard.py"))
    figures = {
        name: dict(zip(benchmark["COLUMNS"], row, strict=True))
        for name, row in {"ours": (2, 1, 40, 20), "panel": (1, 1, 200, 1), "streamlit": (2, 2, 80, 1)}.items()
    }
    rows = [line.split(" | ")[1:] for line in benchmark["goals"](figures).splitlines()[2:]]
    assert rows == [["1", "1.00", "yes |"], ["1.5", "2.00", "no |"], ["0.5", "1.00", "no |"], ["0.4", "0.50", "no |"]]


def test_the_slider_begins_where_the_case_has_its_weight_and_a_key_moves_every_chart(what_follows: ModuleType) -> None:
    begins = what_follows.weight()
    now, then = (what_follows.drawn(what_follows.appraised(value)) for value in (begins, begins + 1))
    assert 0 < begins < 90
    assert all(now[name]["data"] != then[name]["data"] for name in now)
