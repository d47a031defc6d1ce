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


class BallotBox:
    """Takes ballots one by one, and gives each its own answer once it is on the disk."""

    def __init__(self, write: Callable[[Sequence[Cast]], Awaitable[list[int | PartnershipError]]]) -> None:
        """Take what writes several."""
        self._write = write
        self._waiting: list[tuple[Cast, asyncio.Future[int]]] = []
        self._emptying: asyncio.Task[None] | None = None

    async def cast(self, cast: Cast) -> int:
        """Write a ballot; give which version of it this is, 1 for the first.

        Raises:
            PartnershipError: as `Store.cast` does.
        """
        answer = asyncio.get_running_loop().create_future()
        self._waiting.append((cast, answer))
        if self._emptying is None or self._emptying.done():
            self._emptying = asyncio.ensure_future(self._empty())
        return await answer

    async def emptied(self) -> None:
        """Wait until everything that was put in is written, or refused."""
        while self._emptying is not None and not self._emptying.done():
            await self._emptying

    async def _empty(self) -> None:
        """Write until nobody waits."""
        while self._waiting:
            batch, self._waiting = self._waiting[:MOST_AT_ONCE], self._waiting[MOST_AT_ONCE:]
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
