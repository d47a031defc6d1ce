"""A mistake that was found, and the kinds of mistakes that are looked for."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal, get_args

Kind = Literal[
    "double_counting",
    "weights_without_ranges",
    "equal_scores",
    "local_scale",
    "blanks",
    "adding_errors",
    "false_precision",
    "no_do_nothing",
    "weights_after_scores",
    "strategic_voting",
    "who_counts",
    "averaged_conflict",
    "rank_reversal",
    "cost_twice",
    "cost_per_point",
    "dominated",
    "deal_breaker",
    "optimism",
    "predetermination",
    "stale_facts",
    "built_to_lose",
]
KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True)
class Mistake:
    """One mistake, or what looks like one, at one place of an appraisal.

    Attributes:
        where: the keys or names of what it concerns: criteria, options, stakeholder groups, schools or places in the case.
        found: what was measured, as plain data.
    """

    kind: Kind
    where: tuple[str, ...]
    found: dict[str, Any] = field(default_factory=dict)
