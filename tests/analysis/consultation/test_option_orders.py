"""Orders of options by four rules against published elections, and against what must hold of any."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from partnership_model.analysis.consultation.option_orders import OptionOrders, borda_points, levels_of_support, orders_of, preferred
from tests.consultation_making import OPTIONS, ballots, supports
from tests.making import pure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from partnership_model.knowledge.consultation.ballots import Ballot

TENNESSEE = {"MNCK": 42, "NCKM": 26, "CKNM": 15, "KCNM": 17}
CONDORCET = {"abc": 23, "bca": 17, "bac": 2, "cab": 10, "cba": 8}
ORDERS = st.lists(st.dictionaries(st.sampled_from("abcd"), st.integers(0, 3).map(float)), min_size=1, max_size=9)


def elected(election: dict[str, int], options: str) -> OptionOrders:
    """Put options in order by voters who each put one letter after the other."""
    return orders_of(voters(election), options)


def voters(election: dict[str, int]) -> list[dict[str, float]]:
    """Give the places of each voter."""
    return [places(order) for order, count in election.items() for _ in range(count)]


def places(order: str) -> dict[str, float]:
    """Give the place of each letter."""
    return {name: float(place) for place, name in enumerate(order)}


def one_each(*steps: str) -> tuple[tuple[str, ...], ...]:
    """Give an order in which `"bc"` are level."""
    return tuple(tuple(step) for step in steps)


def test_the_capital_of_tennessee() -> None:
    """The textbook election of a capital by distance: Borda 194, 173, 126, 107; Nashville beats each other city."""
    found = elected(TENNESSEE, "MNCK")
    assert borda_points(voters(TENNESSEE), "MNCK") == {
        "M": 126,
        "N": 194,
        "C": 173,
        "K": 107,
    }
    assert found.by_borda == one_each("N", "C", "M", "K")
    assert found.by_ranked_pairs == found.by_copeland == one_each("N", "C", "K", "M")
    assert (found.condorcet, found.cycle, found.voices) == ("N", (), 100)


def test_condorcets_own_circle_of_sixty_voters() -> None:
    """Condorcet's Essai, 1785, as in Young, Condorcet's theory of voting, American Political Science Review 82 (1988).

    a beats b by 33 to 27, b beats c by 42 to 18, c beats a by 35 to 25; without the weakest of the three it is b, c, a.
    """
    assert preferred(voters(CONDORCET), "abc").tolist() == [[0, 33, 25], [27, 0, 42], [35, 18, 0]]
    found = elected(CONDORCET, "abc")
    assert (found.condorcet, found.cycle) == (None, ("a", "b", "c"))
    assert found.by_ranked_pairs == one_each("b", "c", "a")
    assert found.by_copeland == one_each("abc")
    assert found.by_borda == one_each("b", "a", "c")


def test_a_circle_of_equal_majorities_is_a_tie_and_no_name_breaks_it() -> None:
    found = elected({"abc": 1, "bca": 1, "cab": 1}, "abc")
    assert found.by_ranked_pairs == found.by_borda == found.by_copeland == one_each("abc")
    assert found.cycle == ("a", "b", "c")


def test_options_at_the_same_level_are_level_and_what_was_not_said_prefers_nothing() -> None:
    said = [
        supports({"stay": "for", "federation": "for", "new_mat": "against"}),
        supports({"stay": "against", "federation": "strongly_against"}),
        supports({"new_mat": "strongly_for"}),
        supports({}),
    ]
    orders = levels_of_support(said, OPTIONS)
    assert preferred(orders, OPTIONS).tolist() == [[0, 1, 1], [0, 0, 1], [0, 0, 0]]
    found = orders_of(orders, OPTIONS)
    assert (found.condorcet, found.voices) == ("stay", 2)


def test_nobody_prefers_anything() -> None:
    found = orders_of([], OPTIONS)
    assert found.by_ranked_pairs == found.by_borda == (OPTIONS,)
    assert (found.condorcet, found.cycle, found.voices) == (None, (), 0)
    assert orders_of([{"stay": 0.0}], ["stay"]).condorcet is None


def test_a_copy_of_an_option_does_not_take_the_first_place_from_it_by_ranked_pairs() -> None:
    """Tideman's question (1987): two options that everybody puts side by side are clones. Borda is moved by them."""
    apart = elected({"ab": 55, "ba": 45}, "ab")
    cloned = elected({"abc": 55, "bca": 45}, "abc")
    assert apart.by_ranked_pairs[0] == cloned.by_ranked_pairs[0] == ("a",)
    assert (apart.by_borda[0], cloned.by_borda[0]) == (("a",), ("b",))


@pure(150)
@given(ORDERS, st.randoms(use_true_random=False), st.permutations("abcd"))
def test_neither_who_came_first_nor_how_options_are_listed_changes_an_order(
    orders: list[dict[str, float]], mixed: object, listed: list[str]
) -> None:
    found = orders_of(orders, "abcd")
    shuffled = list(orders)
    mixed.shuffle(shuffled)  # type: ignore[attr-defined]
    again = orders_of(shuffled, listed)
    for rule in ("by_borda", "by_copeland", "by_ranked_pairs"):
        assert [set(step) for step in getattr(again, rule)] == [set(step) for step in getattr(found, rule)]
    assert (again.condorcet, set(again.cycle)) == (found.condorcet, set(found.cycle))


@pure(150)
@given(ORDERS)
def test_an_option_that_beats_each_other_leads_by_copeland_and_by_ranked_pairs(orders: list[dict[str, float]]) -> None:
    found = orders_of(orders, "abcd")
    margins = preferred(orders, "abcd") - preferred(orders, "abcd").T
    if found.condorcet:
        assert found.by_copeland[0] == found.by_ranked_pairs[0] == (found.condorcet,)
        assert found.condorcet not in found.cycle
    assert sum(map(len, found.by_ranked_pairs)) == 4
    if not found.cycle:  # ranked pairs then keeps every majority
        place = {name: at for at, step in enumerate(found.by_ranked_pairs) for name in step}
        assert all(place["abcd"[row]] < place["abcd"[column]] for row, column in np.argwhere(margins > 0))


@pure(100)
@given(ORDERS)
def test_borda_is_in_the_order_of_its_points(orders: list[dict[str, float]]) -> None:
    points = borda_points(orders, "abcd")
    assert sum(points.values()) == len(orders) * 6
    scores = [{points[name] for name in step} for step in orders_of(orders, "abcd").by_borda]
    assert all(len(one) == 1 for one in scores)
    assert scores == sorted(scores, key=lambda one: -next(iter(one)))


@pure(60)
@given(st.lists(ballots(), max_size=6))
def test_any_ballots_give_an_order_of_all_options(said: Sequence[Ballot]) -> None:
    found = orders_of(levels_of_support(said, OPTIONS), OPTIONS)
    assert sorted(name for step in found.by_ranked_pairs for name in step) == sorted(OPTIONS)
