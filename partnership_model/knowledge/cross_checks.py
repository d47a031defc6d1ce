"""Holds the parts of the knowledge base against each other: non-negotiables, moves, and rules that nothing may contradict."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from partnership_model.errors import Fault, nearest
from partnership_model.knowledge.cells import reference_faults
from partnership_model.knowledge.facts import ALWAYS_ALLOWED
from partnership_model.knowledge.relied_on import CODES, CONDITIONAL, DECIDER, FULL, LANDING, NO_OTHERS

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    from partnership_model.knowledge.catalogue import Bar, ExitRule, Move, MoveValue, Option
    from partnership_model.knowledge.cells import Kinds
    from partnership_model.knowledge.facts import Attribute, Source
    from partnership_model.knowledge.files import Document, Place
    from partnership_model.knowledge.parameters import Parameter
    from partnership_model.knowledge.parts import MoveFile, OptionFile

    Near = Callable[[str, Collection[str]], str]

OPEN_MOVE = ("months", "amount", "price_year", "applies", "consents", "back", "lands")


def option_faults(document: Document, file: OptionFile) -> Iterator[Fault]:
    """Options combine with options."""
    for key, option in file.options.items():
        for place, name in enumerate(option.combines_with):
            if name not in file.options:
                yield document.fault(("options", key, "combines_with", place), f'"{name}" is not an option. {nearest(name, file.options)}')


def relied_on_faults(attributes: Mapping[str, tuple[Document, Attribute]], criteria: Document, rule: ExitRule) -> Iterator[Fault]:
    """Hold the answers on which the model relies by name, and the points of the way out, against the files of facts."""
    for name, codes in CODES.items():
        if name not in attributes:
            continue
        document, attribute = attributes[name]
        for code in codes:
            if code not in attribute.codes:
                yield document.fault(("codes",), f'the model relies on the code "{code}", which this file does not have; see relied_on.py')
        for code in attribute.codes if name in NO_OTHERS else ():
            if code not in codes and code not in ALWAYS_ALLOWED:
                yield document.fault(("codes", code), f'the model does not know the code "{code}". {nearest(code, codes)} See relied_on.py')
    for key, name, points in (("decider", DECIDER, rule.decider), ("landing", LANDING, rule.landing)):
        if name in attributes:
            yield from _point_faults(criteria, ("derive", "exit", key), name, attributes[name][1], points)


def _point_faults(document: Document, place: Place, name: str, attribute: Attribute, points: Collection[str]) -> Iterator[Fault]:
    for code in dict.fromkeys((*attribute.codes, "unknown")):
        if code not in points and code != "not_open":
            yield document.fault(place, f'the answer "{code}" to {name} has no points; give it low, likely and high')
    known = {*attribute.codes, *ALWAYS_ALLOWED}
    for code in points:
        if code not in known:
            yield document.fault((*place, code), f'"{code}" is not an answer to {name}. {nearest(code, known)}')


def gate_faults(document: Document, attributes: Mapping[str, Attribute], near: Near = nearest) -> Iterator[Fault]:
    """Hold non-negotiables, checked or not, against the questions that the knowledge base can answer.

    Args:
        near: what says which known name a mistyped one is nearest to.
    """
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
            yield from _answer_faults(document, place, attribute, accept if isinstance(accept, list) else [], attributes, near)


def _answer_faults(  # noqa: PLR0913, PLR0917 - one gate, and what it is held against
    document: Document, place: Place, attribute: str, accept: list[object], attributes: Mapping[str, Attribute], near: Near
) -> Iterator[Fault]:
    if attribute not in attributes:
        says = f'"{attribute}" is not a question of the knowledge base. {near(attribute, attributes)}'
        yield document.fault((*place, "attribute"), says)
        return
    codes = attributes[attribute].codes
    if not codes:
        yield document.fault((*place, "attribute"), f'"{attribute}" has figures, not answers; choose a question with answers')
    for step, code in enumerate(accept if codes else ()):
        if isinstance(code, str) and code not in codes and code not in ALWAYS_ALLOWED:
            yield document.fault((*place, "accept", step), f'"{code}" is not an answer to {attribute}. {near(code, codes)}')


def move_faults(document: Document, file: MoveFile, options: Mapping[str, Option], sources: Mapping[str, Source]) -> Iterator[Fault]:
    """Every ordered pair of different options has exactly one move, and each move says what its mark and an open move promise."""
    seen: set[tuple[str, str]] = set()
    for index, move in enumerate(file.transitions):
        place: Place = ("transitions", index)
        yield from _unknown_in_move(document, place, move, options)
        for step, value in enumerate(move.values):
            where = (*place, "values", step)
            yield from (document.fault((*where, field), says) for field, says in _move_value(value, sources))
        for pair in itertools.product(move.from_options, move.to_options):
            if pair in seen:
                yield document.fault(place, f"the move from {pair[0]} to {pair[1]} stands twice; keep one")
            seen.add(pair)
    for start, end in itertools.permutations(options, 2):
        if (start, end) not in seen:
            yield Fault(document.name, None, f"{start} to {end}", "no move is given; write whether it is open")


def _unknown_in_move(document: Document, place: Place, move: Move, options: Mapping[str, Option]) -> Iterator[Fault]:
    for key, names in (("from", move.from_options), ("to", move.to_options)):
        for step, name in enumerate(names):
            if name not in options:
                yield document.fault((*place, key, step), f'"{name}" is not an option. {nearest(name, options)}')


def _move_value(value: MoveValue, sources: Mapping[str, Source]) -> Iterator[tuple[str, str]]:
    for name in OPEN_MOVE if value.open and not value.ended else ():
        if getattr(value, name) is None:
            yield name, f"an open move needs `{name}`"
    yield from reference_faults(value, sources)


def bar_faults(
    document: Document,
    file: MoveFile,
    parameters: Mapping[str, Parameter],
    kinds: Kinds,
    eligibility: tuple[Document, Attribute] | None,
) -> Iterator[Fault]:
    """Find what contradicts a rule on a day on which the rule is in force."""
    for index, bar in enumerate(file.bars):
        place: Place = ("bars", index)
        parameter = parameters.get(bar.parameter)
        if parameter is None:
            yield document.fault((*place, "parameter"), f'"{bar.parameter}" is not a parameter. {nearest(bar.parameter, parameters)}')
            continue
        if bar.code not in parameter.codes:
            yield document.fault((*place, "code"), f'"{bar.code}" is not an answer to it. {nearest(bar.code, parameter.codes)}')
            continue
        yield from _unknown_in_bar(document, place, bar, kinds)
        if bar.forbids.from_family:
            yield from _open_in_spite(document, bar, parameter, file.transitions, kinds.options)
        if eligibility and bar.forbids.categories:
            yield from _let_in_in_spite(bar, parameter, kinds, *eligibility)


def _unknown_in_bar(document: Document, place: Place, bar: Bar, kinds: Kinds) -> Iterator[Fault]:
    for field, names, known in (
        ("options", bar.forbids.options, [*kinds.options]),
        ("categories", bar.forbids.categories, [*kinds.categories, *kinds.groups]),
    ):
        for step, name in enumerate(names):
            if name not in known:
                yield document.fault((*place, "forbids", field, step), f'"{name}" is not known. {nearest(name, known)}')


def _holds(bar: Bar, parameter: Parameter, day: dt.date) -> bool:
    value = parameter.on(day)
    return value is not None and value.code == bar.code


def _open_in_spite(
    document: Document, bar: Bar, parameter: Parameter, moves: Sequence[Move], options: Mapping[str, Option]
) -> Iterator[Fault]:
    for number, move in enumerate(moves):
        starts = [name for name in move.from_options if name in options and options[name].family == bar.forbids.from_family]
        if not starts or not set(move.to_options) & set(bar.forbids.options):
            continue
        days = sorted({value.since for value in (*move.values, *parameter.values)})
        for day in days:
            value = move.on(day)
            if value and value.open and _holds(bar, parameter, day):
                yield document.fault(("transitions", number), f"this move is open on {day}, against a rule in force: {bar.says}")
                break


def _let_in_in_spite(bar: Bar, parameter: Parameter, kinds: Kinds, document: Document, attribute: Attribute) -> Iterator[Fault]:
    barred = set(kinds.expanded(bar.forbids.categories))
    for key, place in kinds.places(attribute).items():
        if key.category not in barred or key.option not in bar.forbids.options:
            continue
        cell = attribute.cells[place.entry]
        for day in sorted({value.since for value in (*cell.values, *parameter.values)}):
            value = cell.on(day)
            if value and value.code in (FULL, CONDITIONAL) and _holds(bar, parameter, day):
                name = f"{key.option} x {key.category}" + ("" if key.form == "alone" else f" ({key.form})")
                says = f"{name} is open on {day}, against a rule in force: {bar.says}"
                yield document.fault(("cells", place.entry), says)
                break
