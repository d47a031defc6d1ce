"""What the knowledge base says otherwise on one day than on another: answers about options, and the law and sums of the country."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from partnership_model.knowledge.base import KnowledgeBase
    from partnership_model.knowledge.facts import Fact, Form
    from partnership_model.knowledge.parameters import Standing

    Kind = tuple[str, Form]


@dataclass(frozen=True)
class FactApart:
    """One answer that differs, with the options and the kinds of school for which it differs in the same way.

    Attributes:
        answered: whether the short answer, the figure or the steps differ; else only what is said about it, or its mark.
    """

    attribute: str
    options: tuple[str, ...]
    kinds: tuple[Kind, ...]
    before: Fact
    after: Fact
    answered: bool


@dataclass(frozen=True)
class RuleApart:
    """One rule or sum of the country that differs; None where there is none on the day."""

    parameter: str
    before: Standing | None
    after: Standing | None
    answered: bool


def facts_apart(
    base: KnowledgeBase, before: dt.date, after: dt.date, options: Iterable[str], kinds: Iterable[Kind]
) -> tuple[FactApart, ...]:
    """Give every answer about some options, for some kinds of school, that is another on the other day."""
    first, second = base.on(before), base.on(after)
    known = sorted(set(kinds) & set(base.kinds()))
    of_option: dict[tuple[object, ...], list[tuple[Kind, Fact, Fact]]] = {}
    asked = itertools.product(base.attributes if before != after else (), (one for one in options if one in base.options), known)
    for attribute, option, kind in asked:
        old, new = first.fact(attribute, option, *kind), second.fact(attribute, option, *kind)
        if _said(old) != _said(new):
            what = (_answer(old), _answer(new)) if _answer(old) != _answer(new) else (_said(old), _said(new))
            of_option.setdefault((attribute, *what, option), []).append((kind, old, new))
    # Options for which the same holds for the same kinds of school stand together.
    together: dict[tuple[object, ...], list[tuple[str, Fact, Fact]]] = {}
    for (attribute, old_said, new_said, option), cells in of_option.items():
        key = (attribute, old_said, new_said, tuple(kind for kind, _, _ in cells))
        together.setdefault(key, []).append((str(option), *cells[0][1:]))
    return tuple(_apart(str(key[0]), rows, tuple(kind for kind, _, _ in of_option[*key[:3], rows[0][0]])) for key, rows in together.items())


def _apart(attribute: str, rows: list[tuple[str, Fact, Fact]], kinds: tuple[Kind, ...]) -> FactApart:
    _, old, new = rows[0]
    return FactApart(attribute, tuple(option for option, _, _ in rows), kinds, old, new, answered=_answer(old) != _answer(new))


def rules_apart(base: KnowledgeBase, before: dt.date, after: dt.date) -> tuple[RuleApart, ...]:
    """Give every rule and sum of the country that is another on the other day."""
    first, second = base.on(before), base.on(after)
    pairs = ((name, first.parameter(name), second.parameter(name)) for name in base.parameters)
    return tuple(RuleApart(name, old, new, answered=_answer(old) != _answer(new)) for name, old, new in pairs if _said(old) != _said(new))


def _answer(one: Fact | Standing | None) -> object:
    """Give what a reader would call the answer."""
    if one is None:
        return None
    steps = getattr(one, "steps", ())
    return (one.code, one.amount, one.price_year, steps) if one.code or one.amount or steps else one.says


def _said(one: Fact | Standing | None) -> object:
    return None if one is None else (_answer(one), one.says, one.mark, one.status)
