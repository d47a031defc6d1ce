"""The smallest cut is the fewest ballots that any sum of sets is made of, as linear algebra finds them."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from partnership_model.analysis.consultation.singled_out import smallest_cut

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
def test_the_smallest_cut_is_what_algebra_finds(people: list[tuple[str, str]]) -> None:
    sets = [{at for at, ends in enumerate(people) if ends[side] == name} for side in (0, 1) for name in {ends[side] for ends in people}]
    cut = smallest_cut(people)
    assert cut is not None
    assert cut.ballots == fewest_by_algebra(sets, len(people))


def test_a_group_that_is_nearly_a_school_gives_the_rest_of_the_school_away() -> None:
    people = [("Staff", "Ash")] * 10 + [("Parents", "Ash")] * 2 + [("Parents", "Elm")] * 20
    cut = smallest_cut(people)
    assert cut is not None
    assert cut.ballots == 2
    assert cut.side in ({"Staff", "Ash"}, {"Parents", "Elm"})


def test_sets_of_the_same_people_give_nothing_away() -> None:
    cut = smallest_cut([("Staff", "Ash")] * 10 + [("Parents", "Elm")] * 6)
    assert cut is not None
    assert cut.ballots == 6


def test_nothing_is_cut_where_nothing_was_shown() -> None:
    assert smallest_cut([]) is None
