"""What tests of facts make: a study, a fact sheet, and a knowledge base in which some questions were changed."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from partnership_model.knowledge.evidence import Study
from partnership_model.knowledge.questions import FactSheet
from tests.display.test_notebook import BASE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from partnership_model.knowledge.base import KnowledgeBase

LONG_AGO = dt.date(2001, 1, 1)


def make_study(**changes: Any) -> Study:  # noqa: ANN401 - fields
    """Make a study; whatever a test does not care about has a plain default."""
    fields: dict[str, Any] = {
        "title": "A study", "source": "source_001", "at": "p. 3", "read": dt.date(2026, 11, 21), "mark": "sourced",
        "design": "matched_comparison", "unit": "schools", "year": 2014, "options": ("federation",), "direction": "better",
        "found": "Results rose.", "spread": "Not seen.", "caution": "It is old.", "grade": "B",
    }  # fmt: skip
    return Study.model_validate(fields | changes)


def with_studies(studies: Mapping[str, Study], base: KnowledgeBase = BASE) -> KnowledgeBase:
    """Put these studies in place of those of the knowledge base."""
    return replace(base, evidence=base.evidence.model_copy(update={"evidence": dict(studies)}))


def make_sheet(*facts: tuple[str, dt.date, str | None], **changes: Any) -> FactSheet:  # noqa: ANN401 - fields
    """Make a fact sheet of questions, each with the day from which an answer holds; None where it ended."""
    found = [
        {"question": question, "from": since} | ({"says": says, "mark": "memory", "ask": "the council"} if says else {"value": None})
        for question, since, says in facts
    ]
    return FactSheet.model_validate({"label": "A route", "plain": "Another way.", "kind": "route", "facts": found} | changes)


def with_roles(roles: Mapping[str, Mapping[str, Sequence[Any]]], base: KnowledgeBase = BASE) -> KnowledgeBase:
    """Let only these questions concern anybody, with these orders of their answers."""
    attributes = {
        name: one.model_copy(update={"roles": {role: _levels(order) for role, order in roles.get(name, {}).items()}})
        for name, one in base.attributes.items()
    }
    return replace(base, attributes=attributes)


def _levels(order: Sequence[Any]) -> tuple[tuple[str, ...], ...]:
    return tuple((step,) if isinstance(step, str) else tuple(step) for step in order)


def unknown(attribute: str, base: KnowledgeBase = BASE) -> KnowledgeBase:
    """Let nobody know the answer to one question."""
    about = base.attributes[attribute]
    cells = tuple(
        cell.model_copy(
            update={
                "values": tuple(
                    value.model_copy(update={"code": "unknown", "amount": None, "says": "Nobody knows.", "ask": "the council"})
                    for value in cell.values
                )
            }
        )
        for cell in about.cells
    )
    return replace(base, attributes={**base.attributes, attribute: about.model_copy(update={"cells": cells})})
