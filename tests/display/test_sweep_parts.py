"""One weight that moves, or two: sentences, tables and pictures that agree, and a card on which a governor chooses."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest

from partnership_model.analysis.appraisal import Appraisal, appraise
from partnership_model.analysis.two_way import one_way, two_way
from partnership_model.display import sweep_card, sweep_charts, sweep_parts
from partnership_model.display.blocks import Figure, Heading, Paragraph, Table
from partnership_model.display.exploration import after
from partnership_model.display.sweep_parts import found_for, one_way_title, part, two_way_table
from tests.display.exploring import moved, swing, unchanged
from tests.display.page_reading import NOT_RANKED, STATES, found_in, page, read
from tests.display.test_blocks import HOSTILE
from tests.display.test_charts import drawn, parts_of, without_blanks
from tests.making import make_criterion, make_problem

if TYPE_CHECKING:
    from partnership_model.display.drawing import Drawing
    from partnership_model.display.exploration import Exploration

NAMES = ("Autonomy", "Cost", "Staff")
TABLE = {"stay": [90, 0, 0], "federation": [0, 90, 0], "new_mat": [0, 0, 90]}
WIDTHS = pytest.mark.parametrize("narrow", [False, True], ids=["wide", "narrow"])


def found(table: dict[str, list[float]], weights: tuple[float, ...], **labels: str) -> Appraisal:
    """Appraise options by criteria with names."""
    criteria = {name.lower(): make_criterion(label=name) for name in NAMES[: len(next(iter(table.values())))]}
    problem = make_problem(table, weights, criteria)
    options = tuple(replace(one, label=labels.get(one.key, one.label)) for one in problem.options)
    return appraise(replace(problem, options=options), 1)


def ember() -> Appraisal:
    """Appraise the Ember case."""
    return found_in(STATES["ranked"])


def rows_of(chart: Drawing) -> list[dict[str, Any]]:
    """Give the rows that a chart draws."""
    return chart.rows


def chosen(state: Exploration) -> dict[str, str]:
    """Read what stands chosen on the card."""
    view = sweep_card.sweep_view(state, found_in(state))
    assert view is not None
    return {select["what"]: one["key"] for select in view["selects"] for one in select["choices"] if one["chosen"]}


# Which weights move


def test_the_weight_that_needs_to_move_least_and_the_two_that_divide_most_are_shown() -> None:
    """Stay 45, federation 27, new mat 18. Autonomy has to fall, cost to rise past staying; autonomy and cost carry most."""
    both = found_for(found(TABLE, (50, 30, 20)))
    assert both is not None
    distances = {
        one.criterion: min(
            [one.highest - one.current] * bool(one.leader_above) + [one.current - one.lowest] * bool(one.leader_below), default=9
        )
        for one in found(TABLE, (50, 30, 20)).switching
    }
    assert both[0].criterion == min(distances, key=lambda name: distances[name])
    assert both[1] is not None
    assert (both[1].across, both[1].up) == ("autonomy", "cost")


def test_where_no_weight_changes_anything_the_one_that_divides_most_is_shown() -> None:
    both = found_for(found({"stay": [90, 90, 90], "federation": [80, 10, 80]}, (30, 30, 40)))
    assert both is not None
    assert both[0].criterion == "cost"


def test_what_is_chosen_goes_before_and_the_rest_gives_way() -> None:
    both = found_for(found(TABLE, (50, 30, 20)), {"alone": "staff", "up": "autonomy"})
    assert both is not None
    assert both[1] is not None
    assert (both[0].criterion, both[1].across, both[1].up) == ("staff", "cost", "autonomy")


@pytest.mark.parametrize("state", [*NOT_RANKED, "one left"])
def test_nothing_is_shown_while_the_order_is_withheld_or_one_option_is_left(state: str) -> None:
    appraisal = found_in(STATES[state])
    assert part(appraisal) == []
    assert sweep_parts.data(appraisal) is None
    assert sweep_card.sweep_view(STATES[state], appraisal) is None
    assert sweep_card.drawn(STATES[state], appraisal) == {}


def test_two_criteria_have_lines_and_no_map_and_one_has_neither() -> None:
    two = part(found({"stay": [90, 0], "federation": [0, 80]}, (50, 50)))
    assert len([block for block in two if isinstance(block, Figure)]) == 1
    assert part(found({"stay": [90], "federation": [10]}, (1,))) == []


# Words and tables


def test_who_leads_from_where_to_where_by_hand() -> None:
    """With autonomy at x stay has 90x and federation 54(1 - x), being three fifths of the rest: level at 54 / 144 = 0.375."""
    appraisal = found(TABLE, (50, 30, 20))
    line = one_way(appraisal.values, appraisal.problem.weights.array(appraisal.values.criteria), "autonomy")  # type: ignore[union-attr]
    assert sweep_charts.leading_said(appraisal, line) == "With a weight of autonomy up to 38 federation leads; above 38 stay leads."
    assert sweep_parts.one_way_table(appraisal, line).rows == (("0", "38", "Federation"), ("38", "100", "Stay"))
    assert sweep_parts.one_way_title(appraisal, line) == "The lead changes once as the weight of autonomy grows"


def test_a_steady_lead_and_one_that_is_shared_are_said_so() -> None:
    steady = found({"stay": [90, 90], "federation": [10, 10]}, (50, 50))
    assert part(steady)[2].title == "No weight of autonomy changes who leads"  # type: ignore[union-attr]
    shared = found({"stay": [90, 0], "federation": [90, 0], "new_mat": [0, 60]}, (50, 50))
    blocks = part(shared)
    table = next(block for block in blocks if isinstance(block, Table))
    assert ("40", "100", "Stay and Federation (level)") in table.rows
    assert "above 40 stay and federation are level in front" in blocks[1].items[0]  # type: ignore[union-attr]


def test_the_map_by_hand() -> None:
    """Each of three is best on one criterion: a third of the map each, 34, 33 and 33 in whole parts."""
    appraisal = found(TABLE, (50, 30, 20))
    both = found_for(appraisal)
    assert both is not None
    assert both[1] is not None
    rows = sweep_parts.two_way_table(appraisal, both[1]).rows
    assert sorted(int(row[1]) for row in rows) == [33, 33, 34] or [row[1] for row in rows] == ["33", "33", "33"]
    assert [row[0] for row in rows if row[2] == "yes"] == ["Stay"]
    assert sweep_charts.regions_said(appraisal, both[1]).count("33 of 100") == 3


def test_a_map_of_one_region_says_so() -> None:
    appraisal = found({"stay": [90, 90, 90], "federation": [80, 10, 80]}, (30, 30, 40))
    both = found_for(appraisal)
    assert both is not None
    assert both[1] is not None
    assert sweep_charts.regions_said(appraisal, both[1]) == "Stay leads all over the map."
    assert sweep_parts.two_way_title(appraisal, both[1]) == "Stay: in front whatever the weights of cost and staff"


def test_the_map_is_headed_by_who_leads_at_the_weights_now_and_not_by_the_largest_part() -> None:
    """The tie for first is the one that the page's heading names; a large part of the map says nothing about our weights."""
    both = found_for(ember())
    assert both is not None
    assert both[1] is not None
    title = sweep_parts.two_way_title(ember(), both[1])
    assert title.startswith("A collaborative partnership and a co-operative trust are level or nearly so at the weights now; 2 others ")
    assert not any(character.isdigit() for character in title.replace("; 2 others", ""))


