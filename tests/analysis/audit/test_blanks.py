"""Blank scores: how they are counted, and what they could change."""

from __future__ import annotations

from fractions import Fraction

from tests.table_making import only

TEXT = "Option,X,Y,Total\nweight,1,1,\nA,7,,{a}\nB,5,9,7\nC,6,2,4\n"


def test_blanks_counted_as_nought_are_told_from_blanks_left_out() -> None:
    as_zero, left_out = only(TEXT.format(a="3.5")).blanks, only(TEXT.format(a="7")).blanks
    assert (as_zero.cells, as_zero.as_zero) == (("C3",), True)
    assert not left_out.as_zero


def test_what_a_total_could_be_runs_from_the_worst_score_given_to_the_best() -> None:
    (found,) = only(TEXT.format(a="3.5")).blanks.ranges
    assert (found.option, found.places, found.low, found.high) == (0, ("C3",), Fraction("4.5"), 8)


def test_an_option_that_its_blanks_alone_keep_from_the_first_place_is_named() -> None:
    found = only(TEXT.format(a="3.5")).blanks
    assert (found.could_lead, found.could_fall) == ((0,), ())


def test_an_option_that_leads_only_because_a_blank_was_left_out_is_named() -> None:
    found = only("Option,X,Y,Total\nweight,1,1,\nA,9,,9\nB,5,9,7\nC,6,2,4\n").blanks
    assert (found.could_lead, found.could_fall) == ((), (0,))


def test_where_less_is_better_the_best_is_the_lowest() -> None:
    found = only("Option,X,Y\ndirection,lower,lower\nA,7,\nB,5,9\nC,9,2\n").blanks
    assert (found.could_lead, found.could_fall) == ((), (0,))
    (row,) = found.ranges
    assert (row.low, row.high) == (9, 16)


def test_of_a_score_that_is_taken_away_the_highest_makes_the_total_least() -> None:
    (row,) = only("Option,X,Price,Total\ndirection,,lower,\nA,7,,7\nB,5,9,-4\nC,6,2,4\n").blanks.ranges
    assert (row.low, row.high) == (-2, 5)


def test_a_table_without_blanks_has_none() -> None:
    found = only("Option,X\nA,7\nB,5\n").blanks
    assert (found.cells, found.as_zero, found.ranges) == ((), False, ())
