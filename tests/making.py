"""Small makers for the tests of the pure stages: they build what `model` and `analysis` take, without a file.

`make_problem` builds a decision problem straight from a table of figures; `make_knowledge` and `make_case` build what
`build_problem` joins. Whatever a test does not care about has a plain default.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from hypothesis import HealthCheck, settings

from partnership_model.analysis.overall import Values
from partnership_model.knowledge.base import KnowledgeBase, KnowledgeOfDay
from partnership_model.knowledge.cases import Case, CaseFile, CaseJudgement, GroupWeights, School
from partnership_model.knowledge.catalogue import (
    Assumption,
    Category,
    Criterion,
    DeriveRules,
    Move,
    NonNegotiable,
    Option,
    PresentForm,
)
from partnership_model.knowledge.evidence import EvidenceFile
from partnership_model.knowledge.facts import Attribute, DatedValue, Fact
from partnership_model.knowledge.parts import CategoryFile, CriterionFile, GateFile, GlossaryFile, MoveFile, OptionFile, Parts
from partnership_model.knowledge.questions import FactSheetFile, QuestionFile
from partnership_model.knowledge.schema import Range
from partnership_model.model.gates import GateResult
from partnership_model.model.money import NOTHING, MoneyTable
from partnership_model.model.problem import DecisionProblem, Judgement, ProblemOption
from partnership_model.model.screening import Membership, OptionScreening, SchoolScreening, Status
from partnership_model.model.way_out import WayOut
from partnership_model.model.weights import Weights, from_points

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from partnership_model.knowledge.facts import Form, Role

DAY = dt.date(2016, 4, 15)
LONG_AGO = dt.date(2000, 1, 1)
NOT_YET = dt.date(2030, 1, 1)
OPTIONS = ("stay", "federation", "new_mat")
FAMILIES = {"stay": "present", "umbrella_trust": "academy", "new_mat": "academy", "established_mat": "academy", "la_trust": "academy"}
CATEGORIES = ("community", "foundation", "academy")
ANCHORED = ((250, 0), (100, 40), (0, 85), (-50, 100))  # pounds a pupil and year: dear is worst
FACTS: dict[str, Any] = {
    "eligibility": "full",
    "leave_decider": "governing_body",
    "landing_place": "same_category",
    "set_up_cost": 0,
    "grant": 0,
    "running_cost": 0,
    "top_slice": 0,
    "services_replaced": 0,
    "savings": 0,
    "staff_transfer": "none",
}
EXIT_RULE: dict[str, Any] = {
    "decider": {
        "governing_body": (80, 90, 100),
        "others": (0, 5, 15),
        "unknown": (0, 50, 100),
    },
    "landing": {
        "same_category": (90, 100, 100),
        "another_trust": (0, 10, 20),
        "unknown": (0, 50, 100),
    },
}

Figures = float | tuple[float, float, float]


def pure(examples: int) -> settings:
    """Give hypothesis settings that draw the same examples on every machine and leave no file behind."""
    return settings(
        max_examples=examples,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=[HealthCheck.too_slow],
    )


def make_range(figures: Figures | Range) -> Range:
    """Make a range of three figures, or of one that is certain."""
    if isinstance(figures, Range):
        return figures
    low, likely, high = figures if isinstance(figures, tuple) else (figures, figures, figures)
    return Range(low=low, likely=likely, high=high)


def make_criterion(worst: float = 0, best: float = 100, points: Sequence[tuple[float, float]] = (), **changes: Any) -> Criterion:  # noqa: ANN401
    """Make a criterion: linear from worst to best, or piecewise through the points."""
    fields = {
        "label": "A criterion",
        "question": "How much?",
        "worst": "the worst",
        "best": "the best",
        "scale": {"unit": "points", "worst": worst, "best": best},
        "value": {"shape": "piecewise" if points else "linear", "points": tuple(points)},
        "source": ("source_000",),
        "overlaps": (),
    }
    return Criterion.model_validate(fields | changes)


def make_cost(**changes: Any) -> Criterion:  # noqa: ANN401
    """Make the criterion of cost: piecewise, and worse the higher it is."""
    return make_criterion(250, -50, ANCHORED, **changes)


def make_fact(code: str | None = "full", attribute: str = "eligibility", option: str = "federation", **changes: Any) -> Fact:  # noqa: ANN401
    """Make a fact."""
    fields = {"category": "community", "answer": f"{code}", "says": "So it is.", "mark": "memory", "ask": "a solicitor"}
    return Fact(attribute=attribute, option=option, code=code, **(fields | changes))


def make_school(name: str = "Infant A", category: str = "community", **changes: Any) -> School:  # noqa: ANN401
    """Make a school."""
    fields = {"name": name, "category": category, "phase": "primary", "pupils": 200, "budget": 900_000}
    return School.model_validate(fields | changes)


def make_screening(option: str, *memberships: Membership, status: Status = "open") -> OptionScreening:
    """Make the screening of an option with one school (School 1, School 2 and so on) for each membership."""
    schools = tuple(
        SchoolScreening(f"School {place}", "community", "alone", kind, make_fact(option=option))
        for place, kind in enumerate(memberships, 1)
    )
    return OptionScreening(option, status, schools, 2)


def make_gate(gate_id: str = "way_out", accept: Sequence[str] = ("governing_body",), attribute: str = "leave_decider") -> NonNegotiable:
    """Make a non-negotiable."""
    return NonNegotiable(id=gate_id, says=f"We insist on {gate_id}.", attribute=attribute, accept=tuple(accept))


def make_gate_result(option: str, gate_id: str, outcome: str) -> GateResult:
    """Make a gate that the option `fails`, `passes`, or that is `undecided`."""
    facts = (("School 1", make_fact("others", "leave_decider", option)),)
    return GateResult(
        make_gate(gate_id),
        option,
        facts if outcome == "fails" else (),
        facts if outcome == "undecided" else (),
    )


def make_option(key: str, status: Status = "open", gates: Mapping[str, str] | None = None) -> ProblemOption:
    """Make an option of a problem, with the outcome of each gate by its name."""
    return ProblemOption(
        key=key,
        label=key.replace("_", " ").capitalize(),
        in_a_sentence=key.replace("_", " "),
        plain=f"What {key} means.",
        screening=make_screening(key, status=status),
        gates=tuple(make_gate_result(key, gate, outcome) for gate, outcome in (gates or {}).items()),
        money=MoneyTable(key, (), {}, NOTHING, 5),
        way_out=WayOut(key, NOTHING, (), (), {}),
    )


def make_judgement(
    option: str,
    criterion: str,
    figures: Figures | Range,
    *,
    confirmed: bool = True,
) -> Judgement:
    """Make a judgement of the group's own."""
    return Judgement(option, criterion, make_range(figures), "C", (), "We think so.", "group", confirmed)


