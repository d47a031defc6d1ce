"""What a cell of a survey answers: a place, a number of points, an item of a list."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from partnership_model.errors import nearest, printable
from partnership_model.knowledge.surveys.headings import alike, plain
from partnership_model.knowledge.surveys.personal import without_addresses

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

NOTHING = ("", "n a", "na", "none", "no answer", "no opinion", "not applicable", "not ranked", "don t know")
RATHER_NOT = ("", "prefer not to say", "rather not say", "i d rather not say", "prefer not to answer", "none of these")
_WORDS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")
_PLACE = re.compile(r"(\d{1,4})(?:\.0+)?\s*(?:st|nd|rd|th)?(?![\d.,])(?:\W.*)?", re.IGNORECASE)
_POINTS = re.compile(r"(\d{1,4})(?:\.0+)?\s*(?:%|points?|pts?)?", re.IGNORECASE)
LONGEST_QUOTED = 60
LONGEST_LIST = 4_000  # letters of a cell that lists items
MOST_JOINED = 5  # pieces of which one item may be made


def quoted(text: str) -> str:
    """Quote what was found, without what could steer a terminal or say who somebody is."""
    said = printable(without_addresses(plain(text[:LONGEST_LIST]))[0])
    return f'"{said[:LONGEST_QUOTED]}..."' if len(said) > LONGEST_QUOTED else f'"{said}"'


def is_nothing(text: str) -> bool:
    """Say whether a cell stands for no answer.

    >>> is_nothing(" N/A "), is_nothing("-"), is_nothing("Cost")
    (True, True, False)
    """
    return alike(text) in NOTHING


def place_in(text: str) -> int | None:
    """Read a place; None where it is none.

    >>> place_in("1st"), place_in("2 - matters a lot"), place_in("3.0"), place_in("First"), place_in("high"), place_in("1.5")
    (1, 2, 3, 1, None, None)
    """
    found = _PLACE.fullmatch(plain(text))
    if found:
        return int(found[1])
    word = alike(text).partition(" ")[0]
    return _WORDS.index(word) + 1 if word in _WORDS else None


def points_in(text: str) -> int | None:
    """Read a whole number of points; None where it is none."""
    found = _POINTS.fullmatch(plain(text))
    return int(found[1]) if found else None


def pieces(text: str, separator: str, known: Mapping[str, str]) -> Sequence[str]:
    """Cut a list in one cell into its items, of which one may hold the separator itself.

    Args:
        known: what the items mean, by `alike` texts.

    >>> pieces("Cost; and money;;Staff;", ";", {"cost and money": "cost", "staff": "staff"})
    ['Cost; and money', 'Staff']
    """
    parts = text[:LONGEST_LIST].split(separator)
    found: list[str] = []
    while parts:
        taken = next((count for count in range(min(len(parts), MOST_JOINED), 0, -1) if alike(separator.join(parts[:count])) in known), 1)
        piece = plain(separator.join(parts[:taken]).strip(f"{separator} "))
        if piece:
            found.append(piece)
        parts = parts[taken:]
    return found


def meaning(text: str, known: Mapping[str, str], what: str) -> tuple[str | None, str]:
    """Give what a text means among the known ones, or else why it means nothing; `known` goes by `alike` texts."""
    found = known.get(alike(text))
    if found is not None:
        return found, ""
    return None, f"found {quoted(text)}; {what} was expected. {nearest(plain(text), _readable(known))}"


def _readable(known: Mapping[str, str]) -> Iterable[str]:
    return set(known.values()) - {""}
