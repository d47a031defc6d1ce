"""How people were asked: in which sessions, on which days, what was shown to the hall, and how the record can be checked."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from partnership_model.display import phrases
from partnership_model.display.blocks import Block, Bullets, Heading, Paragraph, Table
from partnership_model.display.consultation.channel_words import FEW, FEWER, PUT_TOGETHER, twice_lines
from partnership_model.display.consultation.class_words import hands_table, hands_withheld
from partnership_model.display.consultation.withheld_words import not_shown
from partnership_model.knowledge.consultation.form_words import ENGLISH, form_words
from partnership_model.knowledge.consultation.record_file import record_hash
from partnership_model.knowledge.schema import plain_day

if TYPE_CHECKING:
    import datetime as dt

    from partnership_model.knowledge.consultation.record import Act, ConsultationRecord, RecordedSession
    from partnership_model.knowledge.consultation.recorded_apart import RecordedMeeting

WAYS = {"session": "a session in a room", "open_form": "an open form", "paper": "on paper", "survey": "a survey made elsewhere"}
EIGHT = 8
PICTURES = "pictures shown"
ALSO = {"points": "share out 100 points", "support": "say what they think of each option", "comment": "write a comment"}
KINDS = {"meeting": "Meeting", "staff_meeting": "Staff meeting", "union": "Union", "letters": "Letters", "other": "Other"}
NO_BALLOTS = "What was said in meetings, in letters and by classes is no ballot: it has a unit of its own and is in no weight."


def how_asked(record: ConsultationRecord) -> list[Block]:
    """Say when and how people were asked, and what they saw."""
    criteria = [{"What matters": one.label, "From the worst": one.worst, "To the best": one.best} for one in record.questions.criteria]
    blocks: list[Block] = [
        Heading("How and when people were asked", 3),
        Paragraph(
            f"{_days(record.opened, record.closed)}. They were asked to put in order what matters to them, each from its worst to its best:"
        ),
        Table.of_rows(f"What was asked, in {form_words(ENGLISH).language}", criteria),
        Paragraph(languages(record)),
        *_also_asked(record),
        Table.of_rows("Sessions and other ways of answering", [_session(one) for one in record.sessions])
        if record.sessions
        else Paragraph("No session was held.", "missing"),
    ]
    shown = [f"{plain_day(day)}: {_acts(list(acts))}." for day, acts in groupby(record.acts, key=lambda act: act.on)]
    blocks += [Paragraph("What was opened, shown and closed, and when:"), Bullets(tuple(shown))] if shown else []
    if not any(act.act == PICTURES for act in record.acts):
        blocks.append(Paragraph("No picture of the answers was shown to the hall while people could answer."))
    blocks += [Heading("Who may have answered twice", 3), Bullets(tuple(twice_lines(record)))]
    return [*blocks, *_beside(record)]


def languages(record: ConsultationRecord) -> str:
    """Say in which languages the forms were, and which of them nobody who speaks them has read."""
    questions = record.questions
    others = [form_words(code) for code in questions.languages if code != ENGLISH]
    if not others:
        return f"The forms were in {form_words(ENGLISH).language}."
    whose = "by the case or the program" if questions.translations else "by the program, with the case's own words in English"
    also = f"in {form_words(ENGLISH).language}. They were also " if ENGLISH in questions.languages else ""
    said = f"The forms were {also}in {phrases.listed(one.language for one in others)}, translated {whose}."
    unread = [one.language for one in others if one.unchecked]
    whom = "them" if len(unread) > 1 else "it"
    return f"{said} Nobody who speaks {whom} has checked the program's words in {phrases.listed(unread)}." if unread else said


def _also_asked(record: ConsultationRecord) -> list[Block]:
    """Say what stood beside that question, and what people were told of the options."""
    questions = record.questions
    more = [ALSO[one] for one in questions.also if one in ALSO]
    said = [f"They were told: {questions.about}"] if questions.about else []
    said += [f"They could also {phrases.listed(more)}."] if more else []
    blocks: list[Block] = [Paragraph(" ".join(said))] if said else []
    options = [{"Option": one.label, "What was said of it": one.plain or "nothing but its name"} for one in questions.options]
    return [*blocks, Table.of_rows("The options that people could be for or against", options)] if options else blocks


def _beside(record: ConsultationRecord) -> list[Block]:
    """Give what was told apart from ballots."""
    if not record.meetings and not record.classes:
        return []
    blocks: list[Block] = [Heading("Meetings, letters and classes", 3), Paragraph(NO_BALLOTS, "note")]
    if record.meetings:
        blocks.append(Table.of_rows("Meetings and letters, and what was said", [_meeting(one) for one in record.meetings]))
    for one in record.classes:
        many = f"{phrases.counted(one.sheets, 'sheet')} of {one.learners} learners{_invited(record, one.group)}"
        hands, held = hands_table(one.questions), hands_withheld(one.questions)
        blocks += [Table.of_rows(f"{one.group}: {many}, hands that went up", hands)] if hands else [Paragraph(f"{one.group}: {many}.")]
        blocks += [Paragraph(held, "note")] if held else []
        for asked in one.questions:
            blocks += [Paragraph(f"{one.group}: {asked.asks}"), Bullets(tuple(phrases.unique(asked.said)))] if asked.said else []
    if any(len(set(asked.said)) < len(asked.said) for one in record.classes for asked in one.questions):
        blocks.append(Paragraph("The same words on several sheets stand once.", "note"))
    return blocks


def _invited(record: ConsultationRecord, group: str) -> str:
    """Say how many classes, or learners, were asked; "" where nobody counted them."""
    asked = next((one for one in record.questions.learners if one.group == group), None)
    total = sum(asked.invited.values()) if asked else 0
    return f" ({total:,} {'learners' if asked.unit == 'people' else asked.unit} were invited)" if asked and total else ""


def _meeting(one: RecordedMeeting) -> dict[str, str]:
    number = FEWER if one.number is None else str(one.number)
    return {
        "What": f"{KINDS[one.kind]}: {one.title}" if one.title else PUT_TOGETHER,
        "Whose": " ".join(filter(None, (one.group, f"({one.school})" if one.school else ""))) or "several",
        "When": plain_day(one.held) if one.held else "several days",
        "How many": f"{number} {one.unit}",
        "What was said": "; ".join(theme.rstrip(".") for theme in one.themes),
    }


def seal(record: ConsultationRecord) -> list[Block]:
    """Say what was frozen when the consultation was closed, and how that can be checked."""
    missing = not_shown(record)
    withheld = [Heading("What is not shown, and why", 3), Bullets(missing)] if missing else []
    said = (
        f"Closed on {plain_day(record.closed)}. Ballots are not in the case; whoever has their store can check them against the record "
        f"until they are deleted on {plain_day(record.questions.keep_until)}. Hashes (SHA-256), in groups of eight letters:"
    )
    hashes = {"the record": record_hash(record), "the questions": record.questions_sha256, "the ballots": record.ballots_sha256}
    lines = tuple(f"{name}: {_in_eights(one)}" for name, one in hashes.items())
    return [*withheld, Heading("The record", 3), Paragraph(said, "note"), Bullets(lines)]


def _in_eights(text: str) -> str:
    """Part a hash so that people can compare it and a narrow page can break it."""
    return " ".join(text[at : at + EIGHT] for at in range(0, len(text), EIGHT))


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
    return "; ".join(
        f"{one.act}: {one.about.rpartition(' (')[0] or one.about}" if one.act.startswith("session") else one.act for one in acts
    )
