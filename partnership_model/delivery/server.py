"""The dashboards' server: standalone Voila behind one door, on this computer only."""

from __future__ import annotations

import asyncio
import logging
import os
import shutil
import signal
import tempfile
import threading
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from tornado.httpserver import HTTPServer
from traitlets import Dict, Unicode
from traitlets.config import Config
from voila.app import Voila
from voila.configuration import VoilaConfiguration

from partnership_model.delivery import pages, warm_kernels
from partnership_model.delivery.access import Access, GuardedApplication, VisitorIdentity, page_headers
from partnership_model.delivery.behind_proxy import HEADER, BehindProxy
from partnership_model.delivery.first_page import FirstPage
from partnership_model.delivery.kept_secrets import cookie_secret, proxy_proof
from partnership_model.delivery.kernel_specs import OwnKernelSpecs
from partnership_model.delivery.listening import PORT, sockets_at
from partnership_model.delivery.messages import message_page
from partnership_model.delivery.orderly_end import Part, end_each
from partnership_model.delivery.server_log import kept_log
from partnership_model.delivery.sessions import Sessions
from partnership_model.delivery.vega_bundle import VegaBundle
from partnership_model.errors import PartnershipError
from partnership_model.knowledge.shipped import shipped

if TYPE_CHECKING:
    import socket
    from collections.abc import Mapping

DASHBOARD = "governors"
SESSIONS = 8
REHEARSE = "partnership_model.display.widgets:rehearse"
HEADER_SIZE = 32_768
MEGABYTE = 1 << 20
IDLE_SECONDS = 600
PING_TIMEOUT = 30_000  # milliseconds; jupyter_server's own is longer than Tornado allows, which it says with each page
ENDS_WITHIN = 10  # seconds for each part: who pressed Ctrl-C does not wait for ever
POSIX = os.name == "posix"


def serve(  # noqa: PLR0913
    case: Path,
    *,
    host: str = "127.0.0.1",
    port: int | None = None,
    open_browser: bool = True,
    notebooks: Mapping[str, Path] | None = None,
    sessions: int = SESSIONS,
    behind: str = "",
    beside: Beside | None = None,
) -> None:
    """Serve a case's dashboard until Ctrl-C.

    Args:
        case: the case's folder.
        host: a name of this computer; nothing else can reach the server.
        port: the port to use and no other, 0 for any free one, None for 8866 or (not behind a proxy) the next free one.
        open_browser: whether to open the printed address.
        notebooks: the table of names and notebooks, all in one folder; the first name is the front page.
        sessions: how many pages may be open at a time.
        behind: the address at which a proxy on this computer shows the server, after login and by HTTPS; else nobody but
            the one browser that gets the printed address is let in.
        beside: what the same process serves beside the dashboard, such as a consultation.

    Raises:
        PartnershipError: if the host is not this computer, the port is taken, or the proxy could not be known by its proof.
    """
    table = dict(notebooks or {DASHBOARD: shipped("dashboards", "governors.ipynb")})
    about = str(case.resolve())
    proof, kept = proxy_proof() if behind else ("", None)
    proxy = BehindProxy(behind, proof, cookie_secret(), about) if behind else None
    sockets = sockets_at(host, PORT if proxy and port is None else port)
    port = sockets[0].getsockname()[1]
    access = proxy or Access(port, cookie_secret(), about)
    here = f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"
    with kept_log() as log_file:
        server = DashboardServer(
            log=logging.getLogger("partnership_model.dashboards"),
            config=_configuration(case.resolve(), sessions, log_file),
            root_dir=str(next(iter(table.values())).resolve().parent),
            notebooks={name: str(path.resolve()) for name, path in table.items()},
            case=case.resolve(),
            access=access,
            identity_provider_class=VisitorIdentity,
            beside=beside,
        )
        server.initialize()
        if proxy:
            said = f"The workbook waits at {here} for the proxy that shows it at https://{proxy.origin}/ (press Ctrl-C here to stop it)"
            server.serve_on(sockets, f"{said}\nThe proxy proves itself by the header {HEADER}, whose value stands in {kept}")
        else:
            address = f"{here}?token={access.token}"
            said = f"The workbook is ready at {address} (press Ctrl-C here to stop it)"
            server.serve_on(sockets, said, address if open_browser else "")


