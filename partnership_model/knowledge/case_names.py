"""Holds the names in a case against what the knowledge base knows, also where other parts of the case are wrong."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from partnership_model.errors import MOST_SHOWN, listed, meant, nearest
from partnership_model.knowledge.comparison_faults import comparison_faults
from partnership_model.knowledge.cross_checks import gate_faults

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from partnership_model.errors import Fault
    from partnership_model.knowledge.base import KnowledgeBase
    from partnership_model.knowledge.files import Document, Place

SAID = ("why", "aims", "claims", "next_steps")
MOST_READ = 200  # entries of one list; the longest list that a case may have
Named = Sequence[tuple[str, "Place"]]


@dataclass
class Hints:
    """Says what a mistyped name is nearest to, for as many names as a reader is shown: to look for it takes long."""

    left: int = MOST_SHOWN

    def near(self, name: str, known: Collection[str]) -> str:
        """Say which known name is nearest, or list the known ones."""
        self.left -= 1
        return nearest(name, known) if self.left >= 0 else listed(known)

    def meant(self, name: str, known: Collection[str]) -> str:
        """Take a mistyped name for the known one that is nearest, if any is near."""
        self.left -= 1
        return (meant(name, known) if self.left >= 0 else None) or name


def _list(value: Any, key: str) -> list[Any]:  # noqa: ANN401 - data that was not checked yet
    """Give a list that may be wrong or missing; of one that is too long the beginning."""
    found = value.get(key) if isinstance(value, dict) else None
    return found[:MOST_READ] if isinstance(found, list) else []


def _dicts(value: Any, key: str) -> list[tuple[int, dict[str, Any]]]:  # noqa: ANN401 - data that was not checked yet
    return [(index, one) for index, one in enumerate(_list(value, key)) if isinstance(one, dict)]


@dataclass(frozen=True)
class Names:
    """The options and criteria that a case names, each with its place.

    Attributes:
        options, criteria: what is meant, a mistyped name taken for the one that it is nearest to.
    """

    options_at: Named
    criteria_at: Named
    options: list[str]
    criteria: list[str]

    @classmethod
    def of(cls, document: Document, base: KnowledgeBase) -> Names:
        """Collect the names of a case that was read but not checked."""
        options: list[tuple[str, Place]] = []
        for index, one in enumerate(_list(document.value, "options")):
            name, place = (one.get("option"), ("option",)) if isinstance(one, dict) else (one, ())
            if isinstance(name, str):
                options.append((name, ("options", index, *place)))
        criteria = [(one, ("criteria", index)) for index, one in enumerate(_list(document.value, "criteria")) if isinstance(one, str)]
        hints = Hints()
        return cls(options, criteria, _meant(options, list(base.options), hints), _meant(criteria, list(base.criteria), hints))


def _meant(named: Named, known: list[str], hints: Hints) -> list[str]:
    names = frozenset(known)
    return [name if name in names else hints.meant(name, names) for name, _ in named] or known


def case_faults(document: Document, names: Names, base: KnowledgeBase) -> Iterator[Fault]:
    """Find every name in a case that is not known, repeated or out of its time."""
    hints = Hints()
    yield from _unknown(document, names.criteria_at, base.criteria, "is not a criterion.", hints)
    yield from _repeated(document, names.criteria_at)
    yield from _option_faults(document, names, base, hints)
    yield from _school_faults(document, names, base, hints)
    yield from _member_faults(document, hints)
    groups = _dicts(document.value, "weights")
    in_use = document.value.get("weights_in_use") if isinstance(document.value, dict) else None
    weighed: list[tuple[Place, dict[str, Any]]] = [(("weights", index), group) for index, group in groups]
    for place, group in [*weighed, *([(("weights_in_use",), in_use)] if isinstance(in_use, dict) else [])]:
        yield from _weight_faults(document, place, group, names, hints)
        if isinstance(group.get("again"), dict):
            yield from _weight_faults(document, (*place, "again"), group["again"], names, hints)
    named = [(group["group"], ("weights", index, "group")) for index, group in groups if isinstance(group.get("group"), str)]
    yield from _repeated(document, named, 'the group "{}" stands twice')
    yield from gate_faults(document, base.attributes, hints.near)
    sources = [
        (one["source"], (key, index, "source"))
        for key in SAID
        for index, one in _dicts(document.value, key)
        if isinstance(one.get("source"), str)
    ]
    yield from _unknown(document, sources, base.sources, "is not a source.", hints)


def _unknown(document: Document, named: Named, known: Collection[str], says: str, hints: Hints) -> Iterator[Fault]:
    names = frozenset(known)
    for name, place in named:
        if name not in names:
            yield document.fault(place, f'"{name}" {says} {hints.near(name, names)}')


def _repeated(document: Document, named: Named, says: str = '"{}" is repeated') -> Iterator[Fault]:
    seen: set[str] = set()
    for name, place in named:
        if name in seen:
            yield document.fault(place, says.format(name))
        seen.add(name)


def _option_faults(document: Document, names: Names, base: KnowledgeBase, hints: Hints) -> Iterator[Fault]:
    yield from _unknown(document, names.options_at, base.options, "is not an option.", hints)
    yield from _repeated(document, names.options_at)
    day = _day(document.value)
    for name, place in names.options_at:
        about = base.options.get(name)
        if day and about and (day < about.first_day or (about.last_day and day > about.last_day)):
            yield document.fault(place, f'"{name}" did not exist on {day}; its first day is {about.first_day}')
    if names.options_at and "stay" not in names.options:
        yield document.fault(("options",), 'add "stay": every option is compared with staying as we are')


def _category_faults(document: Document, index: int, school: dict[str, Any], base: KnowledgeBase) -> Iterator[Fault]:
    """A present form is one that the category can have, and a diocese has a policy only on schools that it may have."""
    category, form = (school.get(key) for key in ("category", "form"))
    about = base.categories.get(category) if isinstance(category, str) else None
    if about and isinstance(form, str) and form in base.forms and form not in about.forms:
        says = f'a {about.label} cannot be "{form}"; it can be {", ".join(about.forms)}'
        yield document.fault(("schools", index, "form"), says)
    if about and not about.diocese and school.get("diocese_policy") is not None:
        says = f"a {about.label} has neither a church nor a foundation, so no diocese decides for it; leave `diocese_policy` out"
        yield document.fault(("schools", index, "diocese_policy"), says)


def _later_faults(document: Document, index: int, school: dict[str, Any], names: Names, hints: Hints) -> Iterator[Fault]:
    """What a school joins later is an option of the case other than staying."""
    later = school.get("joins_later")
    named: Named = [(name, ("schools", index, "joins_later", name)) for name in later] if isinstance(later, dict) else []
    for name, place in named:
        if name == "stay":
            yield document.fault(place, '"stay" is what every school has today; nobody joins it later')
    yield from _unknown(document, named, names.options, "is not an option of this case.", hints)


def _member_faults(document: Document, hints: Hints) -> Iterator[Fault]:
    """Who is a member today is one of the schools."""
    schools = [one["name"] for _, one in _dicts(document.value, "schools") if isinstance(one.get("name"), str)]
    for index, option in _dicts(document.value, "options"):
        named: Named = [
            (name, ("options", index, "members_today", place))
            for place, name in enumerate(_list(option, "members_today"))
            if isinstance(name, str)
        ]
        yield from _unknown(document, named, schools, "is not a school of this case.", hints)


def _day(value: Any) -> dt.date | None:  # noqa: ANN401 - data that was not checked yet
    text = value.get("as_of") if isinstance(value, dict) else None
    try:
        return dt.date.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None


def _school_faults(document: Document, names: Names, base: KnowledgeBase, hints: Hints) -> Iterator[Fault]:
    schools = _dicts(document.value, "schools")
    categories = [(one["category"], ("schools", index, "category")) for index, one in schools if isinstance(one.get("category"), str)]
    yield from _unknown(document, categories, base.categories, "is not a category of school that the workbook knows yet.", hints)
    for index, one in schools:
        yield from _category_faults(document, index, one, base)
        yield from _later_faults(document, index, one, names, hints)
    named = [(one["name"], ("schools", index, "name")) for index, one in schools if isinstance(one.get("name"), str)]
    yield from _repeated(document, named, 'two schools are called "{}"')
    if schools and all(one.get("role") == "invited" for _, one in schools):
        yield document.fault(("schools",), "at least one school must be a member, not only invited")


def _weight_faults(document: Document, at: Place, weighing: dict[str, Any], names: Names, hints: Hints) -> Iterator[Fault]:
    place: Place = (*at, "values")
    values = weighing.get("values")
    if isinstance(values, list) and any(isinstance(one, dict) for one in values):
        yield from comparison_faults(document, place, weighing, names.criteria, hints.near)
        return
    if weighing.get("method") in ("pairs", "trade_offs"):
        return
    named: Named = [(name, (*place, name)) for name in values] if isinstance(values, dict) else list(_ranked(values, place))
    if not isinstance(values, dict | list):
        return
    yield from _unknown(document, named, names.criteria, "is not a criterion of this case.", hints)
    yield from _repeated(document, named, '"{}" is ranked twice')
    weighed = frozenset(_meant(named, names.criteria, hints) if named else ())
    mend = "write 0 where it does not matter" if isinstance(values, dict) else "put it where it belongs in the order"
    for name in dict.fromkeys(names.criteria):
        if name not in weighed:
            yield document.fault(place, f'"{name}" has no weight; {mend}')


def _ranked(values: Any, place: Place) -> Iterator[tuple[str, Place]]:  # noqa: ANN401 - data that was not checked yet
    for step, tied in enumerate(values if isinstance(values, list) else []):
        for name in tied if isinstance(tied, list) else [tied]:
            if isinstance(name, str):
                yield name, (*place, step)
