"""Stated ranks held against totals, and what changes once sums are right."""

from __future__ import annotations

from fractions import Fraction

import pytest

from partnership_model.analysis.audit.places import first_place, places
from tests.table_making import audited, only

TEXT = "Option,X,Total,Rank\nA,9,9,{a}\nB,7,7,{b}\nC,7,7,{c}\nD,5,5,{d}\n"


@pytest.mark.parametrize(
    "ranks", [("1", "2", "2", "4"), ("1", "=2", "2=", "4th"), ("1", "2", "3", "4"), ("1", "3", "3", "4"), ("1", "2", "2", "3")]
)
def test_every_usual_way_of_numbering_ties_is_right(ranks: tuple[str, str, str, str]) -> None:
    assert only(TEXT.format(**dict(zip("abcd", ranks, strict=True)))).wrong_ranks == ()


def test_a_wrong_rank_is_named_with_its_cell_and_the_right_ones() -> None:
    (wrong,) = only(TEXT.format(a="1", b="2", c="4", d="4")).wrong_ranks
    assert (wrong.option, wrong.rank.place, wrong.expected, wrong.basis) == (2, "D4", (2, 3), "stated")


def test_the_same_printed_total_with_different_ranks_is_named() -> None:
    (apart,) = only("Option,X,Y,Total,Rank\nweight,1,1,,\nA,5.9,6.0,6.0,2\nB,6,6,6.0,1\nC,2,3,2.5,3\n").ranked_apart
    assert (apart.options, apart.shown) == ((0, 1), "6.0")
    assert only("Option,X,Total,Rank\nA,6,6,1\nB,6,6,=1\nC,2,2,3\n").ranked_apart == ()


def test_without_totals_ranks_are_held_against_recomputed_ones() -> None:
    (first, second) = only("Option,X,Rank\nA,9,2\nB,7,1\nC,5,3\n").wrong_ranks
    assert (first.basis, first.expected, second.expected) == ("recomputed", (1,), (2,))


def test_places_of_level_options_are_all_that_they_share() -> None:
    totals = [Fraction(9), None, Fraction(7), Fraction(7), Fraction(5)]
    assert places(totals, "higher") == ((1,), (), (2, 3), (2, 3), (3, 4))
    assert places(totals, "lower")[4] == (1,)
    assert first_place(totals, "lower") == (4,)
    assert first_place([None], "higher") == ()


def test_another_option_comes_first_once_the_sums_are_right() -> None:
    found = only("Option,X,Y,Total\nA,7,4,11\nB,5,8,13\nC,6,2,15\nD,1,2,3\n")
    assert (found.first, found.right_first) == ((2,), (1,))
    assert [(move.option, move.stated, move.right) for move in found.moved] == [(0, 3, 2), (1, 2, 1), (2, 1, 3)]


def test_where_ranks_were_added_up_the_lowest_total_is_first() -> None:
    found = audited("Firm,P,Q,R,Total,Rank\nA,1,2,1,4,1\nB,2,1,3,6,2\nC,3,3,2,8,3\n")
    assert found.turned
    assert found.schemes[0].better == "lower"
    assert found.schemes[0].wrong_ranks == ()
    assert found.schemes[0].right_first == (0,)
    assert [(one.option, one.by) for one in found.weightings.dominated] == [(2, 0)]


def test_ranks_in_no_order_turn_nothing_round() -> None:
    assert not audited("Firm,P,Total,Rank\nA,1,1,1\nB,2,2,3\nC,3,3,2\nD,4,4,1\n").turned
