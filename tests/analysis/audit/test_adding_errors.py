"""Wrong totals, and the single slips that would explain them."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.table_making import only

TEXT = "Option,X,Y,Z,Total\nweight,1,1,2,\nA,{a}\nB,5,9,1,16\nC,6,2,3,14\nD,8,1,4,17\n"


@pytest.mark.parametrize(
    ("row", "off", "slips"),
    [
        ("7,4,2,11", -4, [("left_out", 1, "C3"), ("left_out", 2, "D3")]),
        ("7,4,2,22", 7, [("counted_twice", 0, "B3")]),
        ("7,4,2,51", 36, [("figures_swapped", None, "E3")]),
        ("7,4,2,95", 80, []),
    ],
)
def test_what_would_explain_a_wrong_total_is_named(row: str, off: int, slips: list[tuple[str, int | None, str]]) -> None:
    (error,) = only(TEXT.format(a=row)).errors
    assert (error.stated.place, error.recomputed, error.off) == ("E3", 15, off)
    assert [(slip.kind, slip.criterion, slip.place) for slip in error.slips if slip.kind != "other_figure"] == slips


def test_one_digit_in_one_cell_is_named_with_the_figure_that_would_be_right() -> None:
    text = "Option,X,Y,Total\nA,0.250,0.400,0.750\nB,0.111,0.120,0.231\nC,0.500,0.100,0.600\nD,0.355,0.505,0.860\n"
    (error,) = only(text).errors
    assert [(slip.place, slip.needed) for slip in error.slips] == [("B2", Fraction("0.35")), ("C2", Fraction("0.5"))]


def test_figures_outside_the_scores_that_were_given_explain_nothing() -> None:
    (error,) = only(TEXT.format(a="7,4,2,95")).errors
    assert error.slips == ()
