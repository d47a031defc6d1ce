"""No child's hand can be told from what is shown of classes, not even by those who know all hands of one class."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from partnership_model.analysis.consultation.class_hands import NO_HAND, hands_of, hands_shown
from partnership_model.analysis.consultation.small_counts import rest_of

if TYPE_CHECKING:
    from collections.abc import Sequence

Sheet = tuple[tuple[int, int, int], int]
NONE = {"yes": None, "not_sure": None, "no": None}


def shown(*sheets: Sheet) -> dict[str, int | None]:
    return hands_shown([hands_of(hands, learners) for hands, learners in sheets])


@pytest.mark.parametrize(
    "sheets",
    [
        [((28, 0, 2), 30)],  # one class alone, nearly of one mind
        [((15, 5, 10), 30)],  # one class alone
        [((12, 10, 8), 30), ((10, 7, 13), 30)],  # two: each has the other's, to the hand
        [((30, 0, 0), 30)] * 3,  # all of one mind
        [((28, 0, 0), 30), ((29, 1, 0), 30), ((30, 0, 0), 30)],  # nearly so, with hands that stayed down
        [((12, 6, 12), 30), ((28, 0, 2), 30), ((29, 0, 1), 30)],  # who knows the first knows what nearly all others said
        [((10, 10, 10), 30), ((20, 2, 8), 30), ((20, 1, 9), 30)],  # who knows the first knows of three who were not sure
    ],
)
def test_hands_by_which_a_childs_could_be_told_are_not_shown(sheets: Sequence[Sheet]) -> None:
    assert shown(*sheets) == NONE


def test_what_three_classes_say_together_is_shown_where_none_is_told_by_it() -> None:
    assert shown(((12, 6, 12), 30), ((9, 8, 13), 30), ((10, 7, 13), 30)) == {"yes": 31, "not_sure": 21, "no": 38}
    assert shown(((20, 0, 10), 30), ((15, 0, 10), 25), ((9, 0, 11), 20)) == {"yes": 44, "not_sure": 0, "no": 31}


def test_with_two_sheets_and_no_third_each_class_would_have_the_others_hands() -> None:
    """The attack, on the sums as they would stand: taking one's own away leaves the other's."""
    one, other = hands_of((12, 10, 8), 30), hands_of((10, 7, 13), 30)
    assert rest_of({name: one[name] + other[name] for name in one}, [one]) == other
    assert hands_shown([one, other]) == NONE


def test_few_hands_of_many_classes_are_hidden_with_others_that_keep_them_so() -> None:
    sheets = [((12, 1, 10), 30), ((9, 0, 13), 30), ((10, 1, 10), 30)]
    assert shown(*sheets) == {"yes": 31, "not_sure": None, "no": 33}  # with them, those who raised no hand


@st.composite
def sheet(draw: st.DrawFn) -> Sheet:
    """Draw what a class said, often nearly of one mind."""
    hands = draw(st.tuples(st.integers(0, 30), st.integers(0, 6), st.integers(0, 12)))
    return hands, max(5, sum(hands)) + draw(st.integers(0, 7))


@given(st.lists(sheet(), min_size=1, max_size=6))
def test_whoever_knows_one_sheet_learns_of_no_few_in_the_others(sheets: list[Sheet]) -> None:
    """The attack: take one class's own hands from what is shown, and look for fewer than five, or for nearly all."""
    found = shown(*sheets)
    assume(found != NONE)
    assert len(sheets) - 1 > 1  # what one class takes its own from is not one other's
    learners = sum(one for _, one in sheets)
    hidden = learners - sum(count for count in found.values() if count is not None)
    for known in (None, *sheets):
        own = hands_of(*known) if known else dict.fromkeys((*found, NO_HAND), 0)
        left = {name: count - own[name] for name, count in found.items() if count is not None}
        unseen = hidden - sum(own[name] for name in own if name not in left)
        for count in (*left.values(), unseen):
            assert count == 0 or count >= 5
        for count in left.values():
            assert sum(left.values()) + unseen - count >= 5
