"""A three-option case worked by hand to the digit: every figure below was got with paper and pencil.

Weights, from swings of 100, 60 and 40 (200 together): autonomy 0.5, cost 0.3, staff 0.2.

Cost, in pounds a pupil and year, is piecewise: 250 is worth 0, 100 is worth 40, 0 is worth 85, -50 is worth 100. So
50 is worth 62.5 (halfway from 85 to 40) and -25 is worth 92.5 (halfway from 85 to 100). Autonomy and staff run
straight from 0 to 100.

    judgement     autonomy        cost (raw)        cost (value)       staff
                  low likely high low likely high   low  likely high   low likely high
    stay          80  90   100      0   0    50     62.5  85    85     20  30   40
    federation    60  70    80    -50 -25   100     40    92.5 100     60  75   90
    new_mat       10  20    40     50 100   250      0    40    62.5   50  70   90

The dearest cost is the lowest value: the ends change places.
"""

from __future__ import annotations

import numpy as np
import pytest

from partnership_model.analysis.appraisal import appraise
from partnership_model.analysis.overall import Dominance, contributions, dominated, overall_values, ranking, values_of
from partnership_model.analysis.switching import decisive_cells, switching_values
from tests.making import make_cost, make_criterion, make_problem

EXACT = {"rel": 0, "abs": 1e-12}
PROBLEM = make_problem(
    {
        "stay": [(80, 90, 100), (0, 0, 50), (20, 30, 40)],
        "federation": [(60, 70, 80), (-50, -25, 100), (60, 75, 90)],
        "new_mat": [(10, 20, 40), (50, 100, 250), (50, 70, 90)],
    },
    weights=(100, 60, 40),
    criteria={"autonomy": make_criterion(), "cost": make_cost(), "staff": make_criterion()},
)
VALUES = values_of(PROBLEM)
WEIGHTS = np.array([0.5, 0.3, 0.2])


def test_swings_of_100_60_and_40_are_weights_of_a_half_three_tenths_and_two_tenths() -> None:
    assert PROBLEM.weights is not None
    assert PROBLEM.weights.shares == {"autonomy": 0.5, "cost": 0.3, "staff": 0.2}


def test_the_values_are_those_of_the_table_and_the_ends_of_cost_change_places() -> None:
    assert VALUES.options == ("stay", "federation", "new_mat")
    assert VALUES.criteria == ("autonomy", "cost", "staff")
    assert VALUES.low == pytest.approx(np.array([[80, 62.5, 20], [60, 40, 60], [10, 0, 50]]), **EXACT)
    assert VALUES.likely == pytest.approx(np.array([[90, 85, 30], [70, 92.5, 75], [20, 40, 70]]), **EXACT)
    assert VALUES.high == pytest.approx(np.array([[100, 85, 40], [80, 100, 90], [40, 62.5, 90]]), **EXACT)


def test_overall_values_by_hand() -> None:
    """Half of autonomy, three tenths of cost, two tenths of staff.

    stay        low 40 + 18.75 + 4 = 62.75; likely 45 + 25.5 + 6 = 76.5;   high 50 + 25.5 + 8 = 83.5
    federation  low 30 + 12 + 12 = 54;      likely 35 + 27.75 + 15 = 77.75; high 40 + 30 + 18 = 88
    new_mat     low 5 + 0 + 10 = 15;        likely 10 + 12 + 14 = 36;      high 20 + 18.75 + 18 = 56.75
    """
    found = overall_values(VALUES, WEIGHTS)
    expected = {"stay": (62.75, 76.5, 83.5), "federation": (54, 77.75, 88), "new_mat": (15, 36, 56.75)}
    assert list(found) == list(expected)
    for option, figures in expected.items():
        assert (found[option].low, found[option].likely, found[option].high) == pytest.approx(figures, **EXACT)


