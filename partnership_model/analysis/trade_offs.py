"""Trade-offs until the leader is settled: what the answers so far leave open, and which question tells most."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from partnership_model.analysis.linear_programme import least_cost
from partnership_model.analysis.sampling import BLOCK, BlockSource
from partnership_model.analysis.switching import TOLERANCE
from partnership_model.knowledge.weighings import Comparison, Implied
from partnership_model.model.trade_offs import centre, conditions

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from numpy.typing import NDArray

    from partnership_model.analysis.overall import Values

PARTS = (1.0, 0.5, 0.75, 0.25)  # of a lift; the whole comes before any part
ABOUT = 0.8  # what is "about the same" is worth at least eight tenths of the other, either way
LEAST_LEAD = 1e-6  # points of 100: what is ahead by less draws level
CHAINS = 512
WALKS = 12  # moves of each chain for each criterion
STREAM = 3  # of the block that the walks are drawn from
SEED = 2016


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
        shares: by option, the share of the weights left for which it comes first; by drawing, so to a few of a hundred.
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
    linear programme. If more than one does, weights are drawn from what is left by random walks (hit and run: Smith,
    Efficient Monte Carlo procedures for generating points uniformly distributed over bounded regions, Operations
    Research 32 (1984), pages 1296 to 1308), and the question is taken whose answers part them best by their leader:
    the least Gini impurity left, as in a classification tree. The same answers always lead to the same question.

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
    drawn = _walks(rows, middle)
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


def _walks(rows: NDArray[np.float64], middle: NDArray[np.float64]) -> NDArray[np.float64]:
    """Draw weights from those for which no row is negative: criteria x chains, each walk from the middle.

    Each move shifts weight between two criteria that are drawn, to anywhere that the conditions allow.
    """
    count = len(middle)
    weights = np.repeat(middle[:, None], CHAINS, axis=1)
    if count == 1:
        return weights
    moves = WALKS * count
    drawn = BlockSource(SEED, 0, STREAM).uniform(-(-3 * moves * CHAINS // BLOCK)).reshape(-1)[: 3 * moves * CHAINS]
    chains = np.arange(CHAINS)
    for first, second, how_far in drawn.reshape(moves, 3, CHAINS).astype(np.float64):
        to = (first * count).astype(np.intp)
        away = (to + 1 + (second * (count - 1)).astype(np.intp)) % count
        gaps = np.maximum(rows @ weights, 0.0)
        change = rows[:, to] - rows[:, away]
        reach = np.full_like(gaps, np.inf)
        np.divide(gaps, np.abs(change), out=reach, where=np.abs(change) > TOLERANCE)
        furthest = np.where(change < 0, reach, np.inf).min(axis=0)
        back = np.where(change > 0, reach, np.inf).min(axis=0)
        step = how_far * (furthest + back) - back
        weights[to, chains] += step
        weights[away, chains] -= step
    return weights


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
            if not (said.at_least(name, other) >= 1 or said.at_least(other, name) >= 1):
                if not (said.at_least(name, other) and said.at_least(other, name)):  # not said to be about the same
                    yield Question(name, other)
                continue
            more, less = (name, other) if said.at_least(name, other) >= 1 else (other, name)
            for part in PARTS[1:]:
                if part * said.at_least(more, less) < 1 and said.at_least(less, more) < part:
                    yield Question(more, less, part)
