"""What every possible weighting says at the likely figures, as frames of words and whole numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from partnership_model.analysis.overall import whole
from partnership_model.display import exact_words, words
from partnership_model.display.tables import shown_order

if TYPE_CHECKING:
    from partnership_model.analysis.appraisal import Appraisal
    from partnership_model.analysis.without_chance import CountedWeightings

SPREAD = ["Option", "Lowest to highest", "90 of 100 weightings", "Half of all weightings", "The middle one", "With the weights in use"]


def spread_table(appraisal: Appraisal) -> pd.DataFrame:
    """Give how each option's overall value is spread over every weighting. Columns: Option, ends, 90 of 100, half, middle, in use."""
    found, overall = exact_words.spreads(appraisal), appraisal.overall or {}
    rows = [
        (
            words.label_of(appraisal.problem, key),
            exact_words.between(found[key].least, found[key].most),
            exact_words.between(found[key].levels[0], found[key].levels[-1]),
            exact_words.between(found[key].levels[1], found[key].levels[-2]),
            whole(found[key].levels[2]),
            whole(overall[key].likely),
        )
        for key in shown_order(appraisal)
    ]
    return pd.DataFrame(rows, columns=SPREAD)


def place_table(appraisal: Appraisal, counted: CountedWeightings) -> pd.DataFrame:
    """Give how many of 100 weightings put each option at each place. Columns: Option, then one for each place."""
    rows = []
    for key in shown_order(appraisal):
        shares = counted.places.table[counted.options.index(key)]
        error = counted.places.error if counted.places.how == "computed" else 0.0
        places = {f"Place {place}": exact_words.of_hundred(float(part), error) for place, part in enumerate(shares, 1)}
        rows.append({"Option": words.label_of(appraisal.problem, key)} | places)
    return pd.DataFrame(rows)


def ahead_table(appraisal: Appraisal, counted: CountedWeightings) -> pd.DataFrame:
    """Give in how many of 100 weightings each option is ahead of each other. Columns: Option, then one for each option.

    Two options with one name keep two columns.
    """
    order = shown_order(appraisal)
    rows = [
        [
            words.label_of(appraisal.problem, key),
            *("" if key == other else exact_words.of_hundred(_ahead(counted, key, other)) for other in order),
        ]
        for key in order
    ]
    return pd.DataFrame(rows, columns=["Option", *(f"Ahead of {words.labels(appraisal.problem, [key])}" for key in order)])


def _ahead(counted: CountedWeightings, key: str, other: str) -> float:
    return float(counted.ahead.table[counted.options.index(key), counted.options.index(other)])
