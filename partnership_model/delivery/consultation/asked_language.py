"""Which language a browser asks for, among those that a form is there in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

LONGEST = 500
ONE = re.compile(r"\s*([A-Za-z]{1,8})(?:-[A-Za-z0-9-]{1,40})?\s*(?:;\s*q=([01](?:\.\d{0,3})?)\s*)?")


def asked_language(header: str, known: Sequence[str]) -> str:
    """Read an Accept-Language header; where nothing fits, the first language is taken.

    >>> asked_language("pl-PL,pl;q=0.9,en;q=0.5", ("en", "pl"))
    'pl'
    >>> asked_language("nonsense;;;", ("en", "pl"))
    'en'
    """
    wanted: dict[str, float] = {}
    for part in header[:LONGEST].split(","):
        found = ONE.fullmatch(part)
        if found and found[1].lower() in known:
            wanted.setdefault(found[1].lower(), float(found[2] or 1))
    liked = [code for code, much in sorted(wanted.items(), key=lambda one: -one[1]) if much > 0]
    return liked[0] if liked else known[0]
