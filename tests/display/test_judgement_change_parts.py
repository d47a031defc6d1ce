"""What would need to be true for another option to come first: sentences and tables that say the figures of the analysis."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from partnership_model.analysis.appraisal import Appraisal, appraise
from partnership_model.analysis.judgement_change import MovedFigure
from partnership_model.display import judgement_change_parts as parts
from partnership_model.display import words
from partnership_model.display.blocks import Bullets, Heading, Paragraph, Table
from partnership_model.display.judgement_change_parts import alone_table, part, sentence, together_table
from tests.display.page_reading import NOT_RANKED, STATES, found_in
from tests.making import make_cost, make_criterion, make_problem

if TYPE_CHECKING:
    from partnership_model.knowledge.catalogue import Criterion

TABLE = {"stay": [60, 60], "federation": [(40, 50, 75), (20, 40, 60)]}
POUNDS = {"unit": "GBP_per_pupil_per_year", "worst": 250, "best": -50}


def found_for(table: dict[str, list[object]] | None = None, weights: tuple[float, ...] = (60, 40), **criteria: Criterion) -> Appraisal:
    """Appraise options by criteria with names."""
    named = criteria or {"staff": make_criterion(label="Staff"), "voice": make_criterion(label="Voice")}
    return appraise(make_problem(table or TABLE, weights, named), 1)  # type: ignore[arg-type]


def said(found: Appraisal, option: str = "federation") -> str:
    """Give the sentence about an option."""
    return sentence(found, found.judgement_changes[option])


def test_one_figure_inside_its_range_is_said_with_that_range() -> None:
    """14 points behind: staff 50 + 14 / 0.6 = 73.3, of a range to 75; voice would have to be 75, of a range to 60."""
    assert said(found_for()) == (
        "For federation to come first, its judgement on staff would have to be 74 instead of 50; "
        "that lies inside the range given, 40 to 75. None of its other judgements is enough alone inside its range."
    )


def test_several_that_are_enough_are_counted() -> None:
    found = found_for({"stay": [60, 60], "federation": [(40, 50, 80), (20, 40, 90)]})
    assert said(found).endswith("Of its 2 judgements 2 are each enough alone, inside their ranges.")


def test_several_figures_together_are_listed_where_none_is_enough_alone() -> None:
    """Staff to 70 brings 12 of 14, voice 2 / 0.4 = 5 more: 45."""
    found = found_for({"stay": [60, 60], "federation": [(40, 50, 70), (20, 40, 60)]})
    assert said(found) == (
        "For federation to come first, no single one of its judgements is enough inside its range; together these would be: "
        "staff 70 instead of 50 and voice 45 instead of 40."
    )


def test_what_its_ranges_do_not_reach_is_said_in_points_and_what_would_outside_them() -> None:
    found = found_for({"stay": [60, 60], "federation": [(40, 50, 60), (20, 40, 45)]})
    assert said(found) == (
        "With each of its judgements at the best end of the range given, federation would still be 6 points behind. "
        "Outside the ranges, its judgement on staff would have to be 74 instead of 50 for it to come first."
    )


def test_where_no_figure_alone_is_enough_anywhere_that_is_said() -> None:
    found = found_for({"stay": [100, 100], "federation": [80, 10]})
    assert said(found) == (
        "With each of its judgements at the best end of the range given, federation would still be 48 points behind. "
        "No single one of its judgements is enough anywhere on its scale."
    )


def test_a_cost_is_said_as_a_cost_or_a_saving() -> None:
    """£100 is worth 40; 62.5 is needed, which a cost of £50 has. Behind one of nothing (85) a value of 97.5 is: a saving of £41.67."""
    cost = make_cost(label="Cost", scale=POUNDS)
    staff = make_criterion(label="Staff")
    found = found_for({"stay": [100, 60], "federation": [(20, 100, 130), 37.5]}, (50, 50), cost=cost, staff=staff)
    assert "its judgement on cost would have to be a cost of £50 instead of a cost of £100" in said(found)
    dearer = found_for({"stay": [0, 50], "federation": [(-50, 30, 60), 37.5]}, (50, 50), cost=cost, staff=staff)
    assert "its judgement on cost would have to be a saving of £42 instead of a cost of £30" in said(dearer)
    assert "inside the range given, a saving of £50 to a cost of £60" in said(dearer)


def test_a_flat_stretch_is_said_as_an_interval() -> None:
    flat = make_criterion(0, 100, ((0, 0), (20, 50), (60, 50), (100, 100)), label="Staff")
    found = found_for({"stay": [40], "federation": [10]}, (1,), staff=flat)
    assert "its judgement on staff would have to be anything from 20 to 60 instead of 10" in said(found)


@pytest.mark.parametrize(
    ("now", "needed", "says"),
    [(50, 60.2, "61"), (50, 60.0, "60"), (55.6, 55.9, "57"), (40, 31.4, "31"), (99.7, 99.9, "slightly more"), (0.2, 0.1, "slightly less")],
)
def test_a_figure_is_rounded_so_that_it_is_enough_and_differs_from_now(now: float, needed: float, says: str) -> None:
    figure = MovedFigure("federation", "staff", now, needed, (needed, needed), 0, in_range=True)
    assert parts.needed(make_criterion(), figure) == says


def test_each_figure_that_is_enough_alone_has_a_row_the_only_rivals_too() -> None:
    assert alone_table(found_for()).rows == (
        ("Federation", "on staff", "50", "74", "40 to 75", "inside the range given"),
        ("Federation", "Stay on staff", "60", "36", "60", "outside the range given"),
        ("Federation", "on voice", "40", "75", "20 to 60", "outside the range given"),
        ("Federation", "Stay on voice", "60", "25", "60", "outside the range given"),
    )


def test_the_table_of_several_says_inside_the_ranges_on_the_scales_and_with_the_others() -> None:
    found = found_for({"stay": [100, 100], "federation": [(70, 80, 90), 10]})
    assert together_table(found).rows == (
        ("Federation", "its own, inside their ranges", "nothing inside them is enough"),
        ("Federation", "its own, anywhere on their scales", "On voice 100 instead of 10; on staff 100 instead of 80"),
        ("Federation", "its own and others', anywhere on their scales", "On staff 100 instead of 80; Stay on staff 40 instead of 100"),
    )


def test_the_nearest_option_is_said_first() -> None:
    found = found_in(STATES["ranked"])
    blocks = part(found)
    changes = sorted(found.judgement_changes.values(), key=lambda one: one.behind)
    (bullets,) = (block for block in blocks if isinstance(block, Bullets))
    assert len(bullets.items) == len(changes)
    for one, item in zip(changes, bullets.items, strict=True):
        assert words.labels(found.problem, [one.option]) in item
    assert isinstance(blocks[0], Heading)
    assert blocks[-1] == Paragraph(parts.QUESTION, "note")
    for block in blocks:
        if isinstance(block, Table):
            assert not re.search(r"\d\.\d", json.dumps(block.rows))


@pytest.mark.parametrize("state", [*NOT_RANKED, "one left"])
def test_nothing_is_said_while_the_order_is_withheld_or_one_option_is_left(state: str) -> None:
    assert part(found_in(STATES[state])) == []
    assert parts.data(found_in(STATES[state])) == {}


def test_where_all_are_level_there_is_nothing_to_say() -> None:
    assert part(found_for({"stay": [50, 50], "federation": [50, 50]})) == []


def test_the_data_are_plain_numbers_that_the_sentences_show() -> None:
    found = found_in(STATES["ranked"])
    plain = parts.data(found)
    assert json.loads(json.dumps(plain, allow_nan=False)) == plain
    for option, one in plain.items():
        own = [row for row in one["alone"] if row["option"] == option]
        assert one["behind"] > 0
        assert {"option", "criterion", "now", "needed", "level", "points", "in_range"} == set(one["own"][0])
        if own and own[0]["in_range"]:
            assert f"{own[0]['now']:.0f}" in said(found, option)


def test_ember_by_arithmetic() -> None:
    """A federation's staff: its gap to the best over the weight of staff, on top of the likely figure."""
    found = found_in(STATES["ranked"])
    assert found.overall is not None
    assert found.problem.weights is not None
    gap = max(one.likely for one in found.overall.values()) - found.overall["federation"].likely
    amount = found.problem.judgements["federation", "staff"].amount
    needed = amount.likely + gap / found.problem.weights.shares["staff"]
    assert amount.likely < needed <= amount.high
    assert f"its judgement on staff would have to be {-int(-needed // 1)} instead of {amount.likely:.0f}" in said(found)
