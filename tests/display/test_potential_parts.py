"""Whether some weights put an option first: sentences with their proof, and a table of yes and no."""

from __future__ import annotations

import json

import pytest

from partnership_model.analysis.appraisal import Appraisal, appraise
from partnership_model.display import potential_parts as parts
from partnership_model.display import words
from partnership_model.display.blocks import Bullets, Heading, Paragraph
from partnership_model.display.potential_parts import part, potential_table, sentences
from tests.display.page_reading import NOT_RANKED, STATES, found_in
from tests.making import make_criterion, make_problem

EXTREMES = {"stay": [90, 0], "federation": [0, 90], "new_mat": [40, 40]}


def found_for(table: dict[str, list[object]], weights: tuple[float, ...] = (60, 40)) -> Appraisal:
    """Appraise options by two criteria with names."""
    criteria = {"staff": make_criterion(label="Staff"), "voice": make_criterion(label="Voice")}
    return appraise(make_problem(table, weights, criteria), 1)  # type: ignore[arg-type]


def test_what_a_mix_beats_is_said_with_the_mix() -> None:
    assert sentences(found_for(EXTREMES)) == [
        "Some weights put each of stay and federation ahead, on the likely figures; none put new mat ahead.",
        (
            "Whatever the weights, something is ahead of new mat: stay and federation, averaged 50 to 50, have at least 5 points more on "
            "every criterion."
        ),
        "If the order of importance is kept, no weights put federation ahead, on the likely figures.",
        "Even with its own judgements at their best and all others' at their worst, no weights put new mat ahead.",
        "Some weights put each of stay and federation ahead wherever in their ranges the judgements lie.",
    ]


def test_plain_dominance_names_the_one_option() -> None:
    said = sentences(found_for({"stay": [90, 60], "federation": [60, 50]}))
    assert said[1] == "Federation is behind stay on every criterion, by at least 10 points."
    assert said[2] == "Keeping the order of importance rules out none of them."


def test_what_could_only_draw_level_is_said_so() -> None:
    found = found_for({"stay": [100, 0], "federation": [0, 100], "new_mat": [50, 50]})
    assert "New mat could at most draw level, whatever the weights." in sentences(found)
    assert potential_table(found).rows[2][1] == "level at most"


def test_where_every_option_could_come_first_one_sentence_says_so() -> None:
    said = sentences(found_for({"stay": [(10, 90, 100), 0], "federation": [0, (10, 90, 100)]}, (50, 50)))
    assert said[:2] == [
        "Some weights or other put each of the 2 options ahead, on the likely figures.",
        "Keeping the order of importance rules out none of them.",
    ]
    wide = sentences(found_for({"stay": [(0, 90, 100), (0, 0, 100)], "federation": [(0, 0, 100), (0, 90, 100)]}, (50, 50)))
    assert wide[-1] == "No weights put any option ahead wherever in their ranges the judgements lie: the ranges overlap."


def test_copies_of_one_option_are_only_level() -> None:
    assert sentences(found_for({"stay": [50, 50], "federation": [50, 50]}))[0] == (
        "No weights put any option ahead of all others, on the likely figures."
    )


def test_the_table_answers_for_each_option_and_names_weights_that_suit_it() -> None:
    assert potential_table(found_for(EXTREMES)).rows == (
        ("Stay", "yes", "yes", "yes", "yes", "yes", "yes", "Staff 100"),
        ("Federation", "yes", "yes", "yes", "level at most", "level at most", "level at most", "Voice 100"),
        ("New mat", "no", "no", "no", "no", "no", "no", ""),
    )


def test_ember_has_a_row_for_each_ranked_option_and_what_comes_first_could() -> None:
    found = found_in(STATES["ranked"])
    table = potential_table(found)
    assert [row[0] for row in table.rows] == [words.label_of(found.problem, key) for key in found.values.options]
    assert len(table.columns) == 8
    for row, key in zip(table.rows, found.values.options, strict=True):
        assert set(row[1:7]) <= {"yes", "no", "level at most"}
        if key in found.leaders and len(found.leaders) == 1:
            assert row[1] == row[4] == "yes"


def test_the_part_has_a_heading_sentences_a_table_and_what_it_does_not_say() -> None:
    blocks = part(found_in(STATES["ranked"]))
    assert [type(block) for block in blocks[:2]] == [Heading, Bullets]
    assert blocks[-1] == Paragraph(parts.NOTE, "note")
    assert "chance of success" in parts.NOTE


@pytest.mark.parametrize("state", [*NOT_RANKED, "one left"])
def test_nothing_is_said_while_the_order_is_withheld_or_one_option_is_left(state: str) -> None:
    assert part(found_in(STATES[state])) == []


def test_the_data_are_plain_numbers_for_each_reading() -> None:
    found = found_in(STATES["ranked"])
    plain = parts.data(found)
    assert json.loads(json.dumps(plain, allow_nan=False)) == plain
    assert set(plain) == {"any", "order"}
    for options in plain.values():
        assert set(options) == set(found.values.options)
        for readings in options.values():
            assert set(readings) == {"likely", "best", "surely"}
            for one in readings.values():
                assert (one["mix"] is None) == (one["behind"] is None)
                assert sum(one["weights"].values()) == pytest.approx(1, abs=1e-5)
    assert parts.data(found_in(STATES["unweighed"])) == {}
