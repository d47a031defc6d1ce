"""Screening: which options are open to each school and to the group, and the fact that says so."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from partnership_model.knowledge.facts import ALWAYS_ALLOWED
from partnership_model.knowledge.relied_on import ASSOCIATE, CONDITIONAL, ELIGIBILITY, FULL, NOT_OPEN
from partnership_model.knowledge.schema import plain_day

if TYPE_CHECKING:
    from collections.abc import Sequence

    from partnership_model.knowledge.base import KnowledgeOfDay
    from partnership_model.knowledge.cases import Articles, ChosenOption, School
    from partnership_model.knowledge.facts import Fact, Form

Membership = Literal["full", "conditional", "associate", "later", "none", "unknown"]
Status = Literal["open", "conditional", "closed", "unknown"]
ARTICLES: dict[Articles, str] = {
    "church_majority": "a church majority",
    "church_minority": "a church minority",
    "no_church": "no church school in it",
}
ACCEPTED: dict[str | None, tuple[Articles, ...]] = {
    "majority_only": ("church_majority",),
    "majority_or_minority": ("church_majority", "church_minority"),
}
TRUSTS: dict[str | None, str] = {
    "majority_only": "a church majority",
    "majority_or_minority": "a church majority or minority",
}
_MEMBERSHIP: dict[str | None, Membership] = {FULL: "full", CONDITIONAL: "conditional", ASSOCIATE: "associate", NOT_OPEN: "none"}
MEMBER_TODAY = "A full member today"


@dataclass(frozen=True)
class SchoolScreening:
    """How one school may take part in one option, and the fact that says so.

    Attributes:
        membership: `conditional` is a full membership that needs a consent from outside the governing body.
    """

    school: str
    category: str
    form: Form
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
        absent: why there is no such option on the day; empty where there is.
    """

    option: str
    status: Status
    schools: tuple[SchoolScreening, ...]
    least: int
    absent: str = ""

    def with_membership(self, *kinds: Membership) -> tuple[SchoolScreening, ...]:
        """Give the schools that hold one of these memberships."""
        return tuple(one for one in self.schools if one.membership in kinds)

    @property
    def possible_full_members(self) -> int:
        """Count the schools that may be full members, with or without a consent."""
        return len(self.with_membership("full", "conditional"))


def screen(
    option: str, schools: Sequence[School], knowledge: KnowledgeOfDay, least: int = 2, chosen: ChosenOption | None = None
) -> OptionScreening:
    """Screen one option for a group.

    An option is closed only where too few schools can be full members. A school with no lawful place in it,
    or a consent that others must give, makes it conditional; staying is always open.

    Args:
        option: the option's key.
        schools: the schools that decide.
        knowledge: the facts of the day.
        least: how many full members the option needs; staying needs none.
        chosen: what the case says of it: who is a member already, and how much of the trust the church appoints.
    """
    if option not in knowledge.options:
        return _absent(option, schools, knowledge, least)
    found = tuple(_screen_school(option, school, knowledge, chosen) for school in schools)
    return OptionScreening(option, "open" if option == "stay" else _status(found, least), found, least)


def _absent(option: str, schools: Sequence[School], knowledge: KnowledgeOfDay, least: int) -> OptionScreening:
    """Close an option that does not exist on the day, with the reason."""
    about = knowledge.base.options[option]
    ended = about.last_day is not None and about.last_day < knowledge.day
    until = f"it ended after {plain_day(about.last_day)}" if ended and about.last_day else f"it begins on {plain_day(about.first_day)}"
    says = f"There is no such option on {plain_day(knowledge.day)}: {until}."
    found = []
    for school in schools:
        fact = knowledge.fact(ELIGIBILITY, option, school.category, school.form)
        closed = replace(fact, code=NOT_OPEN, answer=ALWAYS_ALLOWED[NOT_OPEN], says=says)
        found.append(SchoolScreening(school.name, school.category, school.form, "none", closed))
    return OptionScreening(option, "closed", tuple(found), least, says)


def _screen_school(option: str, school: School, knowledge: KnowledgeOfDay, chosen: ChosenOption | None) -> SchoolScreening:
    fact = knowledge.fact(ELIGIBILITY, option, school.category, school.form)
    membership = _MEMBERSHIP.get(fact.code, "unknown")
    if chosen and school.name in chosen.members_today:
        fact = _by_the_case(fact, FULL, MEMBER_TODAY, "It is a member today, the case says.", "the group")
        return SchoolScreening(school.name, school.category, school.form, "full", fact)
    if _joins_later(option, school, membership, knowledge):
        membership = "later"
    refused = refusal(option, school, knowledge, chosen.articles if chosen else None) if membership in ("full", "conditional") else ""
    if refused:
        fact = _by_the_case(fact, NOT_OPEN, ALWAYS_ALLOWED[NOT_OPEN], refused, "the diocese")
        membership = "none"
    return SchoolScreening(school.name, school.category, school.form, membership, fact)


def _by_the_case(fact: Fact, code: str, answer: str, says: str, ask: str) -> Fact:
    """Give the answer that rests on what the case says, in the place of the one that the knowledge base gives."""
    return replace(
        fact, code=code, answer=answer, says=says, mark="named", status="in_force",
        references=(), ask=ask, since=None, shared=False, later_text=False,
    )  # fmt: skip


def _joins_later(option: str, school: School, membership: Membership, knowledge: KnowledgeOfDay) -> bool:
    """Whether a school can be a member only from a later day: of any option that has no place for it, or of those the case names."""
    if isinstance(school.joins_later, dict):
        return option in school.joins_later and school.joins_later[option] > knowledge.day
    return membership == "none" and school.joins_later is not None and school.joins_later > knowledge.day


def refusal(option: str, school: School, knowledge: KnowledgeOfDay, articles: Articles | None) -> str:
    """Say why a school's diocese would refuse an academy trust, "" where it would not or nobody has asked it.

    A diocese's policy is its own and may change; the case gives it, the knowledge base does not.
    """
    policy = school.diocese_policy
    if knowledge.base.options[option].family != "academy" or articles is None or articles in ACCEPTED.get(policy, (articles,)):
        return ""
    return f"The school's diocese agrees only to an academy trust with {TRUSTS[policy]}, and this one has {ARTICLES[articles]}."


def _status(schools: tuple[SchoolScreening, ...], least: int) -> Status:
    kinds = [one.membership for one in schools]
    full = kinds.count("full") + kinds.count("conditional")
    if full < least:
        return "unknown" if full + kinds.count("unknown") >= least else "closed"
    if any(kind in ("none", "conditional", "unknown") for kind in kinds):
        return "conditional"
    return "open"
