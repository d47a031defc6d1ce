"""Where the dashboards' server listens: on this computer only, at the port that was asked for or the next free one."""

from __future__ import annotations

import errno
import socket
from typing import TYPE_CHECKING

from partnership_model.errors import PartnershipError

if TYPE_CHECKING:
    from collections.abc import Iterator

PORT = 8866
PORTS_TO_TRY = 50
LOOPBACK = {"127.0.0.1": "127.0.0.1", "localhost": "127.0.0.1", "::1": "::1"}


def sockets_at(host: str, port: int | None) -> list[socket.socket]:
    """Bind the port that was asked for, or the first free one where nobody asked."""
    if host not in LOOPBACK:
        message = f'The workbook is served on this computer only: the host is one of {", ".join(LOOPBACK)}, not "{host}".'
        raise PartnershipError(message)
    for candidate in _candidates(port):
        try:
            return [_bound(LOOPBACK[host], candidate)]
        except (OSError, OverflowError) as error:
            if getattr(error, "errno", None) not in (errno.EADDRINUSE, errno.EACCES):
                message = f"The workbook cannot be served at {host}, port {candidate}: {error}."
                raise PartnershipError(message) from error
    if port is None:
        message = f"The ports {PORT} to {PORT + PORTS_TO_TRY - 1} are all in use; choose another one."
    else:
        message = f"Port {port} is in use or not allowed; choose another one, or none to take the next free one."
    raise PartnershipError(message)


def _bound(address: str, port: int) -> socket.socket:
    """Listen at an address, in the way Tornado wants it."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    bound = socket.create_server((address, port), family=family)
    bound.setblocking(False)  # noqa: FBT003
    return bound


def _candidates(port: int | None) -> Iterator[int]:
    """List the ports to try."""
    yield from range(PORT, PORT + PORTS_TO_TRY) if port is None else [port]
