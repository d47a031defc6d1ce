"""Holds the names in a case against what the knowledge base knows, also where other parts of the case are wrong."""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from partnership_model.errors import nearest
from partnership_model.knowledge.cross_checks import gate_faults

if TYPE_CHECKING:
    from collections.abc import Iterator

    from partnership_model.errors import Fault
    from partnership_model.knowledge.base import KnowledgeBase
    from partnership_model.knowledge.files import Document, Place

SAID = ("why", "aims", "claims", "next_steps")
Named = Sequence[tuple[str, "Place"]]


def _list(value: Any, key: str) -> list[Any]:  # noqa: ANN401 - data that was not checked yet
    """Give a list that may be wrong or missing."""
    found = value.get(key) if isinstance(value, dict) else None
    return found if isinstance(found, list) else []


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
        return cls(options, criteria, _meant(options, list(base.options)), _meant(criteria, list(base.criteria)))


def _meant(named: Named, known: list[str]) -> list[str]:
    return [name if name in known else (difflib.get_close_matches(name, known, 1) or [name])[0] for name, _ in named] or known


def case_faults(document: Document, names: Names, base: KnowledgeBase) -> Iterator[Fault]:
    """Find every name in a case that is not known, repeated or out of its time."""
    yield from _unknown(document, names.criteria_at, list(base.criteria), "is not a criterion.")
    yield from _repeated(document, names.criteria_at)
    yield from _option_faults(document, names, base)
    yield from _school_faults(document, base)
    yield from _member_faults(document)
    groups = _dicts(document.value, "weights")
    for index, group in groups:
        yield from _weight_faults(document, index, group, names)
    named = [(group["group"], ("weights", index, "group")) for index, group in groups if isinstance(group.get("group"), str)]
    yield from _repeated(document, named, 'the group "{}" stands twice')
    yield from gate_faults(document, base.attributes)
    sources = [
        (one["source"], (key, index, "source"))
        for key in SAID
        for index, one in _dicts(document.value, key)
        if isinstance(one.get("source"), str)
    ]
    yield from _unknown(document, sources, list(base.sources), "is not a source.")


def _unknown(document: Document, named: Named, known: list[str], says: str) -> Iterator[Fault]:
    for name, place in named:
        if name not in known:
            yield document.fault(place, f'"{name}" {says} {nearest(name, known)}')


def _repeated(document: Document, named: Named, says: str = '"{}" is repeated') -> Iterator[Fault]:
    seen: set[str] = set()
    for name, place in named:
        if name in seen:
            yield document.fault(place, says.format(name))
        seen.add(name)


def _option_faults(document: Document, names: Names, base: KnowledgeBase) -> Iterator[Fault]:
    yield from _unknown(document, names.options_at, list(base.options), "is not an option.")
    yield from _repeated(document, names.options_at)
    day = _day(document.value)
    for name, place in names.options_at:
        about = base.options.get(name)
        if day and about and (day < about.first_day or (about.last_day and day > about.last_day)):
            yield document.fault(place, f'"{name}" did not exist on {day}; its first day is {about.first_day}')
    if names.options_at and "stay" not in names.options:
        yield document.fault(("options",), 'add "stay": every option is compared with staying as we are')


def _form_faults(document: Document, index: int, school: dict[str, Any], base: KnowledgeBase) -> Iterator[Fault]:
    """A present form is one that the category can have, and what a school joins later is an option."""
    category, form, later = (school.get(key) for key in ("category", "form", "joins_later"))
    about = base.categories.get(category) if isinstance(category, str) else None
    if about and isinstance(form, str) and form in base.forms and form not in about.forms:
        says = f'a {about.label} cannot be "{form}"; it can be {", ".join(about.forms)}'
        yield document.fault(("schools", index, "form"), says)
    for name in later if isinstance(later, dict) else ():
        if name not in base.options:
            yield document.fault(("schools", index, "joins_later", name), f'"{name}" is not an option. {nearest(name, base.options)}')


def _member_faults(document: Document) -> Iterator[Fault]:
    """Who is a member today is one of the schools."""
    schools = [one["name"] for _, one in _dicts(document.value, "schools") if isinstance(one.get("name"), str)]
    for index, option in _dicts(document.value, "options"):
        for place, name in enumerate(_list(option, "members_today")):
            if isinstance(name, str) and name not in schools:
                where = ("options", index, "members_today", place)
                yield document.fault(where, f'"{name}" is not a school of this case. {nearest(name, schools)}')


def _day(value: Any) -> dt.date | None:  # noqa: ANN401 - data that was not checked yet
    text = value.get("as_of") if isinstance(value, dict) else None
    try:
        return dt.date.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None


def _school_faults(document: Document, base: KnowledgeBase) -> Iterator[Fault]:
    schools = _dicts(document.value, "schools")
    categories = [(one["category"], ("schools", index, "category")) for index, one in schools if isinstance(one.get("category"), str)]
    yield from _unknown(document, categories, list(base.categories), "is not a category of school that the workbook knows yet.")
    for index, one in schools:
        yield from _form_faults(document, index, one, base)
    named = [(one["name"], ("schools", index, "name")) for index, one in schools if isinstance(one.get("name"), str)]
    yield from _repeated(document, named, 'two schools are called "{}"')
    if schools and all(one.get("role") == "invited" for _, one in schools):
        yield document.fault(("schools",), "at least one school must be a member, not only invited")


def _weight_faults(document: Document, index: int, group: dict[str, Any], names: Names) -> Iterator[Fault]:
    place: Place = ("weights", index, "values")
    values = group.get("values")
    named: Named = [(name, (*place, name)) for name in values] if isinstance(values, dict) else list(_ranked(values, place))
    if not isinstance(values, dict | list):
        return
    yield from _unknown(document, named, names.criteria, "is not a criterion of this case.")
    yield from _repeated(document, named, '"{}" is ranked twice')
    meant = _meant(named, names.criteria) if named else []
    mend = "write 0 where it does not matter" if isinstance(values, dict) else "put it where it belongs in the order"
    for name in dict.fromkeys(names.criteria):
        if name not in meant:
            yield document.fault(place, f'"{name}" has no weight; {mend}')


def _ranked(values: Any, place: Place) -> Iterator[tuple[str, Place]]:  # noqa: ANN401 - data that was not checked yet
    for step, tied in enumerate(values if isinstance(values, list) else []):
        for name in tied if isinstance(tied, list) else [tied]:
            if isinstance(name, str):
                yield name, (*place, step)
