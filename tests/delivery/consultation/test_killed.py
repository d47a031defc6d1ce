"""A consultation that is killed in the middle of an evening: whoever has a receipt is counted, once and as they said it."""

from __future__ import annotations

import asyncio
import re
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import pytest

from tests.delivery.consultation.test_outsiders import ask

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

    from peers.consulting import Consulting

    from tests.delivery.consultation.own_postgres import OwnPostgres

PEOPLE = 40
BURST = 2.0


@pytest.fixture(scope="module")
def peers() -> tuple[ModuleType, ModuleType]:
    """Import the crowd of the benchmark."""
    sys.path.insert(0, str(Path(__file__).resolve().parents[3] / "benchmarks"))
    from peers import consulting, crowd  # noqa: PLC0415 - found from here on only

    return consulting, crowd


def evening(peers: tuple[ModuleType, ModuleType], served: Consulting, happens: Callable[[], None]) -> list[Any]:
    """Have a crowd answer while something happens once a quarter of them have a receipt, and hold what is kept against what they said."""
    session, persons = served.open_session(), peers[1].hall_of(PEOPLE)

    def later() -> None:
        peers[1].wait_for(persons, PEOPLE // 4)
        happens()

    thread = threading.Thread(target=later)
    thread.start()
    asyncio.run(peers[1].crowd(served.port, session.code, persons, BURST))
    thread.join()
    kept = served.held_against(persons)
    assert kept.whole(PEOPLE), kept
    return persons


def test_a_server_that_is_killed_loses_alters_and_doubles_nothing_and_its_forms_outlive_it(
    peers: tuple[ModuleType, ModuleType],
) -> None:
    with peers[0].consulting() as served:
        early = served.open_session()
        page = ask(served.port, f"/{early.code}", "GET")[1]
        fields = dict(peers[1].HIDDEN.findall(page))

        def kill() -> None:
            served.kill()
            served.start(again=True)

        persons = evening(peers, served, kill)
        assert sum(one.again for one in persons) > 0, "nobody was cut off, so nothing was tried"
        # A form that somebody had open all the while, and sends only now.
        typed = urlencode({**fields, "place.cost": "1", "group": "Staff"}).encode()
        sent = [asyncio.run(peers[1].ask(served.port, f"POST /{early.code} HTTP/1.1", typed)) for _ in range(2)]
        assert [status for status, _ in sent] == [200, 200]
        assert len({re.search(peers[1].RECEIPT, text)[0] for _, text in sent}) == 1
    assert "Traceback" not in "".join(served.said)


def test_a_postgresql_that_is_killed_loses_alters_and_doubles_nothing(peers: tuple[ModuleType, ModuleType], postgres: OwnPostgres) -> None:
    with peers[0].consulting(postgres.emptied()) as served:

        def kill() -> None:
            postgres.kill()
            time.sleep(0.5)
            postgres.start()

        evening(peers, served, kill)
    said = "".join(served.said)
    assert "The store of ballots does not answer" in said
    assert "The store of ballots answers again." in said
    assert "Traceback" not in said
