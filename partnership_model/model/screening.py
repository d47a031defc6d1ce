"""Screening: which options are open to each school and to the group, and the fact that says so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from partnership_model.knowledge.base import KnowledgeOfDay
    from partnership_model.knowledge.cases import School
    from partnership_model.knowledge.facts import Fact

Membership = Literal["full", "conditional", "associate", "later", "none", "unknown"]
Status = Literal["open", "conditional", "closed", "unknown"]
ELIGIBILITY = "eligibility"
_MEMBERSHIP: dict[str | None, Membership] = {"full": "full", "conditional": "conditional", "associate": "associate", "not_open": "none"}


@dataclass(frozen=True)
class SchoolScreening:
    """How one school may take part in one option, and the fact that says so.

    Attributes:
        membership: `conditional` is a full membership that needs a consent from outside the governing body.
    """

    school: str
    category: str
    membership: Membership
    fact: Fact

    @property
    def takes_part(self) -> bool:
        """Whether the school would be inside the option from its first day."""
        return self.membership in ("full", "conditional", "associate", "unknown")


@dataclass(frozen=True)
class OptionScreening:
    """Whether one option is open to the group.

    Attributes:
        least: how many full members the option needs.
    """

    option: str
    status: Status
    schools: tuple[SchoolScreening, ...]
    least: int

    def with_membership(self, *kinds: Membership) -> tuple[SchoolScreening, ...]:
        """Give the schools that hold one of these memberships."""
        return tuple(one for one in self.schools if one.membership in kinds)

    @property
    def possible_full_members(self) -> int:
        """Count the schools that may be full members, with or without a consent."""
        return len(self.with_membership("full", "conditional"))


def screen(option: str, schools: Sequence[School], knowledge: KnowledgeOfDay, least: int = 2) -> OptionScreening:
    """Screen one option for a group.

    An option is closed only where too few schools can be full members. A school with no lawful place in it,
    or a consent that others must give, makes it conditional; staying is always open.

    Args:
        option: the option's key.
        schools: the schools that decide.
        knowledge: the facts of the day.
        least: how many full members the option needs; staying needs none.
    """
    found = tuple(_screen_school(option, school, knowledge) for school in schools)
    return OptionScreening(option, "open" if option == "stay" else _status(found, least), found, least)


def _screen_school(option: str, school: School, knowledge: KnowledgeOfDay) -> SchoolScreening:
    fact = knowledge.fact(ELIGIBILITY, option, school.category)
    membership = _MEMBERSHIP.get(fact.code, "unknown")
    if membership == "none" and school.joins_later:
        membership = "later"
    return SchoolScreening(school.name, school.category, membership, fact)


def _status(schools: tuple[SchoolScreening, ...], least: int) -> Status:
    kinds = [one.membership for one in schools]
    full = kinds.count("full") + kinds.count("conditional")
    if full < least:
        return "unknown" if full + kinds.count("unknown") >= least else "closed"
    if any(kind in ("none", "conditional", "unknown") for kind in kinds):
        return "conditional"
    return "open"
