"""The second listener: it knows the forms alone, and neither a flood nor a telephone that never finishes stops it for others."""

from __future__ import annotations

import os
import re
import sys
from typing import TYPE_CHECKING, Any

import tornado.web
from tornado.httpserver import HTTPServer
from tornado.httputil import HTTPMessageDelegate

from partnership_model.delivery.consultation.connections import Connections

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from tornado.http1connection import HTTP1ServerConnection
    from tornado.httputil import HTTPConnection, HTTPHeaders, HTTPServerRequest, RequestStartLine, ResponseStartLine
    from tornado.iostream import IOStream

LARGEST_FORM = 65_536  # of what is read; a comment of the most letters takes 24 kB
LARGEST_BODY = 2_097_152  # of what is sent; more is cut off without a word
LARGEST_HEAD = 16_384
FORM_WITHIN = 30  # seconds in which a request has to arrive
MOST_CONNECTIONS = 2000
FILES_FOR_OTHERS = 200  # files that this process may need beside the connections
WANTED_FILES = MOST_CONNECTIONS + FILES_FOR_OTHERS
_ESCAPED = re.compile(rb"%([0-9A-Fa-f]{2})")
_BEGUN = re.compile(rb"%[0-9A-Fa-f]?\Z")
CONTINUES, BEGINS = 0x80, 0xC0  # the least byte that goes on with a letter of UTF-8, and that begins one of several bytes
LONGEST_LETTER = 4  # bytes


def most_connections() -> int:
    """Say how many connections may be open at a time, and have the system allow them, where it lets us ask."""
    if os.name != "posix":
        return MOST_CONNECTIONS
    import resource  # noqa: PLC0415 - Windows has none

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = WANTED_FILES if hard == resource.RLIM_INFINITY else min(WANTED_FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
        soft = wanted
    allowed = sys.maxsize if soft == resource.RLIM_INFINITY else soft
    return max(1, min(MOST_CONNECTIONS, allowed - FILES_FOR_OTHERS))


class FormServer(HTTPServer):
    """Serves the forms; where there are too many connections, one of whoever holds the most makes room."""

    def initialize(self, application: tornado.web.Application, **about: Any) -> None:  # noqa: ANN401 - Tornado's own
        """Take the application, and set the limits."""
        limits = {"max_body_size": LARGEST_BODY, "max_header_size": LARGEST_HEAD}
        times = {"idle_connection_timeout": FORM_WITHIN, "body_timeout": FORM_WITHIN}
        super().initialize(application, **limits, **times, **about)
        self._most = most_connections()
        self._open = Connections()

    def handle_stream(self, stream: IOStream, address: tuple[Any, ...]) -> None:
        """Take a connection, and let others go if there are too many."""
        while len(self._open) >= self._most:
            goes = self._open.to_go()
            self._open.drop(goes)
            goes.close()
        self._open.add(stream, str(address[0]))
        super().handle_stream(stream, address)

    def start_request(self, server_conn: HTTP1ServerConnection, request_conn: HTTPConnection) -> HTTPMessageDelegate:
        """Wait for the next request on a connection; once it begins to come, the connection is no idle one."""
        stream = server_conn.stream
        self._open.rest(stream)
        return _Noticed(super().start_request(server_conn, request_conn), lambda: self._open.use(stream))

    def on_close(self, server_conn: HTTP1ServerConnection) -> None:
        """Forget a connection that is closed."""
        super().on_close(server_conn)
        self._open.drop(server_conn.stream)


class _Passed(HTTPMessageDelegate):
    """Hands a request on as it is."""

    def __init__(self, handler: HTTPMessageDelegate) -> None:
        self._handler = handler

    def headers_received(self, start_line: RequestStartLine | ResponseStartLine, headers: HTTPHeaders) -> Awaitable[None] | None:
        return self._handler.headers_received(start_line, headers)

    def data_received(self, chunk: bytes) -> Awaitable[None] | None:
        return self._handler.data_received(chunk)

    def finish(self) -> None:
        self._handler.finish()

    def on_connection_close(self) -> None:
        self._handler.on_connection_close()


class _Noticed(_Passed):
    """Says when a request begins."""

    def __init__(self, handler: HTTPMessageDelegate, begins: Callable[[], None]) -> None:
        super().__init__(handler)
        self._begins = begins

    def headers_received(self, start_line: RequestStartLine | ResponseStartLine, headers: HTTPHeaders) -> Awaitable[None] | None:
        self._begins()
        return super().headers_received(start_line, headers)


class FormApplication(tornado.web.Application):
    """The forms' application; of a body that is too long it reads the beginning, so that a form with a far too long comment is not lost."""

    def find_handler(self, request: HTTPServerRequest, **about: Any) -> HTTPMessageDelegate:  # noqa: ANN401 - Tornado's own
        """Put the scissors before the handler."""
        return _Clipped(super().find_handler(request, **about))


class _Clipped(_Passed):
    """Hands on the beginning of a body and drops the rest."""

    def __init__(self, handler: HTTPMessageDelegate) -> None:
        super().__init__(handler)
        self._body = b""
        self._left = LARGEST_FORM

    def data_received(self, chunk: bytes) -> Awaitable[None] | None:
        self._body += chunk[: self._left]
        self._left -= min(self._left, len(chunk))
        return None

    def finish(self) -> None:
        if self._body:
            self._handler.data_received(self._body if self._left else whole_letters(self._body))
        super().finish()


def whole_letters(body: bytes) -> bytes:
    """Take a letter that was cut in the middle off the end of a form; only the end is looked at, however long the form is.

    >>> whole_letters(b"comment=caf%C3%A9%C3"), whole_letters(b"comment=caf%C3%A9%"), whole_letters(b"comment=a%20b")
    (b'comment=caf%C3%A9', b'comment=caf%C3%A9', b'comment=a%20b')
    """
    body = body[:-2] + _BEGUN.sub(b"", body[-2:])
    for back in range(1, LONGEST_LETTER):
        found = _ESCAPED.fullmatch(body[-3 * back :][:3])
        byte = int(found[1], 16) if found else 0
        if byte < CONTINUES:
            break
        if byte >= BEGINS:  # with as many ones in front as it has bytes
            return body if back >= 8 - (byte ^ 0xFF).bit_length() else body[: -3 * back]
    return body
