"""What somebody has said by each way of weighing, and how that becomes the weights in use."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from partnership_model.analysis.overall import whole
from partnership_model.analysis.trade_offs import Progress, Question, progress
from partnership_model.errors import PartnershipError
from partnership_model.knowledge.weighings import Comparison, RankRule, Use
from partnership_model.model.pairwise import Priorities, priorities
from partnership_model.model.trade_offs import centre
from partnership_model.model.weights import Weights, from_points, from_ranking

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from partnership_model.analysis.overall import Values
    from partnership_model.display.weighing_moves import Reply, Way

HUNDRED = 100.0
NEARLY = 0.5  # of a point: what is shown as nought left to give is nought


@dataclass(frozen=True)
class Kept:
    """A whole weighing that is put aside: what was said, and the swings that it gave."""

    weighing: Weighing
    swings: dict[str, float]


@dataclass(frozen=True)
class Weighing:
    """What was said by each way of weighing; the swings in use stand beside it.

    Attributes:
        points: of the hundred, by criterion.
        order: the criteria that have a place, the most important first; those that tie share a step.
        by: how an order becomes weights.
        pairs: how many times the one is worth the other, by pairs in the case's order; below nought the other way round.
        answers: the trade-offs asked, with what was said, in their order.
        first, second: two weighings side by side; while only the first is there, the second is being made.
        use: which of the two is in use.
    """

    way: Way = "swing"
    points: dict[str, float] = field(default_factory=dict)
    order: tuple[tuple[str, ...], ...] = ()
    by: RankRule = "centroid"
    pairs: dict[tuple[str, str], int] = field(default_factory=dict)
    answers: tuple[tuple[Question, Reply], ...] = ()
    first: Kept | None = None
    second: Kept | None = None
    use: Use = "mean"

    @property
    def placed(self) -> tuple[str, ...]:
        """Give the criteria that have a place, in order."""
        return tuple(name for step in self.order for name in step)

    @property
    def left(self) -> float:
        """Give how many of the hundred points are left to give out; below nought, how many were given too many."""
        return HUNDRED - sum(self.points.values())

    @property
    def comparisons(self) -> tuple[Comparison, ...]:
        """Give the pairs that were compared, what is worth more first."""
        return tuple(
            Comparison(more=one, than=other, times=times) if times > 0 else Comparison(more=other, than=one, times=-times)
            for (one, other), times in self.pairs.items()
        )

    @property
    def trade_offs(self) -> tuple[Comparison, ...]:
        """Give what the trade-offs say of the weights."""
        return tuple(one for question, said in self.answers if said != "skip" for one in question.answered(said))

    @property
    def skipped(self) -> frozenset[Question]:
        """Give the questions to which nobody could say anything."""
        return frozenset(question for question, said in self.answers if said == "skip")

    def cleared(self) -> Weighing:
        """Forget what was said, not by which way."""
        return Weighing(way=self.way, by=self.by, first=self.first, second=self.second, use=self.use)


def shared(weighing: Weighing, criteria: Sequence[str]) -> Weights | None:
    """Give the weights that the way now open gives; None while something is missing, and for swings, which are weights already."""
    if weighing.way == "points" and not set(criteria) - set(weighing.points) and abs(weighing.left) < NEARLY:
        return from_points({name: weighing.points[name] for name in criteria}, "")
    if weighing.way == "order" and len(weighing.placed) == len(criteria):
        return from_ranking(weighing.order, "", weighing.by)
    if weighing.way == "pairs" and (found := compared(weighing, criteria)):
        return Weights(found.shares, "", 1.0)
    if weighing.way == "trade_offs" and weighing.trade_offs:
        return Weights(centre(criteria, weighing.trade_offs), "", 1.0)
    return None


def compared(weighing: Weighing, criteria: Sequence[str]) -> Priorities | None:
    """Give what the compared pairs say together; None while some criterion is joined to no other."""
    try:
        return priorities(criteria, weighing.comparisons)
    except PartnershipError:
        return None


def as_swings(shares: Mapping[str, float]) -> dict[str, float]:
    """Give weights as lifts, the greatest worth 100."""
    most = max(shares.values(), default=1.0)
    return {name: min(round(HUNDRED * share / most, 12), HUNDRED) for name, share in shares.items()}


def asked(weighing: Weighing, values: Values) -> Progress | None:
    """Give how far the trade-offs have come; None where no option is open."""
    return progress(values, weighing.trade_offs, weighing.skipped) if values.options else None


def whole_left(weighing: Weighing) -> int:
    """Give the points left to give out, in whole points."""
    return whole(weighing.left)