def _configuration(case: Path, sessions: int, log_file: Path) -> Config:
    """Settle what Voila leaves open; nothing is read from files, the environment or the address."""
    return Config(
        VoilaConfiguration={
            "template": "partnership",
            "theme": "light",
            "allow_template_override": "NO",
            "allow_theme_override": "NO",
            "file_allowlist": [],
            "strip_sources": True,
            "show_tracebacks": False,
            "multi_kernel_manager_class": Sessions,
            "kernel_spec_manager_class": OwnKernelSpecs,
        },
        KernelProvisionerFactory={"default_provisioner_name": warm_kernels.provisioner_name()},
        Sessions={"cap": sessions, "environment": {"PARTNERSHIP_CASE": str(case)}, "log_file": str(log_file)},
        KernelManager={
            "autorestart": False,  # a restarted kernel is an empty one behind a page that looks alive
            "transport": "ipc" if POSIX else "tcp",  # nobody else's processes can connect to a socket in our folder
        },
        MappingKernelManager={
            "cull_idle_timeout": IDLE_SECONDS,
            "cull_interval": 60,
            "allow_tracebacks": False,
        },
    )


class Beside(Protocol):
    """What one process serves beside the dashboards.

    Attributes:
        home: the path of its first page, which is where the bare address leads.
    """

    home: str

    def routes(self) -> list[tuple[Any, ...]]:
        """List its addresses; they are behind the same door."""

    async def begin(self) -> None:
        """Start what it needs, in the server's loop."""

    async def end(self) -> None:
        """Stop it; no part of it may take for ever."""


