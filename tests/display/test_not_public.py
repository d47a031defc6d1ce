"""A public edition says once what is not in it, and never whether the case has it."""

from __future__ import annotations

import pytest

from partnership_model.analysis.appraisal import SEED
from partnership_model.display.blocks import Block, Bullets, Heading, Paragraph
from partnership_model.display.not_public import NOTHING, said_once
from partnership_model.display.notebook import AppraisalRun
from partnership_model.knowledge.editions import public_edition
from tests.display.section_reading import table, text_of
from tests.display.test_notebook import BASE, DAY, EMBER, SECTIONS, blocks_of, ember

TITLE, PART, OTHER = Heading("A section", 2, "a"), Heading("A part", 3), Heading("Another part", 3)
EMPTY, SAID = Paragraph(NOTHING, "missing"), Paragraph("Something.")


@pytest.mark.parametrize(
    ("blocks", "kept"),
    [
        ([TITLE, PART, EMPTY, EMPTY, OTHER, SAID], [TITLE, OTHER, SAID]),
        ([TITLE, PART, EMPTY, SAID], [TITLE, PART, SAID]),
        ([TITLE, PART, EMPTY], [TITLE]),
        ([TITLE, EMPTY, PART, SAID], [TITLE, PART, SAID]),
        ([TITLE, SAID], [TITLE, SAID]),
    ],
)
def test_what_says_only_that_nothing_is_public_goes_with_its_heading(blocks: list[Block], kept: list[Block]) -> None:
    assert said_once(blocks) == kept


def test_a_public_report_names_all_that_is_not_public_in_one_sentence() -> None:
    run = AppraisalRun(public_edition(EMBER), BASE.on(DAY), 1, SEED)
    said = {name: text_of(blocks_of(run, name)) for name in SECTIONS}
    assert {name for name, text in said.items() if NOTHING in text} == {"what_next"}, "where a recommendation would stand"
    lists = [one for one in blocks_of(run, "annex") if isinstance(one, Bullets)]
    (named,) = [item for one in lists for item in one.items if item.startswith("Nothing on these is in the public edition of the case: ")]
    for part in ("Who took part, and in which role", "The log of decisions, with their days", "What the answers changed"):
        assert f"{part};" in named
    assert "What the group recommends: nothing on this is in the public edition of the case." in said["summary"]


def test_the_governors_report_says_at_each_place_what_the_case_lacks() -> None:
    said = "".join(text_of(blocks_of(ember(), name)) for name in SECTIONS)
    assert NOTHING not in said
    assert "The case does not say who took part." in said


def test_the_twenty_items_stand_in_a_row_each() -> None:
    found = table(blocks_of(ember(), "annex"), "The twenty items of a full appraisal")
    assert found.columns == ("Item", "Given, and where", "Missing")
    assert [str(row[0]).partition(".")[0] for row in found.rows] == [str(number) for number in range(1, 21)]
    assert all(str(cell).strip() for row in found.rows for cell in row)
    first = found.rows[0]
    assert first[1:] == ("The decision asked; Who decides; The status of the decision: “Summary”", "By when it is to be decided")
