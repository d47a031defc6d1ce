"""Ends the parts of a server one after the other: none is waited for without end, and each ends whatever becomes of the others."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

LOG = logging.getLogger("partnership_model.dashboards")


@dataclass(frozen=True)
class Part:
    """A part of a server.

    Attributes:
        name: what the log calls it.
        end: ends it.
        within: the seconds after which it is left to itself; None where it has limits of its own.
    """

    name: str
    end: Callable[[], Awaitable[object]]
    within: float | None


async def end_each(*parts: Part) -> None:
    """End every part, the first first."""
    async with contextlib.AsyncExitStack() as stack:  # which goes on also where it is itself cancelled
        for part in reversed(parts):
            stack.push_async_callback(_end, part)


async def _end(part: Part) -> None:
    limit = asyncio.timeout(part.within)
    try:
        async with limit:
            await part.end()
    except Exception:
        if limit.expired():
            LOG.warning("%s did not end within %g seconds", part.name, part.within)
        else:
            LOG.exception("%s could not be ended", part.name)
