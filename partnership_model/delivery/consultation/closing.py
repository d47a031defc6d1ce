"""Closing a consultation: from its ballots to the record that stays with the case. Ballots stay in the store."""

from __future__ import annotations

import hmac
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from partnership_model.analysis.consultation.apart import recorded_classes, recorded_meetings, recorded_repeats
from partnership_model.analysis.consultation.channels import channels_of
from partnership_model.analysis.consultation.closing import closing
from partnership_model.analysis.consultation.live_pictures import live_of
from partnership_model.analysis.consultation.recording import recorded
from partnership_model.analysis.consultation.results import results_of
from partnership_model.analysis.consultation.small_counts import without_small
from partnership_model.analysis.consultation.themes import CodedComment
from partnership_model.delivery.consultation.database import records_folder
from partnership_model.delivery.consultation.moderation import comments_of, quotations_of
from partnership_model.delivery.consultation.told_store import meetings_of, sheets_of
from partnership_model.delivery.writing import write_whole
from partnership_model.display.consultation.withheld_words import withheld_words
from partnership_model.errors import FaultsError, PartnershipError
from partnership_model.knowledge.case_archive import CASE, CONSULTATION
from partnership_model.knowledge.cases import case_of
from partnership_model.knowledge.consultation.comment_themes import read_comment_themes
from partnership_model.knowledge.consultation.record import Act, RecordedSession
from partnership_model.knowledge.consultation.record_file import SHORT, record_hash, record_text, sealed
from partnership_model.knowledge.shipped import shipped

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from partnership_model.analysis.consultation.release import Release
    from partnership_model.delivery.consultation.kept_rows import Consultation, KeptBallot, Session
    from partnership_model.delivery.consultation.store import Store
    from partnership_model.knowledge.base import KnowledgeBase
    from partnership_model.knowledge.cases import Case
    from partnership_model.knowledge.consultation.ballots import Ballot
    from partnership_model.knowledge.consultation.record import ConsultationRecord

RECORDED_ACTS = (
    "consultation opened",
    "session opened",
    "session closed",
    "pictures shown",
    "pictures hidden",
    "comments shown",
    "comments hidden",
    "consultation closed",
)
LONGEST_ABOUT = 200


@dataclass(frozen=True)
class Closed:
    """What became of a consultation that was closed.

    Attributes:
        text: what `consultation.json` says, for a download.
        sha256: the hash by which the record is named, to be written down where nobody can change it.
        written: the file in the case's folder; None where it was not written there.
        because: why it was not; "" where it was.
        kept: the file beside the store in which it stands instead; None where it is in the case, or could not be written there either.
    """

    record: ConsultationRecord
    text: str
    sha256: str
    written: Path | None
    because: str
    kept: Path | None


def close(store: Store, consultation: Consultation, case: Case, base: KnowledgeBase, today: dt.date) -> Closed:
    """Close a consultation, and put its record into the case's folder; one that is closed already is recorded again.

    Args:
        store: where its ballots are.
        consultation: what is to be closed.
        case: the case as it is read now.
        base: the knowledge base.
        today: the day on which it is closed.

    Raises:
        PartnershipError: the store does not answer.
    """
    if consultation.closed is None:
        store.close_consultation(consultation.id, today)
        consultation = store.consultation(consultation.id)
    record = record_of(store, consultation)
    text = record_text(record)
    written, because = put_into_case(text, Path(consultation.place), case, base)
    kept = None if written else keep_beside(store, consultation, text)
    return Closed(record, text, record_hash(record), written, because, kept)


def keep_beside(store: Store, consultation: Consultation, text: str) -> Path | None:
    """Write the record beside the store, so that it outlives the ballots; None where that cannot be written to."""
    path = records_folder(store.engine) / f"{Path(consultation.place).stem}-{consultation.closed}-{consultation.id[:SHORT]}.json"
    try:
        write_whole({path: text})
    except PartnershipError:
        return None
    return path


