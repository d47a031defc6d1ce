"""One judgement as the group looks at it: what was judged, what it is worth, whose it is, what stands behind it, what follows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from partnership_model.analysis.appraisal import appraise
from partnership_model.analysis.one_judgement import worth
from partnership_model.analysis.overall import whole
from partnership_model.display import fact_words, phrases, screening_words, tables, words
from partnership_model.display.judgement_grounds import grounds
from partnership_model.display.what_followed import what_followed
from partnership_model.knowledge.schema import plain_day
from partnership_model.model.problem import starting_judgement

if TYPE_CHECKING:
    from collections.abc import Iterable

    from partnership_model.analysis.appraisal import Appraisal
    from partnership_model.display.exploration import Exploration
    from partnership_model.knowledge.facts import Fact
    from partnership_model.model.money import MoneyTable
    from partnership_model.model.problem import DecisionProblem, Judgement

WHOSE = {
    "group": "The group’s own figures",
    "starting": "A starting assumption of the workbook",
    "computed": "Computed from the facts by a rule that is the same for every option",
    "missing": "Missing: nobody has judged it, so the whole scale is taken",
}
WHO_GRADED = {"group": "as the group graded it", "starting": "as the workbook graded it", "computed": "as for everything that is computed"}


def judgement_form(state: Exploration, appraisal: Appraisal, cell: tuple[str, str]) -> dict[str, Any]:
    """Give what the form of one judgement shows: the judgement in short, and the figures that can be changed."""
    one = appraisal.problem.judgements[cell]
    criterion = appraisal.problem.criteria[one.criterion]
    return {
        "option": one.option,
        "criterion": one.criterion,
        "label": words.label_of(appraisal.problem, one.option),
        "about": criterion.label,
        "worst": criterion.worst,
        "best": criterion.best,
        "said": words.judged(one, criterion.scale.unit),
        "why": one.reasoning,
        "grade": words.GRADE[one.grade],
        "whose": words.ORIGIN[one.origin],
        "confirmed": one.confirmed,
        "unit": words.UNIT[criterion.scale.unit],
        "pounds": criterion.derived == "money",
        "behind": _behind(appraisal, one),
        "low": str(whole(one.amount.low)),
        "likely": str(whole(one.amount.likely)),
        "high": str(whole(one.amount.high)),
        "problem": state.problems.get(f"judge-{one.option}-{one.criterion}", ""),
    }


def _behind(appraisal: Appraisal, one: Judgement) -> list[str]:
    """Say what a computed judgement was computed from, so that nobody confirms what they cannot see."""
    option = appraisal.problem.option(one.option)
    if one.origin != "computed":
        return []
    if appraisal.problem.criteria[one.criterion].derived == "money":
        first = next(iter(option.money.by_school))
        lines = [line for line in option.money.lines if line.school == first]
        items = [f"{line.item}: {words.span(line.amount, 'GBP_per_pupil_per_year')} ({_marks(line.facts)})" for line in lines]
        return [f"For {first}, a pupil and year: {'; '.join(items)}."]
    facts = option.way_out.facts
    doors = f"{screening_words.counted_doors(option.way_out)} doors stay open."
    return [
        f"Who can take a school out: {tables.by_answer([(school, pair[0]) for school, pair in facts.items()])}.",
        f"Where it lands: {tables.by_answer([(school, pair[1]) for school, pair in facts.items()])}. {doors}",
    ]


def _marks(facts: Iterable[Fact]) -> str:
    return phrases.listed(phrases.unique(fact.mark for fact in facts))


def panel_view(state: Exploration, appraisal: Appraisal, cell: tuple[str, str]) -> dict[str, Any]:
    """Give everything about one judgement of a ranked option."""
    problem = appraisal.problem
    one, criterion = problem.judgements[cell], problem.criteria[cell[1]]
    starting = starting_judgement(problem.option(cell[0]), cell[1], criterion, state.knowledge)
    found = worth(appraisal.values, problem.weights, *cell)
    return {
        "form": judgement_form(state, appraisal, cell),
        "question": criterion.question,
        "low": round(found.value.low, 1),
        "likely": round(found.value.likely, 1),
        "high": round(found.value.high, 1),
        "value": words.span(found.value),
        "function": criterion.value.why or "",
        "points": _points(appraisal, cell),
        "whose": _whose(state, one),
        "grade": f"Evidence: {words.GRADE[one.grade]}" + (f", {WHO_GRADED[one.origin]}" if one.origin in WHO_GRADED else ""),
        "why": one.reasoning,
        "ask": one.ask,
        "day": plain_day(problem.day),
        "worked_out": _worked_out(problem, one),
        "grounds": grounds(problem, state.knowledge, one),
        "starting": _starting(problem, starting) if one.origin == "group" else "",
        "starting_grounds": grounds(problem, state.knowledge, starting) if one.origin == "group" else (),
        "nothing": nothing_behind(one),
        "followed": _followed(state, appraisal, cell),
    }


def _points(appraisal: Appraisal, cell: tuple[str, str]) -> str:
    """Say what a judgement brings at the weights in use; only the range while the order is withheld."""
    found, label = worth(appraisal.values, appraisal.problem.weights, *cell), appraisal.problem.criteria[cell[1]].label
    if found.share is None or found.points is None:
        return "Nobody has weighed yet, so it brings no points."
    low, high = whole(found.points.low), whole(found.points.high)
    said = words.span(found.points) if appraisal.withheld is None else str(low) if low == high else f"{low} to {high}"
    return f"{label} carries {whole(found.share * 100)} of 100 at the weights in use, so this brings {said} of the option’s points."


def _whose(state: Exploration, one: Judgement) -> str:
    """Say whose a judgement is, and where the group's own figures and confirmations were given."""
    here = (one.option, one.criterion) in state.judgements
    place = "here, in this visit" if here else "in the case’s own judgements.csv"
    if one.origin == "group":
        return f"{WHOSE['group']}, given {place}."
    if here and not one.confirmed:
        return f"{WHOSE[one.origin]}. The group has looked at the figure of another day, not at this one."
    seen = f"The group has looked at it {place}" if one.confirmed else "Nobody in the group has looked at it"
    return f"{WHOSE[one.origin]}. {seen}."


