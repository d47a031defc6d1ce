"""Reads the folder `data/` whole, strictly, and reports everything that is wrong with it at once."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, TypeVar

from partnership_model.errors import Fault, FaultsError, nearest
from partnership_model.knowledge.base import KnowledgeBase
from partnership_model.knowledge.catalogue import Assumption, Category, Criterion, DeriveRules, Move, NonNegotiable, Option, Term
from partnership_model.knowledge.facts import ALWAYS_ALLOWED, Attribute, DatedValue, Source
from partnership_model.knowledge.files import Document, Row, read_csv, read_yaml
from partnership_model.knowledge.schema import Key, Range, Strict, parse
from partnership_model.knowledge.shipped import shipped

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ASSUMPTION_COLUMNS = ("option", "criterion", "low", "likely", "high", "grade", "evidence", "reasoning")
GRADES = ("A", "B", "C", "D")
ModelT = TypeVar("ModelT", bound=Strict)


class _Options(Strict):
    options: dict[Key, Option]


class _Categories(Strict):
    categories: dict[Key, Category]


class _Criteria(Strict):
    criteria: dict[Key, Criterion]
    derive: DeriveRules


class _Sources(Strict):
    sources: dict[Key, Source]


class _Glossary(Strict):
    glossary: dict[Key, Term]


class _NonNegotiables(Strict):
    non_negotiables: tuple[NonNegotiable, ...]


class _Transitions(Strict):
    transitions: tuple[Move, ...]


def read_knowledge(folder: Path | None = None) -> KnowledgeBase:
    """Read the knowledge base that ships, or the one in a folder.

    Raises:
        FaultsError: everything that is wrong with it, each with file and line.
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

    def whole(self) -> KnowledgeBase:
        options = self._one("options.yaml", _Options)
        categories = self._one("categories.yaml", _Categories)
        criteria = self._one("criteria.yaml", _Criteria)
        glossary = self._one("glossary.yaml", _Glossary)
        transitions = self._one("transitions.yaml", _Transitions)
        gates = self._one("non_negotiables.yaml", _NonNegotiables)
        sources = self._sources()
        attributes = self._attributes()
        if options is None or categories is None or criteria is None or glossary is None or transitions is None or gates is None:
            raise FaultsError(self.faults)
        assumptions = self._assumptions(options.options, criteria.criteria, {*sources, *(f"fact:{name}" for name in attributes)})
        cells: dict[tuple[str, str, str], tuple[int, int]] = {}
        for document, attribute in attributes.values():
            self.faults += _attribute_faults(document, attribute, sources)
            cells |= self._index(document, attribute, options.options, categories.categories)
        found = {name: attribute for name, (_, attribute) in attributes.items()}
        self.faults += gate_faults(Document("non_negotiables.yaml", None), gates.non_negotiables, found)
        self.faults += _move_faults(transitions.transitions, options.options, sources)
        if self.faults:
            raise FaultsError(self.faults)
        return KnowledgeBase(
            options.options,
            categories.categories,
            criteria.criteria,
            criteria.derive,
            found,
            sources,
            glossary.glossary,
            assumptions,
            transitions.transitions,
            gates.non_negotiables,
            cells,
        )

    def _one(self, name: str, model: type[ModelT]) -> ModelT | None:
        try:
            return parse(model, read_yaml(self.folder / name, inside=self.folder))
        except FaultsError as error:
            self.faults += error.faults
            return None

    def _sources(self) -> dict[str, Source]:
        found: dict[str, Source] = {}
        for path in sorted((self.folder / "sources").glob("*.yaml")):
            read = self._one(f"sources/{path.name}", _Sources)
            for key, source in (read.sources if read else {}).items():
                if key in found:
                    self.faults.append(Fault(f"sources/{path.name}", None, key, "this source stands in another file too; keep one"))
                found[key] = source
        return found

    def _attributes(self) -> dict[str, tuple[Document, Attribute]]:
        found: dict[str, tuple[Document, Attribute]] = {}
        for path in sorted((self.folder / "facts").glob("*.yaml")):
            try:
                document = read_yaml(path, inside=self.folder)
                attribute = parse(Attribute, document)
            except FaultsError as error:
                self.faults += error.faults
                continue
            if attribute.attribute != path.stem:
                self.faults.append(
                    document.fault(("attribute",), f'found "{attribute.attribute}"; expected the name of the file, "{path.stem}"')
                )
            found[path.stem] = (document, attribute)
        return found

    def _index(
        self,
        document: Document,
        attribute: Attribute,
        options: dict[str, Option],
        categories: dict[str, Category],
    ) -> dict[tuple[str, str, str], tuple[int, int]]:
        """Find the cell of every option and category; each must stand exactly once."""
        found: dict[tuple[str, str, str], tuple[int, int]] = {}
        for index in range(len(attribute.cells)):
            pairs = list(self._pairs(document, index, attribute, options, categories))
            for option, category in pairs:
                key = (attribute.attribute, option, category)
                if key in found:
                    self.faults.append(document.fault(("cells", index), f"{option} x {category} stands in two cells; keep one"))
                found[key] = (index, len(pairs))
        for option in options:
            for category in categories:
                if (attribute.attribute, option, category) not in found:
                    self.faults.append(
                        document.fault(("cells",), f"no cell covers {option} x {category}; write `code: unknown` where it is not known")
                    )
        return found

    def _pairs(
        self,
        document: Document,
        index: int,
        attribute: Attribute,
        options: dict[str, Option],
        categories: dict[str, Category],
    ) -> Iterator[tuple[str, str]]:
        cell = attribute.cells[index]
        chosen: list[list[str]] = []
        for key, names, known in (("options", cell.options, list(options)), ("categories", cell.categories, list(categories))):
            wanted = list(known) if names == "any" else list(names)
            self.faults += [
                document.fault(("cells", index, key, place), f'"{name}" is not known. {nearest(name, known)}')
                for place, name in enumerate(wanted)
                if name not in known
            ]
            chosen.append([name for name in wanted if name in known])
        yield from ((option, category) for option in chosen[0] for category in chosen[1])

    def _assumptions(
        self,
        options: dict[str, Option],
        criteria: dict[str, Criterion],
        evidence: set[str],
    ) -> dict[tuple[str, str], Assumption]:
        try:
            name, rows = read_csv(self.folder / "starting_assumptions.csv", ASSUMPTION_COLUMNS, inside=self.folder)
        except FaultsError as error:
            self.faults += error.faults
            return {}
        found: dict[tuple[str, str], Assumption] = {}
        for row in rows:
            try:
                one = _assumption(name, row, options, criteria, evidence)
            except FaultsError as error:
                self.faults += error.faults
                continue
            if (one.option, one.criterion) in found:
                self.faults.append(Fault(name, row.line, "option", f"{one.option} on {one.criterion} stands in two rows; keep one"))
            found[one.option, one.criterion] = one
        self.faults += [
            Fault(name, None, "", f"no row gives {option} on {criterion}")
            for option in options
            for criterion, about in criteria.items()
            if about.default and not about.derived and (option, criterion) not in found
        ]
        return found


