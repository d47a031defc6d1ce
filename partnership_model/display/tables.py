"""Results as frames for readers: words and whole numbers, one row a line of the table. Each is a chart's twin or stands alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from partnership_model.analysis.overall import whole
from partnership_model.display import fact_words, phrases, screening_words, words
from partnership_model.model.changes import same_answer, staff_move

if TYPE_CHECKING:
    from collections.abc import Sequence

    from partnership_model.analysis.appraisal import Appraisal
    from partnership_model.knowledge.base import KnowledgeBase, KnowledgeOfDay
    from partnership_model.knowledge.cases import Case, School
    from partnership_model.knowledge.catalogue import MoveValue
    from partnership_model.knowledge.facts import Fact, Reference
    from partnership_model.knowledge.schema import Range
    from partnership_model.model.money import MoneyLine
    from partnership_model.model.problem import DecisionProblem


def status_table(problem: DecisionProblem) -> pd.DataFrame:
    """Give each option's status and reason. Columns: Option, Status, Why."""
    return pd.DataFrame(
        [{"Option": one.label, "Status": screening_words.status(one), "Why": screening_words.because(one)} for one in problem.options],
    )


def membership_table(problem: DecisionProblem) -> pd.DataFrame:
    """Give each school's place in each option. Columns: Option, then one for each school."""
    return pd.DataFrame(
        [
            {"Option": one.label} | {school.school: screening_words.MEMBERSHIP[school.membership] for school in one.screening.schools}
            for one in problem.options
        ],
    )


def overall_table(appraisal: Appraisal) -> pd.DataFrame:
    """Give the ranges, in the order of the ranking where there is one. Columns: Option, Overall value, Comes first in."""
    return pd.DataFrame(overall_rows(appraisal))


def overall_rows(appraisal: Appraisal) -> list[dict[str, str]]:
    """Give the rows of that table; a page that is drawn again at each move needs no frame."""
    rows = []
    for key in shown_order(appraisal):
        row = {"Option": words.label_of(appraisal.problem, key), "Overall value, 0 to 100": words.overall(appraisal, key)}
        if appraisal.robustness:
            row["Ways of weighing in which it comes first"] = phrases.of_hundred(appraisal.robustness.first_place_share(key))
        rows.append(row)
    return rows


def shown_order(appraisal: Appraisal) -> list[str]:
    """Give the ranked options by place, or in the case's order while there is no ranking."""
    if appraisal.ranking:
        return [key for place in appraisal.ranking for key in place]
    return [option.key for option in appraisal.problem.ranked_options]


def contribution_table(appraisal: Appraisal) -> pd.DataFrame:
    """Give the points from each criterion and their total. Columns: Option, one for each criterion, Total."""
    return pd.DataFrame(contribution_rows(appraisal))


def contribution_rows(appraisal: Appraisal) -> list[dict[str, str | int]]:
    """Give the rows of that table."""
    rows = []
    for key in shown_order(appraisal):
        points = (appraisal.contributions or {})[key]
        row: dict[str, str | int] = {"Option": words.label_of(appraisal.problem, key)}
        row |= {criterion.label: whole(points[name]) for name, criterion in appraisal.problem.criteria.items()}
        rows.append(row | {"Total": whole((appraisal.overall or {})[key].likely)})
    return rows


def exact_overall(appraisal: Appraisal) -> dict[str, list[float]]:
    """Give the numbers behind the ranges, not rounded, for spreadsheets: low, likely and high, one for each row."""
    values = [(appraisal.overall or {})[key] for key in shown_order(appraisal)]
    return {"Low": [one.low for one in values], "Likely": [one.likely for one in values], "High": [one.high for one in values]}


def exact_contributions(appraisal: Appraisal) -> dict[str, list[float]]:
    """Give the numbers behind the points and their total, not rounded, for spreadsheets."""
    keys = shown_order(appraisal)
    points = appraisal.contributions or {}
    columns = {criterion.label: [points[key][name] for key in keys] for name, criterion in appraisal.problem.criteria.items()}
    return columns | {"Total": [(appraisal.overall or {})[key].likely for key in keys]}


def place_table(appraisal: Appraisal) -> pd.DataFrame:
    """Give how often each option takes each place, of 100 ways of weighing. Columns: Option, then one for each place."""
    drawn = appraisal.robustness
    if drawn is None:
        return pd.DataFrame(columns=["Option"])
    rows = []
    for key in shown_order(appraisal):
        shares = drawn.acceptability[drawn.options.index(key)]
        rows.append(
            {"Option": words.label_of(appraisal.problem, key)}
            | {f"Place {place}": _of_hundred(float(part)) for place, part in enumerate(shares, 1)}
        )
    return pd.DataFrame(rows)


def _of_hundred(part: float) -> str | int:
    """Give a share of 100 for a cell; what is little or nearly all is said as `phrases.of_hundred` says it elsewhere."""
    if part in (0, 1) or 0.01 <= part <= 0.99:
        return whole(part * 100)
    return "under 1" if part < 0.5 else "over 99"


