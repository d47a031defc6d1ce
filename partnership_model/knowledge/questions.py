"""The forty questions that governors ask, and what answers each; fact sheets of routes that are not options of their own."""

from __future__ import annotations

import datetime as dt  # noqa: TC003 - pydantic reads it
from typing import TYPE_CHECKING, Literal

from pydantic import Field, model_validator

from partnership_model.errors import nearest
from partnership_model.knowledge.cells import reference_faults
from partnership_model.knowledge.facts import DatedValue, Topic, in_force
from partnership_model.knowledge.schema import Key, Strict, Text, Whole

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from partnership_model.errors import Fault
    from partnership_model.knowledge.facts import Attribute, Source
    from partnership_model.knowledge.files import Document

Calculation = Literal[
    "top_slice_in_pounds",
    "bought_in_today",
    "partner_deficit",
    "set_up_less_grant",
    "break_even",
    "rolls_fall",
    "without_one_school",
    "doors",
    "policy_scenario",
    "robustness",
]


class Question(Strict):
    """One question, as a governor asks it, and the facts and calculations that answer it.

    Attributes:
        also: other words in which people ask it, for the search.
    """

    number: Whole = Field(ge=1, le=40)
    asks: Text
    also: tuple[Text, ...] = ()
    topic: Topic
    attributes: tuple[Key, ...] = ()
    calculations: tuple[Calculation, ...] = ()

    @model_validator(mode="after")
    def _answered(self) -> Question:
        if not self.attributes and not self.calculations:
            message = "name the attributes or calculations that answer it"
            raise ValueError(message)
        return self


class QuestionFile(Strict):
    """What `data/questions.yaml` holds.

    Attributes:
        fact_sheet: the attributes of the sheet that every option has in a report, in order.
    """

    questions: tuple[Question, ...]
    fact_sheet: tuple[Key, ...] = ()


class SheetFact(DatedValue):
    """One question and its dated answer on a fact sheet."""

    question: Text


class FactSheet(Strict):
    """A route that is no option of its own, or a plan laid over options.

    Attributes:
        kind: `route` (another way), `overlay` (laid over any option), `joining` (coming into one that exists) or
            `combination` (two structures at once).
        options: the options that it belongs to.
    """

    label: Text
    plain: Text
    kind: Literal["route", "overlay", "joining", "combination"]
    options: tuple[Key, ...] = ()
    facts: tuple[SheetFact, ...] = Field(min_length=1)

    def on(self, day: dt.date) -> tuple[SheetFact, ...]:
        """Give the latest answer to each question by a day."""
        by_question: dict[str, list[SheetFact]] = {}
        for fact in sorted(self.facts, key=lambda one: one.since):
            by_question.setdefault(fact.question, []).append(fact)
        held = (in_force(facts, day) for facts in by_question.values())
        return tuple(fact for fact in held if fact)


class FactSheetFile(Strict):
    """What `data/fact_sheets.yaml` holds."""

    fact_sheets: dict[Key, FactSheet]


def question_faults(document: Document, file: QuestionFile, attributes: dict[str, Attribute]) -> list[Fault]:
    """Hold the questions against the attributes that answer them; each number stands once."""
    faults = [
        document.fault(("questions", place, "attributes", step), f'"{name}" is not an attribute. {nearest(name, attributes)}')
        for place, question in enumerate(file.questions)
        for step, name in enumerate(question.attributes)
        if name not in attributes
    ]
    faults += [
        document.fault(("fact_sheet", place), f'"{name}" is not an attribute. {nearest(name, attributes)}')
        for place, name in enumerate(file.fact_sheet)
        if name not in attributes
    ]
    numbers = [question.number for question in file.questions]
    if sorted(numbers) != list(range(1, 41)):
        faults.append(document.fault(("questions",), "expected the numbers 1 to 40, each once"))
    return faults


def sheet_faults(document: Document, file: FactSheetFile, options: Collection[str], sources: Mapping[str, Source]) -> list[Fault]:
    """Hold fact sheets against the options and sources that they name; a question has one answer on a day."""
    faults = [
        document.fault(("fact_sheets", key, "options", place), f'"{name}" is not an option. {nearest(name, options)}')
        for key, sheet in file.fact_sheets.items()
        for place, name in enumerate(sheet.options)
        if name not in options
    ]
    for key, sheet in file.fact_sheets.items():
        seen: set[tuple[str, dt.date]] = set()
        for place, fact in enumerate(sheet.facts):
            where = ("fact_sheets", key, "facts", place)
            if (fact.question, fact.since) in seen:
                faults.append(document.fault(where, f'"{fact.question}" has two answers from {fact.since}; keep one'))
            seen.add((fact.question, fact.since))
            faults += [document.fault((*where, field), says) for field, says in reference_faults(fact, sources)]
    return faults
