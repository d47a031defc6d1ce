"""The knowledge base: what `data/` says over time, and on one day."""

from __future__ import annotations

import datetime as dt  # noqa: TC003 - dataclass fields
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from partnership_model.knowledge.cells import CellKey, CellPlace, Kinds
from partnership_model.knowledge.facts import ALWAYS_ALLOWED, Fact
from partnership_model.knowledge.parameters import Standing
from partnership_model.knowledge.schema import plain_day

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from partnership_model.knowledge.catalogue import (
        Assumption,
        Category,
        Criterion,
        DeriveRules,
        Move,
        MoveValue,
        NonNegotiable,
        Option,
        PresentForm,
        Term,
    )
    from partnership_model.knowledge.evidence import EvidenceFile
    from partnership_model.knowledge.facts import Attribute, DatedValue, Form, Reference, Source
    from partnership_model.knowledge.parameters import Parameter
    from partnership_model.knowledge.parts import Parts
    from partnership_model.knowledge.questions import FactSheet, Question


@dataclass(frozen=True, eq=False)
class KnowledgeBase:
    """Everything that `data/` says, over time.

    Attributes:
        groups: categories that facts name together.
        outside: type codes of the register of schools that the workbook does not cover, and why.
        fact_sheet: the attributes of the sheet that every option has in a report.
        fact_sheets: routes that are no option of their own, and plans laid over options.
    """

    options: Mapping[str, Option]
    categories: Mapping[str, Category]
    groups: Mapping[str, tuple[str, ...]]
    forms: Mapping[Form, PresentForm]
    outside: Mapping[str, str]
    criteria: Mapping[str, Criterion]
    derive: DeriveRules
    attributes: Mapping[str, Attribute]
    parameters: Mapping[str, Parameter]
    evidence: EvidenceFile
    questions: tuple[Question, ...]
    fact_sheet: tuple[str, ...]
    fact_sheets: Mapping[str, FactSheet]
    sources: Mapping[str, Source]
    glossary: Mapping[str, Term]
    assumptions: Mapping[tuple[str, str], Assumption]
    moves: tuple[Move, ...]
    non_negotiables: tuple[NonNegotiable, ...]
    _cells: Mapping[CellKey, CellPlace] = field(repr=False)

    @classmethod
    def of(cls, parts: Parts) -> KnowledgeBase:
        """Put together what was read and checked."""
        kinds = Kinds(parts.options.options, parts.categories.categories, parts.categories.groups)
        return cls(
            options=parts.options.options,
            categories=parts.categories.categories,
            groups=parts.categories.groups,
            forms=parts.categories.forms,
            outside=parts.categories.outside,
            criteria=parts.criteria.criteria,
            derive=parts.criteria.derive,
            attributes=parts.attributes,
            parameters=parts.parameters,
            evidence=parts.evidence,
            questions=parts.questions.questions,
            fact_sheet=parts.questions.fact_sheet,
            fact_sheets=parts.sheets.fact_sheets,
            sources=parts.sources,
            glossary=parts.glossary.glossary,
            assumptions={(one.option, one.criterion): one for one in parts.assumptions},
            moves=parts.moves.transitions,
            non_negotiables=parts.gates.non_negotiables,
            _cells={key: place for attribute in parts.attributes.values() for key, place in kinds.places(attribute).items()},
        )

    def on(self, day: dt.date) -> KnowledgeOfDay:
        """Give the knowledge base as it stands on one day."""
        return KnowledgeOfDay(self, day)

    def kinds(self) -> Iterator[tuple[str, Form]]:
        """Give every category of school with every present form that it may have."""
        for category, about in self.categories.items():
            for form in about.forms:
                yield category, form

    def values(self) -> Iterator[tuple[str, DatedValue]]:
        """Give every dated value of the facts with its question; what several cells share comes once."""
        for name, attribute in self.attributes.items():
            for cell in attribute.cells:
                for value in cell.values:
                    yield name, value


@dataclass(frozen=True)
class KnowledgeOfDay:
    """The knowledge base on one day."""

    base: KnowledgeBase
    day: dt.date

    @property
    def options(self) -> dict[str, Option]:
        """Give the options that exist on the day."""
        found = self.base.options.items()
        return {key: one for key, one in found if one.first_day <= self.day and (one.last_day is None or self.day <= one.last_day)}

    def fact(self, attribute: str, option: str, category: str, form: Form = "alone") -> Fact:
        """Give what is known of a cell; an honest unknown where nothing is recorded for the day.

        Raises:
            KeyError: an attribute, option or category that does not exist, or a form that the category cannot have.
        """
        about = self.base.attributes[attribute]
        index, cells = self.base._cells[CellKey(attribute, option, category, form)]  # noqa: SLF001 - a view of the same class
        value = about.cells[index].on(self.day)
        if value is None or value.says is None or value.mark is None:
            says = f"Nothing is recorded here for {plain_day(self.day)}."
            answer, ask = ALWAYS_ALLOWED["unknown"], "the council or a solicitor"
            return Fact(attribute, option, category, "unknown", answer, says, "memory", ask=ask, form=form)
        return Fact(
            attribute=attribute,
            option=option,
            category=category,
            code=value.code,
            answer=about.answer(value.code) if value.code else "",
            says=value.says,
            mark=value.mark,
            status=value.status,
            amount=value.amount,
            price_year=value.price_year,
            steps=value.steps or (),
            references=value.references,
            ask=value.ask,
            since=value.since,
            shared=cells > 1,
            later_text=_all_later(value.references, self.day),
            form=form,
            unit=about.unit,
        )

    def parameter(self, name: str) -> Standing | None:
        """Give what a rule or amount of the country says on the day; None before the first day and after the end.

        Raises:
            KeyError: there is no such parameter.
        """
        about = self.base.parameters[name]
        value = about.on(self.day)
        if value is None or value.says is None or value.mark is None:
            return None
        return Standing(
            parameter=name,
            question=about.question,
            code=value.code,
            answer=about.codes.get(value.code or "", ALWAYS_ALLOWED.get(value.code or "", "")),
            says=value.says,
            mark=value.mark,
            status=value.status,
            amount=value.amount,
            price_year=value.price_year,
            references=value.references,
            ask=value.ask,
            since=value.since,
        )

    def unknown_answers(self) -> dict[str, int]:
        """Count for each option of the day the answers, over questions and kinds of school, that are not known."""
        cells = [(attribute, *kind) for attribute in self.base.attributes for kind in self.base.kinds()]
        return {
            option: sum(not self.fact(attribute, option, category, form).known for attribute, category, form in cells)
            for option in self.options
        }

    def may_go(self, start: str, end: str) -> MoveValue | None:
        """Say whether one may lawfully go on from one option to another; None where nothing is recorded."""
        for move in self.base.moves:
            if start in move.from_options and end in move.to_options:
                return move.on(self.day)
        return None


def _all_later(references: tuple[Reference, ...], day: dt.date) -> bool:
    days = [one.text_of for one in references if one.text_of]
    return bool(days) and all(one > day for one in days)