def nothing_behind(one: Judgement) -> str:
    """Say what is not known of the evidence behind a judgement; nothing where something is named."""
    if one.origin == "group":
        return "The group’s own figures rest on the group’s reason; no source is recorded with them."
    return "No fact, study or source is recorded behind it." if one.origin == "missing" else ""


def _starting(problem: DecisionProblem, starting: Judgement) -> str:
    """Say what stood in the place of the group's own figures."""
    unit = problem.criteria[starting.criterion].scale.unit
    if starting.origin == "missing":
        return "Before, nobody had judged it."
    whose = phrases.uncapital(WHOSE[starting.origin])
    return f"In its place stood {words.judged(starting, unit)}: {whose}, evidence {words.GRADE[starting.grade]}. {starting.reasoning}"


def _worked_out(problem: DecisionProblem, one: Judgement) -> tuple[str, tuple[str, ...]] | None:
    """Give the sum behind a computed judgement: what was done, and a line for each school."""
    option = problem.option(one.option)
    if one.origin != "computed":
        return None
    if problem.criteria[one.criterion].derived == "money":
        lines = tuple(_sum(option.money, school) for school in option.money.by_school)
        return f"The sum for each school: pounds a pupil and year, set-up spread over {option.money.years} years", lines
    doors = f"{screening_words.counted_doors(option.way_out)} doors stay open"
    lines = tuple(
        f"{school}: who can take it out: {fact_words.told(out)}; where it lands: {fact_words.told(landing)}; {doors}."
        for school, (out, landing) in option.way_out.facts.items()
    )
    return "What counts for each school", lines


def _sum(money: MoneyTable, school: str) -> str:
    items = [
        f"{line.item} {words.span(line.amount, 'GBP_per_pupil_per_year')}"
        for line in money.lines
        if line.school == school and any((line.amount.low, line.amount.high))
    ]
    together = words.span(money.by_school[school], "GBP_per_pupil_per_year")
    return f"{school}: {'; '.join(items) or 'nothing'}. Together: {together}."


def _followed(state: Exploration, appraisal: Appraisal, cell: tuple[str, str]) -> str:
    """Say what followed from looking at a judgement or changing it in this visit; nothing where neither was done."""
    if cell not in state.judgements:
        return ""
    rest = {other: one for other, one in state.judgements.items() if other != cell}
    return what_followed(appraise(replace(state, judgements=rest).problem), appraisal, cell[0])
