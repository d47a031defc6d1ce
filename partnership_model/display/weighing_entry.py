"""What was said on the page, as an entry for the case file from which the same weights follow."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from partnership_model.display.weighing import as_swings, shared
from partnership_model.knowledge.case_writing import figure

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from partnership_model.display.exploration import Exploration
    from partnership_model.display.weighing import Weighing
    from partnership_model.display.weighing_moves import Way
    from partnership_model.knowledge.weighings import Comparison

FILL_IN = 'elicited: {on: YYYY-MM-DD, how: "...", people: 1}'
Entry = dict[str, Any]


def entry(state: Exploration) -> str:
    """Write an entry of `weights`; day, manner and number of people are left for the group to fill in."""
    now = entry_data(state)
    lines = ["weights:", "  - group: Governors", *_lines(now, "    ")]
    if "again" in now:
        lines += ["    again:", *_lines(now["again"], "      "), f"    use: {now['use']}"]
    return "\n".join(lines)


def entry_data(state: Exploration) -> Entry:
    """Give what was said: method and values, of both weighings where there are two; nothing of who said it, when and how."""
    now = state.weighing
    if now.first and now.second:
        again = _said(now.second.weighing, now.second.swings)
        return {**_said(now.first.weighing, now.first.swings), "again": again, "use": now.use}
    return _said(now, state.swings)


def _said(now: Weighing, swings: Mapping[str, float]) -> Entry:
    """Give what was said by the way that gave the swings in use, open or not; what was moved by hand since is given as lifts."""
    ways: tuple[Way, ...] = (now.way, "order", "points", "pairs", "trade_offs")
    gave = next((way for way in ways if _gives(replace(now, way=way), swings)), "swing")
    if gave == "swing":
        return {"method": "swing", "values": dict(swings)}
    if gave == "points":
        return {"method": "points", "values": {name: now.points[name] for name in swings}}
    if gave == "order":
        return {"method": "ranking", "by": now.by, "values": [step[0] if len(step) == 1 else list(step) for step in now.order]}
    return {"method": gave, "values": _comparisons(now.comparisons if gave == "pairs" else now.trade_offs)}


def _gives(now: Weighing, swings: Mapping[str, float]) -> bool:
    """Say whether the swings in use are those of the way that is open."""
    found = shared(now, tuple(swings))
    return found is not None and all(abs(value - swings[name]) <= 1e-9 for name, value in as_swings(found.shares).items())


def _comparisons(comparisons: Sequence[Comparison]) -> list[Entry]:
    return [{"more": one.more, "than": one.than, "times": one.times} for one in comparisons]


def _lines(said: Entry, indent: str) -> list[str]:
    """Write a weighing line by line."""
    method, values = said["method"], said["values"]
    lines = [f"method: {method}"]
    if method == "ranking":
        steps = ", ".join(step if isinstance(step, str) else f"[{', '.join(step)}]" for step in values)
        lines += [f"by: {said['by']}", f"values: [{steps}]"]
    elif isinstance(values, dict):
        lines += ["values:", *(f"  {name}: {figure(value)}" for name, value in values.items())]
    else:
        lines += ["values:", *(f"  - {{more: {one['more']}, than: {one['than']}, times: {figure(one['times'])}}}" for one in values)]
    return [f"{indent}{line}" for line in (*lines, FILL_IN)]
