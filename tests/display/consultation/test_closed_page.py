"""What stands on the wall once a consultation is closed: the figures of its record, as the page of results has them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from partnership_model.analysis.consultation.recording import results_again
from partnership_model.display.blocks import Table
from partnership_model.display.consultation.closed_page import closed_html
from partnership_model.display.consultation.section import consultation_section
from partnership_model.knowledge.consultation.record_file import read_record
from tests.consulting import EXAMPLE

if TYPE_CHECKING:
    from partnership_model.knowledge.consultation.record import ConsultationRecord


@pytest.fixture(scope="module")
def record() -> ConsultationRecord:
    return read_record((EXAMPLE / "consultation.json").read_text(encoding="utf-8"))


def test_the_wall_has_the_weights_of_the_page_of_results_in_its_order(record: ConsultationRecord) -> None:
    page = closed_html(record)
    blocks = consultation_section(results_again(record))
    table = next(one for one in blocks if isinstance(one, Table) and one.caption.startswith("What matters to whom"))
    told = [f"{weight} {bounds}" for weight, bounds in re.findall(r'class="place">(\d+)<.*?"hint">(\([^)]*\))<', page, re.DOTALL)]
    assert told == [cell for row in table.rows for cell in row[1:]]
    assert re.findall(r'th scope="row">([^<]*)<', page) == [row[0] for row in table.rows]


def test_the_wall_names_those_of_whom_nothing_is_shown(record: ConsultationRecord) -> None:
    assert "Neighbours: fewer than five answered." in closed_html(record)


def test_a_consultation_that_nobody_answered_says_so(record: ConsultationRecord) -> None:
    nobody = record.response.everybody.model_copy(update={"answered": None})
    response = record.response.model_copy(update={"everybody": nobody})
    page = closed_html(record.model_copy(update={"response": response, "by_group": {}, "together": None}))
    assert "Fewer than five people answered, so nothing of what they said is shown." in page
    assert "<table" not in page