def test_whole_parts_of_the_map_add_up_to_a_hundred_in_the_example() -> None:
    both = found_for(ember())
    assert both is not None
    assert both[1] is not None
    rows = sweep_parts.two_way_table(ember(), both[1]).rows
    assert sum(int(row[1]) for row in rows if str(row[1]).isdigit()) == 100


def test_the_part_has_sentences_two_pictures_each_with_its_table_and_what_they_do_not_say() -> None:
    blocks = part(ember())
    assert [type(block).__name__ for block in blocks] == ["Heading", "Bullets", "Figure", "Table", "Figure", "Table", "Paragraph"]
    assert blocks[0] == Heading("As one weight moves, or two together", 3)
    assert blocks[-1] == Paragraph(sweep_parts.NOTE, "note")


# Pictures


@WIDTHS
def test_both_pictures_are_valid_described_and_drawn(*, narrow: bool) -> None:
    for block in part(ember(), narrow=narrow):
        if isinstance(block, Figure):
            assert json.loads(json.dumps(block.spec, allow_nan=False)) == block.spec
            assert block.alternative.endswith(".")
            assert not re.search(r"\d\.\d", block.alternative)


@WIDTHS
def test_each_line_and_each_region_is_named_in_the_picture(*, narrow: bool) -> None:
    line, both = found_for(ember()) or (None, None)
    assert line is not None
    assert both is not None
    for chart, options in (
        (sweep_charts.chart_one_way(ember(), line, narrow=narrow), ember().values.options),
        (sweep_charts.chart_two_way(ember(), both, narrow=narrow), [key for one in both.regions for key in one.options]),
    ):
        text = without_blanks("".join(drawn(chart).texts("text")))
        assert all(without_blanks(ember().problem.option(key).label) in text for key in options)
        assert chart.to_dict()["width"] <= (250 if narrow else 420)


