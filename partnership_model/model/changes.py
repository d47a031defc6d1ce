"""What changes for whom: each question that concerns a role, and whether the answer is kept, gained, lost or not known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from partnership_model.knowledge.base import KnowledgeOfDay
    from partnership_model.knowledge.facts import Attribute, Fact, Form, Role

Kind = Literal["gained", "lost", "changed", "kept", "unknown", "not_open"]
ORDER: tuple[Kind, ...] = ("lost", "gained", "changed", "unknown", "kept", "not_open")


@dataclass(frozen=True)
class Change:
    """One question for one role: how it stands today, and how it would under an option."""

    attribute: str
    role: Role
    kind: Kind
    today: Fact
    then: Fact


def changes(role: Role, option: str, category: str, form: Form, knowledge: KnowledgeOfDay) -> tuple[Change, ...]:
    """Compare an option with staying, for one role and one kind of school; losses and gains first.

    A gain or a loss is only said where the knowledge base puts the answers in an order for that role; any other
    difference is a change, and nobody's judgement of it is taken away.
    """
    found = []
    for name, attribute in knowledge.base.attributes.items():
        if role in attribute.roles:
            today, then = (knowledge.fact(name, key, category, form) for key in ("stay", option))
            found.append(Change(name, role, _kind(attribute, role, today, then), today, then))
    return tuple(sorted(found, key=lambda one: ORDER.index(one.kind)))


def _kind(attribute: Attribute, role: Role, today: Fact, then: Fact) -> Kind:
    if then.code == "not_open":
        return "not_open"
    if not today.known or not then.known:
        return "unknown"
    if (today.code, today.amount) == (then.code, then.amount):
        return "kept"
    level = {code: step for step, codes in enumerate(attribute.roles[role]) for code in codes}
    before, after = level.get(today.code or ""), level.get(then.code or "")
    if before is None or after is None or before == after:
        return "changed"
    return "gained" if after > before else "lost"
