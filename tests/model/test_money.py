"""Money: what an option costs each school a pupil and year, to the penny."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnership_model.model.money import MONEY_ATTRIBUTES, MoneyTable, money_table, reversed_sign, scaled, total
from partnership_model.model.screening import screen
from tests.making import make_knowledge, make_range, make_school, pure

if TYPE_CHECKING:
    from partnership_model.knowledge.schema import Range

INFANT = make_school("Infant A", pupils=200, budget=900_000)
JUNIOR = make_school("Junior B", pupils=100, budget=600_000)
ACADEMY = make_school("Secondary F", "academy", pupils=1000, budget=5_000_000)
PRICES = {
    "set_up_cost": (10_000, 20_000, 30_000),
    "grant": (0, 5_000, 10_000),
    "running_cost": (2, 5, 9),
    "top_slice": (3, 5, 8),
    "services_replaced": (40, 60, 80),
    "savings": (10, 20, 50),
}
FIGURES = st.tuples(*[st.integers(0, 100)] * 3).map(lambda three: tuple(sorted(three)))


def table_of(*schools, facts=PRICES, years: int = 5) -> MoneyTable:  # noqa: ANN002, ANN001
    """Work out the money table of a federation of these schools."""
    knowledge = make_knowledge(facts)
    return money_table(screen("federation", schools, knowledge), schools, knowledge, years)


def pence(amount: Range) -> tuple[float, float, float]:
    """Round to the penny."""
    return round(amount.low, 2), round(amount.likely, 2), round(amount.high, 2)


def test_the_money_table_of_one_school_by_hand_to_the_penny() -> None:
    """200 pupils, £900,000 a year, set-up spread over 5 years.

    Set-up: £10,000, £20,000, £30,000 over 5 x 200 pupil-years: 10, 20, 30 a pupil and year.
    Grant: nothing, £5,000, £10,000, which takes off 10 at best, 5, and nothing at worst.
    Charges and new duties: 2, 5, 9.
    Top-slice: 3%, 5%, 8% of £4,500 a pupil: 135, 225, 360; of it 40%, 60%, 80% buys what is paid for today, so at
    best 135 x 0.2 = 27, likely 225 x 0.4 = 90, at worst 360 x 0.6 = 216.
    Savings of 10, 20, 50 take off 50 at best, 20, and 10 at worst.
    Together at best 10 - 10 + 2 + 27 - 50 = -21; likely 20 - 5 + 5 + 90 - 20 = 90; at worst 30 - 0 + 9 + 216 - 10 = 245.
    """
    found = table_of(INFANT)
    assert [(line.item, *pence(line.amount)) for line in found.lines] == [
        ("set-up", 10, 20, 30),
        ("grant", -10, -5, 0),
        ("charges and new duties", 2, 5, 9),
        ("top-slice, less services it replaces", 27, 90, 216),
        ("savings", -50, -20, -10),
    ]
    assert {school: pence(amount) for school, amount in found.by_school.items()} == {"Infant A": (-21, 90, 245)}
    assert pence(found.group) == (-21, 90, 245)
    assert (found.option, found.years) == ("federation", 5)


def test_the_group_mean_is_weighted_by_pupils() -> None:
    """The second school has 100 pupils and £600,000, so £6,000 a pupil, and 5 x 100 pupil-years.

    At best 20 - 20 + 2 + 180 x 0.2 - 50 = -12; likely 40 - 10 + 5 + 300 x 0.4 - 20 = 135; at worst
    60 - 0 + 9 + 480 x 0.6 - 10 = 347. The group, two pupils to one: (2 x -21 - 12) / 3 = -18,
    (2 x 90 + 135) / 3 = 105 and (2 x 245 + 347) / 3 = 279.
    """
    found = table_of(INFANT, JUNIOR)
    assert pence(found.by_school["Junior B"]) == (-12, 135, 347)
    assert pence(found.group) == (-18, 105, 279)


def test_each_line_carries_the_facts_that_it_rests_on() -> None:
    found = table_of(INFANT)
    assert [[fact.attribute for fact in line.facts] for line in found.lines] == [
        ["set_up_cost"],
        ["grant"],
        ["running_cost"],
        ["top_slice", "services_replaced"],
        ["savings"],
    ]
    assert {line.school for line in found.lines} == {"Infant A"}


@pytest.mark.parametrize(("years", "set_up"), [(1, (50, 100, 150)), (5, (10, 20, 30)), (10, (5, 10, 15))])
def test_set_up_is_spread_evenly_over_the_years(years: int, set_up: tuple[float, float, float]) -> None:
    found = table_of(INFANT, years=years)
    assert pence(found.lines[0].amount) == set_up


def test_a_top_slice_that_replaces_all_that_is_paid_for_today_costs_nothing_more() -> None:
    found = table_of(INFANT, facts={"top_slice": 5, "services_replaced": 100})
    assert pence(found.group) == (0, 0, 0)


def test_a_school_that_stays_outside_neither_pays_nor_counts_in_the_mean() -> None:
    facts = {**PRICES, ("eligibility", "federation", "academy"): "not_open"}
    found = table_of(INFANT, JUNIOR, ACADEMY, facts=facts)
    assert list(found.by_school) == ["Infant A", "Junior B"]
    assert pence(found.group) == (-18, 105, 279)


def test_each_category_of_school_pays_what_its_own_facts_say() -> None:
    found = table_of(INFANT, ACADEMY, facts={"running_cost": 4, ("running_cost", "federation", "academy"): (10, 16, 22)})
    assert pence(found.by_school["Infant A"]) == (4, 4, 4)
    assert pence(found.by_school["Secondary F"]) == (10, 16, 22)
    assert pence(found.group) == (9, 14, 19)  # 1000 pupils to 200: (5 x 10 + 4) / 6, (5 x 16 + 4) / 6, (5 x 22 + 4) / 6


def test_an_option_that_costs_nothing_for_certain_is_nought() -> None:
    found = table_of(INFANT, facts={})
    assert pence(found.group) == (0, 0, 0)
    assert all(fact.known for line in found.lines for fact in line.facts)


@pure(100)
@given(st.fixed_dictionaries(dict.fromkeys(MONEY_ATTRIBUTES, FIGURES)))
def test_the_lines_of_a_school_add_up_and_the_cheapest_is_never_dearer_than_the_dearest(facts: dict[str, tuple[int, ...]]) -> None:
    found = table_of(INFANT, JUNIOR, facts=facts)
    for school, amount in found.by_school.items():
        own = [line.amount for line in found.lines if line.school == school]
        assert sum(one.low for one in own) == pytest.approx(amount.low, abs=1e-9)
        assert sum(one.likely for one in own) == pytest.approx(amount.likely, abs=1e-9)
        assert sum(one.high for one in own) == pytest.approx(amount.high, abs=1e-9)
        assert all(one.low <= one.likely <= one.high for one in (*own, amount))
    ends = [getattr(found.group, end) for end in ("low", "likely", "high")]
    each = [[getattr(amount, end) for amount in found.by_school.values()] for end in ("low", "likely", "high")]
    assert all(min(two) - 1e-9 <= end <= max(two) + 1e-9 for end, two in zip(ends, each, strict=True))


def test_a_saving_turned_into_a_cost_has_its_largest_figure_as_the_lowest_cost() -> None:
    assert reversed_sign(make_range((10, 20, 50))) == make_range((-50, -20, -10))


def test_ranges_are_scaled_and_added_end_by_end() -> None:
    assert scaled(make_range((1, 2, 4)), 2.5) == make_range((2.5, 5, 10))
    assert total([make_range((1, 2, 4)), make_range((-3, 0, 1))]) == make_range((-2, 2, 5))
