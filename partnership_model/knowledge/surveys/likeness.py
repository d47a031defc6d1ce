"""How alike two short texts are, and how many of several something holds for."""

from __future__ import annotations

import difflib
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

NEAR = 0.72  # from which on two names may mean the same
MOSTLY = 0.6
LONGEST = 200  # letters of a text that is compared


@lru_cache(maxsize=20_000)
def nearness(text: str, other: str) -> float:
    """Say how alike two texts are: 1 where they are the same, nearly so where one has the whole of the other in it.

    >>> nearness("cost", "cost"), nearness("cost each year", "cost") > 0.9, nearness("staff", "cost") < 0.7
    (1.0, True, True)
    """
    if text == other:
        return 1.0
    if len(text) > LONGEST:
        return 0.0
    if other and f" {text} ".find(f" {other} ") >= 0:
        return 0.95
    return difflib.SequenceMatcher(None, text, other, autojunk=False).ratio()


def share(values: Sequence[str], holds: Callable[[str], object]) -> float:
    """Say for what part of the values something holds."""
    return sum(bool(holds(text)) for text in values) / len(values)
