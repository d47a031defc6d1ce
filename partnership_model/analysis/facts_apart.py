"""What the knowledge base says otherwise on one day than on another: answers about options, and the law and sums of the country."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable

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
    cells = itertools.product((one for one in options if one in base.options), known)
    apart = []
    for option, kind in cells if before != after else ():
        for attribute in base.attributes:
            old, new = first.fact(attribute, option, *kind), second.fact(attribute, option, *kind)
            if _said(old) != _said(new):
                apart.append(FactApart(attribute, (option,), (kind,), old, new, answered=_answer(old) != _answer(new)))
    by_option = _together(apart, lambda one: (one.attribute, _what(one), one.options))
    found = _together(by_option, lambda one: (one.attribute, _what(one), one.kinds))
    order = list(base.attributes)
    return tuple(sorted(found, key=lambda one: order.index(one.attribute)))


def _together(apart: Iterable[FactApart], alike: Callable[[FactApart], object]) -> list[FactApart]:
    """Put together what is alike, with the options and the kinds of school of all of it."""
    found: dict[object, FactApart] = {}
    for one in apart:
        seen = found.setdefault(alike(one), one)
        options, kinds = (tuple(dict.fromkeys((*a, *b))) for a, b in ((seen.options, one.options), (seen.kinds, one.kinds)))
        found[alike(one)] = replace(seen, options=options, kinds=kinds)
    return list(found.values())


def _what(one: FactApart) -> object:
    """Give what differs: the answer where it is another, else all that is said about it."""
    of = _answer if one.answered else _said
    return of(one.before), of(one.after)


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