@WIDTHS
def test_nothing_is_known_by_its_colour_alone(*, narrow: bool) -> None:
    for block in part(ember(), narrow=narrow):
        if isinstance(block, Figure):
            for piece in parts_of(block.spec):
                for channel in ("color", "fill", "stroke", "shape", "opacity"):
                    about = piece.get(channel)
                    assert not (isinstance(about, dict) and "field" in about)
                assert "legend" not in piece


def test_the_corners_that_are_drawn_are_those_of_the_regions() -> None:
    both = (found_for(ember()) or (None, None))[1]
    assert both is not None
    rows = rows_of(sweep_charts.chart_two_way(ember(), both))
    for place, region in enumerate(both.regions):
        corners = [(row["x"] / 100, row["y"] / 100) for row in rows if row["kind"].endswith("region") and row["row"] == place]
        assert corners == [pytest.approx(corner) for corner in region.polygon]
    shaded = {row["row"] for row in rows if row["kind"] == "now-region"}
    level = {place for place, region in enumerate(both.regions) if set(region.options) <= {*both.now, *ember().leaders}}
    assert shaded == level
    assert len(level) == 2  # a lead of less than half a point is none


def test_the_bold_line_is_who_leads_and_each_change_is_marked() -> None:
    line = (found_for(ember()) or (None,))[0]
    assert line is not None
    rows = rows_of(sweep_charts.chart_one_way(ember(), line))
    bold = [row for row in rows if row["kind"] == "lead"]
    assert len(bold) == 2 * len(line.leading)
    for row in bold:
        every = [at_zero + row["x"] / 100 * (at_one - at_zero) for at_zero, at_one in line.lines.values()]
        assert row["y"] == pytest.approx(max(every))
    assert len([row for row in rows if row["kind"] == "switch"]) == len(line.leading) - 1
    assert [row["said"] for row in rows if row["kind"] == "now"] == [f"now {100 * line.current:.0f}: level"]


def test_what_is_less_than_half_a_point_ahead_is_level_and_leads_nowhere() -> None:
    near = found({"stay": [50, 50.3], "federation": [50.2, 50]}, (50, 50))
    line = (found_for(near) or (None,))[0]
    assert line is not None
    assert [one.options for one in line.leading] == [("stay",), ("federation",)]
    assert [one.options for one in sweep_charts.stretches(line)] == [("stay", "federation")]
    said = sweep_charts.leading_said(near, line)
    assert said == (
        "Whatever the weight of autonomy, stay and federation are level in front. At the weight now, 50, stay and federation are level."
    )
    assert one_way_title(near, line) == "No weight of autonomy changes who leads"
    far = found({"stay": [50, 60], "federation": [60, 50]}, (70, 30))
    apart = (found_for(far) or (None,))[0]
    assert apart is not None
    assert [sweep_charts.level_on(apart, one) for one in apart.leading] == [one.options for one in apart.leading]
    assert "level" not in sweep_charts.leading_said(far, apart)


def test_the_map_says_that_those_in_front_at_the_weights_now_are_level() -> None:
    both = (found_for(ember()) or (None, None))[1]
    assert both is not None
    here = [row[2] for row in two_way_table(ember(), both).rows]
    assert sorted(here) == ["", "", "level, or nearly so", "level, or nearly so"]


def test_names_at_the_ends_of_lines_do_not_cover_each_other() -> None:
    table = {f"o{place}": [50, 50 + place / 10] for place in range(12)}
    line = (found_for(found(table, (50, 50))) or (None,))[0]
    assert line is not None
    rows = rows_of(sweep_charts.chart_one_way(found(table, (50, 50)), line))
    at = sorted(row["y"] for row in rows if row["kind"] in ("name", "bold"))
    assert all(other - one >= sweep_charts.GAP - 1e-9 for one, other in pairwise(at))
    assert 0 <= at[0] <= at[-1] <= 100


@pytest.mark.parametrize("text", [*HOSTILE, "null", "12", "__proto__", "constructor"])
def test_they_are_drawn_whatever_an_option_is_called(text: str) -> None:
    for narrow in (False, True):
        for block in part(found(TABLE, (50, 30, 20), stay=text), narrow=narrow):
            if isinstance(block, Figure):
                assert block.svg()


