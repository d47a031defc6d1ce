"""Parameters: dated rules and amounts of the whole country or of one council, which no option and no school changes."""

from __future__ import annotations

import datetime as dt  # noqa: TC003 - pydantic reads it
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from partnership_model.errors import nearest
from partnership_model.knowledge.cells import reference_faults
from partnership_model.knowledge.facts import ALWAYS_ALLOWED, Checked, Dated, DatedValue, Mark, Reference, Status, Unit, in_force
from partnership_model.knowledge.schema import Day, Key, Range, Strict, Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from partnership_model.errors import Fault
    from partnership_model.knowledge.facts import Source
    from partnership_model.knowledge.files import Document

Subject = Literal["policy", "inspection", "law", "money", "numbers"]


class Parameter(Strict):
    """One rule or amount over time.

    Attributes:
        holds_for: where it holds, if not in all of England: a council, a fund.
        stale_after: the day of its file, where it has none of its own.
    """

    question: Text
    description: Text
    subject: Subject
    kind: Literal["rule", "amount"]
    unit: Unit | None = None
    holds_for: Text | None = None
    codes: dict[Key, Text] = Field(default_factory=dict)
    values: Dated[DatedValue]
    stale_after: Day | None = None

    def on(self, day: dt.date) -> DatedValue | None:
        """Give the value in force on a day, or None before the first and after the end."""
        return in_force(self.values, day)


class ParameterFile(Strict):
    """One file of `data/parameters/`: a topic."""

    description: Text
    nation: Literal["england"]
    parameters: dict[Key, Parameter]
    checked: Checked
    stale_after: Day


@dataclass(frozen=True)
class Standing:
    """What a parameter says on one day.

    Attributes:
        answer: the short answer in words; "" for an amount.
    """

    parameter: str
    question: str
    code: str | None
    answer: str
    says: str
    mark: Mark
    status: Status
    amount: Range | None
    price_year: int | None
    references: tuple[Reference, ...]
    ask: str | None
    since: dt.date


def parameter_faults(document: Document, file: ParameterFile, sources: Mapping[str, Source]) -> list[Fault]:
    """Hold every value of a file against its kind, its codes and the sources."""
    faults: list[Fault] = []
    for key, parameter in file.parameters.items():
        allowed = {"unknown": ALWAYS_ALLOWED["unknown"], **parameter.codes}
        for index, value in enumerate(parameter.values):
            if value.ended:
                continue
            place = ("parameters", key, "values", index)
            if value.code is not None and value.code not in allowed:
                faults.append(
                    document.fault((*place, "code"), f'"{value.code}" is not a code of this entry. {nearest(value.code, allowed)}')
                )
            if parameter.kind == "rule" and value.code is None:
                faults.append(document.fault((*place, "code"), "a rule needs a `code`"))
            if parameter.kind == "amount" and value.amount is None and value.code != "unknown":
                faults.append(document.fault((*place, "amount"), f"expected `amount` in {parameter.unit}"))
            if (parameter.unit or "").startswith("GBP") and value.amount and value.price_year is None:
                faults.append(document.fault((*place, "price_year"), "money needs the year of its prices"))
            faults += [document.fault((*place, field), says) for field, says in reference_faults(value, sources)]
    return faults
