"""Writes a mapping as the text of its file, with notes for whoever looks at it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from partnership_model.knowledge.placed_yaml import written

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from collections.abc import Mapping as Keyed

    from partnership_model.knowledge.surveys.mapping import Mapping, Order, Who

_PLAIN = re.compile("[a-z][a-z_]*")
HEAD = (
    "# How `partnership import` reads one form. Look at each line; docs/surveys.md says what may stand where.",
    "# Every column of the file stands here once. Of what is under date, respondent and drop nothing is kept.",
)


def mapping_text(mapping: Mapping, unsure: Sequence[str] = ()) -> str:
    """Write a mapping; `unsure` are the points to look at first."""
    lines = [*HEAD, *(f"# LOOK: {one}" for one in unsure), f"version: {mapping.version}", f"tool: {mapping.tool}"]
    if mapping.sheet is not None:
        lines.append(f"sheet: {written(mapping.sheet)}")
    for key, who in (("group", mapping.group), ("school", mapping.school)):
        if who:
            lines += [f"{key}:", *_who(who)]
    if mapping.order:
        lines += ["order:                        # 1, or first, is what matters most", *_order(mapping.order)]
    lines += _keyed("points", mapping.points, "")
    if mapping.support:
        lines += ["support:", *_keyed("columns", mapping.support.columns), *_keyed("values", mapping.support.values)]
    lines += _listed("comment", mapping.comment)
    if mapping.date is not None:
        lines.append(f"date: {written(mapping.date)}")
    if mapping.dates is not None:
        lines.append(f"dates: {mapping.dates}")
    lines += [*_listed("respondent", mapping.respondent), *_listed("drop", mapping.drop)]
    return "\n".join(lines) + "\n"


def _who(who: Who) -> Iterator[str]:
    if who.column is not None:
        yield f"  column: {written(who.column)}"
    if who.everyone is not None:
        yield f"  everyone: {written(who.everyone)}"
    yield from _keyed("values", who.values)


def _order(order: Order) -> Iterator[str]:
    if order.one_cell is not None:
        yield f"  one_cell: {written(order.one_cell)}"
        yield f"  separator: {written(order.separator)}"
    yield from _keyed("item_columns", order.item_columns)
    yield from (f"  {line}" for line in _listed("position_columns", order.position_columns))
    yield from _keyed("criteria", order.criteria)


def _keyed(key: str, values: Keyed[str, str | None], indent: str = "  ") -> Iterator[str]:
    if values:
        yield f"{indent}{key}:"
        yield from (f"{indent}  {_key(name)}: {'null' if value is None else written(value)}" for name, value in values.items())


def _key(name: str) -> str:
    return name if _PLAIN.fullmatch(name) else written(name)


def _listed(key: str, values: Sequence[str]) -> Iterator[str]:
    if values:
        yield f"{key}:"
        yield from (f"  - {written(one)}" for one in values)
