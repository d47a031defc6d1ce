"""How the figures of a judgement spread: what the column `spread` may say, and what is refused."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnership_model.knowledge.csv_file import Row
from partnership_model.knowledge.spreads import FEWEST, MOST, Spread, read_spread
from tests.making import make_cost, make_criterion, make_range, pure

SCALE = make_criterion(label="Staff")
SUCH = "outcomes such as 20: 30; 80: 70"
MIDDLE = "the likely figure of an even spread is the middle, 35: leave it empty, or leave out even"


def row(spread: str | None = None, low: str = "", likely: str = "", high: str = "") -> Row:
    """Give a row of a judgement."""
    return Row(7, {"low": low, "likely": likely, "high": high, **({} if spread is None else {"spread": spread})})


def read(spread: str | None = None, low: str = "", likely: str = "", high: str = "") -> Spread | None:
    """Read a row that has no fault."""
    found, faults = read_spread("judgements.csv", row(spread, low, likely, high), SCALE)
    assert faults == []
    return found


def refused(spread: str | None = None, low: str = "", likely: str = "", high: str = "") -> list[str]:
    """Give what is wrong with a row, each with its place."""
    found, faults = read_spread("judgements.csv", row(spread, low, likely, high), SCALE)
    assert found is None
    return [str(fault) for fault in faults]


@pytest.mark.parametrize("spread", [None, "", "triangle"])
def test_figures_without_a_spread_are_a_triangle_as_they_always_were(spread: str | None) -> None:
    assert read(spread, "10", "40", "60") == Spread(make_range((10, 40, 60)), "triangle", ())


@pytest.mark.parametrize("spread", [None, ""])
def test_a_row_without_figures_and_spread_leaves_the_judgement_as_it_is(spread: str | None) -> None:
    assert read(spread) is None


@pytest.mark.parametrize("likely", ["", "35", "35.0000000001"])
def test_the_likely_figure_of_an_even_spread_is_the_middle_whether_it_is_typed_or_not(likely: str) -> None:
    assert read("even", "10", likely, "60") == Spread(make_range((10, 35, 60)), "even", ())


@pytest.mark.parametrize("spread", ["20: 30; 80: 70", "80:70;20:30", " 20 : 30 ; 80 : 70 ; "])
def test_outcomes_give_low_high_and_the_mean_whatever_the_order_and_the_blanks(spread: str) -> None:
    """Worked by hand: 20 in 30 of 100 and 80 in 70 of 100 is 6 + 56 = 62 on average."""
    assert read(spread) == Spread(make_range((20, 62, 80)), "outcomes", ((20, 0.3), (80, 0.7)))


def test_outcomes_may_lie_below_nought_where_the_scale_does() -> None:
    found, faults = read_spread("judgements.csv", row("-50: 25; 100: 75"), make_cost())
    assert (found, faults) == (Spread(make_range((-50, 62.5, 100)), "outcomes", ((-50, 0.25), (100, 0.75))), [])


def test_figures_are_not_held_against_a_scale_that_is_not_known() -> None:
    found, faults = read_spread("judgements.csv", row("20: 30; 800: 70"), None)
    assert found is not None
    assert faults == []


@pytest.mark.parametrize(
    ("cells", "says"),
    [
        (("evn", "1", "2", "3"), [f'spread: found "evn"; expected even, triangle, or {SUCH}. Did you mean "even"?']),
        (("even",), ["spread: a spread needs figures: give low and high as well, or leave it empty"]),
        (("triangle",), ["spread: a spread needs figures: give low and high as well, or leave it empty"]),
        (("even", "", "", "60"), ['low: found ""; expected a number']),
        (("even", "x", "", "inf"), ['high: found "inf"; expected a number', 'low: found "x"; expected a number']),
        (("even", "60", "", "10"), ["low: expected low <= likely <= high, found 60, 60, 10"]),
        (("even", "10", "some", "60"), [f'likely: found "some"; {MIDDLE}']),
        (("even", "-1", "", "101"), ["high: found 101; Staff runs from 0 to 100", "low: found -1; Staff runs from 0 to 100"]),
        (("20: 30; nan: 70",), ['spread: found "nan: 70"; expected a figure and its chance of 100, such as 20: 30']),
        (("20: 30: 5; 80: 70",), ['spread: found "20: 30: 5"; expected a figure and its chance of 100, such as 20: 30']),
        ((";",), ["spread: found 0; expected 2 to 20 outcomes. A figure that is certain stands in low, likely and high"]),
        (("20: -30; 80: 130",), ["spread: found a chance of -30 for 20; a chance is above 0"]),
        (("20: 30; 80: 70", "20"), ["low: leave low, likely and high empty: the outcomes in `spread` give them"]),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_its_place(cells: tuple[str, ...], says: list[str]) -> None:
    assert sorted(refused(*cells)) == [f"judgements.csv:7: {one}" for one in says]


def test_more_outcomes_than_anybody_can_judge_are_refused() -> None:
    many = "; ".join(f"{figure}: 1" for figure in range(MOST + 1))
    (said,) = refused(many)
    assert f"found {MOST + 1}; expected {FEWEST} to {MOST}" in said


def test_several_faults_of_outcomes_are_said_at_once() -> None:
    said = " ".join(refused("20: 30; 20: 30; 120: 60"))
    for words in ("20 stands twice", "add up to 120", "found 120"):
        assert words in said


@pure(50)
@given(st.lists(st.tuples(st.integers(0, 100), st.integers(1, 50)), min_size=2, max_size=8, unique_by=lambda pair: pair[0]))
def test_chances_are_shares_that_add_up_to_one_and_the_likely_figure_is_their_exact_mean(pairs: list[tuple[int, int]]) -> None:
    """Held against rational arithmetic; chances are written as decimals of 100."""
    total = sum(chance for _, chance in pairs)
    found = read("; ".join(f"{figure}: {100 * chance / total!r}" for figure, chance in pairs))
    assert found is not None
    assert sum(share for _, share in found.outcomes) == pytest.approx(1, abs=1e-12)
    assert found.amount.likely == pytest.approx(float(sum(Fraction(figure * chance, total) for figure, chance in pairs)), abs=1e-9)
    assert (found.amount.low, found.amount.high) == (min(pairs)[0], max(pairs)[0])
