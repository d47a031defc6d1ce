"""Reads the folder `data/` whole, strictly, and reports everything that is wrong with it at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from partnership_model.errors import Fault, FaultsError, nearest
from partnership_model.knowledge.assumptions import read_assumptions
from partnership_model.knowledge.base import KnowledgeBase
from partnership_model.knowledge.cells import Kinds, cover_faults, value_faults
from partnership_model.knowledge.cross_checks import bar_faults, gate_faults, move_faults, option_faults, relied_on_faults
from partnership_model.knowledge.evidence import EvidenceFile, evidence_faults
from partnership_model.knowledge.facts import Attribute, Source
from partnership_model.knowledge.parameters import Parameter, ParameterFile, parameter_faults
from partnership_model.knowledge.parts import (
    CategoryFile,
    CriterionFile,
    FactSheetFile,
    GateFile,
    GlossaryFile,
    MoveFile,
    OptionFile,
    Parts,
    QuestionFile,
    SourceFile,
)
from partnership_model.knowledge.questions import question_faults, sheet_faults
from partnership_model.knowledge.relied_on import ELIGIBILITY
from partnership_model.knowledge.schema import Strict, parse
from partnership_model.knowledge.shipped import shipped
from partnership_model.knowledge.snapshot import kept, load, save
from partnership_model.knowledge.yaml_file import read_yaml

if TYPE_CHECKING:
    from pathlib import Path

    from partnership_model.knowledge.files import Document

ModelT = TypeVar("ModelT", bound=Strict)
# What ships is held in memory by the place of its kept copy, which another byte in any file changes.
_held: dict[Path, KnowledgeBase] = {}


def read_knowledge(folder: Path | None = None) -> KnowledgeBase:
    """Give the knowledge base that ships, or the one in a folder.

    What was checked once is kept, and read again as it was checked while no file has changed; what ships is even held in memory,
    so that kernels share it with the process from which they are forked. What changed during the check is not kept, for nobody
    knows which of it was checked.

    Raises:
        FaultsError: everything that is wrong with it, each with file and line.
    """
    ships, folder = folder is None, folder or shipped("data")
    place = kept(folder)
    if ships and place in _held:
        return _held[place]
    parts = load(place) if place else None
    if parts is None:
        parts = check_knowledge(folder)
        if place and kept(folder) == place:
            save(parts, place)
        else:
            place = None
    base = KnowledgeBase.of(parts)
    if ships and place:
        _held.clear()
        _held[place] = base
    return base


def check_knowledge(folder: Path | None = None) -> Parts:
    """Read every file and hold it against the others.

    Raises:
        FaultsError: everything that is wrong, each with file and line.
    """
    reading = _Reading(folder or shipped("data"))
    try:
        return reading.whole()
    except FaultsError as error:
        raise FaultsError([*reading.faults, *error.faults]) from None


class _Reading:
    """Reads the folder, collecting the faults of all its files before it gives up."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.faults: list[Fault] = []

    def whole(self) -> Parts:
        options, categories = self._one("options.yaml", OptionFile), self._one("categories.yaml", CategoryFile)
        criteria, glossary = self._one("criteria.yaml", CriterionFile), self._one("glossary.yaml", GlossaryFile)
        moves, gates = self._one("transitions.yaml", MoveFile), self._one("non_negotiables.yaml", GateFile)
        evidence, sheets = self._one("evidence.yaml", EvidenceFile), self._one("fact_sheets.yaml", FactSheetFile)
        questions = self._one("questions.yaml", QuestionFile)
        sources, attributes = self._sources(), self._attributes()
        parameters = self._parameters(sources)
        if not (options and categories and criteria and glossary and moves and gates and evidence and sheets and questions):
            raise FaultsError(self.faults)
        self.faults += [*option_faults(*options), *_category_faults(*categories)]
        known = {name: attribute for name, (_, attribute) in attributes.items()}
        kinds = Kinds(options[1].options, categories[1].categories, categories[1].groups)
        for document, attribute in attributes.values():
            self.faults += [*value_faults(document, attribute, sources), *cover_faults(document, attribute, kinds)]
        self.faults += relied_on_faults(attributes, criteria[0], criteria[1].derive.exit)
        self.faults += gate_faults(gates[0], known)
        self.faults += move_faults(*moves, kinds.options, sources)
        self.faults += bar_faults(*moves, parameters, kinds, attributes.get(ELIGIBILITY))
        self.faults += evidence_faults(*evidence, sources, kinds.options, criteria[1].criteria)
        self.faults += sheet_faults(*sheets, kinds.options, sources)
        self.faults += question_faults(*questions, known)
        rests_on = {*sources, *(f"fact:{name}" for name in known), *(f"study:{key}" for key in evidence[1].evidence)}
        rests_on |= {f"parameter:{key}" for key in parameters}
        path = self.folder / "starting_assumptions.csv"
        assumptions, wrong = read_assumptions(path, kinds.options, criteria[1].criteria, rests_on, self.folder)
        self.faults += wrong
        if self.faults:
            raise FaultsError(self.faults)
        return Parts(
            options=options[1],
            categories=categories[1],
            criteria=criteria[1],
            glossary=glossary[1],
            moves=moves[1],
            gates=gates[1],
            evidence=evidence[1],
            sheets=sheets[1],
            questions=questions[1],
            sources=sources,
            attributes=known,
            parameters=parameters,
            assumptions=tuple(assumptions.values()),
        )

    def _one(self, name: str, model: type[ModelT]) -> tuple[Document, ModelT] | None:
        return self._read(self.folder / name, model)

    def _read(self, path: Path, model: type[ModelT]) -> tuple[Document, ModelT] | None:
        try:
            document = read_yaml(path, inside=self.folder)
            return document, parse(model, document)
        except FaultsError as error:
            self.faults += error.faults
            return None

    def _folder(self, name: str, model: type[ModelT]) -> list[tuple[Path, Document, ModelT]]:
        found = [(path, self._read(path, model)) for path in sorted((self.folder / name).glob("*.yaml"))]
        return [(path, *read) for path, read in found if read]

    def _sources(self) -> dict[str, Source]:
        found: dict[str, Source] = {}
        for _, document, read in self._folder("sources", SourceFile):
            twice = [key for key in read.sources if key in found]
            self.faults += [document.fault(("sources", key), "this source stands in another file too; keep one") for key in twice]
            found |= read.sources
        return found

    def _attributes(self) -> dict[str, tuple[Document, Attribute]]:
        found: dict[str, tuple[Document, Attribute]] = {}
        for path, document, attribute in self._folder("facts", Attribute):
            if attribute.attribute != path.stem:
                says = f'found "{attribute.attribute}"; expected the name of the file, "{path.stem}"'
                self.faults.append(document.fault(("attribute",), says))
            found[path.stem] = (document, attribute)
        return found

    def _parameters(self, sources: dict[str, Source]) -> dict[str, Parameter]:
        found: dict[str, Parameter] = {}
        for _, document, file in self._folder("parameters", ParameterFile):
            twice = [key for key in file.parameters if key in found]
            self.faults += [document.fault(("parameters", key), "this parameter stands in another file too; keep one") for key in twice]
            self.faults += parameter_faults(document, file, sources)
            held = {"stale_after": file.stale_after}
            found |= {key: one if one.stale_after else one.model_copy(update=held) for key, one in file.parameters.items()}
        return found


def _category_faults(document: Document, file: CategoryFile) -> list[Fault]:
    """Groups name categories, every present form is explained, and a type code of the register stands once."""
    faults = [
        document.fault(("groups", group, place), f'"{name}" is not a category. {nearest(name, file.categories)}')
        for group, names in file.groups.items()
        for place, name in enumerate(names)
        if name not in file.categories
    ]
    seen: set[str] = set(file.outside)
    for key, category in file.categories.items():
        for place, code in enumerate(category.gias):
            if code in seen:
                faults.append(document.fault(("categories", key, "gias", place), f'the type code "{code}" stands twice; keep one'))
            seen.add(code)
        for place, form in enumerate(category.forms):
            if form not in file.forms:
                faults.append(document.fault(("categories", key, "forms", place), f'explain "{form}" under `forms`'))
    return faults
