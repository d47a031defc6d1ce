"""The facts of a take-away file as plain data: every answer once, and for each kind of school and option which answer it is."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any, get_args

from partnership_model.display import fact_words, tables
from partnership_model.display.exploration import MOST_COMPARED
from partnership_model.display.fact_pages import how_it_changes, told
from partnership_model.knowledge.facts import Role
from partnership_model.model.changes import ORDER, changes

if TYPE_CHECKING:
    from collections.abc import Hashable

    from partnership_model.display.exploration import Exploration
    from partnership_model.knowledge.facts import Form
    from partnership_model.model.problem import DecisionProblem

Kind = tuple[str, "Form"]


class _Numbered:
    """Things that are written once, and named by their number elsewhere."""

    def __init__(self) -> None:
        self.every: list[Any] = []
        self._places: dict[Hashable, int] = {}

    def number(self, key: Hashable, value: Any) -> int:  # noqa: ANN401 - plain data
        if key not in self._places:
            self._places[key] = len(self.every)
            self.every.append(value)
        return self._places[key]


def facts_of(state: Exploration, problem: DecisionProblem) -> dict[str, Any]:
    """Give the facts of all schools and options, those of staying first, and what changes for each role."""
    base, schools = state.knowledge.base, state.case.file.schools
    kinds = list(dict.fromkeys((school.category, school.form) for school in schools))
    names = sorted(base.attributes, key=lambda name: not base.attributes[name].first_question)
    answers, sources, hints = _Numbered(), _Numbered(), _Numbered()
    hints.number("", "")
    cells: list[list[list[tuple[int, int, int]]]] = [_kind(state, problem, kind, names, answers, sources, hints) for kind in kinds]
    return {
        "most": MOST_COMPARED,
        "compared": list(state.compared),
        "schools": [
            {
                "name": one.name,
                "kind": kinds.index((one.category, one.form)),
                "plain": fact_words.kind_of_school(base, one.category, one.form),
                "invited": one.role == "invited",
            }
            for one in schools
        ],
        "questions": [{"asks": base.attributes[name].question, "first": base.attributes[name].first_question} for name in names],
        "often": [
            {"asks": one.asks, "also": " ".join(one.also), "about": [names.index(name) for name in one.attributes]}
            for one in base.questions
        ],
        "answers": answers.every,
        "sources": sources.every,
        "hints": hints.every,
        "cells": cells,
        "roles": [
            {
                "key": role,
                "plain": fact_words.ROLES[role],
                "changes": [[_changes(state, role, option.key, kind, names) for option in problem.options] for kind in kinds],
            }
            for role in get_args(Role)
        ],
        "changeWords": [[key, fact_words.KIND[key]] for key in ORDER],
    }


def _kind(  # noqa: PLR0913, PLR0917 - three lists that are filled on the way
    state: Exploration, problem: DecisionProblem, kind: Kind, names: list[str], answers: _Numbered, sources: _Numbered, hints: _Numbered
) -> list[list[tuple[int, int, int]]]:
    """Give for each option, and each question, the number of the answer, whether it is today's, and the hint at how it changes."""
    school = next(one for one in state.case.file.schools if (one.category, one.form) == kind)
    chosen = [(one.key, one.label) for one in problem.options]
    staying = next(at for at, (key, _) in enumerate(chosen) if key == "stay")
    rows = tables.comparison(state.knowledge, school, [chosen[staying], *chosen], names)
    found: list[list[tuple[int, int, int]]] = [[] for _ in chosen]
    for row, at in product(rows, range(len(chosen))):
        fact, same = row.facts[at + 1], row.same[at + 1]
        one = told(fact, state.knowledge.base)
        one["sources"] = [sources.number(cited, cited) for cited in one["sources"]]
        one["not_open"] = fact.code == "not_open"
        number = answers.number(repr(one), {key: value for key, value in one.items() if value})
        said = how_it_changes(fact, row.facts[0], same=same)
        found[at].append((number, int(same), hints.number(said, said)))
    return found


def _changes(state: Exploration, role: Role, option: str, kind: Kind, names: list[str]) -> list[tuple[int, int]]:
    """Give the questions that concern a role, each with the number of the kind of change."""
    return [(names.index(one.attribute), ORDER.index(one.kind)) for one in changes(role, option, *kind, state.knowledge)]
