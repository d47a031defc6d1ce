"""The pages of facts: options side by side, one question asked, what changes for whom, and what research shows."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from partnership_model.display import fact_words, phrases, screening_words, tables, words
from partnership_model.display.exploration import MOST_COMPARED
from partnership_model.knowledge.asking import explained, find
from partnership_model.knowledge.listing import stale, stale_rules
from partnership_model.knowledge.schema import plain_day
from partnership_model.model.calculations import Asked, calculate
from partnership_model.model.changes import changes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from partnership_model.analysis.appraisal import Appraisal
    from partnership_model.display.exploration import Exploration
    from partnership_model.knowledge.asking import Found
    from partnership_model.knowledge.base import KnowledgeBase, KnowledgeOfDay
    from partnership_model.knowledge.cases import School
    from partnership_model.knowledge.catalogue import Option
    from partnership_model.knowledge.evidence import Study
    from partnership_model.knowledge.facts import Fact
    from partnership_model.knowledge.questions import Calculation, FactSheet
    from partnership_model.model.changes import Change

Chosen = list[tuple[str, str]]


def facts_view(state: Exploration, appraisal: Appraisal) -> dict[str, Any]:
    """Give what the page of facts shows."""
    base, today = state.knowledge.base, dt.datetime.now(dt.UTC).date()
    school = next(one for one in state.case.file.schools if one.name == state.school)
    compared = [(key, words.label_of(appraisal.problem, key)) for key in state.compared]
    chosen = [("stay", words.label_of(appraisal.problem, "stay")), *compared]
    attributes = [name for name, one in base.attributes.items() if one.first_question or state.show_all]
    attributes.sort(key=lambda name: not base.attributes[name].first_question)
    rows = tables.comparison(state.knowledge, school, chosen, attributes)
    differing = [row for row in rows if row.differs]
    return {
        "school": school,
        "category": phrases.one_of(fact_words.kind_of_school(base, school.category, school.form)),
        "chosen": chosen,
        "others": [(one.key, one.label) for one in appraisal.problem.options if one.key != "stay"],
        "most": MOST_COMPARED,
        "total": len(rows),
        "every": len(base.attributes),
        "differing": len(differing),
        "rows": [_row(one, base) for one in rows if one.differs or state.show_same],
        "finding": _finding(rows, state, appraisal),
        "asked": state.asked,
        "often": [one.asks for one in base.questions],
        "answers": [_answer(one, state, school, chosen, appraisal) for one in find(base, state.asked)] if state.asked else [],
        "terms_asked": explained(base, state.asked) if state.asked else (),
        "role": state.role,
        "roles": fact_words.ROLES,
        "for_role": [_for_role(state, school, key, label) for key, label in compared],
        "unknown": _unknown(state, appraisal),
        "about": [about_option(state, key, label) for key, label in chosen],
        "policy": standings(state.knowledge, ("policy", "inspection", "law")),
        "stale": [*stale(base, today), *stale_rules(base, today)],
        "routes": [_sheet(sheet, state) for sheet in base.fact_sheets.values() if sheet.on(state.knowledge.day)],
    }


def _finding(rows: list[tables.Compared], state: Exploration, appraisal: Appraisal) -> str:
    """Say for each option how many answers change, or that it is not open to this school."""
    if not state.compared:
        return "Choose an option to put beside staying as you are"
    named = [(key, words.labels(appraisal.problem, [key])) for key in state.compared]
    changed = [
        (name, sum(not row.same[index] for row in rows))
        for index, (_, name) in enumerate(named, 1)
        if any(row.facts[index].code != "not_open" for row in rows)
    ]
    closed = [name for _, name in named if name not in [other for other, _ in changed]]
    if not changed:
        return f"Not open to this school: {phrases.listed(closed)}"
    would = (" would change", *("" for _ in changed[1:]))
    parts = [f"{count}{change} with {name}" for (name, count), change in zip(changed, would, strict=True)]
    which = "answers" if state.show_all else "key answers"
    end = f"; not open to this school: {phrases.listed(closed)}" if closed else ""
    return f"Of {len(rows)} {which}, {phrases.listed(parts)}{end}"


def _row(row: tables.Compared, base: KnowledgeBase) -> dict[str, Any]:
    stay = row.facts[0]
    cells = [told(fact, base) | {"changes": how_it_changes(fact, stay, same=same)} for fact, same in zip(row.facts, row.same, strict=True)]
    return {"question": base.attributes[row.attribute].question, "cells": cells}


def told(fact: Fact, base: KnowledgeBase) -> dict[str, Any]:
    """Give one answer with its words, its mark and its sources."""
    titles = {one.source: base.sources[one.source].title for one in fact.references}
    return {
        "answer": fact_words.told(fact),
        "says": fact.says,
        "mark": fact.mark,
        "status": fact_words.STATUS.get(fact.status, ""),
        "ask": fact.ask,
        "sources": [fact_words.cited(one, titles, one.href or base.sources[one.source].href or "") for one in fact.references],
        "later": fact.later_text,
        "shared": fact.shared,
    }


def how_it_changes(fact: Fact, stay: Fact, *, same: bool) -> str:
    """Say whether an answer is another than today's, another body of the same kind, or the same in other words."""
    if fact.option == stay.option or fact.code == "not_open":
        return ""
    if not same:
        return "another one than today" if fact_words.told(fact) == fact_words.told(stay) else "changes"
    return "see the words" if fact.says != stay.says else ""


