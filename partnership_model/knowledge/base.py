"""The knowledge base: what `data/` says over time, and on one day."""

from __future__ import annotations

import datetime as dt  # noqa: TC003 - dataclass fields
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from partnership_model.knowledge.facts import ALWAYS_ALLOWED, Fact
from partnership_model.knowledge.schema import plain_day

if TYPE_CHECKING:
    from partnership_model.knowledge.catalogue import (
        Assumption,
        Category,
        Criterion,
        DeriveRules,
        Move,
        MoveValue,
        NonNegotiable,
        Option,
        Term,
    )
    from partnership_model.knowledge.facts import Attribute, Reference, Source


@dataclass(frozen=True)
class KnowledgeBase:
    """Everything that `data/` says, over time."""

    options: dict[str, Option]
    categories: dict[str, Category]
    criteria: dict[str, Criterion]
    derive: DeriveRules
    attributes: dict[str, Attribute]
    sources: dict[str, Source]
    glossary: dict[str, Term]
    assumptions: dict[tuple[str, str], Assumption]
    moves: tuple[Move, ...]
    non_negotiables: tuple[NonNegotiable, ...]
    _cells: dict[tuple[str, str, str], tuple[int, int]] = field(repr=False)

    def on(self, day: dt.date) -> KnowledgeOfDay:
        """Give the knowledge base as it stands on one day."""
        return KnowledgeOfDay(self, day)


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

    def fact(self, attribute: str, option: str, category: str) -> Fact:
        """Give what is known of a cell; an honest unknown where nothing is recorded for the day.

        Raises:
            KeyError: an attribute, option or category that does not exist.
        """
        about = self.base.attributes[attribute]
        index, cells = self.base._cells[attribute, option, category]  # noqa: SLF001 - a view of the same class
        value = about.cells[index].on(self.day)
        if value is None or value.says is None or value.mark is None:
            says = f"Nothing is recorded here for {plain_day(self.day)}."
            return Fact(attribute, option, category, "unknown", ALWAYS_ALLOWED["unknown"], says, "memory", ask="the council or a solicitor")
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
        )

    def unknown_answers(self) -> dict[str, int]:
        """Count for each option of the day the answers, over questions and categories, that are not known."""
        cells = [(attribute, category) for attribute in self.base.attributes for category in self.base.categories]
        return {option: sum(not self.fact(attribute, option, category).known for attribute, category in cells) for option in self.options}

    def may_go(self, start: str, end: str) -> MoveValue | None:
        """Say whether one may lawfully go on from one option to another; None where nothing is recorded."""
        for move in self.base.moves:
            if start in move.from_options and end in move.to_options:
                held = [value for value in move.values if value.since <= self.day]
                return held[-1] if held and not held[-1].ended else None
        return None


def _all_later(references: tuple[Reference, ...], day: dt.date) -> bool:
    days = [one.text_of for one in references if one.text_of]
    return bool(days) and all(one > day for one in days)
