"""Evidence: studies and surveys, what they measured on how many, and how far one may lean on them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pydantic import Field, model_validator

from partnership_model.errors import nearest
from partnership_model.knowledge.cells import reference_faults
from partnership_model.knowledge.facts import Mark, Reference
from partnership_model.knowledge.possible_counts import possible_counts
from partnership_model.knowledge.schema import Day, Flag, Key, Number, Strict, Text, Whole

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from partnership_model.errors import Fault
    from partnership_model.knowledge.facts import Source
    from partnership_model.knowledge.files import Document

Design = Literal[
    "matched_comparison",
    "natural_experiment",
    "administrative_data",
    "evaluation",
    "survey",
    "case_studies",
    "inspection_visits",
    "review",
    "claim",
]
Direction = Literal["better", "mixed", "no_difference", "worse", "not_measured"]


class Percentage(Strict):
    """A percentage of a stated number, so that it can be checked.

    Attributes:
        decimals: how many decimal places were printed.
    """

    percent: Number = Field(ge=0, le=100)
    of: Whole = Field(ge=1)
    what: Text
    decimals: Whole = Field(default=0, ge=0, le=3)

    @property
    def possible(self) -> bool:
        """Whether some whole number of them rounds to the percentage.

        >>> Percentage(percent=96, of=20, what="partnerships").possible
        False
        >>> Percentage(percent=96, of=25, what="partnerships").possible
        True
        """
        return bool(possible_counts(self.percent, self.decimals, self.of))

    @property
    def nearest_possible(self) -> tuple[int, float]:
        """Give the whole number that comes nearest, and its percentage."""
        count = round(self.percent * self.of / 100)
        return count, 100 * count / self.of


class Study(Strict):
    """One study, survey or claim.

    Attributes:
        n: how many were studied, in `unit`; None where the number was not seen.
        out_of: how many there were, where that is known.
        direction: what it found for the options it is about, compared with staying maintained and alone.
        spread: how far results lay apart inside one kind of structure.
        outcomes: whether it measured pupils' results.
        withdrawn: the day on which its publisher withdrew it, or the first day on which that was seen.
    """

    title: Text
    source: Key
    at: Text
    read: Day
    mark: Mark
    design: Design
    n: Whole | None = Field(default=None, ge=1)
    unit: Text
    out_of: Whole | None = Field(default=None, ge=1)
    year: Whole = Field(ge=1990, le=2100)
    data_from: Text | None = None
    options: tuple[Key, ...]
    criteria: tuple[Key, ...] = ()
    outcomes: Flag = False
    direction: Direction
    found: Text
    spread: Text
    caution: Text
    grade: Literal["A", "B", "C", "D"]
    percentages: tuple[Percentage, ...] = ()
    withdrawn: Day | None = None
    ask: Text | None = None

    @model_validator(mode="after")
    def _holds_together(self) -> Study:
        if self.n is not None and self.out_of is not None and self.n > self.out_of:
            message = f"`n` is {self.n}, more than the {self.out_of} there were"
            raise ValueError(message)
        if self.mark != "sourced" and not self.ask:
            message = "what is not sourced says whom to `ask`"
            raise ValueError(message)
        return self

    @property
    def references(self) -> tuple[Reference, ...]:
        """Give where it was read, as the reference of a fact."""
        return (Reference(source=self.source, at=self.at, read=self.read),)

    @property
    def impossible(self) -> tuple[Percentage, ...]:
        """Give the percentages that no whole number can make."""
        return tuple(one for one in self.percentages if not one.possible)


class EvidenceFile(Strict):
    """What `data/evidence.yaml` holds."""

    in_short: Text
    evidence: dict[Key, Study]
    stale_after: Day


def evidence_faults(
    document: Document, file: EvidenceFile, sources: Mapping[str, Source], options: Collection[str], criteria: Collection[str]
) -> list[Fault]:
    """Hold what the studies name against what is known, and a sourced one against its source."""
    unread = [
        document.fault(("evidence", key, "source"), says)
        for key, study in file.evidence.items()
        for _, says in reference_faults(study, sources)
    ]
    return unread + [
        document.fault(("evidence", key, *place), f'"{name}" is not known. {nearest(name, known)}')
        for key, study in file.evidence.items()
        for place, name, known in _named(study, options, criteria)
        if name not in known
    ]


def _named(
    study: Study, options: Collection[str], criteria: Collection[str]
) -> Iterator[tuple[tuple[str | int, ...], str, Collection[str]]]:
    for place, name in enumerate(study.options):
        yield ("options", place), name, options
    for place, name in enumerate(study.criteria):
        yield ("criteria", place), name, criteria
