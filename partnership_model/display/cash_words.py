"""Cash over five years, as figures and sentences: the same for the table of money, the shortlist and `result.json`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partnership_model.analysis.overall import whole
from partnership_model.display import phrases
from partnership_model.model.cash import YEARS, Cash, behind_from, break_even, cash_by_school, together

if TYPE_CHECKING:
    from partnership_model.knowledge.base import KnowledgeOfDay
    from partnership_model.knowledge.cases import Case
    from partnership_model.knowledge.schema import Range
    from partnership_model.model.problem import ProblemOption

NOT_KNOWN, NOT_IN_IT = "not known", "not in it"
DISCOUNT = "discount_rate"


def of_schools(case: Case, option: ProblemOption) -> dict[str, Cash | None]:
    """Give the cash of each school that takes part, raised by the case's uplift for optimism where it gives one."""
    uplift = (case.file.money.optimism_bias or 0.0) / 100
    return cash_by_school(option.money, {school.name: school.pupils for school in case.members}, uplift)


def of_group(case: Case, option: ProblemOption) -> Cash | None:
    """Give the cash of all schools together; None where one is not known or none takes part."""
    return together(of_schools(case, option).values())


def rate(knowledge: KnowledgeOfDay) -> float | None:
    """Give the share by which each later year counts less, as the Treasury sets it on the day; None where it is not known."""
    found = knowledge.parameter(DISCOUNT)
    return found.amount.likely / 100 if found and found.amount else None


def in_short(case: Case, option: ProblemOption, knowledge: KnowledgeOfDay) -> str:
    """Say what an option costs or saves the group over the years."""
    cash = of_group(case, option)
    if cash is None:
        return NOT_KNOWN if option.money.by_school else NOT_IN_IT
    plain = cash.over()
    if whole(plain.low) == whole(plain.high) == 0:
        return f"Over {YEARS} years nothing is paid and nothing saved, since nothing changes."
    said = f"Over {YEARS} years the group likely {_spoken(plain.likely)}; it may lie anywhere {between(plain)}."
    part = rate(knowledge)
    return said if part is None else f"{said} Discounted, it likely {_spoken(cash.over(YEARS, part).likely)}."


def between(amount: Range) -> str:
    """Say from what to what a sum may lie, no more exactly than estimates allow.

    >>> from partnership_model.knowledge.schema import Range
    >>> between(Range(low=-109875, likely=0, high=20))
    'from saves £110,000 to costs £20'
    """
    low, high = about(amount.low), about(amount.high)
    return "no more and no less" if low == high else f"from {phrases.pounds(low)} to {phrases.pounds(high)}"


def about(amount: float) -> int:
    """Round a sum to two figures.

    >>> about(-109875), about(3325), about(85), about(0)
    (-110000, 3300, 85, 0)
    """
    return int(float(f"{whole(amount):.2g}"))


def _spoken(amount: float) -> str:
    return phrases.pounds(about(amount)) if about(amount) else "costs nothing and saves nothing"


def paid_off(cash: Cash) -> str:
    """Say when savings have paid for what was paid once, on the likely figures and at both ends."""
    likely = _when(cash.once.likely, cash.yearly.likely)
    best, worst = _when(cash.once.low, cash.yearly.low), _when(cash.once.high, cash.yearly.high)
    return likely if best == worst else f"{likely} (at best: {best}; at worst: {worst})"


def _when(once: float, yearly: float) -> str:
    if whole(once) == 0 and whole(yearly) == 0:
        return "nothing to pay back"
    year = break_even(once, yearly)
    if year is not None:
        return "from the start" if year == 1 and once <= 0 else f"in year {year}"
    behind = behind_from(once, yearly)
    return "never" if behind in (None, 1) else f"ahead at the start, behind from year {behind}"
