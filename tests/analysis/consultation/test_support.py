"""Support for options: counts, agreement A, and no count of fewer than five, by no way of subtracting."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnership_model.analysis.consultation.published import Support, support
from partnership_model.analysis.consultation.release import release
from partnership_model.analysis.consultation.small_counts import finest_split, merged, without_small
from partnership_model.analysis.consultation.support import EVERY_LEVEL, FOR_OR_NOT, SPLITS, THREE_LEVELS, agreement, counts_by_level
from partnership_model.knowledge.consultation.ballots import SUPPORTS
from partnership_model.knowledge.consultation.plan import ConsultedGroup
from tests.consultation_making import questions, supports
from tests.making import pure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from partnership_model.knowledge.consultation.ballots import Ballot

LEAST = 5


def shown(option: str, groups: dict[str, tuple[Ballot, ...]], more: tuple[Ballot, ...] = ()) -> Support:
    """Show the support of these groups, and of ballots of groups that nobody asked for by name."""
    asked = questions(options=[option], groups=[ConsultedGroup(group=name) for name in groups] or [ConsultedGroup(group="Staff")])
    return support(option, release([ballot for ballots in groups.values() for ballot in ballots] + list(more), asked))


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
    found = shown("stay", {"Staff": staff, "Parents": parents})
    assert found.cells == found.group_cells == EVERY_LEVEL
    assert found.by_group == {"Staff": (6, 5, 0, 7, 9), "Parents": (0, 8, 5, 5, 6)}
    assert (found.together, found.answered) == ((6, 13, 5, 12, 15), 51)
    coarser = shown("stay", {"Staff": said("Staff", 6, 2, 0, 7, 9), "Parents": parents})
    assert coarser.group_cells == THREE_LEVELS
    assert coarser.by_group["Staff"] == (8, 0, 16)
    assert (coarser.cells, coarser.together) == (EVERY_LEVEL, (6, 10, 5, 12, 15))


def test_groups_are_not_shown_where_subtraction_would_show_a_hidden_one() -> None:
    """The six of a hidden group are 1 for and 5 against: with the others shown beside all, anybody could subtract."""
    staff, hidden = said("Staff", 10, 10, 10, 10, 10), said("Governors", 1, 0, 0, 0, 5)
    alone = shown("stay", {"Staff": staff})
    with_hidden = shown("stay", {"Staff": staff}, hidden)
    assert alone.by_group == {"Staff": (10, 10, 10, 10, 10)}
    assert with_hidden.by_group == {}
    assert with_hidden.together == (11, 10, 10, 10, 15)


def test_too_few_who_said_anything_of_an_option_are_not_shown_at_all() -> None:
    found = shown("stay", {"Staff": said("Staff", 1, 1, 1, 1, 0)})
    assert (found.cells, found.together, found.by_group, found.agreement, found.answered) == ((), (), {}, None, None)
    one_against = shown("stay", {}, said("Staff", 30, 0, 0, 0, 1))
    assert (one_against.together, one_against.answered) == ((), 31)


def small(counts: Sequence[int]) -> bool:
    """Say whether any count gives few people away."""
    return any(0 < count < LEAST for count in counts)


@pure(150)
@given(st.lists(st.tuples(*[st.integers(0, 9)] * 5), min_size=1, max_size=3), st.tuples(*[st.integers(0, 9)] * 5))
def test_no_way_of_subtracting_what_is_shown_gives_fewer_than_five(rows: list[tuple[int, ...]], hidden: tuple[int, ...]) -> None:
    found = shown("stay", {f"G{place}": said(f"G{place}", *counts) for place, counts in enumerate(rows)}, said("hidden", *hidden))
    assert not any(small(row) for row in (found.together, *found.by_group.values()))
    counts = dict(zip(found.cells, found.together, strict=True))
    whole = [sum(count for cell, count in counts.items() if set(cell) <= set(wanted)) for wanted in found.group_cells]
    for kept in product([False, True], repeat=len(found.by_group)):
        rows = [row for row, keep in zip(found.by_group.values(), kept, strict=True) if keep]
        assert not small([count - sum(row[at] for row in rows) for at, count in enumerate(whole)])


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
