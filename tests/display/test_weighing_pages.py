"""The step What matters in each way of weighing: from worst to best is always in sight, and what is missing is said."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, get_args

import pytest

from partnership_model.analysis.overall import whole
from partnership_model.analysis.trade_offs import Question
from partnership_model.display.exploration import after
from partnership_model.display.pages import page_of
from partnership_model.display.weighing_entry import entry
from partnership_model.display.weighing_moves import Way
from partnership_model.display.weighing_words import TITLES
from partnership_model.knowledge.weighings import GroupWeights
from partnership_model.knowledge.yaml_file import read_yaml
from partnership_model.model.weights import weights_of
from tests.display.exploring import START, moved, opened, swing
from tests.display.page_reading import found_in, moves_of, page, read, text_of
from tests.display.section_reading import FIRSTS
from tests.display.test_blocks import Reader, squeezed
from tests.display.test_weighing import CRITERIA, answer_all, by_points, in_lifts, in_order, pair, place, points, trade, way, weigh

if TYPE_CHECKING:
    from pathlib import Path

    from partnership_model.display.exploration import Exploration

ALL_PAIRS = [pair(one, other, "2") for row, one in enumerate(CRITERIA) for other in CRITERIA[row + 1 :]]
TWICE = moved(weigh("again"), way("order"), *map(place, reversed(CRITERIA)), weigh("done"), state=in_lifts())
WAYS: dict[str, Exploration] = {name: moved(way(name)) for name in get_args(Way)}
LATER: dict[str, Exploration] = WAYS | {
    "points given": by_points(),
    "too many points": moved(way("points"), points("autonomy", "70"), points("cost", "40")),
    "in order": in_order(),
    "some in order": moved(way("order"), place("staff"), place("cost"), place("cost", "level")),
    "all pairs": moved(way("pairs"), *ALL_PAIRS),
    "some traded": moved(way("trade_offs"), trade(Question("autonomy", "cost"), "one"), trade(Question("autonomy", "cost", 0.5), "same")),
    "settled": answer_all(moved(way("trade_offs"))),
    "again": moved(weigh("again"), state=in_lifts()),
    "twice": TWICE,
    "no option": moved(way("trade_offs"), state=opened(options=START.case.options[:1])),
}


@pytest.mark.parametrize("name", LATER)
def test_every_button_and_field_sends_a_move_that_the_kernel_knows(name: str) -> None:
    reader = read(LATER[name], "what_matters")
    for message in moves_of(reader):
        found = after(LATER[name], message)
        assert "page" not in found.problems, message


@pytest.mark.parametrize("name", get_args(Way))
def test_each_way_asks_its_question_offers_the_others_and_shows_every_lift_from_worst_to_best(name: str) -> None:
    reader = read(WAYS[name], "what_matters")
    assert reader.texts("h1") == [TITLES[name]]
    offered = {about["data-value"] for about in reader.of("button") if about.get("data-on-click") == "way"}
    assert offered == set(get_args(Way)) - {name}
    shown = [
        criterion for criterion in START.problem.criteria.values() if squeezed(f"from {criterion.worst} to {criterion.best}") in reader.text
    ]
    assert len(shown) == (2 if name == "trade_offs" else 8)


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("points", "100 left of 100"),
        ("points", "100 points left to give. 8 lifts have no figure yet."),
        ("too many points", "10 too many"),
        ("points given", "All 100 points are given."),
        ("points given", "In use."),
        ("some in order", "6 of 8 lifts have no place yet."),
        ("some in order", "level with Staff"),
        ("in order", "What the order says, in points of 100"),
        ("pairs", "0 of 28 pairs are compared."),
        ("all pairs", "Consistency ratio 0."),
        ("all pairs", "1.41, the mean index of random answers on 8 criteria (Saaty 1980)."),
        ("some traded", "2 answers so far"),
        ("settled", "The answers so far settle it"),
        ("again", "The first answer is put aside and is not shown"),
    ],
)
def test_how_far_the_weighing_has_come_is_said(name: str, says: str) -> None:
    assert says in text_of(LATER[name], "what_matters")


def test_points_stay_as_they_were_typed_and_a_wrong_one_is_explained_at_its_field() -> None:
    state = after(moved(way("points"), points("cost", "12.5"), points("staff", "")), points("autonomy", "lots"))
    html = Reader(page_of(replace(state, step="what_matters")).html)
    fields = {about["data-criterion"]: about for about in html.of("input") if "data-criterion" in about}
    assert fields["cost"]["value"] == "12.5"
    assert fields["autonomy"]["value"] == ""
    assert fields["autonomy"]["aria-invalid"] == "true"
    assert "problem-points-autonomy" in fields["autonomy"]["aria-describedby"].split()
    assert "“lots” is not a number." in html.text


def test_the_order_stands_in_its_order_with_ties_at_one_place() -> None:
    reader = read(LATER["some in order"], "what_matters")
    keys = [about["data-key"].removeprefix("order-") for about in reader.of("li") if about.get("data-key", "").startswith("order-")]
    assert keys[:2] == ["staff", "cost"]
    assert sorted(keys) == sorted(CRITERIA)
    assert re.search(r"1 Staff level with Cost .* 1 Cost level with Staff", reader.text)


def test_both_rules_stand_side_by_side_whichever_is_used() -> None:
    reader = read(LATER["in order"], "what_matters")
    rows = reader.rows("What the order says, in points of 100")
    assert rows[0] == ["Criterion", "Rank order centroid", "Rank sum"]
    assert rows[1] == [START.problem.criteria[CRITERIA[0]].label, "34", "22"]  # (1 + 1/2 + ... + 1/8) / 8 and 2 * 8 / 72


def test_two_weighings_stand_side_by_side_with_what_changed() -> None:
    reader = read(TWICE, "what_matters")
    first, second = TWICE.weighing.first, TWICE.weighing.second
    assert first is not None
    assert second is not None
    rows = {row[0]: row[1:] for row in reader.rows("The two weighings side by side, in points of 100")[1:]}
    totals = [sum(kept.swings.values()) for kept in (first, second)]
    for name, criterion in START.problem.criteria.items():
        figures = [whole(100 * kept.swings[name] / total) for kept, total in zip((first, second), totals, strict=True)]
        assert rows[criterion.label][:2] == list(map(str, figures))
    assert reader.texts("h1") == ["The second time points moved and the order changed"]
    assert "The largest difference is effort of change: 29 points more the second time (5, then 34 of 100)." in reader.text
    assert re.search(r"under both|under the first, .* under the second|which one is not said", reader.text)
    chosen = [about["value"] for about in reader.of("input") if about.get("name") == "use" and "checked" in about]
    assert chosen == ["mean"]


def test_while_the_second_weighing_is_made_nothing_of_the_first_is_shown() -> None:
    reader = read(LATER["again"], "what_matters")
    assert {about["value"] for about in reader.of("input") if about["type"] == "text" and "data-criterion" in about} == {""}
    assert "side by side, in points" not in reader.text
    assert found_in(LATER["again"]).withheld == "nobody_weighed"


def test_while_judgements_are_to_be_looked_at_no_option_is_named_as_coming_first() -> None:
    start = opened(judgements=())
    state = moved(
        weigh("again"), *(swing("50", name) for name in CRITERIA), weigh("done"), state=moved({"do": "weights", "of": "case"}, state=start)
    )
    assert found_in(state).withheld == "unconfirmed"
    said = text_of(state, "what_matters")
    assert "which one is not said while judgements are to be looked at" in said
    settled = text_of(answer_all(moved(way("trade_offs"), state=start)), "what_matters")
    assert "one option leads on the likely figures in every way of weighing that is left" in settled
    assert not re.search(r"comes first in every", settled)
    assert FIRSTS.search("comes first in every")


@pytest.mark.parametrize("name", ["points given", "in order", "all pairs", "settled", "twice"])
def test_what_was_said_can_be_put_into_the_case_file_and_gives_the_same_weights(name: str, tmp_path: Path) -> None:
    reader = read(LATER[name], "what_matters")
    text = entry(LATER[name])
    assert reader.texts("pre") == [squeezed(text)]
    file = tmp_path / "case.yaml"
    file.write_text(text.replace("YYYY-MM-DD", "2016-04-20"), encoding="utf-8")
    (group,) = read_yaml(file).value["weights"]
    found = weights_of(GroupWeights.model_validate(group), CRITERIA)
    weights = LATER[name].problem.weights
    assert weights is not None
    total = sum(found.shares.values())
    assert {key: share / total for key, share in found.shares.items()} == pytest.approx(weights.shares, abs=1e-9)


@pytest.mark.parametrize("other", ["trade_offs", "points", "swing"])
def test_another_way_that_is_opened_does_not_become_the_way_in_which_it_was_said(other: Way) -> None:
    state = moved(way(other), state=LATER["in order"])
    assert entry(state) == entry(LATER["in order"])
    assert "method: ranking" in entry(state)


def test_what_is_said_is_announced_to_those_who_hear_the_page() -> None:
    assert page(LATER["some in order"], "what_matters").headline == "The order so far: Staff level with Cost. 6 without a place."
    assert page(LATER["points"], "what_matters").headline.startswith("100 points left to give.")
    assert page(LATER["trade_offs"], "what_matters").headline.startswith("Would you rather lift ")
