"""The smallest cut is the fewest ballots that any sum of sets is made of, as linear algebra finds them."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from partnership_model.analysis.consultation.singled_out import cut_below

if TYPE_CHECKING:
    from collections.abc import Collection

DIVISIONS = st.lists(st.tuples(st.sampled_from("ABC"), st.sampled_from("xyz")), min_size=1, max_size=9)


def fewest_by_algebra(sets: list[set[int]], people: int) -> int | None:
    """Try every few people: they are found if some sum of sets, each times any number, has nobody else in it."""
    matrix = np.array([[float(person in own) for person in range(people)] for own in sets])
    rank = np.linalg.matrix_rank(matrix)
    for count in range(1, people + 1):
        for few in combinations(range(people), count):
            rest = np.delete(matrix, few, axis=1)
            if (np.linalg.matrix_rank(rest) if rest.size else 0) < rank:
                return count
    return None


@settings(deadline=None)
@given(DIVISIONS)
def test_there_is_a_small_cut_where_algebra_finds_a_few(people: list[tuple[str, str]]) -> None:
    sets = [{at for at, ends in enumerate(people) if ends[side] == name} for side in (0, 1) for name in {ends[side] for ends in people}]
    fewest = fewest_by_algebra(sets, len(people))
    assert fewest is not None
    for enough in range(1, len(people) + 2):
        cut = cut_below(people, enough)
        assert (cut is not None) == (fewest < enough)
        assert cut is None or len(held_by(people, cut.side)) == cut.ballots < enough


@settings(deadline=None, max_examples=50)
@given(st.lists(st.tuples(st.sampled_from("ABCDE"), st.sampled_from("vwxyz")), min_size=1, max_size=60))
def test_there_is_a_small_cut_where_trying_every_side_finds_one(people: list[tuple[str, str]]) -> None:
    nodes = sorted({end for ends in people for end in ends})
    sides = [frozenset(side) for count in range(1, len(nodes)) for side in combinations(nodes, count)]
    fewest = min((held for side in sides if (held := len(held_by(people, side)))), default=None)
    cut = cut_below(people, 5)
    assert (cut is not None) == (fewest is not None and fewest < 5)
    assert cut is None or 0 < len(held_by(people, cut.side)) == cut.ballots < 5


def held_by(people: list[tuple[str, str]], side: Collection[object]) -> list[tuple[str, str]]:
    """Give the people between a side and the rest."""
    return [ends for ends in people if (ends[0] in side) != (ends[1] in side)]


def test_a_group_that_is_nearly_a_school_gives_the_rest_of_the_school_away() -> None:
    people = [("Staff", "Ash")] * 10 + [("Parents", "Ash")] * 2 + [("Parents", "Elm")] * 20
    cut = cut_below(people, 5)
    assert cut is not None
    assert cut.ballots == 2
    assert cut.side in ({"Staff", "Ash"}, {"Parents", "Elm"})
    assert cut_below(people, 2) is None


def test_sets_of_the_same_people_give_nothing_away() -> None:
    assert cut_below([("Staff", "Ash")] * 10 + [("Parents", "Elm")] * 6, 5) is None


def test_nothing_is_cut_where_nothing_was_shown() -> None:
    assert cut_below([], 5) is None
