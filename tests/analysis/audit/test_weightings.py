"""What holds whatever the weights, and how many of all weightings put each option first."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnership_model.analysis.audit import weightings as module
from partnership_model.analysis.audit.weightings import Weightings, weightings
from tests.table_making import table


def of(text: str) -> Weightings:
    return weightings(table(text))


def test_of_two_criteria_the_share_is_the_length_of_the_weights_that_favour_each() -> None:
    """A leads B where 4w > 1(1 - w), that is from w = 1/5 on."""
    found = of("Option,X,Y\nA,5,2\nB,1,3\n")
    assert found.every.shares == pytest.approx((0.8, 0.2), abs=1e-6)
    assert found.every.how == "computed"
    assert found.scale == "as_it_stands"


def test_weightings_that_keep_the_order_are_counted_apart() -> None:
    """With X before Y only weights from a half to all on X count."""
    (kept,) = of("Option,X,Y\nweight,60,40\nA,5,2\nB,4,6\n").in_order
    assert kept is not None
    assert kept.shares == pytest.approx((0.4, 0.6), abs=1e-6)


def test_equal_weights_or_none_keep_no_order() -> None:
    assert of("Option,X,Y\nweight,1,1\nA,5,2\nB,4,6\n").in_order == (None,)
    assert of("Option,X,Y\nA,5,2\nB,4,6\n").in_order == (None,)


def test_less_is_turned_round_and_scales_that_differ_are_stretched() -> None:
    found = of("Option,Cost,Say\ndirection,lower,\nA,1000,2\nB,3000,3\nC,2000,2\n")
    assert found.scale == "each_stretched"
    assert [(one.option, one.by) for one in found.dominated] == [(2, 0)]
    assert found.every.shares == pytest.approx((0.5, 0.5, 0.0), abs=1e-6)


def test_an_option_between_two_others_is_never_first_though_none_beats_it() -> None:
    found = of("Option,X,Y\nA,10,0\nB,0,10\nC,4,4\n")
    assert found.dominated == ()
    assert found.never_first == (2,)


def test_blanks_are_counted_at_their_worst_and_at_their_best() -> None:
    found = of("Option,X,Y\nA,5,\nB,1,3\nC,2,1\n")
    assert found.every.shares[0] < found.every.most[0] == pytest.approx(1.0, abs=1e-6)
    assert found.never_first == ()
    assert found.dominated == ()


def test_what_is_too_large_to_work_out_is_drawn_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Option,X,Y\nA,5,2\nB,1,3\n"
    exact = of(text).every.shares
    monkeypatch.setattr(module, "simplices_of", lambda *_: None)
    drawn = of(text).every
    assert drawn.how == "sampled"
    assert drawn.shares == pytest.approx(exact, abs=5 * drawn.error)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(st.integers(0, 6), min_size=3, max_size=3), min_size=2, max_size=5))
def test_shares_add_up_and_no_dominated_option_has_any(rows: list[list[int]]) -> None:
    text = "Option,X,Y,Z\n" + "".join(f"O{at},{','.join(map(str, row))}\n" for at, row in enumerate(rows))
    found = of(text)
    assert sum(found.every.shares) == pytest.approx(1.0, abs=1e-5)
    for one in found.dominated:
        better = all(b > a for a, b in zip(rows[one.option], rows[one.by], strict=True))
        assert not better or found.every.shares[one.option] == 0
    assert all(found.every.shares[option] <= found.every.error for option in found.never_first)
