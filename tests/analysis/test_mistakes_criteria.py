"""Criteria that are counted twice, that make no difference, that make a small one, and that are about money again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from partnership_model.analysis.appraisal import appraise
from partnership_model.analysis.mistakes.criteria import correlation, cost_twice, double_counting, equal_scores, local_scale
from tests.making import make_case, make_cost, make_criterion, make_problem, make_values

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from partnership_model.analysis.appraisal import Appraisal
    from partnership_model.knowledge.catalogue import Criterion

ALIKE = {"stay": [10, 12, 90], "federation": [50, 55, 20], "new_mat": [80, 79, 60]}
APART = {"stay": [10, 80, 90], "federation": [50, 20, 20], "new_mat": [80, 60, 30]}


def appraised(
    table: Mapping[str, Sequence[float]], weights: Sequence[float] | None = (), criteria: Mapping[str, Criterion] | None = None
) -> Appraisal:
    """Appraise a table of certain figures with one block of samples."""
    return appraise(make_problem(table, weights, criteria), 1)


def test_two_criteria_that_rise_and_fall_together_may_count_the_same_thing_twice() -> None:
    (one,) = double_counting(make_case(), appraised(ALIKE))
    assert (one.kind, one.where) == ("double_counting", ("c1", "c2"))
    assert one.found["correlation"] == pytest.approx(0.9968, abs=0.0001)  # 2376.7 over the root of 2466.7 times 2304.7
    assert (one.found["options"], one.found["overlap"]) == (3, False)


def test_criteria_that_fall_apart_are_not_counted_twice_and_neither_are_opposites() -> None:
    assert list(double_counting(make_case(), appraised(APART))) == []
    opposite = {"stay": [10, 90], "federation": [50, 50], "new_mat": [90, 10]}
    assert correlation(appraised(opposite).values, "c1", "c2") == pytest.approx(-1)
    assert list(double_counting(make_case(), appraised(opposite))) == []


@pytest.mark.parametrize("likely", [[[10, 20], [90, 80]], [[10, 20], [10, 80], [10, 50]]])
def test_two_options_or_a_criterion_without_a_difference_have_no_correlation(likely: list[list[float]]) -> None:
    assert correlation(make_values(likely), "c1", "c2") is None


def test_a_correlation_is_that_of_pearson() -> None:
    """By hand: deviations -1, 0, 1 and -2, 1, 1 give 3 over the root of 2 times 6."""
    assert correlation(make_values([[1, 1], [2, 4], [3, 4]]), "c1", "c2") == pytest.approx(3 / 12**0.5)


def test_what_comes_first_without_either_is_kept() -> None:
    """By hand, equal weights: stay 112/3, federation 125/3, new MAT 219/3. Without c1: 51, 37.5 and 69.5, so the same leads."""
    (one,) = double_counting(make_case(), appraised(ALIKE))
    assert one.found["leaders_without"] == {}
    turned = {"stay": [60, 62, 80], "federation": [50, 53, 0], "new_mat": [91, 90, 30]}
    (one,) = double_counting(make_case(), appraised(turned))  # 202, 103 and 211 together; 142, 53 and 121 without the first
    assert one.found["leaders_without"] == {"c1": ["stay"], "c2": ["stay"]}


def overlapping(*, default: bool) -> dict[str, Criterion]:
    """Make three criteria of which the catalogue says that the first two overlap."""
    return {
        "c1": make_criterion(overlaps=("c2",), default=True),
        "c2": make_criterion(default=default),
        "c3": make_criterion(),
    }


def test_criteria_that_the_catalogue_says_overlap_are_named_unless_both_were_written_to_stand_together() -> None:
    (one,) = double_counting(make_case(), appraised(APART, criteria=overlapping(default=False)))
    assert (one.where, one.found["overlap"], one.found["correlation"]) == (("c1", "c2"), True, None)
    assert list(double_counting(make_case(), appraised(APART, criteria=overlapping(default=True)))) == []


def test_a_criterion_without_weight_counts_nothing_twice() -> None:
    assert list(double_counting(make_case(), appraised(ALIKE, (1, 0, 1)))) == []
    assert len(list(double_counting(make_case(), appraised(ALIKE, None)))) == 1


def test_a_criterion_on_which_all_options_are_alike_does_not_help_to_choose() -> None:
    found = list(equal_scores(appraised({"stay": [40, 10], "new_mat": [40, 90]}, (30, 70))))
    assert [(one.where, one.found) for one in found] == [(("c1",), {"weight": 0.3})]


def test_a_lonely_option_is_alike_with_nobody() -> None:
    lonely = appraised({"stay": [40, 10]})
    assert list(equal_scores(lonely)) == list(local_scale(lonely)) == []


def test_a_spread_below_twenty_points_is_small_and_twenty_is_not() -> None:
    table = {"stay": [40, 10], "new_mat": [59, 30]}
    (one,) = local_scale(appraised(table, (50, 50)))
    assert (one.where, one.found) == (("c1",), {"spread": 19, "weight": 0.5, "points": 9.5})


def test_a_small_spread_is_small_whether_or_not_anybody_has_weighed() -> None:
    (one,) = local_scale(appraised({"stay": [40, 10], "new_mat": [59, 30]}, None))
    assert one.found == {"spread": 19, "weight": None, "points": None}


def test_another_criterion_about_money_counts_pounds_twice_while_cost_is_in_the_score() -> None:
    criteria = {"cost": make_cost(default=True, overlaps=("risk_share",)), "risk_share": make_criterion(), "c3": make_criterion()}
    (one,) = cost_twice(appraised(APART, criteria=criteria))
    assert one.where == ("cost", "risk_share")
    assert list(cost_twice(appraised(APART))) == []
    beside = criteria | {"risk_share": make_criterion(default=True)}
    assert list(cost_twice(appraised(APART, criteria=beside))) == []


def test_criteria_that_the_case_says_it_has_checked_are_not_asked_about_again() -> None:
    checked = {"overlaps_checked": ({"criteria": ("c2", "c1"), "says": "They differ: the one is about money."},)}
    assert list(double_counting(make_case(appraisal=checked), appraised(ALIKE))) == []
    other = {"overlaps_checked": ({"criteria": ("c2", "c3"), "says": "They differ."},)}
    assert len(list(double_counting(make_case(appraisal=other), appraised(ALIKE)))) == 1
