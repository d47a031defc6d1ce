"""Printed percentages, held against the whole numbers that could stand behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partnership_model.display import phrases

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from partnership_model.knowledge.surveys.stated_percentages import StatedPercentage

MOST_BASES = 100


def percentage_lines(stated: Iterable[StatedPercentage]) -> Iterator[str]:
    """Say of each what it can be; the impossible ones begin with that word."""
    found = list(stated)
    for one in found:
        yield f"{one.what}: {_shown(one)}, {_said(one)}"
    wrong = sum(one.of is not None and not one.on(one.of).possible for one in found)
    without = sum(one.of is None for one in found)
    yield f"{phrases.counted(len(found), 'percentage')}: {wrong} impossible, {without} without the number of which it is a percentage."


def _said(one: StatedPercentage) -> str:
    if one.of is None:
        return f"of an unknown number of {one.unit}. {_bases(one)}"
    held = one.on(one.of)
    count, share = held.nearest_possible
    if held.possible:
        return f"which is {count} of {one.of} {one.unit} ({share:.{one.decimals + 1}f}%)."
    below, above = (100 * number / one.of for number in _around(one))
    near = f"{_around(one)[0]} would be {below:.{one.decimals + 1}f}% and {_around(one)[1]} {above:.{one.decimals + 1}f}%"
    return f"IMPOSSIBLE of {one.of} {one.unit}: {near}. {_bases(one)}"


def _around(one: StatedPercentage) -> tuple[int, int]:
    """Give the whole numbers below and above what the percentage would be."""
    below = min(int(one.percent * (one.of or 1) / 100), (one.of or 1) - 1)
    return below, below + 1


def _bases(one: StatedPercentage) -> str:
    fits = one.bases(MOST_BASES)
    if not fits:
        return f"It can be of no number up to {MOST_BASES}."
    return f"Up to {MOST_BASES}, it can be of {_runs(fits)}."


def _runs(numbers: Sequence[int]) -> str:
    """Write numbers with those that follow each other as one.

    >>> _runs([23, 24, 25, 48])
    '23 to 25 and 48'
    """
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return phrases.listed([f"{run[0]} to {run[-1]}" if len(run) > 1 else str(run[0]) for run in runs])


def _shown(one: StatedPercentage) -> str:
    return f"{one.percent:.{one.decimals}f}%"
