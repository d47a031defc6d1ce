"""Sums that answer a question: each worked by hand, and nothing made up where a figure is not known."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnership_model.knowledge.schema import Range
from partnership_model.model.calculations import Asked, Calculated, calculate
from tests.making import make_knowledge, make_range, make_school, pure

if TYPE_CHECKING:
    from partnership_model.knowledge.questions import Calculation

INFANT = make_school("Infant A", pupils=200, budget=900_000)
JUNIOR = make_school("Junior B", pupils=300, budget=1_400_000)
PRIMARY = make_school("Primary C", pupils=500, budget=2_200_000)
SCHOOLS = (INFANT, JUNIOR, PRIMARY)
PRICES: dict[Any, Any] = {
    "set_up_cost": (10_000, 20_000, 30_000),
    "grant": (0, 5_000, 10_000),
    "running_cost": (2, 5, 9),
    "top_slice": (3, 5, 8),
    "services_replaced": (40, 60, 80),
    "savings": (10, 20, 50),
    "partner_deficit": "one_pot",
    ("partner_deficit", "stay"): "no_claim",
    "one_school_says_no": "stays_out",
}
SHARED = ("one_pot", "trust_bears")


def asked(facts: dict[Any, Any] | None = None, **changes: Any) -> Asked:  # noqa: ANN401
    """Ask for the infant school, under a federation of three."""
    fields = {"option": "federation", "school": INFANT, "schools": SCHOOLS, "knowledge": make_knowledge(PRICES | (facts or {})), "years": 5}
    return Asked(**(fields | changes))


def answer(name: Calculation, facts: dict[Any, Any] | None = None, **changes: Any) -> Calculated:  # noqa: ANN401
    """The answer to a question that a sum answers."""
    found = calculate(name, asked(facts, **changes))
    assert found is not None
    assert (found.calculation, found.option, found.school) == (name, "federation", "Infant A")
    return found


def figures(found: Calculated) -> tuple[float, float, float]:
    """The three figures of an answer that has them."""
    assert found.amount is not None, found
    assert (found.says, found.missing) == ("", "")
    return found.amount.low, found.amount.likely, found.amount.high


def test_the_top_slice_in_pounds_by_hand() -> None:
    """3%, 5% and 8% of £900,000."""
    found = answer("top_slice_in_pounds")
    assert figures(found) == pytest.approx((27_000, 45_000, 72_000))
    assert (found.unit, [fact.attribute for fact in found.facts]) == ("GBP_a_year", ["top_slice"])


def test_what_is_bought_in_today_by_hand() -> None:
    """Of £27,000 at least 40% buys what is paid for today, of £45,000 likely 60%, of £72,000 at most 80%."""
    found = answer("bought_in_today")
    assert figures(found) == pytest.approx((10_800, 27_000, 57_600))
    assert (found.unit, [fact.attribute for fact in found.facts]) == ("GBP_a_year", ["top_slice", "services_replaced"])


def test_set_up_less_grant_by_hand() -> None:
    """At best £10,000 less a grant of £10,000; likely £20,000 less £5,000; at worst £30,000 and no grant."""
    found = answer("set_up_less_grant")
    assert figures(found) == (0, 15_000, 30_000)
    assert (found.unit, [fact.attribute for fact in found.facts]) == ("GBP_once", ["set_up_cost", "grant"])


def test_a_grant_that_is_larger_than_the_cost_leaves_money_over() -> None:
    assert figures(answer("set_up_less_grant", {"grant": 40_000})) == (-30_000, -20_000, -10_000)


def test_the_years_to_break_even_by_hand() -> None:
    """200 pupils. Without a top-slice: charges of £400, £1,000 and £1,800 a year; savings of £6,000, £8,000 and £10,000.

    Saved each year at best £10,000 - £400 = £9,600, likely £8,000 - £1,000 = £7,000, at worst £6,000 - £1,800 = £4,200.
    Paid once nothing at best, likely £15,000, at worst £30,000.
    """
    found = answer("break_even", {"top_slice": 0, "savings": (30, 40, 50)})
    assert figures(found) == pytest.approx((0 / 9_600, 15_000 / 7_000, 30_000 / 4_200))
    assert found.unit == "years"
    assert [fact.attribute for fact in found.facts] == ["set_up_cost", "grant", "running_cost", "top_slice", "services_replaced", "savings"]


def test_a_top_slice_is_paid_each_year_less_what_it_replaces() -> None:
    """5% of £900,000 is £45,000; 60% of it, £27,000, is paid today too, so £18,000 is new. Savings of £100 a pupil are £20,000.

    £20,000 - £18,000 is £2,000 a year; £20,000 once pays after 10 years.
    """
    found = answer(
        "break_even", {"set_up_cost": 20_000, "grant": 0, "running_cost": 0, "top_slice": 5, "services_replaced": 60, "savings": 100}
    )
    assert figures(found) == pytest.approx((10, 10, 10))


def test_what_costs_more_each_year_than_it_saves_never_breaks_even() -> None:
    """At best 3% of £900,000 with 80% replaced is £5,400 and charges are £400; £10 a pupil saves £2,000 at most."""
    found = answer("break_even", {"savings": (1, 2, 10)})
    assert (found.amount, found.unit) == (None, "years")
    assert found.says == "Never: it saves nothing each year."


def test_what_may_cost_more_each_year_than_it_saves_is_said_from_the_best_to_never() -> None:
    """At best £10,000 is saved and £5,800 paid, so £4,200 is left each year: £6,300 paid once is back after a year and a half."""
    assert answer("break_even").says == "Likely never; after 0.0 years at best."
    best = answer("break_even", {"set_up_cost": (16_300, 20_000, 30_000)})
    assert best.says == "Likely never; after 1.5 years at best."
    assert best.amount is None


def test_what_likely_pays_and_may_never_do_so_says_both() -> None:
    """Likely £8,000 are saved and £7,000 paid, so £15,000 paid once are back after 15 years; at worst more is paid than saved."""
    facts = {"top_slice": 0, "running_cost": (2, 35, 90), "savings": (10, 40, 50)}
    assert answer("break_even", facts).says == "Likely after 15.0 years, but perhaps never; after 0.0 years at best."


def test_where_nothing_is_paid_and_nothing_saved_there_is_nothing_to_pay_back() -> None:
    nothing = dict.fromkeys(("set_up_cost", "grant", "running_cost", "top_slice", "services_replaced", "savings"), 0)
    assert answer("break_even", nothing).says == "Nothing is paid and nothing is saved, so there is nothing to pay back."


def test_a_grant_that_pays_for_more_than_the_set_up_takes_no_years_away() -> None:
    """At best and likely nothing is left to pay; at worst £30,000 is, of which £4,200 comes back each year."""
    facts = {"grant": (0, 25_000, 25_000), "top_slice": 0, "savings": (30, 40, 50)}
    assert figures(answer("break_even", facts)) == pytest.approx((0, 0, 30_000 / 4_200))


@pytest.mark.parametrize("facts", [{"savings": 0, "running_cost": 0}, {"savings": (10, 20, 30), "running_cost": (0, 5, 10)}])
def test_what_costs_nothing_once_and_nothing_more_each_year_has_paid_for_itself_at_once(facts: dict[str, Any]) -> None:
    assert figures(answer("break_even", {"set_up_cost": (0, 0, 5_000), "grant": 5_000, "top_slice": 0} | facts)) == (0, 0, 0)


def test_a_tenth_fewer_pupils_by_hand() -> None:
    """180 pupils and £810,000: the top-slice a pupil stays; what is fixed in pounds weighs more, and saves more, on each.

    Set-up: £10,000, £20,000 and £30,000 over 5 x 180: 11.11, 22.22, 33.33; grant 11.11, 5.56 and nothing.
    Charges 2, 5, 9 and savings 50, 20, 10 of 200 pupils on 180; top-slice 27, 90, 216 a pupil as before.
    """
    found = answer("rolls_fall")
    assert figures(found) == pytest.approx((2.22 + 27 - 55.56, 22.22 - 5.56 + 5.56 + 90 - 22.22, 33.33 + 10 + 216 - 11.11), abs=0.01)
    assert found.at_present is not None
    assert (found.at_present.low, found.at_present.likely, found.at_present.high) == pytest.approx((-21, 90, 245))
    assert found.unit == "GBP_per_pupil_per_year"


def test_a_tenth_fewer_pupils_makes_a_fixed_cost_dearer_a_pupil_by_a_ninth() -> None:
    fixed = {"set_up_cost": 90_000, "grant": 0, "running_cost": 0, "top_slice": 0, "savings": 0}
    assert figures(answer("rolls_fall", fixed)) == pytest.approx((100, 100, 100))


def test_a_school_that_joins_later_can_ask_the_same() -> None:
    later = make_school("Infant A", pupils=200, budget=900_000, joins_later={"federation": "2018-09-01"})
    assert answer("rolls_fall", school=later).amount == answer("rolls_fall").amount


def test_the_smallest_school_keeps_a_pupil() -> None:
    one = make_school("Infant A", pupils=1, budget=1_000)
    assert figures(answer("rolls_fall", {"set_up_cost": 50, "grant": 0, "running_cost": 0, "top_slice": 0, "savings": 0}, school=one)) == (
        10,
        10,
        10,
    )


# A partner's debts


def balances(infant: float | None, junior: float | None, primary: float | None) -> dict[str, Any]:
    """The three schools with what they have in hand."""
    schools = tuple(one.model_copy(update={"balance": balance}) for one, balance in zip(SCHOOLS, (infant, junior, primary), strict=True))
    return {"schools": schools, "school": schools[0]}


@pytest.mark.parametrize("code", SHARED)
def test_a_partners_deficit_is_shared_out_by_pupils_by_hand(code: str) -> None:
    """The others owe £40,000 and £10,000; 200 of 1,000 pupils bear £10,000, and at worst the school bears all £50,000."""
    found = answer("partner_deficit", {"partner_deficit": code}, **balances(5_000, -40_000, -10_000))
    assert figures(found) == (0, 10_000, 50_000)
    assert (found.unit, [fact.attribute for fact in found.facts]) == ("GBP_once", ["partner_deficit"])


def test_a_partners_surplus_and_the_schools_own_debt_are_not_set_against_it() -> None:
    assert figures(answer("partner_deficit", **balances(-99_000, -40_000, 80_000))) == (0, 8_000, 40_000)


def test_without_a_deficit_among_the_partners_there_is_nothing_to_pay() -> None:
    assert figures(answer("partner_deficit", **balances(-99_000, 0, 80_000))) == (0, 0, 0)


@pytest.mark.parametrize(
    ("junior", "primary", "names"), [(None, -10_000, "Junior B"), (-10_000, None, "Primary C"), (None, None, "Junior B, Primary C")]
)
def test_a_balance_that_the_case_does_not_give_is_named_and_never_taken_for_nought(
    junior: float | None, primary: float | None, names: str
) -> None:
    found = answer("partner_deficit", **balances(5_000, junior, primary))
    assert found.amount is None
    assert found.missing == f"no balance is given for {names}"


def test_the_schools_own_balance_is_not_needed() -> None:
    assert figures(answer("partner_deficit", **balances(None, -40_000, -10_000))) == (0, 10_000, 50_000)


@pytest.mark.parametrize(("code", "says"), [("each_own", "Answer each_own."), ("unknown", "Not known.")])
def test_where_debts_do_not_reach_the_school_the_fact_is_said_and_no_sum(code: str, says: str) -> None:
    found = answer("partner_deficit", {"partner_deficit": code}, **balances(0, -40_000, -10_000))
    assert (found.amount, found.missing, found.says) == (None, "", says)


# Without one school


def test_without_one_school_the_option_is_screened_for_the_others() -> None:
    found = answer("without_one_school")
    assert found.says == "Without Infant A it is open for the others. If Infant A says no: answer stays_out."
    assert [fact.attribute for fact in found.facts] == ["eligibility", "one_school_says_no"]
    assert found.amount is None


@pytest.mark.parametrize(
    ("code", "plain"), [("full", "open"), ("conditional", "open if others consent"), ("not_open", "closed"), ("unknown", "not decided")]
)
def test_whether_it_is_open_without_one_school_is_said_in_plain_words(code: str, plain: str) -> None:
    others = tuple(make_school(name, "academy") for name in ("Junior B", "Primary C"))
    found = answer("without_one_school", {("eligibility", "federation", "academy"): code}, schools=(INFANT, *others))
    assert found.says.startswith(f"Without Infant A it is {plain} for the others. ")


def test_two_schools_without_one_of_them_are_too_few() -> None:
    assert "it is closed for the others" in answer("without_one_school", schools=(INFANT, JUNIOR)).says


# What cannot be worked out

SUMS: list[Calculation] = ["top_slice_in_pounds", "bought_in_today", "set_up_less_grant", "break_even", "rolls_fall"]
NEEDED: dict[Calculation, tuple[str, ...]] = {
    "top_slice_in_pounds": ("top_slice",),
    "bought_in_today": ("top_slice", "services_replaced"),
    "set_up_less_grant": ("set_up_cost", "grant"),
    "break_even": ("set_up_cost", "grant", "running_cost", "savings", "top_slice", "services_replaced"),
    "rolls_fall": ("set_up_cost", "grant", "running_cost", "savings", "top_slice", "services_replaced"),
}
PAIRS = [(name, fact) for name, facts in NEEDED.items() for fact in facts]


@pytest.mark.parametrize(("name", "fact"), PAIRS)
def test_a_figure_that_nobody_knows_is_asked_for_and_never_taken_for_nought(name: Calculation, fact: str) -> None:
    found = answer(name, {fact: "unknown"})
    assert found.amount is None
    assert found.missing == "ask the diocese"
    assert fact in {one.attribute for one in found.facts}


@pytest.mark.parametrize(("name", "fact"), PAIRS)
def test_a_figure_that_is_not_recorded_for_the_day_is_asked_for_too(name: Calculation, fact: str) -> None:
    found = answer(name, {fact: None})
    assert (found.amount, found.missing) == (None, "ask the council or a solicitor")


@pytest.mark.parametrize("name", SUMS)
def test_each_person_to_ask_is_named_once(name: Calculation) -> None:
    found = answer(name, dict.fromkeys(NEEDED[name], "unknown"))
    assert found.missing == "ask the diocese"


@pytest.mark.parametrize("name", [*SUMS, "partner_deficit", "without_one_school"])
def test_an_option_that_is_not_open_to_the_school_has_no_sums(name: Calculation) -> None:
    found = answer(name, {("eligibility", "federation"): "not_open"})
    assert (found.amount, found.says) == (None, "Not open to this school.")
    assert [fact.attribute for fact in found.facts] == ["eligibility"]


@pytest.mark.parametrize("name", ["doors", "policy_scenario", "robustness"])
def test_what_something_else_answers_is_left_to_it(name: Calculation) -> None:
    assert calculate(name, asked()) is None


def test_the_facts_of_the_schools_own_present_form_are_used() -> None:
    knowledge = make_knowledge(
        PRICES | {("top_slice", "federation", "community", "federated"): 10}, forms={"community": ("alone", "federated")}
    )
    federated = INFANT.model_copy(update={"form": "federated"})
    amounts = [answer("top_slice_in_pounds", knowledge=knowledge, school=one).amount for one in (INFANT, federated)]
    assert [one.likely for one in amounts if one] == pytest.approx([45_000, 90_000])


# Properties

THREE = st.tuples(*[st.integers(0, 100)] * 3).map(lambda three: tuple(sorted(three)))


@given(slice_=THREE, factor=st.integers(1, 50))
@pure(60)
def test_a_budget_so_many_times_as_large_gives_a_top_slice_so_many_times_as_large(slice_: tuple[int, int, int], factor: int) -> None:
    plain = asked({"top_slice": slice_})
    larger = replace(plain, school=INFANT.model_copy(update={"budget": INFANT.budget * factor}))
    one, other = (calculate("top_slice_in_pounds", question) for question in (plain, larger))
    assert one is not None
    assert other is not None
    assert figures(other) == pytest.approx(tuple(factor * figure for figure in figures(one)))


@given(slice_=THREE, kept=THREE)
@pure(60)
def test_what_is_bought_in_today_is_never_more_than_the_top_slice(slice_: tuple[int, int, int], kept: tuple[int, int, int]) -> None:
    facts = {"top_slice": slice_, "services_replaced": kept}
    part, whole = figures(answer("bought_in_today", facts)), figures(answer("top_slice_in_pounds", facts))
    assert all(one <= other + 1e-6 for one, other in zip(part, whole, strict=True))


@given(prices=st.fixed_dictionaries(dict.fromkeys(("set_up_cost", "grant", "running_cost", "savings"), THREE)))
@pure(100)
def test_breaking_even_takes_no_less_at_worst_than_at_best_and_never_less_than_nothing(prices: dict[str, Any]) -> None:
    found = answer("break_even", prices | {"top_slice": 0})
    assert (found.amount is None) is bool(found.says)
    if found.amount:
        assert isinstance(found.amount, Range)
        assert found.amount.low >= 0


@given(balances_of=st.tuples(st.integers(-100_000, 100_000), st.integers(-100_000, 100_000)))
@pure(60)
def test_the_likely_share_of_a_debt_lies_between_nothing_and_all_of_it(balances_of: tuple[int, int]) -> None:
    low, likely, high = figures(answer("partner_deficit", **balances(0, *balances_of)))
    assert low == 0 <= likely <= high == sum(-one for one in balances_of if one < 0)


def test_a_range_of_one_figure_stays_one_figure() -> None:
    assert answer("top_slice_in_pounds", {"top_slice": 5}).amount == make_range(45_000)


# Whose debts


def test_a_school_that_shares_debts_today_is_told_that_the_case_does_not_hold_them() -> None:
    """An academy of a multi-academy trust bears the debts of schools that are no part of the case."""
    found = answer(
        "partner_deficit", {("partner_deficit", "stay"): "trust_bears"}, schools=(INFANT, make_school("Junior B", balance=-90_000))
    )
    assert (found.amount, found.missing) == (None, "the case holds no balances of the schools outside the group; ask for their accounts")


def test_a_partner_that_takes_no_part_leaves_its_debt_outside() -> None:
    partners = (INFANT, make_school("Junior B", pupils=200, balance=-10_000), make_school("Primary C", "academy", balance=-90_000))
    found = answer("partner_deficit", {("eligibility", "federation", "academy"): "not_open"}, schools=partners)
    assert figures(found) == (0, 5_000, 10_000)
