"""How people were asked: in which sessions, on which days, what was shown to the hall, and how the record can be checked."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from partnership_model.display import phrases
from partnership_model.display.blocks import Block, Bullets, Heading, Paragraph, Table
from partnership_model.knowledge.consultation.record_file import record_hash
from partnership_model.knowledge.schema import plain_day

if TYPE_CHECKING:
    import datetime as dt

    from partnership_model.knowledge.consultation.record import Act, ConsultationRecord, RecordedSession

WAYS = {"session": "a session in a room", "open_form": "an open form", "paper": "on paper", "survey": "a survey made elsewhere"}
FEW = "too few to be shown"
ALIKE = (
    "{count} ballots say the very same as one of the same group and school that came another way. Two people can well say the same, so "
    "this is the most that answered twice with the same words; who it was, nobody can tell."
)


def how_asked(record: ConsultationRecord) -> list[Block]:
    """Say when and how people were asked, and what they saw."""
    asked = phrases.listed(phrases.uncapital(one.label) for one in record.questions.criteria)
    blocks: list[Block] = [
        Heading("How and when people were asked", 3),
        Paragraph(f"{_days(record.opened, record.closed)}. They put in order how much it matters how far one comes with {asked}."),
        Table.of_rows("Sessions and other ways of answering", [_session(one) for one in record.sessions])
        if record.sessions
        else Paragraph("No session was held.", "missing"),
    ]
    shown = [f"{plain_day(day)}: {_acts(list(acts))}." for day, acts in groupby(record.acts, key=lambda act: act.on)]
    blocks += [Paragraph("What the hall was shown, and when:"), Bullets(tuple(shown))] if shown else []
    blocks.append(Paragraph(twice(record)))
    if record.questions.once == "open":
        blocks.append(
            Paragraph("Nobody had to show a printed code to answer, so nothing but honesty kept people from answering twice.", "note")
        )
    return blocks


def twice(record: ConsultationRecord) -> str:
    """Say how many may have answered twice by two ways."""
    if record.alike is None:
        return "Fewer than five ballots say the very same as one that came another way."
    return ALIKE.format(count=record.alike) if record.alike else "No ballot says the very same as one that came another way."


def seal(record: ConsultationRecord) -> list[Block]:
    """Say what was frozen when the consultation was closed, and how that can be checked."""
    withheld = [Heading("What is not shown, and why", 3), Bullets(record.withheld)] if record.withheld else []
    said = (
        f"Closed on {plain_day(record.closed)}. The hash of the record is {record_hash(record)}, that of the questions "
        f"{record.questions_sha256}, that of the ballots {record.ballots_sha256}. Ballots are not in the case; whoever has their store "
        f"can check them against the record until they are deleted on {plain_day(record.questions.keep_until)}."
    )
    return [*withheld, Heading("The record", 3), Paragraph(said, "note")]


def _days(opened: dt.date, closed: dt.date) -> str:
    return f"On {plain_day(opened)}" if opened == closed else f"From {plain_day(opened)} to {plain_day(closed)}"


def _session(one: RecordedSession) -> dict[str, str]:
    return {
        "Session": one.title,
        "How": WAYS[one.channel],
        "When": _days(one.opened, one.closed),
        "Ballots": FEW if one.answered is None else str(one.answered),
    }


def _acts(acts: list[Act]) -> str:
    return "; ".join(f"{one.act} ({one.about})" if one.about and one.act.startswith("session") else one.act for one in acts)
