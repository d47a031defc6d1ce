"""One voice for each person, each group or each school: the weights by each, and whether it changes which option leads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np

from partnership_model.analysis.appraisal import Withheld, withheld
from partnership_model.analysis.consultation.ballot_weights import share_table
from partnership_model.analysis.overall import values_of, whole, whole_parts
from partnership_model.model.weights import Weights

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from partnership_model.knowledge.consultation.ballots import Ballot
    from partnership_model.model.problem import DecisionProblem

    # Weights of the criteria that were asked -> the likely overall value of each option.
    Scoring = Callable[[Mapping[str, float]], Mapping[str, float]]

Counting = Literal["person", "group", "school"]
COUNTINGS: tuple[Counting, ...] = get_args(Counting)
FEWEST_VOICES = 2  # of groups or of schools: one alone is no other way of counting


@dataclass(frozen=True)
class Counted:
    """The weights by one way of counting, and what they make of the options.

    Attributes:
        by: who has one voice.
        voices: how many voices there are.
        shares: the weight of each criterion; they sum to one.
        overall: the likely overall value of each option in whole numbers; nothing where nobody scores.
        leaders: the options with the largest; several where they tie.
    """

    by: Counting
    voices: int
    shares: dict[str, float]
    overall: dict[str, int]
    leaders: tuple[str, ...]

    @property
    def weights(self) -> dict[str, int]:
        """Give the weights in whole points that sum to 100."""
        return whole_parts({name: 100 * share for name, share in self.shares.items()})


def ways_of_counting(
    groups: Mapping[str, Sequence[Ballot]],
    schools: Mapping[str, Sequence[Ballot]],
    together: Sequence[Ballot] | None,
    criteria: Sequence[str],
    scoring: Scoring | None = None,
) -> tuple[Counted, ...]:
    """Count each person, each group and each school as one, as far as each can be done from what may be shown.

    A group or school whose ballots are not shown, or who said nothing of what matters, has no voice there.
    """
    people = share_table(together or (), criteria)
    tables: dict[Counting, list[np.ndarray]] = {
        "person": [row[np.newaxis] for row in people],
        "group": _tables(groups, criteria),
        "school": _tables(schools, criteria),
    }
    counted = []
    for by in COUNTINGS:
        if tables[by]:
            mean = np.mean([table.mean(axis=0) for table in tables[by]], axis=0)
            shares = dict(zip(criteria, map(float, mean), strict=True))
            counted.append(counted_again(by, len(tables[by]), shares, scoring))
    return tuple(counted)


def _tables(parts: Mapping[str, Sequence[Ballot]], criteria: Sequence[str]) -> list[np.ndarray]:
    found = [table for ballots in parts.values() if len(table := share_table(ballots, criteria))]
    return found if len(found) >= FEWEST_VOICES else []


def counted_again(by: Counting, voices: int, shares: dict[str, float], scoring: Scoring | None) -> Counted:
    """Give one way of counting with what its weights make of the options."""
    overall = {option: whole(value) for option, value in scoring(shares).items()} if scoring else {}
    most = max(overall.values(), default=0)
    return Counted(by, voices, shares, overall, tuple(option for option, value in overall.items() if value == most))


def changes_the_answer(counted: Sequence[Counted]) -> bool:
    """Say whether another way of counting has another option in front; a tie is another answer than one leader."""
    return len({frozenset(one.leaders) for one in counted if one.leaders}) > 1


def scoring_of(problem: DecisionProblem | None, asked: Sequence[str]) -> Scoring | None:
    """Give what turns weights of the asked criteria into overall values of the case's options.

    A criterion that was not asked has no weight; the caller says which those are.

    Returns:
        None where there is no case, or it no longer has a criterion that was asked.
    """
    if problem is None or any(name not in problem.criteria for name in asked):
        return None
    values = values_of(problem)

    def scored(shares: Mapping[str, float]) -> dict[str, float]:
        totals = values.likely @ np.array([shares.get(name, 0.0) for name in values.criteria])
        return dict(zip(values.options, map(float, totals), strict=True))

    return scored


def why_withheld(problem: DecisionProblem, counted: Sequence[Counted]) -> Withheld | None:
    """Say why options are not put in order with these weights; the case's own rule, by which decisive judgements are looked at first."""
    for one in counted:
        shares = {name: one.shares.get(name, 0.0) for name in problem.criteria}
        if why := withheld(problem.with_weights(Weights(shares, one.by, 1.0))):
            return why
    return None
