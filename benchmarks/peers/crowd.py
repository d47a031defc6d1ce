"""A hall of people with phones: each opens the form and sends it, some press twice, and all of them try again until they have a receipt."""

from __future__ import annotations

import asyncio
import contextlib
import re
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlencode

if TYPE_CHECKING:
    from collections.abc import Sequence

GIVES_UP = 60  # seconds after which somebody says that the forms do not work
WAITS = 0.2  # seconds before somebody tries again
HIDDEN = re.compile(r'name="(participant|proof|sitting)" value="([^"]*)"')
CRITERIA = re.compile(r'<select id="place\.([a-z_]+)"')
RECEIPT = re.compile(r"[A-Z2-9]{4}(?:-[A-Z2-9]{4}){3}")
OK = 200
NAMES = ("Parents and carers", "Staff", "Governors", "")


@dataclass
class Person:
    """One of them.

    Attributes:
        number: tells their ballot from everybody else's.
        receipt: without hyphens.
        places: what they said.
        opened, sent: how long the form and the receipt took, in seconds.
        again: how often something had to be asked for again.
    """

    number: int
    taps: int = 1
    receipt: str = ""
    places: dict[str, int] = field(default_factory=dict)
    group: str = ""
    comment: str = ""
    opened: float = 0.0
    sent: float = 0.0
    again: int = 0
    acknowledged: bool = False


def hall_of(people: int) -> list[Person]:
    """Give people, every tenth of whom presses the button twice at once."""
    return [Person(number, taps=2 if number % 10 == 0 else 1) for number in range(people)]


async def crowd(port: int, code: str, persons: Sequence[Person], within: float) -> None:
    """Have people answer, evenly spread over some seconds."""
    await asyncio.gather(*(_later(within * one.number / len(persons), _answer(port, code, one)) for one in persons))


def wait_for(persons: Sequence[Person], acknowledged: int) -> None:
    """Wait until so many have a receipt."""
    while sum(one.acknowledged for one in persons) < acknowledged:
        time.sleep(0.002)


async def _later(delay: float, what: object) -> None:
    await asyncio.sleep(delay)
    await what  # type: ignore[misc]


async def _answer(port: int, code: str, person: Person) -> None:
    """Open the form, fill it in and send it until there is a receipt, as long as a person has patience."""
    end = time.monotonic() + GIVES_UP
    begin = time.monotonic()
    page = await _patiently(port, f"GET /{code} HTTP/1.1", b"", end, person)
    person.opened = time.monotonic() - begin
    fields = dict(HIDDEN.findall(page))
    names = list(dict.fromkeys(CRITERIA.findall(page)))
    person.places = {name: (at + person.number) % len(names) + 1 for at, name in enumerate(names)}
    person.group, person.comment = NAMES[person.number % len(NAMES)], f"Comment {person.number}, <b>=1+1</b>"
    typed = {f"place.{name}": place for name, place in person.places.items()}
    body = urlencode({**fields, "group": person.group, "school": "", "comment": person.comment, "lang": "en", **typed}).encode()
    begin = time.monotonic()
    receipts = await asyncio.gather(*(_send(port, code, person, body, end) for _ in range(person.taps)))
    person.sent = time.monotonic() - begin
    person.acknowledged = "" not in receipts and len(set(receipts)) == 1  # both taps are one ballot
    person.receipt = receipts[0]


async def _send(port: int, code: str, person: Person, body: bytes, end: float) -> str:
    answer = await _patiently(port, f"POST /{code} HTTP/1.1", body, end, person)
    found = RECEIPT.search(answer)
    return found[0].replace("-", "") if found else ""


async def _patiently(port: int, line: str, body: bytes, end: float, person: Person) -> str:
    """Ask until there is an answer that is whole and is none that says to wait."""
    while time.monotonic() < end:
        with contextlib.suppress(OSError, asyncio.IncompleteReadError, ValueError):
            status, text = await ask(port, line, body)
            if status == OK:
                return text
        person.again += 1
        await asyncio.sleep(WAITS)
    return ""


async def ask(port: int, line: str, body: bytes = b"") -> tuple[int, str]:
    """Ask once, on a line of its own; give the status and the page."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        kind = f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n" if body else ""
        writer.write(f"{line}\r\nHost: 127.0.0.1:{port}\r\n{kind}Connection: close\r\n\r\n".encode() + body)
        await writer.drain()
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        length = int(re.search(r"(?i)content-length: *(\d+)", head)[1])
        return int(head.split(" ", 2)[1]), (await reader.readexactly(length)).decode()
    finally:
        writer.close()


def late(times: Sequence[float]) -> float:
    """Give the 95th percentile."""
    return sorted(times)[min(len(times) - 1, int(len(times) * 0.95))]
