"""If other ways of weighing counted: the part of the page and the report, and what `result.json` gets of it."""

from __future__ import annotations

import json
import math
import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest

from partnership_model.analysis.appraisal import Appraisal, appraise
from partnership_model.display.blocks import Bullets, Figure, Heading, Paragraph, Table, html
from partnership_model.display.ways_of_weighing import chart_sets, data, findings, part, set_table, title
from partnership_model.knowledge.weight_sets import WeightSet
from partnership_model.model.weights import from_points
from tests.analysis.drawing import near
from tests.display.exploring import moved
from tests.display.page_reading import STATES, page, read, rows_behind, text_of
from tests.display.test_blocks import harmless
from tests.display.test_notebook import ember, unlooked
from tests.making import make_problem

if TYPE_CHECKING:
    from partnership_model.display.exploration import Exploration

TABLE = {"stay": [100, 0, 0], "federation": [0, 100, 100]}
ORDER = "weights that keep the order of importance"
SETS = ["order", "near", "any", "groups"]
SCHEMA = {
    "type": "object",
    "required": ["set_in_use", "sets"],
    "additionalProperties": False,
    "properties": {
        "set_in_use": {"enum": ["order", "near", "any", "groups", "conditions", None]},
        "sets": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["set", "first_place", "first_place_error", "most_often_first", "samples"],
                "additionalProperties": False,
                "properties": {
                    "set": {"enum": ["order", "near", "any", "groups", "conditions"]},
                    "first_place": {"type": "object", "additionalProperties": {"type": "number", "minimum": 0, "maximum": 1}},
                    "first_place_error": {"type": "object", "additionalProperties": {"type": "number", "minimum": 0}},
                    "most_often_first": {"type": "array", "minItems": 1, "items": {"type": "string"}},
                    "samples": {"type": "integer", "minimum": 1},
                },
            },
        },
    },
}


def asked(**keys: Any) -> WeightSet:  # noqa: ANN401 - as in a case
    """Write what a case says of plausible weights."""
    return WeightSet.model_validate(keys, by_alias=True, by_name=False)


@cache
def ranked() -> Appraisal:
    """Appraise the Ember case as it is."""
    return ember().appraisal


def by_hand(weights: tuple[float, ...] = (3, 2, 1), **keys: Any) -> Appraisal:  # noqa: ANN401 - as in a case
    """Appraise two options: staying is ahead where the first criterion carries more than half."""
    return appraise(replace(make_problem(TABLE, weights), weight_set=asked(**keys)), 1)


def test_the_part_is_a_heading_sentences_a_chart_its_twin_and_a_note() -> None:
    found = part(ranked())
    assert [type(block) for block in found] == [Heading, Bullets, Figure, Table, Paragraph]
    heading, _, figure, table, note = found
    assert (heading.text, heading.level) == ("If other ways of weighing counted", 3)
    assert figure.title == title(ranked())
    assert note.style == "note"
    assert f"{ranked().under_each_set[0].samples:,} were drawn" in note.text
    assert "not chances of success" in note.text
    assert table.columns == ("Option", "Order kept (in use)", "Within 10 points", "Any weights", "Groups' own")
    harmless(
        html([block for block in found if not isinstance(block, Figure)]),
        {"h3", "ul", "li", "table", "caption", "thead", "tbody", "tr", "th", "td", "p", "div"},
    )


def test_there_is_no_part_where_nothing_stands_side_by_side() -> None:
    assert part(unlooked().appraisal) == []
    assert part(appraise(make_problem(TABLE, None), 1)) == []
    assert part(appraise(make_problem({"stay": [1, 2]}), 1)) == []


def test_the_figures_by_hand() -> None:
    """Any weights: staying in a quarter; kept order: in three quarters (areas of triangles, see test_robustness)."""
    found = by_hand()
    samples = found.under_each_set[0].samples
    cells = {row[0]: row[1:] for row in set_table(found).itertuples(index=False, name=None)}
    for column, exact in ((0, 0.75), (2, 0.25)):
        count = int(re.sub(r" of 100$", "", cells["Stay"][column]))
        assert abs(count - 100 * exact) <= 0.5 + 400 * math.sqrt(exact * (1 - exact) / samples)
        assert near(data(found)["sets"][column]["first_place"]["stay"], exact, samples)


def test_what_comes_first_most_often_is_said_for_each_set() -> None:
    assert findings(by_hand()) == [
        "Stay comes first most often with weights that keep the order of importance.",
        "Stay and federation tie for coming first most often with weights within 10 points of ours.",
        "Federation comes first most often with any weights at all.",
    ]
    assert title(by_hand()) == "What comes first most often depends on which ways of weighing count"


def test_one_sentence_is_enough_where_the_same_comes_first_under_every_set() -> None:
    same = appraise(make_problem({"stay": [90, 80, 70], "federation": [10, 20, 60]}, (3, 2, 1)), 1)
    assert title(same) == "Stay comes first most often, whichever of these ways of weighing count"
    assert findings(same) == [
        f"Stay comes first most often whichever count: {ORDER}, weights within 10 points of ours and any weights at all."
    ]
    assert set_table(same).iloc[0].tolist() == ["Stay", "always", "always", "always"]
    assert set_table(same).iloc[1].tolist() == ["Federation", "never", "never", "never"]


