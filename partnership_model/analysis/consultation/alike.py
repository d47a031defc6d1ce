"""Ballots that say the very same as one that came another way: at most so many people answered twice, as far as ballots can tell."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from partnership_model.knowledge.consultation.ballots import Ballot


def alike_across_channels(ballots: Iterable[Ballot]) -> int:
    """Count ballots of which one with the same group, school and answers came by another channel.

    Two people can well say the same, the more so the fewer things are asked; so it bounds those who answered twice with the
    same words, and says nothing of anybody in particular. A ballot that holds a comment alone is not compared.
    """
    found: defaultdict[tuple[str, str, str], Counter[str]] = defaultdict(Counter)
    for one in ballots:
        if one.places or one.points or one.support:
            found[one.group, one.school, one.answers][one.channel] += 1
    return sum(sum(by_channel.values()) - max(by_channel.values()) for by_channel in found.values())
