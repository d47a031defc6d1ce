"""What people think of each option: counts by level, and whether they agree or stand in two camps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from partnership_model.knowledge.consultation.ballots import SUPPORTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from partnership_model.knowledge.consultation.ballots import Ballot, Support

FOR: tuple[Support, ...] = ("strongly_for", "for")
AGAINST: tuple[Support, ...] = ("against", "strongly_against")
EVERY_LEVEL: tuple[tuple[Support, ...], ...] = tuple((level,) for level in SUPPORTS)
THREE_LEVELS: tuple[tuple[Support, ...], ...] = (FOR, ("neither",), AGAINST)
FOR_OR_NOT: tuple[tuple[Support, ...], ...] = (FOR, ("neither", *AGAINST))
SPLITS = (EVERY_LEVEL, THREE_LEVELS, FOR_OR_NOT)  # the finest first


def counts_by_level(ballots: Sequence[Ballot], option: str) -> dict[Support, int]:
    """Count the ballots at each level of support; who said nothing of the option is in none."""
    said = [ballot.support[option] for ballot in ballots if option in ballot.support]
    return {level: said.count(level) for level in SUPPORTS}


@dataclass(frozen=True)
class _Layer:
    """A part of a distribution in which some categories hold the same and the others nothing."""

    pattern: tuple[bool, ...]
    weight: float


def agreement(counts: Sequence[int]) -> float | None:
    """Give van der Eijk's agreement A of counts over ordered categories.

    1 where all are in one category, 0 where they are spread evenly, -1 where one half stands at each end (van der Eijk,
    Measuring agreement in ordered rating scales, Quality and Quantity 35 (2001), pages 325 to 341).

    Returns:
        None for fewer than three categories or nobody.

    >>> agreement([0, 12, 0, 0, 0]), agreement([3, 3, 3, 3, 3]), agreement([8, 0, 0, 0, 8])
    (1.0, 0.0, -1.0)
    """
    if len(counts) < 3 or not sum(counts):  # noqa: PLR2004 - A needs triples of categories
        return None
    return sum(layer.weight * _of_pattern(layer.pattern) for layer in _layers(counts)) + 0.0


def _layers(counts: Sequence[int]) -> list[_Layer]:
    """Take the distribution apart, from below: as much of each category as the smallest one that is left holds."""
    left, found = list(counts), []
    while any(left):
        height = min(count for count in left if count)
        pattern = tuple(count > 0 for count in left)
        found.append(_Layer(pattern, height * sum(pattern) / sum(counts)))
        left = [count - height if count else 0 for count in left]
    return found


def _of_pattern(pattern: tuple[bool, ...]) -> float:
    """Give the agreement of one layer: how far it has a single peak, less the more categories it holds."""
    categories, held = len(pattern), sum(pattern)
    if held == 1:
        return 1.0
    if held == categories:
        return 0.0
    peaked = gaps = 0
    for low in range(categories):
        for middle in range(low + 1, categories):
            for high in range(middle + 1, categories):
                triple = (pattern[low], pattern[middle], pattern[high])
                peaked += triple in ((True, True, False), (False, True, True))
                gaps += triple == (True, False, True)
    unimodal = ((categories - 2) * peaked - (categories - 1) * gaps) / ((categories - 2) * (peaked + gaps))
    return unimodal * (1 - (held - 1) / (categories - 1))
