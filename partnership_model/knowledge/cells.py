"""The cells of a question: which option, category and present form each of them covers, and whether what they say holds together."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Protocol

from partnership_model.errors import nearest
from partnership_model.knowledge.facts import ALWAYS_ALLOWED, Attribute, DatedValue, Form, Mark, Reference

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from partnership_model.errors import Fault
    from partnership_model.knowledge.catalogue import Category, Option
    from partnership_model.knowledge.facts import Cell, Source
    from partnership_model.knowledge.files import Document, Place


class CellKey(NamedTuple):
    """One cell of the knowledge base."""

    attribute: str
    option: str
    category: str
    form: Form


class CellPlace(NamedTuple):
    """Where a cell stands: which entry of its file, and how many cells share that entry."""

    entry: int
    sharing: int


@dataclass(frozen=True)
class Kinds:
    """What cells may name: options, categories of school, and groups of categories."""

    options: Mapping[str, Option]
    categories: Mapping[str, Category]
    groups: Mapping[str, tuple[str, ...]]

    def expanded(self, names: Iterable[str]) -> list[str]:
        """Give the categories that are named, alone or as a group."""
        return [one for name in names for one in self.groups.get(name, (name,))]

    def covered(self, attribute: str, cell: Cell) -> list[CellKey]:
        """Give every option, category and present form for which an entry speaks; names that are not known are left out."""
        options = self.options if cell.options == "any" else [name for name in cell.options if name in self.options]
        named = self.categories if cell.categories == "any" else self.expanded(cell.categories)
        return [
            CellKey(attribute, option, category, form)
            for option in options
            for category in named
            if category in self.categories
            for form in self.categories[category].forms
            if cell.forms == "any" or form in cell.forms
        ]

    def places(self, attribute: Attribute) -> dict[CellKey, CellPlace]:
        """Find the entry that covers each option, category and present form."""
        found: dict[CellKey, CellPlace] = {}
        for entry, cell in enumerate(attribute.cells):
            keys = self.covered(attribute.attribute, cell)
            found |= dict.fromkeys(keys, CellPlace(entry, len(keys)))
        return found


def cover_faults(document: Document, attribute: Attribute, kinds: Kinds) -> list[Fault]:
    """Complain of unknown names, and of options, categories and present forms that are not covered exactly once."""
    faults: list[Fault] = []
    seen: set[CellKey] = set()
    for entry, cell in enumerate(attribute.cells):
        wrong = _unknown_names(document, entry, cell, kinds)
        keys = kinds.covered(attribute.attribute, cell)
        if not keys and not wrong:
            wrong = [document.fault(("cells", entry, "forms"), "no category named here can have this present form")]
        faults += wrong
        twice = [key for key in keys if key in seen] + [key for key, count in Counter(keys).items() if count > 1]
        faults += [document.fault(("cells", entry), f"{_plain(key)} stands in two cells; keep one") for key in twice]
        seen.update(keys)
    for key in _every(attribute.attribute, kinds.options, kinds.categories):
        if key not in seen:
            faults.append(document.fault(("cells",), f"no cell covers {_plain(key)}; write `code: unknown` where it is not known"))
    return faults


def _every(attribute: str, options: Mapping[str, Option], categories: Mapping[str, Category]) -> Iterator[CellKey]:
    for option in options:
        for category, about in categories.items():
            for form in about.forms:
                yield CellKey(attribute, option, category, form)


def _plain(key: CellKey) -> str:
    return f"{key.option} x {key.category}" + ("" if key.form == "alone" else f" ({key.form})")


def _unknown_names(document: Document, entry: int, cell: Cell, kinds: Kinds) -> list[Fault]:
    return [
        document.fault(("cells", entry, field, place), f'"{name}" is not known. {nearest(name, known)}')
        for field, named, known in (
            ("options", cell.options, [*kinds.options]),
            ("categories", cell.categories, [*kinds.categories, *kinds.groups]),
        )
        if named != "any"
        for place, name in enumerate(named)
        if name not in known
    ]


def value_faults(document: Document, attribute: Attribute, sources: Mapping[str, Source]) -> list[Fault]:
    """Hold every dated value of a question against its kind, its codes and the sources."""
    allowed = {**ALWAYS_ALLOWED, **attribute.codes}
    faults = [
        document.fault((*place, field), says)
        for place, value in _values(attribute)
        for field, says in _one_value(attribute.kind, attribute.unit, value, allowed, sources)
    ]
    faults += [
        document.fault(("bodies", place), f'"{code}" is not a code of this file. {nearest(code, allowed)}')
        for place, code in enumerate(attribute.bodies)
        if code not in allowed
    ]
    faults += [
        document.fault(("resolved_by", code), f'"{code}" is not a code of this file. {nearest(code, allowed)}')
        for code in attribute.resolved_by
        if code not in allowed
    ]
    faults += [
        document.fault(("resolved_by",), f'say which bodies have to resolve where the answer is "{code}"')
        for code in attribute.codes
        if attribute.resolved_by and code not in attribute.resolved_by
    ]
    if attribute.kind in ("amount", "duration") and attribute.unit is None:
        faults.append(document.fault(("kind",), "figures need a `unit`"))
    for role, order in attribute.roles.items():
        ranked = [(place, code) for place, codes in enumerate(order) for code in codes]
        faults += [
            document.fault(("roles", role, place), f'"{code}" stands twice in the order of this role; keep one')
            for number, (place, code) in enumerate(ranked)
            if code in [earlier for _, earlier in ranked[:number]]
        ]
        faults += [
            document.fault(("roles", role, place), f'"{code}" is not a code of this file. {nearest(code, allowed)}')
            for place, code in ranked
            if code not in allowed
        ]
    return faults


def _values(attribute: Attribute) -> Iterator[tuple[Place, DatedValue]]:
    for number, cell in enumerate(attribute.cells):
        for index, value in enumerate(cell.values):
            if not value.ended:
                yield ("cells", number, "values", index), value


def _one_value(
    kind: str, unit: str | None, value: DatedValue, allowed: Mapping[str, str], sources: Mapping[str, Source]
) -> Iterator[tuple[str, str]]:
    if value.code is not None and value.code not in allowed:
        yield "code", f'"{value.code}" is not a code of this file. {nearest(value.code, allowed)}'
    if kind == "rule" and value.code is None:
        yield "code", "a rule needs a `code`"
    bare = value.code in ALWAYS_ALLOWED
    if kind in ("amount", "duration") and value.amount is None and not bare:
        yield "amount", f"expected `amount` in {unit}"
    if kind == "steps" and not value.steps and not bare:
        yield "steps", "expected `steps`"
    if unit and unit.startswith("GBP") and value.amount and value.price_year is None:
        yield "price_year", "money needs the year of its prices"
    yield from reference_faults(value, sources)


class Marked(Protocol):
    """What has a mark, and references for it."""

    @property
    def mark(self) -> Mark | None:
        """How it is known."""

    @property
    def references(self) -> tuple[Reference, ...]:
        """Where it stands."""


def reference_faults(value: Marked, sources: Mapping[str, Source]) -> Iterator[tuple[str, str]]:
    """Complain of unknown sources, and of a sourced value whose passage cannot be found again."""
    for one in value.references:
        if one.source not in sources:
            yield "references", f'the source "{one.source}" is not known. {nearest(one.source, sources)}'
    carried = [one for one in value.references if one.at and one.read and one.source in sources and (one.href or sources[one.source].href)]
    unknown = any(one.source not in sources for one in value.references)
    if value.mark == "sourced" and not carried and not unknown:
        yield "references", "a sourced fact needs a reference with a pinpoint, the day it was read, and an address"
