"""One process for an evening: the facilitator's pages beside the dashboard, and a second listener that knows the forms alone."""

from __future__ import annotations

import asyncio
import datetime as dt
import functools
import ipaddress
import signal
import socket
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from tornado.ioloop import PeriodicCallback

from partnership_model.delivery.consultation.desk import Desk
from partnership_model.delivery.consultation.export import export_routes
from partnership_model.delivery.consultation.facilitator import facilitator_routes
from partnership_model.delivery.consultation.form_door import FormDoor
from partnership_model.delivery.consultation.form_server import FormServer
from partnership_model.delivery.consultation.forms import form_application
from partnership_model.delivery.consultation.on_wall import wall_routes
from partnership_model.delivery.consultation.paper_printing import paper_routes
from partnership_model.delivery.consultation.retention import refuse_overdue
from partnership_model.delivery.consultation.session_closing import session_closing_routes
from partnership_model.delivery.consultation.store import Store
from partnership_model.delivery.consultation.told_apart import told_routes
from partnership_model.delivery.consultation.upkeep import keep_up, looked_after
from partnership_model.delivery.consultation.wrong_codes import FORGOTTEN_EVERY, WrongCodes
from partnership_model.delivery.orderly_end import Part, end_each
from partnership_model.delivery.server import ENDS_WITHIN, serve
from partnership_model.errors import PartnershipError
from partnership_model.knowledge.consultation.question_set import question_set

if TYPE_CHECKING:
    from pathlib import Path

    from partnership_model.delivery.consultation.kept_rows import Consultation
    from partnership_model.knowledge.base import KnowledgeBase
    from partnership_model.knowledge.cases import Case

HALL_PORT = 8080
LOOPBACK = ("127.0.0.1", "::1")
PORTS_TO_TRY = 20
LAST_WORDS = 0.2  # seconds for receipts that are on their way
WRITTEN_WITHIN = 30.0  # seconds; a database that is down is known to be so within 25 (`database.ALIVE`)
WAITING = 1024  # connections that the system holds while we are at others


class Hall:
    """What a consultation serves beside the dashboard."""

    home = "consultation"

    def __init__(self, store: Store, consultation: Consultation, sockets: list[socket.socket], address: str, proxy: str = "") -> None:
        """Take the store, the sockets on which the hall reaches the forms, the address that it types, and a proxy's name for it."""
        self.desk = Desk(store, consultation, tell=functools.partial(print, flush=True))
        self.address = address
        self._sockets = sockets
        here = {*LOOPBACK, *(one.getsockname()[0] for one in sockets)} if proxy else set[str]()
        self._door = FormDoor(proxy, frozenset(here))
        self._wrong = WrongCodes()
        self._forgets = PeriodicCallback(self._wrong.forget, FORGOTTEN_EVERY * 1000)
        self._server: FormServer | None = None
        self._upkeep: asyncio.Task[None] | None = None

    def routes(self) -> list[tuple[Any, ...]]:
        """List the facilitator's addresses."""
        routes = facilitator_routes(self.desk, self.address)
        shared = routes[0][2]  # the desk, the hall's address and what may be shown
        return [
            *routes,
            *wall_routes(shared),
            *paper_routes(shared),
            *told_routes(shared),
            *export_routes(shared),
            *session_closing_routes(shared),
        ]

    async def begin(self) -> None:
        """Open the forms."""
        self._server = FormServer(form_application(self.desk, self._wrong, self._door))
        self._server.add_sockets(self._sockets)
        self._upkeep = asyncio.ensure_future(keep_up(self.desk, functools.partial(signal.raise_signal, signal.SIGTERM)))
        self._forgets.start()
        print(f"The forms are at {self.address}", flush=True)  # noqa: T201 - for whoever started it

    async def end(self) -> None:
        """Close the forms once what is being sent is kept, or was refused because the store does not answer."""
        if self._upkeep:
            self._upkeep.cancel()
        self._forgets.stop()
        self.desk.last_minutes.close()
        forms: list[Part] = []
        if self._server:
            self._server.stop()
            forms = [
                Part("The box of ballots", self.desk.box.end, WRITTEN_WITHIN),
                Part("The last words", functools.partial(asyncio.sleep, LAST_WORDS), None),
                Part("The forms' connections", self._server.close_all_connections, ENDS_WITHIN),
            ]
        # In a thread, since it waits for those in which something is still being written.
        await end_each(*forms, Part("The store's threads", functools.partial(asyncio.to_thread, self.desk.close), WRITTEN_WITHIN))


