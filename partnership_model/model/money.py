"""Money: what an option costs or saves each school a pupil and year, against staying as it is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from partnership_model.knowledge.schema import Range

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from partnership_model.knowledge.base import KnowledgeOfDay
    from partnership_model.knowledge.cases import School
    from partnership_model.knowledge.facts import Fact
    from partnership_model.model.screening import OptionScreening

MONEY_ATTRIBUTES = ("set_up_cost", "grant", "running_cost", "top_slice", "services_replaced", "savings")
ONCE = ("set-up", "grant")  # the items that are paid or received once
FIXED = ("charges and new duties", "savings")  # the items that stay the same in pounds when pupils come or go
NOTHING = Range(low=0, likely=0, high=0)


@dataclass(frozen=True)
class MoneyLine:
    """One item of the money table: pounds a pupil and year for one school; above zero is a cost."""

    option: str
    school: str
    item: str
    amount: Range
    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class MoneyTable:
    """What one option costs each school, and the group's mean, weighted by pupils."""

    option: str
    lines: tuple[MoneyLine, ...]
    by_school: dict[str, Range]
    group: Range
    years: int

    @property
    def unknown(self) -> tuple[Fact, ...]:
        """Give the facts that nobody knows; while there are any, the figures say nothing."""
        return tuple(dict.fromkeys(fact for line in self.lines for fact in line.facts if not fact.known))


def money_table(
    screening: OptionScreening, schools: Sequence[School], knowledge: KnowledgeOfDay, years: int, members_today: Sequence[str] = ()
) -> MoneyTable:
    """Work out the cost of one option from the money facts of the day.

    Set-up less grant is spread evenly over the years without discounting; the part of a top-slice that buys what
    the school pays for today is no extra cost. The low figure is the cheapest, the high one the dearest.

    Args:
        screening: which schools take part, and how.
        schools: the schools that decide, in the same order.
        knowledge: the facts of the day.
        years: over how many years set-up is spread.
        members_today: the schools that are members already, for which nothing changes.
    """
    lines: list[MoneyLine] = []
    by_school: dict[str, Range] = {}
    for school, screened in zip(schools, screening.schools, strict=True):
        if not screened.takes_part:
            continue
        found = money_lines(screening.option, school, knowledge, years)
        if school.name in members_today:
            found = [replace(line, amount=NOTHING, facts=()) for line in found]
        lines += found
        by_school[school.name] = total(line.amount for line in found)
    pupils = {school.name: school.pupils for school in schools}
    everyone = sum(pupils[name] for name in by_school) or 1
    group = total(scaled(amount, pupils[name] / everyone) for name, amount in by_school.items())
    return MoneyTable(screening.option, tuple(lines), by_school, group, years)


def money_lines(option: str, school: School, knowledge: KnowledgeOfDay, years: int) -> list[MoneyLine]:
    """Give the items of one school's cost under one option, a pupil and year, whether or not it takes part."""
    facts = {name: knowledge.fact(name, option, school.category, school.form) for name in MONEY_ATTRIBUTES}
    amounts = {name: fact.amount or NOTHING for name, fact in facts.items()}
    spread = 1 / (years * school.pupils)
    slice_ = scaled(amounts["top_slice"], school.budget / school.pupils / 100)
    kept = scaled(amounts["services_replaced"], 1 / 100)
    items = {
        "set-up": (scaled(amounts["set_up_cost"], spread), ("set_up_cost",)),
        "grant": (reversed_sign(scaled(amounts["grant"], spread)), ("grant",)),
        "charges and new duties": (amounts["running_cost"], ("running_cost",)),
        "top-slice, less services it replaces": (
            Range(
                low=slice_.low * (1 - kept.high),
                likely=slice_.likely * (1 - kept.likely),
                high=slice_.high * (1 - kept.low),
            ),
            ("top_slice", "services_replaced"),
        ),
        "savings": (reversed_sign(amounts["savings"]), ("savings",)),
    }
    return [MoneyLine(option, school.name, item, amount, tuple(facts[name] for name in names)) for item, (amount, names) in items.items()]


def scaled(amount: Range, factor: float) -> Range:
    """Multiply a range by a factor that is not negative."""
    return Range(low=amount.low * factor, likely=amount.likely * factor, high=amount.high * factor)


def reversed_sign(amount: Range) -> Range:
    """Turn a saving into a cost: the largest saving becomes the lowest cost."""
    return Range(low=-amount.high, likely=-amount.likely, high=-amount.low)


def total(amounts: Iterable[Range]) -> Range:
    """Add ranges: the lows, the likelies and the highs."""
    found = list(amounts)
    return Range(low=sum(one.low for one in found), likely=sum(one.likely for one in found), high=sum(one.high for one in found))
