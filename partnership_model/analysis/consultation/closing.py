"""What may be shown once a consultation is closed, held against all that was shown while it was open."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from partnership_model.analysis.consultation.ballot_orders import order_of
from partnership_model.analysis.consultation.coarsening import ELSEWHERE, FULL, OTHERS, Division, Protection, coarsen, flattened, given_up
from partnership_model.analysis.consultation.live_pictures import mark_of
from partnership_model.analysis.consultation.release import Release, asked_of, cells_of, release, released
from partnership_model.analysis.consultation.singled_out import Cut, cut_below

if TYPE_CHECKING:
    from collections.abc import Mapping

    from partnership_model.analysis.consultation.live_pictures import Live
    from partnership_model.knowledge.consultation.ballots import Ballot
    from partnership_model.knowledge.consultation.question_set import QuestionSet

    Node = tuple[str, str, int]

NEVER: Node = ("never shown", "", 0)


def closing(live: Live, ballots: Mapping[str, Ballot], questions: QuestionSet, *, protection: Protection = FULL) -> Release:
    """Give what may be shown of all ballots, so that with all live pictures no sum or difference is made of fewer than five.

    As a live picture trails by five answers, that is nearly always what `release` gives. It is less where a school's ballots and a
    live picture's are nearly the same ones, or where answers that were held back were changed or withdrawn before any picture had
    them: then schools of that group, or the group itself, are given up, and in the end everything.

    Args:
        live: what was shown last.
        ballots: as they were when the consultation was closed, by the identity that `next_pictures` was given.
        questions: what was asked.
        protection: for tests alone.
    """
    own = list(ballots.values())
    plain = release(own, questions, protection=protection)
    if not protection.secondary or not live.seen:
        return plain
    asked = asked_of(questions)
    first = division = coarsen(cells_of(own, asked), fewest=protection.fewest)
    while division and (cut := _few(live, ballots, division, questions, protection.fewest)):
        division = _coarser(division, cut, protection.fewest)
    if division == first:
        return plain
    given = (*plain.groups, *plain.schools, *(one.name for one in (*plain.withheld_groups, *plain.withheld_schools) if one.why == "others"))
    asked = replace(asked, for_others=frozenset(given))
    return released(division.cells if division else (), own if division else (), asked, division.takes_in if division else "", protection)


def _coarser(division: Division, cut: Cut, fewest: int) -> Division | None:
    """Give up the schools of the groups that were cut off, or else the smallest of these groups; None where nothing is left to give up."""
    sizes = division.sizes
    cut_off = {cell for cell in sizes if (*cell, -1) in cut.side} or set(sizes)
    with_schools = {group for group, school in cut_off if any(other[0] == group and other[1] != ELSEWHERE for other in sizes)}
    if with_schools:
        return coarsen(flattened(division.cells, with_schools), division.takes_in, fewest)
    groups = {group for group, _ in cut_off if group != OTHERS} or {group for group, _ in sizes if group != OTHERS}
    if not groups:
        return None
    smallest = min(groups, key=lambda group: (sum(size for cell, size in sizes.items() if cell[0] == group), group))
    return coarsen(given_up(division.cells, smallest), division.takes_in, fewest)


def _few(live: Live, ballots: Mapping[str, Ballot], division: Division, questions: QuestionSet, fewest: int) -> Cut | None:
    """Find a few ballots that live pictures and the closing ones single out together.

    Take the number of a cell, and for a batch of ballots that entered a group's pictures together the sum of the numbers of all
    pictures from then on. A ballot that is still as it was counts with both; one that was never shown with its cell's alone; one
    that went with the pictures between its coming and its going, which is the difference of two batches' sums. (One that was changed and
    changed back counts as two: nobody's picture may hang on how often somebody changes their mind.)
    """
    asked = [one.key for one in questions.criteria]
    said = [
        (mark_of(name, ballot, live.key), cell)
        for (name, ballot), cell in zip(ballots.items(), division.cells, strict=True)
        if order_of(ballot, asked)
    ]
    closing_cells = coarsen([cell for _, cell in said], division.takes_in, fewest)
    if closing_cells is None:
        return None
    at = {mark: (*cell, -1) for (mark, _), cell in zip(said, closing_cells.cells, strict=True)}
    edges = []
    for mark, seen in live.seen.items():
        came: Node = (seen.group, "", seen.entered)
        if seen.gone is not None:
            edges.append((came, (seen.group, "", seen.gone)))
        else:
            edges.append((came, at.pop(mark, NEVER)))
    edges += [(NEVER, cell) for cell in at.values()]
    return cut_below(edges, fewest)
