"""Facts as sentences: figures in their units, sources with their day, sums or what they lack, studies with what is wrong with them."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnership_model.display import fact_words
from partnership_model.knowledge.catalogue import Term
from partnership_model.knowledge.evidence import Design, Direction
from partnership_model.knowledge.facts import Reference, Role, Status, Unit
from partnership_model.knowledge.parameters import Standing
from partnership_model.knowledge.schema import Range
from partnership_model.model.calculations import Calculated
from partnership_model.model.changes import Kind
from tests.display.facts_made import make_study
from tests.display.test_blocks import HOSTILE
from tests.display.test_notebook import BASE, DAY, LATER
from tests.making import make_fact, make_range, pure

if TYPE_CHECKING:
    from tests.making import Figures

TODAY = dt.date(2026, 11, 21)

# Facts


def test_an_amount_is_said_with_its_unit() -> None:
    fact = make_fact(None, "set_up_cost", amount=Range(low=2000, likely=5000, high=12000), unit="GBP_per_school")
    assert fact_words.told(fact) == "£2,000 to £12,000 a school, once, likely £5,000"
    slice_ = replace(fact, attribute="top_slice", unit="percent_of_budget", amount=Range(low=4.5, likely=4.5, high=4.5))
    assert fact_words.told(slice_) == "4.5% of the budget"
    months = replace(fact, attribute="set_up_months", unit="months", amount=Range(low=6, likely=9, high=18))
    assert fact_words.told(months) == "6 to 18 months, likely 9"


@pytest.mark.parametrize(
    ("figures", "unit", "said"),
    [
        ((2000, 5000, 12_000), "GBP_per_school", "£2,000 to £12,000 a school, likely £5,000"),
        (1500, "GBP_per_school", "£1,500 a school"),
        ((0, 25_000, 25_000), "GBP", "£0 to £25,000, likely £25,000"),
        (4.5, "percent", "4.5%"),
        ((3, 3.5, 4), "percent", "3 to 4%, likely 3.5"),
        ((4, 5, 8), "percent_of_budget", "4 to 8% of the budget, likely 5"),
        (50, "percent_of_top_slice", "50% of the top-slice"),
        ((6, 9, 18), "months", "6 to 18 months, likely 9"),
        (1, "months", "1 month"),
        ((1, 1, 2), "months", "1 to 2 months, likely 1"),
        (0, "months", "0 months"),
        ((0, 500, 2000), "GBP_once", "£0 to £2,000, likely £500, once"),
        ((-500, 0, 2000), "GBP_once", "−£500 to £2,000, likely £0, once"),
        ((40_500, 45_000, 54_000.4), "GBP_a_year", "£40,500 to £54,000, likely £45,000 a year"),
        (99.5, "GBP_a_year", "£99.5 a year"),
        (450.4, "GBP_a_year", "£450 a year"),
        ((1.2, 2, 12), "years", "1.2 to 12 years, likely 2"),
        (1, "years", "1 year"),
        ((-50, 10, 40), "GBP_per_pupil_per_year", "saves £50 to costs £40, likely costs £10 a pupil and year"),
        (0, "GBP_per_pupil_per_year", "£0 a pupil and year"),
        ((1, 2, 3), "", "1 to 3, likely 2"),
    ],
)
def test_a_figure_is_said_in_its_unit(figures: Figures, unit: str, said: str) -> None:
    assert fact_words.figure(make_range(figures), unit) == said


def test_every_unit_of_the_knowledge_base_and_of_a_sum_has_words() -> None:
    """A figure in a unit without words would be a bare number, and a reader could take pounds for months."""
    for unit in (*get_args(Unit), "GBP_once", "GBP_a_year", "years"):
        assert not re.fullmatch(r"[\d.,]+", fact_words.figure(make_range(7), unit)), unit


@pure(200)
@given(st.tuples(*[st.floats(-1e6, 1e6)] * 3).map(sorted), st.sampled_from(["GBP_once", "GBP_a_year", "months", "percent"]))
def test_a_figure_is_within_its_rounding_of_what_it_stands_for(figures: list[float], unit: str) -> None:
    said = fact_words.figure(make_range(tuple(figures)), unit)
    shown = [float(one.replace("−", "-").replace("£", "").replace(",", "")) for one in re.findall(r"−?£?[\d,]*\d(?:\.\d+)?", said)]
    low, likely, high = figures
    expected = [low, high, likely] if " to " in said else [low]
    assert len(shown) == len(expected)
    assert not re.search(r"−£?0(?:\.0)?(?![\d.,])", said)
    for one, other in zip(shown, expected, strict=True):
        assert abs(one - other) <= (0.5 if abs(other) >= 99.95 else 0.05) + 1e-9, said


def test_savings_are_said_as_savings_though_the_facts_give_them_as_positive_pounds() -> None:
    fact = make_fact(None, "savings", amount=Range(low=-5, likely=20, high=60), unit="GBP_per_pupil_per_year")
    assert fact_words.told(fact) == "saves £60 to costs £5, likely saves £20 a pupil and year"


def test_a_fact_without_a_short_answer_is_told_in_full() -> None:
    assert fact_words.told(make_fact(answer="", says="It takes two steps.")) == "It takes two steps."
    assert fact_words.told(make_fact(answer="Our own governing body")) == "Our own governing body"


@pytest.mark.parametrize("day", [DAY, LATER])
def test_every_fact_of_the_knowledge_base_can_be_told(day: object) -> None:
    """An amount in a unit that has no words would end a dashboard with an error."""
    knowledge = BASE.on(day)
    titles = {key: source.title for key, source in BASE.sources.items()}
    for attribute in BASE.attributes:
        for option in knowledge.options:
            for category in BASE.categories:
                fact = knowledge.fact(attribute, option, category)
                assert fact_words.told(fact).strip()
                note = fact_words.footnote(fact, titles)
                assert note.startswith(fact.mark)
                assert fact.ask is None or f"ask {fact.ask}" in note
                assert fact.mark == "sourced" or fact.ask, fact.key


def test_a_footnote_gives_place_day_of_the_text_and_whom_to_ask() -> None:
    reference = Reference.model_validate({"source": "act", "at": "s.1", "text_of": "2016-04-01", "copy": True})
    fact = make_fact(mark="named", references=(reference,), later_text=True)
    assert fact_words.footnote(fact, {"act": "The Act"}) == (
        "named: The Act, s.1 (text of 1 April 2016, read in a public copy); "
        "the text that was read is later than the day asked about; ask a solicitor."
    )
    assert fact_words.footnote(make_fact(mark="memory", ask=None), {}) == "memory."
    bare = replace(fact, references=(Reference(source="other"),), later_text=False, ask=None)
    assert fact_words.footnote(bare, {}) == "named: other (not read)."
    undated = Reference.model_validate({"source": "other", "read": "2026-11-21", "copy": True})
    assert fact_words.footnote(replace(bare, references=(undated,)), {}) == "named: other (undated, read in a public copy)."


def test_a_kind_of_school_says_how_it_stands_today_unless_it_stands_alone() -> None:
    assert fact_words.kind_of_school(BASE, "community", "alone") == "community school"
    federated = fact_words.kind_of_school(BASE, "community", "federated")
    assert federated == f"community school {BASE.forms['federated'].label}"
    assert fact_words.kind_of_school(BASE, "academy", "in_mat") != fact_words.kind_of_school(BASE, "academy", "alone")


# Sums


def summed(amount: Range | None = None, unit: str = "GBP_a_year", **changes: Any) -> Calculated:  # noqa: ANN401 - fields
    """Make the answer to a question that is a sum."""
    return Calculated("top_slice_in_pounds", "new_mat", "Infant A", amount, unit, **changes)


def test_a_sum_gives_its_figure_or_what_it_says_or_what_it_lacks() -> None:
    assert fact_words.calculated(summed(make_range((40_500, 45_000, 54_000)))) == "£40,500 to £54,000, likely £45,000 a year"
    assert fact_words.calculated(summed(make_range((2, 3.25, 12)), "years")) == "2 to 12 years, likely 3.2"
    assert fact_words.calculated(summed(says="Not open to this school.")) == "Not open to this school."
    assert fact_words.calculated(summed(missing="ask the trust")) == "Cannot be worked out: ask the trust."


def test_a_sum_of_nothing_is_said_as_nought_and_not_as_missing() -> None:
    assert fact_words.calculated(summed(make_range(0))) == "£0 a year"


# Rules and amounts of the country


def stands(**changes: Any) -> Standing:  # noqa: ANN401 - fields
    """Make what a rule says on a day."""
    fields: dict[str, Any] = {
        "parameter": "plan", "question": "Is there a plan?", "code": "yes", "answer": "Yes", "says": "There is a plan.", "mark": "sourced",
        "status": "in_force", "amount": None, "price_year": None, "references": (), "ask": None, "since": DAY,
    }  # fmt: skip
    return Standing(**(fields | changes))


def test_a_rule_says_its_answer_its_figure_or_its_sentence_and_whether_it_is_in_force() -> None:
    assert fact_words.standing(stands(), "") == "Yes"
    assert fact_words.standing(stands(answer="", code=None, amount=make_range(27_750)), "GBP") == "£27,750"
    assert fact_words.standing(stands(answer="", code=None), "") == "There is a plan."
    assert fact_words.standing(stands(status="enacted"), "") == "Yes (passed, not yet in force)"
    for status in ("announced", "proposed", "enacted", "withdrawn"):
        assert fact_words.standing(stands(status=status), "").endswith(f"({fact_words.STATUS[status]})")


@pytest.mark.parametrize("day", [DAY, LATER, TODAY])
def test_every_rule_of_the_country_can_be_said(day: dt.date) -> None:
    knowledge = BASE.on(day)
    found = [(one, knowledge.parameter(name)) for name, one in BASE.parameters.items()]
    assert sum(one is not None for _, one in found) > 10
    assert all(fact_words.standing(one, about.unit or "").strip() for about, one in found if one)


# Studies


def test_every_word_that_a_study_needs_is_there() -> None:
    assert set(fact_words.DESIGN) == set(get_args(Design))
    assert set(fact_words.DIRECTION) == set(get_args(Direction)) == {*fact_words.SAID_TO_BE, "not_measured"}
    assert set(fact_words.KIND) == set(get_args(Kind))
    assert set(fact_words.ROLES) == set(get_args(Role))
    assert set(fact_words.STATUS) == set(get_args(Status)) - {"in_force"}


@pytest.mark.parametrize(
    ("n", "out_of", "said"),
    [
        (None, None, "number not seen (schools)"),
        (264, None, "264 schools"),
        (1240, None, "1,240 schools"),
        (99, 1832, "99 of 1,832 schools"),
    ],
)
def test_how_many_were_studied_is_said_with_how_many_there_were(n: int | None, out_of: int | None, said: str) -> None:
    assert fact_words.how_many(make_study(n=n, out_of=out_of)) == said


@pytest.mark.parametrize("direction", get_args(Direction))
def test_a_survey_that_measured_no_results_is_not_said_to_have_found_better_ones(direction: str) -> None:
    """Nearly all of those who answered a council's survey saw improvement: that is no result of pupils."""
    measured, asked = (fact_words.direction(make_study(direction=direction, outcomes=outcomes)) for outcomes in (True, False))
    assert measured == fact_words.DIRECTION[direction]
    assert asked.endswith("results not measured")
    assert "on average" not in asked


