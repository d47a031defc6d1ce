"""What a consultation says, put into the record that stays with the case, and read from it again."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from partnership_model.analysis.consultation.concordance import Concordance, Pair
from partnership_model.analysis.consultation.option_orders import OptionOrders
from partnership_model.analysis.consultation.published import AtSchool, Point, Support, WhatMatters
from partnership_model.analysis.consultation.response import Response
from partnership_model.analysis.consultation.results import ConsultationResults, options_by
from partnership_model.analysis.consultation.themes import ThemeCount
from partnership_model.analysis.consultation.ways_of_counting import counted_again, scoring_of
from partnership_model.knowledge.consultation import record as kept

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from partnership_model.model.problem import DecisionProblem


def recorded(
    results: ConsultationResults, quotations: Sequence[kept.Quotation], theme_labels: Mapping[str, str], about: Mapping[str, object]
) -> kept.ConsultationRecord:
    """Put results into a record.

    Args:
        results: all that may be shown.
        quotations: comments that were approved for others to read.
        theme_labels: how each theme is called.
        about: the other fields of the record: days, sessions, acts and the like.
    """
    return kept.ConsultationRecord.model_validate(
        {
            "format": kept.FORMAT,
            "questions": results.questions,
            "questions_sha256": results.questions.digest,
            "response": {
                "everybody": asdict(results.everybody),
                "groups": [asdict(one) for one in results.groups],
                "schools": [asdict(one) for one in results.schools],
                "channels": results.channels,
            },
            "by_group": {name: asdict(one) for name, one in results.by_group.items()},
            "by_school": {name: asdict(one) for name, one in results.by_school.items()},
            "together": asdict(results.together) if results.together else None,
            "takes_in": results.takes_in,
            "agreement": asdict(results.agreement),
            "support": [asdict(one) for one in results.support],
            "orders": asdict(results.orders) if results.orders else None,
            "counting": [{"by": one.by, "voices": one.voices, "points": one.weights} for one in results.options.counting],
            "comments": {
                "read": results.coded if results.coded >= kept.FEWEST or not results.coded else None,
                "themes": [{**asdict(one), "label": theme_labels.get(one.theme, one.theme)} for one in results.comments],
                "quotations": quotations,
            },
            "draws": {"resamples": results.resamples, "seed": results.seed},
            **about,
        }
    )


def results_again(record: kept.ConsultationRecord, problem: DecisionProblem | None = None) -> ConsultationResults:
    """Give what a record says as results; the options are scored anew with the case as it is now."""
    asked = tuple(one.key for one in record.questions.criteria)
    scoring = scoring_of(problem, asked)
    counted = tuple(
        counted_again(one.by, one.voices, {name: points / kept.HUNDRED for name, points in one.points.items()}, scoring)
        for one in record.counting
    )
    return ConsultationResults(
        questions=record.questions,
        everybody=_response(record.response.everybody),
        groups=tuple(map(_response, record.response.groups)),
        schools=tuple(map(_response, record.response.schools)),
        channels={str(name): count for name, count in record.response.channels.items()},
        by_group={name: _what_matters(one) for name, one in record.by_group.items()},
        by_school={name: AtSchool(one.groups, _what_matters(one.said)) for name, one in record.by_school.items()},
        together=_what_matters(record.together) if record.together else None,
        takes_in=record.takes_in,
        agreement=Concordance(
            dict(record.agreement.within),
            record.agreement.between,
            record.agreement.together,
            tuple(Pair(**dict(one)) for one in record.agreement.pairs),
        ),
        support=tuple(Support(**dict(one)) for one in record.support),
        orders=OptionOrders(**dict(record.orders)) if record.orders else None,
        options=options_by(counted, problem, asked),
        comments=tuple(ThemeCount(one.theme, one.comments, dict(one.by_group)) for one in record.comments.themes),
        coded=record.comments.read or 0,
        resamples=record.draws.resamples,
        seed=record.draws.seed,
    )


def _response(one: kept.RecordedResponse) -> Response:
    return Response(**dict(one))


def _what_matters(one: kept.RecordedWeights) -> WhatMatters:
    points = tuple(Point(**dict(point)) for point in one.points)
    return WhatMatters(one.counted, one.by_points, one.partial, points)
