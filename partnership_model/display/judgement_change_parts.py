"""What would need to be true for another option to come first, as sentences and tables."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from partnership_model.analysis.overall import whole
from partnership_model.display import phrases, words
from partnership_model.display.blocks import Block, Bullets, Heading, Paragraph, Table
from partnership_model.display.rounding import number

if TYPE_CHECKING:
    from collections.abc import Iterable

    from partnership_model.analysis.appraisal import Appraisal
    from partnership_model.analysis.judgement_change import JudgementChange, MovedFigure
    from partnership_model.knowledge.catalogue import Criterion
    from partnership_model.model.problem import DecisionProblem

NOW = "Likely now"
ENOUGH_ALONE = "One judgement that would be enough alone"
ALONE = ("To put first", "The judgement", NOW, "Would have to be", "Range given", "Where that lies")
TOGETHER = ("To put first", "What may move", "What would have to be")
WORTH_SAYING = 1.0  # points of 100: rivals' figures are named where they save at least this much
QUESTION = (
    "This is a question to the evidence and not a target: a judgement changes where somebody learns something. Weights stay, and so do "
    "all other likely figures. After the change the option is level with the best of the others; figures are rounded so that they are "
    "enough. Where several changes are equally small, one is shown."
)


def part(appraisal: Appraisal, *, narrow: bool = False) -> list[Block]:  # noqa: ARG001 - no chart to narrow
    """Say for each option that does not come first which judgements would have to be others; nothing while the order is withheld."""
    changes = _nearest_first(appraisal)
    if not changes:
        return []
    alone = alone_table(appraisal)
    return [
        Heading("What would need to be true for another option to come first", 3),
        Bullets(tuple(sentence(appraisal, one) for one in changes)),
        *([alone] if alone.rows else []),
        together_table(appraisal),
        Paragraph(QUESTION, "note"),
    ]


def title(appraisal: Appraisal) -> str:
    """Name the options that one judgement of their own would be enough to put first, inside its range."""
    able = [one.option for one in _nearest_first(appraisal) if any(figure.in_range and figure.option == one.option for figure in one.alone)]
    if not able:
        return "No one judgement inside its range would put another option first"
    *rest, last = [words.labels(appraisal.problem, [key]) for key in able]
    names = f"{', '.join(rest)} or {last}" if rest else last
    return f"One judgement inside its range is enough to put {names} first"


def _nearest_first(appraisal: Appraisal) -> list[JudgementChange]:
    return sorted(appraisal.judgement_changes.values(), key=lambda one: one.behind)


def sentence(appraisal: Appraisal, one: JudgementChange) -> str:
    """Say what would need to be true for one option to come first, and whether the ranges given allow it."""
    problem = appraisal.problem
    name = words.labels(problem, [one.option])
    own = [figure for figure in one.alone if figure.option == one.option]
    inside = [figure for figure in own if figure.in_range]
    if inside:
        said = f"For {name} to come first, {_would_be(problem, inside[0])}; that lies inside the range given, {_range(problem, inside[0])}."
        every = len(appraisal.values.criteria)
        return f"{said} {_so_many(len(inside), every)}" if every > 1 else said
    if one.own_in_range is not None:
        moves = phrases.listed(_instead(problem, figure) for figure in one.own_in_range)
        return f"For {name} to come first, no single one of its judgements is enough inside its range; together these would be: {moves}."
    behind = phrases.counted(whole(one.short), "point") if one.short >= 1 else "less than 1 point"
    said = f"With each of its judgements at the best end of the range given, {name} would still be {behind} behind."
    if own:
        return f"{said} Outside the ranges, {_would_be(problem, own[0])} for it to come first."
    return f"{said} No single one of its judgements is enough anywhere on its scale."


def _so_many(count: int, every: int) -> str:
    others = count - 1
    if not others:
        return "None of its other judgements is enough alone inside its range."
    return f"Of its {every} judgements {count} are each enough alone, inside their ranges."


def _would_be(problem: DecisionProblem, figure: MovedFigure) -> str:
    criterion = problem.criteria[figure.criterion]
    now = amount(criterion, figure.now)
    return f"its judgement on {criterion.label.lower()} would have to be {needed(criterion, figure)} instead of {now}"


def _instead(problem: DecisionProblem, figure: MovedFigure) -> str:
    criterion = problem.criteria[figure.criterion]
    return f"{criterion.label.lower()} {needed(criterion, figure)} instead of {amount(criterion, figure.now)}"


def amount(criterion: Criterion, figure: float) -> str:
    """Say a figure in the criterion's own unit, as a whole number.

    >>> from tests.making import make_cost
    >>> amount(make_cost(scale={"unit": "GBP_per_pupil_per_year", "worst": 250, "best": -50}), -20.4)
    'a saving of £20'
    """
    at = whole(figure)
    if criterion.scale.unit == "points" or at == 0:
        return str(at) if criterion.scale.unit == "points" else "£0"
    return f"a cost of £{at:,}" if at > 0 else f"a saving of £{-at:,}"


def needed(criterion: Criterion, figure: MovedFigure) -> str:
    """Say the figure that is needed, rounded so that it is enough; an interval where all of it is worth the same."""
    low, high = figure.level
    if whole(low) != whole(high):
        return f"anything from {amount(criterion, low)} to {amount(criterion, high)}"
    at = _enough(criterion, figure)
    return f"slightly {_way(figure)}" if at is None else amount(criterion, at)


def _way(figure: MovedFigure) -> str:
    return "more" if figure.needed > figure.now else "less"


def _enough(criterion: Criterion, figure: MovedFigure) -> float | None:
    """Round away from the figure now, to another whole number than is shown for it; None where the scale ends before that."""
    least, most = sorted((criterion.scale.worst, criterion.scale.best))
    if figure.needed > figure.now:
        at = max(math.ceil(figure.needed - 1e-6), whole(figure.now) + 1)
    else:
        at = min(math.floor(figure.needed + 1e-6), whole(figure.now) - 1)
    return at if least <= at <= most else None


def _range(problem: DecisionProblem, figure: MovedFigure) -> str:
    given = problem.judgements[figure.option, figure.criterion].amount
    criterion = problem.criteria[figure.criterion]
    low, high = amount(criterion, given.low), amount(criterion, given.high)
    return low if low == high else f"{low} to {high}"


def alone_table(appraisal: Appraisal) -> Table:
    """Give each judgement that would be enough alone. Columns: To put first, The judgement, Likely now, Would have to be, Range, Where."""
    problem = appraisal.problem
    rows = tuple(
        (
            words.label_of(problem, one.option),
            _named(problem, one, figure),
            phrases.capital(amount(problem.criteria[figure.criterion], figure.now)),
            phrases.capital(needed(problem.criteria[figure.criterion], figure)),
            phrases.capital(_range(problem, figure)),
            "inside the range given" if figure.in_range else "outside the range given",
        )
        for one in _nearest_first(appraisal)
        for figure in one.alone
    )
    return Table(ENOUGH_ALONE, ALONE, rows)


def leads(appraisal: Appraisal) -> dict[str, list[list[dict[str, str] | None]]]:
    """Say to which judgement the figures of each table lead, by the table's caption."""
    figures = [figure for one in _nearest_first(appraisal) for figure in one.alone]
    to = [[{"option": one.option, "criterion": one.criterion} if column == NOW else None for column in ALONE] for one in figures]
    return {ENOUGH_ALONE: to}


