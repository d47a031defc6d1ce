"""What was said on the page, as an entry for the case file from which the same weights follow."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from partnership_model.display.weighing import as_swings, shared

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from partnership_model.display.exploration import Exploration
    from partnership_model.display.weighing import Weighing
    from partnership_model.display.weighing_moves import Way
    from partnership_model.knowledge.weighings import Comparison

FILL_IN = 'elicited: {on: YYYY-MM-DD, how: "...", people: 1}'


def entry(state: Exploration) -> str:
    """Write an entry of `weights`; day, manner and number of people are left for the group to fill in."""
    now = state.weighing
    lines = ["weights:", "  - group: Governors"]
    if now.first and now.second:
        lines += _weighing(now.first.weighing, now.first.swings, "    ")
        lines += ["    again:", *_weighing(now.second.weighing, now.second.swings, "      "), f"    use: {now.use}"]
    else:
        lines += _weighing(now, state.swings, "    ")
    return "\n".join(lines)


def _weighing(now: Weighing, swings: Mapping[str, float], indent: str) -> list[str]:
    return [f"{indent}{line}" for line in (*_said(now, swings), FILL_IN)]


def _said(now: Weighing, swings: Mapping[str, float]) -> list[str]:
    """Write what was said by the way that gave the swings in use, open or not; what was moved by hand since is written as lifts."""
    ways: tuple[Way, ...] = (now.way, "order", "points", "pairs", "trade_offs")
    gave = next((way for way in ways if _gives(replace(now, way=way), swings)), "swing")
    if gave == "swing":
        return ["method: swing", *_figures(swings)]
    if gave == "points":
        return ["method: points", *_figures({name: now.points[name] for name in swings})]
    if gave == "order":
        steps = ", ".join(step[0] if len(step) == 1 else f"[{', '.join(step)}]" for step in now.order)
        return ["method: ranking", f"by: {now.by}", f"values: [{steps}]"]
    return [f"method: {gave}", "values:", *_comparisons(now.comparisons if gave == "pairs" else now.trade_offs)]


def _gives(now: Weighing, swings: Mapping[str, float]) -> bool:
    """Say whether the swings in use are those of the way that is open."""
    found = shared(now, tuple(swings))
    return found is not None and all(abs(value - swings[name]) <= 1e-9 for name, value in as_swings(found.shares).items())


def _figures(figures: Mapping[str, float]) -> list[str]:
    return ["values:", *(f"  {name}: {_plain(value)}" for name, value in figures.items())]


def _comparisons(comparisons: Sequence[Comparison]) -> list[str]:
    return [f"  - {{more: {one.more}, than: {one.than}, times: {_plain(one.times)}}}" for one in comparisons]


def _plain(value: float) -> str:
    """Write a figure so that the case file's plain YAML reads the same one."""
    return f"{value:.12f}".rstrip("0").rstrip(".")
