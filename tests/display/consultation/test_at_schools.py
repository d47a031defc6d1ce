"""What matters at each school: its table, its finding, and the schools of which nothing is shown."""

from __future__ import annotations

from partnership_model.display.blocks import Heading, Paragraph, Table
from partnership_model.display.consultation.at_schools import at_each_school
from partnership_model.knowledge.consultation.plan import ConsultedGroup
from tests.consultation_making import order
from tests.display.consultation.test_section import results, said

SCHOOLS = ("Infant A", "Junior B")


def test_each_school_has_its_weights_who_is_counted_and_how_many() -> None:
    heading, table, note = at_each_school(results(said()[:30]))
    assert isinstance(heading, Heading)
    assert heading.text == "What matters most at Infant A (staff): A; at Junior B (parents): D"
    assert isinstance(table, Table)
    assert table.columns == ("Criterion", *SCHOOLS)
    assert table.rows[:2] == (("Groups counted", "Staff", "Parents"), ("Answers", "10", "20"))
    # Ten put a, b, c, d in that order: by the rank order centroid 25/48, 13/48, 7/48 and 3/48 of 100.
    weights = {row[0]: row[1] for row in table.rows[2:]}
    assert weights == {"A": "52 (52 to 52)", "B": "27 (27 to 27)", "C": "15 (15 to 15)", "D": "6 (6 to 6)"}
    assert isinstance(note, Paragraph)
    assert "not all answers" in note.text


def test_a_group_of_four_at_a_school_is_not_in_its_weights() -> None:
    four = [order("d", "c", "b", "a", group="Parents", school="Infant A") for _ in range(4)]
    found = results([*said(), *four]).by_school["Infant A"]
    assert found.groups == ("Staff",)
    assert found.said.counted == 10


def test_a_school_that_is_not_shown_is_named_and_one_school_alone_has_no_table() -> None:
    blocks = at_each_school(results(said()[:10]))
    assert any(isinstance(one, Paragraph) and one.text.endswith("worked out: Junior B.") for one in blocks)
    nobody = at_each_school(results([order("a", "b", school=school) for school in SCHOOLS for _ in range(4)]))
    assert isinstance(nobody[1], Paragraph)
    assert nobody[1].text.startswith("Of no school can it be shown")
    alone = (ConsultedGroup.model_validate({"group": "Staff", "invited": {"Infant A": 20}}),)
    assert at_each_school(results(said()[:10], schools=("Infant A",), groups=alone)) == []
