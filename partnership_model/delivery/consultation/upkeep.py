"""What a server does without being asked, when it starts and while it runs: erase, freeze, and delete what is to be gone by today."""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
from typing import TYPE_CHECKING

from partnership_model.delivery.consultation.erasing import BUSY, erase
from partnership_model.delivery.consultation.freezing import frozen_of
from partnership_model.delivery.consultation.frozen_store import unfrozen
from partnership_model.delivery.consultation.kept_rows import StoreDownError
from partnership_model.delivery.consultation.retention import delete_overdue, kept

if TYPE_CHECKING:
    from collections.abc import Callable

    from partnership_model.delivery.consultation.desk import Desk
    from partnership_model.delivery.consultation.store import Store

LOG = logging.getLogger("partnership_model.consultation")
EVERY = 60.0  # seconds
GONE = "The consultation that was served here is deleted, so this server stops."


def looked_after(store: Store, now: dt.datetime) -> tuple[str, ...]:
    """Do what is due; give what is to be said of it.

    Raises:
        StoreDownError: the database does not answer.
    """
    for closed in unfrozen(store):  # by an older version of this program
        frozen_of(store, closed)
    says = delete_overdue(store, now)
    return says if erase(store) else (*says, BUSY)


async def keep_up(desk: Desk, stop: Callable[[], None]) -> None:
    """Look every minute, say once what is to be said, and stop a server whose consultation is gone."""
    said: set[str] = set()
    while True:
        await asyncio.sleep(EVERY)
        try:
            says = await desk.ask(looked_after, desk.store, dt.datetime.now(dt.UTC))
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
