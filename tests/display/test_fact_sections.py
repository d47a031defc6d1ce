"""The sections that state facts: each answer with its mark and source, what changes for whom, research that sets no score."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from partnership_model.display import fact_sections
from partnership_model.display.blocks import Bullets, Heading, Paragraph
from tests.display.section_reading import table, tables_of, text_of
from tests.display.test_notebook import (
    BASE,
    MARKED,
    blocks_of,
    ember,
)

if TYPE_CHECKING:
    from partnership_model.display.notebook import AppraisalRun


def test_every_number_that_a_fact_cites_stands_in_the_list_of_sources(runs: dict[str, AppraisalRun]) -> None:
    run = runs["ranked"]
    listed = next(block for block in blocks_of(run, "annex") if isinstance(block, Bullets) and block.ordered)
    cited: set[int] = set()
    for one in tables_of(blocks_of(run, "facts")):
        for row in one.rows:
            cited |= {int(number) for group in re.findall(r"\(([\d, ]+)\)", str(row[-1])) for number in group.split(", ")}
    assert cited == set(range(1, len(listed.items) + 1))
    assert listed.linked


def test_a_source_says_where_when_it_was_read_and_whether_its_text_is_later(runs: dict[str, AppraisalRun]) -> None:
    listed = next(block for block in blocks_of(runs["ranked"], "annex") if isinstance(block, Bullets) and block.ordered).items
    assert all("; read on " in one or "; not read" in one for one in listed)
    assert any(", which is later than the day asked about" in one for one in listed)
    assert any("https://www.legislation.gov.uk/" in one for one in listed)


def test_every_first_question_is_answered_for_every_option_with_a_mark(runs: dict[str, AppraisalRun]) -> None:
    run = runs["ranked"]
    questions = fact_sections.first_questions(run.knowledge)
    assert len(questions) > 5
    assert fact_sections.POLICY_FIT not in questions
    for name in (*questions, fact_sections.POLICY_FIT):
        found = table(blocks_of(run, "facts"), BASE.attributes[name].question)
        assert {row[0] for row in found.rows} == {option.label for option in run.appraisal.problem.options}
        assert all(MARKED.fullmatch(str(row[-1])) for row in found.rows)


def test_what_the_schools_own_paper_claims_is_kept_apart_from_the_facts(runs: dict[str, AppraisalRun]) -> None:
    blocks = blocks_of(runs["ranked"], "facts")
    assert Heading("What the schools' own paper claims", 3) in blocks
    assert Paragraph("These are claims of the paper. Where the law says otherwise, the tables above win.", "note") in blocks
    assert "claims" not in text_of(blocks_of(ember(claims=()), "facts"))