def weight_table(problem: DecisionProblem) -> pd.DataFrame:
    """Give the weights of 100 by stakeholder group. Columns: Criterion, From, To, one for each group, In use."""
    rows = []
    for name, criterion in problem.criteria.items():
        row: dict[str, str | int] = {"Criterion": criterion.label, "From": criterion.worst, "To": criterion.best}
        for group, weights in problem.group_weights.items():
            row[group] = whole(weights.shares[name] * 100)
        if problem.weights:
            row["In use"] = whole(problem.weights.shares[name] * 100)
        rows.append(row)
    return pd.DataFrame(rows)


def switching_table(appraisal: Appraisal) -> pd.DataFrame:
    """Give each weight's interval. Columns: Criterion, Weight now, Stays first from, Stays first to, What would change."""
    rows = []
    for one in appraisal.switching:
        said = [sentence for _, sentence in words.switching_of(appraisal, one)]
        rows.append(
            {
                "Criterion": appraisal.problem.criteria[one.criterion].label,
                "Weight now": whole(one.current * 100),
                "The same comes first from": whole(one.lowest * 100),
                "to": whole(one.highest * 100),
                "What would change": " ".join(said) or "Nothing: no weight of it alone changes who comes first.",
            }
        )
    return pd.DataFrame(rows)


def judgement_table(problem: DecisionProblem) -> pd.DataFrame:
    """Give every judgement in use. Columns: Option, Criterion, Judgement, Rests on, Why."""
    used = [option.key for option in problem.ranked_options]
    rows = [
        {
            "Option": words.label_of(problem, one.option),
            "Criterion": problem.criteria[one.criterion].label,
            "Judgement": words.judged(one, problem.criteria[one.criterion].scale.unit),
            "Rests on": words.rests_on(one),
            "Why": one.reasoning,
        }
        for one in problem.judgements.values()
        if one.option in used
    ]
    return pd.DataFrame(rows, columns=["Option", "Criterion", "Judgement", "Rests on", "Why"])


def money_table(problem: DecisionProblem) -> pd.DataFrame:
    """Give the cost a pupil and year against staying, by school. Columns: Option, one for each school, The group."""
    rows = []
    for option in problem.options:
        row = {"Option": option.label}
        unknown = {line.school for line in option.money.lines if not all(fact.known for fact in line.facts)}
        row |= {
            school.school: "not known" if school.school in unknown else _cost(option.money.by_school.get(school.school))
            for school in option.screening.schools
        }
        group = "not in it" if not option.money.by_school else "not known" if unknown else _cost(option.money.group)
        rows.append(row | {"The group": group})
    return pd.DataFrame(rows)


def _cost(amount: Range | None) -> str:
    return "not in it" if amount is None else words.span(amount, "GBP_per_pupil_per_year")


def _item(line: MoneyLine) -> str:
    return _cost(line.amount) if all(fact.known for fact in line.facts) else "not known"


def money_items_table(problem: DecisionProblem, school: str) -> pd.DataFrame:
    """Give the items of one school's cost. Columns: Option, one for each item."""
    rows = []
    for option in problem.options:
        lines = {line.item: _item(line) for line in option.money.lines if line.school == school}
        if lines:
            rows.append({"Option": option.label} | lines)
    return pd.DataFrame(rows)


def way_out_table(problem: DecisionProblem) -> pd.DataFrame:
    """Give the way out of each option. Columns: Option, Who can take a school out, Where it lands, Doors still open, No way found to."""
    rows = [
        {
            "Option": option.label,
            "Who can take a school out": by_answer([(school, facts[0]) for school, facts in option.way_out.facts.items()]),
            "Where it lands": by_answer([(school, facts[1]) for school, facts in option.way_out.facts.items()]),
            "Doors still open": doors(problem, option.way_out.doors),
            "No way found to": doors(problem, option.way_out.closed_doors),
        }
        for option in problem.options
    ]
    return pd.DataFrame(rows)


def move_table(problem: DecisionProblem, knowledge: KnowledgeOfDay, start: str) -> pd.DataFrame:
    """Say where one can go on from one option. Columns: To, Open, Months, Once, Applies, Consents, Lands, Back, Mark."""
    rows = []
    for option in problem.options:
        move = knowledge.may_go(start, option.key) if option.key != start else None
        if move is None or move.mark is None:
            continue
        to = "Standing alone again" if option.key == "stay" else option.label
        row = {
            "To": to,
            "Open": _open(move),
            "Months": "",
            "Once": "",
            "Applies": "",
            "Consents": "",
            "Lands": "",
            "Back": "",
        }
        if move.open:
            row["Months"] = fact_words.figure(move.months, "") if move.months else ""
            row["Once"] = fact_words.figure(move.amount, "GBP_per_school") if move.amount else ""
            row["Applies"], row["Consents"] = move.applies or "", move.consents or ""
            row["Lands"], row["Back"] = move.lands or "", fact_words.BACK[move.back] if move.back else ""
        rows.append(row | {"Mark": move.mark + (f": ask {move.ask}" if move.ask else "")})
    names = {
        "Once": "Once, a school",
        "Applies": "Who applies",
        "Consents": "Who must consent",
        "Lands": "What a school is then",
        "Back": "Way back",
    }
    return pd.DataFrame(rows).rename(columns=names)


