"""The rule behind a table's totals, found by trying; and which totals it does not give."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from partnership_model.analysis.audit.reproduction import reproduction
from partnership_model.analysis.audit.rules import Rule, fitted
from partnership_model.knowledge.printed_numbers import shown
from tests.table_making import only, table

WEIGHTED = "Option,X,Y,Total\nweight,{weights},\nA,7,4,{a}\nB,5,9,{b}\nC,6,2,{c}\n"


@pytest.mark.parametrize(
    ("weights", "totals", "adds"),
    [
        ("3,1", ("6.25", "6.0", "5.0"), "weighted_mean"),
        ("3,1", ("25", "24", "20"), "weighted_sum"),
        ("60,20", ("5.0", "4.8", "4.0"), "weighted_sum_of_percent"),
        ("3,1", ("11", "14", "8"), "sum"),
        ("3,1", ("5.5", "7", "4"), "mean"),
    ],
)
def test_each_rule_is_found_from_what_it_gives(weights: str, totals: tuple[str, str, str], adds: str) -> None:
    found = only(WEIGHTED.format(weights=weights, a=totals[0], b=totals[1], c=totals[2])).reproduction
    assert (found.verdict, found.best.rule.adds) == ("all", adds)


def test_a_printed_total_stands_for_all_that_rounds_to_it_and_for_nothing_else() -> None:
    text = "Option,X,Y,Total\nweight,1,1,\nA,{x},6,6.0\nB,1,2,1.5\nC,3,4,3.5\n"
    for x, fits in [("5.90", "agrees"), ("6.10", "agrees"), ("5.89", "differs"), ("6.12", "differs")]:
        assert only(text.format(x=x)).reproduction.best.rows[0].fits == fits


def test_rules_that_give_the_same_are_named_beside_the_one_found() -> None:
    found = only("Option,X,Y,Total\nweight,60,40,\nA,7,4,5.8\nB,5,9,6.6\n").reproduction
    assert [rule.adds for rule in found.same] == ["weighted_sum_of_percent"]


@pytest.mark.parametrize(
    ("total", "blanks"),
    [("3.5", "zero"), ("7", "left_out")],
)
def test_how_blanks_are_counted_is_found(total: str, blanks: str) -> None:
    found = only(f"Option,X,Y,Total\nweight,1,1,\nA,7,,{total}\nB,5,9,7\nC,6,2,4\n").reproduction
    assert (found.verdict, found.best.rule.adds, found.best.rule.blanks) == ("all", "weighted_mean", blanks)


def test_scores_of_which_less_is_better_may_be_taken_away() -> None:
    found = only("Option,X,Price,Total\ndirection,,lower,\nA,7,4,3\nB,5,9,-4\nC,6,2,4\n").reproduction
    assert (found.verdict, found.best.rule.adds, found.best.rule.subtracts) == ("all", "sum", True)


def test_a_total_that_only_rounded_scores_explain_is_told_apart() -> None:
    row = only("Option,X,Y,Total\nweight,0.5,0.5,\nA,0.76,0.58,0.674\nB,0.1,0.2,0.150\nC,0.3,0.4,0.350\n").reproduction.best.rows[0]
    assert (row.fits, row.total) == ("within_rounding", Fraction("0.67"))
    assert row.low is not None
    assert row.high is not None
    assert (row.low, row.high) == (Fraction("0.665"), Fraction("0.675"))


def test_rounding_reaches_as_far_where_scores_are_taken_away() -> None:
    text = "Option,X,Price,Total\ndirection,,lower,\nA,7.5,4.5,{a}\nB,5.0,9.0,-4.0\nC,6.0,2.0,4.0\n"
    row = only(text.format(a="3.1")).reproduction.best.rows[0]
    assert (row.low, row.total, row.high, row.fits) == (Fraction("2.9"), 3, Fraction("3.1"), "within_rounding")
    assert only(text.format(a="3.2")).reproduction.best.rows[0].fits == "differs"


def test_half_of_the_totals_are_not_most() -> None:
    found = only("Option,X,Y,Total\nA,7,4,11\nB,5,9,14\nC,6,2,80\nD,6,3,70\n")
    assert found.reproduction.verdict == "none"
    assert only("Option,X,Y,Total\nA,7,4,11\nB,5,9,14\nC,6,2,8\nD,6,3,70\n").reproduction.verdict == "most"


def test_whole_scores_and_weights_that_sum_to_one_are_taken_as_exact() -> None:
    row = only("Option;X;Y;Total\nweight;0,3;0,7;\nA;7;4;5,0\nB;5;9;7,8\nC;6;2;3,2\n").reproduction.best.rows[0]
    assert (row.fits, row.total) == ("differs", Fraction("4.9"))


def test_weights_that_were_cut_off_may_be_rounded() -> None:
    found = only("Option,X,Y,Z,Total\nweight,0.33,0.33,0.33,\nA,6,9,3,6.0\nB,3,3,6,4.0\nC,9,9,9,9.0\n")
    assert found.reproduction.verdict == "all"


def test_where_no_rule_fits_more_than_half_nobody_is_accused() -> None:
    found = only("Option,X,Y,Total\nA,7,4,11\nB,5,9,90\nC,6,2,80\nD,6,3,70\n")
    assert found.reproduction.verdict == "none"
    assert found.errors == ()
    assert found.moved == ()


def test_without_totals_the_tables_own_weights_suggest_the_rule() -> None:
    assert only("Option,X,Y\nweight,3,1\nA,7,4\nB,5,9\n").reproduction.best.rule.adds == "weighted_mean"
    found = only("Option,X,Y\nA,7,4\nB,5,9\n").reproduction
    assert (found.verdict, found.best.rule.adds) == ("not_stated", "sum")


SCORES = st.lists(st.lists(st.integers(0, 10), min_size=3, max_size=3), min_size=4, max_size=6)
WEIGHTS = st.lists(st.integers(1, 60), min_size=3, max_size=3)


def printed(scores: list[list[int]], weights: list[int], totals: list[Fraction], decimals: int) -> str:
    rows = [
        ",".join([f"O{at}", *map(str, row), shown(total, decimals)]) for at, (row, total) in enumerate(zip(scores, totals, strict=True))
    ]
    return "\n".join(["Option,X,Y,Z,Total", ",".join(["weight", *map(str, weights), ""]), *rows]) + "\n"


def weighted_means(scores: list[list[int]], weights: list[int]) -> list[Fraction]:
    return [Fraction(sum(s * w for s, w in zip(row, weights, strict=True)), sum(weights)) for row in scores]


@settings(max_examples=25, deadline=None)
@given(scores=SCORES, weights=WEIGHTS, decimals=st.integers(0, 4))
def test_totals_rounded_to_any_digits_are_reproduced(scores: list[list[int]], weights: list[int], decimals: int) -> None:
    found = table(printed(scores, weights, weighted_means(scores, weights), decimals))
    assert reproduction(found, found.schemes[0]).verdict == "all"
    mean = fitted(found, found.schemes[0], Rule("weighted_mean", "none", subtracts=False))
    assert list(mean.totals) == weighted_means(scores, weights)


@settings(max_examples=25, deadline=None)
@given(scores=SCORES, weights=WEIGHTS, off=st.integers(2, 300), at=st.integers(0, 3))
def test_one_wrong_total_is_found_with_its_cell_and_by_how_much(scores: list[list[int]], weights: list[int], off: int, at: int) -> None:
    totals = weighted_means(scores, weights)
    totals[at] += Fraction(off, 100)
    text = printed(scores, weights, totals, 2)
    found = table(text)
    assume(reproduction(found, found.schemes[0]).best.rule.adds == "weighted_mean")  # another rule may fit as many by chance
    (error,) = only(text).errors
    assert error.stated.place == f"E{at + 3}"
    assert abs(error.off - Fraction(off, 100)) <= Fraction(1, 200)
