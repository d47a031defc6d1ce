"""The doors that lead on from an option for one school: where it could lawfully go next, and which steps have no way back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from partnership_model.knowledge.relied_on import CONSENTS, DECIDER, LANDING, SET_UP_MONTHS
from partnership_model.model.screening import MEMBER_TODAY, screen

if TYPE_CHECKING:
    from partnership_model.knowledge.base import KnowledgeOfDay
    from partnership_model.knowledge.cases import Case, School
    from partnership_model.knowledge.catalogue import MoveValue
    from partnership_model.knowledge.facts import Fact, Status
    from partnership_model.knowledge.schema import Range
    from partnership_model.model.screening import SchoolScreening

Opening = Literal["open", "associate", "member", "later", "closed", "unknown"]
Back = Literal["same", "other", "hard", "none", "unknown"]
AS_TODAY = ("stay", "collaboration")  # inside these a school is in law what it is today
_LANDS: dict[str | None, Back] = {"same_category": "same", "none_needed": "same", "other_category": "other", "another_trust": "none"}
_BACK: dict[str | None, Back] = {"easy": "same", "medium": "same", "hard": "hard", "none": "none"}
_OPENING: dict[str, Opening] = {"associate": "associate", "later": "later", "unknown": "unknown"}


@dataclass(frozen=True)
class Door:
    """One option to which a school might go on.

    Attributes:
        option: where the door leads; `stay` is the way out, to life outside any group.
        back: whether the step through it can be taken back: to what the school was (`same`), to another kind of
            school (`other`), with difficulty (`hard`), or by no way that was found (`none`).
        applies, consents: who sets the step going, and who must agree.
        lands: what the school would be.
        says: why the door is closed, or what is known of it.
        mark: how well that is known; `ask` says whom to ask where it is not sourced.
    """

    option: str
    opening: Opening
    back: Back
    says: str
    mark: str
    ask: str | None = None
    months: Range | None = None
    applies: str = ""
    consents: str = ""
    lands: str = ""
    status: Status = "in_force"

    @property
    def leads_on(self) -> bool:
        """Whether one may go through it on the day."""
        return self.opening in ("open", "associate", "member")


@dataclass(frozen=True)
class Doors:
    """Where one school stands in an option, and where it could go from there.

    Attributes:
        start: how the school takes part in the option where it stands; with no place in it there are no doors.
        here: what it is there, where the law on the step into the option says so.
        landing: what it would be after leaving.
        doors: one for each other option of the case.
    """

    option: str
    start: SchoolScreening
    here: str
    landing: Fact
    doors: tuple[Door, ...]

    @property
    def open(self) -> tuple[Door, ...]:
        """Give the doors that one may go through on the day."""
        return tuple(door for door in self.doors if door.leads_on)


def doors_from(start: str, school: School, case: Case, knowledge: KnowledgeOfDay) -> Doors:
    """Give the doors that lead on from an option for one school.

    Moves are recorded for schools that the council maintains. Where a school is in law what it is today, the facts of
    its own category and present form say what it takes; an associate goes on from where it is today.
    """
    places = {one.option: screen(one.option, (school,), knowledge, chosen=one).schools[0] for one in case.options}
    place = places[start]
    landing = knowledge.fact(LANDING, start, school.category, school.form)
    if place.membership == "none":
        return Doors(start, place, "", landing, ())
    as_today = start in AS_TODAY or place.membership == "associate"
    into = knowledge.may_go("stay", start)
    here = "" if as_today or into is None else (into.lands or "").partition(";")[0]
    doors = tuple(
        _way_out(place, start, landing, knowledge) if other == "stay" else _door(places[other], other, start, knowledge, as_today=as_today)
        for other in places
        if other != start
    )
    return Doors(start, place, here, landing, doors)


def doors_of(school: School, case: Case, knowledge: KnowledgeOfDay) -> dict[str, Doors]:
    """Give the doors that lead on from each option of the case for one school."""
    return {one.option: doors_from(one.option, school, case, knowledge) for one in case.options}


def _door(place: SchoolScreening, to: str, start: str, knowledge: KnowledgeOfDay, *, as_today: bool) -> Door:
    if not as_today and knowledge.base.options[start].family == "academy":
        return _recorded(to, knowledge.may_go(start, to), None)
    if place.membership == "none":
        return Door(to, "closed", "unknown", place.fact.says, place.fact.mark, place.fact.ask)
    back = _LANDS.get(knowledge.fact(LANDING, to, place.category, place.form).code, "unknown")
    if not as_today and place.membership != "associate":
        return _recorded(to, knowledge.may_go(start, to), back)
    return _entry(place, to, back, knowledge)


def _entry(place: SchoolScreening, to: str, back: Back, knowledge: KnowledgeOfDay) -> Door:
    """Say what it takes to get into an option from where the school is today."""
    member = place.fact.answer == MEMBER_TODAY
    move = knowledge.may_go("stay", to) if place.membership != "associate" and not member else None
    months = knowledge.fact(SET_UP_MONTHS, to, place.category, place.form)
    consents = knowledge.fact(CONSENTS, to, place.category, place.form)
    return Door(
        to,
        "member" if member else _OPENING.get(place.membership, "open"),
        back,
        place.fact.says,
        place.fact.mark,
        place.fact.ask,
        None if member else months.amount or (move.months if move else None),
        consents=consents.answer if consents.known and not member else "",
        lands=(move.lands if move else None) or "",
        status=place.fact.status,
    )


def _recorded(to: str, move: MoveValue | None, back: Back | None) -> Door:
    """Take a door from the recorded moves."""
    if move is None or move.says is None or move.mark is None:
        return Door(to, "unknown", "unknown", "Nothing is recorded here for this day.", "memory", "the council or a solicitor")
    if not move.open:
        return Door(to, "closed", "unknown", move.says, move.mark, move.ask, status=move.status)
    way_back = back or _BACK.get(move.back, "unknown")
    who = move.applies or "", move.consents or ""
    return Door(to, "open", way_back, move.says, move.mark, move.ask, move.months, *who, move.lands or "", move.status)


def _way_out(place: SchoolScreening, start: str, landing: Fact, knowledge: KnowledgeOfDay) -> Door:
    """Say how the school comes out again: the facts of its own category say who decides and where it lands."""
    back = _LANDS.get(landing.code, "unknown")
    decider = knowledge.fact(DECIDER, start, place.category, place.form)
    if back == "none":
        return Door("stay", "closed", "none", landing.says, landing.mark, landing.ask, status=landing.status)
    move = knowledge.may_go(start, "stay")
    taken = move if move and move.open and place.membership != "associate" else None
    return Door(
        "stay",
        "open" if back in ("same", "other") and decider.known else "unknown",
        back,
        landing.says,
        landing.mark,
        landing.ask,
        taken.months if taken else None,
        decider.answer if decider.known else "",
        (taken.consents if taken else None) or "",
        landing.answer if landing.known else "",
        landing.status,
    )
