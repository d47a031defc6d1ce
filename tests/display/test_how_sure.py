"""The parts of "How sure" are the same on the page and in the report, and none is there while the order is withheld."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from partnership_model.display import how_sure
from partnership_model.display.blocks import Bullets, Figure, Heading, Paragraph, Table
from tests.display.exploring import moved
from tests.display.page_reading import NOT_RANKED, STATES, found_in, page, read, text_of
from tests.display.test_notebook import blocks_of

if TYPE_CHECKING:
    from partnership_model.display.notebook import AppraisalRun

HEADINGS = {
    "sweep": "As one weight moves, or two together",
    "judgement_changes": "What would need to be true for another option to come first",
    "weights_moved": "If several weights moved together",
    "under_each_set": "If other ways of weighing counted",
    "information": "What to find out next",
    "uncertainty": "More weighing or more evidence?",
    "potential": "Could it come first at all, with other weights?",
    "left_out": "If something were left out",
    "robustness": "How each option fares over all these ways of weighing",
    "without_chance": "With the likely figures, over every possible weighting",
}
ORDER = tuple(HEADINGS)
ANNEX = ("potential", "robustness", "without_chance")
EACH_PART = pytest.mark.parametrize("key", HEADINGS)


def part(key: str) -> how_sure.Part:
    """Give one part of the ranked state."""
    return next(one for one in everything() if one.key == key)


def everything() -> list[how_sure.Part]:
    """Give what the report shows, in its section and in its annex."""
    found = found_in(STATES["ranked"])
    return [*how_sure.report_parts(found, annex=False), *how_sure.report_parts(found, annex=True)]


def test_the_parts_stand_in_the_order_in_which_people_ask() -> None:
    assert {one.key: one.heading for one in everything()} == HEADINGS
    on_page = [one.key for one in how_sure.parts(found_in(STATES["ranked"]))]
    assert on_page == [key for key in ORDER if key != "sweep"]
    assert [one.key for one in everything()] == [key for key in ORDER if key not in ANNEX] + list(ANNEX)


@EACH_PART
def test_a_part_begins_with_its_heading_says_something_and_ends_with_what_it_is_not(key: str) -> None:
    blocks = part(key).blocks
    assert isinstance(blocks[0], Heading)
    assert blocks[0].level == 3
    assert isinstance(blocks[1], Bullets | Paragraph)
    assert isinstance(blocks[-1], Paragraph)
    assert blocks[-1].style == "note"
    assert any(isinstance(block, Table) and block.rows for block in blocks)


@EACH_PART
def test_a_chart_states_its_finding_has_a_text_alternative_and_a_table_as_its_twin(key: str) -> None:
    blocks = part(key).blocks
    for place, block in enumerate(blocks):
        if isinstance(block, Figure):
            assert len(block.title.split()) > 3
            assert len(block.alternative.split()) > 8
            assert any(isinstance(other, Table) for other in blocks[place:])


@EACH_PART
def test_report_and_dashboard_show_the_same_sentences_rows_and_charts(runs: dict[str, AppraisalRun], key: str) -> None:
    in_report = blocks_of(runs["ranked"], "annex" if key in ANNEX else "how_sure")
    reader = read(STATES["ranked"], "how_sure")
    drawn = page(STATES["ranked"], "how_sure").charts
    one = part(key)
    assert all(block in in_report for block in one.blocks)
    assert one.heading in reader.texts("p", "span")
    assert (one.finding or one.figures["sweep-1"].title) in reader.texts("h2")
    for block in one.blocks:
        if isinstance(block, Bullets):
            assert all(sentence in reader.text for sentence in block.items)
        if isinstance(block, Table):
            assert [tuple(row) for row in reader.rows(block.caption)[1:]] == [tuple(map(str, row)) for row in block.rows]
    if key == "sweep":  # the page's card has charts of its own
        return
    for name, figure in one.figures.items():
        assert drawn[name] == figure.spec
        assert figure.alternative in [about.get("aria-label") for about in reader.of("div")]


def test_a_phone_gets_its_own_charts() -> None:
    wide = page(STATES["ranked"], "how_sure").charts
    narrow = page(moved({"do": "width", "narrow": True}, state=STATES["ranked"]), "how_sure").charts
    assert wide.keys() == narrow.keys()
    assert all(wide[name] != narrow[name] for name in wide)


@pytest.mark.parametrize("state", [*NOT_RANKED, "one left"])
def test_none_is_shown_while_the_order_is_withheld_or_one_option_is_left(state: str) -> None:
    assert how_sure.parts(found_in(STATES[state])) == ()
    assert not any(title in text_of(STATES[state], "how_sure") for title in HEADINGS.values())


def test_none_is_in_the_report_while_the_order_is_withheld(runs: dict[str, AppraisalRun]) -> None:
    for state, run in runs.items():
        titles = [getattr(block, "text", "") for block in blocks_of(run, "how_sure", "annex")]
        assert any(title in titles for title in HEADINGS.values()) == (state == "ranked"), state
