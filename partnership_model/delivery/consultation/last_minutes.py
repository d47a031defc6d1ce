"""Forms that are open when a session closes: how many there are, and two minutes in which they can still be sent.

All of it is kept in memory alone: it says nothing of who typed what. A program that is stopped in these minutes leaves the session open.
"""

from __future__ import annotations

import asyncio
import collections
import datetime as dt
import logging
import time
from typing import TYPE_CHECKING

from partnership_model.delivery.consultation.kept_rows import StoreDownError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

LOG = logging.getLogger("partnership_model.consultation")
GRACE = 120.0  # seconds
TRIED_AGAIN = 2.0  # seconds after which a session that could not be closed is tried again
OPEN_FOR = 15 * 60.0  # seconds after which a form that was not sent counts as left
MOST = 20_000  # forms that are remembered; the oldest is forgotten first


class OpenForms:
    """The forms that were handed out and not sent yet, by what proves that they are ours."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin with none."""
        self._clock = clock
        self._handed: collections.OrderedDict[tuple[str, str], float] = collections.OrderedDict()

    def handed_out(self, session: str, proof: str) -> None:
        """Remember that somebody has a form."""
        self._handed[session, proof] = self._clock()
        self._handed.move_to_end((session, proof))
        if len(self._handed) > MOST:
            self._handed.popitem(last=False)

    def sent(self, session: str, proof: str) -> None:
        """Forget it: it was sent."""
        self._handed.pop((session, proof), None)

    def count(self, session: str) -> int:
        """Count those of a session that were handed out a quarter of an hour ago or later."""
        since = self._clock() - OPEN_FOR
        return sum(one == session and at >= since for (one, _), at in self._handed.items())


class LastMinutes:
    """The sessions that close shortly: a form that is open can still be sent, and no new one is handed out."""

    def __init__(self, close: Callable[[str], Awaitable[None]], grace: float = GRACE) -> None:
        """Take what closes a session in the store, where no ballot slips in behind it."""
        self._close, self._grace = close, grace
        self._ends: dict[str, tuple[dt.datetime, asyncio.Task[None]]] = {}

    def begin(self, session: str) -> None:
        """Close a session once the time is over."""
        if session not in self._ends:
            at = dt.datetime.now(dt.UTC) + dt.timedelta(seconds=self._grace)
            self._ends[session] = (at, asyncio.ensure_future(self._end(session)))

    def stop(self, session: str) -> None:
        """Keep a session open after all, or close it at once: nothing more happens by itself."""
        _, task = self._ends.pop(session, (None, None))
        if task:
            task.cancel()

    def until(self, session: str) -> dt.datetime | None:
        """Give when a session closes, if it does so shortly."""
        return self._ends[session][0] if session in self._ends else None

    def close(self) -> None:
        """Let go of all; what is not closed by now stays open."""
        for session in tuple(self._ends):
            self.stop(session)

    async def _end(self, session: str) -> None:
        await asyncio.sleep(self._grace)
        written_down = False
        while True:
            try:
                await self._close(session)
            except StoreDownError:  # which the desk says
                await asyncio.sleep(TRIED_AGAIN)
            except Exception:  # a fault of ours must not leave a session that neither closes nor hands out forms
                if not written_down:
                    LOG.exception("A session could not be closed at the end of its last minutes")
                written_down = True
                await asyncio.sleep(TRIED_AGAIN)
            else:
                self._ends.pop(session, None)
                return
