"""Getting out again: who can take a school out, where it lands, and which doors stay open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from partnership_model.knowledge.relied_on import DECIDER, LANDING
from partnership_model.knowledge.schema import Range
from partnership_model.model.money import scaled, total

if TYPE_CHECKING:
    from collections.abc import Sequence

    from partnership_model.knowledge.base import KnowledgeOfDay
    from partnership_model.knowledge.facts import Fact
    from partnership_model.model.screening import OptionScreening


@dataclass(frozen=True)
class WayOut:
    """How one option can be left again.

    Attributes:
        points: 0 to 100 for the group, from the shown rule.
        doors: the other options of the case that can still be reached afterwards.
        closed_doors: those that cannot.
        facts: for each school, who decides and where it lands.
    """

    option: str
    points: Range
    doors: tuple[str, ...]
    closed_doors: tuple[str, ...]
    facts: dict[str, tuple[Fact, Fact]]


def doors_after(option: str, options: Sequence[str], knowledge: KnowledgeOfDay) -> tuple[str, ...]:
    """Give the options to which a school that took one may lawfully go on, in one move.

    Moves are recorded for a school that was maintained before; longer routes are not strung together, since a
    collaboration of academies leads elsewhere than one of maintained schools.
    """
    moves = {other: knowledge.may_go(option, other) for other in options if other != option}
    return tuple(other for other, move in moves.items() if move is not None and move.open)


def way_out(screening: OptionScreening, options: Sequence[str], knowledge: KnowledgeOfDay) -> WayOut:
    """Work out the way out of one option for the group: the mean over its schools.

    Args:
        screening: which schools take part, and how.
        options: all options of the case; the doors are the others among them.
        knowledge: the facts of the day and the rule that gives points.
    """
    rule = knowledge.base.derive.exit
    others = [one for one in options if one != screening.option]
    doors = doors_after(screening.option, options, knowledge)
    open_share = 100.0 * len(doors) / len(others) if others else 100.0
    facts: dict[str, tuple[Fact, Fact]] = {}
    points: list[Range] = []
    for one in screening.schools:
        if not one.takes_part:
            continue
        decider = knowledge.fact(DECIDER, screening.option, one.category, one.form)
        landing = knowledge.fact(LANDING, screening.option, one.category, one.form)
        facts[one.school] = (decider, landing)
        parts = (
            scaled(_points(rule.decider, decider), rule.shares["decider"]),
            scaled(_points(rule.landing, landing), rule.shares["landing"]),
            scaled(Range(low=open_share, likely=open_share, high=open_share), rule.shares["doors"]),
        )
        points.append(total(parts))
    mean = total(scaled(one, 1 / len(points)) for one in points) if points else Range(low=0, likely=50, high=100)
    return WayOut(screening.option, mean, doors, tuple(one for one in others if one not in doors), facts)


def _points(table: dict[str, Range], fact: Fact) -> Range:
    return table.get(fact.code or "unknown", table["unknown"])
