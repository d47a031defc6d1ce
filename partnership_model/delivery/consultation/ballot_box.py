"""Ballots that come while others are being written are written together, so that all of them wait for the disk once."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from partnership_model.delivery.consultation.kept_rows import StoreDownError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from partnership_model.delivery.consultation.ballot_writing import Cast
    from partnership_model.errors import PartnershipError

MOST_AT_ONCE = 50
ENDED = "The store of ballots gave no answer before this program was stopped."


class BallotBox:
    """Takes ballots one by one, and gives each its own answer once it is on the disk."""

    def __init__(self, write: Callable[[Sequence[Cast]], Awaitable[list[int | PartnershipError]]]) -> None:
        """Take what writes several."""
        self._write = write
        self._waiting: list[tuple[Cast, asyncio.Future[int]]] = []
        self._written: list[tuple[Cast, asyncio.Future[int]]] = []  # at this moment
        self._emptying: asyncio.Task[None] | None = None
        self._ended = False

    async def cast(self, cast: Cast) -> int:
        """Write a ballot; give which version of it this is, 1 for the first.

        Raises:
            PartnershipError: as `Store.cast` does.
            StoreDownError: also where nothing more is taken.
        """
        if self._ended:
            raise StoreDownError(ENDED)
        answer = asyncio.get_running_loop().create_future()
        self._waiting.append((cast, answer))
        if self._emptying is None or self._emptying.done():
            self._emptying = asyncio.ensure_future(self._empty())
        return await answer

    async def emptied(self) -> None:
        """Wait until everything that was put in is written, or refused."""
        while self._emptying is not None and not self._emptying.done():
            await asyncio.shield(self._emptying)  # whoever waits no longer stops no ballot that is being written

    async def end(self) -> None:
        """Take nothing more once all is written or refused.

        Who has no answer when this is cancelled is told that the store gave none. Such a ballot may be written all the same: sent
        again, it counts once.
        """
        try:
            await self.emptied()
        finally:
            self._ended = True
            left, self._waiting = [*self._written, *self._waiting], []
            for _, answer in left:
                if not answer.done():
                    answer.set_exception(StoreDownError(ENDED))

    async def _empty(self) -> None:
        """Write until nobody waits."""
        while self._waiting:
            batch, self._waiting = self._waiting[:MOST_AT_ONCE], self._waiting[MOST_AT_ONCE:]
            self._written = batch
            try:
                outcomes: Sequence[int | Exception] = await self._write([cast for cast, _ in batch])
            except StoreDownError as error:
                outcomes = [StoreDownError(str(error)) for _ in batch]
            except Exception as error:  # noqa: BLE001 - whoever waits is told, and those who come after are not stopped
                outcomes = [error] * len(batch)
            for (_, answer), outcome in zip(batch, outcomes, strict=True):
                if answer.done():  # nobody waits for it any more
                    continue
                if isinstance(outcome, Exception):
                    answer.set_exception(outcome)
                else:
                    answer.set_result(outcome)
