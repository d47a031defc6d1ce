"""The pages on which a facilitator enters what meetings and classes said, and sees all channels side by side."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from partnership_model.display import phrases
from partnership_model.display.consultation.case_texts import CaseTexts
from partnership_model.display.consultation.channel_words import channel_lines, repeat_lines, voucher_lines
from partnership_model.display.consultation.class_words import hands_table, hands_withheld
from partnership_model.display.consultation.facilitated import facilitated
from partnership_model.display.consultation.form_page import PAGES
from partnership_model.display.consultation.paper_ballot import paper_style
from partnership_model.knowledge.consultation.class_sheets import FEWEST_LEARNERS, HANDS
from partnership_model.knowledge.consultation.form_words import ENGLISH, form_words
from partnership_model.knowledge.schema import plain_day

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Protocol

    from partnership_model.analysis.consultation.channels import Channels
    from partnership_model.display.consultation.channel_words import Run
    from partnership_model.knowledge.consultation.class_sheets import ClassSheet
    from partnership_model.knowledge.consultation.meetings import Meeting
    from partnership_model.knowledge.consultation.question_set import QuestionSet
    from partnership_model.knowledge.consultation.recorded_apart import RecordedClasses

    class KeptMeeting(Protocol):
        """A meeting that is in."""

        id: str
        meeting: Meeting

    class KeptSheet(Protocol):
        """A sheet that is in."""

        id: str
        sheet: ClassSheet


KINDS = {
    "meeting": "A meeting of parents or neighbours",
    "staff_meeting": "A meeting with staff",
    "union": "A meeting with a union",
    "letters": "Letters and e-mails",
    "other": "Something else",
}
UNITS = {"people": "people", "letters": "letters", "organisations": "organisations"}
HAND_WORDS = dict(zip(HANDS, ("Yes", "Not sure", "No"), strict=True))


@cache
def print_policy() -> str:
    """Let a page to print have its own style and nothing else."""
    style = base64.b64encode(hashlib.sha256(paper_style().encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{style}'; img-src data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"


@dataclass(frozen=True)
class Entry:
    """What stands in a form of these pages.

    Attributes:
        xsrf: what proves that the form is ours.
        typed: what was typed.
        faults: what is wrong with it, by field.
        taken_back: whether it was taken out just now, to be mended.
        closed: whether nothing is entered any more.
    """

    xsrf: str
    typed: Mapping[str, str]
    faults: Mapping[str, str]
    taken_back: bool
    closed: bool


def meetings_page(questions: QuestionSet, found: Sequence[KeptMeeting], entry: Entry) -> str:
    """Write the page of meetings and letters."""
    rows = [{"id": one.id, "said": one.meeting, "day": plain_day(one.meeting.held), "kind": KINDS[one.meeting.kind]} for one in found]
    about = {"kinds": KINDS, "units": UNITS, **vars(entry)}
    return facilitated("meetings", "Meetings and letters", "/consultation/meetings", questions, rows=rows, **about)


def sheets_page(questions: QuestionSet, found: Sequence[KeptSheet], together: Sequence[RecordedClasses], entry: Entry) -> str:
    """Write the page of class sheets: which are in, and what is shown of all of them, but no hands of one class."""
    learners = sum(one.sheet.learners for one in found)
    title = f"{len(found)} sheet{'' if len(found) == 1 else 's'} of {learners} learners" if found else "Classes and school councils"
    rows = [{"id": one.id, "sheet": one.sheet, "holds": _holds(questions, one.sheet)} for one in found]
    shown = [
        {
            "name": one.group,
            "hands": hands_table(one.questions),
            "held": hands_withheld(one.questions),
            "said": [asked for asked in one.questions if asked.said],
        }
        for one in together
    ]
    about = {"hands": HAND_WORDS, "fewest": FEWEST_LEARNERS, "shown": shown, **vars(entry)}
    return facilitated("sheets", title, "/consultation/sheets", questions, rows=rows, **about)


def _holds(questions: QuestionSet, sheet: ClassSheet) -> str:
    """Say how much of a sheet is filled in, without a hand of it."""
    answered = [(one.answer, answer) for one, answer in zip(questions.learner_questions, sheet.answers, strict=False) if answer]
    hands, lines = sum(kind == "hands" for kind, _ in answered), sum(len(answer) for kind, answer in answered if kind == "words")
    counted = [f"hands for {phrases.counted(hands, 'question')}"] if hands else []
    return phrases.listed([*counted, *([phrases.counted(lines, "line")] if lines else [])])


def printed_sheet(questions: QuestionSet) -> str:
    """Write the sheet that an adult takes into a class."""
    style = Markup(paper_style())  # noqa: S704 - our own file
    words = form_words(ENGLISH)
    about: dict[str, Any] = {"hands": HAND_WORDS, "fewest": FEWEST_LEARNERS, "own": CaseTexts(questions, ENGLISH), "say": words.say}
    return PAGES.get_template("consultation/class_sheet.html.j2").render(questions=questions, style=style, **about)


# Whoever types ballots of paper could else try out guesses of somebody's ballot, and see the number of repeats move.
NOT_YET = "How many may have answered twice is estimated once the consultation is closed."


def channels_page(  # noqa: PLR0913 - every channel there is
    questions: QuestionSet,
    found: Channels,
    *,
    meetings: Sequence[KeptMeeting],
    sheets: Sequence[KeptSheet],
    runs: Sequence[Run],
    used: int,
    closed: bool,
) -> str:
    """Write the page that puts all channels side by side; who may have answered twice is estimated once the consultation is closed."""
    unread = [(form_words(code).language, form_words(code).unchecked) for code in questions.languages]
    return facilitated(
        "channels",
        f"{sum(found.answered.values())} ballots by {len(found.answered)} channel{'' if len(found.answered) == 1 else 's'}",
        "/consultation/channels",
        questions,
        rows=channel_lines(found, [one.meeting for one in meetings], [one.sheet for one in sheets]),
        repeats=repeat_lines(found, questions.once) if closed else [NOT_YET],
        vouchers=voucher_lines(runs, used, questions),
        unread=[(language, says) for language, says in unread if says],
    )
