"""What to find out next, as a part of "How sure": which judgements are worth finding out about, and whom to ask."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from partnership_model.analysis.overall import whole
from partnership_model.display import phrases, weight_set_words, words
from partnership_model.display.blocks import Bullets, Heading, Paragraph, Table
from partnership_model.display.rounding import number

if TYPE_CHECKING:
    from partnership_model.analysis.appraisal import Appraisal
    from partnership_model.analysis.information import Estimate, Information
    from partnership_model.display.blocks import Block

HARDLY = 0.5  # points of 100: what is worth less is not put into a number
NEXT, LISTED, ASKED = 3, 10, 2
ANYTHING = "hardly anything"
NOW = "Judgement now"
MOST_FIRST = "Judgements that finding out could be worth something, most first"
COLUMNS = ["Option", "What to find out", NOW, "Points of 100, at most", "Rests on", "Who could be asked"]
TOGETHER = ["What would be known for certain", "Points of 100, at most"]
NOT_POUNDS = (
    "If judgements do not hang on one another, each figure is the most that finding out could be worth on average: nothing is ever known "
    "for certain, and finding out takes time. They are points of overall value, not pounds. Weights are those in use, unless it says "
    "otherwise. “Hardly anything” is less than half a point."
)


def part(appraisal: Appraisal, *, narrow: bool = False) -> list[Block]:  # noqa: ARG001 - it draws nothing
    """Say which judgements are worth finding out about; nothing while the order is withheld or one option is left."""
    found = appraisal.information
    if found is None:
        return []
    sampled = f"Figures for several things together come from {found.samples:,} draws."
    blocks: list[Block] = [Heading("What to find out next", 3), Bullets(tuple(findings(appraisal, found)))]
    if found.ordered:
        blocks.append(Table.of(MOST_FIRST, judgement_table(appraisal, found)))
    blocks.append(Table.of("What knowing several things together could be worth", together_table(appraisal, found)))
    return [*blocks, Paragraph(f"{NOT_POUNDS} {sampled}", "note")]


def title(appraisal: Appraisal) -> str:
    """Say what to find out first."""
    found = appraisal.information
    worthwhile = [one for one in found.ordered if one[2] >= HARDLY] if found else []
    if not worthwhile:
        return "No one judgement is worth much more finding out"
    option, name, _ = worthwhile[0]
    about = f"how {words.labels(appraisal.problem, [option])} does on {appraisal.problem.criteria[name].label.lower()}"
    return f"Find out next {about}"


def worth(points: float) -> str:
    """Say by how much a choice could improve.

    >>> worth(0.49), worth(0.5), worth(2.3)
    ('hardly anything', 'up to 1 point of 100', 'up to 2 points of 100')
    """
    return ANYTHING if points < HARDLY else f"up to {phrases.counted(whole(points), 'point')} of 100"


def findings(appraisal: Appraisal, found: Information) -> list[str]:
    """Say in sentences what is worth finding out, what all of it together is worth, and where averages lead elsewhere."""
    worthwhile = [one for one in found.ordered if one[2] >= HARDLY]
    if not worthwhile:
        said = [f"Knowing any one judgement for certain would improve the choice by {ANYTHING}."]
    else:
        said = [_first(appraisal, *worthwhile[0]), *_next(appraisal, worthwhile[1:])]
    return [*said, _together(appraisal, found), *_elsewhere(appraisal, found)]


def _first(appraisal: Appraisal, option: str, name: str, points: float) -> str:
    """Name the judgement that is worth most, and whom to ask."""
    ask = appraisal.problem.judgements[option, name].ask[:ASKED]
    to_ask = f" Ask {'; '.join(ask)}." if ask else ""
    about = f"how {words.labels(appraisal.problem, [option])} does on {appraisal.problem.criteria[name].label.lower()}"
    return f"Knowing for certain {about} could improve the choice by {worth(points)} on average.{to_ask}"


def _next(appraisal: Appraisal, rest: list[tuple[str, str, float]]) -> list[str]:
    """Name those that are worth most after the first."""
    if not rest:
        return []
    problem = appraisal.problem
    named = [f"how {words.labels(problem, [option])} does on {problem.criteria[name].label.lower()}" for option, name, _ in rest[:NEXT]]
    more = f", and {phrases.counted(len(rest) - NEXT, 'more judgement')}" if len(rest) > NEXT else ""
    alike = len({whole(points) for _, _, points in rest}) == 1
    each = f"{'each ' if len(rest) > 1 else ''}{worth(rest[0][2])}" if alike else f"{worth(rest[0][2])} or less"
    return [f"Next: {'; '.join(named)}{more} ({each})."]


def _together(appraisal: Appraisal, found: Information) -> str:
    judgements, weights, everything = (worth(one.points) for one in (found.judgements, found.weights, found.everything))
    if judgements == weights == everything == ANYTHING:
        return f"Even knowing every judgement and the weights for certain would improve the choice by {ANYTHING}."
    return (
        f"Knowing every judgement for certain could improve it by {judgements} on average; settling the weights, among "
        f"{weight_set_words.among(appraisal.problem)}, by {weights}; both by {everything}."
    )


def _elsewhere(appraisal: Appraisal, found: Information) -> list[str]:
    """Say where what does best on average is not what comes first on the likely figures."""
    said = []
    first = words.labels(appraisal.problem, appraisal.leaders)
    verb = "comes" if len(appraisal.leaders) == 1 else "come"
    if found.leader not in appraisal.leaders:
        best = phrases.capital(words.labels(appraisal.problem, [found.leader]))
        said.append(
            f"{best} does best on average over the ranges, although {first} {verb} first on the likely figures: "
            "some ranges reach further on one side than on the other."
        )
    if found.leader_over_weights not in {found.leader, *appraisal.leaders}:
        best = phrases.capital(words.labels(appraisal.problem, [found.leader_over_weights]))
        said.append(
            f"{best} does best on average over {weight_set_words.weights(appraisal.problem, appraisal.problem.set_in_use)}; "
            "what settling weights is worth is measured from there."
        )
    return said


def judgement_table(appraisal: Appraisal, found: Information) -> pd.DataFrame:
    """Give the judgements that are worth most. Columns: Option, What to find out, Judgement now, Points, Rests on, Who could be asked."""
    rows = []
    for option, name, points in found.ordered[:LISTED]:
        one, criterion = appraisal.problem.judgements[option, name], appraisal.problem.criteria[name]
        label, now = words.label_of(appraisal.problem, option), words.judged(one, criterion.scale.unit)
        rows.append(
            (label, criterion.label, now, _points(points), words.rests_on(one), phrases.capital("; ".join(one.ask)) or "nobody is named")
        )
    return pd.DataFrame(rows, columns=COLUMNS)


def leads(appraisal: Appraisal) -> dict[str, list[list[dict[str, str] | None]]]:
    """Say to which judgement the figures of each table lead, by the table's caption."""
    found = appraisal.information
    rows = found.ordered[:LISTED] if found else ()
    to = [[{"option": option, "criterion": name} if column == NOW else None for column in COLUMNS] for option, name, _ in rows]
    return {MOST_FIRST: to}


