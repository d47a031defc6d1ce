"""Which hands of classes may be shown: never those of one class alone, and never where nearly all of them say the same.

A child's class knows how many hands of its own went up, and so do its parents and its teacher. So what is shown of all classes together is
held against whoever knows any one sheet: what is left when that is taken away must be of two sheets or more, and itself fit to be shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from partnership_model.analysis.consultation.small_counts import FEWEST_SHOWN, merged, rest_of, safe, without_small
from partnership_model.knowledge.consultation.class_sheets import HANDS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

FEWEST_SHEETS = 3  # of two, each class would know the other's hands
NO_HAND = "no hand"  # of those who took part and let their hands down: anybody can subtract


def hands_of(hands: Sequence[int], learners: int) -> dict[str, int]:
    """Count the hands of one sheet, with those that stayed down.

    >>> hands_of((20, 3, 4), 28)
    {'yes': 20, 'not_sure': 3, 'no': 4, 'no hand': 1}
    """
    counted = dict(zip(HANDS, hands, strict=True))
    return {**counted, NO_HAND: learners - sum(counted.values())}


def nearly_of_one_mind(counts: Mapping[str, int]) -> bool:
    """Say whether fewer than five did otherwise than most, so that what nearly every child answered is known.

    >>> nearly_of_one_mind({"yes": 28, "not_sure": 0, "no": 2}), nearly_of_one_mind({"yes": 25, "not_sure": 2, "no": 3})
    (True, False)
    """
    return sum(counts.values()) - max(counts.values(), default=0) < FEWEST_SHOWN


def hands_shown(sheets: Sequence[Mapping[str, int]]) -> dict[str, int | None]:
    """Add up the sheets on which a question was answered; None for whatever may not be shown.

    Args:
        sheets: the hands of each, as `hands_of` counts them.
    """
    total = {name: sum(one[name] for one in sheets) for name in (*HANDS, NO_HAND)}
    rests = [rest_of(total, [one]) for one in sheets]
    shown = without_small(total)
    hidden = tuple(name for name, count in shown.items() if count is None)
    split = (hidden, *((name,) for name in shown if name not in hidden))  # what is hidden is known as a sum
    told = len(sheets) < FEWEST_SHEETS or any(map(nearly_of_one_mind, (total, *rests)))
    told = told or not all(safe(merged(rest, split)) for rest in rests)
    return {name: None if told else shown[name] for name in HANDS}
