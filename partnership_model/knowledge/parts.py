"""The files of `data/` as they are checked, and all of them together."""

from __future__ import annotations

from pydantic import Field

from partnership_model.knowledge.catalogue import (
    Assumption,
    Bar,
    Category,
    Criterion,
    DeriveRules,
    Move,
    NonNegotiable,
    Option,
    PresentForm,
    Term,
)
from partnership_model.knowledge.evidence import EvidenceFile
from partnership_model.knowledge.facts import Attribute, Form, Source
from partnership_model.knowledge.parameters import Parameter, ParameterFile
from partnership_model.knowledge.questions import FactSheetFile, QuestionFile
from partnership_model.knowledge.schema import Key, Strict, Text


class OptionFile(Strict):
    """What `options.yaml` holds."""

    options: dict[Key, Option]


class CategoryFile(Strict):
    """What `categories.yaml` holds.

    Attributes:
        outside: type codes of the register of schools that the workbook does not cover, and why.
    """

    categories: dict[Key, Category]
    groups: dict[Key, tuple[Key, ...]] = Field(default_factory=dict)
    forms: dict[Form, PresentForm] = Field(default_factory=dict)
    outside: dict[Text, Text] = Field(default_factory=dict)


class CriterionFile(Strict):
    """What `criteria.yaml` holds."""

    criteria: dict[Key, Criterion]
    derive: DeriveRules


class SourceFile(Strict):
    """What one file of `sources/` holds."""

    sources: dict[Key, Source]


class GlossaryFile(Strict):
    """What `glossary.yaml` holds."""

    glossary: dict[Key, Term]


class GateFile(Strict):
    """What `non_negotiables.yaml` holds."""

    non_negotiables: tuple[NonNegotiable, ...]


class MoveFile(Strict):
    """What `transitions.yaml` holds."""

    transitions: tuple[Move, ...]
    bars: tuple[Bar, ...] = ()


class Parts(Strict):
    """Everything that `data/` says, file by file."""

    options: OptionFile
    categories: CategoryFile
    criteria: CriterionFile
    glossary: GlossaryFile
    moves: MoveFile
    gates: GateFile
    evidence: EvidenceFile
    sheets: FactSheetFile
    questions: QuestionFile
    sources: dict[Key, Source]
    attributes: dict[Key, Attribute]
    parameters: dict[Key, Parameter]
    assumptions: tuple[Assumption, ...]


__all__ = [
    "CategoryFile",
    "CriterionFile",
    "EvidenceFile",
    "FactSheetFile",
    "GateFile",
    "GlossaryFile",
    "MoveFile",
    "OptionFile",
    "ParameterFile",
    "Parts",
    "QuestionFile",
    "SourceFile",
]
