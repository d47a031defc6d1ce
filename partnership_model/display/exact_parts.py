"""Without chance: every possible way of weighing counted, as blocks of a page and as numbers of `result.json`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from partnership_model.analysis.exact_shares import LEVELS
from partnership_model.display import exact_charts, exact_tables, exact_words, weight_set_words
from partnership_model.display.blocks import Block, Bullets, Figure, Heading, Paragraph, Table
from partnership_model.display.rounding import number

if TYPE_CHECKING:
    from partnership_model.analysis.appraisal import Appraisal
    from partnership_model.analysis.without_chance import CountedWeightings, Shares

METHOD = (
    "Exact: pairs and overall values by Varsi's recursion (1973). Computed: places by Lawrence's formula (1991), added up in "
    "whole numbers of any length; the error is what rounding the judgements to one part in 17 thousand million can change; "
    "a 0 may hide a share smaller than that."
)


def part(appraisal: Appraisal, *, narrow: bool = False) -> list[Block]:
    """Show what every possible weighting says at the likely figures; nothing while the order is withheld or nothing can be weighed."""
    exact = appraisal.exact
    if exact is None:
        return []
    blocks: list[Block] = [
        Heading(exact_words.HEADING, 3),
        Bullets(tuple(exact_words.findings(appraisal))),
        Figure.of(exact_words.title(appraisal), exact_charts.chart_spreads(appraisal, narrow=narrow)),
        Table.of("Overall values over every possible weighting (exact)", exact_tables.spread_table(appraisal)),
        *_tables(appraisal, exact.every, "possible weightings"),
    ]
    if exact.in_use:
        blocks += _tables(appraisal, exact.in_use, weight_set_words.weightings(appraisal.problem))
    return [*blocks, Paragraph(f"{exact_words.NOTE} {METHOD}", "note")]


def _tables(appraisal: Appraisal, counted: CountedWeightings, which: str) -> list[Block]:
    places = f"Of 100 {which}, how many put each option at each place: {exact_words.how(counted.places)}"
    ahead = f"Of 100 {which}, how many put one option ahead of another: {exact_words.how(counted.ahead)}"
    return [
        Table.of(places, exact_tables.place_table(appraisal, counted)),
        Table.of(ahead, exact_tables.ahead_table(appraisal, counted)),
    ]


def data(appraisal: Appraisal) -> dict[str, Any]:
    """Give the numbers behind it: `every` weighting, and those `in_use`; None where there is nothing to say."""
    exact = appraisal.exact
    every, in_use = (exact.every, exact.in_use) if exact else (None, None)
    return {"every": _counted(every) if every else None, "in_use": _counted(in_use) if in_use else None}


def _counted(counted: CountedWeightings) -> dict[str, Any]:
    options = counted.options
    places = dict(zip(options, ([number(part) for part in row] for row in counted.places.table), strict=True))
    ahead = {
        key: {other: number(part) for other, part in zip(options, row, strict=True) if other != key}
        for key, row in zip(options, counted.ahead.table, strict=True)
    }
    spreads = None
    if counted.spreads:
        spreads = {
            key: {"lowest": number(one.least), "highest": number(one.most), "mean": number(one.mean)}
            | {f"at_{round(level * 100)}": number(value) for level, value in zip(LEVELS, one.levels, strict=True)}
            for key, one in zip(options, counted.spreads, strict=True)
        }
    return {"places": _shares(counted.places, places), "ahead": _shares(counted.ahead, ahead), "overall": spreads}


def _shares(shares: Shares, table: dict[str, Any]) -> dict[str, Any]:
    """Give shares with how they were found; the error keeps two digits and is rounded up."""
    return {"how": shares.how, "error": float(f"{shares.error * 1.05:.1e}"), "shares": table}
