"""Holds the names in what a case says of its appraisal against its own options and criteria, and against the known sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from partnership_model.errors import Fault
    from partnership_model.knowledge.base import KnowledgeBase
    from partnership_model.knowledge.case_names import Hints, Names
    from partnership_model.knowledge.files import Document, Place

RECORD = "appraisal"
MOST_READ = 100
AN_OPTION, A_CRITERION, A_SOURCE = "is not an option of this case.", "is not a criterion of this case.", "is not a source."
# Where names stand, as paths in which "*" is each entry of a list.
_NAMED: tuple[tuple[tuple[str, ...], str], ...] = (
    (("shortlist", "*"), AN_OPTION),
    (("risks", "*", "options", "*"), AN_OPTION),
    (("consultation", "*", "heard", "*", "option"), AN_OPTION),
    (("policy_scenarios", "*", "means", "*", "option"), AN_OPTION),
    (("overlaps_checked", "*", "criteria", "*"), A_CRITERION),
    (("equality", "source"), A_SOURCE),
)


def record_faults(document: Document, names: Names, base: KnowledgeBase, hints: Hints) -> Iterator[Fault]:
    """Find every name that is not known, one that stands twice, and a criterion that is said to be left out and is not."""
    record = document.value.get(RECORD) if isinstance(document.value, dict) else None
    if not isinstance(record, dict):
        return
    known: dict[str, Collection[str]] = {
        AN_OPTION: frozenset(names.options),
        A_CRITERION: frozenset(names.criteria),
        A_SOURCE: frozenset(base.sources),
    }
    sources: list[tuple[tuple[str, ...], str]] = [((key, "*", "source"), A_SOURCE) for key, one in record.items() if isinstance(one, list)]
    for path, says in (*_NAMED, *sources):
        for place, name in _found(record, path, (RECORD,)):
            if name not in known[says]:
                yield document.fault(place, f'"{name}" {says} {hints.near(name, known[says])}')
    yield from _repeated(document, record)
    for place, name in _found(record, ("criteria_left_out", "*", "criterion"), (RECORD,)):
        if name in known[A_CRITERION]:
            yield document.fault(place, f'"{name}" is a criterion of this case, so it was not left out; take it from one of the two lists')


def _repeated(document: Document, record: dict[str, Any]) -> Iterator[Fault]:
    seen: set[str] = set()
    for place, name in _found(record, ("shortlist", "*"), (RECORD,)):
        if name in seen:
            yield document.fault(place, f'"{name}" is repeated')
        seen.add(name)


def _found(value: Any, path: tuple[str, ...], place: Place) -> Iterator[tuple[Place, str]]:  # noqa: ANN401 - data that was not checked yet
    """Give the texts that stand at a path, each with its place; what has another shape is told elsewhere."""
    if not path:
        if isinstance(value, str):
            yield place, value
    elif path[0] == "*":
        for index, one in enumerate(value[:MOST_READ] if isinstance(value, list) else ()):
            yield from _found(one, path[1:], (*place, index))
    elif isinstance(value, dict) and path[0] in value:
        yield from _found(value[path[0]], path[1:], (*place, path[0]))