def make_missing(option: str, name: str, criterion: Criterion) -> Judgement:
    """Make a judgement that nobody has made: the whole scale."""
    least, most = sorted((criterion.scale.worst, criterion.scale.best))
    amount = make_range((least, (least + most) / 2, most))
    return Judgement(option, name, amount, "", (), "Nobody has judged this yet.", "missing", confirmed=False)


def make_problem(  # noqa: PLR0913 - each has a plain default
    table: Mapping[str, Sequence[Figures | None]],
    weights: Sequence[float] | Mapping[str, float] | None = (),
    criteria: Mapping[str, Criterion] | None = None,
    *,
    status: Mapping[str, Status] | None = None,
    gates: Mapping[str, Mapping[str, str]] | None = None,
    unconfirmed: Sequence[tuple[str, str]] = (),
) -> DecisionProblem:
    """Build a decision problem.

    Args:
        table: for each option its figures on each criterion: one certain figure, three, or None where it is missing.
        weights: raw points in the order of the criteria; equal where they are left out; None where nobody has weighed.
        criteria: by name; c1, c2 and so on, each from 0 to 100, where they are left out.
        status: the screening of options that are not open.
        gates: for each option the outcome of each of its gates.
        unconfirmed: the cells that nobody in the group has looked at.
    """
    width = len(next(iter(table.values())))
    criteria = dict(criteria or {f"c{place}": make_criterion() for place in range(1, width + 1)})
    judgements = {}
    for option, row in table.items():
        for (name, criterion), figures in zip(criteria.items(), row, strict=True):
            judgements[option, name] = (
                make_missing(option, name, criterion)
                if figures is None
                else make_judgement(option, name, figures, confirmed=(option, name) not in unconfirmed)
            )
    found: Weights | None = None
    if weights is not None:
        raw = dict(weights) if hasattr(weights, "keys") else dict(zip(criteria, weights or [1] * width, strict=True))
        found = from_points(raw, "governors")
    options = tuple(make_option(key, (status or {}).get(key, "open"), (gates or {}).get(key)) for key in table)
    return DecisionProblem(DAY, options, criteria, judgements, found, {"governors": found} if found else {})


