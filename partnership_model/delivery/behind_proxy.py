"""Who may ask the server behind a proxy that does HTTPS and login: only who came through that proxy.

The server stays on this computer. A local user, or a program that a visitor runs, can reach its port, so
that a request has to prove that the proxy sent it: by a header whose value only the two of them know.
"""

from __future__ import annotations

import hmac
import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from partnership_model.delivery.access import Access
from partnership_model.delivery.messages import COOKIES_OFF, INVITATION, NOT_THROUGH_THE_PROXY, WRONG_ADDRESS
from partnership_model.errors import PartnershipError, printable

if TYPE_CHECKING:
    from tornado.httputil import HTTPServerRequest

HEADER = "X-Partnership-Proof"
HTTPS_PORT = 443
_HOST = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?")


def public_origin(address: str, option: str = "--behind") -> tuple[str, int]:
    """Read the address that visitors see, which an option gave: a name and a port.

    Raises:
        PartnershipError: if it is not the start of an HTTPS address, or has a path.
    """
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port or HTTPS_PORT
    except ValueError:
        parts, host, port = urlsplit(""), "", 0
    rest = (parts.path not in ("", "/"), parts.query, parts.fragment, parts.username, parts.password)
    if parts.scheme != "https" or not _HOST.fullmatch(host) or any(rest):
        message = (
            f'{option}: "{printable(address)}" was found; an address such as https://appraisal.example.org was expected: with https, '
            "a name of its own in letters a to z, and no path."
        )
        raise PartnershipError(message)
    return host, port


class BehindProxy(Access):
    """What a server behind a proxy lets in."""

    scheme = "https"
    wrong_host = WRONG_ADDRESS
    refused = NOT_THROUGH_THE_PROXY
    from_elsewhere = INVITATION
    opening = INVITATION
    entrance = "/?entered"

    def __init__(self, address: str, proof: str, secret: bytes, about: str = "") -> None:
        """Take the address that visitors see, and what the proxy proves itself with."""
        host, port = public_origin(address)
        super().__init__(port, secret, about)
        self.origin = host if port == HTTPS_PORT else f"{host}:{port}"
        self.hosts = frozenset([self.origin])
        self.names = [host]
        self.socket = f"wss://{self.origin}"
        # A browser takes a cookie of this prefix over HTTPS only, and from this very host.
        self.cookie_name = f"__Host-partnership-{port}"
        self.token = ""
        self._proof = proof.encode()

    def proves(self, request: HTTPServerRequest) -> bool:
        """Compare without telling by the time it takes how much was right; two values at once are none."""
        return hmac.compare_digest(request.headers.get(HEADER, "").encode(), self._proof)

    def opens_for(self, request: HTTPServerRequest) -> bool:
        """Give a cookie to whoever opens a page; what a page asks for by itself gets none, so that nothing goes on by itself."""
        opens = request.headers.get("Sec-Fetch-Mode", "navigate") == "navigate" and request.path.count("/") == 1
        return request.method == "GET" and opens and "entered" not in request.query_arguments

    def to_stranger(self, request: HTTPServerRequest) -> str:
        """Say what to do to who came through the proxy without our cookie."""
        return COOKIES_OFF if "entered" in request.query_arguments else INVITATION
