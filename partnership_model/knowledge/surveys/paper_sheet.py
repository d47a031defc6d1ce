"""The sheet on which ballots of paper are typed, one row a ballot: its headings, and the mapping by which it is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partnership_model.knowledge.consultation.ballots import SUPPORTS
from partnership_model.knowledge.surveys.headings import plain
from partnership_model.knowledge.surveys.mapping import VERSION, Mapping, Order, SupportColumns, Who
from partnership_model.knowledge.surveys.tools import BALLOT_NUMBER

if TYPE_CHECKING:
    from partnership_model.knowledge.consultation.question_set import QuestionSet

GROUP, SCHOOL, COMMENT = "Group", "School", "Comment"


def support_words() -> tuple[str, ...]:
    """Give the five answers as they are written on paper."""
    return tuple(level.replace("_", " ") for level in SUPPORTS)


def paper_mapping(questions: QuestionSet) -> Mapping:
    """Say which column of the sheet answers what; the criteria stand in the order of the paper."""
    points = {one.key: plain(f"Points: {one.label}") for one in questions.criteria} if "points" in questions.also else {}
    support = {one.key: plain(f"For or against: {one.label}") for one in questions.options} if "support" in questions.also else {}
    return Mapping(
        version=VERSION,
        tool="paper",
        group=Who(column=GROUP),
        school=Who(column=SCHOOL) if questions.schools else None,
        order=Order(item_columns={one.key: plain(f"Place: {one.label}") for one in questions.criteria}),
        points=points,
        support=SupportColumns(columns=support) if support else None,
        comment=(COMMENT,) if "comment" in questions.also else (),
        respondent=(BALLOT_NUMBER,),
    )


def paper_headings(questions: QuestionSet) -> tuple[str, ...]:
    """Give the headings of the sheet, from left to right."""
    mapping = paper_mapping(questions)
    answers = [name for place, name in mapping.columns() if place[0] != "respondent"]
    return (*mapping.respondent, *answers)