def make_values(likely: Any, low: Any = None, high: Any = None) -> Values:  # noqa: ANN401
    """Make values straight from arrays, options x criteria, named o1, o2 and c1, c2."""
    middle = np.asarray(likely, dtype=float)
    options = tuple(f"o{row}" for row in range(1, middle.shape[0] + 1))
    criteria = tuple(f"c{column}" for column in range(1, middle.shape[1] + 1))
    ends = [middle if end is None else np.asarray(end, dtype=float) for end in (low, high)]
    return Values(options, criteria, ends[0], middle, ends[1])


def make_group(name: str = "Governors", values: Any = None, people: int = 10, method: str = "swing") -> GroupWeights:  # noqa: ANN401
    """Make what one stakeholder group said."""
    elicited = {"on": DAY, "how": "with cards", "people": people}
    return GroupWeights.model_validate({"group": name, "method": method, "values": values, "elicited": elicited})


def make_case(judgements: Sequence[CaseJudgement] = (), **changes: Any) -> Case:  # noqa: ANN401
    """Make a case of two community schools with three options and two criteria."""
    fields: dict[str, Any] = {
        "title": "A case",
        "decision": "How shall we work together?",
        "decides": "Each governing body.",
        "status": "exploring",
        "as_of": DAY,
        "schools": (make_school("Infant A"), make_school("Junior B")),
        "options": OPTIONS,
        "criteria": ("autonomy", "cost"),
    }
    return Case(Path("no-such-folder"), "a-case", CaseFile.model_validate(fields | changes), tuple(judgements))


def make_knowledge(  # noqa: PLR0913 - each has a plain default
    facts: Mapping[Any, Any] | None = None,
    *,
    options: Sequence[str] = OPTIONS,
    criteria: Mapping[str, Criterion] | None = None,
    assumptions: Mapping[tuple[str, str], Figures] | None = None,
    moves: Mapping[tuple[str, str], bool] | None = None,
    forms: Mapping[str, tuple[Form, ...]] | None = None,
    roles: Mapping[str, Mapping[Role, tuple[str, ...]]] | None = None,
) -> KnowledgeOfDay:
    """Make the knowledge of a day.

    Args:
        facts: a code, figures, or None (nothing is recorded for the day) by attribute, by (attribute, option), by
            (attribute, option, category) or by (attribute, option, category, form); the closest one counts, and `FACTS`
            where none is given.
        options: the options that exist on the day; `la_trust` is shown and not ranked.
        criteria: autonomy and cost where they are left out.
        assumptions: starting assumptions by option and criterion.
        moves: whether one may go on from one option to another; nothing is recorded for other pairs.
        forms: the present forms that a category may have, where it is not only `alone`.
        roles: whom an attribute concerns, with its codes from least to most.
    """
    facts = facts or {}
    may_be = {key: (forms or {}).get(key, ("alone",)) for key in CATEGORIES}
    kinds = [(category, form) for category, allowed in may_be.items() for form in allowed]
    names = {*FACTS, *(key if isinstance(key, str) else key[0] for key in facts)}
    attributes = {}
    for name in sorted(names):
        found: list[dict[str, Any]] = []
        for option in options:
            for category, form in kinds:
                keys = ((name, option, category, form), (name, option, category), (name, option), name)
                closest = next((facts[key] for key in keys if key in facts), FACTS.get(name))
                found.append({"options": (option,), "categories": (category,), "forms": (form,), "values": (_dated(closest),)})
        codes = {cell["values"][0].code for cell in found} - {None, "unknown", "not_open"}
        attributes[name] = Attribute.model_validate(
            {
                "attribute": name, "question": "What is it?", "description": "What it is.", "topic": "process",
                "kind": "rule" if codes else "amount", "nation": "england", "stale_after": NOT_YET,
                "codes": {code: f"Answer {code}" for code in codes}, "cells": found, "roles": (roles or {}).get(name, {}),
                "checked": {"date": DAY, "against": "nothing"},
            },
        )  # fmt: skip
    categories = {key: Category(label=key, sector="maintained", plain=key, forms=allowed) for key, allowed in may_be.items()}
    parts = make_parts(
        options=OptionFile(options={key: _option(key) for key in options}),
        categories=CategoryFile(
            categories=categories, forms={form: PresentForm(label=f"{form}", plain=f"It is {form}.") for _, form in kinds}
        ),
        criteria=CriterionFile(
            criteria=dict(criteria or {"autonomy": make_criterion(), "cost": make_cost(derived="money")}), derive=make_derive_rules()
        ),
        attributes=attributes,
        assumptions=tuple(
            Assumption(
                option=option, criterion=name, amount=make_range(figures), grade="B", evidence=("fact:staff_transfer",),
                reasoning="It usually is so.",
            )
            for (option, name), figures in (assumptions or {}).items()
        ),
        moves=MoveFile(transitions=tuple(make_move(start, end, is_open=is_open) for (start, end), is_open in (moves or {}).items())),
    )  # fmt: skip
    return KnowledgeBase.of(parts).on(DAY)


