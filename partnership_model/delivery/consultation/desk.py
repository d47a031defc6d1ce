"""The desk between the handlers and the store: sessions that are looked up often, forms that prove where they came from."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import logging
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, TypeVar

from partnership_model.delivery.consultation.ballot_box import BallotBox
from partnership_model.delivery.consultation.form_proofs import FormProofs
from partnership_model.delivery.consultation.kept_rows import ClosedError, StoreDownError
from partnership_model.delivery.consultation.last_minutes import LastMinutes, OpenForms
from partnership_model.delivery.consultation.marks import mark_of, new_secret
from partnership_model.delivery.consultation.sittings import Sittings, keep_over, sittings_over
from partnership_model.display.consultation.blank_form import BlankForms
from partnership_model.knowledge.consultation.plan import room_for

if TYPE_CHECKING:
    from collections.abc import Callable

    from partnership_model.delivery.consultation.kept_rows import Consultation, Session
    from partnership_model.delivery.consultation.store import Store

T = TypeVar("T")
KNOWN_FOR = 1.0  # seconds for which the sessions need not be read again to show a form; a ballot always reads its own
ASKED_AGAIN = 0.2  # seconds between two readings for codes that are not among them, since one may have been opened just now; they wait
RESTS = 1.0  # seconds for which a store that is down is not asked, lest those who wait for it stand in a line
LOG = logging.getLogger("partnership_model.consultation")


class Desk:
    """One consultation's store, asked from an event loop that never waits for a disk."""

    def __init__(self, store: Store, consultation: Consultation, tell: Callable[[str], None] = LOG.warning) -> None:
        """Take the store, the consultation that is open, and how whoever runs it is told something."""
        self.tell = tell
        self.store, self.consultation = store, consultation
        self.sittings = Sittings(self._sitting_mark, sittings_over(store, consultation.id))
        self.most = room_for(consultation.questions.groups)  # ballots that one form takes
        self.open_forms = OpenForms()
        self.last_minutes = LastMinutes(self.close_session)
        self.last_paper: tuple[str, int] | None = None  # the session and the number of the ballot on paper that was entered last
        threads = 1 if store.engine.dialect.name == "sqlite" else store.engine.pool.size()
        self.blank = BlankForms(consultation.questions)
        self.box = BallotBox(lambda casts: self.ask(store.cast_all, casts))
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="ballots")
        self._known: dict[str, Session] = {}
        self._read = self._missed = float("-inf")
        self._reading: asyncio.Task[None] | None = None
        self._keeping: asyncio.Task[None] | None = None
        self._down = False
        self._afterwards = new_secret()
        self._rests_until = float("-inf")

    async def ask(self, what: Callable[..., T], *about: Any, **more: Any) -> T:  # noqa: ANN401 - what the method takes
        """Do something with the store in a thread of its own; that it is down, or answers again, is said once.

        Raises:
            StoreDownError: it does not answer.
        """
        try:
            found = await asyncio.get_running_loop().run_in_executor(self._threads, lambda: self._try(what, *about, **more))
        except StoreDownError as error:
            if not self._down:
                self.tell(f"{error} Whoever sends a form keeps it and is told to try again.")
            self._down = True
            raise
        if self._down:
            self.tell("The store of ballots answers again.")
        self._down = False
        return found

    def _try(self, what: Callable[..., T], *about: Any, **more: Any) -> T:  # noqa: ANN401 - what the method takes
        if time.monotonic() < self._rests_until:
            message = "The store of ballots did not answer a moment ago."
            raise StoreDownError(message)
        try:
            return what(*about, **more)
        except StoreDownError:
            self._rests_until = time.monotonic() + RESTS
            raise

    async def leave(self, session: Session, sitting: str, proof: str) -> None:
        """Begin the next person's sitting, if something was sent in this one; what the store cannot keep now it keeps with the next one."""
        if sent := self.proofs.leaves(session.code, sitting, proof):
            self.sittings.leave(sitting, sent)
        if self._keeping is None or self._keeping.done():
            self._keeping = asyncio.ensure_future(self._keep_sittings())
        await asyncio.shield(self._keeping)

    async def _keep_sittings(self) -> None:
        with contextlib.suppress(StoreDownError, ClosedError):
            while marks := self.sittings.unkept():
                await self.ask(keep_over, self.store, self.consultation.id, marks)
                self.sittings.are_kept(marks)

    async def read_again(self) -> None:
        """Read the consultation again, after something was done to it.

        Raises:
            StoreDownError: it does not answer, and the consultation stays as it was known.
        """
        self.consultation = await self.ask(self.store.consultation, self.consultation.id)

    async def session(self, code: str) -> Session | None:
        """Give the session of this consultation that has a code; codes that are wrong cost the store nothing.

        While the store is down the sessions are those that were known last, so that what somebody typed is not lost.

        Raises:
            StoreDownError: it does not answer, and nothing of such a session is known.
        """
        begun = time.monotonic()
        if code in self._known and begun - self._read < KNOWN_FOR:
            return self._known[code]
        if code not in self._known:
            await asyncio.sleep(max(0.0, self._missed + ASKED_AGAIN - begun))
        try:
            while self._read < begun:
                await self._read_once()
        except StoreDownError:
            if code not in self._known:
                raise
        if code not in self._known:
            self._missed = time.monotonic()
        return self._known.get(code)

    async def close_session(self, session: str) -> None:
        """Take no more ballots in a session; a ballot that is being written is in before, or refused."""
        await self.ask(self.store.close_session, session, dt.datetime.now(dt.UTC).date())

    async def _read_once(self) -> None:
        """Read the sessions for all who ask at this moment."""
        if self._reading is None or self._reading.done():
            self._reading = asyncio.ensure_future(self._read_sessions())
        await asyncio.shield(self._reading)

    async def _read_sessions(self) -> None:
        begun = time.monotonic()
        found = await self.ask(self.store.sessions, self.consultation.id)
        self._known, self._read = {one.code: one for one in found}, begun

    @property
    def proofs(self) -> FormProofs:
        """Give what signs forms; after the closing, when the secret is gone, no form from before is ours any more."""
        return FormProofs(self.consultation.secret or self._afterwards)

    def mark(self, participant: str) -> str:
        """Make the mark under which a participant's ballot is kept."""
        return mark_of(self.consultation.secret or b"", f"participant {participant}")

    def _sitting_mark(self, sitting: str) -> str:
        return mark_of(self.consultation.secret or b"", f"sitting {sitting}")

    def voucher_mark(self, voucher: str) -> str:
        """Make the mark under which a printed code is kept."""
        return mark_of(self.consultation.secret or b"", f"voucher {voucher}")

    def close(self) -> None:
        """Let go of the threads; what is being written is written."""
        self._threads.shutdown(wait=True)