def test_contributions_by_hand() -> None:
    found = contributions(VALUES, WEIGHTS)
    assert found["stay"] == pytest.approx({"autonomy": 45, "cost": 25.5, "staff": 6}, **EXACT)
    assert found["federation"] == pytest.approx({"autonomy": 35, "cost": 27.75, "staff": 15}, **EXACT)
    assert found["new_mat"] == pytest.approx({"autonomy": 10, "cost": 12, "staff": 14}, **EXACT)


def test_ranking_by_hand() -> None:
    """In whole numbers 77.75 is 78, 76.5 is 77 (a half goes up), and 36 is 36."""
    assert ranking(overall_values(VALUES, WEIGHTS)) == (("federation",), ("stay",), ("new_mat",))


def test_dominance_by_hand() -> None:
    """Federation beats new_mat on the likely figures (70 > 20, 92.5 > 40, 75 > 70), but not for certain.

    At the ends 60 > 40, but 40 < 62.5 on cost. Stay doesn't beat new_mat: 30 < 70 on staff.
    """
    assert dominated(VALUES) == (Dominance("new_mat", "federation", certain=False),)


def test_switching_values_by_hand() -> None:
    """Each line runs from the overall value without the criterion (weight 0) to the value on it alone (weight 1).

    autonomy, the rest as 0.6 and 0.4: stay 51 + 12 = 63 to 90, federation 55.5 + 30 = 85.5 to 70. They meet where
        63 + 27 w = 85.5 - 15.5 w, so w = 22.5 / 42.5 = 9/17; above it stay leads.
    cost, the rest as 5/7 and 2/7: stay 510/7 to 85, federation 500/7 to 92.5. They meet where 510/7 + 85 w / 7 =
        500/7 + 147.5 w / 7, so w = 10 / 62.5 = 0.16; below it stay leads.
    staff, the rest as 0.625 and 0.375: stay 56.25 + 31.875 = 88.125 to 30, federation 43.75 + 34.6875 = 78.4375 to 75.
        They meet where 9.6875 = 54.6875 w, so w = 31/175; below it stay leads.

    new_mat leads nowhere: it is behind federation at both ends of each line.
    """
    autonomy, cost, staff = switching_values(VALUES, WEIGHTS)
    assert [one.criterion for one in (autonomy, cost, staff)] == ["autonomy", "cost", "staff"]
    assert [one.current for one in (autonomy, cost, staff)] == [0.5, 0.3, 0.2]
    assert (autonomy.lowest, autonomy.highest) == pytest.approx((0, 9 / 17), **EXACT)
    assert (autonomy.leader_below, autonomy.leader_above) == ((), ("stay",))
    assert (cost.lowest, cost.highest) == pytest.approx((0.16, 1), **EXACT)
    assert (cost.leader_below, cost.leader_above) == (("stay",), ())
    assert (staff.lowest, staff.highest) == pytest.approx((31 / 175, 1), **EXACT)
    assert (staff.leader_below, staff.leader_above) == (("stay",), ())


def test_judgements_that_could_change_the_leader_by_hand() -> None:
    """Federation leads stay by 1.25.

    Each of its judgements alone can lose more: 0.5 x 10 = 5, 0.3 x 52.5 = 15.75, 0.2 x 15 = 3. Stay can gain 5 on
    autonomy and 2 on staff, but nothing on cost. new_mat is 41.75 behind and can gain at most 10.
    """
    assert decisive_cells(VALUES, WEIGHTS) == (
        ("stay", "autonomy"),
        ("stay", "staff"),
        ("federation", "autonomy"),
        ("federation", "cost"),
        ("federation", "staff"),
    )


def test_the_appraisal_says_the_same() -> None:
    found = appraise(PROBLEM, samples=1)
    assert found.withheld is None
    assert found.overall == overall_values(VALUES, WEIGHTS)
    assert found.contributions == contributions(VALUES, WEIGHTS)
    assert found.ranking == (("federation",), ("stay",), ("new_mat",))
    assert found.leaders == ("federation",)
    assert found.switching == switching_values(VALUES, WEIGHTS)
    assert [(one.option, one.criterion) for one in found.decisive] == list(decisive_cells(VALUES, WEIGHTS))
    assert found.to_confirm == ()
