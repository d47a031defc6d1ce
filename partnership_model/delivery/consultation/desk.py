"""The desk between the handlers and the store: sessions that are looked up often, forms that prove where they came from."""

from __future__ import annotations

import asyncio
import hmac
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, TypeVar

from partnership_model.delivery.consultation.sittings import Sittings
from partnership_model.delivery.consultation.store import mark_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from partnership_model.delivery.consultation.store import Consultation, Session, Store

T = TypeVar("T")
KNOWN_FOR = 2.0  # seconds for which a session need not be read again to show its form; a ballot always reads it
MOST_KNOWN = 1000


class Desk:
    """One consultation's store, asked from an event loop that never waits for a disk."""

    def __init__(self, store: Store, consultation: Consultation) -> None:
        """Take the store and the consultation that is open."""
        self.store, self.consultation = store, consultation
        self.sittings = Sittings()
        threads = 1 if store.engine.dialect.name == "sqlite" else 4
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="ballots")
        self._known: dict[str, tuple[float, Session]] = {}

    async def ask(self, what: Callable[..., T], *about: Any, **more: Any) -> T:  # noqa: ANN401 - what the method takes
        """Do something with the store in a thread of its own."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, lambda: what(*about, **more))

    async def session(self, code: str) -> Session | None:
        """Give the session of this consultation that has a code."""
        kept = self._known.get(code)
        if kept and time.monotonic() - kept[0] < KNOWN_FOR:
            return kept[1]
        found = await self.ask(self.store.session, code)
        if found is None or found.consultation != self.consultation.id:
            return None
        if len(self._known) > MOST_KNOWN:
            self._known.clear()
        self._known[code] = (time.monotonic(), found)
        return found

    def proof(self, session: Session, participant: str) -> str:
        """Sign the participant that a form was made for, so that nobody makes up others by the thousand."""
        secret = self.consultation.secret or b""
        return mark_of(secret, f"form {session.code} {participant}")

    def proves(self, session: Session, participant: str, proof: str) -> bool:
        """Say whether a form is one of ours."""
        return self.consultation.secret is not None and hmac.compare_digest(proof.encode(), self.proof(session, participant).encode())

    def mark(self, participant: str) -> str:
        """Make the mark under which a participant's ballot is kept."""
        return mark_of(self.consultation.secret or b"", f"participant {participant}")

    def voucher_mark(self, voucher: str) -> str:
        """Make the mark under which a printed code is kept."""
        return mark_of(self.consultation.secret or b"", f"voucher {voucher}")

    def close(self) -> None:
        """Let go of the threads; what is being written is written."""
        self._threads.shutdown(wait=True)
