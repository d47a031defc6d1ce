"""How many people a consultation takes on one computer, and what it loses when it is killed: `python benchmarks/consultation.py`.

A crowd opens the form of `partnership consult` and sends it, over loopback: 300 people within a minute; 300 within one second, every
tenth of whom presses the button twice at once; 300 within some seconds in which the server is killed three times and started again; and
300 on a PostgreSQL that is killed once. In the first two the facilitator's page and the wall are open. Whoever gets no receipt sends
the same form again. Afterwards each acknowledged ballot is held against what that person said. In the same run stock Voila gives as
many people as are bearable a page of widgets with a kernel each. A join is a form opened, sent and acknowledged, and for Voila a page
that is there. How many fit into a GiB counts each server itself.
It needs what `make test` installs, and Linux for memory. Nothing is asserted: the goals stand beside what was measured, and so does
the machine's load. It asks this computer alone and takes about three minutes.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from peers.consulting import Consulting, consulting, own_postgres
from peers.crowd import crowd, hall_of, late, wait_for
from peers.stock_kernels import measured

if TYPE_CHECKING:
    from collections.abc import Callable

    from peers.consulting import Kept
    from peers.crowd import Person
    from peers.stock_kernels import Kernels

PEOPLE, PAGES, KILLS = 300, 10, 3
MINUTE, SECOND, BURST = 60.0, 1.0, 4.0
QUIET = 0.15  # of one processor; then a server that was just started has nothing left to prepare
GIBIBYTE = 1024  # MiB
ROOM = 30  # MiB that a crowd may add
LEAST = 10
MOST = {"people": 1000, "pages": 50, "kills": 10}


@dataclass(frozen=True)
class Row:
    """A line of the table."""

    what: str
    goal: str
    found: str
    reached: bool

    def __str__(self) -> str:
        """Write it as Markdown."""
        return f"| {self.what} | {self.goal} | {self.found} | {'yes' if self.reached else 'no'} |"


def settle(served: Consulting) -> None:
    """Wait until the server has warmed up whatever it warms up."""
    for _ in range(60):
        if served.busy() < QUIET:
            return


def crowds(people: int, pages: int) -> list[Row]:
    """Measure a crowd that comes evenly, one that comes at once, and Voila beside them."""
    with consulting() as served:
        session = served.open_session()
        settle(served)
        first, even, at_once = hall_of(people // 10), hall_of(people), hall_of(people)
        asyncio.run(crowd(served.port, session.code, first, 1.0))  # whoever comes first waits for what Python reads once
        before = served.memory()
        with served.watched():
            asyncio.run(crowd(served.port, session.code, even, MINUTE))
            begin = time.monotonic()
            asyncio.run(crowd(served.port, session.code, at_once, SECOND))
            rate = people / (time.monotonic() - begin)
        after = served.memory()
    growth = after - before
    kernels = measured(pages)
    fits = (GIBIBYTE - before) / (max(growth, 1.0) / (2 * people))
    return [
        _timed(f"{people} within a minute: 95 of 100 forms are there, receipts are there", even, 0.1),
        _timed(f"{people} within a second: the same", at_once, 3.0),
        Row(f"memory that both crowds add to the {before:.0f} MiB of the server", f"under {ROOM} MiB", f"{growth:.1f} MiB", growth < ROOM),
        _against("people that a GiB has room for, the server included", 100, fits, kernels.fit(GIBIBYTE), kernels),
        _against("people who join in a second", 20, rate, kernels.per_second, kernels),
    ]


def _timed(what: str, persons: list[Person], most: float) -> Row:
    forms, receipts = late([one.opened for one in persons]), late([one.sent for one in persons])
    acknowledged = sum(one.acknowledged for one in persons)
    found = f"{forms * 1000:.0f} ms, {receipts * 1000:.0f} ms; {acknowledged} acknowledged"
    reached = max(forms, receipts) < most and acknowledged == len(persons)
    return Row(what, f"each under {most * 1000:.0f} ms, all acknowledged", found, reached)


def _against(what: str, times: int, ours: float, theirs: float, kernels: Kernels) -> Row:
    pages = f"{kernels.pages} pages of stock Voila at once, {kernels.each:.0f} MiB each"
    found = f"{ours:.0f} against {theirs:.1f} ({pages}), {ours / theirs:.0f}x"
    return Row(what, f"at least {times}x a kernel each", found, ours >= times * theirs)


def killed(people: int, kills: int) -> Row:
    """Kill the server in the middle of a burst and start it again, several times."""
    persons = hall_of(people)

    def happens(served: Consulting) -> None:
        for number in range(1, kills + 1):
            wait_for(persons, people * number // (kills + 1))
            served.kill()
            served.start(again=True)

    with consulting() as served:
        kept = asyncio.run(_evening(served, persons, happens))
    return _whole(f"{people} within {BURST:.0f} s, the server killed {kills} times", kept, persons)


def postgres_killed(people: int) -> Row:
    """Kill a PostgreSQL in the middle of a burst and start it again."""
    persons = hall_of(people)
    with own_postgres() as database, consulting(database.address) as served:

        def happens(_: Consulting) -> None:
            wait_for(persons, people // 2)
            database.kill()
            time.sleep(1)
            database.start()

        kept = asyncio.run(_evening(served, persons, happens))
    return _whole(f"{people} within {BURST:.0f} s, PostgreSQL killed once", kept, persons)


async def _evening(served: Consulting, persons: list[Person], happens: Callable[[Consulting], None]) -> Kept:
    """Have a crowd answer while something happens, and hold what is kept against what they said."""
    code = served.open_session().code
    await asyncio.gather(crowd(served.port, code, persons, BURST), asyncio.to_thread(happens, served))
    return served.held_against(persons)


def _whole(what: str, kept: Kept, persons: list[Person]) -> Row:
    again = sum(one.again for one in persons)
    found = (
        f"{kept.acknowledged} acknowledged ({again} requests had to be sent again), {kept.rows} ballots, {kept.comments} comments; "
        f"{kept.lost} lost, {kept.altered} altered, {kept.rows - kept.acknowledged} too many"
    )
    return Row(what, "none lost, altered or doubled", found, kept.whole(len(persons)))


def _load() -> str:
    return ", ".join(f"{one:.1f}" for one in os.getloadavg())


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=PEOPLE, help="how many people come (default: %(default)s, at most 1000)")
    parser.add_argument("--pages", type=int, default=PAGES, help="how many pages stock Voila opens at once (default: %(default)s)")
    parser.add_argument("--kills", type=int, default=KILLS, help="how often the server is killed (default: %(default)s)")
    arguments = parser.parse_args()
    too_many = [name for name, most in MOST.items() if getattr(arguments, name) > most]
    if too_many or arguments.people < LEAST or min(arguments.pages, arguments.kills) < 1:
        parser.error(f"{LEAST} to {MOST['people']} people, 1 to {MOST['pages']} pages and 1 to {MOST['kills']} kills are bearable")
    return arguments


def main() -> None:
    """Measure all of it and print the table."""
    arguments = _arguments()
    before = _load()
    rows = crowds(arguments.people, arguments.pages)
    print("the crowds are measured", file=sys.stderr)
    rows.append(killed(arguments.people, arguments.kills))
    rows.append(postgres_killed(arguments.people))
    print(f"{os.cpu_count()} processors. Load of the machine (1, 5, 15 minutes): before {before}; after {_load()}.\n")
    print("| what | goal | found | reached |\n|---|---|---|---|")
    print("\n".join(str(row) for row in rows))


if __name__ == "__main__":
    main()
