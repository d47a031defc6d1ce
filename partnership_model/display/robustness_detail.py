"""How each option fares over all ways of weighing, as blocks of a page and as numbers of `result.json`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from partnership_model.analysis.overall import whole, whole_parts
from partnership_model.display import robustness_detail_words as say
from partnership_model.display import words
from partnership_model.display.blocks import Block, Bullets, Figure, Heading, Paragraph, Table
from partnership_model.display.charts import _intervals, axis_names
from partnership_model.display.drawing import Drawing
from partnership_model.display.rounding import number
from partnership_model.display.tables import shown_order

if TYPE_CHECKING:
    from partnership_model.analysis.appraisal import Appraisal
    from partnership_model.analysis.overall_spread import OverallSpread
    from partnership_model.analysis.robustness import Robustness


def part(appraisal: Appraisal, *, narrow: bool = False) -> list[Block]:
    """Show who would put each option first, which is ahead of which, and how overall values spread.

    Nothing while the order is withheld or one option is left.
    """
    drawn = appraisal.robustness
    if drawn is None or len(drawn.options) < 2:
        return []
    return [
        Heading(say.HEADING, 3),
        Bullets(tuple(say.findings(appraisal))),
        Figure.of(say.title(appraisal), chart_middle_half(appraisal, narrow=narrow)),
        Table.of("Overall value over all these ways of weighing, 0 to 100", spread_table(appraisal)),
        Table.of("Average weights, of 100, in the ways of weighing that put an option first", central_table(appraisal, drawn)),
        Table.of("Of 100 ways of weighing, the row is ahead of the column in", ahead_table(appraisal, drawn)),
        Paragraph(say.note(appraisal), "note"),
    ]


def chart_middle_half(appraisal: Appraisal, *, narrow: bool = False) -> Drawing:
    """Draw between which overall values half of the ways of weighing put each option, and the mean."""
    labels = tuple(words.label_of(appraisal.problem, key) for key in shown_order(appraisal))
    rows = []
    for row, key in enumerate(shown_order(appraisal)):
        one = appraisal.spread[key]
        ends = {"low": one.at(0.25).value, "at": one.mean, "high": one.at(0.75).value}
        rows.append({"row": row, "name": labels[row], "said": f"mean {whole(one.mean)}, half of the ways {say.half(one)}"} | ends)
    return Drawing(
        _intervals("Overall value, 0 to 100", narrow=narrow), rows, alt_middle_half(appraisal), axis_names(labels, narrow=narrow)
    )


def alt_middle_half(appraisal: Appraisal) -> str:
    """Say in words what the bands show."""
    parts = [f"{words.label_of(appraisal.problem, key)}: {say.half(appraisal.spread[key])}" for key in shown_order(appraisal)]
    return f"Between which overall values, from 0 to 100, half of the ways of weighing put each option. {'. '.join(parts)}."


def spread_table(appraisal: Appraisal) -> pd.DataFrame:
    """Give each option's mean overall value and ranges. Columns: Option, Mean, Half of the ways, Nine in ten ways."""
    rows = []
    for key in shown_order(appraisal):
        one = appraisal.spread[key]
        rows.append((words.label_of(appraisal.problem, key), whole(one.mean), say.half(one), say.most(one)))
    return pd.DataFrame(rows, columns=["Option", "Mean", "Half of the ways", "Nine in ten ways"])


def central_table(appraisal: Appraisal, drawn: Robustness) -> pd.DataFrame:
    """Give each option's central weights and confidence factor. Columns: Option, one for each criterion, With these it is first."""
    criteria = appraisal.problem.criteria
    columns = ["Option", *(criteria[name].label for name in drawn.criteria), "With these weights it comes first"]
    rows = []
    for key in shown_order(appraisal):
        central, sure = drawn.central_weights[key], appraisal.confidence[key]
        if central is None or sure is None:
            cells = ["", *[""] * (len(drawn.criteria) - 1), "never first"]
        else:
            parts = whole_parts({name: 100 * share for name, share in central.items()})
            cells = [*(str(parts[name]) for name in drawn.criteria), f"{say.of_hundred(sure.share)} of 100"]
        rows.append((words.label_of(appraisal.problem, key), *cells))
    return pd.DataFrame(rows, columns=columns)


def ahead_table(appraisal: Appraisal, drawn: Robustness) -> pd.DataFrame:
    """Give in how many of 100 ways of weighing the row is ahead of the column, a tie counting half. Columns: Option, one for each."""
    order = shown_order(appraisal)
    places = [drawn.options.index(key) for key in order]
    rows = [
        (
            words.label_of(appraisal.problem, key),
            *("" if row == column else say.of_hundred(float(drawn.pairwise[row, column])) for column in places),
        )
        for key, row in zip(order, places, strict=True)
    ]
    return pd.DataFrame(rows, columns=["Option", *(words.label_of(appraisal.problem, key) for key in order)])


def data(appraisal: Appraisal) -> dict[str, Any]:
    """Give the numbers behind it, by option, each with its standard error; None where nothing was drawn."""
    drawn = appraisal.robustness
    if drawn is None:
        return {"samples": None, "options": None}
    return {"samples": drawn.samples, "options": {key: _numbers(appraisal, drawn, key) for key in drawn.options}}


def _numbers(appraisal: Appraisal, drawn: Robustness, key: str) -> dict[str, Any]:
    row, sure = drawn.options.index(key), appraisal.confidence[key]
    others = [(column, other) for column, other in enumerate(drawn.options) if other != key]
    return {
        "confidence_factor": None if sure is None else number(sure.share),
        "confidence_factor_error": None if sure is None else number(sure.error),
        "ahead": {other: number(drawn.pairwise[row, column]) for column, other in others},
        "ahead_error": {other: number(drawn.pairwise_error[row, column]) for column, other in others},
        "overall": _spread(appraisal.spread[key]),
    }


def _spread(one: OverallSpread) -> dict[str, float]:
    found = {"mean": number(one.mean), "mean_error": number(one.error)}
    for quantile in one.quantiles:
        name = f"at_{round(100 * quantile.share)}"
        found |= {name: number(quantile.value), f"{name}_error": number(quantile.error)}
    return found
