"""Who may ask the dashboards' server anything: the browser that had the one-time token, and got a cookie for it."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from http import HTTPStatus
from typing import TYPE_CHECKING

import tornado.web
from jupyter_server.auth.identity import IdentityProvider, User

from partnership_model.delivery.messages import FROM_ELSEWHERE, OPENING, REFUSED, SCRIPT_HASH, WRONG_HOST

if TYPE_CHECKING:
    from tornado.httputil import HTTPMessageDelegate, HTTPServerRequest

LOOPBACK_NAMES = ("127.0.0.1", "localhost", "[::1]")
HTTP_PORT = 80
COOKIE_DAYS = 1
_OUR_OWN = ("none", "same-origin")
_DOOR = f"default-src 'none'; script-src '{SCRIPT_HASH}'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'"


class Access:
    """What one running server lets in."""

    scheme = "http"
    wrong_host = WRONG_HOST
    refused = REFUSED
    from_elsewhere = FROM_ELSEWHERE
    opening = OPENING
    entrance = "/"

    def __init__(self, port: int, secret: bytes, about: str = "") -> None:
        """Make the token of this run; a cookie is good for what the run is about, and for no other case on this port."""
        self.token = secrets.token_urlsafe(24)
        bare = LOOPBACK_NAMES if port == HTTP_PORT else ()
        self.hosts = frozenset((*(f"{name}:{port}" for name in LOOPBACK_NAMES), *bare))
        self.names = ["localhost"]
        # No browser reads an address of IPv6 in a policy; 'self' stands for it there.
        self.socket = " ".join(sorted(f"ws://{host}" for host in self.hosts if not host.startswith("[")))
        self.about = hashlib.sha256(about.encode()).hexdigest()[:16]
        # Browsers share cookies between the ports of a host, so that two servers need two names.
        self.cookie_name = f"partnership-{port}"
        self._secret = secret
        self._spent = False
        self._started = time.time() - time.monotonic()

    def clock(self) -> float:
        """Give the time as this run began with it: a laptop that finds a network sets its clock, and nobody is to be shut out by that."""
        return self._started + time.monotonic()

    def knows_host(self, request: HTTPServerRequest) -> bool:
        """Say whether the browser meant this machine: another name leading here is a rebinding attack."""
        return request.host.lower() in self.hosts

    def proves(self, request: HTTPServerRequest) -> bool:  # noqa: ARG002 - behind a proxy there is something to prove
        """Say whether the request came in by the way on which it may."""
        return True

    def is_own(self, request: HTTPServerRequest) -> bool:
        """Say whether a page of ours asks, or the visitor: cookies know neither ports nor, in older browsers, sites."""
        origin = request.headers.get("Origin")
        return request.headers.get("Sec-Fetch-Site", "none") in _OUR_OWN and origin in (None, f"{self.scheme}://{request.host.lower()}")

    def visitor(self, request: HTTPServerRequest) -> str:
        """Name the visitor whose cookie the request carries; nobody is nameless."""
        cookie = request.cookies.get(self.cookie_name)
        if cookie is None or not self.proves(request):
            return ""
        good_for = {"max_age_days": COOKIE_DAYS, "clock": self.clock, "min_version": 2}
        value = tornado.web.decode_signed_value(self._secret, self.cookie_name, cookie.value, **good_for)
        about, _, name = (value or b"").decode().partition(".")
        return name if hmac.compare_digest(about, self.about) else ""

    def opens_for(self, request: HTTPServerRequest) -> bool:
        """Spend the token if the request brings it: it opens the door once."""
        given = request.query_arguments.get("token", [b""])[-1]
        if self._spent or request.method != "GET" or not hmac.compare_digest(given, self.token.encode()):
            return False
        self._spent = True
        return True

    def to_stranger(self, request: HTTPServerRequest) -> str:
        """Say what to do to who has no cookie, or whose browser keeps it back because another page led here."""
        return self.refused if self.is_own(request) else self.from_elsewhere

    def cookie_value(self) -> bytes:
        """Sign what the cookie says: what the run is about, and a new visitor's name, which is nothing but drawn."""
        says = f"{self.about}.{secrets.token_hex(8)}"
        return tornado.web.create_signed_value(self._secret, self.cookie_name, says, version=2, clock=self.clock)


