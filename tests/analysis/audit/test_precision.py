"""Ties that print makes or hides, and differences that one step of one score would undo."""

from __future__ import annotations

from fractions import Fraction

from partnership_model.analysis.audit.precision import steps
from tests.table_making import only, table


def test_totals_that_only_print_makes_level_are_a_false_tie() -> None:
    found = only("Option,X,Y,Total\nweight,1,1,\nA,5.9,6.0,6.0\nB,6,6,6.0\nC,2,3,2.5\n")
    (tie,) = found.ties
    assert (tie.options, tie.hidden, tie.apart) == ((0, 1), True, Fraction("0.05"))
    assert found.moved == ()
    assert found.errors == ()


def test_totals_that_are_level_and_print_apart_are_a_false_difference() -> None:
    (tie,) = only("Option,X,Y,Total\nA,4,4,8\nB,5,3,9\nC,1,2,3\nD,2,2,4\n").ties
    assert (tie.options, tie.hidden, tie.apart) == ((0, 1), False, 1)


def test_true_ties_and_true_differences_are_not_reported() -> None:
    assert only("Option,X,Y,Total\nA,4,4,8\nB,5,3,8\nC,1,2,3\n").ties == ()


def test_the_step_of_scores_is_the_last_digit_or_what_all_are_multiples_of() -> None:
    assert steps(table("Option,X,Y\nA,60,20\nB,40,100\n")) == (20, 20)
    assert steps(table("Option,X,Y\nA,6,2.5\nB,7,3.0\n")) == (1, Fraction(1, 2))
    assert steps(table("Option,X,Y\nA,0,0\nB,0,0\n")) == (1, 1)


def test_a_lead_that_one_step_of_one_score_undoes_is_named_with_its_criteria() -> None:
    found = only("Option,X,Y,Total\nweight,3,1,\nA,7,4,25\nB,6,5,23\nC,1,2,5\n").precision
    assert found.effects == (3, 1)
    (close,) = found.close
    assert (close.ahead, close.behind, close.gap, close.criteria) == (0, 1, 2, (0,))


def test_digits_finer_than_any_step_are_too_fine() -> None:
    text = "Option,X,Y,Total\nweight,30,70,\nA,7,4,{a}\nB,5,9,{b}\nC,6,2,{c}\n"
    assert only(text.format(a="4.90", b="7.80", c="3.20")).precision.too_fine
    assert not only(text.format(a="5", b="8", c="3")).precision.too_fine