def _answer(found: Found, state: Exploration, school: School, chosen: Chosen, appraisal: Appraisal) -> dict[str, Any]:
    """Answer one question for one school, for the options that stand side by side."""
    rows = tables.comparison(state.knowledge, school, chosen, found.attributes)
    return {
        "asks": found.asks,
        "rows": [_row(one, state.knowledge.base) for one in rows],
        "sums": [one for name in found.calculations if (one := _sum(name, state, school, chosen, appraisal))],
    }


SUMS: dict[str, str] = {
    "top_slice_in_pounds": "The top-slice in pounds",
    "bought_in_today": "What it replaces that we pay for today",
    "set_up_less_grant": "Set-up, less any grant",
    "break_even": "When it has paid for itself",
    "rolls_fall": "Cost a pupil if a tenth of the pupils were gone",
    "partner_deficit": "Our share of the partners' deficits, if they were shared",
    "without_one_school": "If our school said no",
    "doors": "Doors that stay open",
    "policy_scenario": "If every school had to be in a trust one day",
    "robustness": "How sure this is",
}


def _sum(name: Calculation, state: Exploration, school: School, chosen: Chosen, appraisal: Appraisal) -> dict[str, Any] | None:
    said = [_said(name, state, school, key, appraisal) for key, _ in chosen]
    return {"question": SUMS[name], "cells": said} if any(said) else None


def _said(name: Calculation, state: Exploration, school: School, key: str, appraisal: Appraisal) -> dict[str, str]:
    """Say what a sum gives for one option, and what it rests on."""
    option = appraisal.problem.option(key)
    if name == "doors":
        doors = option.way_out.doors
        return {"says": f"{screening_words.counted_doors(option.way_out)}: {tables.doors(appraisal.problem, doors)}", "rests": ""}
    if name == "policy_scenario":
        fact = state.knowledge.fact("future_trust", key, school.category, school.form)
        into = [one for one in option.way_out.doors if state.knowledge.base.options[one].family == "academy"]
        left = f" It can still go on to {words.labels(appraisal.problem, into)}." if into else ""
        return {"says": f"{fact.answer}.{left}", "rests": fact.mark}
    if name == "robustness":
        said = f"{words.headline(appraisal)}." + (f" {words.not_a_chance(appraisal.problem)}" if appraisal.robustness else "")
        return {"says": said if key == "stay" else "", "rests": ""}
    years = state.case.file.money.years or state.knowledge.base.derive.money.years
    chosen = next(one for one in state.case.options if one.option == key)
    one = calculate(name, Asked(key, school, state.case.members, state.knowledge, years, state.case.file.least_full_members, chosen))
    marks = phrases.unique(fact.mark for fact in one.facts) if one else []
    return {"says": fact_words.calculated(one) if one else "", "rests": phrases.listed(marks) if marks else ""}


