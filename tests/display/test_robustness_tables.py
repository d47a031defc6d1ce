"""What would change the answer: something left out, or several weights moved, as sentences, tables, section and page."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from partnership_model.analysis.appraisal import Appraisal, appraise
from partnership_model.analysis.overall import whole, whole_parts
from partnership_model.analysis.smallest_change import SmallestChange
from partnership_model.display import robustness_tables, robustness_words
from tests.display.exploring import moved, swing
from tests.display.page_reading import STATES, found_in, text_of
from tests.making import make_criterion, make_problem

NAMES = ("Autonomy", "Cost", "Resilience")
TABLE = {"stay": [90, 20, 40], "federation": [60, 60, 50], "new_mat": [10, 10, 30]}


def found_for(table: dict[str, list[float]], weights: tuple[float, ...] = (), **changes: object) -> Appraisal:
    """Appraise options by criteria with names."""
    criteria = {name.lower(): make_criterion(label=name) for name in NAMES[: len(next(iter(table.values())))]}
    return appraise(make_problem(table, weights, criteria, **changes), 1)  # type: ignore[arg-type]


def put(found: Appraisal, **moves: float) -> Appraisal:
    """Put one change of the weights in place of what was found."""
    vars(found)["smallest_changes"] = {"federation": SmallestChange("federation", {}, moves)}
    return found


# Left out


def test_what_changes_is_said_once_for_all_without_which_the_same_comes_first() -> None:
    """Stay 59, federation 58. Without autonomy the federation leads by 56 to 28; without the others staying does."""
    found = found_for(TABLE, (50, 30, 20))
    assert robustness_words.left_out(found) == [
        "If autonomy were left out, federation would come first.",
        "If stay were left out, federation would come first.",
    ]
    three = found_for({"stay": [90, 90, 0], "federation": [40, 40, 100]}, (35, 35, 30))
    assert robustness_words.left_out(three)[0] == "If autonomy or cost alone were left out, federation would come first."


def test_where_nothing_changes_one_sentence_says_so() -> None:
    found = found_for({"stay": [90, 80, 70], "federation": [60, 50, 40]})
    assert robustness_words.left_out(found) == [
        "No criterion that is left out alone changes what comes first.",
        "If stay were left out, federation would come first.",
    ]


def test_a_tie_that_parts_and_one_that_comes_about_are_called_so() -> None:
    parts = found_for({"stay": [60, 60, 60], "federation": [90, 60, 30]})
    assert parts.leaders == ("stay", "federation")
    assert robustness_words.left_out(parts) == [
        "If autonomy were left out, stay would come first alone.",
        "If resilience were left out, federation would come first alone.",
    ]
    comes = found_for({"stay": [60, 90], "federation": [60, 0]})
    assert "If cost were left out, stay and federation would tie for first." in robustness_words.left_out(comes)


def test_each_criterion_each_group_and_what_leads_has_a_row() -> None:
    found = found_in(STATES["ranked"])
    rows = robustness_tables.leave_out_table(found).to_numpy().tolist()
    criteria = [one.label for one in found.problem.criteria.values()]
    leading = [found.problem.option(key).label for key in found.leaders]
    assert [row[0] for row in rows] == [*criteria, "Governors", "Staff", *leading]
    assert rows[0][1] == f"criterion, weight {whole(100 * next(iter(found.problem.weights.shares.values())))} of 100"  # type: ignore[union-attr]
    assert {row[3] for row in rows} == {"yes", "no"}
    for row, one in zip(rows, [one for one in found.left_out if one.what != "option" or one.name in found.leaders], strict=True):
        for key in one.leaders:
            assert found.problem.option(key).label in row[2]
        assert row[2].endswith(" (tied)") == (len(one.leaders) > 1)


def test_without_what_carries_all_the_weight_the_table_names_nothing() -> None:
    found = found_for(TABLE, (1, 0, 0))
    assert robustness_tables.leave_out_table(found).to_numpy().tolist()[0][2:] == ["nothing: it carries all the weight", ""]
    assert all("autonomy" not in one for one in robustness_words.left_out(found))


def test_weights_of_the_groups_room_are_nobody_elses_so_no_group_is_left_out() -> None:
    said = text_of(moved(swing("100", "community_voice"), state=STATES["ranked"]), "how_sure")
    assert "If something were left out" in said
    assert "the staff's weights" not in said
    assert "criterion or stakeholder group" not in said
    assert "the staff's weights" in text_of(STATES["ranked"], "how_sure")


def test_the_judgement_that_looks_at_the_options_of_the_case_is_named() -> None:
    assert "Getting out again counts the options of the case" in robustness_words.fixed(found_in(STATES["ranked"]))
    assert robustness_words.fixed(found_for(TABLE)) == robustness_words.FIXED


# The smallest change


def test_the_fewest_points_are_said_with_where_they_come_from_and_go() -> None:
    """Federation less stay is (-30, 40, 10), 1 behind at 0.5, 0.3 and 0.2: from autonomy to cost 1/70 of the weight."""
    found = found_for(TABLE, (50, 30, 20))
    assert robustness_words.smallest_changes(found) == [
        "To put federation first, 1 point of 100 would have to move: from autonomy (1) to cost (1).",
        "No weights put new mat ahead, on the likely figures.",
    ]
    assert robustness_tables.smallest_change_table(found).to_numpy().tolist() == [
        ["Federation", "1", "Autonomy (1)", "Cost (1)"],
        ["New mat", "no weights put it ahead", "", ""],
    ]


@pytest.mark.parametrize(
    ("moves", "says"),
    [
        ({"autonomy": -5.0, "cost": -2.0, "resilience": 7.0}, "7 points, from autonomy (5) and cost (2) to resilience (7)"),
        ({"autonomy": -3.4, "cost": -3.4, "resilience": 6.8}, "7 points, from autonomy (4) and cost (3) to resilience (7)"),
        ({"autonomy": -6.9, "cost": -0.2, "resilience": 7.1}, "7 points, from autonomy (7) and cost (under 1) to resilience (7)"),
        ({"autonomy": -0.4, "resilience": 0.4}, "less than 1 point, from autonomy to resilience"),
    ],
)
def test_whole_points_add_up(moves: dict[str, float], says: str) -> None:
    found = put(found_for(TABLE), **moves)
    said = robustness_words.smallest_change(found, "federation")
    assert said == f"To put federation first, {says.replace(',', ' of 100 would have to move:')}."


@pytest.mark.parametrize("parts", [[0.5, 0.5], [1.4, 1.4, 1.4], [2.5, 3.5], [0.2, 0.2, 0.2], [10.0], []])
def test_parts_are_rounded_to_their_rounded_sum(parts: list[float]) -> None:
    found = whole_parts({str(place): part for place, part in enumerate(parts)})
    assert sum(found.values()) == whole(sum(parts))
    assert all(abs(found[str(place)] - part) < 1 for place, part in enumerate(parts))


def test_every_option_that_does_not_come_first_has_a_row_the_nearest_first() -> None:
    found = found_in(STATES["ranked"])
    rows = robustness_tables.smallest_change_table(found).to_numpy().tolist()
    labels = {one.label for one in found.problem.ranked_options} - {found.problem.option(key).label for key in found.leaders}
    assert {row[0] for row in rows} == labels
    amounts = [int(row[1]) for row in rows if row[1].isdigit()]
    assert amounts == sorted(amounts)
    for row in rows:
        if row[1].isdigit():
            assert sum(map(int, re.findall(r"\((\d+)\)", row[2]))) == int(row[1]) == sum(map(int, re.findall(r"\((\d+)\)", row[3])))


# When weights move


def test_moving_a_weight_moves_the_sentences() -> None:
    before = found_for(TABLE, (50, 30, 20))
    after = appraise(replace(before.problem, weights=found_for(TABLE, (20, 60, 20)).problem.weights), 1)
    assert robustness_words.left_out(before) != robustness_words.left_out(after)
    assert robustness_words.smallest_changes(before) != robustness_words.smallest_changes(after)
