"""What a report would print of a release, as the attacks read it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from partnership_model.analysis.consultation.ballot_orders import order_of
from partnership_model.analysis.consultation.coarsening import Protection
from partnership_model.analysis.consultation.ranks import standings
from partnership_model.analysis.consultation.release import asked_of, cells_of, release

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from partnership_model.analysis.consultation.coarsening import Cell
    from partnership_model.analysis.consultation.release import Release
    from partnership_model.analysis.consultation.rows import Row
    from partnership_model.knowledge.consultation.ballots import Ballot
    from partnership_model.knowledge.consultation.question_set import QuestionSet


def means(ballots: Sequence[Ballot], questions: QuestionSet) -> dict[str, Any]:
    """Give n and mean ranks to a decimal."""
    rows = standings(ballots, [one.key for one in questions.criteria])
    return {"n": rows[0].of if rows else 0, "means": {one.criterion: round(one.mean, 1) for one in rows}}


def said_what_matters(release: Release, questions: QuestionSet) -> Release:
    """Give what may be shown of what matters."""
    asked = [one.key for one in questions.criteria]
    return release.saying(lambda ballot: bool(order_of(ballot, asked)))


def tables(release: Release, questions: QuestionSet, *, with_cells: bool = True) -> list[dict[str, Any]]:
    """Give every table: all, each group, the others, each school, each cell; each says who is in it."""
    hidden = [*(one.name for one in release.withheld_groups), ""]
    found: list[dict[str, Any]] = [means(release.together, questions)] if release.together else []
    for group, ballots in release.groups.items():
        found.append({"groups": [group, *hidden] if group == release.takes_in else [group], **means(ballots, questions)})
    if release.others:
        found.append({"groups": hidden, **means(release.others, questions)})
    for school, ballots in release.schools.items():
        found.append({"groups": list(release.counted_at[school]), "schools": [school], **means(ballots, questions)})
    for (group, school), ballots in release.cells.items() if with_cells else ():
        if group and school:
            found.append({"groups": [group], "schools": [school], **means(ballots, questions)})
    return found


def printed(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """Give rows as an export has them."""
    return [{"group": row.group, "school": row.school, "places": row.places} for row in rows]


def only_the_small_hidden(_live: object, ballots: Mapping[str, Ballot], questions: QuestionSet) -> Release:
    """Hide groups of fewer than five and nothing else, as a tally that means well would."""
    own = list(ballots.values())
    cells: dict[Cell, tuple[Ballot, ...]] = {}
    for cell, ballot in zip(cells_of(own, asked_of(questions)), own, strict=True):
        cells[cell] = (*cells.get(cell, ()), ballot)
    return replace(release(own, questions, protection=Protection(secondary=False)), cells=cells)
