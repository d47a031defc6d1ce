"""A piece of work in a process of its own: it holds up no event loop, gives its memory back, and ends with who asked for it."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from typing import NamedTuple


class Done(NamedTuple):
    """What a process wrote, what it complained about, and whether it went well."""

    wrote: bytes
    complaint: str
    well: bool


async def worked_out(code: str, *arguments: str) -> Done:
    """Let this very Python run some code with arguments, and give what it writes; cancelled, it is ended."""
    process = subprocess.Popen(  # noqa: ASYNC220, S603 - Windows' event loop for Tornado has no processes
        [sys.executable, "-P", "-c", code, *arguments],  # -P: no module of the user's folder
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    try:
        wrote, complaint = await asyncio.to_thread(process.communicate)
    except asyncio.CancelledError:
        process.kill()  # and the thread sees its end
        raise
    return Done(wrote, complaint.decode(errors="replace"), process.returncode == 0)
