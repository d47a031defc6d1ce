"""Each channel with its own number, and how many people may have answered in two of them.

Nobody keeps names, so repeats are estimated: from ballots of different channels that say the same in every answer, in the same group and
school. Some are alike by chance; how many, the ballots of one and the same channel say, where nobody is counted twice on purpose.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from partnership_model.knowledge.consultation.ballots import CHANNELS, Ballot

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from partnership_model.knowledge.consultation.ballots import Channel
    from partnership_model.knowledge.consultation.question_set import QuestionSet

LEAST_PAIRS = 100  # of ballots in one channel, below which chance cannot be told from repeats


@dataclass(frozen=True)
class Channels:
    """The channels of a consultation.

    Attributes:
        answered: the ballots of each channel that has any.
        compared: how many put every criterion in order, and so could be recognised.
        lower, upper: between how many of those are repeats, as far as equal answers tell.
        by_chance: how many pairs of different channels are expected to be alike by chance; None where too few tell.
        over_invited: how many more ballots than invitations there are, group by group: repeats, or people whom nobody counted.
        most: how many repeats nobody could rule out: all ballots outside the largest channel.
    """

    answered: Mapping[Channel, int]
    compared: int
    lower: int
    upper: int
    by_chance: float | None
    over_invited: int
    most: int


def channels_of(ballots: Sequence[Ballot], questions: QuestionSet) -> Channels:
    """Count the channels, and estimate the repeats across them."""
    answered = {channel: count for channel in CHANNELS if (count := sum(one.channel == channel for one in ballots))}
    full = [one for one in ballots if len(one.places) == len(questions.criteria)]
    alike, upper, chance = _alike_across(full), _most_repeated(full), _alike_by_chance(full)
    lower = min(upper, math.floor(max(0.0, alike - chance))) if chance is not None else 0
    over = sum(max(0, _answered(ballots, one.group) - sum(one.invited.values())) for one in questions.adults if one.invited)
    return Channels(answered, len(full), lower, upper, chance, over, len(ballots) - max(answered.values(), default=0))


def _answered(ballots: Sequence[Ballot], group: str) -> int:
    return sum(one.group == group for one in ballots)


def _cells(ballots: Sequence[Ballot]) -> dict[tuple[str, str], dict[str, Counter[str]]]:
    """Count equal answers by group and school, then by channel."""
    found: dict[tuple[str, str], dict[str, Counter[str]]] = {}
    for one in ballots:
        found.setdefault((one.group, one.school), {}).setdefault(one.channel, Counter())[one.answers] += 1
    return found


def _alike_across(ballots: Sequence[Ballot]) -> int:
    """Count the pairs of different channels that say the same."""
    return sum(
        count * others[answers]
        for cell in _cells(ballots).values()
        for one, others in combinations(cell.values(), 2)
        for answers, count in one.items()
    )


def _most_repeated(ballots: Sequence[Ballot]) -> int:
    """Count how many ballots at most repeat one of another channel: of those alike, all beyond the largest channel's."""
    found = 0
    for cell in _cells(ballots).values():
        for answers in set().union(*cell.values()):
            counts = [one[answers] for one in cell.values()]
            found += sum(counts) - max(counts)
    return found


def _alike_by_chance(ballots: Sequence[Ballot]) -> float | None:
    """Expect as many pairs alike across channels as there are within one, pair for pair."""
    pairs = alike = across = 0
    for cell in _cells(ballots).values():
        sizes = [sum(one.values()) for one in cell.values()]
        pairs += sum(math.comb(size, 2) for size in sizes)
        alike += sum(math.comb(count, 2) for one in cell.values() for count in one.values())
        across += sum(one * other for one, other in combinations(sizes, 2))
    return across * alike / pairs if pairs >= LEAST_PAIRS else None