def test_the_conditions_are_said_and_that_our_own_weights_do_not_meet_them() -> None:
    broken = by_hand((3, 2, 1), ranges={"c1": [0, 40]})
    assert findings(broken)[-2:] == [
        "The conditions: A criterion carries at most 40 of 100.",
        "The weights in use do not meet these conditions themselves.",
    ]
    met = by_hand((3, 2, 1), ranges={"c1": [0, 50]})
    assert findings(met)[-1] == "The conditions: A criterion carries at most 50 of 100."


@pytest.mark.parametrize("narrow", [False, True])
def test_the_chart_has_a_bar_for_each_cell_of_its_twin(*, narrow: bool) -> None:
    spec = chart_sets(ranked(), narrow=narrow).to_dict()
    rows = rows_behind(spec)
    table = set_table(ranked())
    assert len(rows) == table.shape[0] * (table.shape[1] - 1)
    for row in rows:
        cell = table.iloc[row["row"], 1 + row["column"]]
        assert row["name"] == table.iloc[row["row"], 0]
        assert row["criterion"] == table.columns[1 + row["column"]]
        assert row["said"] == {"never": "0", "always": "100", "fewer than 1 of 100": "under 1"}.get(cell, cell.removesuffix(" of 100"))
        assert cell in spec["description"]
    lengths = {row["said"]: row["length"] for row in rows}
    assert max(lengths.values()) == pytest.approx(0.62)
    assert list(lengths) == list(dict.fromkeys(row["said"] for row in rows))


def test_the_data_have_the_shares_of_the_appraisal_and_keep_to_their_schema() -> None:
    for found in (ranked(), by_hand(set="any"), unlooked().appraisal, appraise(make_problem(TABLE, None), 1)):
        given = json.loads(json.dumps(data(found)))
        jsonschema.validate(given, SCHEMA)
        assert (given["set_in_use"] is None) == (found.robustness is None)
        for one, counted in zip(given["sets"], found.under_each_set, strict=True):
            assert one["first_place"] == pytest.approx(counted.first, abs=1e-6)
            assert sum(one["first_place"].values()) == pytest.approx(1, abs=1e-5)
    assert [one["set"] for one in data(ranked())["sets"]] == SETS


# On the dashboard


def chosen(state: Exploration) -> tuple[list[str], list[str]]:
    """Read which sets can be chosen on the page, and which is."""
    options = [about for about in read(state, "how_sure").of("option") if about["value"] in (*SETS, "conditions")]
    return [about["value"] for about in options], [about["value"] for about in options if "selected" in about]


def test_the_page_offers_the_sets_that_make_sense_and_the_one_in_use_is_chosen() -> None:
    assert chosen(STATES["ranked"]) == (SETS, ["order"])
    assert chosen(moved({"do": "ways", "value": "near"}, state=STATES["ranked"])) == (SETS, ["near"])


@pytest.mark.parametrize("state", ["withheld", "unweighed", "partly weighed", "closed", "one left"])
def test_nothing_can_be_chosen_while_there_is_nothing_to_choose_for(state: str) -> None:
    assert chosen(STATES[state]) == ([], [])


def test_all_that_is_said_and_drawn_follows_from_the_chosen_set() -> None:
    any_weights = moved({"do": "ways", "value": "any"}, state=STATES["ranked"])
    assert any_weights.problem.set_in_use == "any"
    for step in ("what_follows", "how_sure"):
        assert "They assume any weights at all, and judgements anywhere" in text_of(any_weights, step)
        assert "They assume weights that keep the order of importance, and" in text_of(STATES["ranked"], step)
    before, after = (rows_behind(page(state, "how_sure").charts["shares"]) for state in (STATES["ranked"], any_weights))
    assert before != after
    appraisal = appraise(any_weights.problem)
    assert appraisal.robustness is not None
    said = {row["name"]: row["said"] for row in after if row["said"]}
    for key in appraisal.robustness.options:
        share = appraisal.robustness.first_place_share(key)
        if 0.01 <= share <= 0.99:
            assert said[appraisal.problem.option(key).label] == f"{math.floor(100 * share + 0.5)} of 100"


def test_the_conditions_of_the_case_stand_beside_the_choice() -> None:
    run = ember(plausible_weights=asked(at_least=[{"criterion": "autonomy", "times": 2, "than": "cost"}]))
    state = moved({"do": "weights", "of": "case"}, state=replace(STATES["ranked"], case=run.case, swings={}))
    assert chosen(state) == ([*SETS, "conditions"], ["conditions"])
    condition = "matters at least twice as much as cost"
    assert text_of(state, "how_sure").count(condition) == 2  # beside the choice, and among the sets side by side
    other = moved({"do": "ways", "value": "order"}, state=state)
    assert text_of(other, "how_sure").count(condition) == 1
    assert moved({"do": "swing", "criterion": "cost", "value": "5"}, state=other).ways == "order"


def test_sets_that_hang_on_the_weights_follow_the_sliders() -> None:
    state = moved({"do": "ways", "value": "near"}, state=STATES["ranked"])
    turned = moved({"do": "swing", "criterion": "cost", "value": "100"}, state=state)
    assert turned.problem.plausible != state.problem.plausible
    assert turned.problem.weights == from_points(turned.swings, "what was said here")
