"""Mistakes in how weights are taken and put together: whose they are, what they mean, and what their mean hides."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Literal

import numpy as np

from partnership_model.analysis.mistakes.found import Mistake
from partnership_model.analysis.switching import shown_leaders
from partnership_model.knowledge.consultation.consulted_weights import elicited_from, weights_by_school
from partnership_model.knowledge.wording import speaks_of_importance, speaks_of_ranges
from partnership_model.model.weights import blend, combine, voices_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping

    from partnership_model.analysis.appraisal import Appraisal
    from partnership_model.knowledge.cases import Case, GroupWeights
    from partnership_model.knowledge.weighings import Weighing

Counted = Literal["group", "person", "school"]
HUNDRED = 100
CLOSE = 0.05  # points of 100: a sum that is printed as 100
KNOWN = ("scores_agreed", "result_seen")  # entries of the decisions log from which scores are known
MANY = 3  # groups, of which one can stand apart from the others


def weights_without_ranges(case: Case) -> Iterator[Mistake]:
    """Find groups of whose weights nobody says that the lifts from worst to best were in front of them.

    Importance without a range is no weight: Fischer, Range sensitivity of attribute weights in multiattribute value models,
    Organizational Behavior and Human Decision Processes 62 (1995), pages 252 to 266; the Treasury's guide to multi-criteria
    decision analysis (May 2024) calls swing weighting the critical element. Swings, pairs and trade-offs ask for lifts by
    themselves; shared-out points and an order do so only if the lifts are shown.
    """
    for group in case.file.used:
        for one in group.weighings:
            importance = speaks_of_importance(one.elicited.how)
            if importance or (one.method == "points" and not speaks_of_ranges(one.elicited.how)):
                yield Mistake("weights_without_ranges", (group.group,), {"method": one.method, "importance": importance})


def adding_errors(case: Case) -> Iterator[Mistake]:
    """Find shared-out points that do not add up to a hundred: somebody's sum was wrong, or a number is missing."""
    for group in case.file.used:
        for one in group.weighings:
            total = _shared_out(one)
            if total is not None and abs(total - HUNDRED) > CLOSE:
                yield Mistake("adding_errors", (group.group,), {"total": total})


def _shared_out(one: Weighing) -> float | None:
    return sum(one.values.values()) if one.method == "points" and isinstance(one.values, dict) else None


def scores_known(case: Case) -> dt.date | None:
    """Give the first day on which the decisions log says that scores were agreed or a result was seen; None where it does not say."""
    return min((one.on for one in case.file.appraisal.decisions or () if one.kind in KNOWN), default=None)


def weights_after_scores(case: Case) -> Iterator[Mistake]:
    """Find groups that weighed after the scores were agreed or the result was seen, as the decisions log has it.

    The Scottish rape taskforce had its weights set by a sub-group before the event; NHS Scotland asks to rank, then to weigh, then to
    score. On the same day nothing is known of the order, so nothing is said.
    """
    known = scores_known(case)
    if known is None:
        return
    for group in case.file.used:
        after = [one.elicited.on for one in group.weighings if one.elicited.on > known]
        if after:
            yield Mistake("weights_after_scores", (group.group,), {"weighed": min(after).isoformat(), "known": known.isoformat()})


def strategic_voting(appraisal: Appraisal) -> Iterator[Mistake]:
    """Find stakeholder groups, of three or more, on whose weights alone hangs which option comes first.

    One table with extreme weights can carry an average: an official who gave a criterion 20 of 100 moved it from
    ninth to fourth place in a Scottish appraisal. So each group is left out in turn, and what sets it apart is named.
    """
    groups = appraisal.problem.group_weights
    if len(groups) < MANY:
        return
    for one in appraisal.left_out:
        if one.what == "group" and one.changed:
            own = groups[one.name].shares
            middle = {name: median(other.shares[name] for key, other in groups.items() if key != one.name) for name in own}
            furthest = max(own, key=lambda name: abs(own[name] - middle[name]))
            found = {"leaders_without": list(one.leaders), "criterion": furthest, "own": own[furthest], "median": middle[furthest]}
            yield Mistake("strategic_voting", (one.name,), found)


@dataclass(frozen=True)
class Voices:
    """What comes first where voices are counted in one way.

    Attributes:
        leaders: None where it cannot be counted so.
    """

    counted: Counted
    leaders: tuple[str, ...] | None


