"""Cash: what is paid once is paid in year 1, later years count less, and costs alone are raised for optimism."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnership_model.knowledge.schema import Range
from partnership_model.model.cash import Cash, behind_from, break_even, cash_by_school, together
from partnership_model.model.money import MoneyLine, MoneyTable, money_lines
from tests.making import make_fact, make_knowledge, make_range, make_school, pure

SUMS = st.integers(-1_000_000, 1_000_000)


def cash(once: float, yearly: float) -> Cash:
    """Make cash that is certain."""
    return Cash(make_range(once), make_range(yearly))


def money(*lines: tuple[str, float], known: bool = True, years: int = 5) -> MoneyTable:
    """Make the table of one school from its items, in pounds a pupil and year."""
    fact = make_fact(None if known else "unknown", "set_up_cost", amount=make_range(1) if known else None)
    made = tuple(MoneyLine("federation", "Infant A", item, make_range(amount), (fact,)) for item, amount in lines)
    return MoneyTable("federation", made, {"Infant A": make_range(0)}, make_range(0), years)


def test_what_is_paid_once_is_paid_in_year_1_and_in_no_other() -> None:
    found = cash_by_school(money(("set-up", 10), ("grant", -2), ("charges and new duties", 3), ("savings", -1)), {"Infant A": 100})[
        "Infant A"
    ]
    assert found == cash((10 - 2) * 5 * 100, (3 - 1) * 100)
    assert [found.year(number).likely for number in (1, 2, 5)] == [4200, 200, 200]
    assert found.over().likely == 4000 + 5 * 200


def test_later_years_count_less_and_year_1_counts_in_full() -> None:
    assert cash(1000, 0).over(5, 0.035).likely == pytest.approx(1000)
    # By hand: 100 + 96.62 + 93.35 + 90.19 + 87.14
    assert cash(0, 100).over(5, 0.035).likely == pytest.approx(467.31, abs=0.005)


def test_an_uplift_raises_costs_and_neither_savings_nor_grants() -> None:
    lines = (("set-up", 10), ("grant", -2), ("charges and new duties", 4), ("top-slice, less services it replaces", 1), ("savings", -3))
    found = cash_by_school(money(*lines, years=1), {"Infant A": 10}, uplift=0.5)["Infant A"]
    assert found == cash((15 - 2) * 10, (6 + 1.5 - 3) * 10)
    wide = MoneyTable("x", (MoneyLine("x", "A", "set-up", Range(low=-10, likely=0, high=10), ()),), {"A": make_range(0)}, make_range(0), 1)
    assert cash_by_school(wide, {"A": 1}, 0.5)["A"] == Cash(Range(low=-10, likely=0, high=15), make_range(0))


def test_the_items_of_the_money_table_are_known_to_the_uplift() -> None:
    lines = money_lines("federation", make_school(), make_knowledge(), 5)
    zero = MoneyTable("federation", tuple(lines), {"Infant A": make_range(0)}, make_range(0), 5)
    assert cash_by_school(zero, {"Infant A": 200}) == {"Infant A": cash(0, 0)}
    items = {line.item for line in lines}
    assert {"set-up", "charges and new duties", "top-slice, less services it replaces", "grant", "savings"} == items


def test_what_rests_on_a_fact_that_nobody_knows_is_not_known() -> None:
    assert cash_by_school(money(("set-up", 1), known=False), {"Infant A": 100}) == {"Infant A": None}
    assert together([cash(1, 1), None]) is None
    assert together([]) is None
    assert together([cash(1, 2), cash(10, 20)]) == cash(11, 22)


@pytest.mark.parametrize(
    ("once", "yearly", "year"),
    [(5000, -2000, 3), (6000, -2000, 3), (6001, -2000, 4), (0, -1, 1), (-5, -1, 1), (-5, 0, 1), (0, 0, 1), (1, 0, None), (-9, 1, None)],
)
def test_the_year_of_break_even_by_hand(once: float, yearly: float, year: int | None) -> None:
    assert break_even(once, yearly) == year


@pure(200)
@given(once=SUMS, yearly=SUMS)
def test_at_the_end_of_the_year_of_break_even_nothing_is_owed_and_before_it_something_is(once: int, yearly: int) -> None:
    year = break_even(once, yearly)
    if year is None:
        assert once + 1_000_001 * yearly > 0
        behind = behind_from(once, yearly)
        assert behind is not None
        assert once + behind * yearly > 0
        assert behind == 1 or once + (behind - 1) * yearly <= 0
    else:
        assert once + year * yearly <= 0
        assert year == 1 or once + (year - 1) * yearly > 0


@pure(100)
@given(once=SUMS, yearly=SUMS, rate=st.floats(0, 0.2))
def test_the_sum_is_what_the_years_add_up_to(once: int, yearly: int, rate: float) -> None:
    found = cash(once, yearly)
    assert found.over().likely == once + 5 * yearly
    assert found.over(5, rate).likely == pytest.approx(sum(found.year(n).likely / (1 + rate) ** (n - 1) for n in range(1, 6)))