def _named(problem: DecisionProblem, one: JudgementChange, figure: MovedFigure) -> str:
    label = problem.criteria[figure.criterion].label
    return f"on {label.lower()}" if figure.option == one.option else f"{words.label_of(problem, figure.option)} on {label.lower()}"


def together_table(appraisal: Appraisal) -> Table:
    """Give the smallest moves of several judgements. Columns: To put first, What may move, What would have to be."""
    problem = appraisal.problem
    rows = []
    for one in _nearest_first(appraisal):
        label = words.label_of(problem, one.option)
        inside = one.own_in_range
        rows.append((label, "its own, inside their ranges", _moves(problem, one, inside) if inside else "nothing inside them is enough"))
        if inside is None or _points(one.own) < _points(inside) - WORTH_SAYING:
            rows.append((label, "its own, anywhere on their scales", _moves(problem, one, one.own)))
        if _points(one.together) < _points(one.own) - WORTH_SAYING:
            rows.append((label, "its own and others', anywhere on their scales", _moves(problem, one, one.together)))
    return Table("The smallest moves of several judgements that would be enough", TOGETHER, tuple(rows))


def _moves(problem: DecisionProblem, one: JudgementChange, figures: Iterable[MovedFigure]) -> str:
    said = []
    for figure in figures:
        criterion = problem.criteria[figure.criterion]
        what = f"{_named(problem, one, figure)} {needed(criterion, figure)} instead of {amount(criterion, figure.now)}"
        said.append(what)
    return phrases.capital("; ".join(said))


def _points(figures: Iterable[MovedFigure]) -> float:
    return sum(abs(figure.points) for figure in figures)


def data(appraisal: Appraisal) -> dict[str, Any]:
    """Give the changes as plain numbers, by option; figures stand in the criterion's own unit."""
    return {
        one.option: {
            "behind": number(one.behind),
            "short": number(one.short),
            "alone": _listed(one.alone),
            "own_in_range": None if one.own_in_range is None else _listed(one.own_in_range),
            "own": _listed(one.own),
            "together": _listed(one.together),
        }
        for one in appraisal.judgement_changes.values()
    }


def _listed(figures: Iterable[MovedFigure]) -> list[dict[str, Any]]:
    return [
        {
            "option": one.option,
            "criterion": one.criterion,
            "now": number(one.now),
            "needed": number(one.needed),
            "level": [number(end) for end in one.level],
            "points": number(one.points),
            "in_range": one.in_range,
        }
        for one in figures
    ]
