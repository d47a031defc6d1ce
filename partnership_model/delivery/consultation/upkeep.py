"""What a server does without being asked, when it starts and while it runs: erase, freeze, and delete what is to be gone by today."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from partnership_model.delivery.consultation.erasing import BUSY, erase
from partnership_model.delivery.consultation.freezing import frozen_of
from partnership_model.delivery.consultation.frozen_store import unfrozen
from partnership_model.delivery.consultation.kept_rows import StoreDownError
from partnership_model.delivery.consultation.retention import delete_if_overdue, kept
from partnership_model.errors import printable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from partnership_model.delivery.consultation.desk import Desk
    from partnership_model.delivery.consultation.store import Store

LOG = logging.getLogger("partnership_model.consultation")
EVERY = 60.0  # seconds
BY_HAND = "They are still there. Try by hand: partnership consult --delete {}"
AS_THEY_ARE = "Its {} stay as they are until they are deleted. Report this with the lines above."
GONE = "The consultation that was served here is deleted, so this server stops."


@dataclass(frozen=True)
class LookedAfter:
    """What came of it.

    Attributes:
        says: what is to be said of what was done, or will be.
        failed: for each consultation for which something could not be done: which, what, and what may be done about it.
    """

    says: tuple[str, ...]
    failed: tuple[str, ...] = ()


def looked_after(store: Store, now: dt.datetime) -> LookedAfter:
    """Do what is due, for each consultation by itself: one that cannot be looked after keeps no other from being deleted in time.

    Raises:
        StoreDownError: the database does not answer.
    """
    says, failed = [], []
    for one in kept(store):
        with _by_itself(failed, f"The ballots of {one.name} could not be deleted. {BY_HAND.format(printable(one.place))}"):
            says.append(delete_if_overdue(store, one, now))
    closed = unfrozen(store)  # by an older version of this program
    for one in (one for one in kept(store) if one.id in closed):
        with _by_itself(failed, f"What the closed consultation on {one.name} says could not be written. {AS_THEY_ARE.format(one.said)}"):
            frozen_of(store, one.id)
    if not erase(store):
        says.append(BUSY)
    return LookedAfter(tuple(one for one in says if one), tuple(failed))


@contextlib.contextmanager
def _by_itself(failed: list[str], message: str) -> Iterator[None]:
    """Keep what goes wrong to one consultation, for a developer with where it went wrong."""
    try:
        yield
    except StoreDownError:
        raise
    except Exception:  # a fault of ours, or a row that no version of ours wrote
        LOG.exception(message)
        failed.append(message)


async def keep_up(desk: Desk, stop: Callable[[], None]) -> None:
    """Look every minute, say once what is to be said, and stop a server whose consultation is gone."""
    said: set[str] = set()
    while True:
        await asyncio.sleep(EVERY)
        try:
            found = await desk.ask(looked_after, desk.store, dt.datetime.now(dt.UTC))
            says = (*found.says, *found.failed)
            gone = desk.consultation.id not in {one.id for one in await desk.ask(kept, desk.store)}
        except StoreDownError:  # which the desk says
            continue
        except Exception:  # a fault of ours must not end what keeps the promises
            LOG.exception("What was to be done by itself could not be done")
            continue
        for one in says:
            if one not in said:
                desk.tell(one)
        said = set(says)
        if gone:
            desk.tell(GONE)
            stop()
            return
