"""What to find out next: plain words for small numbers, whom to ask, what the figures are not, and data with standard errors."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from partnership_model.analysis.appraisal import appraise
from partnership_model.analysis.information import Estimate
from partnership_model.analysis.overall import whole
from partnership_model.display import information_parts
from partnership_model.display.blocks import Bullets, Heading, Paragraph, Table
from partnership_model.display.rounding import number
from tests.display.page_reading import NOT_RANKED, STATES, found_in
from tests.display.saying import CHANCE
from tests.making import make_problem

if TYPE_CHECKING:
    from partnership_model.analysis.appraisal import Appraisal
    from partnership_model.analysis.information import Information

RANKED = found_in(STATES["ranked"])
HAND = {"a": [(0, 50, 100), 50], "b": [50, 40]}  # c1 of `a` is worth 2.13 points: see tests/analysis/test_information.py


def sentences(appraisal: Appraisal) -> tuple[str, ...]:
    """Give the findings."""
    (found,) = [block for block in information_parts.part(appraisal) if isinstance(block, Bullets)]
    return found.items


def tables(appraisal: Appraisal) -> list[Table]:
    """Give the tables."""
    return [block for block in information_parts.part(appraisal) if isinstance(block, Table)]


def test_the_part_begins_with_its_question_and_ends_with_what_the_figures_are_not() -> None:
    blocks = information_parts.part(RANKED)
    assert blocks[0] == Heading("What to find out next", 3)
    assert isinstance(blocks[-1], Paragraph)
    assert blocks[-1].style == "note"
    for words in (
        "the most that",
        "not pounds",
        "do not hang on one another",
        "less than half a point",
        "16,384 draws",
    ):
        assert words in blocks[-1].text


def test_the_finding_is_the_figure_that_was_worked_by_hand() -> None:
    """0.5 x 40^3 / 15000 = 2.13 points, which is said as 2."""
    found = appraise(make_problem(HAND), 1)
    assert (
        sentences(found)[0] == "Knowing for certain how a does on a criterion could improve the choice by up to 2 points of 100 on average."
    )
    assert tables(found)[0].rows == (
        ("A", "A criterion", "0 to 100, likely 50", "2", "our group's own; evidence: weak; looked at", "nobody is named"),
    )
    assert tables(found)[1].rows == (
        ("Every judgement, at the weights in use", "2"),
        ("The weights, among all that keep the order of importance", "hardly anything"),  # at the means `a` is nowhere behind
        ("Both", str(whole(information_of(found).everything.points))),
    )  # fmt: skip


def information_of(found: Appraisal) -> Information:
    """Give the information of an appraisal that has one."""
    assert found.information is not None
    return found.information


def test_the_judgement_that_is_worth_most_comes_first_with_whom_to_ask() -> None:
    option, name, _ = information_of(RANKED).ordered[0]
    one = RANKED.problem.judgements[option, name]
    assert one.ask
    first = sentences(RANKED)[0]
    assert RANKED.problem.option(option).in_a_sentence in first
    assert RANKED.problem.criteria[name].label.lower() in first
    assert first.endswith(f"Ask {one.ask[0]}.")
    row = tables(RANKED)[0].rows[0]
    assert row[0] == RANKED.problem.option(option).label
    assert one.ask[0][1:] in str(row[-1])


def test_rows_fall_and_what_is_worth_less_than_half_a_point_is_hardly_anything() -> None:
    said = [str(row[3]) for row in tables(RANKED)[0].rows]
    points = [round(one[2], 9) for one in information_of(RANKED).ordered[: len(said)]]
    assert points == sorted(points, reverse=True)
    assert said == [str(whole(one)) if one >= 0.5 else "hardly anything" for one in points]
    assert {"1", "hardly anything"} <= set(said)


@pytest.mark.parametrize(("points", "said"), [(0.0, "hardly anything"), (1.49, "up to 1 point of 100"), (12.5, "up to 13 points of 100")])
def test_points_are_whole(points: float, said: str) -> None:
    assert information_parts.worth(points) == said


def test_where_nothing_could_change_the_choice_that_is_said_without_a_table_of_judgements() -> None:
    found = appraise(make_problem({"a": [(80, 90, 100), 90], "b": [(0, 10, 20), 10]}), 1)
    assert sentences(found) == (
        "Knowing any one judgement for certain would improve the choice by hardly anything.",
        "Even knowing every judgement and the weights for certain would improve the choice by hardly anything.",
    )
    assert [table.caption for table in tables(found)] == ["What knowing several things together could be worth"]


def test_an_option_that_is_best_on_average_and_not_on_the_likely_figures_is_named() -> None:
    """`skewed` is likely 60 and 40 on average; `steady` is 50."""
    said = sentences(appraise(make_problem({"skewed": [(0, 60, 60)], "steady": [50]}), 1))
    assert said[-1] == (
        "Steady does best on average over the ranges, although skewed comes first on the likely figures: "
        "some ranges reach further on one side than on the other."
    )


def test_an_option_that_is_best_over_all_weights_and_not_at_those_in_use_is_named() -> None:
    """At 6 to 5 `b` leads; over all weights above a half `a` is worth 75 and `b` 55."""
    said = sentences(appraise(make_problem({"a": [100, 0], "b": [40, 100]}, (6, 5)), 1))
    assert said[-1].startswith("A does best on average over weights that keep the order of importance;")


def test_the_set_over_which_an_option_is_best_is_the_one_in_use() -> None:
    """Whatever the order, `a` is worth 50 on average and `b` 70 over any weights; at 9 to 1 `a` leads with 90."""
    problem = make_problem({"a": [100, 0], "b": [40, 100]}, (9, 1)).with_weight_set("any")
    assert sentences(appraise(problem, 1))[-1].startswith("B does best on average over any weights at all;")


def test_those_worth_most_after_the_first_are_named_and_the_rest_counted() -> None:
    table = {"a": [(0, 50, 100)] * 6, "b": [50] * 6}
    said = sentences(appraise(make_problem(table), 1))[1]
    assert said.startswith(
        "Next: how a does on a criterion; how a does on a criterion; how a does on a criterion, and 2 more judgements (each up to "
    )


def test_nothing_is_said_while_the_order_is_withheld_or_one_option_is_left() -> None:
    for state in (*NOT_RANKED, "one left"):
        assert information_parts.part(found_in(STATES[state])) == []
        assert information_parts.data(found_in(STATES[state])) is None


def test_no_chance_of_success_and_no_adverb_of_likelihood_is_said() -> None:
    text = " ".join([*sentences(RANKED), *(str(cell) for table in tables(RANKED) for row in table.rows for cell in row)])
    assert not CHANCE.search(text)
    assert not re.search(r"\b(probably|possibly|certainly|highly)\b", text)


def test_data_hold_every_judgement_that_is_worth_anything_with_the_standard_errors_of_what_was_drawn() -> None:
    found = appraise(make_problem(HAND, (2, 1)), 1)
    known = information_of(found)
    data = information_parts.data(found)
    assert data is not None
    assert data["judgements"] == [{"option": "a", "criterion": "c1", "points": number(known.single[0, 0])}]
    for name, one in (("every_judgement", known.judgements), ("weights", known.weights), ("everything", known.everything)):
        assert isinstance(one, Estimate)
        assert data[name] == {"points": number(one.points), "error": number(one.error)}
    assert (data["leader"], data["leader_over_weights"], data["samples"]) == ("a", "a", 16_384)
    assert data["mean"] == {option: number(value) for option, value in known.mean.items()}


def test_an_even_judgement_is_listed_as_such() -> None:
    problem = make_problem(HAND)
    even = problem.with_judgement(replace(problem.judgements["a", "c1"], shape="even"))
    assert tables(appraise(even, 1))[0].rows[0][2] == "anywhere from 0 to 100 alike"
