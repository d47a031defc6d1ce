"""What somebody typed into a form that came too late, put so that it can be copied onto paper or into another form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from partnership_model.display.consultation.case_texts import CaseText, CaseTexts
from partnership_model.knowledge.consultation.ballots import PLACE, SHARE, SUPPORT, SUPPORTS
from partnership_model.knowledge.consultation.form_words import form_words
from partnership_model.knowledge.consultation.typed_text import clean_text, whole_number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from partnership_model.knowledge.consultation.question_set import QuestionSet


@dataclass(frozen=True)
class Said:
    """What was said to one question, as its form names it."""

    name: str
    lines: tuple[CaseText, ...]


def typed_back(questions: QuestionSet, language: str, typed: Mapping[str, str]) -> tuple[Said, ...]:
    """Give what was said, question by question; nothing where nothing was, whoever the person said they are."""
    cells = {name: clean_text(value) for name, value in typed.items()}
    say, own = form_words(language).say, CaseTexts(questions, language)
    group = next((one.group for one in questions.adults if one.group == cells.get("group")), "")
    school = next((one for one in questions.schools if one == cells.get("school")), "")
    answers = {
        say("order"): _placed(questions, own, cells),
        say("points"): _numbered(questions, own, cells),
        say("support"): tuple(
            CaseText(f"{own.label(one).says}: {say(cells[f'{SUPPORT}{one.key}'])}", own.label(one).mark)
            for one in questions.options
            if cells.get(f"{SUPPORT}{one.key}") in SUPPORTS
        ),
        say("comment"): tuple(CaseText(line) for line in cells.get("comment", "").split("\n") if line.strip()),
    }
    if not any(answers.values()):
        return ()
    who = {say("group"): (own.group(group),) if group else (), say("school"): (own.english(school),) if school else ()}
    return tuple(Said(name, lines) for name, lines in {**who, **answers}.items() if lines)


def _placed(questions: QuestionSet, own: CaseTexts, cells: Mapping[str, str]) -> tuple[CaseText, ...]:
    places = [(whole_number(cells.get(f"{PLACE}{one.key}", "")), own.label(one)) for one in questions.criteria]
    found = sorted(((place, label) for place, label in places if place > 0), key=lambda pair: pair[0])
    return tuple(CaseText(f"{place}: {label.says}", label.mark) for place, label in found)


def _numbered(questions: QuestionSet, own: CaseTexts, cells: Mapping[str, str]) -> tuple[CaseText, ...]:
    shares = [(whole_number(cells.get(f"{SHARE}{one.key}", "")), own.label(one)) for one in questions.criteria]
    return tuple(CaseText(f"{label.says}: {share}", label.mark) for share, label in shares if share > 0)
