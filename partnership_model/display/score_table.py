"""How one option's overall value is made, as a table: each judgement, what it counts for, its weight, and the points that follow."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from partnership_model.analysis.overall import whole
from partnership_model.display import words
from partnership_model.errors import PartnershipError, nearest

if TYPE_CHECKING:
    from partnership_model.analysis.appraisal import Appraisal

VALUE, WEIGHT, POINTS = "Value, 0 to 100", "Weight of 100", "Points"


def score_table(appraisal: Appraisal, option: str) -> pd.DataFrame:
    """Give each step of one option's likely overall value. Columns: Criterion, Judgement, Value, and once weighed Weight and Points.

    The last row is the total, worked out from figures that are not rounded.

    Raises:
        PartnershipError: the option is not one of the case, or is closed.
    """
    problem = appraisal.problem
    valued = appraisal.values  # noqa: PD011 - the values of options, no frame
    if option not in valued.options:
        message = f'option: found "{option}", which is not ranked in this case. {nearest(option, valued.options)}'
        raise PartnershipError(message)
    likely = valued.likely[valued.row(option)]
    points = (appraisal.contributions or {}).get(option)
    rows = []
    for column, name in enumerate(valued.criteria):
        criterion = problem.criteria[name]
        judged = words.judged(problem.judgements[option, name], criterion.scale.unit)
        row: dict[str, str | int] = {"Criterion": criterion.label, "Judgement": judged, VALUE: whole(float(likely[column]))}
        if points and problem.weights:
            row |= {WEIGHT: whole(problem.weights.shares[name] * 100), POINTS: whole(points[name])}
        rows.append(row)
    if points and appraisal.overall:
        total = whole(appraisal.overall[option].likely)
        rows.append({"Criterion": "Overall value", "Judgement": "", VALUE: "", WEIGHT: 100, POINTS: total})
    return pd.DataFrame(rows)
