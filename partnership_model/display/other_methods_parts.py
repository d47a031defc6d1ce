"""Whether other methods agree, as a part of the report's annex; nowhere else, since computing it loads a large package."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import pandas as pd

from partnership_model.display import other_methods_words as sentences
from partnership_model.display import words
from partnership_model.display.blocks import Block, Bullets, Figure, Heading, Paragraph, Table
from partnership_model.display.other_methods_chart import chart_places, heading, orders, said_places
from partnership_model.display.rounding import number
from partnership_model.display.tables import shown_order

if TYPE_CHECKING:
    from partnership_model.analysis.appraisal import Appraisal
    from partnership_model.analysis.other_methods import OtherMethods

HEADING = "Do other methods agree?"
PLACES = "Place of each option, here and by other methods"
TURNED = "Pairs of options that another method puts the other way round"
REVERSALS = "How many options make two others change places"


def part(appraisal: Appraisal, *, narrow: bool = False) -> list[Block]:  # noqa: ARG001 - the annex is the same everywhere
    """Say whether other methods agree and why not; nothing while the order is withheld or one option is left."""
    if appraisal.ranking is None or len(appraisal.problem.ranked_options) == 1:
        return []
    found = appraisal.other_methods
    if found is None:
        return [Heading(HEADING, 3), Paragraph(sentences.NOT_INSTALLED, "missing")]
    return [
        Heading(HEADING, 3),
        Bullets(tuple(sentences.findings(appraisal, found))),
        Figure.of(sentences.title(found), chart_places(appraisal, found)),
        Table.of(PLACES, place_table(appraisal, found)),
        *([Table.of(TURNED, turned_table(appraisal, found))] if any(one.turned for one in found.methods) else []),
        Table.of(REVERSALS, reversal_table(appraisal, found)),
        Paragraph(sentences.NOTE, "note"),
    ]


def place_table(appraisal: Appraisal, found: OtherMethods) -> pd.DataFrame:
    """Give each option's place. Columns: Option, Here, then one for each method; a shared place has an equals sign."""
    said = {heading(name): said_places(order) for name, order in orders(appraisal, found).items()}
    rows = [
        {"Option": words.label_of(appraisal.problem, key), **{head: places[key] for head, places in said.items()}}
        for key in shown_order(appraisal)
    ]
    return pd.DataFrame(rows)


def turned_table(appraisal: Appraisal, found: OtherMethods) -> pd.DataFrame:
    """Give each pair that a method turns round. Columns: Method, Ahead here, Ahead there, Comes from."""
    rows = [
        (
            sentences.NAMES[one.name],
            words.label_of(appraisal.problem, pair.ahead_here),
            words.label_of(appraisal.problem, pair.ahead_there),
            sentences.CAUSES[pair.cause],
        )
        for one in found.methods
        for pair in one.turned
    ]
    return pd.DataFrame(rows, columns=["Method", "Ahead here", "Ahead there", "Comes from"])


def reversal_table(appraisal: Appraisal, found: OtherMethods) -> pd.DataFrame:
    """Count the options that make two others change places. Columns: Method, If it goes, If it is there twice."""
    options = len(appraisal.problem.ranked_options)
    rows = [(sentences.NAMES[one.name], f"{len(one.removed)} of {options}", f"{len(one.copied)} of {options}") for one in found.reversals]
    return pd.DataFrame(rows, columns=["Method", "By going", "By being on the list twice"])


def data(appraisal: Appraisal) -> dict[str, Any]:
    """Give the same as plain data for `result.json`; nothing where there is nothing to say or the package is missing."""
    found = appraisal.other_methods
    if found is None:
        return {}
    return {
        "methods": [
            {
                "method": one.name,
                "scores": {option: number(score) for option, score in one.scores.items()},
                "order": [list(tied) for tied in one.order],
                "same_first": one.same_first,
                "pairs_compared": one.compared,
                "turned": [asdict(pair) for pair in one.turned],
                "unseparated": list(one.unseparated),
            }
            for one in found.methods
        ],
        "reversals": [
            {
                "method": one.name,
                "removed": {option: list(pair) for option, pair in one.removed.items()},
                "copied": {option: list(pair) for option, pair in one.copied.items()},
            }
            for one in found.reversals
        ],
        "level_criteria": list(found.level),
        "naught_options": list(found.naught),
    }
