"""What a consultation says is written once, when it is closed: the record and the rows of the export.

From then on nothing is worked out from the ballots again, so no second figure can be held against the first.
"""

from __future__ import annotations

import csv
import functools
import hmac
import io
import json
from typing import TYPE_CHECKING

from partnership_model.analysis.consultation.apart import recorded_classes, recorded_meetings
from partnership_model.analysis.consultation.closing import closing
from partnership_model.analysis.consultation.live_pictures import live_of
from partnership_model.analysis.consultation.recording import recorded
from partnership_model.analysis.consultation.results import results_of
from partnership_model.analysis.consultation.rows import rows_of
from partnership_model.analysis.consultation.small_counts import without_small
from partnership_model.analysis.consultation.themes import CodedComment
from partnership_model.delivery.consultation.frozen_store import close_consultation, freeze
from partnership_model.delivery.consultation.kept_rows import Frozen
from partnership_model.delivery.consultation.moderation import comments_of, quotations_of
from partnership_model.delivery.consultation.told_store import meetings_of, sheets_of
from partnership_model.delivery.fact_list import as_cell
from partnership_model.display.consultation.export_table import export_table
from partnership_model.display.consultation.withheld_words import withheld_words
from partnership_model.knowledge.consultation.comment_themes import read_comment_themes
from partnership_model.knowledge.consultation.record import Act, RecordedSession
from partnership_model.knowledge.consultation.record_file import record_text, sealed
from partnership_model.knowledge.consultation.typed_text import clean_text, title_line

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from partnership_model.analysis.consultation.release import Release
    from partnership_model.delivery.consultation.kept_rows import Consultation, KeptBallot, Session
    from partnership_model.delivery.consultation.store import Store
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
UNTITLED = "Without a title"


def frozen_of(store: Store, consultation: str) -> Frozen:
    """Give what a closed consultation says: what was written at its closing, and never anything else.

    Raises:
        StoreDownError: it does not answer.
    """
    return freeze(store, consultation, functools.partial(_written, store))


def close_frozen(store: Store, consultation: str, today: dt.date) -> None:
    """Close a consultation and write what it says, both or neither.

    Raises:
        ClosedError: it was closed before.
        StoreDownError: it does not answer, and nothing is closed.
    """
    close_consultation(store, consultation, today, functools.partial(_written, store))


def _written(store: Store, consultation: Consultation) -> Frozen:
    """Write it, while the store still knows what was shown and what its marks are made from."""
    kept = store.ballots(consultation.id)
    live = live_of(json.loads(consultation.live), consultation.secret or b"")
    released = closing(live, {one.id: one.ballot for one in kept}, consultation.questions)
    return Frozen(record_text(_record(store, consultation, kept, released)), _rows(consultation, released))


def _record(store: Store, consultation: Consultation, kept: Sequence[KeptBallot], released: Release) -> ConsultationRecord:
    comments = comments_of(store, consultation.id)
    themes = read_comment_themes().themes
    coded = [CodedComment(released.label(one.group), one.themes) for one in comments if one.themes]
    results = results_of(consultation.questions, released, None, coded, tuple(themes))
    about = {
        "opened": consultation.opened,
        "closed": consultation.closed,
        "sessions": _sessions(store.sessions(consultation.id), kept, released),
        "meetings": recorded_meetings([one.meeting for one in meetings_of(store, consultation.id)]),
        "classes": recorded_classes([one.sheet for one in sheets_of(store, consultation.id)], consultation.questions),
        "acts": _acts(store, consultation),
        "withheld": withheld_words(released),
        "ballots_sha256": ballots_hash(consultation.id, kept),
    }
    return sealed(recorded(results, quotations_of(comments), {key: one.label for key, one in themes.items()}, about))


def _rows(consultation: Consultation, released: Release) -> str:
    """Write the rows as CSV, of which no spreadsheet takes a text for a formula.

    The order comes from the consultation's id, which is drawn at random and stays in the store.
    """
    held = io.StringIO(newline="")
    writer = csv.writer(held, lineterminator="\r\n")
    rows = rows_of(released, consultation.questions, seed=int(consultation.id, 16))
    writer.writerows([[as_cell(cell) for cell in row] for row in export_table(rows, consultation.questions)])
    return held.getvalue()


def ballots_hash(consultation: str, kept: Sequence[KeptBallot]) -> str:
    """Hash all ballots of a consultation, in no order that says when they came.

    Its key is the consultation's id, which is drawn at random and stands in the store alone: so nobody else can try out ballots.
    """
    said = sorted(_one_line(one.ballot) for one in kept)
    return hmac.new(consultation.encode(), "\n".join(said).encode(), "sha256").hexdigest()


def _one_line(ballot: Ballot) -> str:
    return json.dumps([ballot.group, ballot.school, ballot.channel, ballot.answers])


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
        RecordedSession(
            title=title_line(one.title) or UNTITLED,  # an older version took any title
            channel=one.channel,
            opened=one.opened,
            closed=one.closed or one.opened,
            answered=shown[one.id],
        )
        for one in sessions
    ]


def _acts(store: Store, consultation: Consultation) -> list[Act]:
    """Give on which day what was done before the hall; of single comments and ballots nothing is said."""
    return [
        Act(on=at.date(), act=act, about=clean_text(about)[:LONGEST_ABOUT])
        for at, act, about in store.acts(consultation.id)
        if act in RECORDED_ACTS
    ]
