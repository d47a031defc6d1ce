"""What the hall and the facilitator see once a consultation is closed: the figures of its record, and nothing that was shown before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from partnership_model.analysis.consultation.recording import results_again
from partnership_model.display.consultation import agreement_words, words
from partnership_model.display.consultation.form_page import PAGES

if TYPE_CHECKING:
    from partnership_model.analysis.consultation.published import Point
    from partnership_model.analysis.consultation.results import ConsultationResults
    from partnership_model.knowledge.consultation.record import ConsultationRecord

NOTE = (
    "Weights of 100, the rows from what weighs most with everybody; in brackets, how much hangs on a few of those who "
    "answered. The page of results and the report have the same figures."
)


def closed_html(record: ConsultationRecord) -> str:
    """Write the last picture of a consultation from its record, in which stands only what may be shown beside all earlier pictures."""
    results = results_again(record)
    said = words.who_says(results)
    return PAGES.get_template("consultation/closed.html.j2").render(
        finding=words.heaviest(results),
        everybody=words.everybody(results),
        agreement=agreement_words.agreement(results) if said else "",
        groups=[{"name": name, "counted": words.counted(results, one.counted, name)} for name, one in said.items()],
        rows=[_row(results, key) for key in words.by_weight(results)] if said else [],
        answered=[words.response(one) for one in results.groups],
        note=NOTE,
    )


def _row(results: ConsultationResults, key: str) -> dict[str, Any]:
    points = {name: next(point for point in one.points if point.criterion == key) for name, one in words.who_says(results).items()}
    most = max(1, *(point.high for one in words.who_says(results).values() for point in one.points))
    return {"label": words.criterion(results, key), "cells": [_cell(name, point, most) for name, point in points.items()]}


def _cell(group: str, point: Point, most: int) -> dict[str, Any]:
    """Give a weight with its band, on a scale that ends at the largest of all."""
    ends = {"low": point.low, "at": point.weight, "width": point.high - point.low}
    drawn = {name: f"{100 * value / most:.1f}" for name, value in ends.items()}
    return {"group": group, "weight": point.weight, "said": f"({point.low} to {point.high})", **drawn}
