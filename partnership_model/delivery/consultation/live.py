"""What the facilitator and the hall see while ballots come in: numbers at once, pictures in the batches of the privacy engine."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from partnership_model.analysis.consultation.live_pictures import STEP, live_of, next_pictures, shown_of
from partnership_model.analysis.consultation.small_counts import nameable
from partnership_model.delivery.consultation.bursts import Bursts
from partnership_model.delivery.consultation.freezing import frozen_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from partnership_model.analysis.consultation.live_pictures import Shown
    from partnership_model.delivery.consultation.desk import Desk
    from partnership_model.delivery.consultation.kept_rows import Consultation, KeptBallot


@dataclass(frozen=True)
class Now:
    """What may be shown at this moment.

    Attributes:
        answers: how many ballots there are.
        by_session: how many of each session, by its id; for the facilitator alone.
        by_group: how many of each group, in fives; nothing of a group with fewer than five.
        named: the groups that may stand beside a comment before the facilitator has decided on it.
        live: what is shown of each group; once it is closed, what was shown last.
        revealed: whether the hall sees the pictures.
        mark: changes when the pictures do.
    """

    answers: int
    by_session: dict[str, int]
    by_group: dict[str, int]
    named: frozenset[str]
    live: Shown
    revealed: bool
    mark: str


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
        kept = await desk.ask(store.ballots, about.id)
        shown = await (self._last(about) if about.closed else self._next(about, kept))
        groups = Counter(one.ballot.group for one in kept)
        by_group = {one.group: groups[one.group] // STEP * STEP for one in about.questions.adults if groups[one.group] >= STEP}
        # Of what is shown and no more: a hash of the tallies behind it would let guesses at them be tried.
        seen = repr([sorted(shown.pictures.items()), shown.together, sorted(by_group.items()), about.revealed])
        mark = hashlib.sha256(seen.encode()).hexdigest()[:16]
        named = nameable(groups, list(by_group))
        return Now(len(kept), dict(Counter(one.session for one in kept)), by_group, named, shown, about.revealed, mark)

    async def _next(self, about: Consultation, kept: Sequence[KeptBallot]) -> Shown:
        live = live_of(json.loads(about.live), about.secret or b"")
        drawn = await asyncio.to_thread(next_pictures, live, {one.id: one.ballot for one in kept}, about.questions)
        if drawn != live and await self._desk.ask(self._desk.store.keep_live, about.id, drawn.as_json(), about.live):
            live = drawn
        return live.shown

    async def _last(self, about: Consultation) -> Shown:
        return shown_of(json.loads((await self._desk.ask(frozen_of, self._desk.store, about.id)).shown))
