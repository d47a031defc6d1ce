"""Cash: what an option costs or saves each school in pounds, year by year, discounted, and when it has paid for itself."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from partnership_model.knowledge.schema import Range
from partnership_model.model.money import ONCE, scaled, total

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from partnership_model.model.money import MoneyTable

YEARS = 5
COSTS = ("set-up", "charges and new duties", "top-slice, less services it replaces")  # what an uplift for optimism raises


@dataclass(frozen=True)
class Cash:
    """What is paid once, in the first year, and what every year, against staying as it is; above zero is a cost."""

    once: Range
    yearly: Range

    def year(self, number: int) -> Range:
        """Give the cash of one year; what is paid once is paid in the first."""
        return total([self.once, self.yearly]) if number == 1 else self.yearly

    def over(self, years: int = YEARS, rate: float = 0.0) -> Range:
        """Add up the years; later years count less by the rate, and the first counts in full."""
        return total(scaled(self.year(number), (1 + rate) ** (1 - number)) for number in range(1, years + 1))


def cash_by_school(money: MoneyTable, pupils: Mapping[str, int], uplift: float = 0.0) -> dict[str, Cash | None]:
    """Give the cash of every school that takes part; None where something that it rests on is not known.

    Args:
        money: what the option costs a pupil and year, with what is paid once spread over its years.
        pupils: how many each school has.
        uplift: the share by which estimated costs are raised; savings and grants stay as they are.
    """
    found: dict[str, Cash | None] = {}
    for school in money.by_school:
        lines = [line for line in money.lines if line.school == school]
        if not all(fact.known for line in lines for fact in line.facts):
            found[school] = None
            continue
        sums = {line.item: _raised(scaled(line.amount, pupils[school]), uplift if line.item in COSTS else 0.0) for line in lines}
        once = scaled(total(amount for item, amount in sums.items() if item in ONCE), money.years)
        found[school] = Cash(once, total(amount for item, amount in sums.items() if item not in ONCE))
    return found


def _raised(amount: Range, share: float) -> Range:
    """Raise what is a cost; an end below zero is a saving and stays."""
    low, likely, high = (part * (1 + share) if part > 0 else part for part in (amount.low, amount.likely, amount.high))
    return Range(low=low, likely=likely, high=high)


def together(each: Iterable[Cash | None]) -> Cash | None:
    """Add the cash of several schools; None where one of them is not known, or there is none."""
    found = list(each)
    known = [one for one in found if one is not None]
    if not known or len(known) < len(found):
        return None
    return Cash(total(one.once for one in known), total(one.yearly for one in known))


def break_even(once: float, yearly: float) -> int | None:
    """Give the year by whose end savings have paid for what was paid once; None where that never comes.

    >>> break_even(5000, -2000), break_even(0, -1), break_even(5000, 0), break_even(0, 0)
    (3, 1, None, 1)
    """
    if yearly > 0 or (yearly == 0 and once > 0):
        return None
    return max(1, math.ceil(once / -yearly)) if yearly < 0 else 1


def behind_from(once: float, yearly: float) -> int | None:
    """Give the year in which what was received once is used up by what is paid each year; None where that never comes.

    >>> behind_from(-5000, 2000), behind_from(-4000, 2000), behind_from(5000, 2000), behind_from(-5000, 0)
    (3, 3, 1, None)
    """
    if yearly <= 0:
        return 1 if once + yearly > 0 else None
    return max(1, math.floor(-once / yearly) + 1)
