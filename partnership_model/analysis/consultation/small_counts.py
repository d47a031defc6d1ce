"""Counts of fewer than five are not shown, and neither is anything from which one could be computed."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

FEWEST_SHOWN = 5
Name = TypeVar("Name")
Split = tuple[tuple[Name, ...], ...]  # which counts are added up into one


def rest_of(whole: Mapping[Name, int], parts: Sequence[Mapping[Name, int]]) -> dict[Name, int]:
    """Give what is in the whole and in none of its parts: anybody can subtract."""
    return {name: count - sum(part.get(name, 0) for part in parts) for name, count in whole.items()}


def safe(counts: Mapping[Name, int], least: int = FEWEST_SHOWN) -> bool:
    """Say whether every count is nought or at least so many.

    >>> safe({"for": 12, "against": 0}), safe({"for": 12, "against": 3})
    (True, False)
    """
    return all(count == 0 or count >= least for count in counts.values())


def merged(counts: Mapping[Name, int], split: Split[Name]) -> dict[tuple[Name, ...], int]:
    """Add up the counts that stand together."""
    return {cell: sum(counts[name] for name in cell) for cell in split}


def nameable(counts: Mapping[str, int], asked: Sequence[str], least: int = FEWEST_SHOWN) -> frozenset[str]:
    """Give the groups that may stand beside what one person wrote: of at least so many, and none by whose absence a few are told.

    Whatever stands without a group is somebody's of the groups that are left out. Where these are too few together, the largest group is
    left out with them.

    >>> sorted(nameable({"Parents": 20, "Staff": 7, "Governors": 3}, ["Parents", "Staff", "Governors"]))
    ['Staff']
    >>> sorted(nameable({"Parents": 20, "Staff": 7, "": 6}, ["Parents", "Staff", "Governors"]))
    ['Parents', 'Staff']
    """
    shown = {name for name in asked if counts.get(name, 0) >= least}
    left = sum(count for name, count in counts.items() if name not in shown)
    if shown and 0 < left < least:
        shown.remove(max(sorted(shown), key=lambda name: counts[name]))
    return frozenset(shown)


def finest_split(
    splits: Sequence[Split[Name]],
    parts: Sequence[Mapping[Name, int]],
    whole: Mapping[Name, int] | None,
    least: int = FEWEST_SHOWN,
) -> Split[Name] | None:
    """Give the first split in which every cell of every row may be shown, that of the rest that nobody shows among them.

    Args:
        splits: which counts are added up, the finest first.
        parts: a row for each group.
        whole: the row of all people, where it is shown too.
        least: the smallest count that is shown.
    """
    rows = [*parts, whole, rest_of(whole, parts)] if whole is not None else list(parts)
    return next((split for split in splits if all(safe(merged(row, split), least) for row in rows)), None)


def without_small(counts: Mapping[Name, int], least: int = FEWEST_SHOWN) -> dict[Name, int | None]:
    """Hide the small counts of one row whose sum everybody knows, and as many others as keep them from being computed.

    What is hidden are at least two counts that are at least so many together. Nobody is few of nobody: a nought is shown.

    >>> without_small({"a": 20, "b": 3, "c": 6, "d": 9})
    {'a': 20, 'b': None, 'c': None, 'd': 9}
    """
    hidden = [name for name, count in counts.items() if 0 < count < least]
    others = sorted((name for name, count in counts.items() if count >= least), key=lambda name: counts[name])
    while hidden and others and sum(counts[name] for name in hidden) < least:
        hidden.append(others.pop(0))
    return {name: None if name in hidden else count for name, count in counts.items()}
