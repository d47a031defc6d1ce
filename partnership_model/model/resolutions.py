"""Which body has to resolve on what, by the facts of the day, and what the case says has come of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from partnership_model.knowledge.relied_on import CONSENTS
from partnership_model.knowledge.resolutions import BODIES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from partnership_model.knowledge.base import KnowledgeOfDay
    from partnership_model.knowledge.cases import Case, School
    from partnership_model.knowledge.facts import Mark
    from partnership_model.knowledge.resolutions import Body, Resolution
    from partnership_model.model.problem import DecisionProblem

ACADEMY = "academy"  # the sector in which a trust's board stands in the place of a governing body


@dataclass(frozen=True)
class Needed:
    """A body that has to resolve, at one school and for one option, because a fact says so.

    Attributes:
        body: None where nobody knows who has to; `ask` then says whom to ask.
        mark: of the fact.
    """

    body: Body | None
    school: str
    option: str
    mark: Mark
    ask: str | None


@dataclass(frozen=True)
class Standing:
    """How one resolution stands: of one kind of body, at some schools, on some options.

    Attributes:
        body: None where nobody knows who has to resolve.
        resolution: what the case says of it; None where the case has forgotten it.
        marks: of the facts that say that it is needed; none where only the case names it.
        asks: whom to ask about facts that are not sourced.
    """

    body: Body | None
    schools: tuple[str, ...]
    options: tuple[str, ...]
    resolution: Resolution | None
    marks: tuple[Mark, ...] = ()
    asks: tuple[str, ...] = ()


def needed(case: Case, problem: DecisionProblem, knowledge: KnowledgeOfDay) -> Iterator[Needed]:
    """Give every body that has to resolve before a school can take part in an option that is not closed.

    Staying needs nobody. A school that is a member already has resolved. A school that is only invited resolves as the others do.
    """
    for option in problem.options:
        if option.key == "stay" or option.status == "closed" or option.key not in knowledge.options:
            continue
        inside = {one.school for one in option.screening.schools if one.takes_part}
        members_today = next(one.members_today for one in case.options if one.option == option.key)
        for school in case.file.schools:
            if school.name not in members_today and (school.role == "invited" or school.name in inside):
                yield from _of_school(school, option.key, knowledge)


def _of_school(school: School, option: str, knowledge: KnowledgeOfDay) -> Iterator[Needed]:
    fact = knowledge.fact(CONSENTS, option, school.category, school.form)
    if fact.code == "not_open":
        return
    bodies = knowledge.base.attributes[CONSENTS].resolved_by.get(fact.code or "", ())
    if not bodies:
        yield Needed(None, school.name, option, fact.mark, fact.ask)
    own: Body = "trust_board" if knowledge.base.categories[school.category].sector == ACADEMY else "governing_body"
    # The bodies that all schools share are asked by those that decide; an invited school answers for itself.
    for body in bodies if school.role == "member" else bodies[:1]:
        yield Needed(own if body == "governing_body" else body, school.name, option, fact.mark, fact.ask)


def standings(case: Case, problem: DecisionProblem, knowledge: KnowledgeOfDay) -> tuple[Standing, ...]:
    """Put what is needed beside what the case says, schools and options with the same answer together.

    What the case names and no fact asks for comes last.
    """
    every = list(needed(case, problem, knowledge)) if CONSENTS in knowledge.base.attributes else []
    cells: dict[tuple[Body | None, int | None, str], list[Needed]] = {}
    for one in every:
        cells.setdefault((one.body, _matching(case, one), one.school), []).append(one)
    rows: dict[tuple[Body | None, int | None, tuple[str, ...]], list[Needed]] = {}
    for (body, place, _), found in cells.items():
        rows.setdefault((body, place, tuple(one.option for one in found)), []).extend(found)
    made = [_standing(case, body, place, options, found) for (body, place, options), found in rows.items()]
    used = {place for _, place, _ in rows}
    more = [
        Standing(one.body, one.schools or tuple(school.name for school in case.members), one.options, one)
        for place, one in enumerate(case.file.resolutions)
        if place not in used
    ]
    order = {body: place for place, body in enumerate(BODIES)}
    return (*sorted(made, key=lambda one: order[one.body] if one.body else len(order)), *more)


def _standing(case: Case, body: Body | None, place: int | None, options: tuple[str, ...], found: list[Needed]) -> Standing:
    resolution = None if place is None else case.file.resolutions[place]
    schools = tuple(dict.fromkeys(one.school for one in found))
    marks = tuple(dict.fromkeys(one.mark for one in found))
    return Standing(body, schools, options, resolution, marks, tuple(dict.fromkeys(one.ask for one in found if one.ask)))


def _matching(case: Case, one: Needed) -> int | None:
    """Give the place of the resolution that the case has for what is needed."""
    members = [school.name for school in case.members]
    for place, said in enumerate(case.file.resolutions):
        if said.body == one.body and one.school in (said.schools or members) and (not said.options or one.option in said.options):
            return place
    return None
