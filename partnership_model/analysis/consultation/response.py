"""How many answered of how many were asked, in which unit, by group and by school."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from partnership_model.analysis.overall import whole

if TYPE_CHECKING:
    from collections.abc import Sequence

    from partnership_model.analysis.consultation.release import Release, Why
    from partnership_model.knowledge.consultation.plan import ConsultedGroup, Unit


@dataclass(frozen=True)
class Response:
    """How many of a group or a school answered.

    Attributes:
        answered: how many ballots are shown; None where they are not.
        invited: how many were asked; None where nobody counted them.
        unit: what is counted; None where groups are counted in different units.
        counted: of a school, the groups that are counted there; the others there are too few to be shown.
        with_others: whether the few answers of other groups are among these.
        why: of a group or school that is not shown, `few` or `others` (see `Withheld`).
    """

    name: str
    answered: int | None
    invited: int | None
    unit: Unit | None
    counted: tuple[str, ...] = ()
    with_others: bool = False
    why: Why | None = None

    @property
    def percent(self) -> int | None:
        """Give the response rate in whole numbers of 100; None where one of the two numbers is missing or counts others."""
        if self.answered is None or not self.invited or self.with_others:
            return None
        return whole(100 * self.answered / self.invited)

    @property
    def too_many(self) -> bool:
        """Whether more answered than were invited: somebody answered twice, or the number of those invited is wrong."""
        return self.answered is not None and self.invited is not None and self.answered > self.invited and not self.with_others


def by_group(groups: Sequence[ConsultedGroup], release: Release) -> tuple[Response, ...]:
    """Give the response of every group of adults that was asked, those whose answers are not shown among them."""
    why = {one.name: one.why for one in release.withheld_groups}
    return tuple(
        Response(
            one.group,
            len(release.groups[one.group]) if one.group in release.groups else None,
            _total(one),
            one.unit,
            with_others=one.group == release.takes_in,
            why=why.get(one.group),
        )
        for one in groups
        if not one.learners
    )


def by_school(groups: Sequence[ConsultedGroup], schools: Sequence[str], release: Release) -> tuple[Response, ...]:
    """Give the response of every school: of those who named it, in the groups that are counted there, out of all invited in these."""
    why = {one.name: one.why for one in release.withheld_schools}
    adults = [one for one in groups if not one.learners]
    found = []
    for school in schools:
        shown = school in release.schools
        here = [one for one in adults if not shown or one.group in release.counted_at[school]]
        invited, unit = [one.invited.get(school) for one in here], _unit(here)
        found.append(
            Response(
                school,
                len(release.schools[school]) if shown else None,
                sum(one or 0 for one in invited) if unit and None not in invited else None,
                unit,
                tuple(one.group for one in here) if shown else (),
                why=why.get(school),
            )
        )
    return tuple(found)


def of_all(groups: Sequence[ConsultedGroup], release: Release) -> Response:
    """Give the response of everybody together."""
    adults = [one for one in groups if not one.learners]
    totals = [_total(one) for one in adults]
    unit = _unit(adults)
    invited = sum(one or 0 for one in totals) if unit and None not in totals else None
    return Response("", len(release.together) if release.together else None, invited, unit)


def _total(group: ConsultedGroup) -> int | None:
    """Add up the invited of all schools, and those who were counted for all schools together."""
    return sum(group.invited.values()) if group.invited else None


def _unit(groups: Sequence[ConsultedGroup]) -> Unit | None:
    units = {one.unit for one in groups}
    return units.pop() if len(units) == 1 else None
