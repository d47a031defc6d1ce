"""What changes for whom: each question that concerns a role, and whether the answer is kept, gained, lost or not known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from partnership_model.knowledge.relied_on import MOVES_STAFF, STAFF_TRANSFER

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
    moved = staff_move(option, category, form, knowledge)
    found = []
    for name, attribute in knowledge.base.attributes.items():
        if role in attribute.roles:
            today, then = (knowledge.fact(name, key, category, form) for key in ("stay", option))
            found.append(Change(name, role, _kind(attribute, role, today, then, moved=moved), today, then))
    return tuple(sorted(found, key=lambda one: ORDER.index(one.kind)))


def staff_move(option: str, category: str, form: Form, knowledge: KnowledgeOfDay) -> bool:
    """Whether staff of a kind of school move to another employer under an option."""
    return knowledge.fact(STAFF_TRANSFER, option, category, form).code in MOVES_STAFF


def same_answer(attribute: Attribute, today: Fact, then: Fact, *, moved: bool) -> bool:
    """Whether an answer is the one of today: the same code, figures and steps, and not another body of the same kind."""
    answers = [(fact.code, fact.amount, fact.steps) for fact in (today, then)]
    return answers[0] == answers[1] and not (moved and then.code in attribute.bodies)


def _kind(attribute: Attribute, role: Role, today: Fact, then: Fact, *, moved: bool) -> Kind:
    if then.code == "not_open":
        return "not_open"
    if not today.known or not then.known:
        return "unknown"
    if same_answer(attribute, today, then, moved=moved):
        return "kept"
    level = {code: step for step, codes in enumerate(attribute.roles[role]) for code in codes}
    before, after = level.get(today.code or ""), level.get(then.code or "")
    if before is None or after is None or before == after:
        return "changed"
    return "gained" if after > before else "lost"
