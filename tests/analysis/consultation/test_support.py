"""Support for options: counts, agreement A, and no count of fewer than five, by no way of subtracting."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnership_model.analysis.consultation.published import support
from partnership_model.analysis.consultation.small_counts import finest_split, merged, without_small
from partnership_model.analysis.consultation.support import EVERY_LEVEL, FOR_OR_NOT, SPLITS, THREE_LEVELS, agreement, counts_by_level
from partnership_model.knowledge.consultation.ballots import SUPPORTS
from tests.consultation_making import supports
from tests.making import pure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from partnership_model.knowledge.consultation.ballots import Ballot

LEAST = 5


def said(group: str, *counts: int) -> tuple[Ballot, ...]:
    """Make a group with so many ballots at each level, from strongly for to strongly against."""
    levels = [level for level, count in zip(SUPPORTS, counts, strict=True) for _ in range(count)]
    return tuple(supports({"stay": level}, group) for level in levels)


@pytest.mark.parametrize(
    ("counts", "published"),
    [
        ((30, 40, 210, 130, 530, 50, 10), 0.6113333),  # R package agrmt 1.42, its worked example of van der Eijk's A
        ((1, 0, 0, 0, 0), 1),
        ((0, 7, 7, 0, 0), 0.75),  # two neighbours of five: 1 - (2 - 1) / (5 - 1)
        ((7, 0, 0, 0, 7), -1),
        ((4, 4, 4, 4, 4), 0),
    ],
)
def test_agreement_is_that_of_the_published_examples(counts: Sequence[int], published: float) -> None:
    assert agreement(counts) == pytest.approx(published, abs=1e-6)


def test_there_is_no_agreement_of_nobody_or_between_two_levels() -> None:
    assert agreement([0, 0, 0]) is None
    assert agreement([5, 5]) is None


@pure(200)
@given(st.lists(st.integers(0, 30), min_size=3, max_size=6).filter(any), st.integers(1, 4))
def test_agreement_is_the_same_from_either_end_and_for_more_people_in_the_same_parts(counts: list[int], times: int) -> None:
    found = agreement(counts)
    assert found is not None
    assert -1 - 1e-9 <= found <= 1 + 1e-9
    assert agreement(counts[::-1]) == pytest.approx(found)
    assert agreement([count * times for count in counts]) == pytest.approx(found)


def test_who_says_nothing_of_an_option_is_at_no_level() -> None:
    found = counts_by_level([supports({"stay": "for"}), supports({"new_mat": "for"}), supports({"stay": "against"})], "stay")
    assert list(found.values()) == [0, 1, 0, 1, 0]


def test_support_is_counted_by_the_finest_levels_that_show_no_fewer_than_five() -> None:
    staff, parents = said("Staff", 6, 5, 0, 7, 9), said("Parents", 0, 8, 5, 5, 6)
    found = support("stay", {"Staff": staff, "Parents": parents}, staff + parents)
    assert found.cells == EVERY_LEVEL
    assert found.by_group == {"Staff": (6, 5, 0, 7, 9), "Parents": (0, 8, 5, 5, 6)}
    assert (found.together, found.answered) == ((6, 13, 5, 12, 15), 51)
    coarser = support("stay", {"Staff": said("Staff", 6, 2, 0, 7, 9), "Parents": parents}, said("Staff", 6, 2, 0, 7, 9) + parents)
    assert coarser.cells == THREE_LEVELS
    assert coarser.by_group["Staff"] == (8, 0, 16)


def test_a_hidden_group_makes_the_others_coarser_where_subtraction_would_show_it() -> None:
    """The six of a hidden group are 1 for and 5 against: with all levels of the others shown, anybody could subtract."""
    staff, hidden = said("Staff", 10, 10, 10, 10, 10), said("Governors", 1, 0, 0, 0, 5)
    alone = support("stay", {"Staff": staff}, staff)
    with_hidden = support("stay", {"Staff": staff}, staff + hidden)
    assert alone.cells == EVERY_LEVEL
    assert with_hidden.together == ()
    assert with_hidden.by_group == {"Staff": (10, 10, 10, 10, 10)}


def test_too_few_who_said_anything_of_an_option_are_not_shown_at_all() -> None:
    found = support("stay", {"Staff": said("Staff", 1, 1, 1, 1, 0)}, said("Staff", 1, 1, 1, 1, 0))
    assert (found.cells, found.together, found.by_group, found.agreement) == ((), (), {}, None)


def small(counts: Sequence[int]) -> bool:
    """Say whether any count gives few people away."""
    return any(0 < count < LEAST for count in counts)


@pure(150)
@given(st.lists(st.tuples(*[st.integers(0, 9)] * 5), min_size=1, max_size=3), st.tuples(*[st.integers(0, 9)] * 5))
def test_no_way_of_subtracting_what_is_shown_gives_fewer_than_five(rows: list[tuple[int, ...]], hidden: tuple[int, ...]) -> None:
    groups = {str(place): said(str(place), *counts) for place, counts in enumerate(rows)}
    together = tuple(ballot for ballots in groups.values() for ballot in ballots) + said("hidden", *hidden)
    found = support("stay", groups, together)
    shown = [*found.by_group.values(), *([found.together] if found.together else [])]
    assert not any(small(row) for row in shown)
    if found.together:
        for kept in product([False, True], repeat=len(found.by_group)):
            less = [sum(row[at] for row, keep in zip(found.by_group.values(), kept, strict=True) if keep) for at in range(len(found.cells))]
            assert not small([whole - part for whole, part in zip(found.together, less, strict=True)])


def test_the_same_subtraction_succeeds_where_every_level_is_shown() -> None:
    """What the rule is for: without it the one governor who is for staying could be counted."""
    staff, hidden = counts_by_level(said("Staff", 10, 10, 10, 10, 10), "stay"), counts_by_level(said("Governors", 1, 0, 0, 0, 5), "stay")
    everybody = {level: staff[level] + hidden[level] for level in SUPPORTS}
    assert finest_split(SPLITS, [staff], everybody, least=1) == EVERY_LEVEL
    assert everybody["strongly_for"] - staff["strongly_for"] == 1
    assert finest_split(SPLITS, [staff], everybody) is None
    assert merged(staff, FOR_OR_NOT) == {FOR_OR_NOT[0]: 20, FOR_OR_NOT[1]: 30}


@pure(200)
@given(st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 30)))
def test_what_is_hidden_in_a_row_are_two_counts_at_least_and_five_people_together(counts: dict[str, int]) -> None:
    found = without_small(counts)
    hidden = [counts[name] for name, count in found.items() if count is None]
    assert not small([count for count in found.values() if count is not None])
    if hidden and any(count for count in found.values()):
        assert len(hidden) > 1
        assert sum(hidden) >= LEAST