def _open(move: MoveValue) -> str:
    """Say whether a move is open, and whether that is law yet."""
    said = "Yes" if move.open else "No way found"
    return said if move.status == "in_force" else f"{said} ({fact_words.STATUS[move.status]})"


def doors(problem: DecisionProblem, keys: Sequence[str]) -> str:
    """Name doors; going back to staying means standing alone again, wherever a school then lands."""
    return phrases.listed("standing alone again" if key == "stay" else problem.option(key).in_a_sentence for key in keys)


def by_answer(facts: Sequence[tuple[str, Fact]]) -> str:
    """Say the answer once where all schools share it, else by school."""
    answers: dict[str, list[str]] = {}
    for school, fact in facts:
        answers.setdefault(fact_words.told(fact), []).append(school)
    if len(answers) == 1:
        return next(iter(answers))
    return "; ".join(f"{answer} ({phrases.listed(schools)})" for answer, schools in answers.items())


def fact_table(
    case: Case, knowledge: KnowledgeOfDay, problem: DecisionProblem, attribute: str, numbers: dict[Reference, int]
) -> pd.DataFrame:
    """Give the answers to one question, each once for all options whose answer it is. Columns: Options, For, Answer, In words, Mark.

    The mark names the numbers of its references, and whom to ask where it is not sourced.
    """
    shared_by: dict[tuple[str, str, str, str], list[str]] = {}
    for option in problem.options:
        shared: dict[tuple[str, str, str], list[str]] = {}
        for school in case.members:
            fact = knowledge.fact(attribute, option.key, school.category, school.form)
            cited = ", ".join(str(numbers[one]) for one in fact.references)
            state = "" if fact.status == "in_force" else f", {fact_words.STATUS[fact.status]}"
            mark = (
                fact.mark
                + state
                + (", in a later text" if fact.later_text else "")
                + (f" ({cited})" if cited else "")
                + (f": ask {fact.ask}" if fact.ask else "")
            )
            shared.setdefault((fact_words.told(fact), fact.says, mark), []).append(school.name)
        for (answer, says, mark), schools in shared.items():
            who = phrases.those(schools, [one.name for one in case.members])
            shared_by.setdefault((who, answer, says, mark), []).append(option.label)
    rows = [("; ".join(options), *row) for row, options in shared_by.items()]
    return pd.DataFrame(rows, columns=["Options", "For", "Answer", "In words", "Mark"])


def summary_table(appraisal: Appraisal) -> pd.DataFrame:
    """Give each option in one line. Columns: Option, Status and, once weighed, Overall value, Comes first in."""
    keys = [*shown_order(appraisal), *(one.key for one in appraisal.problem.options if not one.ranked)]
    rows = []
    for key in keys:
        option = appraisal.problem.option(key)
        row = {"Option": option.label, "Status": screening_words.status(option)}
        if appraisal.overall is not None:
            row["Overall value, 0 to 100"] = words.overall(appraisal, key) if key in appraisal.overall else ""
        if appraisal.robustness is not None:
            row["Comes first in"] = (
                phrases.of_hundred(appraisal.robustness.first_place_share(key)) if key in appraisal.robustness.options else ""
            )
        seen = [one.confirmed for (name, _), one in appraisal.problem.judgements.items() if name == key]
        row["Judgements looked at"] = f"{sum(seen)} of {len(seen)}" if option.ranked else ""
        rows.append(row)
    return pd.DataFrame(rows)


@dataclass(frozen=True)
class Compared:
    """One question for several options side by side.

    Attributes:
        same: for each option whether its answer is the one of the first.
    """

    attribute: str
    facts: list[Fact]
    same: list[bool]

    @property
    def differs(self) -> bool:
        """Whether any answer differs."""
        return not all(self.same)


def comparison(
    knowledge: KnowledgeOfDay,
    school: School,
    options: Sequence[tuple[str, str]],
    attributes: Sequence[str],
) -> list[Compared]:
    """Give the facts of several options side by side for one school.

    Args:
        options: pairs of option key and label; the first is what the others are compared with.

    Returns:
        One entry for each question, in the order given.
    """
    moved = [staff_move(key, school.category, school.form, knowledge) for key, _ in options]
    found = []
    for attribute in attributes:
        about = knowledge.base.attributes[attribute]
        facts = [knowledge.fact(attribute, key, school.category, school.form) for key, _ in options]
        same = [same_answer(about, facts[0], fact, moved=moves) for fact, moves in zip(facts, moved, strict=True)]
        found.append(Compared(attribute, facts, same))
    return found


def school_table(case: Case, base: KnowledgeBase) -> pd.DataFrame:
    """Give the schools. Columns: School, Category (and how it stands today), Phase, Pupils, Role."""
    return pd.DataFrame(
        [
            {
                "School": school.name,
                "Category": fact_words.kind_of_school(base, school.category, school.form),
                "Phase": school.phase.replace("_", " "),
                "Pupils": school.pupils,
                "Role": "decides" if school.role == "member" else "invited",
            }
            for school in case.file.schools
        ],
    )
