"""What may pass between an open page and its kernel: what widgets need, and nothing that runs, asks about or shows code."""

from __future__ import annotations

import json
from typing import Any, Literal

from jupyter_server.services.kernels.connection.base import deserialize_binary_message, deserialize_msg_from_ws_v1

V1 = "v1.kernel.websocket.jupyter.org"
# A widget is made in the kernel only; a page asks what it looks like, and says what was moved.
FROM_PAGE = frozenset(["comm_msg"])
# Neither text that a cell or a log prints nor an error: the page has no place for them, and they may name files.
TO_PAGE = frozenset(["comm_open", "comm_msg"])


def may_reach_kernel(message: str | bytes, protocol: str | None) -> bool:
    """Say whether the page may send this: a message of the shell channel that concerns a widget which is there."""
    try:
        channel, kind = _read(message, protocol)
    except Exception:  # noqa: BLE001 - whatever a stranger makes up, it is no message
        return False
    return channel == "shell" and kind in FROM_PAGE


def may_reach_page(message: dict[str, Any] | str | bytes, protocol: str | None) -> bool:
    """Say whether the kernel may send this."""
    try:
        kind = message["header"]["msg_type"] if isinstance(message, dict) else _read(message, protocol)[1]
    except Exception:  # noqa: BLE001 - see above
        return False
    return kind in TO_PAGE


def _read(message: str | bytes, protocol: str | None) -> tuple[str, str]:
    """Give a message's channel and kind, in whichever of the three ways it is written."""
    if protocol == V1:
        _has_as_many_parts(message, 8, "little")
        channel, parts = deserialize_msg_from_ws_v1(message)
        return channel, json.loads(parts[0])["msg_type"]
    if isinstance(message, str):
        read = json.loads(message)
    else:
        _has_as_many_parts(message, 4, "big")
        read = deserialize_binary_message(message)
    return read["channel"], read["header"]["msg_type"]


def _has_as_many_parts(message: bytes, size: int, order: Literal["little", "big"]) -> None:
    """Refuse a message that says it has more parts than bytes: Jupyter's readers would count to that number, for years."""
    if size * int.from_bytes(message[:size], order) > len(message):
        raise ValueError