def make_parts(**changes: Any) -> Parts:  # noqa: ANN401 - the files of a knowledge base
    """Make the files of a knowledge base that says nothing but what is given."""
    nothing: dict[str, Any] = {
        "options": OptionFile(options={}), "categories": CategoryFile(categories={}),
        "criteria": CriterionFile(criteria={}, derive=make_derive_rules()), "glossary": GlossaryFile(glossary={}),
        "moves": MoveFile(transitions=()), "gates": GateFile(non_negotiables=()),
        "evidence": EvidenceFile(in_short="Nothing is known.", evidence={}, stale_after=NOT_YET),
        "sheets": FactSheetFile(fact_sheets={}), "questions": QuestionFile(questions=()),
        "sources": {}, "attributes": {}, "parameters": {}, "assumptions": (),
    }  # fmt: skip
    return Parts(**(nothing | changes))


def make_derive_rules() -> DeriveRules:
    """Make the rules for the two derived criteria: set-up over 5 years; exit points 0.4, 0.2 and 0.4."""
    tables = {name: {code: make_range(figures) for code, figures in table.items()} for name, table in EXIT_RULE.items()}
    shares = {"decider": 0.4, "landing": 0.2, "doors": 0.4}
    return DeriveRules.model_validate(
        {"money": {"years": 5, "says": "Added up."}, "exit": {**tables, "shares": shares, "says": "Put together."}},
    )


def make_move(start: str, end: str, *, is_open: bool, since: dt.date = LONG_AGO) -> Move:
    """Make a recorded move from one option to another."""
    value = {"from": since, "open": is_open, "says": "So it is.", "mark": "memory", "ask": "a solicitor"}
    return Move.model_validate({"from": start, "to": end, "values": (value,)})


def _dated(content: Any) -> DatedValue:  # noqa: ANN401 - a code, figures or nothing
    fields: dict[str, Any] = {"from": LONG_AGO, "says": "So it is.", "mark": "memory", "ask": "the diocese"}
    if content is None:
        fields["from"] = NOT_YET
    elif isinstance(content, str):
        fields["code"] = content
    else:
        fields |= {"amount": make_range(content), "price_year": 2016}
    return DatedValue.model_validate(fields)


def _option(key: str) -> Option:
    label = key.replace("_", " ")
    return Option(
        label=label.capitalize(), in_a_sentence=label, plain=f"What {key} means.", first_day=LONG_AGO,
        family=FAMILIES.get(key, "maintained"), ranked=key != "la_trust",
    )  # fmt: skip
