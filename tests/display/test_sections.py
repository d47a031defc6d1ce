"""The sections of an appraisal: in the order in which people ask, nothing put in order too early, and what is missing said."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from partnership_model.display import words
from partnership_model.display.blocks import Bullets, Figure, Heading, Paragraph, Stamp, Table, html
from partnership_model.display.door_parts import MOST_MAPS
from partnership_model.display.how_sure import report_parts
from tests.display.section_reading import ANCHORS, CLAIMS, EACH, FIRSTS, NOT_RANKED, hostile, own_words, table, tables_of, text_of
from tests.display.test_blocks import ALLOWED, HOSTILE, harmless, squeezed
from tests.display.test_notebook import (
    SECTIONS,
    blocks_of,
    ember,
)

if TYPE_CHECKING:
    from partnership_model.display.notebook import AppraisalRun


# The order of the sections


@EACH
def test_sections_stand_in_the_order_in_which_people_ask_with_the_summary_before_everything(
    runs: dict[str, AppraisalRun], state: str
) -> None:
    blocks = blocks_of(runs[state])
    assert [block.anchor for block in blocks if isinstance(block, Heading) and block.anchor] == ANCHORS
    before = blocks[: next(place for place, block in enumerate(blocks) if getattr(block, "anchor", "") == "summary")]
    assert [type(block) for block in before] == [Heading, Stamp, Stamp, Stamp, Paragraph]


@EACH
def test_there_is_one_title_and_no_level_of_heading_is_left_out(runs: dict[str, AppraisalRun], state: str) -> None:
    levels = [block.level for block in blocks_of(runs[state]) if isinstance(block, Heading)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(below <= above + 1 for above, below in pairwise(levels))
    assert all(block.text.strip() for block in blocks_of(runs[state]) if isinstance(block, Heading))


@EACH
def test_every_chart_stands_before_a_table_with_the_same_numbers(runs: dict[str, AppraisalRun], state: str) -> None:
    blocks = blocks_of(runs[state])
    charts = [place for place, block in enumerate(blocks) if isinstance(block, Figure)]
    in_parts = sum(len(one.figures) for annex in (False, True) for one in report_parts(runs[state].appraisal, annex=annex))
    assert len(charts) == {"ranked": 7 + MOST_MAPS + in_parts, "withheld": 1}.get(state, 0)
    assert all(isinstance(blocks[place + 1], Table) for place in charts)
    assert all(block.alternative and block.title for block in blocks if isinstance(block, Figure))


@EACH
def test_every_table_has_a_caption_of_its_own_and_rows(runs: dict[str, AppraisalRun], state: str) -> None:
    found = tables_of(blocks_of(runs[state]))
    captions = [one.caption for one in found]
    assert all(caption.strip() for caption in captions)
    assert len(set(captions)) == len(captions)
    assert all(one.columns[0] for one in found)


@EACH
def test_every_section_becomes_html_that_is_closed_properly(runs: dict[str, AppraisalRun], state: str) -> None:
    for name in SECTIONS:
        harmless(html(blocks_of(runs[state], name)), ALLOWED)


# Stamps


def test_an_illustrative_case_and_an_undecided_one_are_stamped() -> None:
    stamps = [block.text for block in ember().summary().blocks if isinstance(block, Stamp)]
    assert stamps == [words.EDITION["governors"], "illustrative", "Consulting: nothing is decided"]
    assert "The schools (invented)" in [one.caption for one in tables_of(blocks_of(ember(), "why"))]


def test_a_real_case_is_not_stamped_illustrative() -> None:
    run = ember(illustrative=False, illustrative_note=None, status="emerging")
    blocks = run.summary().blocks
    assert [block.text for block in blocks if isinstance(block, Stamp)] == [
        words.EDITION["governors"],
        "Emerging preferred option: not decided",
    ]
    assert [type(block) for block in blocks[:4]] == [Heading, Stamp, Stamp, Heading]
    assert "The schools" in [one.caption for one in tables_of(blocks_of(run, "why"))]


# What is withheld


@NOT_RANKED
def test_the_words_first_and_ranking_are_withheld_in_every_section(runs: dict[str, AppraisalRun], state: str) -> None:
    run = runs[state]
    for name in SECTIONS:
        text = own_words(text_of(blocks_of(run, name)), run)
        assert FIRSTS.findall(text) == [], name
        assert CLAIMS.findall(text) == [], name


def test_both_are_said_once_the_group_has_looked(runs: dict[str, AppraisalRun]) -> None:
    """The test above can fail."""
    run = runs["ranked"]
    said = {name: own_words(text_of(blocks_of(run, name)), run) for name in SECTIONS}
    assert {name for name, text in said.items() if FIRSTS.search(text)} >= {"summary", "how_sure"}
    assert {name for name, text in said.items() if CLAIMS.search(text)} >= {"summary", "how_sure"}


def test_while_a_decisive_cell_is_unconfirmed_the_cells_are_listed_and_ranges_shown(runs: dict[str, AppraisalRun]) -> None:
    run = runs["withheld"]
    blocks = blocks_of(run, "how_sure")
    listed = next(block for block in blocks if isinstance(block, Bullets)).items
    problem = run.appraisal.problem
    assert list(listed) == [
        f"{problem.option(one.option).label}: {problem.criteria[one.criterion].label.lower()}" for one in run.appraisal.to_confirm
    ]
    assert len(listed) == len(run.appraisal.to_confirm) > 0
    assert Paragraph(f"{words.headline(run.appraisal)}:", "missing") in blocks
    order = [row[0] for row in table(blocks, "Overall values").rows]
    assert order == [option.label for option in problem.ranked_options]
    assert all(re.fullmatch(r"\d+ to \d+", str(row[1])) for row in table(blocks, "Overall values").rows)
    everything = blocks_of(run)
    (drawn,) = [block.alternative for block in everything if isinstance(block, Figure)]
    assert "likely" not in drawn
    assert not any(one.caption.startswith("Points") for one in tables_of(everything))


def test_before_anybody_has_weighed_there_are_no_numbers_but_facts_must_haves_and_closed_options(runs: dict[str, AppraisalRun]) -> None:
    run = runs["unweighed"]
    captions = [one.caption for one in tables_of(blocks_of(run))]
    assert not any(caption.startswith(("Overall", "Points", "How often", "What would change")) for caption in captions)
    assert any(caption.startswith("Which options are open") for caption in captions)
    assert Paragraph("Nobody has weighed yet.", "missing") in blocks_of(run, "what_matters")
    assert "Nobody has weighed yet, so nothing is put in order" in text_of(blocks_of(run, "summary"))
    assert "How the weights were taken: the case does not give this. Fill in `weights`." in text_of(blocks_of(run, "annex"))


def test_before_anybody_has_weighed_dominated_options_are_named(runs: dict[str, AppraisalRun]) -> None:
    run = runs["unweighed"]
    said = text_of(blocks_of(run, "what_follows"))
    assert run.appraisal.dominated
    assert all(sentence in said for sentence in words.dominated(run.appraisal))


@EACH
@pytest.mark.parametrize("section", ["summary", "how_sure"])
def test_how_many_judgements_nobody_has_looked_at_is_always_said(runs: dict[str, AppraisalRun], state: str, section: str) -> None:
    run = runs[state]
    assert words.unconfirmed(run.appraisal.problem) in text_of(blocks_of(run, section))


# Whatever the words are


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_of_a_case_or_of_the_knowledge_base_breaks_out_of_a_report(text: str) -> None:
    run = hostile(text)
    for name in SECTIONS:
        blocks = blocks_of(run, name)
        reader = harmless(html(blocks, dict.fromkeys(range(len(blocks)), "<svg></svg>")), ALLOWED)
        if name != "how_sure":
            assert squeezed(text) in reader.text, name
        assert all(link["href"].startswith(("http://", "https://")) for link in reader.of("a"))