@pytest.mark.parametrize(
    ("percent", "of", "decimals", "said"),
    [
        (96, 20, 0, ["96% of 20 partnerships cannot be: 19 of 20 is 95%."]),
        (95, 20, 0, []),
        (33, 3, 0, []),
        (50, 3, 0, ["50% of 3 partnerships cannot be: 2 of 3 is 67%."]),
        (95.3, 200, 1, ["95.3% of 200 partnerships cannot be: 191 of 200 is 95.5%."]),
    ],
)
def test_a_percentage_that_no_whole_number_makes_is_named_with_the_nearest_that_one_does(
    percent: float, of: int, decimals: int, said: list[str]
) -> None:
    one = {"percent": percent, "of": of, "decimals": decimals, "what": "partnerships"}
    assert fact_words.impossible(make_study(percentages=(one,))) == said


def test_a_study_counts_from_the_day_on_which_it_was_published() -> None:
    """One of July 2016 was not there to be read by a group that asks in April."""
    days = {"before": dt.date(2016, 4, 14), "on_it": DAY, "after": dt.date(2016, 7, 7), "undated": None}
    sources = {key: BASE.sources["source_001"].model_copy(update={"date": day}) for key, day in days.items()}
    studies = {key: make_study(source=key, title=key, year=2016) for key in days}
    studies |= {year: make_study(source="undated", title=year, year=int(year)) for year in ("2015", "2017")}
    base = replace(BASE, sources=sources, evidence=BASE.evidence.model_copy(update={"evidence": studies}))
    assert [one.title for one in fact_words.studies_of_day(base.on(DAY))] == ["before", "on_it", "undated", "2015"]
    assert len(fact_words.studies_of_day(base.on(dt.date(2017, 1, 1)))) == 6


