"""Trade-offs until the leader is settled: what the answers so far leave open, and which question tells most."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from partnership_model.analysis.hit_and_run import rounded_set
from partnership_model.analysis.linear_programme import least_cost
from partnership_model.analysis.switching import TOLERANCE
from partnership_model.analysis.weight_polytope import times
from partnership_model.knowledge.weighings import Comparison, Implied
from partnership_model.model.plausible_weights import Condition, ConditionedWeights
from partnership_model.model.trade_offs import centre, conditions

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from numpy.typing import NDArray

    from partnership_model.analysis.overall import Values

PARTS = (1.0, 0.5, 0.75, 0.25)  # of a lift; the whole comes before any part
ABOUT = 0.8  # what is "about the same" is worth at least eight tenths of the other, either way
LEAST_LEAD = 1e-6  # points of 100: what is ahead by less draws level
ROUNDING = 1e-9


@dataclass(frozen=True)
class Question:
    """Would you rather have this part of the one lift, or the whole of the other?

    Attributes:
        part: 1 for the whole lift, 0.5 for half of it.
    """

    one: str
    other: str
    part: float = 1.0

    def answered(self, answer: str) -> tuple[Comparison, ...]:
        """Turn `one`, `other` or `same` into what it says of the weights."""
        if answer == "one":
            return (Comparison(more=self.one, than=self.other, times=1 / self.part),)
        if answer == "other":
            return (Comparison(more=self.other, than=self.one, times=self.part),)
        return (
            Comparison(more=self.one, than=self.other, times=ABOUT / self.part),
            Comparison(more=self.other, than=self.one, times=ABOUT * self.part),
        )


@dataclass(frozen=True)
class Progress:
    """What the answers so far leave open.

    Attributes:
        possible: the options that come first for some of the weights left, in the case's order, on the likely values;
            options whose values are the same on every criterion count as one and stand together.
        question: the next one; None where the leader is settled, or where no question that is asked here could tell.
        settled: whether the same option, or those that are like it, comes first for all weights left.
        shares: by option, the share of the weights left for which it comes first; by drawing, so to a few of a hundred. Of
            options that are alike the first has the share of all.
    """

    possible: tuple[str, ...]
    question: Question | None
    settled: bool
    shares: dict[str, float]

    @property
    def ahead(self) -> float:
        """Give the share of the option that comes first most often."""
        return max(self.shares.values())


def progress(values: Values, answers: Sequence[Comparison], skipped: Collection[Question] = ()) -> Progress:
    """Say which options can still come first, and choose the question that tells most about which.

    The weights left are those for which every answer holds. Whether an option comes first for some of them is a
    linear programme. If more than one does, weights are drawn evenly from what is left (`hit_and_run`), and the question
    is taken whose answers part them best by their leader: the least Gini impurity left, as in a classification tree. The same
    answers always lead to the same question.

    Args:
        values: the likely ones are used.
        answers: what was said; see `partnership_model.model.trade_offs`.
        skipped: questions that are not asked again.

    Raises:
        PartnershipError: the answers cannot all hold.
    """
    rows = conditions(values.criteria, answers)
    middle = np.array(list(centre(values.criteria, answers).values()))
    witnesses = {option: found for option in values.options if (found := _somewhere_first(values, option, rows)) is not None}
    if not witnesses:  # all that lead draw level wherever they lead
        totals = values.likely @ middle
        witnesses = {option: middle for option, total in zip(values.options, totals, strict=True) if total >= totals.max() - TOLERANCE}
        return _settled(tuple(witnesses))
    if len({_like(values, option) for option in witnesses}) == 1:
        return _settled(tuple(witnesses))
    drawn = _spread_over(values.criteria, rows)
    first = (values.likely @ drawn).argmax(axis=0)
    shares = {option: float((first == row).mean()) for row, option in enumerate(values.options)}
    question = _telling(values, answers, skipped, np.hstack([drawn, np.column_stack(list(witnesses.values()))]))
    return Progress(tuple(witnesses), question, settled=False, shares=shares)


def _settled(leaders: tuple[str, ...]) -> Progress:
    return Progress(leaders, None, settled=True, shares=dict.fromkeys(leaders, 1.0))


def _like(values: Values, option: str) -> bytes:
    return bytes(np.round(values.likely[values.row(option)], 9).tobytes())


def _somewhere_first(values: Values, option: str, rows: NDArray[np.float64]) -> NDArray[np.float64] | None:
    """Find weights left for which an option is ahead of all that differ from it; None where there are none."""
    ahead = values.likely[values.row(option)] - values.likely
    ahead = ahead[np.abs(ahead).max(axis=1) > TOLERANCE] / 100
    count = len(values.criteria)
    scaled = rows / np.abs(rows).max(axis=1, keepdims=True)
    table = np.vstack([ahead, scaled, np.ones((1, count)), -np.ones((1, count))])
    needed = np.concatenate([np.full(len(ahead), LEAST_LEAD / 100), np.zeros(len(rows)), [1.0, -1.0]])
    return least_cost(np.zeros(count), table, needed)


def _spread_over(criteria: Sequence[str], rows: NDArray[np.float64]) -> NDArray[np.float64]:
    """Spread weights evenly over those for which no row is negative: criteria x draws."""
    names, none, all_of_it = tuple(criteria), (0.0,) * len(criteria), (1.0,) * len(criteria)
    said = tuple(Condition(tuple(zip(names, row.tolist(), strict=True)), 0.0) for row in rows if row.min() < 0)
    rounded = rounded_set(ConditionedWeights(names, none, all_of_it, said))
    found: NDArray[np.float64] = rounded.polytope.centre[:, None] + times(rounded.polytope.directions, rounded.start)
    return found


def _telling(values: Values, answers: Sequence[Comparison], skipped: Collection[Question], drawn: NDArray[np.float64]) -> Question | None:
    """Choose the question whose two answers leave the least doubt about the leader; then the one that halves best."""
    leader = (values.likely @ drawn).argmax(axis=0)
    leads = np.arange(len(values.options))[:, None] == leader
    place = {name: row for row, name in enumerate(values.criteria)}
    best: tuple[float, float] | None = None
    chosen = None
    for question in _open_questions(values.criteria, Implied(answers)):
        if question in skipped:
            continue
        gap = question.part * drawn[place[question.one]] - drawn[place[question.other]]
        sides = [leads[:, gap > TOLERANCE].sum(axis=1), leads[:, gap < -TOLERANCE].sum(axis=1)]
        sizes = [int(side.sum()) for side in sides]
        if not all(sizes):
            continue
        doubt = sum(size - float(side @ side) / size for size, side in zip(sizes, sides, strict=True))
        score = round(doubt, 6), float(max(sizes))
        if best is None or score < best:
            best, chosen = score, question
    return chosen


def _open_questions(criteria: Sequence[str], said: Implied) -> Iterator[Question]:
    """Give the questions whose answer does not follow yet; parts of a lift only once the whole was compared."""
    for row, name in enumerate(criteria):
        for other in criteria[row + 1 :]:
            more, less = (other, name) if said.at_least(other, name) >= 1 else (name, other)
            for part in PARTS[1:] if said.at_least(more, less) >= 1 else PARTS[:1]:
                open_still = part * said.at_least(more, less) < 1 and said.at_least(less, more) < part
                if open_still and not _about_the_same(Question(more, less, part), said):
                    yield Question(more, less, part)


def _about_the_same(question: Question, said: Implied) -> bool:
    """Whether it follows from what was said that this part of the one lift and the other are about the same."""
    return all(said.at_least(one.more, one.than) >= one.times - ROUNDING for one in question.answered("same"))
