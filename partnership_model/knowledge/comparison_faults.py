"""Holds comparisons of criteria, pair by pair, against one another and against the case's criteria."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from partnership_model.knowledge.weighings import LARGEST_TIMES, MOST_COMPARISONS, SAATY, Comparison, Implied

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from partnership_model.errors import Fault
    from partnership_model.knowledge.files import Document, Place


def comparison_faults(
    document: Document, place: Place, weighing: dict[str, Any], criteria: list[str], near: Callable[[str, Collection[str]], str]
) -> Iterator[Fault]:
    """Find what is wrong with a list of comparisons that was read but not checked.

    A name that is not a criterion of the case; a criterion against itself; among compared pairs one that stands twice,
    a figure off Saaty's scale, and criteria that no chain of comparisons joins; among trade-offs an answer that those
    before it rule out.
    """
    rows = [(index, one) for index, one in enumerate(weighing["values"][:MOST_COMPARISONS]) if isinstance(one, dict)]
    known = frozenset(criteria)
    clean: list[tuple[Place, Comparison]] = []
    wrong = len(rows) < len(weighing["values"])
    for index, one in rows:
        at = (*place, index)
        faults = list(_row_faults(document, at, one, known, near))
        yield from faults
        more, than, times = one.get("more"), one.get("than"), one.get("times", 1.0)
        good = isinstance(more, str) and isinstance(than, str) and isinstance(times, int | float) and 0 < times <= LARGEST_TIMES
        if good and not faults:
            clean.append((at, Comparison(more=str(more), than=str(than), times=float(times))))
        wrong = wrong or not good or bool(faults)
    if weighing.get("method") == "pairs":
        yield from _pair_faults(document, clean)
        if not wrong:
            yield from _apart(document, place, [one for _, one in clean], criteria)
    elif weighing.get("method") == "trade_offs":
        yield from _contradictions(document, clean)


def _row_faults(
    document: Document, at: Place, one: dict[str, Any], known: frozenset[str], near: Callable[[str, Collection[str]], str]
) -> Iterator[Fault]:
    for key in ("more", "than"):
        name = one.get(key)
        if isinstance(name, str) and name not in known:
            yield document.fault((*at, key), f'"{name}" is not a criterion of this case. {near(name, known)}')
    if isinstance(one.get("more"), str) and one.get("more") == one.get("than"):
        yield document.fault((*at, "than"), f'"{one["more"]}" is compared with itself; name two criteria')


def _pair_faults(document: Document, clean: list[tuple[Place, Comparison]]) -> Iterator[Fault]:
    seen: dict[frozenset[str], int | None] = {}
    for at, one in clean:
        pair = frozenset((one.more, one.than))
        if pair in seen:
            yield document.fault(at, f"{one.more} and {one.than} are compared in line {seen[pair]} already; keep one of the two")
        seen.setdefault(pair, document.line(at))
        if not SAATY[0] <= one.times <= SAATY[1]:
            yield document.fault((*at, "times"), f"found {one.times:g}; expected from 1 to 9 (put the one that is worth more first)")


def _apart(document: Document, place: Place, clean: list[Comparison], criteria: list[str]) -> Iterator[Fault]:
    """Find the criteria that no chain of comparisons joins to the first."""
    joined = set(criteria[:1])
    while found := {name for one in clean for name in (one.more, one.than) if {one.more, one.than} & joined} - joined:
        joined |= found
    for name in dict.fromkeys(criteria):
        if name not in joined:
            yield document.fault(place, f'no comparison joins "{name}" to {criteria[0]}; compare it with at least one of the others')


def _contradictions(document: Document, clean: list[tuple[Place, Comparison]]) -> Iterator[Fault]:
    said = Implied()
    for at, one in clean:
        if said.refutes(one):
            times = said.at_least(one.than, one.more)
            before = "as much as" if times == 1 else f"{times:g} times"
            yield document.fault(
                at,
                f"the answers before it say that {one.than} is worth at least {before} {one.more}, so it cannot be added; "
                "take one of them back, or write about the same as two rows with `times: 0.8`, one each way",
            )
        else:
            said.add(one)
