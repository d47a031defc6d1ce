"""Non-negotiables: gates that a fact passes, fails, or cannot decide; they are never traded off."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from partnership_model.knowledge.base import KnowledgeOfDay
    from partnership_model.knowledge.cases import NonNegotiable
    from partnership_model.knowledge.facts import Fact
    from partnership_model.model.screening import OptionScreening


@dataclass(frozen=True)
class GateResult:
    """What one non-negotiable makes of one option.

    Attributes:
        failed: the schools for which the answer is not accepted, each with its fact.
        undecided: the schools for which the answer is not known, each with its fact, which says whom to ask.
        unverified: the schools whose answer is accepted but not sourced, each with its fact.
    """

    gate: NonNegotiable
    option: str
    failed: tuple[tuple[str, Fact], ...]
    undecided: tuple[tuple[str, Fact], ...]
    unverified: tuple[tuple[str, Fact], ...] = ()

    @property
    def passes(self) -> bool:
        """Whether every school's answer is known and accepted."""
        return not self.failed and not self.undecided


def apply_gate(gate: NonNegotiable, screening: OptionScreening, knowledge: KnowledgeOfDay) -> GateResult:
    """Hold one option against one non-negotiable, for every school that would be inside it."""
    inside = [one for one in screening.schools if one.takes_part]
    facts = [(one.school, knowledge.fact(gate.attribute, screening.option, one.category, one.form)) for one in inside]
    failed = tuple((school, fact) for school, fact in facts if fact.known and fact.code not in (*gate.accept, "not_open"))
    undecided = tuple((school, fact) for school, fact in facts if not fact.known and "unknown" not in gate.accept)
    passed = [(school, fact) for school, fact in facts if fact.known and fact.code in gate.accept]
    return GateResult(gate, screening.option, failed, undecided, tuple(one for one in passed if one[1].mark != "sourced"))


def smallest_exclusions(failed: Mapping[str, frozenset[str]]) -> tuple[tuple[str, ...], ...]:
    """Find the smallest sets of non-negotiables that together exclude every option.

    Args:
        failed: for each option that the law leaves open, the non-negotiables that it fails.

    Returns:
        Every minimal set, the smallest first; empty where some option fails none of them.

    >>> smallest_exclusions({"stay": frozenset({"change"}), "new_mat": frozenset({"way_out", "land"})})
    (('change', 'land'), ('change', 'way_out'))
    """
    found: set[frozenset[str]] = {frozenset()}
    for fails in failed.values():  # Berge's way: widen what does not exclude this option yet, and keep the smallest
        widened = {one if one & fails else one | {gate} for one in found for gate in (fails if not one & fails else ("",))}
        found = {one for one in widened if not any(other < one for other in widened)}
    return tuple(sorted((tuple(sorted(one)) for one in found if one), key=lambda one: (len(one), one)))


def reopened(failed: Mapping[str, frozenset[str]], gates: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Say which options come back when one non-negotiable alone is relaxed.

    >>> reopened({"stay": frozenset({"change"}), "new_mat": frozenset({"way_out", "land"})}, ["change", "land"])
    {'change': ('stay',), 'land': ()}
    """
    return {gate: tuple(option for option, fails in failed.items() if fails == {gate}) for gate in gates}