class DashboardServer(Voila):
    """Voila with a fixed table of notebooks, one door and kernels that end with their page."""

    notebooks = Dict(Unicode(), help="The table of names and notebooks.")

    def __init__(self, access: Access, case: Path, beside: Beside | None = None, **kwargs: object) -> None:
        """Keep the door."""
        super().__init__(**kwargs)
        self.beside = beside
        self.access = access
        self.case = case
        self.bundle = VegaBundle()
        self.first_page = FirstPage(case) if DASHBOARD in self.notebooks else None
        self.stopping: asyncio.Event | None = None

    def initialize(self, argv: list[str] | None = None) -> None:  # noqa: ARG002
        """Set up without a look at the command line or at Voila's files in this or the user's folder."""
        self._init_asyncio_patch()
        self.voila_configuration = VoilaConfiguration(parent=self)
        self.setup_template_dirs()

    def setup_template_dirs(self) -> None:
        """Use the workbook's own template; a folder of the same name elsewhere changes nothing."""
        self.template_paths = [str(shipped("dashboards", "templates", "partnership"))]

    def init_settings(self) -> dict[str, Any]:
        """Add the second fence behind the door, and headers that keep the page's requests here."""
        settings = super().init_settings()
        settings.update(
            allow_remote_access=False,
            local_hostnames=self.access.names,
            cookie_secret=os.urandom(32),  # ours is the door's business
            default_handler_class=pages.NowhereHandler,
            headers=page_headers(self.access.socket),
            xsrf_cookie_kwargs={"samesite": "Strict", "secure": self.access.scheme == "https", "expires_days": None},
            ws_ping_timeout=PING_TIMEOUT,
            log_function=lambda _handler: None,
        )
        return settings

    def init_handlers(self) -> list[tuple[Any, ...]]:
        """List every address there is."""
        names = "|".join(self.notebooks)
        page = {
            "notebooks": self.notebooks,
            "template_paths": self.template_paths,
            "config": self.config,
            "voila_configuration": self.voila_configuration,
            "first_pages": {DASHBOARD: self.first_page} if self.first_page else {},
        }
        return [
            (r"/", pages.HomeHandler, {"home": self.beside.home if self.beside else next(iter(self.notebooks))}),
            *(self.beside.routes() if self.beside else ()),
            (rf"/({names})", pages.DashboardHandler, page),
            (rf"/partnership/alive/{pages.KERNEL_ID}", pages.AliveHandler),
            (rf"/partnership/leave/{pages.KERNEL_ID}", pages.LeaveHandler),
            (r"/partnership/vega\.js", pages.VegaHandler, {"bundle": self.bundle}),
            (rf"/api/kernels/{pages.KERNEL_ID}/channels", pages.ChannelsHandler),
        ]

    def application(self) -> GuardedApplication:
        """Put the door in front of every address."""
        built = GuardedApplication(self.access, **self.init_settings())
        built.add_handlers(".*$", self.init_handlers())
        return built

    def serve_on(self, sockets: list[socket.socket], said: str, opened: str = "") -> None:
        """Run until somebody stops it.

        Args:
            sockets: where to listen.
            said: what to print when the door is open.
            opened: the address to open in this computer's browser, if any.

        Raises:
            PartnershipError: if there is no room for the kernels' connections.
        """
        try:
            # The names of sockets may have no more than about a hundred letters, and macOS's own folder takes half of them.
            self.connection_dir = tempfile.mkdtemp(prefix="partnership-", dir="/tmp" if POSIX else None)  # noqa: S108
        except OSError as error:
            message = f"The workbook needs a folder for what is open at the moment, and could make none: {error.strerror}."
            raise PartnershipError(message) from error
        try:
            asyncio.run(self._run(sockets, said, opened))
        finally:
            shutil.rmtree(self.connection_dir, ignore_errors=True)

    def _door(self, address: str) -> str:
        """Write a page that leads to the address, since what is handed to a browser stands in the list of processes."""
        page = Path(self.connection_dir) / "open.html"
        page.touch(mode=0o600)
        page.write_text(message_page("Opening the workbook…", "", refresh=f"0; url={address}"), encoding="utf-8")
        return page.as_uri()

    async def _run(self, sockets: list[socket.socket], said: str, opened: str) -> None:
        """Open the door, say so, and leave nothing behind in the end."""
        self.stopping = asyncio.Event()
        self._listen_for_signals()
        self.app = self.application()
        server = HTTPServer(self.app, max_body_size=MEGABYTE, max_header_size=HEADER_SIZE, idle_connection_timeout=60, body_timeout=30)
        server.add_sockets(sockets)
        try:
            self.bundle.start()
            if self.first_page:
                self.first_page.start()
            if warm_kernels.CAN_FORK:
                warm_kernels.warm_up(warm_kernels.Rehearsal(REHEARSE, str(self.case)))
            if self.beside:
                await self.beside.begin()
            print(said, flush=True)  # noqa: T201
            if opened:
                threading.Thread(target=webbrowser.open, args=(self._door(opened),), daemon=True).start()
            await self.stopping.wait()
        finally:
            server.stop()
            await end_each(*self._parts(), Part("The connections", server.close_all_connections, ENDS_WITHIN))

    def _parts(self) -> list[Part]:
        """List what runs beside the connections."""
        found = [Part("The consultation", self.beside.end, None)] if self.beside else []
        found += [Part("The kernels", self.kernel_manager.close, ENDS_WITHIN), Part("The bundle", self.bundle.stop, ENDS_WITHIN)]
        return [*found, Part("The first page", self.first_page.stop, ENDS_WITHIN)] if self.first_page else found

    def _listen_for_signals(self) -> None:
        """Stop in an orderly way on Ctrl-C, on a polite kill and when the terminal is closed."""
        loop = asyncio.get_running_loop()
        for name in ("SIGINT", "SIGTERM", "SIGHUP"):
            number = getattr(signal, name, None)
            if number is None:
                continue
            try:
                loop.add_signal_handler(number, self.stopping.set)
            except NotImplementedError:  # Windows
                signal.signal(number, lambda *_: loop.call_soon_threadsafe(self.stopping.set))
