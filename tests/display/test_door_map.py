"""The transition map: a finding, lines of which none says by colour alone what it means, and a table with the same words."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from partnership_model.display import door_map, door_parts, words
from partnership_model.display.blocks import Figure, Table
from partnership_model.model.doors import Doors, doors_from, doors_of
from tests.display.exploring import START, moved
from tests.display.page_reading import page, read, rows_behind
from tests.display.section_reading import RUNS
from tests.display.test_notebook import EMBER, ember

if TYPE_CHECKING:
    from partnership_model.display.drawing import Drawing

PROBLEM = START.problem
SCHOOLS = {one.name: one for one in EMBER.file.schools}
OPTIONS = [one.key for one in PROBLEM.options]


def found(start: str, school: str = "Infant A") -> Doors:
    return doors_from(start, SCHOOLS[school], EMBER, ember().knowledge)


@cache
def drawn(start: str, school: str = "Infant A", *, narrow: bool = False) -> Drawing:
    return door_map.chart_doors(PROBLEM, doors_of(SCHOOLS[school], EMBER, ember().knowledge), start, narrow=narrow)


@pytest.mark.parametrize(
    ("start", "school", "says"),
    [
        ("stay", "Infant A", "From staying as we are, 6 of 6 doors stay open to Infant A, 3 of them with no way back that was found"),
        (
            "co_operative_trust",
            "Infant A",
            "From a co-operative trust, 6 of 6 doors stay open to Infant A, but out again it would be another kind of school",
        ),
        (
            "federation",
            "Primary D",
            "From a council-maintained federation, 6 of 6 doors stay open to Primary D, and it could be again what it is today",
        ),
        (
            "umbrella_trust",
            "Infant A",
            "From an umbrella trust, 3 of 6 doors stay open to Infant A, and no way back to what it is today was found",
        ),
        ("federation", "Secondary F", "Secondary F has no place in a council-maintained federation, so no door leads on from it"),
    ],
)
def test_the_title_is_the_finding_for_one_school(start: str, school: str, says: str) -> None:
    assert door_map.finding(PROBLEM, found(start, school)) == says


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("start", OPTIONS)
def test_every_door_is_drawn_with_its_name_and_below_each_other(start: str, narrow: bool) -> None:  # noqa: FBT001
    rows = [row for row in drawn(start, narrow=narrow).rows if row["kind"] == "door"]
    names = [row["name"].replace("\n", " ") for row in rows]
    assert names == [door_map.door_name(PROBLEM, door) for door in found(start).doors]
    size = door_map.SIZES[narrow]["letters"]
    for above, below in pairwise(rows):
        lines = above["said"].count("\n") + 1
        assert below["name_y"] >= above["said_y"] + lines * door_map.TEXT + 10
    assert all(len(line) <= size for row in rows for line in row["said"].split("\n"))
    assert drawn(start, narrow=narrow).template["height"] >= rows[-1]["said_y"] + (rows[-1]["said"].count("\n") + 1) * door_map.TEXT


@pytest.mark.parametrize("start", OPTIONS)
def test_each_kind_of_line_has_words_of_its_own(start: str) -> None:
    """Whoever sees no dashes reads the same: a closed door says so and why, and a step with no way back says so."""
    for row in drawn(start).rows[1:]:
        said = row["said"].replace("\n", " ").replace("\u00a0", " ")
        assert (row["line"] == "closed") == said.startswith("Closed: ")
        assert (row["line"] == "none") == ("No way back was found." in said)
    lines = door_map.LINES
    assert len({tuple(dash) for dash in lines.values()}) == len(lines)


def test_another_option_moves_what_is_drawn_and_needs_no_new_specification() -> None:
    templates = [drawn(start).template for start in OPTIONS]
    assert all(one is templates[0] for one in templates)
    assert len({repr(drawn(start).rows) for start in OPTIONS}) == len(OPTIONS)


@pytest.mark.parametrize("start", OPTIONS)
def test_the_table_has_a_row_for_each_door_and_says_what_the_map_says(start: str) -> None:
    table = door_map.door_table(PROBLEM, found(start))
    alternative = door_map.alt_doors(PROBLEM, found(start)).replace("\u00a0", " ")
    rows = [row for row in drawn(start).rows if row["kind"] == "door"]
    assert list(table["To"]) == [row["name"] for row in rows]
    for to, opening, months, row in zip(table["To"], table["Open"], table["Months"], rows, strict=True):
        said = row["said"].replace("\n", " ").replace("\u00a0", " ")
        assert to in alternative
        assert months in said
        assert said.startswith(opening.split(":")[0])
        assert said in alternative


def test_the_map_of_the_page_follows_the_option_and_the_school_that_were_chosen() -> None:
    state = moved({"do": "go", "step": "doors"}, {"do": "stand", "option": "established_mat"})
    assert "From joining an established multi-academy trust, 3 of 6 doors" in read(state, "doors").text
    assert rows_behind(page(state, "doors").charts["doors"])[0]["name"].startswith("Join an")
    academy = moved({"do": "school", "value": "Secondary F"}, {"do": "stand", "option": "federation"}, state=state)
    assert page(academy, "doors").charts == {}
    assert "An academy cannot federate" in read(academy, "doors").text


def test_the_map_is_drawn_otherwise_for_a_narrow_screen() -> None:
    narrow = moved({"do": "width", "narrow": True}, {"do": "go", "step": "doors"})
    assert page(narrow, "doors").charts["doors"]["width"] == 280


def test_the_report_draws_the_doors_of_the_options_in_front_with_their_table_and_for_whom() -> None:
    ranked, withheld = RUNS["ranked"](), RUNS["withheld"]()
    assert door_parts.maps(withheld.case, withheld.appraisal, withheld.knowledge) == []
    blocks = door_parts.maps(ranked.case, ranked.appraisal, ranked.knowledge)
    front = words.level_with_leader(ranked.appraisal)[: door_parts.MOST_MAPS]
    figures = [block for block in blocks if isinstance(block, Figure)]
    assert [figure.title for figure in figures] == [door_map.finding(ranked.appraisal.problem, found(key)) for key in front]
    for at, figure in enumerate(figures):
        table, note = blocks[2 + 3 * at : 4 + 3 * at]
        assert isinstance(table, Table)
        assert len(table.rows) == len(OPTIONS) - 1
        assert note.text.startswith("Drawn for Infant A, a community school; doors differ from category to category.")
        assert "<svg" in figure.svg()
