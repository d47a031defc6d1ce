"""What matters at each school: its table, its finding, and the schools of which nothing is shown."""

from __future__ import annotations

from partnership_model.display.blocks import Heading, Paragraph, Table
from partnership_model.display.consultation.at_schools import at_each_school
from partnership_model.display.consultation.what_matters_parts import who_counts
from partnership_model.display.consultation.withheld_words import not_shown
from partnership_model.knowledge.consultation.plan import ConsultedGroup
from partnership_model.knowledge.consultation.record_file import read_record
from tests.consultation_making import order
from tests.consulting import EXAMPLE
from tests.display.consultation.test_section import results, said, texts

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
    assert "if no smaller number can be worked out with it" in note.text


def test_a_group_of_four_at_a_school_is_not_in_its_weights() -> None:
    four = [order("d", "c", "b", "a", group="Parents", school="Infant A") for _ in range(4)]
    found = results([*said(), *four]).by_school["Infant A"]
    assert found.groups == ("Staff",)
    assert found.said.counted == 10


def test_schools_with_different_groups_are_left_out_of_the_title_and_the_reason_is_said() -> None:
    blocks = who_counts(results(said()[:30]))
    assert isinstance(blocks[0], Heading)
    assert "school" not in blocks[0].text
    apart = "Schools cannot be compared in this, since different groups are counted there (Infant A: staff; Junior B: parents)."
    assert blocks[1] == Paragraph(apart)
    alike = [order(*("ab" if school == "Infant A" else "dc"), school=school) for school in SCHOOLS for _ in range(6)]
    title = who_counts(results(alike))[0]
    assert isinstance(title, Heading)
    assert "each school" in title.text
    assert [one for one in texts(who_counts(results(alike))) if "cannot be compared" in one] == []


def test_the_record_says_which_groups_are_left_out_at_which_school() -> None:
    record = read_record((EXAMPLE / "consultation.json").read_text(encoding="utf-8"))
    shown = not_shown(record)
    assert shown[: len(record.withheld)] == record.withheld
    for school in (one for one in record.response.schools if one.answered is not None):
        missing = [one.group for one in record.questions.adults if one.group not in school.counted]
        line = [one for one in shown if one.startswith(f"{school.name}: without ")]
        assert len(line) == bool(missing)
        assert all(name.lower() in line[0] for name in missing)
    assert any("without" in one for one in shown)


def test_a_school_that_is_not_shown_is_named_and_one_school_alone_has_no_table() -> None:
    blocks = at_each_school(results(said()[:10]))
    assert any(isinstance(one, Paragraph) and one.text.endswith("worked out: Junior B.") for one in blocks)
    nobody = at_each_school(results([order("a", "b", school=school) for school in SCHOOLS for _ in range(4)]))
    assert isinstance(nobody[1], Paragraph)
    assert nobody[1].text.startswith("Of no school can it be shown")
    alone = (ConsultedGroup.model_validate({"group": "Staff", "invited": {"Infant A": 20}}),)
    assert at_each_school(results(said()[:10], schools=("Infant A",), groups=alone)) == []