def together_table(appraisal: Appraisal, found: Information) -> pd.DataFrame:
    """Give what knowing several things together is worth. Columns: What would be known for certain, Points of 100."""
    rows: list[tuple[str, Estimate]] = [
        ("Every judgement, at the weights in use", found.judgements),
        (f"The weights, among {weight_set_words.among(appraisal.problem)}", found.weights),
        ("Both", found.everything),
    ]
    return pd.DataFrame([(name, _points(one.points)) for name, one in rows], columns=TOGETHER)


def _points(points: float) -> str:
    return ANYTHING if points < HARDLY else str(whole(points))


def data(appraisal: Appraisal) -> dict[str, Any] | None:
    """Give the value of information as plain numbers, with standard errors; None where there is none."""
    found = appraisal.information
    if found is None:
        return None
    return {
        "leader": found.leader,
        "leader_over_weights": found.leader_over_weights,
        "mean": {option: number(value) for option, value in found.mean.items()},
        "judgements": [{"option": option, "criterion": name, "points": number(points)} for option, name, points in found.ordered],
        "every_judgement": _estimate(found.judgements),
        "weights": _estimate(found.weights),
        "everything": _estimate(found.everything),
        "samples": found.samples,
    }


def _estimate(one: Estimate) -> dict[str, float]:
    return {"points": number(one.points), "error": number(one.error)}
