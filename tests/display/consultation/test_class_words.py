"""The page of class sheets and the report say the same of hands: together, or why not."""

from __future__ import annotations

from dataclasses import dataclass

from partnership_model.analysis.consultation.apart import recorded_classes
from partnership_model.display.consultation.class_words import hands_table, hands_withheld
from partnership_model.display.consultation.entry_pages import Entry, sheets_page
from partnership_model.knowledge.consultation.class_sheets import ClassSheet
from tests.delivery.consultation.hall_serving import questions

ALONE = ClassSheet("Learners", "Infant A", 30, ((28, 0, 2), ("The pond",), ()))
THREE = [ClassSheet("Learners", "Infant A", 30, (hands, (), ())) for hands in ((13, 6, 11), (9, 8, 13), (10, 9, 11))]


@dataclass(frozen=True)
class Kept:
    """A sheet as the page takes it."""

    id: str
    sheet: ClassSheet


def test_of_one_class_no_hand_is_on_the_page_and_it_says_why() -> None:
    together = recorded_classes([ALONE], questions())
    assert hands_table(together[0].questions) == []
    assert "only of three classes or more" in hands_withheld(together[0].questions)
    page = sheets_page(questions(), [Kept("1", ALONE)], together, Entry("x", {}, {}, taken_back=False, closed=True))
    assert "It is in, with hands for 1 question and 1 line." in page
    assert "<li>The pond</li>" in page
    assert ">28<" not in page
    assert "Yes: 28" not in page


def test_while_sheets_still_come_the_last_alone_comes_back_with_its_answers() -> None:
    page = sheets_page(questions(), [Kept("1", ALONE), Kept("2", ALONE)], (), Entry("x", {}, {}, taken_back=False, closed=False, last="2"))
    assert page.count("Take it back, to mend it") == 1
    assert page.count("Take it out, without its answers being shown") == 1
    assert "shown once the consultation is closed" in page
    assert "The pond" not in page


def test_three_classes_are_shown_together() -> None:
    (together,) = recorded_classes(THREE, questions())
    (row,) = hands_table(together.questions)
    assert list(row.values())[1:] == ["32", "23", "35"]
    assert hands_withheld(together.questions) == ""
    page = sheets_page(questions(), [], [together], Entry("x", {}, {}, taken_back=False, closed=True))
    assert '<td data-label="Yes">32</td>' in page
    assert "<form" not in page