def record_of(store: Store, consultation: Consultation) -> ConsultationRecord:
    """Make the record of a closed consultation from its store: the same whenever it is made."""
    kept = store.ballots(consultation.id)
    comments = comments_of(store, consultation.id)
    released = closing(live_of(json.loads(consultation.live)), {one.id: one.ballot for one in kept}, consultation.questions)
    themes = read_comment_themes().themes
    coded = [CodedComment(released.label(one.group), one.themes) for one in comments if one.themes]
    results = results_of(consultation.questions, released, None, coded, tuple(themes))
    about = {
        "opened": consultation.opened,
        "closed": consultation.closed,
        "sessions": _sessions(store.sessions(consultation.id), kept, released),
        "repeats": recorded_repeats(channels_of([one.ballot for one in kept], consultation.questions)),
        "meetings": recorded_meetings([one.meeting for one in meetings_of(store, consultation.id)]),
        "classes": recorded_classes([one.sheet for one in sheets_of(store, consultation.id)], consultation.questions),
        "acts": _acts(store, consultation),
        "withheld": withheld_words(released),
        "ballots_sha256": ballots_hash(consultation.id, kept),
    }
    return sealed(recorded(results, quotations_of(comments), {key: one.label for key, one in themes.items()}, about))


def ballots_hash(consultation: str, kept: Sequence[KeptBallot]) -> str:
    """Hash all ballots of a consultation, in no order that says when they came.

    Its key is the consultation's id, which is drawn at random and stands in the store alone: so nobody else can try out ballots.
    """
    said = sorted(_one_line(one.ballot) for one in kept)
    return hmac.new(consultation.encode(), "\n".join(said).encode(), "sha256").hexdigest()


def _one_line(ballot: Ballot) -> str:
    return json.dumps([ballot.group, ballot.school, ballot.channel, ballot.answers])


def put_into_case(text: str, folder: Path, case: Case, base: KnowledgeBase) -> tuple[Path | None, str]:
    """Write the record beside `case.yaml`, unless that would harm the case; says why it was not written."""
    because = _why_not(text, folder, case, base)
    if because:
        return None, because
    path = folder / CONSULTATION
    try:
        write_whole({path: text})
    except PartnershipError as error:
        return None, str(error)
    return path, ""


def _why_not(text: str, folder: Path, case: Case, base: KnowledgeBase) -> str:
    """Say why a record cannot be put into a case; "" where it can."""
    if says := _no_place(folder):
        return says
    if case.texts.get(CONSULTATION, text) != text:
        return f"The case has the record of another consultation, and nothing is written over it: move its {CONSULTATION} away first."
    try:
        case_of({**case.texts, CONSULTATION: text}, case.name, base)
    except FaultsError as error:
        return f"The case was changed since the consultation was opened, and the record does not fit it any more. {error.faults[0]}."
    return ""


def _no_place(folder: Path) -> str:
    """Say why nothing is written into a folder; "" where it can be."""
    if not folder.exists():
        return f"{folder} is not there any more: put the record beside the case.yaml of the case."
    if not (folder / CASE).is_file():
        return "The case is one file, and nothing is written into it: save it as a folder, and put the record beside its case.yaml."
    if folder.resolve().is_relative_to(shipped("data", "cases").resolve()):
        return "This is an example that ships, so nothing is written into it: copy its folder, and put the record into the copy."
    return "" if os.access(folder, os.W_OK) else f"{folder} cannot be written to."


def _sessions(sessions: Sequence[Session], kept: Sequence[KeptBallot], released: Release) -> list[RecordedSession]:
    """Count each session's ballots, as far as neither they nor the counts by channel give a few away."""
    by_session = {one.id: sum(ballot.session == one.id for ballot in kept) for one in sessions}
    channels = dict.fromkeys(one.channel for one in sessions)
    by_channel = {name: sum(by_session[one.id] for one in sessions if one.channel == name) for name in channels}
    shown_channels = without_small(by_channel) if released.together is not None else dict.fromkeys(channels)
    shown: dict[str, int | None] = {}
    for name in channels:
        mine = {one.id: by_session[one.id] for one in sessions if one.channel == name}
        shown |= without_small(mine) if shown_channels[name] is not None else dict.fromkeys(mine)
    return [
        RecordedSession(title=one.title, channel=one.channel, opened=one.opened, closed=one.closed or one.opened, answered=shown[one.id])
        for one in sessions
    ]


def _acts(store: Store, consultation: Consultation) -> list[Act]:
    """Give on which day what was done before the hall; of single comments and ballots nothing is said."""
    return [
        Act(on=at.date(), act=act, about=about[:LONGEST_ABOUT]) for at, act, about in store.acts(consultation.id) if act in RECORDED_ACTS
    ]
