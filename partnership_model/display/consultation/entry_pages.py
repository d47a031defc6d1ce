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
from partnership_model.display.consultation.channel_words import FEWER, PUT_TOGETHER, channel_lines, voucher_lines
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

    from partnership_model.display.consultation.channel_words import Classes, Run, Told
    from partnership_model.knowledge.consultation.ballots import Channel
    from partnership_model.knowledge.consultation.class_sheets import ClassSheet
    from partnership_model.knowledge.consultation.question_set import QuestionSet
    from partnership_model.knowledge.consultation.recorded_apart import RecordedClasses

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
        taken_back: whether it was taken out just now, to be mended; `taken_out` whether one was that is not shown.
        closed: whether nothing is entered any more.
        last: which was entered last, and may come back with what it says.
    """

    xsrf: str
    typed: Mapping[str, str]
    faults: Mapping[str, str]
    taken_back: bool
    closed: bool
    taken_out: bool = False
    last: str = ""


def meetings_page(questions: QuestionSet, found: Sequence[tuple[str, Told]], entry: Entry) -> str:
    """Write the page of meetings and letters, each with the id by which it is taken back; of a record none has one."""
    rows = [
        {"id": name, "said": said, "day": plain_day(said.held) if said.held else "several days", "kind": KINDS[said.kind]}
        for name, said in found
    ]
    about = {"kinds": KINDS, "units": UNITS, "put_together": PUT_TOGETHER, "few": FEWER, **vars(entry)}
    return facilitated("meetings", "Meetings and letters", "/consultation/meetings", questions, rows=rows, **about)


def sheets_page(questions: QuestionSet, found: Sequence[KeptSheet], together: Sequence[RecordedClasses], entry: Entry) -> str:
    """Write the page of class sheets: which are in, and once the consultation is closed what the record says of all of them.

    While sheets still come, what all of them say together would differ before and after one of them by that one.
    """
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


NOT_YET = "How many may have answered twice is said once the consultation is closed."


@dataclass(frozen=True)
class AllChannels:
    """What stands on the page of all channels.

    Attributes:
        ballots: how many in all; None for fewer than five of a consultation that is closed.
        answered: how many by each channel; None for so few that they are not shown.
        told: meetings and letters.
        classes: how many sheets of how many learners.
        twice: how many may have answered twice.
        runs: the printings of codes; `used` how many of these were used, None where that is not shown.
    """

    ballots: int | None
    answered: Mapping[Channel, int | None]
    told: Sequence[Told]
    classes: Classes
    twice: Sequence[str]
    runs: Sequence[Run]
    used: int | None


def channels_page(questions: QuestionSet, found: AllChannels) -> str:
    """Write the page that puts all channels side by side."""
    unread = [(form_words(code).language, form_words(code).unchecked) for code in questions.languages]
    ballots = "Fewer than five ballots" if found.ballots is None else phrases.counted(found.ballots, "ballot")
    return facilitated(
        "channels",
        f"{ballots} by {phrases.counted(len(found.answered), 'channel')}" if found.answered else ballots,
        "/consultation/channels",
        questions,
        rows=channel_lines(found.answered, found.told, found.classes),
        repeats=found.twice,
        vouchers=voucher_lines(found.runs, found.used, questions),
        unread=[(language, says) for language, says in unread if says],
    )
