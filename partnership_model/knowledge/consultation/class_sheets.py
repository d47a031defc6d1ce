"""What a class or a school council said, as an adult enters it: a sheet is no ballot, and is never counted with those of adults."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from partnership_model.knowledge.consultation.told_lines import CONFIRMED, UNCONFIRMED, line_faults, unconfirmed
from partnership_model.knowledge.consultation.typed_text import clean_text, lines_of, whole_number
from partnership_model.knowledge.schema import Strict, Text, parse
from partnership_model.knowledge.shipped import shipped
from partnership_model.knowledge.yaml_file import read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from partnership_model.knowledge.consultation.question_set import QuestionSet

FEWEST_LEARNERS = 5  # of a sheet, so that no child's hand can be told
MOST_LEARNERS = 2000
HANDS = ("yes", "not_sure", "no")
MOST_LINES, LONGEST_LINE = 12, 300
Answer = tuple[int, ...] | tuple[str, ...]  # hands for yes, not sure and no; or lines of what was said


class LearnerQuestion(Strict):
    """A question to a class: answered by hands that go up, or in words."""

    asks: Text
    answer: Literal["hands", "words"]


class _Usual(Strict):
    questions: tuple[LearnerQuestion, ...] = Field(min_length=1)


@dataclass(frozen=True)
class ClassSheet:
    """What one class or school council said.

    Attributes:
        group: the group of learners, as the question set names it.
        school: of the class; "" where the council is of several schools.
        learners: how many took part.
        answers: for each question in order, the hands for yes, not sure and no, or the lines of what was said; empty where nothing was.
    """

    group: str
    school: str
    learners: int
    answers: tuple[Answer, ...]

    @property
    def text(self) -> str:
        """Give the answers as text."""
        return json.dumps(self.answers, ensure_ascii=False)


def sheet_of(group: str, school: str, learners: int, text: str) -> ClassSheet:
    """Read what `text` wrote."""
    return ClassSheet(group, school, learners, tuple(tuple(one) for one in json.loads(text)))


def typed_of_sheet(sheet: ClassSheet, questions: QuestionSet) -> dict[str, str]:
    """Give the fields in which a sheet is typed, as they were; that nobody can be recognised has to be said again."""
    typed = {"group": sheet.group, "school": sheet.school, "learners": str(sheet.learners)}
    for at, (asked, answer) in enumerate(zip(questions.learner_questions, sheet.answers, strict=False)):
        if asked.answer == "words":
            typed[f"q{at}"] = "\n".join(map(str, answer))
        else:
            typed |= {f"q{at}.{name}": str(count) for name, count in zip(HANDS, answer, strict=False)}
    return typed


def usual_questions() -> tuple[LearnerQuestion, ...]:
    """Give the questions that ship."""
    return parse(_Usual, read_yaml(shipped("data", "learner_questions.yaml"))).questions


def read_sheet(typed: Mapping[str, str], questions: QuestionSet) -> tuple[ClassSheet | None, dict[str, str]]:
    """Hold what an adult typed against the questions: the sheet, or what is wrong by field."""
    cells = {name: clean_text(value) for name, value in typed.items()}
    faults = dict(_faults(cells, questions))
    if faults:
        return None, faults
    answers = tuple(_answer(cells, at, one) for at, one in enumerate(questions.learner_questions))
    if not any(answers):
        return None, {"q0": "Nothing is answered yet: count the hands, or write down what was said."}
    if unconfirmed(cells) and any(
        answer for answer, one in zip(answers, questions.learner_questions, strict=True) if one.answer == "words"
    ):
        return None, {CONFIRMED: UNCONFIRMED}
    return ClassSheet(cells["group"], cells.get("school", ""), whole_number(cells["learners"]), answers), {}


def _faults(cells: Mapping[str, str], questions: QuestionSet) -> Iterator[tuple[str, str]]:
    if cells.get("group") not in [one.group for one in questions.learners]:
        yield "group", "Choose the group of learners."
    if cells.get("school", "") not in ("", *questions.schools):
        yield "school", "Choose one of the schools, or that the council is of several."
    learners = whole_number(cells.get("learners", ""))
    if not FEWEST_LEARNERS <= learners <= MOST_LEARNERS:
        few = f"With fewer than {FEWEST_LEARNERS}, what one child thinks could be told: put two classes on one sheet."
        yield "learners", f"Give how many learners took part, from {FEWEST_LEARNERS} to {MOST_LEARNERS}. {few}"
    for at, one in enumerate(questions.learner_questions):
        if one.answer == "words":
            yield from _long(cells, at)
            continue
        hands = [whole_number(cells.get(f"q{at}.{name}", "") or "0") for name in HANDS]
        if min(hands) < 0:
            yield f"q{at}", "Give whole numbers of hands."
        elif learners >= 0 and sum(hands) > learners:
            yield f"q{at}", f"{sum(hands)} hands of {learners} learners: count again, or mend how many took part."


def _long(cells: Mapping[str, str], at: int) -> Iterator[tuple[str, str]]:
    lines = lines_of(cells.get(f"q{at}", ""))
    yield from line_faults(f"q{at}", lines)
    if len(lines) > MOST_LINES or any(len(line) > LONGEST_LINE for line in lines):
        yield f"q{at}", f"Write at most {MOST_LINES} lines of at most {LONGEST_LINE} letters each."


def _answer(cells: Mapping[str, str], at: int, question: LearnerQuestion) -> Answer:
    if question.answer == "words":
        return lines_of(cells.get(f"q{at}", ""))
    hands = tuple(whole_number(cells.get(f"q{at}.{name}", "") or "0") for name in HANDS)
    return hands if any(hands) else ()