def test_a_picture_that_was_made_is_not_changed_by_the_next_one() -> None:
    one, other = found(TABLE, (50, 30, 20)), found(TABLE, (20, 30, 50))
    figures = [json.dumps(block.spec) for block in part(one) if isinstance(block, Figure)]
    assert figures != [json.dumps(block.spec) for block in part(other) if isinstance(block, Figure)]
    assert figures == [json.dumps(block.spec) for block in part(one) if isinstance(block, Figure)]


# Data


def test_the_data_are_plain_numbers() -> None:
    plain = sweep_parts.data(ember())
    assert plain is not None
    assert json.loads(json.dumps(plain, allow_nan=False)) == plain
    assert sum(one["share"] for one in plain["two_way"]["regions"]) == pytest.approx(1, abs=1e-5)
    assert (plain["one_way"]["leading"][0]["from"], plain["one_way"]["leading"][-1]["to"]) == (0, 1)
    two = sweep_parts.data(found({"stay": [90, 0], "federation": [0, 80]}, (50, 50)))
    assert two is not None
    assert two["two_way"] is None


# The card


def test_the_card_shows_the_sentences_and_tables_of_the_report_until_somebody_chooses() -> None:
    reader = read(STATES["ranked"], "how_sure")
    assert "As one weight moves, or two together" in reader.texts("span")
    for block in part(ember()):
        if isinstance(block, Table):
            assert [tuple(row) for row in reader.rows(block.caption)[1:]] == list(block.rows)
        if isinstance(block, Figure):
            assert block.title in reader.texts("h3")
    assert one_way_title(ember(), (found_for(ember()) or (None,))[0]) in reader.texts("h2")
    assert {"one-way", "two-way"} <= set(page(STATES["ranked"], "how_sure").charts)


def test_a_choice_moves_the_picture_and_its_words() -> None:
    before = page(STATES["ranked"], "how_sure")
    state = moved(
        {"do": "sweep", "what": "alone", "criterion": "staff"},
        {"do": "sweep", "what": "across", "criterion": "cost"},
        {"do": "sweep", "what": "up", "criterion": "resilience"},
        state=STATES["ranked"],
    )
    assert chosen(state) == {"alone": "staff", "across": "cost", "up": "resilience"}
    now = page(state, "how_sure")
    for name in ("one-way", "two-way"):
        assert now.charts[name] != before.charts[name]
    assert now.charts["switching"] == before.charts["switching"]
    values, weights = ember().values, ember().problem.weights
    assert weights is not None
    region = two_way(values, weights.array(values.criteria), "cost", "resilience")
    assert region is not None
    assert sweep_charts.regions_said(ember(), region) in now.charts["two-way"]["description"]


def test_of_the_two_that_move_together_none_can_be_chosen_twice() -> None:
    state = moved({"do": "sweep", "what": "across", "criterion": "cost"}, state=STATES["ranked"])
    again = after(state, {"do": "sweep", "what": "up", "criterion": "cost"})
    assert again.problems == {"sweep": "Choose two different criteria."}
    assert unchanged(state, again)
    view = sweep_card.sweep_view(state, found_in(state))
    assert view is not None
    across, up = view["selects"][1:]
    for one, other in ((across, up), (up, across)):
        taken = next(choice["key"] for choice in other["choices"] if choice["chosen"])
        assert [choice["key"] for choice in one["choices"] if choice["closed"]] == [taken]


def test_a_choice_of_the_first_default_makes_the_other_give_way() -> None:
    default = chosen(STATES["ranked"])
    state = moved({"do": "sweep", "what": "up", "criterion": default["across"]}, state=STATES["ranked"])
    assert chosen(state)["up"] == default["across"]
    assert chosen(state)["across"] != default["across"]


def test_a_criterion_that_the_case_does_not_have_is_refused() -> None:
    state = after(STATES["ranked"], {"do": "sweep", "what": "alone", "criterion": "weather"})
    assert state.problems == {"sweep": "That choice is not on the list. Nothing was changed."}
    assert unchanged(STATES["ranked"], state)


def test_the_choice_stays_while_weights_move() -> None:
    state = moved({"do": "sweep", "what": "alone", "criterion": "staff"}, swing("30", "cost"), state=STATES["ranked"])
    assert chosen(state)["alone"] == "staff"
