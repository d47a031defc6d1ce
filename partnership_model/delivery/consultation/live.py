"""What the facilitator and the hall see while ballots come in: numbers at once, pictures in the batches of the privacy engine."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from partnership_model.analysis.consultation.live_agreement import shown_agreement
from partnership_model.analysis.consultation.live_pictures import STEP, Shown, live_of, next_pictures
from partnership_model.analysis.consultation.small_counts import nameable
from partnership_model.delivery.consultation.bursts import Bursts
from partnership_model.delivery.consultation.freezing import frozen_of
from partnership_model.display.consultation.closed_page import closed_html
from partnership_model.display.consultation.live_page import pictures_html
from partnership_model.knowledge.consultation.ballots import UNSAID
from partnership_model.knowledge.consultation.record_file import read_record

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from partnership_model.delivery.consultation.desk import Desk
    from partnership_model.delivery.consultation.kept_rows import Consultation, KeptBallot
    from partnership_model.delivery.consultation.store import Store
    from partnership_model.knowledge.consultation.record import ConsultationRecord


@dataclass(frozen=True)
class Now:
    """What may be shown at this moment.

    Attributes:
        answers: how many ballots there are; of a closed consultation None for fewer than five.
        by_session: how many of each session, by its id; for the facilitator alone.
        by_group: how many of each group, and of those who named none, in fives; nothing of fewer than five.
        by_school: how many named each school, in fives as well; for the facilitator alone.
        named: the groups that may stand beside a comment before the facilitator has decided on it.
        live: what is shown of each group; nothing once it is closed.
        revealed: whether the hall sees the pictures.
        drawn: the pictures as they are put into a page.
        mark: changes when the pictures do.
        record: what a closed consultation left; then the pictures are its figures, and none of those that were shown before.
    """

    answers: int | None
    by_session: dict[str, int]
    by_group: dict[str, int]
    by_school: dict[str, int]
    named: frozenset[str]
    live: Shown
    revealed: bool
    drawn: str
    mark: str
    record: ConsultationRecord | None = None


class LivePictures:
    """The last pictures of one consultation, drawn anew when enough has changed."""

    def __init__(self, desk: Desk) -> None:
        """Take the desk."""
        self._desk = desk
        self._lock = asyncio.Lock()
        self._known: tuple[object, Now] | None = None
        self._bursts = Bursts()

    async def now(self) -> Now:
        """Give what may be shown now."""
        async with self._lock:
            state = await self._desk.ask(self._desk.store.state, self._desk.consultation.id)
            if self._known is None or self._known[0] != state:
                self._known = (state, await self._drawn())
            return self._known[1]

    def came(self, now: Now) -> dict[str, int]:
        """Give how many answers came to each session within the last minute."""
        return self._bursts.came(now.by_session)

    async def _drawn(self) -> Now:
        """Hold what came in against what was shown, and keep what is shown from now on before anybody sees it.

        The sums are done in a thread of their own, so that no ballot waits for them.
        """
        desk, store = self._desk, self._desk.store
        about = await desk.ask(store.consultation, desk.consultation.id)
        if about.closed is not None:
            return await desk.ask(_closed, store, about)
        kept = await desk.ask(store.ballots, about.id)
        shown = await self._next(about, kept)
        groups, schools = Counter(one.ballot.group for one in kept), Counter(one.ballot.school for one in kept)
        asked = [one.group for one in about.questions.adults]
        by_group = _in_fives(groups, [*asked, UNSAID])
        by_school = _in_fives(schools, about.questions.schools)
        # Of what is shown and no more: a hash of the tallies behind it would let guesses at them be tried.
        seen = repr([sorted(shown.pictures.items()), shown.together, sorted(by_group.items()), about.revealed])
        mark = hashlib.sha256(seen.encode()).hexdigest()[:16]
        named, by_session = nameable(groups, asked), dict(Counter(one.session for one in kept))
        page = pictures_html(about.questions, shown.pictures, shown.together, by_group, shown_agreement(shown.pictures))
        return Now(len(kept), by_session, by_group, by_school, named, shown, about.revealed, page, mark)

    async def _next(self, about: Consultation, kept: Sequence[KeptBallot]) -> Shown:
        live = live_of(json.loads(about.live), about.secret or b"")
        drawn = await asyncio.to_thread(next_pictures, live, {one.id: one.ballot for one in kept}, about.questions)
        if drawn != live and await self._desk.ask(self._desk.store.keep_live, about.id, drawn.as_json(), about.live):
            live = drawn
        return live.shown


def _in_fives(counts: Counter[str], names: Iterable[str]) -> dict[str, int]:
    return {name: counts[name] // STEP * STEP for name in names if counts[name] >= STEP}


def _closed(store: Store, about: Consultation) -> Now:
    """Show what the record of a closed consultation says, and nothing else: it was held against all that was shown before."""
    record = read_record(frozen_of(store, about.id).record)
    page = closed_html(record)
    mark = hashlib.sha256(f"{page} {about.revealed}".encode()).hexdigest()[:16]
    found = zip(store.sessions(about.id), record.sessions, strict=True)
    by_session = {one.id: kept.answered for one, kept in found if kept.answered is not None}
    named = frozenset(one.name for one in record.response.groups if one.answered is not None and one.name != record.takes_in)
    return Now(record.response.everybody.answered, by_session, {}, {}, named, Shown({}, None), about.revealed, page, mark, record)
