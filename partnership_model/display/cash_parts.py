"""Money in pounds: cash over five years by school, discounted, with break-even, and cost beside score."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from partnership_model.analysis.cost_against_score import dearer_and_worth_less, worth_without_cost
from partnership_model.analysis.overall import whole
from partnership_model.display import cash_words, phrases, words
from partnership_model.display.blocks import Block, Figure, Heading, Paragraph, Table
from partnership_model.display.cost_chart import chart_cost_against_worth, letter
from partnership_model.display.rounding import number
from partnership_model.model.cash import YEARS, Cash

if TYPE_CHECKING:
    from partnership_model.analysis.appraisal import Appraisal
    from partnership_model.knowledge.base import KnowledgeOfDay
    from partnership_model.knowledge.cases import Case

ABOVE = "in pounds; above 0 is a cost, below 0 a saving"
NOT_COUNTED = (
    "Against staying as each school is. Sums are in prices of the facts, without inflation; savings count from year 1, which is "
    "hopeful, since benefits take time to come. Not counted: changes of rolls, of grant or of staff, and what happens after the fifth year."
)


def part(case: Case, appraisal: Appraisal, knowledge: KnowledgeOfDay) -> list[Block]:
    """Give the cash of the group and of each school, and cost beside score."""
    rate = cash_words.rate(knowledge)
    schools = _school_rows(case, appraisal, rate)
    said = f"cash over {YEARS} years, likely figures {ABOVE}"
    return [
        Heading(f"Cash over {YEARS} years", 3),
        Table(f"The group: {said}", _columns("Option", rate), _group_rows(case, appraisal, rate)),
        *([Table(f"Each school: {said}", ("Option", *_columns("School", rate)), schools)] if schools else []),
        Paragraph(_assumed(case, rate, knowledge), "note"),
        *_against_worth(case, appraisal),
    ]


def _columns(first: str, rate: float | None) -> tuple[str, ...]:
    discounted = "Discounted sum" if rate is None else f"Discounted sum, {rate * 100:g}% a year"
    return (first, "Paid once, in year 1", "Each year", f"Over {YEARS} years", discounted, "May lie", "Paid for itself")


def _cells(cash: Cash | None, rate: float | None, absent: str) -> tuple[str | int, ...]:
    if cash is None:
        return (absent,) * 6
    plain = cash.over()
    discounted: str | int = cash_words.NOT_KNOWN if rate is None else whole(cash.over(YEARS, rate).likely)
    sums = (cash.once.likely, cash.yearly.likely, plain.likely)
    return (*map(whole, sums), discounted, cash_words.between(plain), cash_words.paid_off(cash))


def _group_rows(case: Case, appraisal: Appraisal, rate: float | None) -> tuple[tuple[str | int, ...], ...]:
    return tuple(
        (
            option.label,
            *_cells(cash_words.of_group(case, option), rate, cash_words.NOT_KNOWN if option.money.by_school else cash_words.NOT_IN_IT),
        )
        for option in appraisal.problem.options
    )


def _school_rows(case: Case, appraisal: Appraisal, rate: float | None) -> tuple[tuple[str | int, ...], ...]:
    rows = []
    for option in appraisal.problem.options:
        if option.key == "stay":  # what everything is held against: nothing is paid and nothing saved
            continue
        cash = cash_words.of_schools(case, option)
        for school in case.members:
            absent = cash_words.NOT_KNOWN if school.name in cash else cash_words.NOT_IN_IT
            rows.append((option.label, school.name, *_cells(cash.get(school.name), rate, absent)))
    return tuple(rows)


def _assumed(case: Case, rate: float | None, knowledge: KnowledgeOfDay) -> str:
    """Say what the sums rest on, the rate and the uplift among it."""
    found = knowledge.parameter(cash_words.DISCOUNT)
    said = [NOT_COUNTED]
    if rate is not None and found:
        said.append(f"Discounted at {rate * 100:g}% a year from the second year on, as the Treasury Green Book has it ({found.mark}).")
    uplift = case.file.money.optimism_bias
    if uplift is None:
        said.append("Costs are not raised for optimism: the case gives no uplift (`money`, its `optimism_bias`).")
    else:
        said.append(f"Costs here are raised by {uplift:g}% for optimism, as the case says; the scores rest on costs that are not raised.")
    return " ".join(said)


def _against_worth(case: Case, appraisal: Appraisal) -> list[Block]:
    """Put what the group pays beside what each option is worth without its cost; nothing while the order is withheld."""
    problem = appraisal.problem
    worths = worth_without_cost(problem) if appraisal.withheld is None else None
    if worths is None:
        return []
    cash = {option.key: cash_words.of_group(case, option) for option in problem.ranked_options}
    likely = {key: one.over().likely for key, one in cash.items() if one is not None}
    beaten = dearer_and_worth_less(likely, {key: worths[key].likely for key in likely})
    rows = tuple(
        (
            f"{letter(place)}. {words.label_of(problem, key)}",
            whole(likely[key]) if key in likely else cash_words.NOT_KNOWN,
            whole(worths[key].likely),
            phrases.listed(words.label_of(problem, other) for other in beaten.get(key, ())),
        )
        for place, key in enumerate(worths)
    )
    return [
        Figure.of("Cost beside what each option is worth without its cost", chart_cost_against_worth(problem, likely, worths)),
        Table(
            f"Cost over {YEARS} years in pounds, beside worth without cost",
            ("Option", f"Cost over {YEARS} years, likely", "Worth without cost, 0 to 100", "Costs no less and is worth no more than"),
            rows,
        ),
        Paragraph(
            "Cost is left out of the worth here, so that it is not counted on both sides; no price of a point follows from it.", "note"
        ),
    ]


def data(case: Case, appraisal: Appraisal, knowledge: KnowledgeOfDay) -> dict[str, Any]:
    """Give the cash for `result.json`, in pounds."""
    rate = cash_words.rate(knowledge)
    uplift = case.file.money.optimism_bias
    return {
        "years": YEARS,
        "discount_rate": None if rate is None else number(rate),
        "optimism_bias": None if uplift is None else number(uplift / 100),
        "options": [
            {
                "id": option.key,
                "group": _sums(cash_words.of_group(case, option), rate),
                "schools": {school: _sums(cash, rate) for school, cash in cash_words.of_schools(case, option).items()},
            }
            for option in appraisal.problem.options
        ],
    }


def _sums(cash: Cash | None, rate: float | None) -> dict[str, Any] | None:
    if cash is None:
        return None
    sums = {"once": cash.once, "yearly": cash.yearly, "total": cash.over(), "discounted": None if rate is None else cash.over(YEARS, rate)}
    return {
        key: None if amount is None else {name: number(value) for name, value in amount.model_dump().items()}
        for key, amount in sums.items()
    }
