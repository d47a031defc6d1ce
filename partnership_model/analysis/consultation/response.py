"""How many answered of how many were asked, in which unit, by group and by school."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from partnership_model.analysis.overall import whole

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from partnership_model.knowledge.consultation.ballots import Ballot
    from partnership_model.knowledge.consultation.plan import ConsultedGroup, Unit


@dataclass(frozen=True)
class Response:
    """How many of a group or a school answered.

    Attributes:
        answered: how many ballots are shown; None where too few answered to be shown, or where they would give away another group.
        invited: how many were asked; None where nobody counted them.
        unit: what is counted; None where groups are counted in different units.
    """

    name: str
    answered: int | None
    invited: int | None
    unit: Unit | None

    @property
    def percent(self) -> int | None:
        """Give the response rate in whole numbers of 100; None where one of the two numbers is missing."""
        return whole(100 * self.answered / self.invited) if self.answered is not None and self.invited else None

    @property
    def too_many(self) -> bool:
        """Whether more answered than were invited: somebody answered twice, or the number of those invited is wrong."""
        return self.answered is not None and self.invited is not None and self.answered > self.invited


def by_group(groups: Sequence[ConsultedGroup], shown: Mapping[str, Sequence[Ballot]]) -> tuple[Response, ...]:
    """Give the response of every group of adults that was asked, those whose answers are not shown among them."""
    return tuple(
        Response(one.group, len(shown[one.group]) if one.group in shown else None, _total(one), one.unit)
        for one in groups
        if not one.learners
    )


def by_school(groups: Sequence[ConsultedGroup], schools: Sequence[str], shown: Mapping[str, Sequence[Ballot]]) -> tuple[Response, ...]:
    """Give the response of every school: of those who named it, out of all who were invited there in every group."""
    adults = [one for one in groups if not one.learners]
    found = []
    for school in schools:
        counted = [one.invited.get(school) for one in adults]
        invited = sum(one or 0 for one in counted) if adults and None not in counted else None
        found.append(Response(school, len(shown[school]) if school in shown else None, invited, _unit(adults)))
    return tuple(found)


def of_all(groups: Sequence[ConsultedGroup], together: Sequence[Ballot] | None) -> Response:
    """Give the response of everybody together."""
    adults = [one for one in groups if not one.learners]
    totals = [_total(one) for one in adults]
    unit = _unit(adults)
    invited = sum(one or 0 for one in totals) if unit and None not in totals else None
    return Response("", None if together is None else len(together), invited, unit)


def _total(group: ConsultedGroup) -> int | None:
    """Add up the invited of all schools; where a number is given for all schools together, that is added, for it counts others."""
    return sum(group.invited.values()) if group.invited else None


def _unit(groups: Sequence[ConsultedGroup]) -> Unit | None:
    units = {one.unit for one in groups}
    return units.pop() if len(units) == 1 else None
