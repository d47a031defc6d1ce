"""The knowledge base as rows: every fact with its mark, its age and its use, and what rests on something withdrawn."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from partnership_model.knowledge.base import KnowledgeBase, KnowledgeOfDay
    from partnership_model.knowledge.facts import Cell, DatedValue, Mark, Reference

MARKS: tuple[Mark, ...] = ("sourced", "named", "memory", "estimate")
COLUMNS = (
    "attribute", "question", "options", "categories", "forms", "from", "ended", "code", "answer", "low", "likely", "high", "unit",
    "price_year", "says", "mark", "status", "references", "ask", "checked", "stale_after",
)  # fmt: skip


@dataclass(frozen=True)
class Use:
    """Where an attribute is used.

    Attributes:
        questions: the numbers of the forty questions that it answers.
        assumptions: the starting assumptions that rest on it, as `option on criterion`.
        gates: the non-negotiables that ask it.
    """

    questions: tuple[int, ...]
    assumptions: tuple[str, ...]
    gates: tuple[str, ...]


def use(base: KnowledgeBase, attribute: str) -> Use:
    """Find where an attribute is used."""
    return Use(
        tuple(one.number for one in base.questions if attribute in one.attributes),
        tuple(f"{option} on {criterion}" for (option, criterion), one in base.assumptions.items() if f"fact:{attribute}" in one.evidence),
        tuple(gate.id for gate in base.non_negotiables if gate.attribute == attribute),
    )


def rows(base: KnowledgeBase) -> Iterator[dict[str, str]]:
    """Give every dated value once, with the cells that share it. Columns: see `COLUMNS`."""
    for attribute in base.attributes.values():
        for cell in attribute.cells:
            for value in cell.values:
                amount = value.amount
                figures = (amount.low, amount.likely, amount.high) if amount else (None,) * 3
                yield dict(
                    zip(
                        COLUMNS,
                        (
                            attribute.attribute,
                            attribute.question,
                            *_covers(cell),
                            str(value.since),
                            "yes" if value.ended else "",
                            value.code or "",
                            attribute.answer(value.code) if value.code else "",
                            *("" if figure is None else _written_out(figure) for figure in figures),
                            attribute.unit or "",
                            str(value.price_year or ""),
                            value.says or "",
                            value.mark or "",
                            value.status,
                            "; ".join(cited(base, one) for one in value.references),
                            value.ask or "",
                            str(attribute.checked.date),
                            str(attribute.stale_after),
                        ),
                        strict=True,
                    )
                )


def _written_out(figure: float) -> str:
    """Write a number with every digit, a whole one without a point."""
    return str(int(figure)) if figure == int(figure) else str(figure)


def _covers(cell: Cell) -> tuple[str, str, str]:
    options, categories, forms = ("any" if one == "any" else " ".join(one) for one in (cell.options, cell.categories, cell.forms))
    return options, categories, forms


def cited(base: KnowledgeBase, one: Reference) -> str:
    """Say where something stands: title, place, day of the text, day it was read, address."""
    source = base.sources[one.source]
    parts = [source.title]
    parts += [one.at] if one.at else []
    parts += [f"text of {one.text_of}" if one.text_of else "undated"]
    parts += [f"read {one.read}" + (" in a copy" if one.from_copy else "")] if one.read else ["not read"]
    href = one.href or source.href
    return ", ".join(parts) + (f" <{href}>" if href else "")


def count_marks(values: Iterator[DatedValue]) -> dict[Mark, int]:
    """Count dated values by mark."""
    counts = Counter(value.mark for value in values if value.mark)
    return {mark: counts[mark] for mark in MARKS}


def all_values(base: KnowledgeBase) -> Iterator[DatedValue]:
    """Give the dated values of facts, parameters, moves and fact sheets."""
    yield from (value for _, value in _all_named(base))


def _all_named(base: KnowledgeBase) -> Iterator[tuple[str, DatedValue]]:
    """Give every dated value of the base, with what a reader calls it."""
    yield from ((f"the fact {name}", value) for name, value in base.values())
    yield from ((f"the rule {name}", value) for name, one in base.parameters.items() for value in one.values)
    for move in base.moves:
        yield from ((f"the move {', '.join(move.from_options)} to {', '.join(move.to_options)}", value) for value in move.values)
    yield from ((f"the fact sheet {key}", fact) for key, sheet in base.fact_sheets.items() for fact in sheet.facts)


def stale(base: KnowledgeBase, day: dt.date) -> list[str]:
    """Name the questions that nobody has checked since they went stale."""
    return sorted(name for name, attribute in base.attributes.items() if attribute.stale_after < day)


def stale_rules(base: KnowledgeBase, day: dt.date) -> list[str]:
    """Name the rules and amounts, and the studies together, that nobody has checked since they went stale."""
    old = sorted(name for name, one in base.parameters.items() if one.stale_after and one.stale_after < day)
    return [*old, *(["what research shows"] if base.evidence.stale_after < day else [])]


def resting_on_withdrawn(knowledge: KnowledgeOfDay) -> list[str]:
    """Say for each source or study that was withdrawn by the day what rests on it."""
    base, day = knowledge.base, knowledge.day
    gone = {key: one.title for key, one in base.sources.items() if one.withdrawn and one.withdrawn <= day}
    studies = {f"study:{key}": one.title for key, one in base.evidence.evidence.items() if one.withdrawn and one.withdrawn <= day}
    studies |= {f"study:{key}": one.title for key, one in base.evidence.evidence.items() if one.source in gone}
    said = []
    for key, title in {**gone, **studies}.items():
        resting = [f"the starting assumption of {pair[0]} on {pair[1]}" for pair, one in base.assumptions.items() if key in one.evidence]
        resting += [f"{what} from {value.since}" for what, value in _all_named(base) if any(one.source == key for one in value.references)]
        if resting:
            said.append(f"“{title}” was withdrawn. On it rests: {'; '.join(dict.fromkeys(resting))}.")
    return said
