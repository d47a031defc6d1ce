"""Every possible weighting, for readers: sentences, tables, chart and numbers say the same, and say how they were found."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import jsonschema
import pytest
import vl_convert

from partnership_model.analysis.appraisal import Appraisal, appraise
from partnership_model.analysis.exact_shares import ValueSpread
from partnership_model.analysis.overall import whole
from partnership_model.display import exact_charts, exact_parts, exact_tables, exact_words
from partnership_model.display.blocks import Block, Bullets, Figure, Heading, Paragraph, Table, html
from tests.display.page_reading import NOT_RANKED, STATES, found_in
from tests.display.saying import CHANCE
from tests.display.test_blocks import DRAWING, Reader, harmless
from tests.making import make_criterion, make_problem

# With w the weight of autonomy: stay 100w, federation 100 - 100w, a trust 60 for certain.
TABLE: dict[str, list[object]] = {"stay": [100, 0], "federation": [0, 100], "new_mat": [60, 60]}
SCHEMA = {
    "type": "object",
    "additionalProperties": False,
    "required": ["every", "in_use"],
    "properties": {"every": {"$ref": "#/$defs/counted"}, "in_use": {"$ref": "#/$defs/counted"}},
    "$defs": {
        "share": {"type": "number", "minimum": 0, "maximum": 1},
        "how": {"enum": ["exact", "computed", "sampled"]},
        "counted": {
            "type": ["object", "null"],
            "additionalProperties": False,
            "required": ["places", "ahead", "overall"],
            "properties": {
                "places": {
                    "type": "object",
                    "additionalProperties": False,
                    "required": ["how", "error", "shares"],
                    "properties": {
                        "how": {"$ref": "#/$defs/how"},
                        "error": {"$ref": "#/$defs/share"},
                        "shares": {"type": "object", "additionalProperties": {"type": "array", "items": {"$ref": "#/$defs/share"}}},
                    },
                },
                "ahead": {
                    "type": "object",
                    "additionalProperties": False,
                    "required": ["how", "error", "shares"],
                    "properties": {
                        "how": {"$ref": "#/$defs/how"},
                        "error": {"$ref": "#/$defs/share"},
                        "shares": {
                            "type": "object",
                            "additionalProperties": {"type": "object", "additionalProperties": {"$ref": "#/$defs/share"}},
                        },
                    },
                },
                "overall": {
                    "type": ["object", "null"],
                    "additionalProperties": {
                        "type": "object",
                        "additionalProperties": False,
                        "required": ["lowest", "at_5", "at_25", "at_50", "at_75", "at_95", "highest", "mean"],
                        "properties": {
                            name: {"type": "number", "minimum": 0, "maximum": 100}
                            for name in ("lowest", "at_5", "at_25", "at_50", "at_75", "at_95", "highest", "mean")
                        },
                    },
                },
            },
        },
    },
}


def found_for(table: dict[str, list[object]] | None = None, weights: tuple[float, ...] = (1, 3), **changes: object) -> Appraisal:
    """Appraise options by criteria with names."""
    rows = table or TABLE
    names = ("Autonomy", "Cost", "Resilience", "Staff", "Voice", "Exit", "Effort")[: len(next(iter(rows.values())))]
    return appraise(make_problem(rows, weights, {name: make_criterion(label=name) for name in names}, **changes), 1)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def ember() -> Appraisal:
    """Take the example as its report does."""
    return found_in(STATES["ranked"])


def tables_of(blocks: list[Block]) -> list[Table]:
    """Give the tables among blocks."""
    return [block for block in blocks if isinstance(block, Table)]


# Sentences


def test_first_places_are_counted_over_every_weighting_and_in_order_by_hand() -> None:
    """The pieces are 0.4, 0.4 and 0.2; where cost matters at least as much, w is at most a half: nought, 0.8 and 0.2."""
    every, in_order, compared = exact_words.findings(found_for())
    assert every == "Of 100 possible weightings of the 2 criteria, first place goes to: stay 40, federation 40, new mat 20."
    assert in_order == "Of 100 weightings that keep the order of importance, first place goes to: federation 80, new mat 20."
    assert compared.startswith(
        "Federation comes first in 80 of 100 weightings that keep the order of importance if every judgement is at its likely figure"
    )


def test_judgements_that_vary_say_why_the_sampled_share_differs() -> None:
    varied = exact_words.compared(found_for({"stay": [(40, 60, 100), (40, 60, 100)], "federation": [55, 55]}))
    assert re.fullmatch(
        r"Stay comes first in 100 of 100 weightings that keep the order of importance if every judgement is at its likely figure, "
        r"and in \d\d of 100 ways of weighing and judging, where judgements lie anywhere in their ranges\. "
        r"The difference is what we do not know about the judgements\.",
        varied,
    )
    same = exact_words.compared(found_for({"stay": [60, 60], "federation": [55, 55]}))
    assert same.endswith("and in as many ways of weighing and judging, where judgements lie anywhere in their ranges.")


@pytest.mark.parametrize("level", [54.5, 55.5])
def test_what_the_draws_alone_may_part_is_not_put_down_to_the_judgements(level: float) -> None:
    """All judgements are certain; the share of the weightings that put `stay` first ends in a half and rounds either way."""
    said = exact_words.compared(appraise(make_problem({"stay": [100, 0], "federation": [level, level]}, [1, 1])))
    assert "The difference" not in said


def test_where_all_criteria_matter_alike_there_is_one_set_of_weightings() -> None:
    found = found_for(weights=(1, 1))
    assert len(exact_words.findings(found)) == 2
    assert "weightings if every judgement" in exact_words.compared(found)
    assert len(tables_of(exact_parts.part(found))) == 3


def test_those_that_seldom_come_first_are_counted_together() -> None:
    """A trust of 51 for certain is ahead of 100w and of 100 - 100w for w from 0.49 to 0.51."""
    said = exact_words.findings(found_for(TABLE | {"new_mat": [51, 51]}))[0]
    assert said.endswith("first place goes to: stay 49, federation 49; all others together 2.")


def test_the_title_names_what_the_weights_move_most() -> None:
    assert exact_words.title(found_for()) == "The weights alone move stay most: from 5 to 95 in 90 of 100 weightings"
    still = found_for({"stay": [60, 60], "federation": [55, 55]})
    assert exact_words.title(still) == "The weights alone move no option by as much as one point"


def test_nothing_is_called_a_chance_but_to_say_that_it_is_none(ember: Appraisal) -> None:
    for block in exact_parts.part(ember):
        said = html([block]) if not isinstance(block, Figure) else f"{block.title} {block.alternative}"
        assert not CHANCE.search(said.replace("They are not chances of success", "").replace(exact_words.HEADING, ""))


# Tables


def test_the_tables_by_hand() -> None:
    blocks = tables_of(exact_parts.part(found_for()))
    assert [block.caption for block in blocks] == [
        "Overall values over every possible weighting (exact)",
        "Of 100 possible weightings, how many put each option at each place: computed (error below 0.0001)",
        "Of 100 possible weightings, how many put one option ahead of another: exact",
        "Of 100 weightings that keep the order of importance, how many put each option at each place: computed (error below 0.0001)",
        "Of 100 weightings that keep the order of importance, how many put one option ahead of another: exact",
    ]
    assert blocks[0].rows == (
        ("Federation", "0 to 100", "5 to 95", "25 to 75", 50, 75),
        ("New mat", "60", "60", "60", 60, 60),
        ("Stay", "0 to 100", "5 to 95", "25 to 75", 50, 25),
    )
    assert blocks[1].rows == (("Federation", 40, 10, 50), ("New mat", 20, 80, 0), ("Stay", 40, 10, 50))
    assert blocks[2].columns == ("Option", "Ahead of federation", "Ahead of new mat", "Ahead of stay")
    assert blocks[2].rows == (("Federation", "", 40, 50), ("New mat", 60, "", 60), ("Stay", 50, 40, ""))
    assert blocks[3].rows == (("Federation", 80, 20, 0), ("New mat", 20, 80, 0), ("Stay", 0, 0, 100))


def test_little_is_not_called_nothing_nor_nearly_all_everything() -> None:
    found = found_for({"stay": [100, 0], "federation": [0, 0.2]})
    assert tables_of(exact_parts.part(found))[1].rows == (("Stay", "over 99", "under 1"), ("Federation", "under 1", "over 99"))


def test_what_is_nought_but_for_the_error_is_nought() -> None:
    """Three options that are level along a line: the middle one is never first, but moved values leave it a trace."""
    found = found_for({"stay": [10, 20, 30], "federation": [30, 20, 10], "new_mat": [20, 20, 20]}, (3, 2, 1))
    assert found.exact is not None
    traces = found.exact.every.places.table[2, 0]
    assert 0 < traces < found.exact.every.places.error
    rows = {row[0]: row[1:] for row in exact_tables.place_table(found, found.exact.every).to_numpy().tolist()}
    assert rows["New mat"] == [0, 100, 0]


def test_what_is_sampled_says_so_with_its_error() -> None:
    rows: dict[str, list[object]] = {"stay": [90, 20, 40, 10, 70, 30, 60], "federation": [50] * 7}
    found = found_for(rows, (2, 2, 2, 2, 2, 2, 1))
    captions = [block.caption for block in tables_of(exact_parts.part(found))]
    assert captions[1].endswith("computed (error below 0.0001)")
    assert re.search(r"each place: sampled \(standard error up to 0\.00[0-9]{2}\)$", captions[3])
    assert re.search(r"ahead of another: sampled \(standard error up to 0\.00[0-9]{2}\)$", captions[4])
    data = exact_parts.data(found)
    jsonschema.validate(data, SCHEMA)
    assert data["in_use"]["overall"] is None
    assert data["in_use"]["places"]["error"] > 0.001


def test_the_rows_of_every_example_stand_in_the_order_of_the_ranking(ember: Appraisal) -> None:
    order = [ember.problem.option(key).label for place in ember.ranking or () for key in place]
    for block in tables_of(exact_parts.part(ember)):
        assert [row[0] for row in block.rows] == order


def test_two_options_with_one_name_keep_a_row_and_a_column_each() -> None:
    problem = make_problem(TABLE, (1, 3))  # type: ignore[arg-type]
    options = tuple(replace(one, label="A trust") for one in problem.options)
    blocks = exact_parts.part(appraise(replace(problem, options=options), 1))
    for block in tables_of(blocks):
        assert len(block.rows) == 3
    assert len(tables_of(blocks)[2].columns) == 4


# Chart


@pytest.mark.parametrize("narrow", [False, True], ids=["wide", "narrow"])
def test_the_chart_is_drawn_with_every_name_and_the_numbers_of_its_twin(ember: Appraisal, *, narrow: bool) -> None:
    chart = exact_charts.chart_spreads(ember, narrow=narrow).to_dict()
    texts = harmless(vl_convert.vegalite_to_svg(chart), DRAWING).texts("text")
    assert chart.get("width", 0) <= (320 if narrow else 420)
    found = exact_words.spreads(ember)
    for key, one in found.items():
        label, said = ember.problem.option(key).label, exact_words.spread(one)
        assert said in texts
        assert label.replace(" ", "") in "".join(texts).replace(" ", "")
        assert f"{label}: {said}" in chart["description"]
    twin = exact_tables.spread_table(ember).to_numpy().tolist()
    for row, (_, _, most, half, middle, _) in zip(chart["data"]["values"], twin, strict=True):
        assert row["said"] == f"half: {half}; 90 of 100: {most}"
        assert whole(row["middle"]) == middle


def test_a_strip_is_said_in_whole_numbers() -> None:
    assert exact_words.spread(ValueSpread(0, 100, 50, (10.4, 30.6, 50, 69.5, 70.2))) == "half: 31 to 70; 90 of 100: 10 to 70"


# Where there is something to say


def test_the_part_begins_with_its_heading_and_ends_with_what_the_numbers_are_not(ember: Appraisal) -> None:
    first, findings, figure, *_, last = exact_parts.part(ember)
    assert first == Heading(exact_words.HEADING, 3)
    assert isinstance(findings, Bullets)
    assert isinstance(figure, Figure)
    assert isinstance(last, Paragraph)
    assert last.style == "note"
    assert "not chances of success" in last.text
    assert Reader(html(exact_parts.part(ember, narrow=True))).texts("caption")


@pytest.mark.parametrize("state", [*NOT_RANKED, "one left"])
def test_nothing_is_said_while_the_order_is_withheld_or_one_option_is_left(state: str) -> None:
    found = found_in(STATES[state])
    assert exact_parts.part(found) == []
    assert exact_parts.data(found) == {"every": None, "in_use": None}
    assert exact_words.findings(found) == []
    assert exact_words.compared(found) == ""


# Numbers


def test_the_numbers_for_machines_are_those_of_the_tables_and_fit_their_schema(ember: Appraisal) -> None:
    data = exact_parts.data(ember)
    jsonschema.validate(data, SCHEMA)
    assert json.loads(json.dumps(data, allow_nan=False)) == data
    assert ember.exact is not None
    for name, counted in (("every", ember.exact.every), ("in_use", ember.exact.in_use)):
        assert counted is not None
        assert data[name]["places"]["how"] == "computed"
        assert counted.places.error <= data[name]["places"]["error"] < 1e-6
        for row, key in enumerate(counted.options):
            assert data[name]["places"]["shares"][key] == pytest.approx(counted.places.table[row], abs=1e-6)
            assert set(data[name]["ahead"]["shares"][key]) == set(counted.options) - {key}
    lowest, highest = data["every"]["overall"]["stay"]["lowest"], data["every"]["overall"]["stay"]["highest"]
    assert f"{whole(lowest)} to {whole(highest)}" in {row[1] for row in tables_of(exact_parts.part(ember))[0].rows}
