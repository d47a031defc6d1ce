"""Who may ask the dashboards' server anything: the host check, the one-time token and the cookie for it."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs
import tornado.web
from jupyter_server.auth.identity import IdentityProvider, User

from partnership_model.delivery.messages import REFUSED, WRONG_HOST, message_page

if TYPE_CHECKING:
    from tornado.httputil import HTTPMessageDelegate, HTTPServerRequest

LOOPBACK_NAMES = ("127.0.0.1", "localhost", "[::1]")
SECRET_BYTES = 32
HTTP_PORT = 80
COOKIE_DAYS = 1


def cookie_secret(folder: Path | None = None) -> bytes:
    """Read the secret that signs cookies, made on first use in a file that only this user can read."""
    path = (folder or platformdirs.user_data_path("partnership-model", appauthor=False)) / "cookie-secret"
    try:
        kept = path.read_bytes() if _private(path) else b""
        return kept if len(kept) == SECRET_BYTES else _write_secret(path)
    except OSError:
        # A home that cannot be written to costs no more than a new address after each restart.
        return secrets.token_bytes(SECRET_BYTES)


def _private(path: Path) -> bool:
    """Say whether the file is there and nobody else could have read it."""
    return path.is_file() and (os.name != "posix" or path.stat().st_mode & 0o077 == 0)


def _write_secret(path: Path) -> bytes:
    """Store a new secret in one step, readable by this user alone."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    secret = secrets.token_bytes(SECRET_BYTES)
    handle, temporary = tempfile.mkstemp(dir=path.parent)  # made with mode 0600
    with os.fdopen(handle, "wb") as file:
        file.write(secret)
    Path(temporary).replace(path)
    return secret


class Access:
    """What one running server lets in."""

    def __init__(self, port: int, secret: bytes, about: str = "") -> None:
        """Make the token of this run; a cookie is good for what the run is about, and for no other case on this port."""
        self.token = secrets.token_urlsafe(24)
        bare = LOOPBACK_NAMES if port == HTTP_PORT else ()
        self.hosts = frozenset((*(f"{name}:{port}" for name in LOOPBACK_NAMES), *bare))
        self._about = hashlib.sha256(about.encode()).hexdigest()[:16]
        # Browsers share cookies between the ports of a host, so that two servers need two names.
        self.cookie_name = f"partnership-{port}"
        self._secret = secret
        self._spent = False

    def knows_host(self, request: HTTPServerRequest) -> bool:
        """Say whether the browser meant this machine: another name leading here is a rebinding attack."""
        return request.host.lower() in self.hosts

    def admits(self, request: HTTPServerRequest) -> bool:
        """Say whether the request carries the cookie of somebody who had the token."""
        cookie = request.cookies.get(self.cookie_name)
        if cookie is None:
            return False
        value = tornado.web.decode_signed_value(self._secret, self.cookie_name, cookie.value, max_age_days=COOKIE_DAYS, min_version=2)
        return value is not None and hmac.compare_digest(value, self._about.encode())

    def takes_token(self, request: HTTPServerRequest) -> bool:
        """Spend the token if the request brings it: it opens the door once."""
        given = request.query_arguments.get("token", [b""])[-1]
        if self._spent or request.method != "GET" or not hmac.compare_digest(given, self.token.encode()):
            return False
        self._spent = True
        return True

    def cookie_value(self) -> bytes:
        """Sign what the cookie says."""
        return tornado.web.create_signed_value(self._secret, self.cookie_name, self._about, version=2)


class GuardedApplication(tornado.web.Application):
    """A Tornado application with one door: what the door refuses reaches no handler, whatever its class."""

    def __init__(self, access: Access, **settings: object) -> None:
        """Keep the door beside the routes."""
        super().__init__(**settings)
        self.access = access

    def find_handler(self, request: HTTPServerRequest, **kwargs: object) -> HTTPMessageDelegate:
        """Choose the handler only for a request that may come in."""
        if not self.access.knows_host(request):
            return self.get_handler_delegate(request, RefusalHandler, {"page": WRONG_HOST})
        if self.access.admits(request):
            if request.method == "GET" and "token" in request.query_arguments:
                return self.get_handler_delegate(request, EntryHandler, {"cookie": None})
            if request.headers.get("Sec-Fetch-Site", "none") not in ("none", "same-origin"):
                # Cookies do not know ports: a page of another server on this computer could fill all the places.
                return self.get_handler_delegate(request, RefusalHandler, {"page": REFUSED})
            return super().find_handler(request, **kwargs)
        if self.access.takes_token(request):
            return self.get_handler_delegate(request, EntryHandler, {"cookie": self.access.cookie_value()})
        return self.get_handler_delegate(request, RefusalHandler, {"page": REFUSED})


class RefusalHandler(tornado.web.RequestHandler):
    """Answers 403 with a page that says what to do, whatever the method."""

    def initialize(self, page: str) -> None:
        """Take the page to show."""
        self.page = page

    def prepare(self) -> None:
        """Answer before the method is looked at, and before any XSRF check."""
        self.set_status(403)
        self.set_header("Cache-Control", "no-store")
        self.finish(self.page)


class EntryHandler(tornado.web.RequestHandler):
    """Exchanges the token for the cookie and drops it from the address."""

    def initialize(self, cookie: bytes | None) -> None:
        """Take the cookie to set, or None for a visitor who has one."""
        self.cookie = cookie

    def get(self) -> None:
        """Send the browser on to the first page."""
        self.set_header("Cache-Control", "no-store")
        self.set_header("Referrer-Policy", "no-referrer")
        if self.cookie is not None:
            name = self.application.access.cookie_name
            self.set_cookie(name, self.cookie, httponly=True, samesite="Strict", path="/")
        if self.request.headers.get("Sec-Fetch-Site", "none") in ("none", "same-origin"):
            self.redirect("/", status=303)
        else:
            # A link clicked on another page (a terminal in a browser): a redirect would still count as
            # that page's and go without the strict cookie, so this page asks for the next one itself.
            self.finish(message_page("Opening the workbook…", "", refresh="0; url=/"))


class VisitorIdentity(IdentityProvider):
    """Tells Jupyter's handlers who is asking: whoever the door let in, and nobody else."""

    def get_user(self, handler: tornado.web.RequestHandler) -> User | None:
        """Check the cookie once more, so that no handler depends on the door alone."""
        return User("visitor") if handler.application.access.admits(handler.request) else None

    def get_handlers(self) -> list[tuple[str, type]]:
        """Offer no login or logout page."""
        return []

    @property
    def auth_enabled(self) -> bool:
        """Never fall back to anonymous visitors."""
        return True


def page_headers(origin: str) -> dict[str, str]:
    """Let the browser itself refuse every request that would leave this computer.

    Widgets come as modules from `blob:` addresses, and Vega compiles its expressions.
    """
    return {
        "Content-Security-Policy": "; ".join(
            [
                "default-src 'self'",
                "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:",
                "style-src 'self' 'unsafe-inline'",
                "img-src 'self' data: blob:",
                "font-src 'self' data:",
                f"connect-src 'self' ws://{origin} data: blob:",
                "frame-ancestors 'none'",
                "form-action 'self'",
                "base-uri 'none'",
            ]
        ),
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
    }
