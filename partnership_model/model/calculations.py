"""Questions that a sum answers: the top-slice in pounds, what set-up costs after grants, when it pays, and what shakes it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from partnership_model.knowledge.relied_on import ELIGIBILITY, PARTNER_DEFICIT, SHARED_DEBTS
from partnership_model.knowledge.schema import Range
from partnership_model.model.money import FIXED, NOTHING, ONCE, money_lines, reversed_sign, scaled, total
from partnership_model.model.screening import screen

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from partnership_model.knowledge.base import KnowledgeOfDay
    from partnership_model.knowledge.cases import ChosenOption, School
    from partnership_model.knowledge.facts import Fact
    from partnership_model.knowledge.questions import Calculation

FALL = 0.1  # a tenth of the pupils, the case that governors ask about
NOT_OPEN = "Not open to this school."


@dataclass(frozen=True)
class Calculated:
    """The answer to one question for one school under one option.

    Attributes:
        amount: in `unit`; None where it cannot be worked out.
        unit: `GBP_a_year`, `GBP_once`, `years`, or `GBP_per_pupil_per_year`.
        facts: what it was worked out from.
        missing: what would be needed, where it cannot be worked out.
        says: a result that is no figure.
        at_present: the same figure without the change that is asked about.
    """

    calculation: Calculation
    option: str
    school: str
    amount: Range | None
    unit: str
    facts: tuple[Fact, ...] = ()
    missing: str = ""
    says: str = ""
    at_present: Range | None = None


@dataclass(frozen=True)
class Asked:
    """One school's question about one option, with what is known.

    Attributes:
        schools: the schools that decide, the one that asks among them.
        years: over how many years set-up is spread.
        least: how many full members an option needs.
        chosen: what the case says of the option.
    """

    option: str
    school: School
    schools: Sequence[School]
    knowledge: KnowledgeOfDay
    years: int
    least: int = 2
    chosen: ChosenOption | None = None

    def fact(self, attribute: str) -> Fact:
        """Give the fact for this school under this option."""
        return self.knowledge.fact(attribute, self.option, self.school.category, self.school.form)

    def at_present(self, attribute: str) -> Fact:
        """Give the fact for this school as it stands today."""
        return self.knowledge.fact(attribute, "stay", self.school.category, self.school.form)

    def says(self, name: Calculation, says: str, facts: tuple[Fact, ...] = (), unit: str = "") -> Calculated:
        """Give a result that is no figure."""
        return Calculated(name, self.option, self.school.name, None, unit, facts, says=says)

    def lacks(self, name: Calculation, missing: str, facts: tuple[Fact, ...] = (), unit: str = "") -> Calculated:
        """Say what would be needed."""
        return Calculated(name, self.option, self.school.name, None, unit, facts, missing=missing)

    def gives(self, name: Calculation, unit: str, amount: Range | None, facts: tuple[Fact, ...]) -> Calculated:
        """Give an amount, or what is missing where a fact behind it is not known."""
        if any(fact.code == "not_open" for fact in facts):
            return self.says(name, NOT_OPEN, facts, unit)
        unknown = [fact for fact in facts if not fact.known or fact.amount is None]
        if unknown:
            return self.lacks(name, f"ask {'; '.join(dict.fromkeys(fact.ask for fact in unknown if fact.ask))}", facts, unit)
        return Calculated(name, self.option, self.school.name, amount, unit, facts)


def calculate(name: Calculation, asked: Asked) -> Calculated | None:
    """Answer one question for one school under one option; None for what the way out or the robustness answers."""
    work = _WORK.get(name)
    if work is None:
        return None
    eligibility = asked.fact(ELIGIBILITY)
    if eligibility.code == "not_open":
        return asked.says(name, NOT_OPEN, (eligibility,))
    return work(asked)


def _top_slice(asked: Asked) -> Calculated:
    fact = asked.fact("top_slice")
    return asked.gives("top_slice_in_pounds", "GBP_a_year", scaled(fact.amount or NOTHING, asked.school.budget / 100), (fact,))


def _bought_in(asked: Asked) -> Calculated:
    slice_, kept = asked.fact("top_slice"), asked.fact("services_replaced")
    amounts = (slice_.amount or NOTHING, kept.amount or NOTHING)
    share = asked.school.budget / 10_000
    worth = Range(
        low=amounts[0].low * amounts[1].low * share,
        likely=amounts[0].likely * amounts[1].likely * share,
        high=amounts[0].high * amounts[1].high * share,
    )
    return asked.gives("bought_in_today", "GBP_a_year", worth, (slice_, kept))


def _set_up(asked: Asked) -> Calculated:
    cost, grant = asked.fact("set_up_cost"), asked.fact("grant")
    left = total((cost.amount or NOTHING, reversed_sign(grant.amount or NOTHING)))
    return asked.gives("set_up_less_grant", "GBP_once", left, (cost, grant))


def _yearly(asked: Asked) -> tuple[Range, tuple[Fact, ...]]:
    """Give what a school pays more each year, in pounds, without what is paid once."""
    lines = [line for line in money_lines(asked.option, asked.school, asked.knowledge, asked.years) if line.item not in ONCE]
    return scaled(total(line.amount for line in lines), asked.school.pupils), tuple(fact for line in lines for fact in line.facts)


def _break_even(asked: Asked) -> Calculated:
    """Divide what is paid once by what is saved each year; where nothing is saved it never pays."""
    once, (yearly, facts) = _set_up(asked), _yearly(asked)
    answer = asked.gives("break_even", "years", NOTHING, (*once.facts, *facts))
    if answer.amount is None or once.amount is None:
        return answer
    saved, paid = reversed_sign(yearly), once.amount
    if paid == saved == NOTHING:
        return asked.says("break_even", "Nothing is paid and nothing is saved, so there is nothing to pay back.", answer.facts, "years")
    best, likely, worst = _years(paid.low, saved.high), _years(paid.likely, saved.likely), _years(paid.high, saved.low)
    if best is None:
        return asked.says("break_even", "Never: it saves nothing each year.", answer.facts, "years")
    if likely is not None and worst is not None:
        return asked.gives("break_even", "years", Range(low=best, likely=likely, high=worst), answer.facts)
    said = "Likely never" if likely is None else f"Likely after {likely:.1f} years, but perhaps never"
    return asked.says("break_even", f"{said}; after {best:.1f} years at best.", answer.facts, "years")


def _years(paid: float, saved: float) -> float | None:
    """Give how many years of saving pay back what is paid once; None where it never does."""
    if paid <= 0 <= saved:
        return 0.0
    return paid / saved if saved > 0 else None


def _rolls_fall(asked: Asked) -> Calculated:
    """Take a tenth of the pupils and of the budget from the school, and work its cost a pupil out again.

    What is paid once, charges and savings stay the same in pounds and are shared by fewer pupils; the top-slice falls with
    the budget. How the budget itself is made up, lump sum included, is not modelled.
    """
    pupils, budget = max(1, round(asked.school.pupils * (1 - FALL))), asked.school.budget * (1 - FALL)
    fewer = asked.school.model_copy(update={"pupils": pupils, "budget": budget})
    today = money_lines(asked.option, asked.school, asked.knowledge, asked.years)
    then = money_lines(asked.option, fewer, asked.knowledge, asked.years)
    thinner = asked.school.pupils / pupils
    amount = total(scaled(line.amount, thinner) if line.item in FIXED else line.amount for line in then)
    answer = asked.gives("rolls_fall", "GBP_per_pupil_per_year", amount, tuple(fact for line in today for fact in line.facts))
    return answer if answer.amount is None else replace(answer, at_present=total(line.amount for line in today))


def _partner_deficit(asked: Asked) -> Calculated:
    """Share the partners' deficits out by pupils, where the option makes one purse and the case gives every balance."""
    then, today = asked.fact(PARTNER_DEFICIT), asked.at_present(PARTNER_DEFICIT)
    if then.code not in SHARED_DEBTS:
        return asked.says("partner_deficit", f"{then.answer}.", (then,), "GBP_once")
    if today.code in SHARED_DEBTS or asked.knowledge.base.options[asked.option].outsiders:
        says = "the case holds no balances of the schools outside the group; ask for their accounts"
        return asked.lacks("partner_deficit", says, (then,), "GBP_once")
    inside = screen(asked.option, asked.schools, asked.knowledge, asked.least, asked.chosen)
    taking_part = {one.school for one in inside.schools if one.takes_part}
    others = [one for one in asked.schools if one.name in taking_part and one.name != asked.school.name]
    unknown = [one.name for one in others if one.balance is None]
    if unknown:
        return asked.lacks("partner_deficit", f"no balance is given for {', '.join(unknown)}", (then,), "GBP_once")
    deficits = sum(-one.balance for one in others if one.balance is not None and one.balance < 0)
    shared = deficits * asked.school.pupils / (asked.school.pupils + sum(one.pupils for one in others))
    amount = Range(low=0, likely=shared, high=deficits)
    return Calculated("partner_deficit", asked.option, asked.school.name, amount, "GBP_once", (then,))


def _without_one(asked: Asked) -> Calculated:
    """Screen the option again without this school, and say what the law makes of its no."""
    rest = [one for one in asked.schools if one.name != asked.school.name]
    status = screen(asked.option, rest, asked.knowledge, asked.least, asked.chosen).status
    plain = {"open": "open", "conditional": "open if others consent", "closed": "closed", "unknown": "not decided"}[status]
    refusal = asked.fact("one_school_says_no")
    name = asked.school.name
    says = f"Without {name} it is {plain} for the others. If {name} says no: {refusal.answer[:1].lower()}{refusal.answer[1:]}."
    return asked.says("without_one_school", says, (asked.fact(ELIGIBILITY), refusal))


_WORK: dict[str, Callable[[Asked], Calculated]] = {
    "top_slice_in_pounds": _top_slice,
    "bought_in_today": _bought_in,
    "set_up_less_grant": _set_up,
    "break_even": _break_even,
    "rolls_fall": _rolls_fall,
    "partner_deficit": _partner_deficit,
    "without_one_school": _without_one,
}
