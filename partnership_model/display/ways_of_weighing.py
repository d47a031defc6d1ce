"""If other ways of weighing counted: how often each option comes first under each set of weights, side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from partnership_model.analysis.overall import whole
from partnership_model.display import charts, phrases, weight_set_words, words
from partnership_model.display.blocks import Block, Bullets, Figure, Heading, Paragraph, Table
from partnership_model.display.rounding import number
from partnership_model.display.tables import shown_order
from partnership_model.model.plausible_weights import ConditionedWeights

if TYPE_CHECKING:
    from partnership_model.analysis.appraisal import Appraisal
    from partnership_model.analysis.ways_of_weighing import UnderSet
    from partnership_model.display.drawing import Drawing

TOPIC = "If other ways of weighing counted"
MEANING = {
    "order": "all weights that keep the order of importance of those in use",
    "near": "no weight further than that from those in use, in points of 100",
    "any": "all weights, whatever was said",
    "conditions": "all weights that meet the conditions that the case sets",
}


def part(appraisal: Appraisal, *, narrow: bool = False) -> list[Block]:
    """Show what comes first under each set of weights; nothing while the order is withheld or where there is one set."""
    if not appraisal.under_each_set:
        return []
    said = findings(appraisal)
    return [
        Heading(TOPIC, 3),
        Bullets(tuple(said)),
        Figure.of(title(appraisal), chart_sets(appraisal, narrow=narrow)),
        Table.of("How often each option comes first, by which ways of weighing count", set_table(appraisal)),
        Paragraph(note(appraisal), "note"),
    ]


def data(appraisal: Appraisal) -> dict[str, Any]:
    """Give the shares under each set of weights as plain numbers, for `result.json`."""
    return {
        "set_in_use": appraisal.problem.set_in_use if appraisal.robustness else None,
        "sets": [
            {
                "set": one.kind,
                "first_place": {option: number(share) for option, share in one.first.items()},
                "first_place_error": {option: number(error) for option, error in one.errors.items()},
                "most_often_first": list(one.leaders),
                "samples": one.samples,
            }
            for one in appraisal.under_each_set
        ],
    }


def title(appraisal: Appraisal) -> str:
    """Say in one line whether the same option comes first most often under every set."""
    by_leaders = _by_leaders(appraisal)
    if len(by_leaders) == 1:
        (leaders,) = by_leaders
        return f"{_most_often(appraisal, leaders)}, whichever of these ways of weighing count"
    return "What comes first most often depends on which ways of weighing count"


def findings(appraisal: Appraisal) -> list[str]:
    """Say under which sets which option comes first most often, what the case's conditions are, and whether our weights meet them."""
    problem = appraisal.problem
    by_leaders = _by_leaders(appraisal)
    if len(by_leaders) == 1:
        ((leaders, every),) = by_leaders.items()
        sets = phrases.listed(weight_set_words.weights(problem, one.kind) for one in every)
        said = [f"{_most_often(appraisal, leaders)} whichever count: {sets}."]
    else:
        said = [
            f"{_most_often(appraisal, leaders)} with {phrases.listed(weight_set_words.weights(problem, one.kind) for one in under)}."
            for leaders, under in by_leaders.items()
        ]
    if any(one.kind == "conditions" for one in appraisal.under_each_set):
        said.append(f"The conditions: {' '.join(weight_set_words.conditions(problem))}")
        plausible = problem.plausible_under("conditions")
        if isinstance(plausible, ConditionedWeights) and problem.weights and not plausible.contains(problem.weights.shares):
            said.append("The weights in use do not meet these conditions themselves.")
    return said


def _by_leaders(appraisal: Appraisal) -> dict[tuple[str, ...], list[UnderSet]]:
    found: dict[tuple[str, ...], list[UnderSet]] = {}
    for one in appraisal.under_each_set:
        found.setdefault(one.leaders, []).append(one)
    return found


def _most_often(appraisal: Appraisal, leaders: tuple[str, ...]) -> str:
    verb = "comes first most often" if len(leaders) == 1 else "tie for coming first most often"
    return f"{phrases.capital(words.labels(appraisal.problem, leaders))} {verb}"


def set_table(appraisal: Appraisal) -> pd.DataFrame:
    """Give how often each option comes first under each set. Columns: Option, then one for each set; that in use is marked."""
    heads = [_head(appraisal, one) for one in appraisal.under_each_set]
    rows = [
        (words.label_of(appraisal.problem, key), *(phrases.of_hundred(one.first[key]) for one in appraisal.under_each_set))
        for key in shown_order(appraisal)
    ]
    return pd.DataFrame(rows, columns=["Option", *heads])


def _head(appraisal: Appraisal, one: UnderSet) -> str:
    name = weight_set_words.head(appraisal.problem, one.kind)
    return f"{name} (in use)" if one.kind == appraisal.problem.set_in_use else name


def chart_sets(appraisal: Appraisal, *, narrow: bool = False) -> Drawing:
    """Draw how often each option comes first of 100, in a column of bars for each set of weights."""
    rows: charts.Rows = []
    most = max(share for one in appraisal.under_each_set for share in one.first.values())
    for row, key in enumerate(shown_order(appraisal)):
        for column, one in enumerate(appraisal.under_each_set):
            share = one.first[key]
            said = "under 1" if 0 < share < 0.01 else str(whole(100 * share))
            cell = {"row": row, "name": words.label_of(appraisal.problem, key), "column": column, "criterion": _head(appraisal, one)}
            rows.append({**cell, "length": charts.BAR * share / most, "said": said})
    return charts.bar_columns(rows, alt_sets(appraisal), narrow=narrow)


def alt_sets(appraisal: Appraisal) -> str:
    """Say in words what the bars show."""
    parts = [
        f"{_head(appraisal, one)}: "
        + ", ".join(f"{words.label_of(appraisal.problem, key)} {phrases.of_hundred(one.first[key])}" for key in shown_order(appraisal))
        for one in appraisal.under_each_set
    ]
    return f"How often each option comes first, by which ways of weighing count. {'. '.join(parts)}."


def note(appraisal: Appraisal) -> str:
    """Say what the sets are, what the numbers are not, and how many were drawn."""
    problem, sets = appraisal.problem, appraisal.under_each_set
    meanings = MEANING | {"groups": _groups(appraisal)}
    named = ". ".join(f"{weight_set_words.head(problem, one.kind)}: {meanings[one.kind]}" for one in sets)
    return f"{named}. {words.NOT_A_CHANCE} From each set {sets[0].samples:,} were drawn, with judgements anywhere in their ranges."


def _groups(appraisal: Appraisal) -> str:
    problem = appraisal.problem
    names = phrases.listed(phrases.possessive(name) for name in problem.group_weights)
    voices = {problem.voices.get(name, 1) for name in problem.group_weights}
    spread = problem.weight_set.spread
    near = f", and weights around each (a weight of 50 within {spread:g} points of it in about 2 draws of 3)" if spread else ""
    return f"the {names} weights{near}, " + ("each by its voices" if len(voices) > 1 else "each as often")
