"""Ranks, Kendall's W and polarisation against worked examples and their own limits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import friedmanchisquare, rankdata

from partnership_model.analysis.consultation.concordance import concordance
from partnership_model.analysis.consultation.kendall import kendalls_w, mid_ranks
from partnership_model.analysis.consultation.ranks import standings
from tests.consultation_making import ABC, CRITERIA, ballots, order, points
from tests.making import pure

if TYPE_CHECKING:
    from partnership_model.knowledge.consultation.ballots import Ballot


def test_three_executives_hardly_agree_on_six_applicants() -> None:
    """Siegel, Nonparametric Statistics for the Behavioral Sciences, 1956, page 230: W = .16."""
    ranks = np.array([[1, 6, 3, 2, 5, 4], [1, 5, 6, 4, 2, 3], [6, 3, 2, 5, 4, 1]], dtype=float)
    assert kendalls_w(ranks) == pytest.approx(25.5 / 157.5)
    assert round(kendalls_w(ranks) or 0, 2) == 0.16


def test_four_people_agree_on_strawberries() -> None:
    """influentialpoints.com, Training, coefficient of concordance, worked example I: squares of 500, W = 0.744."""
    farms = [[8, 4, 2, 3, 5, 1, 6, 7], [7, 3, 1, 4, 5, 2, 6, 8], [8, 2, 5, 6, 7, 1, 4, 3], [8, 3, 4, 2, 5, 1, 6, 7]]
    assert round(kendalls_w(np.array(farms, dtype=float)) or 0, 3) == 0.744


def test_three_orders_with_ties_have_the_published_concordance() -> None:
    """Kendall, Rank Correlation Methods, 1948, chapter 6: ten things, three orders, W = 0.828."""
    ranks = np.array(
        [
            [1, 4.5, 2, 4.5, 3, 7.5, 6, 9, 7.5, 10],
            [2.5, 1, 2.5, 4.5, 4.5, 8, 9, 6.5, 10, 6.5],
            [2, 1, 4.5, 4.5, 4.5, 4.5, 8, 8, 8, 10],
        ]
    )
    assert round(kendalls_w(ranks) or 0, 3) == 0.828


@pytest.mark.parametrize(
    ("places", "w"),
    [
        ([[1, 2, 3]] * 4, 1),
        ([[1, 2, 3], [3, 2, 1]], 0),
        ([[1, 2], [1, 2], [2, 1]], 1 / 9),
        ([[1, 2], [1, 1]], 1 / 2),
        ([[1, 2]] * 5, 1),
        ([[1, 2, 3]], None),
        ([[1, 1, 1]] * 4, None),
        ([[1], [1]], None),
    ],
)
def test_the_ends_of_concordance_and_where_there_is_none(places: list[list[int]], w: float | None) -> None:
    assert kendalls_w(mid_ranks(np.array(places, dtype=float))) == (None if w is None else pytest.approx(w))


@pure(150)
@given(st.integers(2, 6), st.integers(2, 6), st.data())
def test_ranks_and_concordance_are_those_of_scipy_whatever_ties(orders: int, things: int, data: st.DataObject) -> None:
    row = st.lists(st.integers(1, things), min_size=things, max_size=things)
    places = np.array(data.draw(st.lists(row, min_size=orders, max_size=orders)), dtype=float)
    ranks = mid_ranks(places)
    assert ranks.tolist() == rankdata(places, axis=1).tolist()
    found = kendalls_w(ranks)
    if found is None:
        assert (ranks == ranks[:, :1]).all()
    elif things > 2:  # Friedman's test asks for three
        assert found == pytest.approx(friedmanchisquare(*places.T).statistic / (orders * (things - 1)))


def test_no_agreement_over_all_may_be_two_groups_that_agree_each_on_the_opposite() -> None:
    staff, parents = [order("a", "b", "c", "d")] * 6, [order("d", "c", "b", "a", group="Parents")] * 6
    found = concordance({"Staff": staff, "Parents": parents}, [*staff, *parents], CRITERIA)
    assert (found.within, found.between, found.together) == ({"Staff": 1, "Parents": 1}, 0, 0)
    assert [(pair.one, pair.other, pair.alike) for pair in found.opposed] == [("Staff", "Parents", pytest.approx(-1))]


def test_groups_that_are_each_divided_are_not_called_opposed() -> None:
    staff = [order("a", "b", "c", "d"), order("d", "c", "b", "a"), order("a", "b", "c", "d")]
    parents = [order("d", "c", "b", "a"), order("a", "b", "c", "d"), order("d", "c", "b", "a")]
    found = concordance({"Staff": staff, "Parents": parents}, None, CRITERIA)
    assert found.pairs[0].alike == pytest.approx(-1)
    assert found.opposed == ()
    assert found.together is None


def test_a_group_without_any_order_agrees_with_nobody_and_hides_no_other() -> None:
    found = concordance({"Staff": [order("a", "b")] * 2, "Parents": [order("abc")] * 2, "Governors": [order()]}, None, ABC)
    assert found.within == {"Staff": 1, "Parents": None, "Governors": None}
    assert found.pairs == ()


def test_mean_and_median_rank_and_first_places_with_ties_and_what_was_left_out() -> None:
    found = standings([order("a", "b", "c"), order("ab", "c"), order("c"), order()], ABC)
    a, b, c = found
    assert (a.mean, a.median) == (pytest.approx((1 + 1.5 + 2.5) / 3), 1.5)
    assert (b.mean, b.median) == (pytest.approx((2 + 1.5 + 2.5) / 3), 2)
    assert [(one.ranked, one.of) for one in found] == [(2, 3), (2, 3), (3, 3)]
    assert [one.first for one in found] == pytest.approx([1.5 / 3, 0.5 / 3, 1 / 3])
    assert [one.named_first for one in found] == [2, 1, 1]
    assert c.mean == pytest.approx((3 + 3 + 1) / 3)


def test_polarisation_is_full_where_halves_stand_at_the_ends_and_none_where_all_say_the_same() -> None:
    halves = standings([order("a", "b", "c"), order("c", "b", "a")] * 3, ABC)
    assert [one.polarisation for one in halves] == [1, 0, 1]
    assert {one.polarisation for one in standings([order("a", "b", "c")] * 3, ABC)} == {0}
    assert [one.polarisation for one in standings([order("a")], ["a"])] == [0]
    assert standings([order(), points(x=100)], ABC) == ()


@pure(100)
@given(st.lists(ballots(), max_size=8), st.randoms(use_true_random=False))
def test_standings_add_up_and_do_not_depend_on_who_came_first(said: list[Ballot], mixed: object) -> None:
    found = standings(said, CRITERIA)
    if found:
        assert sum(one.mean for one in found) == pytest.approx(10)
        assert sum(one.first for one in found) == pytest.approx(1)
        assert all(0 <= one.polarisation <= 1 for one in found)
    shuffled = list(said)
    mixed.shuffle(shuffled)  # type: ignore[attr-defined]
    again = standings(shuffled, CRITERIA)
    assert [one.mean for one in again] == pytest.approx([one.mean for one in found])
    assert [one.median for one in again] == [one.median for one in found]


@given(st.integers(2, 6), st.data())
def test_of_orders_without_ties_w_follows_from_how_alike_each_two_are(groups: int, data: st.DataObject) -> None:
    orders = [data.draw(st.permutations("abcde")) for _ in range(groups)]
    found = concordance({str(at): [order(*one, group=str(at))] * 5 for at, one in enumerate(orders)}, None, "abcde")
    assert found.likeness is not None
    assert found.between == pytest.approx((1 + (groups - 1) * found.likeness) / groups)


def test_two_orders_with_nothing_in_common_have_a_w_of_a_half_and_no_likeness() -> None:
    found = concordance({"Staff": [order(*"abcd")] * 5, "Parents": [order(*"bdac")] * 5}, None, "abcd")
    assert (found.between, found.likeness) == (pytest.approx(0.5), pytest.approx(0.0))
