"""Weighings as frames for readers: words and whole numbers, one row a criterion."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from partnership_model.analysis.overall import whole
from partnership_model.display import weighing_words
from partnership_model.model.weights import weighed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from partnership_model.analysis.weighed_twice import WeighedTwice
    from partnership_model.knowledge.weighings import RankRule, Weighing
    from partnership_model.model.problem import DecisionProblem
    from partnership_model.model.weights import Weights

RULE_NAMES: dict[RankRule, str] = {"centroid": "Rank order centroid", "rank_sum": "Rank sum"}


def order_table(problem: DecisionProblem, each: Mapping[RankRule, Weights]) -> pd.DataFrame:
    """Give what an order is worth by each rule. Columns: Criterion, one for each rule."""
    order = next(iter(each.values())).shares
    return pd.DataFrame(
        [
            {"Criterion": problem.criteria[name].label}
            | {RULE_NAMES[rule]: whole(100 * weights.shares[name]) for rule, weights in each.items()}
            for name in order
        ]
    )


def share_table(problem: DecisionProblem, shares: Mapping[str, float]) -> pd.DataFrame:
    """Give weights, the greatest first. Columns: Criterion, Points of 100."""
    return pd.DataFrame(
        [
            {"Criterion": problem.criteria[name].label, "Points of 100": whole(100 * shares[name])}
            for name in sorted(shares, key=lambda name: -shares[name])
        ]
    )


def twice_table(problem: DecisionProblem, found: WeighedTwice) -> pd.DataFrame:
    """Give two weighings side by side. Columns: Criterion, First time, Second time, Change."""
    rows = []
    for name, criterion in problem.criteria.items():
        first, second = whole(100 * found.first[name]), whole(100 * found.second[name])
        change = f"{second - first} more" if second > first else f"{first - second} fewer" if second < first else "the same"
        rows.append({"Criterion": criterion.label, "First time": first, "Second time": second, "Change": change})
    return pd.DataFrame(rows)


def raw_table(one: Weighing, problem: DecisionProblem) -> pd.DataFrame:
    """Give what was said on one occasion. Columns: Criterion, What was said, Points of 100."""
    shares = weighed(one, "", tuple(problem.criteria)).shares
    total = sum(shares.values())
    return pd.DataFrame(
        [
            {
                "Criterion": criterion.label,
                "What was said": weighing_words.raw_said(one, name, problem),
                "Points of 100": whole(100 * shares[name] / total),
            }
            for name, criterion in problem.criteria.items()
        ]
    )