def _assumption(name: str, row: Row, options: dict[str, Option], criteria: dict[str, Criterion], evidence: set[str]) -> Assumption:
    named = tuple(part.strip() for part in row.cells["evidence"].split(";") if part.strip())
    faults = [
        Fault(name, row.line, column, f'"{row.cells[column]}" is not known. {nearest(row.cells[column], known)}')
        for column, known in (("option", options), ("criterion", criteria), ("grade", GRADES))
        if row.cells[column] not in known
    ]
    faults += [
        Fault(name, row.line, "evidence", f'"{one}" is not a source or a fact. {nearest(one, evidence)}')
        for one in named
        if one not in evidence
    ]
    faults += [Fault(name, row.line, "evidence", "say what this rests on")] if not named else []
    faults += [Fault(name, row.line, "reasoning", "say why in one sentence")] if not row.cells["reasoning"] else []
    amount, wrong = range_of(name, row)
    if faults or wrong or amount is None:
        raise FaultsError([*faults, *wrong])
    criterion = criteria[row.cells["criterion"]]
    wrong = outside_anchors(name, row, amount, criterion)
    if wrong:
        raise FaultsError(wrong)
    return Assumption.model_validate(
        {
            "option": row.cells["option"],
            "criterion": row.cells["criterion"],
            "amount": amount,
            "grade": row.cells["grade"],
            "evidence": named,
            "reasoning": row.cells["reasoning"],
        },
    )


def range_of(name: str, row: Row) -> tuple[Range | None, list[Fault]]:
    """Read the columns low, likely and high of a row; None where any of them is wrong."""
    numbers: list[float] = []
    faults: list[Fault] = []
    for column in ("low", "likely", "high"):
        try:
            number = float(row.cells[column])
        except ValueError:
            number = float("nan")
        if number - number != 0:  # not a number, or infinite
            faults.append(Fault(name, row.line, column, f'found "{row.cells[column]}"; expected a number'))
        numbers.append(number)
    if not faults and not numbers[0] <= numbers[1] <= numbers[2]:
        shown = ", ".join(f"{number:g}" for number in numbers)
        faults.append(Fault(name, row.line, "low", f"expected low <= likely <= high, found {shown}"))
    if faults:
        return None, faults
    return Range(low=numbers[0], likely=numbers[1], high=numbers[2]), []