@dataclass(frozen=True)
class Places:
    """Where a consultation is reached.

    Attributes:
        hall: this computer's address in the hall's network, at which the forms are served.
        hall_port: the port of the forms, 0 for any free one, None for 8080 or the next free one.
        forms_at: the address that people type, where a proxy shows the forms; else the hall's own.
        port: the port of the facilitator's pages, on this computer alone.
        behind: the address at which a proxy shows the facilitator's pages, after login and by HTTPS.
    """

    hall: str = "127.0.0.1"
    hall_port: int | None = None
    forms_at: str = ""
    port: int | None = None
    behind: str = ""


def consult(  # noqa: PLR0913 - what an evening needs
    folder: Path, case: Case, base: KnowledgeBase, store: str, places: Places, *, open_browser: bool, anew: bool = False
) -> None:
    """Serve a case's consultation until Ctrl-C; one that was opened before goes on with the questions it began with.

    Raises:
        PartnershipError: the case asks nothing, the store cannot be used, or there is no place to listen.
    """
    kept, sockets = Store(store), []
    try:
        found = looked_after(kept, dt.datetime.now(dt.UTC))
        for says in (*found.says, *found.failed):
            print(says, flush=True)  # noqa: T201 - for whoever started it
        consultation = opened(kept, folder, case, base, anew=anew)
        sockets = hall_sockets(places.hall, places.hall_port)
        name = f"[{places.hall}]" if ":" in places.hall else places.hall
        address = places.forms_at or f"http://{name}:{sockets[0].getsockname()[1]}"
        hall = Hall(kept, consultation, sockets, address, urlsplit(places.forms_at).hostname or "")
        stated = case.file.consultation.most_answers if case.file.consultation else None
        hall.desk.most = stated or hall.desk.most  # no part of the frozen questions: an evening may need more
        serve(folder, port=places.port, open_browser=open_browser, behind=places.behind, beside=hall)
    finally:
        for one in sockets:
            one.close()
        kept.close()


def opened(store: Store, folder: Path, case: Case, base: KnowledgeBase, *, anew: bool = False) -> Consultation:
    """Give the consultation of a case that was opened last, or open one where there is none or a new one is asked for.

    Raises:
        PartnershipError: the case does not say what to ask, or the ballots of its consultation are to be gone by today.
    """
    place, today = str(folder.resolve()), dt.datetime.now(dt.UTC).date()
    found = store.latest(place)
    refuse_overdue(found, today)
    if found and (found.closed is None or not anew):
        return found
    if case.file.consultation is None:
        message = (
            f"{case.name}: it does not say what to ask. Add the key `consultation` to its case.yaml; docs/consultation.md has an example."
        )
        raise PartnershipError(message)
    return store.open_consultation(place, question_set(case, case.file.consultation, base, today), today)


def hall_sockets(hall: str, port: int | None) -> list[socket.socket]:
    """Listen where the hall reaches the forms: at one address of this computer.

    Raises:
        PartnershipError: it is none, or the port is taken.
    """
    if ipaddress.ip_address(hall).is_global:
        message = (
            f"{hall} is reached from the whole internet, and what people send there could be read on the way. Serve the forms at "
            "127.0.0.1, let a proxy show them by HTTPS, and name its address: --forms-at https://NAME (docs/consultation-server.md)."
        )
        raise PartnershipError(message)
    problem = ""
    for candidate in range(HALL_PORT, HALL_PORT + PORTS_TO_TRY) if port is None else [port]:
        try:
            family = socket.AF_INET6 if ":" in hall else socket.AF_INET
            bound = socket.create_server((hall, candidate), family=family, backlog=WAITING)
        except (OSError, OverflowError) as error:
            problem = str(error)
            continue
        bound.setblocking(False)  # noqa: FBT003 - as Tornado wants it
        return [bound]
    known = ", ".join(own_addresses()) or "none was found"
    message = f"The forms cannot be served at {hall}: {problem}. Addresses of this computer: {known}."
    raise PartnershipError(message)


def own_addresses() -> list[str]:
    """List this computer's addresses in networks, as far as they can be found without asking anybody."""
    found: set[str] = set()
    try:
        found |= {str(one[4][0]) for one in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)}
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
            line.connect(("192.0.2.1", 9))  # an address for documentation; nothing is sent
            found.add(str(line.getsockname()[0]))
    except OSError:
        pass
    return sorted(one for one in found if not one.startswith("127."))
