"""What is said of the channels of a consultation: each with its own number and unit, and what nobody can know of repeats."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Protocol

from partnership_model.display import phrases
from partnership_model.knowledge.schema import plain_day

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from partnership_model.analysis.consultation.channels import Channels
    from partnership_model.knowledge.consultation.class_sheets import ClassSheet
    from partnership_model.knowledge.consultation.meetings import Meeting
    from partnership_model.knowledge.consultation.plan import Once
    from partnership_model.knowledge.consultation.question_set import QuestionSet

    class Run(Protocol):
        """One printing of codes."""

        group: str
        printed: int
        day: dt.date
        until: dt.date | None


CHANNEL_NAMES = {"session": "Evenings", "open_form": "A form open for weeks", "paper": "Paper", "survey": "Surveys made elsewhere"}
UNIT_NAMES = {"people": ("person", "people"), "letters": ("letter", "letters"), "organisations": ("organisation", "organisations")}
EACH = {"people": "one for each person", "households": "one for each household", "classes": "one for each class"}


def _counted(number: int, unit: str) -> str:
    one, more = UNIT_NAMES[unit]
    return f"{number} {one if number == 1 else more}"


def channel_lines(found: Channels, meetings: Sequence[Meeting], sheets: Sequence[ClassSheet]) -> list[tuple[str, str, str]]:
    """Give for each channel its name, its number with the unit, and whether it is counted among the ballots."""
    rows = [(CHANNEL_NAMES[name], phrases.counted(count, "ballot"), "counted as ballots") for name, count in found.answered.items()]
    units = Counter[str]()
    for one in meetings:
        units[one.unit] += one.number
    if meetings:
        told = phrases.listed([_counted(number, unit) for unit, number in units.items()])
        rows.append(
            ("Meetings and letters", f"{told}, on {phrases.counted(len(meetings), 'occasion')}", "what was said, as themes; no ballots")
        )
    if sheets:
        learners = sum(one.learners for one in sheets)
        rows.append(
            ("Classes and school councils", f"{phrases.counted(len(sheets), 'sheet')} of {learners} learners", "apart from adults' ballots")
        )
    return rows


def repeat_lines(found: Channels, once: Once) -> list[str]:
    """Say how many people may have answered by two channels, and what cannot be known."""
    lines = []
    if len(found.answered) > 1:
        lines.append(_between(found))
        compared = f"{phrases.counted(found.compared, 'ballot')} that put every criterion in order could be compared"
        limits = "whoever answers otherwise the second time, or for another group or school, is not found"
        lines.append(f"{compared}: {limits}. No names are kept, so up to {found.most} repeats cannot be ruled out.")
    elif found.answered:
        lines.append("All ballots came by one channel, so nobody can have answered by two.")
    if found.over_invited:
        over = f"In groups that were counted there are {phrases.counted(found.over_invited, 'ballot')} more than invitations"
        lines.append(f"{over}: people answered twice, or were not counted, or the number of those invited is wrong.")
    if once == "open":
        lines.append("Nothing keeps somebody from answering the form twice. Printed codes would, except on paper.")
    else:
        lines.append("Each printed code counts once, however often it is used. Ballots on paper and surveys ask for no code.")
    return lines


def _between(found: Channels) -> str:
    if not found.upper:
        return "No two ballots of different channels say the same for the same group and school."
    alike = f"Of different channels, {phrases.counted(found.upper, 'ballot')} may repeat another: the same answers, group and school."
    if found.by_chance is None:
        why = "Too few ballots came by one channel to say how many are alike by chance"
        return f"{alike} {why}: between 0 and {found.upper} are repeats."
    chance = f"About {found.by_chance:.0f} pairs would be alike by chance, if chance makes as many across channels as within one"
    return f"{alike} {chance}: between {found.lower} and {found.upper} are repeats."


def voucher_lines(runs: Sequence[Run], used: int, questions: QuestionSet) -> list[str]:
    """Say how many codes were printed for whom, and how many were used in all."""
    units = {one.group: one.unit for one in questions.groups}
    lines = []
    for run in runs:
        whom = f"{run.group} ({EACH[units[run.group]]})" if run.group in units else "anybody"
        until = f", to be used until {plain_day(run.until)}" if run.until else ""
        lines.append(f"{phrases.counted(run.printed, 'code')} for {whom}, printed on {plain_day(run.day)}{until}")
    if runs:
        lines.append(f"{used} of {sum(run.printed for run in runs)} were used. Who used one, or which group, nobody can say.")
    return lines
