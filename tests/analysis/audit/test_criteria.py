"""Criteria that change no place, and pairs that say the same."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from partnership_model.analysis.audit.places import places
from tests.table_making import only


def test_a_criterion_on_which_all_are_equal_or_that_has_no_weight_changes_nothing() -> None:
    found = only("Option,X,Y,Z\nweight,1,2,0\nA,5,7,1\nB,5,3,9\n").idle
    assert [(one.criterion, one.why) for one in found] == [(0, "all_equal"), (2, "no_weight")]


def test_a_spread_smaller_than_every_gap_changes_no_place() -> None:
    found = only("Option,X,Y\nweight,1,1\nA,90,3\nB,50,1\nC,10,2\n").idle
    assert [(one.criterion, one.why, one.spread, one.gap) for one in found] == [(1, "too_small", 1, 20)]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 4), st.integers(0, 4)), min_size=2, max_size=5, unique=True))
def test_whatever_a_criterion_of_too_small_a_spread_says_no_place_changes(rows: list[tuple[int, int, int]]) -> None:
    """Each of its scores is moved to either end of those given; the order stays."""

    def ordered(scores: list[tuple[int, int]]) -> tuple[tuple[int, ...], ...]:
        text = "\n".join(["Option,X,Y", *(f"O{at},{x},{y}" for at, (x, y) in enumerate(scores))]) + "\n"
        return places(only(text).reproduction.best.totals, "higher")

    text = "\n".join(["Option,X,Y", *(f"O{at},{x},{y}" for at, (x, y, _) in enumerate(rows))]) + "\n"
    if any(one.criterion == 1 and one.why == "too_small" for one in only(text).idle):
        ends = sorted({y for _, y, _ in rows})
        moved = [(x, ends[0] if other % 2 else ends[-1]) for x, _, other in rows]
        assert ordered(moved) == ordered([(x, y) for x, y, _ in rows])


ALIKE = "Option,X,Y,Z\nweight,1,2,1\nA,1,2,5\nB,2,4,4\nC,3,6,1\nD,4,8,3\n"


def test_criteria_that_rise_and_fall_together_are_paired_with_their_weight() -> None:
    (pair,) = only(ALIKE).alike
    assert (pair.criteria, round(pair.correlation, 6), pair.options, pair.weak) == ((0, 1), 1.0, 4, True)
    assert pair.share is not None
    assert float(pair.share) == 0.75
    assert not pair.changes_first


def test_with_enough_options_the_evidence_is_no_longer_weak() -> None:
    rows = "".join(f"O{at},{at},{2 * at},{at % 3}\n" for at in range(6))
    (pair,) = only("Option,X,Y,Z\n" + rows).alike
    assert not pair.weak


def test_leaving_the_second_out_can_change_who_comes_first() -> None:
    (pair,) = only("Option,X,Y,Z\nA,4,4,4\nB,2,2,5\nC,1,1,0\nD,1,1,4.5\n").alike[:1]
    assert pair.criteria == (0, 1)
    assert not pair.changes_first
    (pair,) = only("Option,X,Y,Z\nA,5,5,1\nB,3,3,4\nC,1,1,0\nD,1,1,2\n").alike[:1]
    assert pair.changes_first


def test_costs_are_turned_round_before_they_are_compared() -> None:
    assert only("Option,X,Price\ndirection,,lower\nA,1,9\nB,2,5\nC,3,1\n").alike
    assert not only("Option,X,Price\ndirection,,lower\nA,1,1\nB,2,5\nC,3,9\n").alike


def test_a_correlation_counts_from_nine_tenths() -> None:
    text = "Option,X,Y\nA,1,1\nB,2,2\nC,3,3\nD,4,4\nE,5,{y}\n"
    (pair,) = only(text.format(y=9)).alike
    assert 0.9 < pair.correlation < 0.99
    assert only(text.format(y=2)).alike == ()


def test_two_options_prove_nothing_and_two_panels_may_agree() -> None:
    assert only("Option,X,Y\nA,1,2\nB,2,4\n").alike == ()
    assert only("Option,X,Y\npanel,Parents,Staff\nA,1,2\nB,2,4\nC,3,6\n").alike == ()
