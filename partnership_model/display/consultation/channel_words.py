"""What is said of the channels of a consultation: each with its own number and unit, and what nobody can know of repeats."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from partnership_model.analysis.consultation.channels import channels_of
from partnership_model.display import phrases
from partnership_model.knowledge.schema import plain_day

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from partnership_model.knowledge.consultation.ballots import Channel
    from partnership_model.knowledge.consultation.meetings import Meeting
    from partnership_model.knowledge.consultation.question_set import QuestionSet
    from partnership_model.knowledge.consultation.record import ConsultationRecord
    from partnership_model.knowledge.consultation.recorded_apart import RecordedMeeting

    Told = Meeting | RecordedMeeting

    class Run(Protocol):
        """One printing of codes."""

        group: str
        printed: int
        day: dt.date
        until: dt.date | None


CHANNEL_NAMES = {"session": "Evenings", "open_form": "A form open for weeks", "paper": "Paper", "survey": "Surveys made elsewhere"}
UNIT_NAMES = {"people": ("person", "people"), "letters": ("letter", "letters"), "organisations": ("organisation", "organisations")}
FEW = "not shown: too few came this way, or another"
FEWER = "fewer than 5"
PUT_TOGETHER = "What came from fewer than 5 at a time, put together"
NO_NAMES = "no names are kept, and nobody can rule it out of any ballot outside the largest of these ways."
NOT_COMPARED = (
    "Ballots are not compared to find equal ones: whoever guesses somebody's answers and hands them in by another way would learn from the "
    "number whether the guess was right."
)
OPEN = "Nobody had to show a printed code to answer, so nothing but honesty kept people from answering the form twice."
CODES = "Each printed code counted once; ballots on paper and surveys asked for no code."
EACH = {"people": "one for each person", "households": "one for each household", "classes": "one for each class"}


@dataclass(frozen=True)
class Classes:
    """How many sheets of classes are in, and of how many learners."""

    sheets: int
    learners: int


def _counted(number: int, unit: str) -> str:
    one, more = UNIT_NAMES[unit]
    return f"{number} {one if number == 1 else more}"


def channel_lines(answered: Mapping[Channel, int | None], told: Sequence[Told], classes: Classes) -> list[tuple[str, str, str]]:
    """Give for each channel its name, its number with the unit, and whether it is counted among the ballots."""
    rows = [
        (CHANNEL_NAMES[name], FEW if count is None else phrases.counted(count, "ballot"), "counted as ballots")
        for name, count in answered.items()
    ]
    if told:
        rows.append(("Meetings and letters", _told(told), "what was said, as themes; no ballots"))
    if classes.sheets:
        sheets = f"{phrases.counted(classes.sheets, 'sheet')} of {classes.learners} learners"
        rows.append(("Classes and school councils", sheets, "apart from adults' ballots"))
    return rows


def _told(told: Sequence[Told]) -> str:
    units = Counter[str]()
    for one in told:
        units[one.unit] += one.number or 0
    known = [_counted(number, unit) for unit, number in units.items() if number]
    return phrases.listed([*known, *(f"a few {UNIT_NAMES[one.unit][1]}" for one in told if one.number is None)])


def twice_lines(record: ConsultationRecord) -> list[str]:
    """Say how many ballots may be second ones of somebody, and what nobody can know."""
    found = channels_of(record.response)
    lines = []
    if len(found.answered) > 1 and found.most is not None:
        lines += [f"From 0 to {found.most} ballots may be second ones, of people who answered by two ways: {NO_NAMES}", NOT_COMPARED]
    elif found.answered:
        lines.append("All ballots came by one way, so nobody can have answered by two.")
    if found.over_invited:
        over = f"In groups that were counted there are more ballots ({found.over_invited}) than invitations"
        lines.append(f"{over}: some answered twice, or nobody counted them.")
    elif found.over_invited == 0:
        lines.append("No group of which the ballots and the invitations are shown has more ballots than invitations.")
    return [*lines, OPEN if record.questions.once == "open" else CODES]


def voucher_lines(runs: Sequence[Run], used: int | None, questions: QuestionSet) -> list[str]:
    """Say how many codes were printed for whom, and how many were used in all; None where that would tell of a few ballots."""
    units = {one.group: one.unit for one in questions.groups}
    lines = []
    for run in runs:
        whom = f"{run.group} ({EACH[units[run.group]]})" if run.group in units else "anybody"
        until = f", to be used until {plain_day(run.until)}" if run.until else ""
        lines.append(f"{phrases.counted(run.printed, 'code')} for {whom}, printed on {plain_day(run.day)}{until}")
    if runs and used is None:
        lines.append("How many were used is not shown, since a few ballots came another way.")
    elif runs:
        lines.append(f"{used} of {sum(run.printed for run in runs)} were used. Who used one, or which group, nobody can say.")
    return lines
