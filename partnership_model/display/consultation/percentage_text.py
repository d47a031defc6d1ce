"""Printed percentages, held against the whole numbers that could stand behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partnership_model.display import phrases
from partnership_model.knowledge.possible_counts import possible_counts, possible_totals

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from partnership_model.knowledge.surveys.stated_percentages import StatedPercentage

MOST_OF = 100


def percentage_lines(stated: Iterable[StatedPercentage]) -> Iterator[str]:
    """Say of each what it can be, and how many are impossible or of an unknown number."""
    found = list(stated)
    for one in found:
        yield f"{one.what}: {one.percent}%, {_said(one)}"
    wrong = sum(one.of is not None and not possible_counts(one.percent, one.decimals, one.of) for one in found)
    without = sum(one.of is None for one in found)
    yield f"{phrases.counted(len(found), 'percentage')}: {wrong} impossible, {without} without the number of which it is a percentage."


def _said(one: StatedPercentage) -> str:
    if one.of is None:
        return f"of an unknown number of {one.unit}. {_totals(one)}"
    counts = possible_counts(one.percent, one.decimals, one.of)
    if len(counts) > 1:
        return f"which is {counts[0]:,} to {counts[-1]:,} of {one.of:,} {one.unit}."
    if counts:
        return f"which is {_share(one, counts[0])} of {one.of:,} {one.unit}."
    below = int(float(one.percent) * one.of / 100)
    around = f"{_share(one, below)} would come below it and {_share(one, below + 1)} above"
    return f"IMPOSSIBLE of {one.of:,} {one.unit}: {around}. {_totals(one)}"


def _share(one: StatedPercentage, count: int) -> str:
    return f"{count:,} ({100 * count / (one.of or 1):.{one.decimals + 1}f}%)"


def _totals(one: StatedPercentage) -> str:
    fits = possible_totals(one.percent, one.decimals, MOST_OF)
    return f"Up to {MOST_OF}, it can be of {_runs(fits)}." if fits else f"It can be of no number up to {MOST_OF}."


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