class GuardedApplication(tornado.web.Application):
    """A Tornado application with one door: what the door refuses reaches no handler, whatever its class."""

    def __init__(self, access: Access, **settings: object) -> None:
        """Keep the door beside the routes."""
        super().__init__(**settings)
        self.access = access

    def find_handler(self, request: HTTPServerRequest, **kwargs: object) -> HTTPMessageDelegate:
        """Choose the handler only for a request that may come in."""
        access = self.access
        if not access.knows_host(request):
            return self._refuse(request, access.wrong_host)
        if not access.proves(request):
            return self._refuse(request, access.refused)
        if access.visitor(request):
            if request.method == "GET" and "token" in request.query_arguments:
                return self.get_handler_delegate(request, EntryHandler, {"cookie": None})
            # A page of another server on this computer, or of another site, could fill all the places.
            return super().find_handler(request, **kwargs) if access.is_own(request) else self._refuse(request, access.from_elsewhere)
        if access.opens_for(request):
            return self.get_handler_delegate(request, EntryHandler, {"cookie": access.cookie_value()})
        return self._refuse(request, access.to_stranger(request))

    def _refuse(self, request: HTTPServerRequest, page: str) -> HTTPMessageDelegate:
        """Show a plain page and nothing else."""
        return self.get_handler_delegate(request, RefusalHandler, {"page": page})


class DoorHandler(tornado.web.RequestHandler):
    """Answers at the door, before there is anybody to show a dashboard to."""

    def set_default_headers(self) -> None:
        """Keep nothing, tell no other site, and say nothing of what serves this."""
        self.clear_header("Server")
        self.set_header("Cache-Control", "no-store")
        self.set_header("Referrer-Policy", "no-referrer")
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Content-Security-Policy", _DOOR)


class RefusalHandler(DoorHandler):
    """Answers 403 with a page that says what to do, whatever the method."""

    def initialize(self, page: str) -> None:
        """Take the page to show."""
        self.page = page

    def prepare(self) -> None:
        """Answer before the method is looked at, and before any XSRF check."""
        self.set_status(HTTPStatus.FORBIDDEN)
        self.finish(self.page)


class EntryHandler(DoorHandler):
    """Exchanges what opened the door for the cookie, and drops it from the address."""

    def initialize(self, cookie: bytes | None) -> None:
        """Take the cookie to set, or None for a visitor who has one."""
        self.cookie = cookie

    def get(self) -> None:
        """Send the browser on to the first page."""
        access = self.application.access
        if self.cookie is not None:
            self.set_cookie(access.cookie_name, self.cookie, httponly=True, samesite="Strict", path="/", secure=access.scheme == "https")
        if access.is_own(self.request):
            self.redirect(access.entrance, status=HTTPStatus.SEE_OTHER)
        else:
            # A link clicked on another page (a terminal in a browser): a redirect would still count as
            # that page's and go without the strict cookie, so this page asks for the next one itself.
            self.finish(access.opening)


class VisitorIdentity(IdentityProvider):
    """Tells Jupyter's handlers who is asking: whoever the door let in, and nobody else."""

    def get_user(self, handler: tornado.web.RequestHandler) -> User | None:
        """Check the cookie once more, so that no handler depends on the door alone."""
        name = handler.application.access.visitor(handler.request)
        return User(name) if name else None

    def get_handlers(self) -> list[tuple[str, type]]:
        """Offer no login or logout page."""
        return []

    @property
    def auth_enabled(self) -> bool:
        """Never fall back to anonymous visitors."""
        return True


def page_headers(socket: str) -> dict[str, str]:
    """Let the browser itself refuse every request that would leave for another place, and every frame round the page.

    Widgets come as modules from `blob:` addresses, and Vega compiles its expressions.

    Args:
        socket: where the page's websocket leads, such as "ws://127.0.0.1:8866".
    """
    return {
        "Content-Security-Policy": "; ".join(
            [
                "default-src 'self'",
                "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:",
                "style-src 'self' 'unsafe-inline'",
                "img-src 'self' data: blob:",
                "font-src 'self' data:",
                f"connect-src 'self' {socket} data: blob:",
                "frame-ancestors 'none'",
                "form-action 'self'",
                "base-uri 'none'",
            ]
        ),
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
