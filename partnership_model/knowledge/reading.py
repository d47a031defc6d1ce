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

    from partnership_model.knowledge.files import Place

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
        self.faults += gate_faults(read_yaml(self.folder / "non_negotiables.yaml", inside=self.folder), found)
        document = read_yaml(self.folder / "transitions.yaml", inside=self.folder)
        self.faults += _move_faults(document, transitions.transitions, options.options, sources)
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
            try:
                document = read_yaml(path, inside=self.folder)
                read = parse(_Sources, document)
            except FaultsError as error:
                self.faults += error.faults
                continue
            twice = [key for key in read.sources if key in found]
            self.faults += [document.fault(("sources", key), "this source stands in another file too; keep one") for key in twice]
            found |= read.sources
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
        named = {(row.cells["option"], row.cells["criterion"]) for row in rows}
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
            if about.default and not about.derived and (option, criterion) not in named
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


def gate_faults(document: Document, attributes: dict[str, Attribute]) -> Iterator[Fault]:
    """Hold non-negotiables, checked or not, against the questions that the knowledge base can answer."""
    found = document.value.get("non_negotiables") if isinstance(document.value, dict) else None
    seen: set[str] = set()
    for index, gate in enumerate(found if isinstance(found, list) else []):
        if not isinstance(gate, dict):
            continue
        place = ("non_negotiables", index)
        name, attribute, accept = gate.get("id"), gate.get("attribute"), gate.get("accept")
        if isinstance(name, str):
            if name in seen:
                yield document.fault((*place, "id"), f'the non-negotiable "{name}" stands twice')
            seen.add(name)
        if isinstance(attribute, str):
            yield from _answer_faults(document, place, attribute, accept if isinstance(accept, list) else [], attributes)


def _answer_faults(
    document: Document, place: Place, attribute: str, accept: list[object], attributes: dict[str, Attribute]
) -> Iterator[Fault]:
    if attribute not in attributes:
        says = f'"{attribute}" is not a question of the knowledge base. {nearest(attribute, attributes)}'
        yield document.fault((*place, "attribute"), says)
        return
    codes = attributes[attribute].codes
    if not codes:
        yield document.fault((*place, "attribute"), f'"{attribute}" has figures, not answers; choose a question with answers')
    for step, code in enumerate(accept if codes else ()):
        if isinstance(code, str) and code not in codes and code not in ALWAYS_ALLOWED:
            yield document.fault((*place, "accept", step), f'"{code}" is not an answer to {attribute}. {nearest(code, codes)}')


def _move_faults(document: Document, moves: tuple[Move, ...], options: dict[str, Option], sources: dict[str, Source]) -> Iterator[Fault]:
    """Every ordered pair of different options has exactly one move, and every source is known."""
    seen: set[tuple[str, str]] = set()
    for index, move in enumerate(moves):
        place: Place = ("transitions", index)
        yield from _unknown_in_move(document, place, move, options, sources)
        for pair in itertools.product(move.from_options, move.to_options):
            if pair in seen:
                yield document.fault(place, f"the move from {pair[0]} to {pair[1]} stands twice; keep one")
            seen.add(pair)
    for start, end in itertools.permutations(options, 2):
        if (start, end) not in seen:
            yield Fault(document.name, None, f"{start} to {end}", "no move is given; write whether it is open")


def _unknown_in_move(
    document: Document, place: Place, move: Move, options: dict[str, Option], sources: dict[str, Source]
) -> Iterator[Fault]:
    for key, names in (("from", move.from_options), ("to", move.to_options)):
        for step, name in enumerate(names):
            if name not in options:
                yield document.fault((*place, key, step), f'"{name}" is not an option. {nearest(name, options)}')
    for step, value in enumerate(move.values):
        for number, one in enumerate(value.references):
            if one.source not in sources:
                where = (*place, "values", step, "references", number)
                yield document.fault(where, f'the source "{one.source}" is not known. {nearest(one.source, sources)}')