# Terms


def terms(text: str) -> list[str]:
    """Name the terms that a text uses."""
    glossary = {key: Term(term=term, plain="In plain words.") for key, term in (("mat", "MAT"), ("la", "LA"), ("gate", "must-have"))}
    return [one.term for one in fact_words.terms_in(text, glossary)]


def test_terms_are_found_as_whole_words_in_both_numbers_and_cases_in_alphabetical_order() -> None:
    assert terms("Two MATs, the LA and a Must-have.") == ["LA", "MAT", "must-have"]
    assert terms("Falala, la la; a mat.") == []  # short forms count in capitals only
    assert terms("Later, a matter of plans; pre-MAT, must-haves-not") == []
    assert terms("") == []


@pytest.mark.parametrize("text", [*HOSTILE, "(", "[a-z]*MAT"])
def test_a_term_or_a_text_with_signs_of_its_own_does_no_harm(text: str) -> None:
    glossary = {"odd": Term.model_construct(term=text, plain=text)}
    assert [one.plain for one in fact_words.terms_in(f"so {text} said", glossary)] in ([], [text])
    assert fact_words.terms_in("nothing of the kind", glossary) == []


def test_a_study_says_from_when_its_data_are() -> None:
    study = next(one for one in BASE.evidence.evidence.values() if one.data_from)
    without = study.model_copy(update={"data_from": None})
    assert fact_words.care(study) == f"{study.caution} Data: {str(study.data_from).rstrip('.')}."
    assert fact_words.care(without) == study.caution