def outside_anchors(name: str, row: Row, amount: Range, criterion: Criterion) -> list[Fault]:
    """Complain of figures outside the criterion's anchors."""
    least, most = sorted((criterion.scale.worst, criterion.scale.best))
    return [
        Fault(name, row.line, column, f"found {number:g}; {criterion.label} runs from {least:g} to {most:g}")
        for column, number in (("low", amount.low), ("likely", amount.likely), ("high", amount.high))
        if not least <= number <= most
    ]


def _attribute_faults(document: Document, attribute: Attribute, sources: dict[str, Source]) -> list[Fault]:
    faults: list[Fault] = []
    allowed = {**ALWAYS_ALLOWED, **attribute.codes}
    for number, cell in enumerate(attribute.cells):
        for index, value in enumerate(cell.values):
            if not value.ended:
                place = ("cells", number, "values", index)
                faults += [document.fault((*place, key), says) for key, says in _value_faults(attribute, value, allowed, sources)]
    return faults


def _value_faults(
    attribute: Attribute, value: DatedValue, allowed: dict[str, str], sources: dict[str, Source]
) -> Iterator[tuple[str, str]]:
    if value.code is not None and value.code not in allowed:
        yield "code", f'"{value.code}" is not a code of this file. {nearest(value.code, allowed)}'
    if attribute.kind == "rule" and value.code is None:
        yield "code", "a rule needs a `code`"
    bare = value.code in ALWAYS_ALLOWED
    if attribute.kind in ("amount", "duration") and value.amount is None and not bare:
        yield "amount", f"expected `amount` in {attribute.unit}"
    if attribute.kind == "steps" and not value.steps and not bare:
        yield "steps", "expected `steps`"
    if attribute.unit and attribute.unit.startswith("GBP") and value.amount and value.price_year is None:
        yield "price_year", "money needs the year of its prices"
    for one in value.references:
        if one.source not in sources:
            yield "references", f'the source "{one.source}" is not known. {nearest(one.source, sources)}'
    carried = [one for one in value.references if one.at and one.read and one.source in sources and (one.href or sources[one.source].href)]
    if value.mark == "sourced" and not carried:
        yield "references", "a sourced fact needs a reference with a pinpoint, the day it was read, and an address"


def gate_faults(document: Document, gates: tuple[NonNegotiable, ...], attributes: dict[str, Attribute]) -> Iterator[Fault]:
    """Hold non-negotiables against the questions that the knowledge base can answer."""
    for index, gate in enumerate(gates):
        place = ("non_negotiables", index)
        if gate.id in [other.id for other in gates[:index]]:
            yield document.fault((*place, "id"), f'the non-negotiable "{gate.id}" stands twice')
        if gate.attribute not in attributes:
            yield document.fault(
                (*place, "attribute"), f'"{gate.attribute}" is not a question of the knowledge base. {nearest(gate.attribute, attributes)}'
            )
            continue
        codes = attributes[gate.attribute].codes
        if not codes:
            yield document.fault((*place, "attribute"), f'"{gate.attribute}" has figures, not answers; choose a question with answers')
        for step, code in enumerate(gate.accept if codes else ()):
            if code not in codes and code not in ALWAYS_ALLOWED:
                yield document.fault((*place, "accept", step), f'"{code}" is not an answer to {gate.attribute}. {nearest(code, codes)}')


def _move_faults(moves: tuple[Move, ...], options: dict[str, Option], sources: dict[str, Source]) -> Iterator[Fault]:
    """Every ordered pair of different options has exactly one move, and every source is known."""
    pairs = [(start, end) for move in moves for start in move.from_options for end in move.to_options if start != end]
    for start, end in sorted({*pairs, *itertools.permutations(options, 2)}):
        place, count = f"{start} to {end}", pairs.count((start, end))
        unknown = [name for name in (start, end) if name not in options]
        says = f'"{unknown[0]}" is not an option. {nearest(unknown[0], options)}' if unknown else ""
        says = says or (
            "no move is given; write whether it is open" if count == 0 else "this move stands twice; keep one" if count > 1 else ""
        )
        if says:
            yield Fault("transitions.yaml", None, place, says)
    named = {one.source for move in moves for value in move.values for one in value.references}
    for name in sorted(named - set(sources)):
        yield Fault("transitions.yaml", None, "references", f'the source "{name}" is not known. {nearest(name, sources)}')