def ways_of_counting(case: Case, appraisal: Appraisal) -> tuple[Voices, ...]:
    """Say what comes first with one voice for each group, for each person and for each school.

    Nothing while the ranking is withheld, for a single group, or where other weights are used than the groups'. Which school a group
    is of, its name says: "Infant A, staff" is of the school Infant A. Where any group is of no single school, nothing follows for schools.
    """
    groups = case.file.weights
    if appraisal.ranking is None or len(appraisal.problem.group_weights) < 2 or case.file.weights_in_use is not None:  # noqa: PLR2004 - one group
        return ()
    weighed = [group for group in groups if group.group in appraisal.problem.group_weights]
    by_school = _by_school(case, weighed)
    school = _leaders(appraisal, by_school) if by_school else _told_by_school(case, appraisal)
    return (
        Voices("group", _leaders(appraisal, {one.group: 1.0 for one in weighed})),
        Voices("person", _leaders(appraisal, {one.group: float(voices_of(one, "person")) for one in weighed})),
        Voices("school", school),
    )


def _told_by_school(case: Case, appraisal: Appraisal) -> tuple[str, ...] | None:
    """Say what comes first with one voice for each school of a consultation; None where others weighed too, of whom nobody knows it."""
    record = case.consulted
    if record is None or not all(elicited_from(record, one) for one in case.file.weights):
        return None
    told = weights_by_school(record, case.file.criteria)
    found = combine([told], tuple(appraisal.problem.criteria), "group") if told else None
    return _first(appraisal, found.shares) if found else None


def _by_school(case: Case, groups: list[GroupWeights]) -> dict[str, float] | None:
    """Give each group its part of its school's one voice."""
    schools = [one.name for one in case.members]
    of = {group.group: [name for name in schools if name.casefold() in group.group.casefold()] for group in groups}
    if any(len(names) != 1 for names in of.values()):
        return None
    count = {name: sum(names == [name] for names in of.values()) for name in schools}
    return {group: 1 / count[names[0]] for group, names in of.items()}


def _leaders(appraisal: Appraisal, voices: Mapping[str, float]) -> tuple[str, ...]:
    weights = appraisal.problem.group_weights
    shares = blend([weights[name] for name in voices], list(voices.values()))  # type: ignore[arg-type]
    return _first(appraisal, shares)


def _first(appraisal: Appraisal, shares: Mapping[str, float]) -> tuple[str, ...]:
    values = appraisal.values
    totals = values.likely @ np.array([shares[name] for name in values.criteria])
    return tuple(values.options[row] for row in shown_leaders(totals))


def who_counts(case: Case, appraisal: Appraisal) -> Iterator[Mistake]:
    """Find weights of groups whose voices were counted without anybody saying how, or where the way of counting decides."""
    ways = ways_of_counting(case, appraisal)
    if not ways:
        return
    said = "who_counts" in case.file.model_fields_set
    known = {one.leaders for one in ways if one.leaders is not None}
    if not said or len(known) > 1:
        leaders = {one.counted: None if one.leaders is None else list(one.leaders) for one in ways}
        yield Mistake(
            "who_counts", tuple(appraisal.problem.group_weights), {"used": case.file.who_counts, "said": said, "leaders": leaders}
        )


def own_leaders(appraisal: Appraisal) -> dict[str, tuple[str, ...]]:
    """Give for each stakeholder group what comes first by its weights alone."""
    return {name: _first(appraisal, one.shares) for name, one in appraisal.problem.group_weights.items()}


def averaged_conflict(case: Case, appraisal: Appraisal) -> Iterator[Mistake]:
    """Find stakeholder groups that put different options first, which a mean of their weights hides.

    The appraisal of the SELFIE project (integrated care) has the same scores and two groups' weights with opposite winners.
    """
    if appraisal.ranking is None or case.file.weights_in_use is not None:
        return
    own = own_leaders(appraisal)
    if len(own) > 1 and not set.intersection(*(set(one) for one in own.values())):
        nobodys = [name for name in appraisal.leaders if all(name not in one for one in own.values())]
        found = {"first": {name: list(one) for name, one in own.items()}, "together": list(appraisal.leaders), "nobodys": nobodys}
        yield Mistake("averaged_conflict", tuple(own), found)