def _for_role(state: Exploration, school: School, key: str, label: str) -> dict[str, Any]:
    """Give what changes for a role under one option: what is lost and gained first, the rest folded away, what is kept by name."""
    found = changes(state.role, key, school.category, school.form, state.knowledge)
    by_kind = {kind: [_change(one, state) for one in found if one.kind == kind] for kind in ("lost", "gained", "changed", "unknown")}
    kept = [state.knowledge.base.attributes[one.attribute].question for one in found if one.kind == "kept"]
    counts = [f"{len(lines)} {fact_words.KIND[kind].lower()}" for kind, lines in by_kind.items() if lines]
    said = [*counts, f"{len(kept)} kept"]
    return {
        "key": key,
        "label": label,
        "first": by_kind["lost"] + by_kind["gained"],
        "rest": [(fact_words.KIND[kind], by_kind[kind]) for kind in ("changed", "unknown") if by_kind[kind]],
        "kept": kept,
        "closed": bool(found) and all(one.kind == "not_open" for one in found),
        "finding": f"Of {len(found)} questions that concern {fact_words.ROLES[state.role]}: {phrases.listed(said)}.",
    }


def _change(one: Change, state: Exploration) -> dict[str, Any]:
    return {
        "kind": fact_words.KIND[one.kind],
        "question": state.knowledge.base.attributes[one.attribute].question,
        "today": fact_words.told(one.today),
        "then": fact_words.told(one.then),
        "mark": one.then.mark,
        "ask": one.then.ask,
    }


def _unknown(state: Exploration, appraisal: Appraisal) -> list[tuple[str, int, int]]:
    """Count for each option the answers that are not known for this school."""
    school = next(one for one in state.case.file.schools if one.name == state.school)
    names = list(state.knowledge.base.attributes)
    return [
        (
            option.label,
            sum(not state.knowledge.fact(name, option.key, school.category, school.form).known for name in names),
            len(names),
        )
        for option in appraisal.problem.options
    ]


def about_option(state: Exploration, key: str, label: str) -> dict[str, Any]:
    """Say what an option is, how one joins one that exists, its variants, and with what it may be combined."""
    option = state.knowledge.base.options[key]
    return {"label": label, "lines": option_lines(option, state.knowledge)}


def option_lines(option: Option, knowledge: KnowledgeOfDay) -> list[str]:
    """Give the sentences that say what an option is."""
    lines = [option.plain]
    lines += [f"Joining one that exists: {option.joining}"] if option.joining else []
    lines += [f"A variant: {plain}" for plain in option.variants.values()]
    together = [knowledge.options[key].in_a_sentence for key in option.combines_with if key in knowledge.options]
    return lines + ([f"The same schools may also have: {phrases.listed(together)}."] if together else [])


def standings(knowledge: KnowledgeOfDay, subjects: Sequence[str]) -> list[dict[str, Any]]:
    """Give the rules of the country on the day, by subject."""
    found = []
    for name, about in knowledge.base.parameters.items():
        one = knowledge.parameter(name) if about.subject in subjects else None
        if one:
            answer = fact_words.standing(one, about.unit or "")
            found.append({"question": one.question, "answer": answer, "says": one.says, "mark": one.mark, "ask": one.ask})
    return found


def _sheet(sheet: FactSheet, state: Exploration) -> dict[str, Any]:
    """Give a fact sheet as it stood on the day."""
    facts = [
        (one.question, {"says": one.says, "mark": one.mark, "status": fact_words.STATUS.get(one.status, ""), "ask": one.ask})
        for one in sheet.on(state.knowledge.day)
    ]
    return {"label": sheet.label, "plain": sheet.plain, "facts": facts}


def research_view(state: Exploration, _appraisal: Appraisal) -> dict[str, Any]:
    """Give what research shows on the day, before anybody weighs; it is no score and sets none."""
    base = state.knowledge.base
    studies = fact_words.studies_of_day(state.knowledge)
    return {
        "in_short": base.evidence.in_short,
        "outcomes": [_study(one, state) for one in studies if one.outcomes],
        "others": [_study(one, state) for one in studies if not one.outcomes],
        "later": len(base.evidence.evidence) - len(studies),
    }


def _study(one: Study, state: Exploration) -> dict[str, Any]:
    from_source = state.knowledge.base.sources[one.source]
    return {
        "title": one.title,
        "year": one.year,
        "how_many": fact_words.how_many(one),
        "design": fact_words.DESIGN[one.design],
        "direction": fact_words.direction(one),
        "about": [state.knowledge.base.options[key].label for key in one.options],
        "found": one.found,
        "spread": one.spread,
        "caution": fact_words.care(one),
        "grade": words.GRADE[one.grade],
        "mark": one.mark,
        "impossible": fact_words.impossible(one),
        "withdrawn": plain_day(one.withdrawn) if one.withdrawn else "",
        "source": (from_source.title, from_source.href),
    }
