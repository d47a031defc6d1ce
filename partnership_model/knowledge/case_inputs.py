"""What a case gives, as one value a row: each has a place that stays the same when something else is added, moved or taken out."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from partnership_model.knowledge.cases import CaseFile

Value = str | int | float | bool | tuple[str, ...]
Given = dict[tuple[str, ...], Value]
# What tells the entries of a list apart, the first that is there.
NAMED_BY = ("name", "id", "group", "option", "criterion", "role", "theme", "says")
AUDIENCE = "for"  # says who may read, and nothing about the question
OR_NONE = ("appraisal", "recommendation")  # where an empty list says that there are none
DAY = "as_of"  # of the run, which may have another


def given(file: CaseFile) -> Given:
    """Give every value of a case by its place: the keys that lead to it, with the name of an entry in place of its number."""
    return dict(_rows(file.model_dump(mode="json", by_alias=True, exclude_none=True, exclude={DAY}), ()))


def _rows(value: Any, place: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Value]]:  # noqa: ANN401 - plain data
    if isinstance(value, dict):
        for key, one in value.items():
            if key != AUDIENCE:
                yield from _rows(one, (*place, key))
    elif isinstance(value, list) and any(isinstance(one, dict) for one in value):
        seen: Counter[str] = Counter()
        for one in value:
            name = _name(one)
            seen[name] += 1
            yield from _rows(one, (*place, name if seen[name] == 1 else f"{name} ({seen[name]})"))
    elif isinstance(value, list) and (value or place[0] in OR_NONE):
        yield place, tuple(" = ".join(map(str, one)) if isinstance(one, list) else str(one) for one in value)
    elif not isinstance(value, list):
        yield place, value


def _name(entry: dict[str, Any]) -> str:
    """Name an entry of a list by what it is about, or by all that it says in words."""
    found = next((entry[key] for key in NAMED_BY if isinstance(entry.get(key), str)), None)
    return found or ", ".join(one for one in entry.values() if isinstance(one, str)) or "entry"
